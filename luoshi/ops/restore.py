"""Bringing a backup back into an empty directory: everything is checked before the first byte is written.

The first half runs without Django (the restored directory's settings are loaded only once it is there).
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from luoshi.ops import archive, rowsums

ROOMS = Path(__file__).resolve().parents[1]
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def empty(target: Path) -> None:
    """Only an empty place: live data is never written over."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise archive.Refused(f"{target} 不是空目录：恢复只写进空目录，现有数据不动。请换一个新目录。")


def chain_key(keys: Path) -> bytes:
    """The chain key out of a key file."""
    try:
        return bytes.fromhex(str(json.loads(keys.read_text(encoding="utf-8"))["chain"]))
    except FileNotFoundError:
        raise archive.Refused(f"找不到密钥文件 {keys}：请取出另行保存的 keys.json。") from None
    except (ValueError, KeyError, TypeError):
        raise archive.Refused(f"密钥文件 {keys.name} 读不出来：请取另一份副本。") from None


def known_migrations() -> set[str]:
    """The migrations of our own rooms that this version has."""
    found = ROOMS.glob("*/migrations/[0-9]*.py")
    return {f"{path.parent.parent.name}.{path.stem}" for path in found}


def check(source: archive.Source, keys: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole, unaltered, ours, and not newer than this program."""
    manifest = source.manifest(chain_key(keys))
    rooms = {path.parent.name for path in ROOMS.glob("*/__init__.py")}
    ours = {one for one in manifest["migrations"] if one.split(".")[0] in rooms}
    newer = sorted(ours - known_migrations())
    if newer:
        raise archive.Refused(f"这份备份由更新的版本制作（{newer[0]}），本版本不能恢复：请先升级程序。")
    if manifest.get("engine") not in DATABASES:
        raise archive.Refused("备份里的数据库类型不认识，不能恢复。")
    source.check(manifest)
    return manifest


def write(source: archive.Source, manifest: dict[str, Any], into: Path, keys: Path, database_url: str) -> None:
    """Put everything in its place; on any failure the directory is emptied again."""
    into.mkdir(parents=True, exist_ok=True)
    os.chmod(into, 0o700)
    try:
        with os.fdopen(os.open(into / "keys.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
            copy.write(keys.read_bytes())
            copy.flush()
            os.fsync(copy.fileno())
        for line in manifest["files"]:
            name = str(line["path"])
            if name == DATABASES["sqlite"]:
                source.copy(name, into / "luoshi.sqlite3")
            elif name == DATABASES["postgresql"]:
                _fill_postgresql(source, name, into, database_url)
            else:
                source.copy(name, into / name)
        for folder in [into, *(one for one in into.rglob("*") if one.is_dir())]:
            archive.sync(folder)
    except BaseException:
        clear(into)
        raise


def clear(into: Path) -> None:
    """Leave the directory as empty as it was found."""
    for one in into.iterdir():
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)


def outside(database_url: str) -> dict[str, str]:
    """The environment by which psql and pg_restore reach a database, its password kept off the command line."""
    parts = urlsplit(database_url)
    told = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
    }
    return {**os.environ, **{name: value for name, value in told.items() if value}}


def check_postgresql(database_url: str) -> None:
    """The target database is reachable, empty, and the programs are here."""
    if not database_url:
        raise archive.Refused("这是 PostgreSQL 的备份：请先建一个空数据库，再用 --database-url 指定它。")
    if shutil.which("pg_restore") is None or shutil.which("psql") is None:
        raise archive.Refused("这台机器没有 pg_restore：请安装 postgresql-client 后再恢复。")
    ask = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    done = subprocess.run(
        ["psql", "-Atqc", ask], env=outside(database_url), stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    if done.returncode:
        raise archive.Refused("连不上 --database-url 指定的数据库：请检查地址，并先建好空数据库。")
    if done.stdout.strip() != "0":
        raise archive.Refused("--database-url 指定的数据库里已有数据表：恢复只写进空数据库，现有数据不动。")


def _fill_postgresql(source: archive.Source, name: str, into: Path, database_url: str) -> None:
    dump = into / ".database.dump"
    source.copy(name, dump)
    done = subprocess.run(
        ["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         "--dbname", outside(database_url)["PGDATABASE"], str(dump)],
        env=outside(database_url), stdin=subprocess.DEVNULL, capture_output=True, text=True,
    )  # fmt: skip
    dump.unlink()
    if done.returncode:
        raise archive.Refused(f"数据库没有恢复成功：{(done.stderr.strip().splitlines() or ['原因不明'])[0][:200]}")


def compare(manifest: dict[str, Any], into: Path) -> None:
    """Every table of the restored database has the rows of the backup; Django is loaded where it is PostgreSQL."""
    if manifest["engine"] == "sqlite":
        kept = sqlite3.connect(into / "luoshi.sqlite3")
        try:
            now = rowsums.of_sqlite(kept)
        finally:
            kept.close()
    else:
        from django.db import connection

        with connection.cursor() as cursor:
            now = rowsums.digests(cursor, list(manifest["tables"]))
    for table in sorted(set(manifest["tables"]) | set(now)):
        if now.get(table) != manifest["tables"].get(table):
            raise archive.Refused(f"恢复后的表 {table} 与备份清单不符，已清空恢复目录：请换另一份备份。")
