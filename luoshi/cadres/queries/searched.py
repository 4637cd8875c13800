"""What of this room may be looked up: titles of postings and published commendations. Never facts, never opinions."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.cadres.models import Commendation, Posting
from luoshi.cadres.rules import CommendState, PostingState
from luoshi.search.rules import Doc, Source, in_order

DECIDED = (PostingState.ASSIGNED, PostingState.ENDED)


def posting_docs(keys: Sequence[int]) -> list[Doc]:
    """Each decided posting by its title and batch."""
    rows = Posting.objects.filter(pk__in=keys, state__in=DECIDED).select_related("cadre")
    return [Doc("posting", one.pk, one.bureau_id, str(one), one.batch) for one in rows]


def commendation_docs(keys: Sequence[int]) -> list[Doc]:
    """Each published commendation with its reasons."""
    rows = Commendation.objects.filter(pk__in=keys, state=CommendState.PUBLISHED).select_related("person", "unit")
    return [Doc("commendation", one.pk, one.bureau_id, str(one), one.reasons) for one in rows]


POSTINGS = Source("posting", in_order(lambda: Posting.objects.filter(state__in=DECIDED)), posting_docs)
COMMENDATIONS = Source(
    "commendation", in_order(lambda: Commendation.objects.filter(state=CommendState.PUBLISHED)), commendation_docs
)
SEARCHED = (POSTINGS, COMMENDATIONS)
