"""The duties of a bureau, and which of them may never be held by one account.

主要领导 CHIEF · 分管领导 LEADER · 局办公室 OFFICE · 单位负责人 HEAD · 承办人 HANDLER · 核查人 VERIFIER
督查组 INSPECTOR · 派驻纪检监察组 DISCIPLINE · 窗口 WINDOW
系统管理员 SYSTEM_ADMIN · 安全管理员 SECURITY_ADMIN · 审计管理员 AUDIT_ADMIN
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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
BUSINESS = frozenset(Duty) - ADMINISTRATORS
"""Duties that handle a bureau's work; the three administrators hold none of them."""
BUREAU_WIDE = frozenset({Duty.CHIEF, Duty.OFFICE, Duty.VERIFIER, Duty.INSPECTOR, Duty.DISCIPLINE, Duty.WINDOW})
"""Duties held for the whole bureau whatever unit the post stands in; the three administrators hold no business."""
SECOND_FACTOR = ADMINISTRATORS | {Duty.DISCIPLINE}
"""Who must use a second factor under the profile `level3`; everybody may."""


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


class GrantState(TextChoices):
    PROPOSED = "PROPOSED", "待确认"
    CONFIRMED = "CONFIRMED", "已生效"
    REFUSED = "REFUSED", "未同意"


class ImportState(TextChoices):
    CHECKING = "CHECKING", "正在检查"
    CHECKED = "CHECKED", "检查完毕"
    IMPORTING = "IMPORTING", "正在导入"
    DONE = "DONE", "已导入"
    FAILED = "FAILED", "未能处理"


@dataclass(frozen=True, slots=True)
class Held:
    """A duty held on a day: for which unit of which bureau, by one's own post or standing in for somebody."""

    duty: str
    unit_id: int
    bureau_id: int
    standing_in_for: str = ""
    principal_id: int | None = None


def bureaus(held: Iterable[Held], wanted: Iterable[str]) -> list[int]:
    """The bureaus in which one of these duties is held.

    >>> bureaus([Held("OFFICE", 3, 1), Held("HEAD", 9, 7), Held("OFFICE", 4, 2)], {"OFFICE"})
    [1, 2]
    """
    duties = set(wanted)
    return sorted({one.bureau_id for one in held if one.duty in duties})


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


def may_manage(held: Iterable[Held], bureau_id: int | None) -> bool:
    """Whether these duties manage the people of a bureau: its own office, or the system administrator anywhere.

    >>> may_manage([Held("OFFICE", 3, 1)], 1), may_manage([Held("OFFICE", 3, 1)], 2)
    (True, False)
    >>> may_manage([Held("SYSTEM_ADMIN", 3, 1)], 2)
    True
    """
    return any(
        one.duty == Duty.SYSTEM_ADMIN or (one.duty == Duty.OFFICE and one.bureau_id == bureau_id) for one in held
    )


def why_not_grant(held: Collection[Held], duty: str, bureau_id: int | None, *, level3: bool) -> str | None:
    """Why someone with these duties may not give or take `duty` in a bureau, or None.

    Administrators' duties belong to the security administrator alone; business duties also to the bureau's
    office and the system administrator, and under `level3` to the security administrator alone.

    >>> office = [Held("OFFICE", 3, 1)]
    >>> why_not_grant(office, "HANDLER", 1, level3=False) is None
    True
    >>> why_not_grant(office, "AUDIT_ADMIN", 1, level3=False)
    '审计管理员只能由安全管理员授予或解除。'
    >>> why_not_grant(office, "HANDLER", 1, level3=True)
    '本系统按三级要求运行，职责只能由安全管理员提出、另一管理员确认。'
    """
    if any(one.duty == Duty.SECURITY_ADMIN for one in held):
        return None
    if duty in ADMINISTRATORS:
        return f"{Duty(duty).label}只能由安全管理员授予或解除。"
    if level3:
        return "本系统按三级要求运行，职责只能由安全管理员提出、另一管理员确认。"
    if may_manage(held, bureau_id):
        return None
    return "任职由本局办公室、系统管理员或安全管理员办理，您目前没有这项职责。"


def last_day(ends_on: date) -> date:
    """The last day held by something that holds no more from `ends_on` on.

    >>> last_day(date(2026, 3, 1))
    datetime.date(2026, 2, 28)
    """
    return ends_on - timedelta(days=1)


def overlap(a: tuple[date, date | None], b: tuple[date, date | None]) -> bool:
    """Whether two dated spans share a day; an open end is None, last days count.

    >>> overlap((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 1, 31), None))
    True
    >>> overlap((date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), None))
    False
    """
    return (a[1] is None or b[0] <= a[1]) and (b[1] is None or a[0] <= b[1])


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
