"""When a message may go out, what it says, and when a failed one is tried again.

One digest a person and working day, in office hours (国办函〔2026〕12号; domain rules §9.7: no reminder storm).
What leaves the house says only how many things wait: no matter, no name, no link.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from luoshi.workdays.rules import ZONE, Calendar, is_office_time

WEBHOOK, MAIL = "WEBHOOK", "MAIL"
WAITING, SENT, FAILED = "WAITING", "SENT", "FAILED"
LEASE = timedelta(minutes=2)
"""How long one sender holds a message: longer than the gateway's time-out, so that nobody sends it twice."""
MOST_TRIES = 12
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def text(count: int) -> str:
    """All that an outside message says.

    >>> text(3)
    '您有3件待办，请登录系统查看。'
    """
    return f"您有{count}件待办，请登录系统查看。"


def digest_time(now: datetime, calendar: Calendar) -> bool:
    """Whether a bureau's digests may be made now: a working day, office hours, the digest's time reached."""
    local = now.astimezone(ZONE)
    return is_office_time(now, calendar) and local.time() >= calendar.hours_on(local.date()).digest_at


def may_leave(now: datetime, calendar: Calendar, *, urgent: bool) -> bool:
    """Whether a message may leave now: in office hours, or at any hour where it is 加急."""
    return urgent or is_office_time(now, calendar)


def next_try(now: datetime, tries: int) -> datetime:
    """When a message that failed `tries` times is tried again: after 1, 2, 4 … minutes, an hour at most.

    >>> start = datetime(2026, 11, 23, 8, 40)
    >>> [(next_try(start, tries) - start).seconds // 60 for tries in (1, 2, 3, 9)]
    [1, 2, 4, 60]
    """
    return now + timedelta(minutes=min(2 ** max(tries - 1, 0), 60))


def bad_gateway(url: str) -> str:
    """Why a gateway's address may not be used, empty where it may: HTTPS, or plain HTTP on this machine only.

    >>> bad_gateway("https://sms.example.gov/send"), bad_gateway("http://127.0.0.1:9000/send")
    ('', '')
    >>> bad_gateway("http://sms.example.gov/send")
    '消息网关地址须为https，或本机http'
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "消息网关地址写法不对"
    if parts.scheme == "https" and host:
        return ""
    if parts.scheme == "http" and host in LOOPBACK:
        return ""
    return "消息网关地址须为https，或本机http"
