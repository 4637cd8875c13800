"""The ground most tests stand on, laid once and not again for each: the cast, and what stands on it.

A ground is made by services in the first test that names it, kept as rows, and laid under the tests' own
transactions: it lies while test after test wants it, each test's changes are undone as ever, and a test that wants
another ground, or an empty database, gets just that. A fixture of the ground's name hands out its objects, and makes
them itself where nothing lies yet.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from typing import Any

import pytest

Make = Callable[[], dict[str, Any]]
DATABASE = {"db", "transactional_db", "django_db_setup", "client"}


def rows() -> list[tuple[Any, list[Any]]]:
    """Every row of our own tables as it stands, table by table."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        if model.__module__.startswith("luoshi."):
            kept = list(model._base_manager.order_by("pk"))
            for row in kept:
                for name, value in vars(row).items():
                    if isinstance(value, memoryview):
                        setattr(row, name, bytes(value))
            if kept:
                found.append((model, kept))
    return found


def lay(found: list[tuple[Any, list[Any]]]) -> None:
    """Put kept rows back under their own keys, and the sequences after them."""
    from django.core.management.color import no_style
    from django.db import connection

    for model, kept in found:
        model._base_manager.bulk_create(kept)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _ in found]):
            cursor.execute(statement)


class Ground:
    """Which ground lies in this process's test database, and the objects of it that the running test was handed."""

    def __init__(self) -> None:
        self.makes: dict[str, tuple[Make, str]] = {}
        self.named: dict[str, str] = {}
        self.kept: dict[str, tuple[bytes, bytes]] = {}
        self.lying = ""
        self.blocker: Any = None
        self._atomic: Any = None
        self._handed: dict[str, Any] | None = None

    def keep(self, name: str, make: Make, *, now: str = "", also: Iterable[str] = ()) -> None:
        """A ground, richer than those named before it, for tests that use the fixture `name`, or one of `also`.

        It is made with the clock at `now`, or today.
        """
        self.makes[name] = (make, now)
        self.named |= dict.fromkeys((name, *also), name)

    def settle(self, fixtures: Iterable[str], *, marked: bool) -> None:
        """Before a test: lay what its fixtures name, or take away what it does not want; `marked` as using the data."""
        used = set(fixtures)
        self._handed = None
        if self.blocker is None or not (marked or used & DATABASE):
            return
        from django.db import connection

        named = {self.named[one] for one in used if one in self.named}
        wanted = next((name for name in reversed(self.makes) if name in named), "")
        if wanted == self.lying:
            return
        with self.blocker.unblock():
            self.clear()
            if wanted and not connection.in_atomic_block:  # else a module's own story lies there
                self._lay(wanted)

    def clear(self) -> None:
        """Take away what lies; the database is as empty as the migrations left it."""
        if self._atomic is None:
            return
        from django.db import transaction

        atomic, self._atomic, self.lying = self._atomic, None, ""
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)

    def handed(self, name: str) -> Any:
        """One object of the ground that lies, fresh for this test; None where it does not lie."""
        if not self.lying:
            return None
        if self._handed is None:
            self._handed = pickle.loads(self.kept[self.lying][0])
        return self._handed.get(name)

    def put(self, name: str) -> dict[str, Any]:
        """Lay a ground inside the caller's transaction, for a module that tells its own story on; its objects."""
        if name in self.kept:
            lay(pickle.loads(self.kept[name][1]))
        else:
            make, now = self.makes[name]
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("LUOSHI_NOW", now)  # empty: the real clock
                self.kept[name] = (pickle.dumps(make()), pickle.dumps(rows()))
        return pickle.loads(self.kept[name][0])

    def _lay(self, name: str) -> None:
        from django.db import transaction

        self._atomic, self.lying = transaction.atomic(), name
        self._atomic.__enter__()
        self.put(name)


ground = Ground()
