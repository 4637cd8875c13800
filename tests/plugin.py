"""Loaded before Django's settings: tests never touch the real data directory, and hash passwords fast."""

import gc
import os
import re
import tempfile

gc.disable()  # what is imported and collected stays: nothing of it is rubbish
os.environ["LUOSHI_DATA_DIR"] = tempfile.mkdtemp(prefix="luoshi-test-")
os.environ.pop("LUOSHI_KEY_FILE", None)
os.environ.setdefault("LUOSHI_DATABASE_URL", os.environ.get("LUOSHI_TEST_DATABASE_URL", ""))
ONCE = (
    "test_a_mutating_route_leaves_its_entry", "test_every_page_as_everybody", "test_the_services_are_the_table",
    "test_every_figure_of_the_sample_bureau", "test_a_sheet_of_ten_thousand_rows", "test_two_hundred_files",
    "test_a_row_deleted_or_put_in_by_hand",
)  # fmt: skip
"""What asks the same of either engine and takes minutes: on the second one it runs for these people only.

What each act writes there is asked by the tests of services, on both engines; who may act is decided before it writes.
"""
AGAIN = ("[office]",)
COUNTS = re.compile(r"costs?_the_same|not_grow|number_of_queries")
"""Tests that count queries: what is asked does not depend on who answers."""
PAGES = re.compile(
    r"test_(\w*views\w*|\w*pages|\w*papers|screen|frame|log_in|manage|routes|policy\w*|clause|coverage|overview)\.py$"
)
"""Tests of what a page says and of who may: the second engine opens every page in the crawl instead."""
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "client", "cast"}


def pytest_collection_finish(session):
    """From here on rubbish is collected, but what stands is not looked through again and again: an eighth less."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)
    gc.enable()


def pytest_collection_modifyitems(config, items):
    """With LUOSHI_DATABASE_TESTS_ONLY=1 only what touches the database runs: the second engine's turn in CI."""
    if os.environ.get("LUOSHI_DATABASE_TESTS_ONLY") != "1":
        return
    kept = [one for one in items if _touches_the_database(one) and not _told_once(one)]
    config.hook.pytest_deselected(items=[one for one in items if one not in set(kept)])
    items[:] = kept


def _touches_the_database(item):
    used = set(getattr(item, "fixturenames", ()))
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return marked or bool(used & DATABASE_FIXTURES)


def _told_once(item):
    if item.get_closest_marker("postgres"):
        return False
    if item.name.endswith("_on_sqlite"):
        return True
    if PAGES.search(str(item.fspath)) or COUNTS.search(item.name):
        return True
    return item.name.startswith(ONCE) and not item.name.endswith(AGAIN)
