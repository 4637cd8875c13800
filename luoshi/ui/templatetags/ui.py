"""Template tags of the house: dates as officials write them."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from luoshi.lib import clock

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as 2026-11-23 周一; a moment takes its Shanghai date.

    >>> day(date(2026, 11, 23))
    '2026-11-23 周一'
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return f"{value.isoformat()} 周{WEEKDAYS[value.weekday()]}"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as 2026-11-23 09:05, Shanghai time."""
    return clock.local(value).strftime("%Y-%m-%d %H:%M") if value else ""
