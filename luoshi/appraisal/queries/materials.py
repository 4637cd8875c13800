"""A person's year from the records: what he handled, closed, owned, promised; who may read it. No score, no order.

People are listed by unit and name only. Nothing of study, research, presence or talks is read (domain rules 9).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from luoshi.accountability import queries as accountability
from luoshi.appraisal.models import Nomination, SuperiorRemark, YearMaterial
from luoshi.appraisal.rules.materials import FactKey, MaterialState
from luoshi.commitments.models import Promise
from luoshi.commitments.rules import Outcome
from luoshi.commitments.rules import State as PromiseState
from luoshi.matters.models import Matter
from luoshi.matters.rules import State
from luoshi.org import queries as org
from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty, Held, bureaus
from luoshi.problems.models import Problem
from luoshi.problems.rules import State as ProblemState

SEATS_LAST = (Duty.HANDLER, Duty.WINDOW)
KEEPERS = (Duty.OFFICE, Duty.CHIEF)


def materials_seen(user: User, held: Iterable[Held]) -> QuerySet[YearMaterial]:
    """局办公室 and 主要领导 see all of their bureau; everybody his own once shown; a head his unit's, handed in."""
    found = list(held)
    heads = [one.unit_id for one in found if one.duty == Duty.HEAD and one.principal_id is None]
    seen = Q(bureau__in=bureaus(found, KEEPERS))
    seen |= Q(person=user.pk) & ~Q(state=MaterialState.DRAWN)
    seen |= Q(unit__in=heads, state=MaterialState.HANDED_IN)
    return YearMaterial.objects.filter(seen)


def sees_bars(user: User, held: Iterable[Held], material: YearMaterial) -> bool:
    """Whether somebody may read that there is a bar: who keeps bars, and the person himself."""
    keeps = {Duty.OFFICE, Duty.CHIEF, Duty.DISCIPLINE}
    return material.person_id == user.pk or any(
        one.duty in keeps and one.bureau_id == material.bureau_id for one in held
    )


def my_url(year: int) -> str:
    """Everybody's own page of a year."""
    return f"{reverse('appraisal:my_material')}?year={year}"


def staff(bureau_id: int, on: date) -> QuerySet[User]:
    """Who works in a bureau on a day, by an own post that is no administrator's; by name."""
    posts = Post.objects.filter(org.in_force(on), bureau_id=bureau_id).exclude(duty__in=ADMINISTRATORS)
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id")).order_by("pinyin", "pk")


def seats(person_ids: Sequence[int], bureau_id: int, year: int, on: date) -> dict[int, Unit]:
    """Each person's unit: where he sits now, else where he last sat that year."""
    first, last = date(year, 1, 1), min(on, date(year, 12, 31))
    posts = Post.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=first), user__in=list(person_ids), bureau_id=bureau_id,
        from_on__lte=last, void=False,
    ).select_related("unit")  # fmt: skip
    found: dict[int, Unit] = {}
    for one in posts.order_by("from_on", "pk"):
        found[one.user_id] = one.unit
    return found


def facts_of(person_ids: Sequence[int], bureau_id: int, year: int, on: date) -> dict[int, list[dict[str, Any]]]:
    """Each person's facts of a year, in the order of `FactKey`; a fixed number of queries however many persons."""
    since, until = date(year, 1, 1), min(date(year, 12, 31), on)
    found: dict[str, dict[int, list[dict[str, str]]]] = {key: {pk: [] for pk in person_ids} for key in FactKey.values}
    closed = Matter.objects.filter(
        bureau=bureau_id, handler__in=list(person_ids), closed_on__gte=since, closed_on__lte=until,
        state__in=[State.CLOSED, State.ARCHIVED],
    )  # fmt: skip
    handled: dict[int, int] = {}
    for one in closed.order_by("closed_on", "pk"):
        whose = one.handler_id or 0
        handled[one.pk] = whose
        late = one.submitted_on is not None and one.due_on is not None and one.submitted_on > one.due_on
        words = (
            f"{one.closed_on}办结，" + ("逾期" if late else "按期") + (f"，退回{one.returns}次" if one.returns else "")
        )
        line = {"label": str(one), "url": one.get_absolute_url(), "words": words}
        for key, holds in ((FactKey.MATTERS, True), (FactKey.RETURNED, one.returns > 0), (FactKey.OVERDUE, late)):
            if holds:
                found[key][whose].append(line)
    _problems(found[FactKey.PROBLEMS], person_ids, bureau_id, since, until)
    _promises(found[FactKey.PROMISES], person_ids, bureau_id, year)
    _remarks(found[FactKey.REMARKS], handled, bureau_id, since, until)
    return {
        pk: [{"key": key, "label": FactKey(key).label, "lines": found[key][pk]} for key in FactKey.values]
        for pk in person_ids
    }


Lines = dict[int, list[dict[str, str]]]


def _problems(lines: Lines, people: Sequence[int], bureau_id: int, since: date, until: date) -> None:
    rows = Problem.objects.filter(
        bureau=bureau_id, owner__in=list(people), state=ProblemState.CLOSED, closed_on__gte=since,
        closed_on__lte=until, self_check=None,
    )  # fmt: skip
    for one in rows.order_by("closed_on", "pk"):
        late = one.due_on is not None and (one.applied_on or until) > one.due_on
        words = f"{one.closed_on}销号，" + ("逾期" if late else "按期")
        lines[one.owner_id or 0].append({"label": str(one), "url": one.get_absolute_url(), "words": words})


def _promises(lines: Lines, people: Sequence[int], bureau_id: int, year: int) -> None:
    rows = Promise.objects.filter(
        commitment__bureau=bureau_id, commitment__person__in=list(people), commitment__year=year,
        commitment__state__in=[PromiseState.PUBLISHED, PromiseState.SETTLED], ended_on=None,
    ).select_related("commitment")  # fmt: skip
    for one in rows.order_by("commitment__person__pk", "order"):
        words = str(Outcome(one.outcome).label) if one.outcome else "还没有登记兑现情况"
        lines[one.commitment.person_id].append({"label": one.words, "url": one.get_absolute_url(), "words": words})


def _remarks(lines: Lines, handled: dict[int, int], bureau_id: int, since: date, until: date) -> None:
    rows = SuperiorRemark.objects.filter(
        bureau=bureau_id, matter__in=list(handled), issued_on__gte=since, issued_on__lte=until, void_reason=""
    )
    for one in rows.order_by("issued_on", "pk"):
        lines[handled[one.matter_id or 0]].append({
            "label": f"{one.issuer} {one.document}", "url": one.get_absolute_url(),
            "words": f"{one.issued_on}{one.get_kind_display()}：{one.words}",
        })  # fmt: skip


def bars_told(person_ids: Sequence[int], bureau_id: int, year: int, on: date) -> dict[int, list[dict[str, str]]]:
    """That there is a bar and for when, without its reason."""
    found = accountability.bars(person_ids, bureau_id=bureau_id, on=on, year=year)
    return {pk: [{"effect": one.get_effect_display(), "span": one.span} for one in rows] for pk, rows in found.items()}


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One person of the list: his material, or that none was drawn. Listed by unit and name."""

    person: User
    unit: Unit
    material: YearMaterial | None


def material_lines(bureau_id: int, year: int, on: date) -> list[MaterialLine]:
    """The staff of a bureau with their materials of a year, by unit and name; never by an amount."""
    people = list(staff(bureau_id, on))
    where = seats([one.pk for one in people], bureau_id, year, on)
    rows = YearMaterial.objects.filter(bureau=bureau_id, year=year).select_related("person", "unit")
    rows = rows.defer("facts").prefetch_related("answers")
    known = {one.person_id: one for one in rows}
    lines = [
        MaterialLine(one, known[one.pk].unit if one.pk in known else where[one.pk], known.get(one.pk))
        for one in people
        if one.pk in known or one.pk in where
    ]
    here = {one.pk for one in people}
    lines += [MaterialLine(one.person, one.unit, one) for one in rows if one.person_id not in here]
    return sorted(lines, key=lambda one: (one.unit.rank, one.unit.pk, one.person.pinyin, one.person.pk))


def undrawn(bureau_id: int, year: int, on: date) -> list[User]:
    """Who has no material of the year yet, or one that may be drawn again."""
    gone = [MaterialState.SHOWN, MaterialState.AGREED, MaterialState.HANDED_IN]
    kept = YearMaterial.objects.filter(bureau=bureau_id, year=year, state__in=gone)
    people = list(staff(bureau_id, on).exclude(pk__in=kept.values("person_id")))
    where = seats([one.pk for one in people], bureau_id, year, on)
    return [one for one in people if one.pk in where]


def ready(bureau_id: int, year: int, on: date) -> list[YearMaterial]:
    """What may be handed in today: agreed, answered and replied to, or left without an answer past its day."""
    silent = Q(state=MaterialState.SHOWN, answer_until__lt=on)
    rows = YearMaterial.objects.filter(bureau=bureau_id, year=year)
    replied = Q(state=MaterialState.ANSWERED) & ~Q(answers__reply="")
    rows = rows.filter(Q(state=MaterialState.AGREED) | replied | silent).distinct()
    return list(rows.select_related("person", "unit").order_by("unit__rank", "person__pinyin", "pk"))


def told_result(user: User, bureau_id: int, year: int) -> Nomination | None:
    """What was decided of a person's nomination, for the person himself."""
    rows = Nomination.objects.filter(pool__bureau=bureau_id, pool__year=year, person=user.pk, told_on__isnull=False)
    return rows.select_related("pool__decided_by").first()
