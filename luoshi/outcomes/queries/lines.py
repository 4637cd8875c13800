"""Each kind of record as a line of the page behind a figure."""

from __future__ import annotations

from typing import Any

from luoshi.activities.models import Activity, Conversion, Lesson
from luoshi.cadres.models import AbilityTag
from luoshi.commitments.models import Concern
from luoshi.lib.byclause import Line
from luoshi.matters.models import Deadline, Matter
from luoshi.problems.models import Institution, Problem, ProblemClass, ProblemEvent


def _facts(*words: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in words if one)


def institutions(part: list[Institution]) -> list[Line]:
    return [
        Line(
            one.title,
            one.get_absolute_url(),
            _facts(one.code, one.get_reform_display() if one.reform else "", one.unit),
            one.get_cure_display(),
            on=one.in_use_on or one.issued_on,
        )
        for one in part
    ]


def classes(part: list[ProblemClass]) -> list[Line]:
    return [
        Line(
            one.name,
            one.get_absolute_url(),
            _facts(one.institution, one.unit),
            one.get_cure_display() if one.cure else "还没定治本办法",
            on=one.institution.issued_on if one.institution is not None else None,
        )
        for one in part
    ]


def lessons(part: list[Lesson]) -> list[Line]:
    return [
        Line(one.words, one.trip.get_absolute_url(), _facts(one.where, one.unit), one.get_answer_display(),
             on=one.decided_on)
        for one in part
    ]  # fmt: skip


def _turned(one: Conversion) -> str:
    """What it was turned into: of a matter or a problem the number only, whose title its reader may not see."""
    work = one.matter or one.problem
    number = work.number_label if work is not None else str(one.institution or "")
    return f"{number} {one.words}".strip() or one.get_kind_display()


def conversions(part: list[Conversion]) -> list[Line]:
    return [
        Line(
            _turned(one),
            one.activity.get_absolute_url(),
            _facts(one.activity),
            one.get_kind_display(),
            on=one.entered_on,
        )
        for one in part
    ]


def problems(part: list[Problem]) -> list[Line]:
    return [
        Line(
            one.title,
            one.get_absolute_url(),
            _facts(one.number_label, one.unit, "、".join(map(str, one.tags)),
                   one.get_raiser_answer_display() if one.raiser_answer else ""),
            one.standing,
            on=one.closed_on or one.found_on,
        )
        for one in part
    ]  # fmt: skip


def events(part: list[ProblemEvent]) -> list[Line]:
    return [
        Line(
            one.problem.title,
            one.problem.get_absolute_url(),
            _facts(one.problem.number_label, one.problem.unit),
            "反弹重办" if one.move == "rebound" else "回头看，没有反弹",
            on=one.on,
        )
        for one in part
    ]


def concerns(part: list[Concern]) -> list[Line]:
    return [
        Line(
            one.title,
            one.get_absolute_url(),
            _facts(one.unit or one.leader, f"答复时限{one.answer_due_on:%Y-%m-%d}",
                   f"{one.answered_on:%Y-%m-%d}答复" if one.answered_on else "还没有答复"),
            one.get_ending_display() if one.ending else one.get_state_display(),
            on=one.closed_on or one.answer_due_on,
        )
        for one in part
    ]  # fmt: skip


def matters(part: list[Matter]) -> list[Line]:
    return [
        Line(
            one.title,
            one.get_absolute_url(),
            _facts(one.number_label, one.lead_unit, f"时限{one.due_on:%Y-%m-%d}" if one.due_on else ""),
            one.get_state_display(),
            on=one.closed_on or one.day0_on,
        )
        for one in part
    ]


def dates(part: list[Deadline]) -> list[Line]:
    return [
        Line(
            one.matter.title,
            one.matter.get_absolute_url(),
            _facts(one.matter.number_label, one.matter.lead_unit,
                   f"{one.met_on:%Y-%m-%d}申请办结" if one.met_on else "还没有申请办结"),
            "按期" if one.met_on is not None and one.met_on <= one.due_on else "逾期",
            on=one.due_on,
        )
        for one in part
    ]  # fmt: skip


def activities(part: list[Activity]) -> list[Line]:
    return [
        Line(one.title, one.get_absolute_url(), _facts(one.unit, one.theme), one.get_kind_display(), on=one.held_on)
        for one in part
    ]


def abilities(part: list[AbilityTag]) -> list[Line]:
    """What shows an ability: the matter or problem where its reader may open it, nothing of a person's own file."""
    return [_ability(one, one.opens_matter, one.opens_problem) for one in part]  # type: ignore[attr-defined]


def _ability(one: AbilityTag, opens_matter: bool, opens_problem: bool) -> Line:
    work = one.matter if opens_matter else one.problem if opens_problem else None
    if work is not None:
        return Line(str(work), work.get_absolute_url(), (), one.get_ability_display(), on=one.on)
    kind = "事项" if one.matter_id else "问题" if one.problem_id else "实绩档案" if one.merit_id else "一线锻炼"
    return Line(f"{kind}里的一条", "", (), one.get_ability_display(), on=one.on)
