"""Typed reading of the environment: a bad value fails loudly with a sentence, a secret may lie in a file."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any


class BadSetting(SystemExit):
    """A setting that cannot be used; exit code 2 with one Chinese line."""

    def __init__(self, line: str) -> None:
        import sys

        print(line, file=sys.stderr)  # noqa: T201
        super().__init__(2)


def text(name: str, default: str = "") -> str:
    """The variable, or the contents of the file that `<name>_FILE` names."""
    from_file = os.environ.get(f"{name}_FILE", "")
    if from_file:
        try:
            return Path(from_file).read_text(encoding="utf-8").strip()
        except OSError as why:
            raise BadSetting(f"设置 {name}_FILE 指向的文件读不到：{why.strerror}。请检查路径和权限。") from None
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value in ("1", "true", "yes", "on"):
        return True
    if value in ("0", "false", "no", "off", ""):
        return False
    raise BadSetting(f"设置 {name} 只能是 1 或 0，现在是“{value}”。")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"设置 {name} 必须是整数，现在是“{value}”。") from None


def words(name: str, default: str = "") -> list[str]:
    return [one.strip() for one in text(name, default).split(",") if one.strip()]


def keys(path: Path, *, make: bool) -> dict[str, Any]:
    """The installation's secrets, kept in one file apart from the database.

    Made once (mode 0600) when `make`; otherwise a missing file is an error, because new keys
    could not verify the records written under the old ones.
    """
    if not path.exists():
        if not make:
            raise BadSetting(f"找不到密钥文件 {path.name}。请先运行 luoshi init，或从备份取回密钥文件。")
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = {name: secrets.token_hex(32) for name in ("django", "chain", "values")}
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"version": 1, **fresh}, file)
            file.flush()
            os.fsync(file.fileno())
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(found[name]) for name in ("django", "chain", "values")}
    except (ValueError, KeyError, TypeError):
        raise BadSetting(f"密钥文件 {path.name} 内容不完整。请从备份取回原文件，不要手工修改。") from None
