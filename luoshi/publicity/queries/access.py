"""The only doors to articles, and the only source of roles in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held, bureaus
from luoshi.publicity import rules
from luoshi.publicity.models import Article, Review
from luoshi.publicity.rules import READERS, VISIBLE, WAITING, Scope, State


def articles_seen(user: User, held: Iterable[Held]) -> QuerySet[Article]:
    """What is published is read by everybody in the bureau; the rest by who writes, reviews and answers for it.

    局办公室 and 主要领导 see all; an author his own; a head his unit's; a 分管领导 and 核查人 what waits to be read or
    published. A withdrawn article is one of the rest.
    """
    found = list(held)
    seen = Q(state__in=VISIBLE, bureau__in=bureaus(found, READERS))
    seen |= Q(bureau__in=bureaus(found, (Duty.OFFICE, Duty.CHIEF)))
    seen |= Q(opened_by=user, bureau__in=bureaus(found, READERS))
    seen |= Q(unit__in=sorted({one.unit_id for one in found if one.duty == Duty.HEAD}))
    waiting = [*WAITING, State.REVIEWED]
    seen |= Q(state__in=waiting, bureau__in=bureaus(found, (Duty.LEADER, Duty.VERIFIER)))
    return Article.objects.filter(seen)


def public_articles() -> QuerySet[Article]:
    """What anybody may read without a log-in: published, of scope 社会公开, and nothing else."""
    return Article.objects.filter(state=State.PUBLISHED, scope=Scope.PUBLIC)


def passed_by(article: Article) -> list[int]:
    """Who passed the article in its present sending."""
    rows = Review.objects.filter(article=article, round=article.round, passed=True)
    return list(rows.values_list("by_id", flat=True))


def written_by_office(article: Article, on: date) -> bool:
    """Whether its author is 局办公室 himself."""
    return org.holders(Duty.OFFICE, article.bureau_id, on).filter(pk=article.opened_by_id).exists()


def roles_in(user: User, held: Iterable[Held], article: Article, on: date) -> frozenset[str]:
    """A person's roles in an article on a day; two queries."""
    return rules.roles(
        user.pk, held, bureau_id=article.bureau_id, unit_id=article.unit_id, author_id=article.opened_by_id,
        by_office=written_by_office(article, on), first=article.first_review, passed=passed_by(article),
    )  # fmt: skip


def writing_units(user: User, held: Iterable[Held], bureau_id: int, on: date) -> list[int]:
    """The units for which a person may write: any for the office and 主要领导, else his own and those he leads."""
    found = [one for one in held if one.bureau_id == bureau_id]
    if any(one.duty in (Duty.OFFICE, Duty.CHIEF) for one in found):
        return list(org.units_of(bureau_id, on).values_list("pk", flat=True))
    units = {one.unit_id for one in found if one.duty in (Duty.HEAD, Duty.HANDLER)}
    if any(one.duty == Duty.LEADER for one in found):
        units |= set(org.led_units(user, on))
    return sorted(units)
