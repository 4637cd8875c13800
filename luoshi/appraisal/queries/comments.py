"""Who sees which comment and improvement; what may be picked as weak. Where an improvement stands is its problem's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from luoshi.appraisal.models import BoardCase, Comment, Improvement, Score
from luoshi.appraisal.queries.access import own_units
from luoshi.appraisal.rules.board_life import CaseKind, CaseState
from luoshi.appraisal.rules.comments import SPEAKERS, Item, items
from luoshi.appraisal.rules.doors import OVERSEERS
from luoshi.appraisal.rules.words import FREE, BoardState
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty, Held, bureaus
from luoshi.problems.rules import OPEN

SEES_ALL = OVERSEERS | {Duty.INSPECTOR, Duty.VERIFIER}
OFFERED = 200
"""Matters offered to be named, the newest first; a form must not grow with the years."""


def _seen(user: User, held: Iterable[Held], on: date) -> Q:
    """Whoever oversees the bureau sees all that was said; a unit what concerns itself."""
    found = list(held)
    return Q(bureau__in=bureaus(found, SEES_ALL)) | Q(unit__in=sorted(own_units(user, found, on)))


def comments_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[Comment]:
    """The comments that a person may read."""
    return Comment.objects.filter(_seen(user, held, on))


def improvements_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[Improvement]:
    """The improvements that a person may read; whoever sees the improvement sees its problem too."""
    return Improvement.objects.filter(_seen(user, held, on))


def improvements_open() -> Q:
    """Improvements whose problem is not yet put right."""
    return Q(problem__state__in=OPEN)


def units_seen(user: User, held: Iterable[Held], bureau: Unit, on: date) -> QuerySet[Unit]:
    """The units whose comments and trend a person may read."""
    found = list(held)
    units = org.units_of(bureau.pk, on)
    if bureau.pk in bureaus(found, SEES_ALL):
        return units
    return units.filter(pk__in=sorted(own_units(user, found, on)))


def by_unit(found: QuerySet[Improvement]) -> dict[int, tuple[int, int]]:
    """Of each unit how many improvements are open and how many there are, in one query."""
    rows = found.order_by().values("unit").annotate(opened=Count("pk", filter=improvements_open()), whole=Count("pk"))
    return {one["unit"]: (one["opened"], one["whole"]) for one in rows}


def speakers(bureau_id: int, on: date) -> QuerySet[User]:
    """Who may have said a comment: the office and 班子成员 of the bureau."""
    held = Q()
    for duty in SPEAKERS:
        held |= Q(pk__in=org.holders(duty, bureau_id, on).values("pk"))
    return User.objects.filter(held)


def scores_to_name(bureau_id: int) -> QuerySet[Score]:
    """Scores that may be spoken of: of a board already shown to its units, the newest edition first."""
    states = set(BoardState.values) - {*FREE, BoardState.VOID}
    return Score.objects.filter(board__bureau_id=bureau_id, board__state__in=states).select_related("board", "unit")


def latest_score(unit: Unit) -> Score | None:
    """The unit's newest score that was shown to it."""
    found = scores_to_name(unit.bureau_id or unit.pk).filter(unit=unit)
    return found.order_by("-board__year", "-board__quarter", "-board__edition").first()


def cases_to_improve(bureau_id: int) -> QuerySet[BoardCase]:
    """Black cases on the board that no improvement came of yet."""
    listed = BoardCase.objects.filter(board__bureau_id=bureau_id, kind=CaseKind.BLACK, state=CaseState.LISTED)
    return listed.filter(improvements__isnull=True).select_related("board", "unit")


def matters_to_name(unit: Unit, seen: QuerySet[Matter]) -> QuerySet[Matter]:
    """The unit's newest matters that the writer sees."""
    newest = list(seen.filter(lead_unit=unit).order_by("-pk").values_list("pk", flat=True)[:OFFERED])
    return Matter.objects.filter(pk__in=newest).order_by("-pk")


@dataclass(frozen=True, slots=True)
class Weak:
    """One indicator of a unit's newest shown score that lies below what was asked for."""

    score: Score
    item: Item


def weak_items(bureau_id: int, below: int) -> list[Weak]:
    """The indicators below so many points on the newest board that was shown, not yet picked; the weakest first."""
    shown = scores_to_name(bureau_id)
    last = shown.order_by("-board__year", "-board__quarter", "-board__edition").first()
    newest = list(shown.filter(board=last.board)) if last is not None else []
    picked = set(Improvement.objects.filter(score__in=newest).values_list("score_id", "point"))
    found = [
        Weak(score, item)
        for score in newest
        for item in items(score.basis)
        if item.value is not None and item.value < below and (score.pk, item.key) not in picked
    ]
    return sorted(found, key=lambda one: (one.item.value or 0, one.score.unit_id, one.item.key))
