"""What an article rests on: the clause that asks for it, how far it may go, whose names are hidden, who reads first."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from luoshi.commitments import queries as commitments
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause
from luoshi.plan.queries.ruling import NoRule, rule
from luoshi.plan.rules import RuleValue
from luoshi.publicity.models import Article
from luoshi.publicity.rules import Kind, Stamp, Stamped, allowed

SLOT = "publication_scope"
ASKED_BY = {
    Kind.NEWS: "publicity", Kind.EXPERIENCE: "good_practices", Kind.CASE: "typical_cases", Kind.BOARD: "board_cases",
    Kind.COMMENDATION: "rewards",
}  # fmt: skip
"""The mechanism of the plan that a kind of article serves."""


def clause_of(kind: str, bureau: Unit) -> Clause | None:
    """The clause of the bureau's newest plan that asks for this kind."""
    slot = ASKED_BY.get(Kind(kind), "")
    return commitments.clause_for(slot, bureau) if slot else None


def scope_rule(bureau_id: int, on: date) -> RuleValue | None:
    """The bureau's decision how far each kind of document goes, as it holds on a day."""
    try:
        return rule(SLOT, bureau_id=bureau_id, on=on)
    except NoRule:
        return None


def scope_table(found: RuleValue | None) -> dict[str, str]:
    """Its rows: kind of document and scope."""
    return {row[0]: row[1] for row in found.value["rows"]} if found is not None else {}


def why_scope(article: Article, on: date) -> list[str]:
    """How far the article may go and by what, in lines."""
    found = scope_rule(article.bureau_id, on)
    told = [f"{Kind(article.kind).label}：{allowed(article.kind, scope_table(found))}"]
    if found is not None:
        told.append(f"依据：{found.citation}（规则第{found.number}号）" if found.rule_id else f"依据：{found.citation}")
    for one in article.decisions.select_related("decided_by"):
        names = "，可列明姓名" if one.names else ""
        told.append(f"{one.decided_on:%Y-%m-%d} {one.decided_by}：{one}{names}")
    return told


def staff_names(bureau_id: int) -> list[str]:
    """The names of everybody who holds or held a post in the bureau."""
    people = Post.objects.filter(bureau_id=bureau_id).values("user")
    return list(User.objects.filter(pk__in=people).values_list("name", flat=True))


def heads_of(unit_id: int, on: date) -> list[User]:
    """The heads of a unit on a day."""
    rows = Post.objects.filter(org.in_force(on), unit_id=unit_id, duty=Duty.HEAD, user__is_active=True)
    return [one.user for one in rows.select_related("user").order_by("pk")]


def leaders_for(unit_id: int, bureau_id: int, on: date) -> list[User]:
    """Who leads a unit; 主要领导 where nobody does."""
    rows = Portfolio.objects.filter(org.in_force(on), unit_id=unit_id, bureau_id=bureau_id).select_related("leader")
    return [one.leader for one in rows.order_by("pk")] or list(chiefs(bureau_id, on))


def chiefs(bureau_id: int, on: date) -> QuerySet[User]:
    """主要领导 of a bureau on a day."""
    return org.holders(Duty.CHIEF, bureau_id, on)


def stamped(article: Article) -> dict[str, Stamped]:
    """The stamps of a case."""
    return {Stamp(one.stamp): Stamped(one.on, one.concluded) for one in article.stamps.all()}
