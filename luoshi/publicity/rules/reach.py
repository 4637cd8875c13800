"""How far an article may go by the bureau's own rule, in which quarter it stands, and who has which role in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.org.rules import Duty, Held
from luoshi.publicity.rules.life import (
    AUTHOR,
    CHIEF,
    FIRST,
    OFFICE,
    SECOND,
    STAGES,
    THIRD,
    UNIT,
    FirstReview,
    Kind,
    Scope,
    Stage,
    Stamp,
    State,
)

WIDTH = {"不公开": 0, "本人和有关单位": 1, Scope.INTERNAL.label: 2, Scope.PUBLIC.label: 3}
"""The scopes that the bureau decides once, from the narrowest."""
SILENT = Scope.INTERNAL.label
"""Where the bureau's table says nothing of a kind."""
HINT = timedelta(days=14)
"""So many days before a quarter's end and after it the office is asked for its experiences."""


def allowed(kind: str, table: Mapping[str, str]) -> str:
    """How far the bureau's table lets a kind go.

    >>> allowed("NEWS", {"活动宣传": "社会公开"}), allowed("CASE", {})
    ('社会公开', '局内公开')
    """
    told = table.get(Kind(kind).label, SILENT)
    return told if told in WIDTH else SILENT


def too_wide(kind: str, scope: str, table: Mapping[str, str], decided: Iterable[str]) -> str:
    """Why an article may not go that far; empty where it may. `decided`: the scopes that the committee recorded.

    >>> too_wide("CASE", "PUBLIC", {"典型案例通报": "局内公开"}, [])
    '典型案例通报按本局规定公开到“局内公开”。要社会公开，请先登记局党委的公开决定（决定文件、决定人、日期）。'
    >>> too_wide("CASE", "PUBLIC", {"典型案例通报": "局内公开"}, ["PUBLIC"]), too_wide("NEWS", "INTERNAL", {}, [])
    ('', '')
    """
    wanted = WIDTH[Scope(scope).label]
    most = max([WIDTH[allowed(kind, table)], *(WIDTH[Scope(one).label] for one in decided)])
    if wanted <= most:
        return ""
    return (
        f"{Kind(kind).label}按本局规定公开到“{allowed(kind, table)}”。要{Scope(scope).label}，"
        "请先登记局党委的公开决定（决定文件、决定人、日期）。"
    )


@dataclass(frozen=True, slots=True)
class Stamped:
    """One stamp of a case as publishing looks at it."""

    on: date
    concluded: bool = False


def case_lacks(stamps: Mapping[str, Stamped], on: date) -> str:
    """What a typical case still lacks before it may be published on a day; empty where it is whole (3.2b).

    >>> day = date(2026, 11, 2)
    >>> case_lacks({"FOUND": Stamped(day)}, day)
    '典型案例要发现、查处、通报三个环节齐全才能发布，现在还缺：查处、通报。'
    >>> case_lacks({"FOUND": Stamped(day), "HANDLED": Stamped(day), "NOTIFIED": Stamped(day)}, day)
    '查处还没有结论，不能通报。请在“查处”环节登记结论文书和日期。'
    >>> case_lacks({"FOUND": Stamped(day), "HANDLED": Stamped(day, True), "NOTIFIED": Stamped(day)}, day)
    ''
    """
    missing = [one.label for one in Stamp if one not in stamps]
    if missing:
        return f"典型案例要发现、查处、通报三个环节齐全才能发布，现在还缺：{'、'.join(missing)}。"
    if not stamps[Stamp.HANDLED].concluded:
        return "查处还没有结论，不能通报。请在“查处”环节登记结论文书和日期。"
    days = [stamps[one].on for one in Stamp]
    if days != sorted(days):
        return "三个环节的日期有先后：先发现，再查处，后通报。请核对日期。"
    if days[-1] > on:
        return f"通报决定的日期{days[-1]:%Y-%m-%d}还没有到，不能发布。"
    return ""


def first_review(author_id: int, heads: Collection[int]) -> FirstReview:
    """Who reads first: the unit's head, or a leader where the head wrote it himself or there is none.

    >>> first_review(7, [8]).label, first_review(7, [7]).label, first_review(7, []).label
    ('单位负责人', '分管领导', '分管领导')
    """
    return FirstReview.HEAD if any(one != author_id for one in heads) else FirstReview.LEADER


def roles(
    user_id: int,
    held: Iterable[Held],
    *,
    bureau_id: int,
    unit_id: int,
    author_id: int,
    by_office: bool,
    first: str,
    passed: Collection[int],
) -> frozenset[str]:
    """A person's roles in an article. `passed` have read it already; they and the author read it no more.

    `by_office`: the author is 局办公室 himself, so 核查人 may stand at the second stage.

    >>> told = dict(bureau_id=1, unit_id=5, author_id=7, by_office=False, first="HEAD", passed=())
    >>> sorted(roles(8, [Held("HEAD", 5, 1)], **told)), sorted(roles(7, [Held("HEAD", 5, 1)], **told))
    (['first', 'unit'], ['author', 'unit'])
    >>> sorted(roles(9, [Held("CHIEF", 2, 1)], **{**told, "first": "LEADER"}))
    ['chief', 'first', 'third']
    >>> sorted(roles(9, [Held("CHIEF", 2, 1)], **{**told, "passed": [9]}))
    ['chief']
    >>> sorted(roles(6, [Held("VERIFIER", 4, 1)], **{**told, "by_office": True}))
    ['second']
    """
    found, may_read = set(), user_id != author_id and user_id not in passed
    if user_id == author_id:
        found.add(AUTHOR)
    for one in held:
        if one.bureau_id != bureau_id:
            continue
        if one.duty == Duty.HEAD and one.unit_id == unit_id:
            found |= {UNIT, FIRST} if may_read and first == FirstReview.HEAD else {UNIT}
        if one.duty in (Duty.LEADER, Duty.CHIEF) and may_read:
            found |= {FIRST, THIRD} if first == FirstReview.LEADER else {THIRD}
        if one.duty == Duty.OFFICE:
            found |= {OFFICE, SECOND} if may_read else {OFFICE}
        if one.duty == Duty.VERIFIER and by_office and may_read:
            found.add(SECOND)
        if one.duty == Duty.CHIEF:
            found.add(CHIEF)
    return frozenset(found)


def waits_at(state: str) -> Stage | None:
    """The stage an article waits at.

    >>> waits_at("SECOND").label, waits_at("DRAFT")
    ('二审', None)
    """
    return {State.FIRST: Stage.FIRST, State.SECOND: Stage.SECOND, State.THIRD: Stage.THIRD}.get(State(state))


def may_give_back(state: str, mine: Collection[str]) -> bool:
    """Whether somebody with these roles may send back what waits: whose turn it is, or 局办公室.

    >>> may_give_back("SECOND", {"second"}), may_give_back("FIRST", {"third"}), may_give_back("REVIEWED", {"third"})
    (True, False, False)
    """
    stage = waits_at(state)
    return OFFICE in mine or (stage is not None and STAGES[stage][2] in mine)


def quarter_of(on: date) -> tuple[int, int]:
    """Year and quarter of a day.

    >>> quarter_of(date(2026, 11, 2))
    (2026, 4)
    """
    return on.year, (on.month + 2) // 3


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter.

    >>> quarter_days(2026, 4)
    (datetime.date(2026, 10, 1), datetime.date(2026, 12, 31))
    """
    begins = date(year, quarter * 3 - 2, 1)
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, quarter * 3 + 1, 1)
    return begins, after - timedelta(days=1)


def quarter_asked(on: date) -> tuple[int, int] | None:
    """The quarter whose experiences are asked for on a day: near its end, or just after it.

    >>> quarter_asked(date(2026, 12, 20)), quarter_asked(date(2027, 1, 10)), quarter_asked(date(2026, 11, 24))
    ((2026, 4), (2026, 4), None)
    """
    here = quarter_of(on)
    begins, ends = quarter_days(*here)
    if ends - on <= HINT:
        return here
    return quarter_of(begins - timedelta(days=1)) if on - begins < HINT else None
