"""The day of these tests, at the screen too."""

import pytest

from luoshi.cadres.tests.life import DAY


@pytest.fixture
def life(official, monkeypatch):
    """The cast on a working morning with the official calendar."""
    monkeypatch.setenv("LUOSHI_NOW", f"{DAY:%Y-%m-%d}T10:00")
    return official
