"""The sample bureau's whole story, as of the day on which these tests stand."""

import pytest

from luoshi.outcomes.tests.life import DAY
from tests.ground import ground


@pytest.fixture
def world_here(db, monkeypatch):
    """Everybody and everything of the story; the screen stands on the same day."""
    monkeypatch.setenv("LUOSHI_NOW", f"{DAY:%Y-%m-%d}T10:00")
    return ground.handed("story") or ground.put("story")["cast"]
