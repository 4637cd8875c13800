"""One follow-up as a page tells it: each fact with the word on it beside it; the opinion only where its door opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.cadres.models import Examination, Examiner, FactAnswer, FollowUp
from luoshi.cadres.queries.access import opinions_seen
from luoshi.cadres.queries.results import Shown, shown
from luoshi.cadres.rules import read
from luoshi.org.models import User
from luoshi.org.rules import Held


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact as this reader may read it, and what the person said of it."""

    shown: Shown
    answer: FactAnswer | None


def fact_lines(follow_up: FollowUp, user: User, held: Sequence[Held], on: date) -> list[FactLine]:
    """The facts in the order of their days."""
    rows = FactAnswer.objects.filter(follow_up=follow_up).select_related("by", "answered_by")
    answers = {one.key: one for one in rows}
    return [FactLine(one, answers.get(one.fact.key)) for one in shown(read(follow_up.facts), user, held, on)]


def opinion_of(follow_up: FollowUp, user: User, held: Sequence[Held]) -> Examination | None:
    """The opinion, for whoever is of the circle."""
    return opinions_seen(user, held).filter(follow_up=follow_up).select_related("by").first()


def examiner_names(follow_up: FollowUp) -> list[str]:
    """考察人."""
    return [str(one.person) for one in Examiner.objects.filter(follow_up=follow_up).select_related("person")]
