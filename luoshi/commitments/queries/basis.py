"""What a commitment rests on: who is on the team, in charge of what, by which clause, with which phone."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from luoshi.commitments.models import Commitment
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause, Plan
from luoshi.plan.models import Duty as PlanDuty
from luoshi.plan.queries.clauses import texts_in_force

LEADING = (Duty.CHIEF, Duty.LEADER)


def members(bureau_id: int, on: date) -> list[User]:
    """班子成员: 主要领导 first, then 分管领导 in the order of their posts."""
    posts = Post.objects.filter(org.in_force(on), bureau_id=bureau_id, duty__in=LEADING, user__is_active=True)
    rows = sorted(posts.select_related("user"), key=lambda one: (LEADING.index(Duty(one.duty)), one.pk))
    return list(dict.fromkeys(one.user for one in rows))


def chiefs(bureau_id: int, on: date) -> QuerySet[User]:
    """主要领导 of a bureau on a day."""
    return org.holders(Duty.CHIEF, bureau_id, on)


def title_of(person: User, bureau_id: int, on: date) -> str:
    """职务 on a day: as the post names it, else the duty's own word; empty for whoever is not on the team."""
    posts = Post.objects.filter(org.in_force(on), user=person, bureau_id=bureau_id, duty__in=LEADING)
    found = sorted(posts, key=lambda one: LEADING.index(Duty(one.duty)))
    return (found[0].title or Duty(found[0].duty).label) if found else ""


def field_of(person: User, bureau_id: int, on: date) -> str:
    """分管领域 on a day, from the portfolios; 主要领导 without one leads the whole."""
    rows = Portfolio.objects.filter(org.in_force(on), leader=person, bureau_id=bureau_id).select_related("unit")
    fields = dict.fromkeys(one.field or str(one.unit) for one in rows.order_by("unit__rank", "pk"))
    if fields:
        return "、".join(fields)[:200]
    return "主持全面工作" if chiefs(bureau_id, on).filter(pk=person.pk).exists() else ""


def phone_of(bureau_id: int) -> str:
    """监督电话 as it was last published or drafted; it is asked once."""
    last = Commitment.objects.filter(bureau_id=bureau_id).order_by("-pk").values_list("phone", flat=True).first()
    return last or ""


def clause_for(slot: str, bureau: Unit) -> Clause | None:
    """The clause of the bureau's newest plan that asks for this: the one with a duty of the mechanism."""
    texts = texts_in_force(Plan.objects.filter(bureau=bureau).values("pk"))
    duty = (
        PlanDuty.objects.filter(slot=slot, state__in=["CONFIRMED", "PROPOSED"], clause__version__in=texts.values())
        .select_related("clause__version")
        .order_by("-clause__version_id", "order")
        .first()
    )
    return duty.clause if duty is not None else None
