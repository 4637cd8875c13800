"""What lint finds: the closed list of kinds, how heavy each weighs, and the shape of a finding."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from luoshi.plan.rules import Parameter
from luoshi.workdays.rules import Calendar

SEVERITIES = {"HIGH": "必须改", "MIDDLE": "建议改", "LOW": "请留意"}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: its Chinese name, and how heavy it usually weighs."""

    key: str
    label: str
    severity: str


_KINDS = (
    Kind("conflict", "前后不一致", "HIGH"),
    Kind("two_offices", "一个机构两处办公", "HIGH"),
    Kind("before_start", "时限早于开始", "HIGH"),
    Kind("after_end", "超出实施期限", "HIGH"),
    Kind("looser", "宽于法规", "HIGH"),
    Kind("burden", "增加基层负担", "HIGH"),
    Kind("overload", "负担过重", "MIDDLE"),
    Kind("stricter", "层层加码", "MIDDLE"),
    Kind("two_owners", "一件事两个责任主体", "MIDDLE"),
    Kind("no_owner", "没有责任主体", "MIDDLE"),
    Kind("no_measure", "没有数量或时限", "MIDDLE"),
    Kind("rest_day", "落在休息日", "LOW"),
    Kind("two_tests", "两项独立要求", "LOW"),
)
KINDS: dict[str, Kind] = {one.key: one for one in _KINDS}
"""Worst first; the order of the list on screen and of the command."""


@dataclass(frozen=True, slots=True)
class Said:
    """A duty as lint sees it: read from a text, or kept in an imported plan with what people made of it.

    `owner` is who a person assigned; `value` the parameter that a person wrote or the duty states for its slot.
    """

    clause: str
    start: int
    end: int
    quote: str
    act: str
    actor: str = ""
    owner: str = ""
    slot: str = ""
    measures: tuple[Mapping[str, Any], ...] = ()
    value: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A clause: its path and title, and where it stands in the text."""

    path: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase of the plan with its dates, where they are known."""

    name: str
    clause: str
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that lint reads: the text, its clauses and duties, the plan's own dates, its phases."""

    text: str
    title: str
    clauses: tuple[Place, ...]
    duties: tuple[Said, ...]
    from_on: date | None = None
    until_on: date | None = None
    phases: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """By what lint measures: the calendar, the year of the load, and the share of it that is still bearable."""

    calendar: Calendar
    year: int
    share: int = 20
    share_source: str = "系统默认（相当于每周一天）"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: its kind, where, what is wrong (`said`), what to do, and the rule behind it.

    `places` are further spans of the same finding; `also` the other clauses that it concerns.
    """

    kind: str
    clause: str
    start: int
    end: int
    quote: str
    said: str
    do: str
    basis: str = ""
    severity: str = ""
    also: tuple[str, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    key: str = ""

    @property
    def label(self) -> str:
        """The kind in Chinese."""
        return KINDS[self.kind].label

    @property
    def severity_label(self) -> str:
        """How heavy it weighs, in Chinese."""
        return SEVERITIES[self.severity]


def at(said: Said, kind: str, told: str, do: str, **more: Any) -> Finding:
    """A finding at a duty."""
    return Finding(kind, said.clause, said.start, said.end, said.quote.strip(), told, do, **more)


def ordered(found: Iterable[Finding]) -> list[Finding]:
    """Worst first, then in the text's order; each with its severity and a key that survives a re-reading.

    The key is made from the kind and the words, not from the place: a new paragraph before it changes nothing.
    """
    seen: dict[str, int] = {}
    keyed = []
    for one in sorted(found, key=lambda one: (one.start, one.kind, one.end, one.said)):
        words = re.sub(r"\s+", "", f"{one.quote}|{one.said if one.kind in ('overload', 'conflict') else ''}")
        own = hashlib.sha256(f"{one.kind}|{words}".encode()).hexdigest()[:16]
        seen[own] = seen.get(own, 0) + 1
        key = own if seen[own] == 1 else f"{own}-{seen[own]}"
        keyed.append(replace(one, severity=one.severity or KINDS[one.kind].severity, key=key))
    heavy, kinds = list(SEVERITIES), list(KINDS)
    return sorted(keyed, key=lambda one: (heavy.index(one.severity), kinds.index(one.kind), one.start))


_OPENS = re.compile(r"^[^，。；：]{0,12}?(?:干部职工|干部|职工|人员|党员|成员|负责人)(?=每|要|应|须|必须|至少|全年)")


def who(one: Said) -> str:
    """Who a duty binds: whom a person assigned, the actor that was read, else the people its act opens with.

    >>> who(Said("一", 0, 1, "", "一般干部每年调研不少于10天")), who(Said("一", 0, 1, "", "设立意见箱"))
    ('一般干部', '')
    """
    opens = _OPENS.match(one.act)
    return one.owner or one.actor or (opens[0] if opens else "")


def short(quote: str, most: int = 40) -> str:
    """A quote in one line, cut where it is long.

    >>> short("局办公室每周\\n召开例会", 8)
    '局办公室每周召开…'
    """
    words = re.sub(r"\s+", "", quote)
    return words if len(words) <= most else f"{words[:most]}…"
