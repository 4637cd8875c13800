"""What a pasted list is checked against: units, leaders, who is in charge of which unit, what is open already."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from luoshi.matters.models import Matter
from luoshi.matters.readings import bare
from luoshi.matters.rules import OPEN, State
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import Duty, UnitKind
from luoshi.org.services import initials
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar


@dataclass(frozen=True, slots=True)
class Intake:
    """A bureau on a day, as far as the words of a list are read by it."""

    on: date
    calendar: Calendar
    units: dict[int, Unit]
    unit_names: dict[str, int]
    """Full name, short name and pinyin initials of each; what two units share names neither."""
    shown: dict[int, str]
    leaders: dict[int, User]
    leader_names: dict[str, int]
    chiefs: frozenset[int]
    in_charge: dict[int, int]
    """分管领导 of a unit, where it has one."""
    running: dict[int, dict[str, str]] = field(default_factory=dict)
    """By lead unit: the bare title of each open matter, and how a warning names it."""


def intake(bureau: Unit, on: date) -> Intake:
    """The facts of a bureau on a day, in a number of queries that does not grow with the list."""
    kinds = [UnitKind.SECTION, UnitKind.AFFILIATE]
    mine = Q(bureau=bureau) | Q(bureau__parent=bureau)
    units = {one.pk: one for one in Unit.objects.filter(mine, org.standing(on), kind__in=kinds)}
    leaders = {
        one.user_id: one.user
        for one in Post.objects.filter(
            org.in_force(on), bureau=bureau, duty__in=[Duty.LEADER, Duty.CHIEF], user__is_active=True
        ).select_related("user")
    }
    chiefs = frozenset(
        Post.objects.filter(org.in_force(on), bureau=bureau, duty=Duty.CHIEF).values_list("user_id", flat=True)
    )
    portfolios = Portfolio.objects.filter(org.in_force(on), unit__in=units).order_by("id")
    in_charge = dict(portfolios.values_list("unit_id", "leader_id"))
    running: dict[int, dict[str, str]] = defaultdict(dict)
    waiting = [*OPEN, State.DRAFT, State.APPROVED]
    for one in Matter.objects.filter(bureau=bureau, state__in=waiting).only(
        "title", "lead_unit_id", "number", "year", "series"
    ):
        running[one.lead_unit_id][bare(one.title)] = f"{one.number_label}“{one.title[:24]}”"
    return Intake(
        on,
        workdays.calendar(bureau.pk),
        units,
        _names(units),
        {pk: one.short_name for pk, one in units.items()},
        leaders,
        {one.name: pk for pk, one in leaders.items()} | {one.pinyin: pk for pk, one in leaders.items() if one.pinyin},
        chiefs,
        in_charge,
        running,
    )


def _names(units: dict[int, Unit]) -> dict[str, int]:
    meant: dict[str, set[int]] = defaultdict(set)
    for pk, one in units.items():
        for name in (one.name, one.short_name):
            for told in (name.lower(), initials(name)):
                meant[told].add(pk)
    return {name: keys.copy().pop() for name, keys in meant.items() if len(keys) == 1}
