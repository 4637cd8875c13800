"""What talks, trips and lessons owe a person: lines for the desk, each group in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.activities.queries import talks, trips
from luoshi.org.models import User
from luoshi.org.rules import Held

SHOWN = 20


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One thing owed: what, where it is done, by when."""

    words: str
    url: str
    due_on: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class DeskPart:
    """One heading of the desk with its lines, and whether there are more."""

    key: str
    label: str
    lines: tuple[DeskLine, ...]
    more: bool


def desk_talks(user: User, held: Sequence[Held], on: date) -> list[DeskPart]:
    """谈话待签字, 提醒整改到期, 待审批, 待报成果, 借鉴建议待答复; empty groups are left out. Five queries at most.

    The words of a follow-up are those of the two who talked; nobody else's desk has them.
    """
    sign = [
        DeskLine(f"{one.activity.title}，待您签字", one.get_absolute_url(), one.activity.held_on)
        for one in talks.to_sign(user).order_by("pk")[: SHOWN + 1]
    ]
    follow = [
        DeskLine(one.words, one.note.get_absolute_url(), one.due_on, one.due_on is not None and one.due_on < on)
        for one in talks.follow_ups_of(user)[: SHOWN + 1]
    ]
    decide = [
        DeskLine(one.activity.title, one.get_absolute_url(), one.activity.held_on)
        for one in trips.to_decide(user, held, on)[: SHOWN + 1]
    ]
    report = [
        DeskLine(one.activity.title, one.get_absolute_url(), one.activity.until_on or one.activity.held_on)
        for one in trips.to_report(user, on)[: SHOWN + 1]
    ]
    answer = [DeskLine(one.words, one.trip.get_absolute_url()) for one in trips.unanswered(held)[: SHOWN + 1]]
    told = (
        ("sign_talk", "谈话待签字", sign), ("follow_up", "谈话提醒、整改", follow),
        ("decide_trip", "走出去请进来待审批", decide),
        ("report_trip", "待报成果", report), ("answer_lesson", "借鉴、建议待答复", answer),
    )  # fmt: skip
    return [DeskPart(key, label, tuple(lines[:SHOWN]), len(lines) > SHOWN) for key, label, lines in told if lines]
