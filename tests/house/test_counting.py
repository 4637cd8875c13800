"""The counting of queries leaves out what falls due by the clock, and only that."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.accounts import middleware
from tests.counting import asked

URL = "notices:list"


@pytest.fixture(params=["session", "tide"])
def a_while(request, monkeypatch):
    """Let time pass, for one of the two things that fall due by it."""
    monkeypatch.setattr(middleware, "tide", middleware.Tide())
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00:00")

    def passes(minute: int) -> None:
        if request.param == "session":
            monkeypatch.setenv("LUOSHI_NOW", f"2026-11-24T10:{minute:02}:01")
        else:
            middleware.tide.read_at = -1e9

    return passes


def test_a_while_between_two_requests_does_not_show(cast, enter, a_while):
    client = enter(cast.office)
    client.get(reverse(URL))
    with asked(client) as few:
        client.get(reverse(URL))
    a_while(5)
    with CaptureQueriesContext(connection) as bare:
        client.get(reverse(URL))
    a_while(10)
    with asked(client) as many:
        client.get(reverse(URL))
    assert len(many) == len(few) < len(bare)
