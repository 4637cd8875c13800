"""Who may enter, and how long a session lasts: the arithmetic, apart from Django's machinery."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from luoshi.org.rules import SECOND_FACTOR

IDLE, ABSOLUTE, CLOCK, LEFT = "idle", "absolute", "clock", "left"
ENDED = {
    IDLE: "长时间未操作",
    ABSOLUTE: "登录时间已满",
    CLOCK: "服务器时钟回拨",
    LEFT: "已离岗",
}
CLOCK_SLACK = 60
"""Seconds by which a clock may be set back without anybody noticing."""


def why_ended(*, now: float, began: float, seen: float, idle: float, absolute: float) -> str | None:
    """Why a session of these moments (seconds since the epoch) is over, or None.

    A session seen in the future belongs to a clock that has since been set back; it is over too.

    >>> why_ended(now=1900, began=0, seen=0, idle=1800, absolute=43200)
    'idle'
    >>> why_ended(now=43201, began=0, seen=43200, idle=1800, absolute=43200)
    'absolute'
    >>> why_ended(now=0, began=0, seen=3600, idle=1800, absolute=43200)
    'clock'
    >>> why_ended(now=1800, began=0, seen=0, idle=1800, absolute=43200) is None
    True
    """
    if max(began, seen) > now + CLOCK_SLACK:
        return CLOCK
    if now - seen > idle:
        return IDLE
    if now - began > absolute:
        return ABSOLUTE
    return None


def may_log_in(*, active: bool, left_on: date | None, expires_at: datetime | None, now: datetime, today: date) -> bool:
    """Whether a right password opens the door: in use, not gone, and a one-time password within its time.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    >>> may_log_in(active=True, left_on=None, expires_at=None, now=noon, today=noon.date())
    True
    >>> may_log_in(active=True, left_on=date(2026, 11, 24), expires_at=None, now=noon, today=noon.date())
    False
    >>> may_log_in(active=True, left_on=None, expires_at=noon, now=noon, today=noon.date())
    False
    """
    return active and (left_on is None or today < left_on) and (expires_at is None or now < expires_at)


def account_state(*, left: bool, active: bool, must_change: bool, usable: bool) -> str:
    """Where an account stands, in the words of the accounts list.

    >>> account_state(left=False, active=True, must_change=True, usable=True)
    '已发一次性密码，待本人修改'
    """
    if left:
        return "已离岗"
    if not active:
        return "停用"
    if not usable:
        return "还没有密码"
    return "已发一次性密码，待本人修改" if must_change else "在用"


_SYSTEMS = {
    "Android": "安卓手机", "iPhone": "苹果手机", "iPad": "苹果平板", "Windows": "Windows 电脑",
    "Mac OS": "苹果电脑", "Kylin": "麒麟电脑", "UOS": "统信电脑", "Linux": "Linux 电脑",
}  # fmt: skip
_BROWSERS = {
    "QIHU": "360 浏览器", "Qaxbrowser": "奇安信浏览器", "MicroMessenger": "微信", "DingTalk": "钉钉",
    "Edg": "Edge 浏览器", "Firefox": "火狐浏览器", "Chrome": "Chrome 浏览器", "Safari": "Safari 浏览器",
}  # fmt: skip


def device(user_agent: str) -> str:
    """What somebody is logged in with, in words one recognises it by.

    >>> device("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0")
    'Windows 电脑，Edge 浏览器'
    >>> device("curl/8")
    '未知设备'
    """
    found = [next((word for mark, word in marks.items() if mark in user_agent), "") for marks in (_SYSTEMS, _BROWSERS)]
    return "，".join(one for one in found if one) or "未知设备"


def must_use_second_factor(duties: Collection[str], *, level3: bool) -> bool:
    """Whether somebody with these duties may not work without a second factor.

    >>> must_use_second_factor({"DISCIPLINE"}, level3=True), must_use_second_factor({"DISCIPLINE"}, level3=False)
    (True, False)
    """
    return level3 and not SECOND_FACTOR.isdisjoint(duties)
