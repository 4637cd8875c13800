"""台账: what each problem says as a row of the sheet, for any number of them; and who may be named in its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from luoshi.matters.sheet import ROWS_MOST, plain
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.problems.models import Problem, ProblemClass, ProblemEvent, ProblemEvidence
from luoshi.problems.queries.finding import ORDERS, ListFilter, filtered
from luoshi.problems.sheet import CAME_BACK, HELD

CHUNK = 500
PEOPLED = ("bureau", "unit", "owner", "leader", "closed_by", "applied_by", "problem_class", "entered_by", "self_check")
PROOFS_SHOWN = 6


def latest_words(keys: Sequence[int]) -> dict[int, tuple[date, str]]:
    """The last words said on each problem with their day, in one query."""
    newest = ProblemEvent.objects.filter(problem=OuterRef("pk")).exclude(note="").order_by("-id").values("pk")[:1]
    ids = Problem.objects.filter(pk__in=keys).annotate(last=Subquery(newest)).values("last")
    told = ProblemEvent.objects.filter(pk__in=ids).values_list("problem_id", "on", "note")
    return {pk: (on, note) for pk, on, note in told}


def proofs_of(keys: Sequence[int]) -> dict[int, list[str]]:
    """The names of the evidence of each problem, each once, oldest first, in one query."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    rows = ProblemEvidence.objects.filter(event__problem__in=keys).order_by("id")
    for pk, name in rows.values_list("event__problem_id", "evidence__name"):
        found[pk][name] = None
    return {pk: list(names) for pk, names in found.items()}


def ledger_values(problems: Sequence[Problem]) -> dict[int, dict[str, str]]:
    """Each problem as the cells of its row, by key; a number of queries that does not grow."""
    keys = [one.pk for one in problems]
    words, proofs = latest_words(keys), proofs_of(keys)
    found = {}
    for one in problems:
        on, note = words.get(one.pk, (None, ""))
        files = proofs.get(one.pk, [])
        told: dict[str, Any] = {
            "number": one.number_label, "title": one.title, "detail": one.detail,
            "source": one.get_source_display(), "source_note": one.source_note, "place": one.place,
            "found_on": one.found_on, "raiser": one.raiser, "style_kind": one.get_style_kind_display(),
            "channel": one.get_channel_display(), "tags": "、".join(map(str, one.tags)),
            "pace": one.get_pace_display(), "problem_class": one.problem_class, "cause": one.cause,
            "measure": one.measure, "leader": one.leader, "unit": one.unit, "owner": one.owner, "due_on": one.due_on,
            "state": one.standing, "said": f"{on:%m-%d} {note}" if on else note,
            "proofs": "、".join(files[:PROOFS_SHOWN]) + (f"等{len(files)}份" if len(files) > PROOFS_SHOWN else ""),
            "applied_on": one.applied_on, "closed_by": one.closed_by, "closed_on": one.closed_on,
            "answer": one.get_raiser_answer_display(), "look_on": one.look_back_on, "looked_on": one.looked_back_on,
            "looked": "" if one.look_back_held is None else HELD if one.look_back_held else CAME_BACK,
        }  # fmt: skip
        found[one.pk] = {name: plain(value) for name, value in told.items()}
    return found


def ledger_rows(ledger: QuerySet[Problem], filters: ListFilter, on: date) -> Iterator[tuple[str, int, dict[str, str]]]:
    """The filtered ledger as rows of the sheet, in its order, some hundred at a time and no more than a sheet holds."""
    order: Any = ORDERS[filters.order]
    found = order.sort(filtered(ledger, filters, on)).select_related(*PEOPLED)[:ROWS_MOST]
    stream = found.iterator(chunk_size=CHUNK)
    while part := list(islice(stream, CHUNK)):
        values = ledger_values(part)
        for one in part:
            yield str(one.public_id), one.version, values[one.pk]


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what the cells of a bureau's sheet may name, by key; a name that two share names neither."""

    units: dict[int, Unit]
    unit_names: dict[str, int]
    people: dict[int, User]
    names: dict[str, int]
    leaders: dict[str, int]
    classes: dict[str, ProblemClass]
    led: dict[int, frozenset[int]]
    """分管领导 by unit."""
    heads: dict[int, User]
    """单位负责人 by unit."""
    twice: frozenset[str]
    """Names that two of the bureau share."""

    @property
    def shown(self) -> dict[int, str]:
        return {key: str(one) for key, one in self.units.items()}


def known_names(bureau: Unit, on: date) -> Known:
    """The names of a bureau on a day, in four queries."""
    units = {one.pk: one for one in org.units_of(bureau.pk, on)}
    unit_names = {name: pk for pk, one in units.items() for name in (one.name, one.short_name) if name}
    posts = Post.objects.filter(org.in_force(on), bureau=bureau, user__is_active=True).exclude(duty__in=ADMINISTRATORS)
    people: dict[int, User] = {}
    sharing: dict[str, set[int]] = defaultdict(set)
    leaders: dict[str, int] = {}
    heads: dict[int, User] = {}
    for post in posts.select_related("user").order_by("id"):
        people[post.user_id] = post.user
        sharing[post.user.name].add(post.user_id)
        if post.duty in (Duty.LEADER, Duty.CHIEF):
            leaders[post.user.name] = post.user_id
        if post.duty == Duty.HEAD:
            heads.setdefault(post.unit_id, post.user)
    names = {name: next(iter(keys)) for name, keys in sharing.items() if len(keys) == 1}
    led: dict[int, set[int]] = defaultdict(set)
    for unit_id, leader_id in Portfolio.objects.filter(org.in_force(on), unit_id__in=units).values_list(
        "unit_id", "leader_id"
    ):
        led[unit_id].add(leader_id)
    return Known(
        units=units,
        unit_names=unit_names,
        people=people,
        names=names,
        leaders={name: pk for name, pk in leaders.items() if name in names},
        classes={one.name: one for one in ProblemClass.objects.filter(bureau=bureau, void=False)},
        led={pk: frozenset(those) for pk, those in led.items()},
        heads=heads,
        twice=frozenset(name for name, keys in sharing.items() if len(keys) > 1),
    )
