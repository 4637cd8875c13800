"""台账: what each matter says as a row of the sheet, for any number of matters; and who may be named in its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Q

from luoshi.matters.models import Matter, MatterParty
from luoshi.matters.queries.finding import ORDERS, ListFilter
from luoshi.matters.queries.lists import found_for, rows
from luoshi.matters.queries.task_lists import latest_words
from luoshi.matters.rules import Block, PartyRole, Source
from luoshi.matters.sheet import ROWS_MOST, plain
from luoshi.org import queries as org
from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import Duty, UnitKind

CHUNK = 500
PEOPLED = ("bureau", "lead_unit", "leader", "handler", "verifier")


def assists_of(matters: Sequence[Matter]) -> dict[int, list[Unit]]:
    """协办单位 of each matter, in one query."""
    found: dict[int, list[Unit]] = defaultdict(list)
    parties = MatterParty.objects.filter(matter__in=matters, role=PartyRole.ASSIST, ended_on=None)
    for one in parties.select_related("unit").order_by("unit__rank", "id"):
        found[one.matter_id].append(one.unit)
    return found


def ledger_values(matters: Sequence[Matter], on: date) -> dict[int, dict[str, str]]:
    """Each matter as the cells of its row, by key; a number of queries that does not grow."""
    assists, words = assists_of(matters), latest_words([one.pk for one in matters])
    found = {}
    for one, line in zip(matters, rows(matters, on), strict=True):
        words_on = words.get(one.pk, ("", None))
        told: dict[str, object] = {
            "number": one.number_label,
            "title": one.title,
            "requirement": one.requirement,
            "source": Source(one.source).label,
            "source_title": one.source_title,
            "block": Block(one.block).label if one.block else "",
            "lead_unit": one.lead_unit,
            "assist_units": "、".join(str(unit) for unit in assists[one.pk]),
            "leader": one.leader,
            "handler": one.handler or "",
            "verifier": one.verifier or "",
            "urgent": "是" if one.urgent else "",
            "handed_out_on": one.day0_on or "",
            "due_on": one.due_on or "",
            "state": line.state_label,
            "lamp": line.left or line.lamp_label,
            "said": f"{words_on[1]:%m-%d} {words_on[0]}" if words_on[1] else words_on[0],
            "returns": one.returns or "",
        }
        found[one.pk] = {name: plain(value) for name, value in told.items()}
    return found


def ledger_rows(user: User, filters: ListFilter, *, on: date) -> Iterator[tuple[str, int, dict[str, str]]]:
    """The filtered list as rows of the sheet, in its order, some hundred at a time and no more than a sheet holds."""
    found = ORDERS[filters.order].sort(found_for(user, filters, on=on)).select_related(*PEOPLED)[:ROWS_MOST]
    stream = found.iterator(chunk_size=CHUNK)
    while part := list(islice(stream, CHUNK)):
        values = ledger_values(part, on)
        for one in part:
            yield str(one.public_id), one.version, values[one.pk]


@dataclass(frozen=True, slots=True)
class Known:
    """Whom the cells of a bureau's sheet may name; what two share names neither."""

    units: dict[str, Unit]
    leaders: dict[str, User]
    people: dict[int, dict[str, User]]
    """By unit."""


def known_names(bureau: Unit, units: Sequence[int], on: date) -> Known:
    """The names of a bureau on a day; people of those units only."""
    mine = Q(bureau=bureau) | Q(bureau__parent=bureau)
    kinds = [UnitKind.SECTION, UnitKind.AFFILIATE]
    found: dict[str, set[Unit]] = defaultdict(set)
    for one in Unit.objects.filter(mine, org.standing(on), kind__in=kinds):
        for name in {one.name, one.short_name}:
            found[name].add(one)
    leading = Post.objects.filter(
        org.in_force(on), bureau=bureau, duty__in=[Duty.LEADER, Duty.CHIEF], user__is_active=True
    )
    leaders: dict[str, set[User]] = defaultdict(set)
    for post in leading.select_related("user"):
        leaders[post.user.name].add(post.user)
    people: dict[int, dict[str, set[User]]] = defaultdict(lambda: defaultdict(set))
    for post in Post.objects.filter(org.in_force(on), unit__in=units, user__is_active=True).select_related("user"):
        people[post.unit_id][post.user.name].add(post.user)
    return Known(
        {name: next(iter(those)) for name, those in found.items() if len(those) == 1},
        {name: next(iter(those)) for name, those in leaders.items() if len(those) == 1},
        {
            unit: {name: next(iter(one)) for name, one in those.items() if len(one) == 1}
            for unit, those in people.items()
        },
    )
