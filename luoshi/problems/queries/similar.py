"""Problems that sound like what is being typed: so that one thing is not registered twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held
from luoshi.problems.models import Problem
from luoshi.problems.queries.access import public
from luoshi.search.models import Gram, Item
from luoshi.search.queries import COMMON
from luoshi.search.rules import bigrams, fold

PAIRS, CANDIDATES, SHOWN = 12, 40, 5
ALIKE = 0.3
"""The share of pairs of characters that two titles must have in common."""


@dataclass(frozen=True, slots=True)
class Like:
    """One problem that sounds alike, as the suggestion prints it."""

    problem: Problem
    share: float


def similar(
    words: str, bureau: Unit, user: User, on: date, held: Sequence[Held] | None = None, *, but: int | None = None
) -> list[Like]:
    """At most five problems of the bureau whose title shares pairs of characters with these words, the most alike
    first; only what the person may open, never one of a personal list. Three queries, and those of `held`.
    """
    asked = bigrams(fold(words))
    if len(asked) < 2:
        return []
    told = Gram.objects.filter(gram__in=sorted(asked)).values_list("gram").annotate(number=Count("item_id"))
    counts: dict[str, int] = dict(told)
    rare = [one for one in sorted(counts, key=lambda pair: (counts[pair], pair)) if counts[one] <= COMMON][:PAIRS]
    if not rare:
        return []
    holding = Gram.objects.filter(gram__in=rare, item__in=Item.objects.filter(kind="problem", bureau=bureau.pk))
    nearest = holding.values_list("item__key").annotate(shared=Count("gram")).order_by("-shared", "-item__key")
    keys = [key for key, _ in nearest[:CANDIDATES]]
    seen = public(user, org.held(user, on) if held is None else held, on).filter(bureau=bureau, pk__in=keys)
    found = []
    for one in seen.exclude(pk=but or 0).select_related("unit"):
        theirs = bigrams(fold(one.title))
        share = len(asked & theirs) / (min(len(asked), len(theirs)) or 1)
        if share >= ALIKE:
            found.append(Like(one, share))
    return sorted(found, key=lambda one: (-one.share, -one.problem.pk))[:SHOWN]
