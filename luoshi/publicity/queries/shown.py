"""One article as its page tells it: its sources as far as the reader sees them, reviews, editions, where it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.activities.queries import trips
from luoshi.appraisal.models import BoardCase
from luoshi.appraisal.queries.access import boards_seen
from luoshi.matters import queries as matters
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.problems import queries as problems
from luoshi.problems.queries.classes import institutions_seen
from luoshi.publicity.models import Article, Review
from luoshi.publicity.models.article import SOURCES
from luoshi.publicity.queries.praise import published_commendations
from luoshi.publicity.rules import STAGES, FirstReview, Stage, State


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source that the reader sees."""

    word: str
    label: str
    url: str


def source_lines(
    article: Article, user: User, held: Sequence[Held], on: date
) -> tuple[list[SourceLine], int]:  # fmt: skip
    """The sources a person sees, and how many he does not; a query for each kind there is."""
    rows = list(article.sources.all())
    found: list[SourceLine] = []
    keys: dict[str, list[int]] = {
        name: [pk for one in rows if (pk := getattr(one, f"{name}_id")) is not None] for name in SOURCES
    }
    if keys["matter"]:
        for matter in matters.visible(user, held, on).filter(pk__in=keys["matter"]):
            found.append(SourceLine("事项", f"{matter.number_label} {matter.title}", matter.get_absolute_url()))
    if keys["problem"]:
        for problem in problems.public(user, held, on).filter(pk__in=keys["problem"]):
            found.append(SourceLine("问题", str(problem), problem.get_absolute_url()))
    if keys["institution"]:
        for made in institutions_seen(held).filter(pk__in=keys["institution"]):
            found.append(SourceLine("制度", made.title, made.get_absolute_url()))
    if keys["lesson"]:
        for lesson in trips.lessons_of(trips.seen(user, held, on), "").filter(pk__in=keys["lesson"]):
            found.append(SourceLine("借鉴", lesson.words[:60], lesson.trip.activity.get_absolute_url()))
    if keys["board"]:
        for board in boards_seen(held).filter(pk__in=keys["board"]):
            found.append(SourceLine("季度榜", str(board), board.get_absolute_url()))
    if keys["case"]:
        for case in BoardCase.objects.filter(board__in=boards_seen(held), pk__in=keys["case"]):
            found.append(SourceLine("事例", str(case), case.get_absolute_url()))
    if keys["commendation"]:
        for praise in published_commendations(held).filter(pk__in=keys["commendation"]):
            found.append(SourceLine("表扬", str(praise), praise.get_absolute_url()))
    return found, len(rows) - len(found)


def review_steps(article: Article, reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """起草, the three reviews of the present sending, 发布, as steps."""
    passed = {one.stage: one for one in reviews if one.passed and one.round == article.round}
    drafting = article.state in (State.DRAFT, State.VOID)
    steps: list[dict[str, Any]] = [
        {"label": "起草", "state": "now" if article.state == State.DRAFT else "done", "on": article.opened_on,
         "note": str(article.opened_by)}
    ]  # fmt: skip
    for stage, (waiting, _, _) in STAGES.items():
        told = None if drafting else passed.get(stage)
        here = "done" if told else "now" if article.state == waiting else "todo"
        steps.append({"label": Stage(stage).label, "state": here, "on": told.on if told else None,
                      "note": str(told.by) if told else ""})  # fmt: skip
    out = "done" if article.published_on else "now" if article.state == State.REVIEWED else "todo"
    steps.append({"label": "发布", "state": out, "on": article.published_on, "note": str(article.published_by or "")})
    return steps


def waits_for(article: Article) -> str:
    """Whose turn it is, in words; empty where nobody's."""
    return {
        State.FIRST: f"{FirstReview(article.first_review).label}一审",
        State.SECOND: "局办公室二审（局办公室写的由核查人审）",
        State.THIRD: "分管领导或主要领导三审",
        State.REVIEWED: "局办公室发布",
    }.get(State(article.state), "")


def editions(article: Article) -> list[Article]:
    """The editions before this one, newest first; one query each, a correction is rare."""
    found: list[Article] = []
    one = article.corrects
    while one is not None:
        found.append(one)
        one = one.corrects
    return found


def later(article: Article) -> Article | None:
    """The correction of this edition, if there is one."""
    return article.corrections.exclude(state=State.VOID).order_by("-pk").first()
