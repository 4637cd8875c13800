"""Loaded before Django's settings: tests never touch the real data directory, and hash passwords fast."""

import os
import tempfile

os.environ["LUOSHI_DATA_DIR"] = tempfile.mkdtemp(prefix="luoshi-test-")
os.environ.pop("LUOSHI_KEY_FILE", None)
os.environ.setdefault("LUOSHI_DATABASE_URL", os.environ.get("LUOSHI_TEST_DATABASE_URL", ""))
