"""What the ledger may be asked for, and the same asked of the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from luoshi.matters.queries.finding import Order
from luoshi.plan.models import Clause
from luoshi.problems.models import Problem, Sighting
from luoshi.problems.rules import OPEN, State
from luoshi.problems.rules.ledger import PATIENCE

Span = tuple[date | None, date | None]
RANGES = {"due": "due_on", "look": "look_back_on", "found": "found_on", "closed": "closed_on"}
"""The dates that the ledger is cut by: name in the address → field."""
SOLVED = Q(state=State.CLOSED) & (Q(look_back_held=True) | Q(look_back_on__isnull=True))
WAITING = Q(state=State.CLOSED, look_back_on__isnull=False) & (Q(look_back_held__isnull=True) | Q(look_back_held=False))
"""已销号，待回头看: `rules.standing`, asked of the database."""
STANDINGS: dict[str, Q] = {
    "open": Q(state__in=sorted(OPEN)),
    "found": Q(state=State.FOUND),
    "confirmed": Q(state=State.CONFIRMED),
    "rectifying": Q(state=State.RECTIFYING, applied_on__isnull=True),
    "applied": Q(state=State.RECTIFYING, applied_on__isnull=False),
    "waiting": WAITING,
    "solved": SOLVED,
    "dismissed": Q(state=State.DISMISSED),
}
"""Where a problem stands, by its key in the address; `open` is all that is not closed."""
ORDERS = {
    "new": Order("最近登记", ("-id",)),
    "due": Order("按整改时限排", ("due_on", "id")),
    "look": Order("按回头看时间排", ("look_back_on", "id")),
    "number": Order("按编号排", ("year", "number", "id")),
    "closed": Order("按销号日期排", ("-closed_on", "-id")),
}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the ledger may be asked for; every value comes from the URL and is checked by the form."""

    standing: str = ""
    """A key of `STANDINGS`."""
    source: str = ""
    unit_id: int | None = None
    owner_id: int | None = None
    leader_id: int | None = None
    class_id: int | None = None
    clause_id: int | None = None
    """A clause in any version: a problem found under an earlier text counts by the clause's lineage."""
    style_kind: str = ""
    channel: str = ""
    pace: str = ""
    tag: str = ""
    answer: str = ""
    year: int | None = None
    overdue: bool = False
    look_due: bool = False
    stuck: bool = False
    returned: bool = False
    rebounded: bool = False
    again: bool = False
    homeless: bool = False
    """No unit answers for it yet."""
    due: Span = (None, None)
    look: Span = (None, None)
    found: Span = (None, None)
    closed: Span = (None, None)
    words: str = ""
    """Part of what it says, or a number like 2026-0007 or 7."""
    order: str = "new"


PLAIN = {
    "source": "source", "unit_id": "unit_id", "owner_id": "owner_id", "leader_id": "leader_id",
    "class_id": "problem_class_id", "style_kind": "style_kind", "channel": "channel", "pace": "pace",
    "answer": "raiser_answer", "year": "year",
}  # fmt: skip
"""Filters that ask one field for one value."""


def late(on: date) -> Q:
    """逾期: `rules.ledger.overdue`, asked of the database."""
    return STANDINGS["open"] & (Q(due_on__lt=on, applied_on__isnull=True) | Q(due_on__lt=F("applied_on")))


def look_due(on: date) -> Q:
    """Closed, and the day to look at it again has come."""
    return WAITING & Q(look_back_on__lte=on)


def stuck(on: date) -> Q:
    """卡住的: late, sent back twice, or waiting too long for a word."""
    long_ago = on - PATIENCE
    return (
        late(on)
        | (STANDINGS["open"] & Q(returns__gte=2))
        | Q(state=State.FOUND, entered_on__lte=long_ago)
        | (STANDINGS["applied"] & Q(applied_on__lte=long_ago))
    )


def filtered(found: QuerySet[Problem], wanted: ListFilter, on: date) -> QuerySet[Problem]:
    """The problems that answer a filter."""
    found = found.filter(**{field: getattr(wanted, name) for name, field in PLAIN.items() if getattr(wanted, name)})
    if wanted.standing:
        found = found.filter(STANDINGS[wanted.standing])
    for name, field in RANGES.items():
        begin, end = getattr(wanted, name)
        if begin is not None:
            found = found.filter(**{f"{field}__gte": begin})
        if end is not None:
            found = found.filter(**{f"{field}__lte": end})
    if wanted.clause_id is not None:
        found = found.filter(clause__lineage__in=Clause.objects.filter(pk=wanted.clause_id).values("lineage"))
    return _marked(_worded(_tagged(found, wanted.tag), wanted.words.strip()), wanted, on)


def _marked(found: QuerySet[Problem], wanted: ListFilter, on: date) -> QuerySet[Problem]:
    marks = {
        "overdue": late(on), "look_due": look_due(on), "stuck": stuck(on), "returned": Q(returns__gte=1),
        "rebounded": Q(cycle__gt=1), "homeless": Q(unit__isnull=True),
        "again": Exists(Sighting.objects.filter(problem=OuterRef("pk"))),
    }  # fmt: skip
    for name, wants in marks.items():
        if getattr(wanted, name):
            found = found.filter(wants)
    return found


def _tagged(found: QuerySet[Problem], tag: str) -> QuerySet[Problem]:
    """One of the tags says exactly this; a list in JSON is asked as text, written either way."""
    if not tag:
        return found
    ways = {json.dumps(tag), json.dumps(tag, ensure_ascii=False)}
    asked = Q()
    for one in ways:
        asked |= Q(tags_text__contains=one)
    return found.alias(tags_text=Cast("tags", TextField())).filter(asked)


def _worded(found: QuerySet[Problem], words: str) -> QuerySet[Problem]:
    if not words:
        return found
    text = Q(title__icontains=words) | Q(detail__icontains=words) | Q(place__icontains=words)
    year, _, number = words.rpartition("-")
    if number.isascii() and number.isdigit() and len(number) <= 6:
        year = year[-4:]
        text |= Q(number=int(number)) & (Q(year=int(year)) if year.isascii() and year.isdigit() else Q())
    return found.filter(text)
