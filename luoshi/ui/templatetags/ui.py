"""Template tags of the house: dates as officials write them, icons and lamps cheap enough for table rows."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from luoshi.lib import clock

register = template.Library()
WEEKDAYS = "一二三四五六日"


class LampFace(NamedTuple):
    """How a lamp looks: its name in CSS, its icon, its word. Never one without the others."""

    name: str
    icon: str
    word: str


LAMPS = {
    "green": LampFace("green", "ok", "正常"),
    "amber": LampFace("amber", "clock", "临期"),
    "red": LampFace("red", "late", "逾期"),
    "grey": LampFace("grey", "pause", "中止"),
    "done": LampFace("done", "done", "已办结"),
}


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as 2026-11-23 周一; a moment takes its Shanghai date.

    >>> day(date(2026, 11, 23))
    '2026-11-23 周一'
    """
    if not value:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return f"{value.isoformat()} 周{WEEKDAYS[value.weekday()]}"


@register.filter
def moment(value: datetime | None) -> str:
    """A moment as 2026-11-23 09:05, Shanghai time."""
    return clock.local(value).strftime("%Y-%m-%d %H:%M") if value else ""


BROWSERS = {
    "Edg": "Edge",
    "360": "360 浏览器",
    "QQBrowser": "QQ 浏览器",
    "MicroMessenger": "微信",
    "DingTalk": "钉钉",
    "Firefox": "火狐",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "鸿蒙手机",
    "Android": "安卓手机",
    "iPhone": "苹果手机",
    "iPad": "苹果平板",
    "Windows": "Windows 电脑",
    "Mac OS": "苹果电脑",
    "Linux": "Linux 电脑",
}


@register.filter
def device(user_agent: str) -> str:
    """What a browser says of itself, in words a clerk knows.

    >>> device("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0")
    'Windows 电脑 · Edge'
    >>> device("curl/8")
    '未知设备'
    """
    system = next((word for mark, word in SYSTEMS.items() if mark in user_agent), "")
    browser = next((word for mark, word in BROWSERS.items() if mark in user_agent), "")
    return " · ".join(word for word in (system, browser) if word) or "未知设备"


@register.filter
def bare(field: BoundField) -> SafeString:
    """A field's widget without the placeholder a library gave it: the label stands above."""
    return field.as_widget(attrs={"placeholder": False})


@register.filter
def lamp_face(name: str) -> LampFace:
    """The face of a lamp by its name.

    >>> lamp_face("red").word
    '逾期'
    """
    return LAMPS[str(name).lower()]


@register.filter
def notice_icon(tone: str) -> str:
    """The icon of a notice by its tone.

    >>> notice_icon("success"), notice_icon("info"), notice_icon("error")
    ('check', 'info', 'alert')
    """
    return {"success": "check", "info": "info", "debug": "info"}.get(tone, "alert")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of the sprite, as decoration beside its word."""
    return format_html(
        '<svg class="icon" width="16" height="16" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("luoshi/icons.svg"),
        name,
    )


@register.simple_tag
def lamp(name: str, label: str = "") -> SafeString:
    """A lamp for a table row: `{% lamp "red" "逾期3个工作日" %}`; `<c-lamp>` is the same outside of tables."""
    face = lamp_face(name)
    return format_html('<span class="lamp lamp-{}">{}{}</span>', face.name, icon(face.icon), label or face.word)
