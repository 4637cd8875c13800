"""异议: what of one's own score may be contested, who may answer, who sees what was contested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.appraisal.models import Objection, Score
from luoshi.appraisal.queries.access import own_units
from luoshi.appraisal.queries.facts import frozen
from luoshi.appraisal.rules.board_life import REVIEWERS, UNIT, PointKind, late_words, roles, why_not_review
from luoshi.appraisal.rules.doors import OVERSEERS
from luoshi.appraisal.rules.indicators import INDICATORS, LABELS
from luoshi.appraisal.rules.words import BoardState
from luoshi.matters.rules import Block
from luoshi.org import queries as org
from luoshi.org.models import Post, User
from luoshi.org.rules import Held, bureaus

WORDS = {True: "按做到计", False: "按没做到计"}


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a score: an indicator, or one record as it counts in one indicator."""

    key: str
    kind: str
    words: str
    good: bool = False


def records_of(score: Score) -> list[Point]:
    """Each frozen record in each indicator that it counts in, what went badly first."""
    labels = labels_of(score)
    found = [
        Point(
            f"{fact['id']}:{key}",
            PointKind.RECORD,
            f"{labels.get(key, key)}｜{fact['label']} {fact['title']}",
            bool(good),
        )
        for fact in frozen(score)
        for key, good in fact["as"].items()
    ]
    return sorted(found, key=lambda one: one.good)


def points_of(score: Score) -> list[Point]:
    """Everything of a score that may be contested: the records, and the indicators for what is missing in them."""
    found, labels = records_of(score), labels_of(score)
    for block in score.board.scheme.blocks.prefetch_related("indicators"):
        for one in block.indicators.all():
            name = labels.get(one.key, one.key)
            if INDICATORS[one.key].by_block:
                name = f"{Block(block.block).label}的{name}"
            found.append(Point(f"{block.block}:{one.key}", PointKind.INDICATOR, name))
    return found


def labels_of(score: Score) -> dict[str, str]:
    """The words of the indicators as the scheme names them."""
    own = {
        one.key: one.label
        for block in score.board.scheme.blocks.prefetch_related("indicators")
        for one in block.indicators.all()
        if one.label
    }
    return {**LABELS, **own}


def corrections_of(objection: Objection) -> list[Point]:
    """The records whose counting an answer may correct: the one contested, or those of the indicator contested."""
    points = records_of(objection.score)
    if objection.kind == PointKind.RECORD:
        return [one for one in points if one.key == objection.point]
    block, _, key = objection.point.partition(":")
    blocks = {fact["id"]: fact["block"] for fact in frozen(objection.score)}
    by_block = INDICATORS[key].by_block
    found = []
    for one in points:
        fact, _, mine = one.key.partition(":")
        if mine == key and (not by_block or blocks.get(fact) == block):
            found.append(one)
    return found


def may_object(score: Score, held: Iterable[Held], on: date) -> bool:
    """Whether a person may contest this score today: his unit's own, within the window."""
    board = score.board
    mine = roles(held, bureau_id=board.bureau_id, unit_id=score.unit_id)
    return board.state == BoardState.SHOWN and UNIT in mine and not late_words(board.objection_until, on)


def why_not_reviewer(objection: Objection, person: User, on: date) -> str:
    """Why a person may not answer an objection; empty where he may."""
    score = objection.score
    posts = Post.objects.filter(org.in_force(on), user=person).values_list("unit_id", flat=True)
    return why_not_review(
        person_id=person.pk,
        units=set(posts),
        duties=org.duties(person, score.board.bureau_id, on),
        computed_by={score.board.computed_by_id},
        unit_id=score.unit_id,
    )


def reviewers_for(objection: Objection, on: date) -> QuerySet[User]:
    """Who may be named: those with a reviewing duty, without whoever computed and whoever belongs to the unit."""
    score = objection.score
    able = Post.objects.filter(org.in_force(on), bureau_id=score.board.bureau_id, duty__in=REVIEWERS)
    own = Post.objects.filter(org.in_force(on), unit_id=score.unit_id).values("user_id")
    people = User.objects.filter(is_active=True, pk__in=able.values("user_id")).exclude(pk__in=own)
    return people.exclude(pk=score.board.computed_by_id)


def objections_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[Objection]:
    """Seen by whoever oversees the board, by the unit that raised it, and by whoever was named to answer."""
    found = list(held)
    seen = Q(score__board__bureau__in=bureaus(found, OVERSEERS)) | Q(reviewer=user)
    units = own_units(user, found, on)
    if units:
        seen |= Q(score__unit__in=sorted(units))
    return Objection.objects.filter(seen)
