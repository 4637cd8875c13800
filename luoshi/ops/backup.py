"""A backup taken while people work: one snapshot of the database, the files of proof, a sealed manifest; no keys."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

import luoshi
from luoshi.lib import clock
from luoshi.ops import archive, database, prepare, rowsums
from luoshi.records.verify import export_heads

EVIDENCE = "evidence"


def tables_here() -> list[str]:
    return list(connection.introspection.table_names())


def _migrations() -> list[str]:
    from django.db.migrations.recorder import MigrationRecorder

    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


def backup(target: Path) -> dict[str, Any]:
    """Write one backup to a new directory or .tar file and return its manifest (without the seal)."""
    with archive.sink(target) as sink, tempfile.TemporaryDirectory(dir=_room_beside(target)) as folder:
        temporary = Path(folder)
        told: dict[str, Any] = {
            "format": archive.FORMAT,
            "product": luoshi.__version__,
            "made_at": clock.now().isoformat(timespec="seconds"),
            "engine": connection.vendor,
        }
        dump, more = _sqlite(temporary) if connection.vendor == "sqlite" else _postgresql(temporary)
        told.update(more)
        files = [sink.add(dump.name, dump)]
        dump.unlink()
        store = Path(settings.MEDIA_ROOT)
        for path in sorted(store.glob("??/??/*")):
            files.append(sink.add(f"{EVIDENCE}/{path.relative_to(store).as_posix()}", path))
        if prepare.sample_file().is_file():
            files.append(sink.add("sample.json", prepare.sample_file()))
        told["files"] = files
        sink.finish(archive.sealed(told, settings.LUOSHI_CHAIN_KEY))
    return told


def _room_beside(target: Path) -> Path:
    target.parent.mkdir(parents=True, exist_ok=True)
    return target.parent


def _sqlite(folder: Path) -> tuple[Path, dict[str, Any]]:
    """SQLite's own online copy in one step: a snapshot that holds up no writer; then checked as a database."""
    copy = folder / "database.sqlite3"
    source = sqlite3.connect(f"file:{settings.DATABASES['default']['NAME']}?mode=ro", uri=True)
    target = sqlite3.connect(copy)
    try:
        source.backup(target, pages=-1)
        target.execute("PRAGMA journal_mode=DELETE")
        if target.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise archive.Refused("数据库自检没有通过，没有备份：请先停用并联系维护人员，不要覆盖旧备份。")
        cursor = target.cursor()
        more = {
            "tables": rowsums.of_sqlite(target),
            "migrations": sorted(
                f"{app}.{name}" for app, name in cursor.execute("SELECT app, name FROM django_migrations")
            ),
            "heads": [
                list(row) for row in cursor.execute("SELECT bureau_id, seq, mac FROM records_chainhead ORDER BY 1")
            ],
        }
    finally:
        source.close()
        target.close()
    return copy, more


def _postgresql(folder: Path) -> tuple[Path, dict[str, Any]]:
    """pg_dump of one exported snapshot, in which the digests are taken too."""
    program = shutil.which("pg_dump")
    if program is None:
        raise archive.Refused("这台机器没有 pg_dump：请安装 postgresql-client 后再备份。")
    copy = folder / "database.dump"
    with transaction.atomic():
        cursor = connection.cursor()
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        done = subprocess.run(
            [program, "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={copy}"],
            env=database.outside_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise archive.Refused(f"pg_dump 没有成功：{(done.stderr.strip().splitlines() or ['原因不明'])[-1][:200]}")
        more = {
            "tables": rowsums.digests(cursor, tables_here()),
            "migrations": _migrations(),
            "heads": export_heads(clock.now())["heads"],
        }
    return copy, more


def export_keys(target: Path) -> None:
    """Copy the key file to its own place, for its owner alone; never beside the backup by itself."""
    if target.exists():
        raise archive.Refused(f"{target} 已存在：请换一个文件名，不要覆盖旧密钥。")
    target.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        copy.write(Path(settings.KEY_FILE).read_bytes())
        copy.flush()
        os.fsync(copy.fileno())
