"""Making a data directory ready: tables, cache, static files, official calendars. Every step may be repeated."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from luoshi.lib import clock
from luoshi.records import rules as chain
from luoshi.records.models import Entry

Say = Callable[[str], None]


class NotReady(Exception):
    """The data cannot be used as it is; one Chinese line says what to do."""


def private(folder: Path) -> None:
    """The data directory belongs to its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    os.chmod(folder, 0o700)


def pending() -> list[str]:
    """The migrations that this database still lacks; refuses one that a newer program has changed."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = {label for label, _ in known}
    newer = [f"{app}.{name}" for app, name in executor.loader.applied_migrations if app in ours]
    newer = [one for one in newer if tuple(one.split(".", 1)) not in known]
    if newer:
        raise NotReady(f"数据库由更新的版本写过（{newer[0]}），本版本不能打开：请升级程序，或从备份恢复到另一目录。")
    return [f"{one.app_label}.{one.name}" for one, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def check_key() -> None:
    """Refuse a key file that did not write this database: new entries could never be verified."""
    row = Entry.objects.order_by("-id").values_list("prev", "body", "mac").first()
    if row is not None and chain.link(settings.LUOSHI_CHAIN_KEY, row[0], row[1]) != row[2]:
        raise NotReady("密钥文件与数据库不是一套：请把原来的 keys.json 放回数据目录（或用 LUOSHI_KEY_FILE 指定）。")


def ready() -> None:
    """Say what is missing before serving: tables of this version, and the right key."""
    if pending():
        raise NotReady("数据表还不是本版本的：请先备份，再运行 luoshi init。")
    check_key()


def tables(say: Say) -> None:
    """Bring the tables to this version and make the cache table."""
    wanted = pending()
    if wanted:
        say(f"建立或升级数据表（{len(wanted)} 步）")
        call_command("migrate", verbosity=0, interactive=False)
    check_key()
    caches = settings.CACHES["default"]
    if "db" in caches["BACKEND"] and caches["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)


def static_files(say: Say) -> bool:
    """Collect the static files under hashed names; True where something was collected."""
    from django.contrib.staticfiles.finders import get_finders
    from django.contrib.staticfiles.management.commands import collectstatic
    from django.contrib.staticfiles.storage import ManifestStaticFilesStorage

    told = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            seen = Path(storage.path(name)).stat()
            told.update(f"{getattr(storage, 'prefix', '')}/{name} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    if stamp.is_file() and stamp.read_text() == told.hexdigest() and (root / "staticfiles.json").is_file():
        return False
    say("整理静态文件")
    command = collectstatic.Command()
    command.storage = ManifestStaticFilesStorage(location=str(root), base_url=settings.STATIC_URL)
    call_command(command, interactive=False, clear=True, verbosity=0)
    stamp.write_text(told.hexdigest())
    return True


def calendars(say: Say) -> None:
    """Load the State Council's calendars that came with this version, where they are not loaded yet."""
    from luoshi.workdays.services import load_official

    added = load_official(by=None, on=clock.today())
    if added:
        say(f"载入法定节假日安排（{added[0].year}—{added[-1].year} 年）")


def search_index(say: Say) -> None:
    """Make the search index where there is none yet (data of a version without it)."""
    from luoshi.ops import searching

    if searching.absent():
        say("建立检索索引")
        searching.rebuild()


def prepare(say: Say) -> bool:
    """All of it; True where static files were collected anew (a running process must then start again)."""
    private(Path(settings.DATA_DIR))
    tables(say)
    calendars(say)
    search_index(say)
    return static_files(say)


def sample_file() -> Path:
    """Where a sample installation keeps its printed log-ins; its presence keeps the server on loopback."""
    return Path(settings.DATA_DIR) / "sample.json"


def sample_log_ins() -> dict[str, Any] | None:
    """The sample's password and people, None where this is no sample."""
    path = sample_file()
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def keep_sample(password: str, people: list[tuple[str, str, str]]) -> None:
    """Note that this is a sample: who logs in as what (log-in name, name, duty)."""
    path = sample_file()
    path.write_text(json.dumps({"password": password, "people": people}, ensure_ascii=False), encoding="utf-8")
    os.chmod(path, 0o600)
