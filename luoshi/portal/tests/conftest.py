"""The small plan of the plan room's tests, and a matter's life, for the pages of the hall."""

import pytest

from luoshi.matters.tests.life import Life
from luoshi.plan.tests.conftest import TODAY, duty, version

__all__ = ["duty", "version"]


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00")
    return TODAY


@pytest.fixture
def work(cast, version, today):
    """`work(path, "ACCEPTED")`: a matter under the clause at this place of the small plan, in this state."""
    life = Life(cast, today)

    def under(path, state, **words):
        clause = words.pop("clause", None) or version.clauses.get(path=path)
        return life.to(state, clause=clause, **words)

    under.life = life
    return under
