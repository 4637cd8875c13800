"""The cast: one small bureau made through the front door (services), the same people in every test.

director 主要领导 · leader 分管领导 (of planning and quality) · office 局办公室 · chief 单位负责人 of planning ·
handler 承办人 in planning · verifier 核查人 · discipline 派驻组 · window 窗口 · neighbour: head of another unit ·
stranger: head in another bureau · sysadmin, secadmin, auditor: the three administrators.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

SINCE = date(2021, 1, 1)
PASSWORD = "Correct-horse-9-battery"


def pytest_configure():
    """Argon2 is meant to be slow; tests that are not about it hash fast."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db) -> SimpleNamespace:
    from luoshi.org import services
    from luoshi.org.rules import Duty, PersonnelType, UnitKind

    def unit(kind, name, short, parent):
        return services.add_unit(kind=kind, name=name, short_name=short, parent=parent, by=None, on=SINCE)

    county = unit(UnitKind.COUNTY, "云岭县", "云岭县", None)
    bureau = unit(UnitKind.BUREAU, "云岭县住房和城乡建设局", "县住建局", county)
    team = unit(UnitKind.LEADERSHIP, "局领导班子", "班子", bureau)
    office_unit = unit(UnitKind.SECTION, "办公室", "办公室", bureau)
    planning = unit(UnitKind.SECTION, "规划建设股", "规建股", bureau)
    quality = unit(UnitKind.AFFILIATE, "建设工程质量安全服务中心", "质安中心", bureau)
    other_bureau = unit(UnitKind.BUREAU, "云岭县水利局", "县水利局", county)
    other_unit = unit(UnitKind.SECTION, "河湖股", "河湖股", other_bureau)

    def person(username, name, duty, where, kind=PersonnelType.CIVIL_SERVANT):
        user = services.add_person(
            username=username, name=name, personnel_type=kind, by=None, on=SINCE, password=PASSWORD
        )
        services.appoint(user, unit=where, duty=duty, by=None, on=SINCE)
        return user

    people = SimpleNamespace(
        county=county, bureau=bureau, team=team, office_unit=office_unit, planning=planning, quality=quality,
        other_bureau=other_bureau, other_unit=other_unit,
        director=person("1001", "陆远山", Duty.CHIEF, team, PersonnelType.LEADERSHIP),
        leader=person("1002", "沈知行", Duty.LEADER, team, PersonnelType.LEADERSHIP),
        office=person("1101", "顾清禾", Duty.OFFICE, office_unit),
        verifier=person("1102", "白守正", Duty.VERIFIER, office_unit),
        chief=person("1201", "贺建民", Duty.HEAD, planning),
        handler=person("1202", "林晓舟", Duty.HANDLER, planning),
        neighbour=person("1301", "方立诚", Duty.HEAD, quality, PersonnelType.INSTITUTION),
        inspector=person("1103", "梁慎行", Duty.INSPECTOR, office_unit),
        discipline=person("1401", "严明理", Duty.DISCIPLINE, team),
        window=person("1501", "苏晴", Duty.WINDOW, office_unit, PersonnelType.CONTRACT),
        stranger=person("2001", "袁野", Duty.HEAD, other_unit),
        sysadmin=person("9001", "系统管理员", Duty.SYSTEM_ADMIN, office_unit),
        secadmin=person("9002", "安全管理员", Duty.SECURITY_ADMIN, office_unit),
        auditor=person("9003", "审计管理员", Duty.AUDIT_ADMIN, office_unit),
    )  # fmt: skip
    for led in (planning, quality):
        services.give_portfolio(people.leader, unit=led, by=None, on=SINCE)
    return people


@pytest.fixture
def enter(client):
    """Log somebody in: `enter(cast.office)` returns the test client."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in
