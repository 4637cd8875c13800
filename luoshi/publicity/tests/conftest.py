"""The day of these tests, at the screen too."""

import pytest

from luoshi.publicity.tests.life import DAY
from luoshi.workdays import services as workdays


@pytest.fixture
def life(cast, monkeypatch):
    """The cast on a working morning with the official calendar."""
    monkeypatch.setenv("LUOSHI_NOW", f"{DAY:%Y-%m-%d}T10:00")
    workdays.load_official(by=None, on=DAY)
    return cast
