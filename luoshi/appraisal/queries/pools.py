"""优秀名额: how many should take part, what is proposed, who sees it, and what stands in a proposal's way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from luoshi.accountability import queries as accountability
from luoshi.accountability.rules import Effect
from luoshi.appraisal.models import Nomination, Pool, YearObjection
from luoshi.appraisal.queries.materials import staff
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.rules.pools import NominationState, PoolState
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held, bureaus
from luoshi.plan.queries.ruling import rule
from luoshi.plan.rules import RuleValue

SEES_ALL = (Duty.OFFICE, Duty.CHIEF, Duty.DISCIPLINE)
LIVE = (NominationState.PROPOSED, NominationState.EXCELLENT, NominationState.NOT)


def pools_seen(held: Iterable[Held]) -> QuerySet[Pool]:
    """Who prepares, decides or proposes sees every pool; everybody those whose names are shown or decided."""
    found = list(held)
    working = Q(bureau__in=bureaus(found, (*SEES_ALL, Duty.HEAD)))
    return Pool.objects.filter(working | Q(state__in=[PoolState.SHOWN, PoolState.DECIDED],
                                           bureau__in=bureaus(found, READERS)))  # fmt: skip


def nominations_seen(user: User, held: Iterable[Held]) -> QuerySet[Nomination]:
    """The office, 主要领导 and the discipline group see all proposals; a head his unit's; everybody shown names.

    What was not decided 优秀 is seen by them and the person alone once the decision is made.
    """
    found = list(held)
    heads = [one.unit_id for one in found if one.duty == Duty.HEAD and one.principal_id is None]
    seen = Q(pool__bureau__in=bureaus(found, SEES_ALL)) | Q(unit__in=heads) | Q(person=user.pk, told_on__isnull=False)
    here = Q(pool__bureau__in=bureaus(found, READERS))
    seen |= here & Q(pool__state=PoolState.SHOWN, state=NominationState.PROPOSED)
    seen |= here & Q(pool__state=PoolState.DECIDED, state=NominationState.EXCELLENT)
    return Nomination.objects.filter(seen)


def roles(user: User, held: Iterable[Held], pool: Pool) -> frozenset[str]:
    """A person's roles in a pool."""
    words = {Duty.OFFICE: "office", Duty.CHIEF: "chief", Duty.HEAD: "head"}
    found = {words[Duty(one.duty)] for one in held if one.bureau_id == pool.bureau_id and one.duty in words}
    return frozenset(found | {"reader"}) if any(one.bureau_id == pool.bureau_id for one in held) else frozenset()


def count_staff(bureau_id: int, personnel_type: str, on: date) -> int:
    """应参加考核: how many of a kind sit in the bureau on a day by a post of their own, each once."""
    return staff(bureau_id, on).filter(personnel_type=personnel_type).count()


def rounding(bureau_id: int, on: date) -> RuleValue:
    """How places are rounded (decided once by the bureau)."""
    return rule("excellent_rounding", bureau_id=bureau_id, on=on)


def proposable(user: User, held: Iterable[Held], pool: Pool, on: date) -> QuerySet[User]:
    """Whom somebody may put forward: the office everybody of the kind, a head those of his unit. By name."""
    found = list(held)
    people = staff(pool.bureau_id, on).filter(personnel_type=pool.personnel_type)
    if any(one.duty == Duty.OFFICE and one.bureau_id == pool.bureau_id for one in found):
        return people
    units = [one.unit_id for one in found if one.duty == Duty.HEAD and one.bureau_id == pool.bureau_id]
    return people.filter(posts__unit__in=units, posts__void=False, posts__until_on=None).distinct()


def why_barred(person: User, pool: Pool, on: date) -> str:
    """Why a person may not be put forward, without the reason of the bar; empty where he may."""
    found = accountability.bars([person.pk], bureau_id=pool.bureau_id, on=on, year=pool.year, effect=Effect.EXCELLENT)
    return f"{person}{accountability.HINT}，现在不能推荐为优秀。" if found else ""


@dataclass(frozen=True, slots=True)
class PoolLine:
    """One pool in the list with how many are proposed."""

    pool: Pool
    proposed: int


def pool_lines(held: Iterable[Held], bureau_id: int) -> list[PoolLine]:
    """The pools of a bureau, the newest year first."""
    live = Q(nominations__state__in=LIVE)
    rows = pools_seen(held).filter(bureau=bureau_id).annotate(number=Count("nominations", filter=live))
    return [PoolLine(one, one.number) for one in rows.order_by("-year", "pk")]


def nominations_of(pool: Pool, user: User, held: Iterable[Held]) -> list[Nomination]:
    """The proposals of a pool that somebody sees, by unit and name: no order says who is better."""
    rows = nominations_seen(user, held).filter(pool=pool).select_related("person", "unit", "proposed_by", "material")
    return list(rows.order_by("unit__rank", "unit__pk", "person__pinyin", "pk"))


def opinions_of(pool: Pool) -> list[YearObjection]:
    """What was said while the names were shown."""
    rows = YearObjection.objects.filter(nomination__pool=pool)
    return list(rows.select_related("nomination__person", "nomination__pool", "by", "answered_by").order_by("pk"))
