"""The sample bureau with its whole story, told once for a module of house tests and undone after it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from tests.ground import ground

STORY_DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield ground.put("story")["story"]
        transaction.set_rollback(True)


@pytest.fixture
def undone(world, monkeypatch):
    """One scenario at a time on the same story, the clock at ten on the story's day."""
    monkeypatch.setenv("LUOSHI_NOW", f"{STORY_DAY.isoformat()}T10:00")
    with transaction.atomic():
        yield world
        transaction.set_rollback(True)
