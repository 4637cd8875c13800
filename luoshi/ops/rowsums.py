"""One digest a table over all rows as the database gives them: equal before and after a restore. No Django here."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from typing import Any

SPACE = 2**256


def row_value(value: Any) -> Any:
    """A raw database value in one spelling."""
    if isinstance(value, memoryview):
        return bytes(value)
    return value


def table_digest(rows: Iterable[tuple[Any, ...]]) -> tuple[int, str]:
    """How many rows, and one digest of them all whatever their order.

    >>> table_digest([(1, "a"), (2, "b")]) == table_digest([(2, "b"), (1, "a")])
    True
    """
    count, total = 0, 0
    for row in rows:
        count += 1
        told = repr([row_value(value) for value in row]).encode()
        total = (total + int.from_bytes(hashlib.sha256(told).digest(), "big")) % SPACE
    return count, f"{total:064x}"


def digests(cursor: Any, tables: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Row count and digest of every table, columns by name so that their order does not matter."""
    found = {}
    for table in sorted(tables):
        cursor.execute(f'SELECT * FROM "{table}" WHERE 1 = 0')  # noqa: S608 — a table of our own database
        columns = ", ".join(f'"{name}"' for name in sorted(one[0] for one in cursor.description))
        cursor.execute(f'SELECT {columns} FROM "{table}"')  # noqa: S608
        count, digest = table_digest(_rows(cursor))
        found[table] = {"rows": count, "digest": digest}
    return found


def _rows(cursor: Any) -> Iterable[tuple[Any, ...]]:
    while part := cursor.fetchmany(2000):
        yield from part


def of_sqlite(connection: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """The digests of every table of an SQLite file, read without any conversion of values."""
    cursor = connection.cursor()
    names = [name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return digests(cursor, [name for name in names if not name.startswith("sqlite_")])
