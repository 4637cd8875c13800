"""The cast: the sample bureau's people made through the front door (services), the same in every test.

director 主要领导 · leader 分管领导 (of planning and quality) · second_leader (of approval, property, housing) ·
office 局办公室 · verifier 核查人 · inspector 督查组 · chief 单位负责人 of planning · handler 承办人 in planning ·
neighbour: head of quality · discipline 派驻组 · window 窗口 · stranger: head in another bureau ·
sysadmin, secadmin, auditor: the three administrators. Units: bureau, planning, quality, approval, property, housing.
"""

from __future__ import annotations

from types import SimpleNamespace

import pytest

PASSWORD = "Correct-horse-9-battery"


def pytest_configure():
    """Argon2 is meant to be slow; tests that are not about it hash fast."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db) -> SimpleNamespace:
    from luoshi.demo.people import build_people

    return build_people(PASSWORD)


@pytest.fixture
def enter(client):
    """Log somebody in: `enter(cast.office)` returns the test client."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in
