"""The people of the sample bureau, all invented; the tests' cast and the sample installation are the same.

`build_people()` makes one county with two bureaus through `org.services` and answers a namespace:
units by role (`bureau`, `planning`, `quality`, …) and people by role (`office`, `leader`, `chief`, `handler`, …).
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from luoshi.org import services
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty, PersonnelType, UnitKind

SINCE = date(2021, 1, 1)

UNITS = (
    # key, kind, full name, short name, key of the parent
    ("county", UnitKind.COUNTY, "云岭县", "云岭县", None),
    ("bureau", UnitKind.BUREAU, "云岭县住房和城乡建设局", "县住建局", "county"),
    ("team", UnitKind.LEADERSHIP, "局领导班子", "班子", "bureau"),
    ("office_unit", UnitKind.SECTION, "局办公室", "办公室", "bureau"),
    ("planning", UnitKind.SECTION, "规划建设股", "规建股", "bureau"),
    ("approval", UnitKind.SECTION, "审批服务股", "审批股", "bureau"),
    ("property", UnitKind.SECTION, "物业管理股", "物业股", "bureau"),
    ("quality", UnitKind.AFFILIATE, "建设工程质量安全服务中心", "质安中心", "bureau"),
    ("housing", UnitKind.AFFILIATE, "住房保障服务中心", "房保中心", "bureau"),
    ("other_bureau", UnitKind.BUREAU, "云岭县水利局", "县水利局", "county"),
    ("other_unit", UnitKind.SECTION, "河湖管理股", "河湖股", "other_bureau"),
)

LEADERSHIP, CIVIL, INSTITUTION, CONTRACT = (
    PersonnelType.LEADERSHIP,
    PersonnelType.CIVIL_SERVANT,
    PersonnelType.INSTITUTION,
    PersonnelType.CONTRACT,
)
PEOPLE = (
    # key, staff number, name, duty, unit, title, personnel type
    ("director", "1001", "陆远山", Duty.CHIEF, "team", "党委书记、局长", LEADERSHIP),
    ("leader", "1002", "沈知行", Duty.LEADER, "team", "党委委员、副局长", LEADERSHIP),
    ("second_leader", "1003", "孟怀瑾", Duty.LEADER, "team", "党委委员、副局长", LEADERSHIP),
    ("office", "1101", "顾清禾", Duty.OFFICE, "office_unit", "办公室主任", CIVIL),
    ("verifier", "1102", "白守正", Duty.VERIFIER, "office_unit", "办公室副主任", CIVIL),
    ("inspector", "1103", "梁慎行", Duty.INSPECTOR, "office_unit", "督查专干", CIVIL),
    ("chief", "1201", "贺建民", Duty.HEAD, "planning", "股长", CIVIL),
    ("handler", "1202", "林晓舟", Duty.HANDLER, "planning", "科员", CIVIL),
    ("second_handler", "1203", "温以宁", Duty.HANDLER, "planning", "科员", CIVIL),
    ("approval_chief", "1301", "秦若谷", Duty.HEAD, "approval", "股长", CIVIL),
    ("window", "1302", "苏晴", Duty.WINDOW, "approval", "窗口人员", CONTRACT),
    ("property_chief", "1401", "邵长青", Duty.HEAD, "property", "股长", CIVIL),
    ("property_handler", "1402", "叶知秋", Duty.HANDLER, "property", "科员", CIVIL),
    ("neighbour", "1501", "方立诚", Duty.HEAD, "quality", "主任", INSTITUTION),
    ("quality_handler", "1502", "杜若溪", Duty.HANDLER, "quality", "工程师", INSTITUTION),
    ("housing_chief", "1601", "程思远", Duty.HEAD, "housing", "主任", INSTITUTION),
    ("housing_handler", "1602", "江映雪", Duty.HANDLER, "housing", "干事", INSTITUTION),
    ("discipline", "1901", "严明理", Duty.DISCIPLINE, "team", "派驻纪检监察组组长", LEADERSHIP),
    ("stranger", "2001", "袁野", Duty.HEAD, "other_unit", "股长", CIVIL),
    ("sysadmin", "9001", "系统管理员", Duty.SYSTEM_ADMIN, "office_unit", "系统管理员", CONTRACT),
    ("secadmin", "9002", "安全管理员", Duty.SECURITY_ADMIN, "office_unit", "安全管理员", CONTRACT),
    ("auditor", "9003", "审计管理员", Duty.AUDIT_ADMIN, "office_unit", "审计管理员", CONTRACT),
)
PORTFOLIOS = (
    ("leader", "planning", "规划建设"),
    ("leader", "quality", "工程质量安全"),
    ("second_leader", "approval", "审批服务"),
    ("second_leader", "property", "物业管理"),
    ("second_leader", "housing", "住房保障"),
)


def build_people(password: str | None) -> SimpleNamespace:
    """Make the county, its bureaus and everybody in them; everyone logs in with `password` (None: nobody can)."""
    cast = SimpleNamespace()
    for key, kind, name, short_name, parent in UNITS:
        unit: Unit = services.add_unit(
            kind=kind,
            name=name,
            short_name=short_name,
            parent=getattr(cast, parent) if parent else None,
            by=None,
            on=SINCE,
        )
        setattr(cast, key, unit)
    for key, number, name, duty, where, title, personnel_type in PEOPLE:
        user: User = services.add_person(
            username=number, name=name, personnel_type=personnel_type, by=None, on=SINCE, password=password
        )
        services.appoint(user, unit=getattr(cast, where), duty=duty, title=title, by=None, on=SINCE)
        setattr(cast, key, user)
    for leader, unit_key, field in PORTFOLIOS:
        services.give_portfolio(getattr(cast, leader), unit=getattr(cast, unit_key), field=field, by=None, on=SINCE)
    return cast
