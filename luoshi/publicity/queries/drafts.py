"""写成经验材料: a draft filled from the record, what was wrong, what was done, what came of it; nothing typed twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.activities.models import Lesson
from luoshi.activities.queries import trips
from luoshi.appraisal.models import BoardCase
from luoshi.appraisal.queries.access import boards_seen
from luoshi.appraisal.rules import BoardState
from luoshi.appraisal.rules.board_life import CaseKind, CaseState
from luoshi.matters import queries as matters
from luoshi.matters.models import EventEvidence, Feedback, Matter
from luoshi.matters.rules import State as MatterState
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.problems import queries as problems
from luoshi.problems.models import Institution, Problem
from luoshi.problems.queries.classes import institutions_seen
from luoshi.problems.queries.paper import closing_facts
from luoshi.problems.rules import State as ProblemState
from luoshi.publicity.models.article import SOURCES
from luoshi.publicity.queries.praise import Made, of_board, of_case, of_commendation, published_commendations
from luoshi.publicity.rules import Kind, Scope, day_words, sentence

NAMED = SOURCES


@dataclass(frozen=True, slots=True)
class Draft:
    """A title and a text with the record they come from."""

    title: str
    body: str
    source: Any
    kind: str
    """One of NAMED."""
    unit_id: int | None
    article_kind: str = Kind.EXPERIENCE
    scope: str = Scope.INTERNAL


def source_of(kind: str, key: str, user: User, held: Sequence[Held], on: date) -> Any:
    """The record that an address names, if this person sees it; None for what is not there or not his to see."""
    seen: Any
    if kind == "matter":
        seen = matters.visible(user, held, on).select_related("lead_unit")
    elif kind == "problem":
        seen = problems.public(user, held, on).select_related("bureau", "unit", "leader", "owner", "problem_class")
    elif kind == "institution":
        seen = institutions_seen(held).filter(void=False)
    elif kind == "board":
        seen = boards_seen(held).select_related("bureau", "decided_by")
    elif kind == "case":
        seen = BoardCase.objects.filter(board__in=boards_seen(held)).select_related("board", "unit")
    elif kind == "commendation":
        seen = published_commendations(held)
    elif kind == "lesson":
        seen = trips.lessons_of(trips.seen(user, held, on), "")
        return seen.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    else:
        return None
    try:
        return seen.filter(public_id=UUID(key)).first()
    except ValueError:
        return None


def lacking(kind: str, row: Any, on: date) -> str:
    """Why nothing is to be told of a record yet; empty where there is."""
    if kind == "matter" and row.state not in (MatterState.CLOSED, MatterState.ARCHIVED):
        return "这件事项还没有办结，办结后再写经验材料。"
    if kind == "problem" and row.state != ProblemState.CLOSED:
        return "这个问题还没有销号，销号后再写经验材料。"
    if kind == "institution" and (row.in_use_on is None or row.in_use_on > on):
        return "这项制度还没有施行，施行后再写经验材料。"
    if kind == "board" and row.state != BoardState.PUBLISHED:
        return "这个季度榜还没有印发通报，印发后再写通报稿。"
    if kind == "case" and (row.kind != CaseKind.RED or row.state != CaseState.LISTED):
        return "只有红榜上的事例可以写成经验材料。"
    if kind == "lesson" and row.answer != "ADOPTED":
        return "这条做法还没有采纳，采纳后再写经验材料。"
    return ""


def draft_from(kind: str, row: Any) -> Draft:
    """The draft of a record."""
    title, parts, unit_id = MADE[kind](row)
    wide = kind == "board" and row.scope == Scope.PUBLIC.label
    scope = Scope.PUBLIC if wide else Scope.INTERNAL
    return Draft(title[:120], _text(parts), row, kind, unit_id, BECOMES.get(kind, Kind.EXPERIENCE), scope)


def _text(parts: Iterable[tuple[str, Iterable[str]]]) -> str:
    numbers = "一二三四五六"
    kept = [(head, [one.strip() for one in lines if one and one.strip()]) for head, lines in parts]
    told = [(head, lines) for head, lines in kept if lines]
    return "\n\n".join(
        "\n".join([f"{numbers[nth]}、{head}", *lines]) for nth, (head, lines) in enumerate(told)
    )  # fmt: skip


def _of_matter(row: Matter) -> Made:
    told = list(Feedback.objects.filter(matter=row).order_by("id").values_list("kind", "done"))
    proofs = EventEvidence.objects.filter(event__matter=row).order_by("pk").values_list("evidence__name", flat=True)
    final = [sentence(done) for kind, done in told if kind == "FINAL"]
    steps = [sentence(done) for kind, done in told if kind != "FINAL"]
    if not steps:
        steps = [f"由{row.lead_unit}牵头办理。"]
    result = [*final[-1:], f"{day_words(row.closed_on)}办结。" if row.closed_on else ""]
    return row.title, [
        ("原来的情况和要求", [sentence(row.requirement or row.title)]),
        ("主要做法", steps),
        ("取得的成效", result),
        ("佐证", ["、".join(dict.fromkeys(proofs))]),
    ], row.lead_unit_id  # fmt: skip


def _of_problem(row: Problem) -> Made:
    facts = closing_facts(row)
    done = [one.split("：", 1)[1] for one in facts.done if "：" in one]
    looked = f"{day_words(row.looked_back_on)}回头看，{facts.looked}" if row.looked_back_on else ""
    answer = f"群众回访：{facts.answer}。{facts.answer_words}" if facts.answer else ""
    return f"{row.title}整改的做法", [
        ("发现的问题", [sentence(row.detail or row.title), sentence(f"原因：{row.cause}") if row.cause else ""]),
        ("主要做法", [sentence(row.measure), *(sentence(one) for one in done)]),
        ("取得的成效", [
            f"{day_words(row.closed_on)}验收销号。" if row.closed_on else "", sentence(facts.accepted),
            sentence(looked), sentence(answer),
        ]),
        ("佐证", ["、".join(facts.proofs)]),
    ], row.unit_id  # fmt: skip


def _of_institution(row: Institution) -> Made:
    classes = list(row.classes.filter(void=False))
    cured = Problem.objects.filter(problem_class__in=[one.pk for one in classes], self_check=None)
    found = cured.exclude(state=ProblemState.DISMISSED).count()
    closed = cured.filter(state=ProblemState.CLOSED).count()
    held = cured.filter(look_back_held=True).count()
    causes = [sentence(f"{one.name}：{one.root_cause}") if one.root_cause else f"{one.name}。" for one in classes]
    counted = f"这一类问题共登记{found}件" if found else ""
    counted += f"，已销号{closed}件" if closed else ""
    counted += f"，回头看没有反弹{held}件" if held else ""
    code = f"（{row.code}）" if row.code else ""
    issued = f"{day_words(row.issued_on)}印发" if row.issued_on else "印发"
    used = f"，{day_words(row.in_use_on)}施行" if row.in_use_on else ""
    made = f"{row.get_cure_display()}《{row.title}》{code}，{issued}{used}。"
    return f"以制度治根本：{row.title}", [
        ("发现的问题", causes),
        ("主要做法", [made, sentence(row.note)]),
        ("取得的成效", [sentence(counted)]),
        ("佐证", [row.paper.name if row.paper else ""]),
    ], row.unit_id  # fmt: skip


def _of_lesson(row: Lesson) -> Made:
    activity = row.trip.activity
    where = " ".join(filter(None, [activity.place, row.trip.host]))
    used = [
        sentence(f"用在{row.where}") if row.where else "",
        f"形成《{row.institution}》。" if row.institution else "",
    ]
    if row.matter:
        used.append(f"立为督办事项“{row.matter.title}”办理。")
    return row.words[:100], [
        ("做法从哪里来", [sentence(f"{day_words(activity.held_on)}{where}：{row.words}")]),
        ("在本局怎样用", used),
    ], row.unit_id  # fmt: skip


BECOMES = {"board": Kind.BOARD, "commendation": Kind.COMMENDATION}
"""What a record becomes where that is no experience."""
MADE: dict[str, Callable[[Any], Made]] = {
    "matter": _of_matter, "problem": _of_problem, "institution": _of_institution, "lesson": _of_lesson,
    "board": of_board, "case": of_case, "commendation": of_commendation,
}  # fmt: skip

__all__ = ["NAMED", "Draft", "draft_from", "lacking", "source_of"]
