"""What a list may be asked for, and the same asked of the database; orders, each with its key for the next page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.matters.models import Matter, MatterEvent, MatterParty
from luoshi.matters.queries.roadmap import without_roadmap
from luoshi.matters.rules import PartyRole, State
from luoshi.plan.models import Clause

EXTENDED = ("extend", "grant_extension")
"""The moves by which 办结时限 became a later one."""
RANGES = {"due": "due_on", "out": "day0_on", "closed": "closed_on"}
"""The dates that a list is cut by: name in the address → field."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What a list may be asked for; every value comes from the URL and is checked by the form."""

    states: tuple[str, ...] = ()
    lamp: str = ""
    unit_id: int | None = None
    assist_id: int | None = None
    leader_id: int | None = None
    handler_id: int | None = None
    verifier_id: int | None = None
    source: str = ""
    block: str = ""
    series: str = ""
    year: int | None = None
    task_list: UUID | None = None
    meeting: UUID | None = None
    clause_id: int | None = None
    """A clause in any version: what was handed out under an earlier text counts by the clause's lineage."""
    urgent: bool = False
    returned: bool = False
    rebounded: bool = False
    extended: bool = False
    road: str = ""
    """`missing`: under way without a roadmap; `slipped`: a step is past its date."""
    due: tuple[date | None, date | None] = (None, None)
    out: tuple[date | None, date | None] = (None, None)
    closed: tuple[date | None, date | None] = (None, None)
    words: str = ""
    """Part of the title, or a number like 2026-0007 or 7."""
    order: str = "new"
    """A name of `ORDERS`."""


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the list: its word, and its fields, `-` for the latest first; only what has them all is listed."""

    word: str
    fields: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [one.lstrip("-") for one in self.fields]

    def sort(self, found: QuerySet[Matter]) -> QuerySet[Matter]:
        present = {f"{name}__isnull": False for name in self.names if name != "id"}
        return found.filter(**present).order_by(*self.fields)

    def key(self, last: Matter) -> str:
        """Where the next page begins, for the address."""
        return "~".join(_plain(getattr(last, name)) for name in self.names)

    def after(self, found: QuerySet[Matter], key: str | None) -> QuerySet[Matter]:
        """What follows a key; a key that was tampered with begins at the first page."""
        parts = (key or "").split("~")
        if len(parts) != len(self.fields):
            return found
        try:
            values = [_typed(name, part) for name, part in zip(self.names, parts, strict=True)]
        except (ValueError, OverflowError):
            return found
        wanted, equal = Q(), Q()
        for one, name, value in zip(self.fields, self.names, values, strict=True):
            wanted |= equal & Q(**{f"{name}__{'lt' if one.startswith('-') else 'gt'}": value})
            equal &= Q(**{name: value})
        return found.filter(wanted)


ORDERS = {
    "new": Order("最近登记", ("-id",)),
    "due": Order("按办结时限排", ("due_on", "id")),
    "out": Order("按交办时间排", ("-assigned_at", "-id")),
    "number": Order("按编号排", ("-year", "-number", "-id")),
    "closed": Order("按办结日期排", ("-closed_on", "-id")),
}


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _typed(name: str, part: str) -> Any:
    if name == "assigned_at":
        moment = datetime.fromisoformat(part)
        if moment.tzinfo is None:
            raise ValueError(part)
        return moment
    if name.endswith("_on"):
        return date.fromisoformat(part)
    number = int(part)
    if not 0 <= number < 2**31:
        raise ValueError(part)
    return number


PLAIN = {
    "unit_id": "lead_unit_id", "leader_id": "leader_id", "handler_id": "handler_id", "verifier_id": "verifier_id",
    "source": "source", "block": "block", "series": "series", "year": "year", "task_list": "task_list__public_id",
    "meeting": "task_list__meeting__public_id",
}  # fmt: skip
"""Filters that ask one field for one value."""


def filtered(found: QuerySet[Matter], wanted: ListFilter, on: date) -> QuerySet[Matter]:
    """The matters that answer a filter, but for the lamp, which wants a clock."""
    told = {field: getattr(wanted, name) for name, field in PLAIN.items() if getattr(wanted, name)}
    found = found.filter(**told)
    if wanted.states:
        found = found.filter(state__in=wanted.states)
    for name, field in RANGES.items():
        begin, end = getattr(wanted, name)
        if begin is not None:
            found = found.filter(**{f"{field}__gte": begin})
        if end is not None:
            found = found.filter(**{f"{field}__lte": end})
    if wanted.assist_id is not None:
        party = MatterParty.objects.filter(unit=wanted.assist_id, role=PartyRole.ASSIST, ended_on=None)
        found = found.filter(pk__in=party.values("matter_id"))
    if wanted.clause_id is not None:
        found = found.filter(clause__lineage__in=Clause.objects.filter(pk=wanted.clause_id).values("lineage"))
    return _marked(_worded(found, wanted.words.strip()), wanted, on)


def _marked(found: QuerySet[Matter], wanted: ListFilter, on: date) -> QuerySet[Matter]:
    """加急, 退回过, 反弹过, 延期过, and how the roadmap stands."""
    if wanted.urgent:
        found = found.filter(urgent=True)
    if wanted.returned:
        found = found.filter(returns__gte=1)
    if wanted.rebounded:
        found = found.filter(cycle__gt=1)
    if wanted.extended:
        found = found.filter(Exists(MatterEvent.objects.filter(matter=OuterRef("pk"), move__in=EXTENDED)))
    if wanted.road == "missing":
        found = without_roadmap(found.filter(state=State.ACCEPTED))
    elif wanted.road == "slipped":
        found = found.filter(state__in=[State.ASSIGNED, State.ACCEPTED], next_step_on__lt=on)
    return found


def _worded(found: QuerySet[Matter], words: str) -> QuerySet[Matter]:
    if not words:
        return found
    text = Q(title__icontains=words)
    year, _, number = words.rpartition("-")
    if number.isascii() and number.isdigit() and len(number) <= 6:
        year = year[-4:]
        text |= Q(number=int(number)) & (Q(year=int(year)) if year.isascii() and year.isdigit() else Q())
    return found.filter(text)
