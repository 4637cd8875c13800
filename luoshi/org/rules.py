"""The duties of a bureau, and which of them may never be held by one account.

主要领导 CHIEF · 分管领导 LEADER · 局办公室 OFFICE · 单位负责人 HEAD · 承办人 HANDLER · 核查人 VERIFIER
督查组 INSPECTOR · 派驻纪检监察组 DISCIPLINE · 窗口 WINDOW
系统管理员 SYSTEM_ADMIN · 安全管理员 SECURITY_ADMIN · 审计管理员 AUDIT_ADMIN
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class Duty(TextChoices):
    CHIEF = "CHIEF", "主要领导"
    LEADER = "LEADER", "分管领导"
    OFFICE = "OFFICE", "局办公室"
    HEAD = "HEAD", "单位负责人"
    HANDLER = "HANDLER", "承办人"
    VERIFIER = "VERIFIER", "核查人"
    INSPECTOR = "INSPECTOR", "督查组"
    DISCIPLINE = "DISCIPLINE", "派驻纪检监察组"
    WINDOW = "WINDOW", "窗口"
    SYSTEM_ADMIN = "SYSTEM_ADMIN", "系统管理员"
    SECURITY_ADMIN = "SECURITY_ADMIN", "安全管理员"
    AUDIT_ADMIN = "AUDIT_ADMIN", "审计管理员"


ADMINISTRATORS = frozenset({Duty.SYSTEM_ADMIN, Duty.SECURITY_ADMIN, Duty.AUDIT_ADMIN})
BUREAU_WIDE = frozenset(
    {Duty.CHIEF, Duty.OFFICE, Duty.VERIFIER, Duty.INSPECTOR, Duty.DISCIPLINE, Duty.WINDOW} | ADMINISTRATORS
)
"""Duties held for the whole bureau whatever unit the post stands in."""


class PersonnelType(TextChoices):
    """Four people systems live in one bureau; appraisal, discipline and appeal differ for each."""

    LEADERSHIP = "LEADERSHIP", "领导班子（县管干部）"
    CIVIL_SERVANT = "CIVIL_SERVANT", "公务员"
    INSTITUTION = "INSTITUTION", "事业单位人员"
    CONTRACT = "CONTRACT", "编外聘用人员"


class UnitKind(TextChoices):
    COUNTY = "COUNTY", "县（区）"
    BUREAU = "BUREAU", "局"
    SECTION = "SECTION", "机关股室"
    AFFILIATE = "AFFILIATE", "局直单位"
    LEADERSHIP = "LEADERSHIP", "领导班子"


@dataclass(frozen=True, slots=True)
class Held:
    """A duty held on a day: for which unit of which bureau, by one's own post or standing in for somebody."""

    duty: str
    unit_id: int
    bureau_id: int
    standing_in_for: str = ""


def clash(duties: Collection[str]) -> str | None:
    """Why these duties may not lie in one account, or None.

    Three separate administrators are always separate accounts, and none of them holds business duties.

    >>> clash({"SYSTEM_ADMIN", "OFFICE"})
    '系统管理员是独立账号，不能同时担任局办公室。'
    >>> clash({"OFFICE", "VERIFIER"}) is None
    True
    """
    admin = [Duty(one) for one in duties if one in ADMINISTRATORS]
    if not admin or len(set(duties)) == 1:
        return None
    first = sorted(admin)[0]
    other = sorted(Duty(one) for one in duties if one != first)[0]
    return f"{first.label}是独立账号，不能同时担任{other.label}。"


def in_force(from_on: date, until_on: date | None, on: date) -> bool:
    """Whether a dated post, portfolio or delegation holds on a day; the last day counts.

    >>> in_force(date(2026, 1, 1), date(2026, 6, 30), date(2026, 6, 30))
    True
    """
    return from_on <= on and (until_on is None or on <= until_on)


def names(duties: Iterable[str]) -> str:
    """Duties as one Chinese phrase.

    >>> names(["OFFICE", "LEADER"])
    '分管领导、局办公室'
    """
    order = list(Duty.values)
    return "、".join(Duty(one).label for one in sorted(set(duties), key=order.index))
