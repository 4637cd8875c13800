"""The cast: the sample bureau's people made through the front door (services), the same in every test.

director 主要领导 · leader 分管领导 (of planning and quality) · second_leader (of approval, property, housing) ·
office 局办公室 · verifier 核查人 · inspector 督查组 · chief 单位负责人 of planning · handler 承办人 in planning ·
neighbour: head of quality · discipline 派驻组 · window 窗口 · stranger: head in another bureau ·
sysadmin, secadmin, auditor: the three administrators. Units: bureau, planning, quality, approval, property, housing.
"""

from __future__ import annotations

import uuid
from datetime import date
from types import SimpleNamespace

import pytest
from pytest_django.plugin import blocking_manager_key

from tests import stock
from tests.ground import ground

PASSWORD = "Correct-horse-9-battery"


def pytest_configure(config):
    """Argon2 is meant to be slow; tests that are not about it hash fast."""
    if getattr(config.option, "numprocesses", None) and not config.option.testrunuid:
        config.option.testrunuid = uuid.uuid4().hex
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def _people() -> SimpleNamespace:
    from luoshi.demo.people import build_people

    return build_people(PASSWORD)


def _calendars() -> None:
    from luoshi.workdays.services import load_official

    load_official(by=None, on=date(2026, 9, 1))  # adds nothing where they lie


def _people_under_calendars() -> dict[str, SimpleNamespace]:
    cast = _people()
    _calendars()
    return {"cast": cast}


def _story() -> dict[str, SimpleNamespace]:
    """The sample bureau with its whole story, as of 24 November 2026."""
    from luoshi.demo.universe import build

    world = build(password=PASSWORD, today=date(2026, 11, 24))
    return {"cast": world, "story": world}


ground.keep("cast", lambda: {"cast": _people()})
ground.keep("official", _people_under_calendars, also=["life"])
ground.keep("story", _story, now="2026-11-24T10:00", also=["world_here"])


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    ground.settle(item.fixturenames, marked=item.get_closest_marker("django_db") is not None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request):
    """The tables are migrated once for all workers; each takes a copy."""
    from django.db import connection

    stock.put_between(connection.creation, getattr(request.config, "workerinput", {}).get("testrunuid", ""))


def pytest_sessionfinish(session):
    """The first process, which runs no test where others do, puts away what the workers shared."""
    if getattr(session.config.option, "numprocesses", None) and not hasattr(session.config, "workerinput"):
        from django.db import connection

        with session.config.stash[blocking_manager_key].unblock():
            stock.drop(connection.creation, session.config.option.testrunuid)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    ground.blocker = django_db_blocker
    yield
    with django_db_blocker.unblock():
        ground.clear()
    ground.blocker = None


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """Everybody, as `build_people` made them by services."""
    return ground.handed("cast") or _people()


@pytest.fixture
def official(cast) -> SimpleNamespace:
    """The cast, under the official calendars of the years the product knows."""
    _calendars()
    return cast


@pytest.fixture
def enter(client):
    """Log somebody in: `enter(cast.office)` returns the test client."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in
