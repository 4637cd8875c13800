"""The cast: the sample bureau's people made through the front door (services), the same in every test.

director 主要领导 · leader 分管领导 (of planning and quality) · second_leader (of approval, property, housing) ·
office 局办公室 · verifier 核查人 · inspector 督查组 · chief 单位负责人 of planning · handler 承办人 in planning ·
neighbour: head of quality · discipline 派驻组 · window 窗口 · stranger: head in another bureau ·
sysadmin, secadmin, auditor: the three administrators. Units: bureau, planning, quality, approval, property, housing.
"""

from __future__ import annotations

import pickle
from types import SimpleNamespace

import pytest

PASSWORD = "Correct-horse-9-battery"


def pytest_configure():
    """Argon2 is meant to be slow; tests that are not about it hash fast."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


_KEPT: dict[str, bytes] = {}


def _rows():
    """Every row of our own tables as it stands, table by table."""
    from django.apps import apps

    found = []
    for model in apps.get_models():
        if model.__module__.startswith("luoshi."):
            rows = list(model._base_manager.order_by("pk"))
            for row in rows:
                for name, value in vars(row).items():
                    if isinstance(value, memoryview):
                        setattr(row, name, bytes(value))
            if rows:
                found.append((model, rows))
    return found


def _lay(found):
    """Put kept rows back under their own keys, and the sequences after them."""
    from django.core.management.color import no_style
    from django.db import connection

    for model, rows in found:
        model._base_manager.bulk_create(rows)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _ in found]):
            cursor.execute(statement)


@pytest.fixture
def cast(db) -> SimpleNamespace:
    """Made once by services; every later test lays the same rows down again, as making them takes half a second."""
    from django.db import connection

    from luoshi.demo.people import build_people
    from luoshi.org.models import User

    if User.objects.exists():
        return build_people(PASSWORD)
    if connection.vendor not in _KEPT:
        _KEPT[connection.vendor] = pickle.dumps((build_people(PASSWORD), _rows()))
        people, _ = pickle.loads(_KEPT[connection.vendor])
        return people
    people, found = pickle.loads(_KEPT[connection.vendor])
    _lay(found)
    return people


@pytest.fixture
def enter(client):
    """Log somebody in: `enter(cast.office)` returns the test client."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in
