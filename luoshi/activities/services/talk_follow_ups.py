"""提醒、整改: what a talk leads to, each with its date until it is done; or a line of the problem ledger (2.2.2.1c)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from luoshi.activities.models import TalkFollowUp, TalkNote
from luoshi.activities.queries.talks import due_follow_ups
from luoshi.activities.rules import FollowUpKind
from luoshi.activities.services.talks import check_follow_up
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.queries import said_of
from luoshi.notices.services import notify
from luoshi.org.models import Unit, User
from luoshi.problems.models import Problem
from luoshi.problems.services import open_problem
from luoshi.records.services import act, record

AHEAD = 3
"""Days before its date that a follow-up is first named."""


@act
def add_follow_up(note: TalkNote, *, kind: str, words: str, due_on: date | None, by: User, on: date) -> TalkFollowUp:
    """加一条提醒、整改: by the talker; the other is told."""
    _talker_only(note, by)
    check_follow_up(words, due_on, kind, on)
    made = TalkFollowUp.objects.create(
        note=note, kind=kind, words=words.strip(), due_on=due_on, entered_by=by, entered_on=on
    )
    record(by, "activities.follow_up", note, bureau=note.activity.bureau_id, rows=[made])
    notify(
        [note.partner], bureau=note.activity.bureau_id, kind="activities.follow_up",
        key=f"activities:follow:{made.pk}:made", url=note.get_absolute_url(),
        title=f"{by.name}在谈话后提了一项{made.get_kind_display()}，{due_on}前办完",
    )  # fmt: skip
    return made


@act
def finish_follow_up(row: TalkFollowUp, *, done_words: str, version: int | None, by: User, on: date) -> TalkFollowUp:
    """办完: the talker says that it is done, and how; whoever was reminded does not close it himself."""
    _talker_only(row.note, by)
    _open(row)
    if not done_words.strip():
        raise NotAllowed("请写一句办得怎样。")
    _turn(row, version, done_on=on, done_words=done_words.strip()[:300])
    record(by, "activities.finish_follow_up", row.note, bureau=row.note.activity.bureau_id, rows=[row])
    return row


@act
def void_follow_up(row: TalkFollowUp, *, reason: str, version: int | None, by: User, on: date) -> TalkFollowUp:
    """撤销一条提醒、整改, with its reason."""
    _talker_only(row.note, by)
    _open(row)
    if not reason.strip():
        raise NotAllowed("撤销要写明理由。")
    _turn(row, version, void=True, void_reason=reason.strip()[:300])
    record(by, "activities.void_follow_up", row.note, bureau=row.note.activity.bureau_id, rows=[row])
    return row


@act
def list_talk_opinion(note: TalkNote, *, words: str, unit: Unit | None, named: bool, by: User, on: date) -> Problem:
    """列入问题台账: an opinion from the talk becomes a problem; its speaker is named only where he agreed.

    Without a name nothing in the ledger points to the talk: it is dated by the day of its entry.
    """
    _talker_only(note, by)
    problem = open_problem(
        bureau=note.activity.bureau, title=words, source="TALK", found_on=on, unit=unit, by=by, on=on,
        raiser=note.partner.name if named else "",
    )  # fmt: skip
    row = TalkFollowUp.objects.create(
        note=note, kind=FollowUpKind.RECTIFY, words=words.strip()[:300], problem=problem, entered_by=by, entered_on=on
    )
    record(by, "activities.list_opinion", note, bureau=note.activity.bureau_id, rows=[row])
    return problem


@act
def remind_talks(*, on: date) -> int:
    """Name what is due soon, today or late to both of the talk, once each; the words stay out of the message."""
    fresh = 0
    for row in due_follow_ups(on, AHEAD):
        if row.due_on is None:
            continue
        stage, words = (
            ("late", f"已过时限（{row.due_on}）") if row.due_on < on
            else ("due", "今天到期") if row.due_on == on else ("soon", f"{row.due_on}到期")
        )  # fmt: skip
        fresh += notify(
            [row.note.talker, row.note.partner], bureau=row.note.activity.bureau_id, kind="activities.follow_up",
            key=f"activities:follow:{row.pk}:{stage}", url=row.note.get_absolute_url(),
            title=f"一项谈话{row.get_kind_display()}{words}",
        )  # fmt: skip
    return fresh


def _talker_only(note: TalkNote, by: User) -> None:
    if note.activity.void:
        raise NotAllowed("这次谈话已作废，不能再办。")
    if by.pk != note.talker_id:
        raise NotAllowed("提醒、整改由谈话人登记和销掉。")


def _open(row: TalkFollowUp) -> None:
    if row.void or row.done_on is not None:
        raise NotAllowed("这一条已经办完或撤销。")
    if row.problem_id is not None:
        raise NotAllowed("这一条已列入问题台账，请在问题台账里办理和销号。")


def _turn(row: TalkFollowUp, version: int | None, **changes: Any) -> None:
    known = row.version if version is None else version
    won = TalkFollowUp.objects.filter(pk=row.pk, version=known).update(version=F("version") + 1, **changes)
    row.refresh_from_db()
    if won != 1:
        raise Stale(row.version, said_of(row.note))
