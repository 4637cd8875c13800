"""The empty tables, migrated once: whoever wants them takes a copy, and `migrate` then finds nothing left to do.

The first taker migrates from nothing, as ever, and puts what came of it on the shelf, under a name that changes with
every model, migration, setting and library; a fresh checkout has nothing there, so CI migrates from nothing on either
engine in every run. SQLite's copies are files in `build/`, for every process and every later run; PostgreSQL's is one
database beside those of the workers of one run, dropped after it.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[1]
SHELF = REPO / "build" / "test-stock"
SOURCES = ("luoshi/**/migrations/*.py", "luoshi/**/models.py", "luoshi/**/models/**/*.py", "luoshi/config/settings.py",
           "requirements/*.txt")  # fmt: skip
KEPT = 16
"""Copies on the shelf; the oldest go."""


def name() -> str:
    """What the tables are made from, as one word."""
    told = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in sorted({one for pattern in SOURCES for one in REPO.glob(pattern)}):
        told.update(f"{path.relative_to(REPO)}\0".encode() + path.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def sqlite(target: str | Path) -> Iterator[None]:
    """Lay the tables in a new SQLite database, for a caller who then migrates; who finds none keeps what he made."""
    SHELF.mkdir(parents=True, exist_ok=True)
    stock = SHELF / f"{name()}.sqlite3"
    with stock.with_suffix(".lock").open("w") as lock, closing(_open(target)) as store:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if stock.is_file():
            _copy(stock, store)
            lock.close()
            yield
            return
        yield
        made = SHELF / f"{os.getpid()}.making"
        with closing(sqlite3.connect(made)) as copy:
            store.backup(copy)
        made.rename(stock)
        for old in sorted(SHELF.glob("*.sqlite3"), key=lambda one: one.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
            old.with_suffix(".lock").unlink(missing_ok=True)


def _open(target: str | Path) -> sqlite3.Connection:
    return sqlite3.connect(target, uri=str(target).startswith("file:"))


def _copy(stock: Path, store: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(f"{stock.as_uri()}?mode=ro", uri=True)) as kept:
        kept.backup(store)


def migrate() -> None:
    """All tables in the database of the settings, in a process of its own, Django set up."""
    from django.core.management import call_command
    from django.db import connection

    with sqlite(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else nullcontext():
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)


def create(door: Any, database: str) -> None:
    """A further database on the PostgreSQL server of this run, by a connection to it; with tables if they lie ready."""
    stock = f"stock_{os.environ.get('PYTEST_XDIST_TESTRUNUID', '')}"
    ready = door.execute("SELECT 1 FROM pg_database WHERE datname = %s", [stock]).fetchone()
    door.execute(f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{stock}"' if ready else ""))


def put_between(creation: Any, run: str) -> None:
    """Let Django make its test database from the stock; `run` names the test run, empty where one process is all."""
    made: Callable[..., str] = creation.create_test_db

    def create(*args: Any, **words: Any) -> str:
        if creation.connection.vendor == "sqlite":
            with sqlite(creation._get_test_db_name()):
                return made(*args, **words)
        return _postgres(creation, run, lambda: made(*args, **words)) if run else made(*args, **words)

    creation.create_test_db = create


def _postgres(creation: Any, run: str, made: Callable[[], str]) -> str:
    stock, tests = f"stock_{run}", creation.connection.settings_dict["TEST"]
    with creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [stock])  # held until this connection closes
        if creation._database_exists(cursor, stock):
            tests["TEMPLATE"] = stock
            return made()
        found = made()
        creation.connection.close()
        cursor.execute(f"CREATE DATABASE {_quoted(creation, stock)} TEMPLATE {_quoted(creation, found)}")
    creation.connection.ensure_connection()
    return found


def drop(creation: Any, run: str) -> None:
    """After a run: its stock on the PostgreSQL server goes."""
    if creation.connection.vendor == "postgresql":
        with creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {_quoted(creation, f'stock_{run}')}")


def _quoted(creation: Any, what: str) -> str:
    return str(creation.connection.ops.quote_name(what))
