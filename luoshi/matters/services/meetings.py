"""会议: a sitting that hands out work, and what it said of what the last ones handed out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries
from luoshi.matters.models import Matter, Meeting, MeetingItem
from luoshi.matters.rules import MEETING_ACTS, OUTCOMES, MeetingKind, State
from luoshi.matters.services.checks import check_leader
from luoshi.matters.services.feeding import feed
from luoshi.matters.services.words import instruct
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.records.services import act, keep, record


@act
def open_meeting(
    *,
    bureau: Unit,
    kind: str,
    title: str,
    held_on: date,
    by: User,
    on: date,
    chair: User | None = None,
    staged: Sequence[str] = (),
) -> Meeting:
    """登记会议: before it is held (its agenda is drawn up) or after it."""
    _may("open_meeting", bureau, by, on)
    _check(bureau, kind, title, chair, on)
    kept = keep(staged, by=by, bureau=bureau.pk) if staged else []
    meeting = Meeting.objects.create(
        bureau=bureau,
        kind=kind,
        title=title.strip(),
        held_on=held_on,
        chair=chair,
        minutes=kept[0] if kept else None,
        opened_by=by,
    )
    feed([meeting])
    record(by, "matters.open_meeting", meeting, bureau=bureau.pk, rows=kept)
    return meeting


@act
def edit_meeting(
    meeting: Meeting,
    *,
    kind: str,
    title: str,
    held_on: date,
    version: int | None,
    by: User,
    on: date,
    chair: User | None = None,
    staged: Sequence[str] = (),
) -> Meeting:
    """修改会议: its words, its day, its chair; a file replaces the minutes (the earlier ones stay kept as evidence)."""
    _may("edit_meeting", meeting.bureau, by, on)
    _check(meeting.bureau, kind, title, chair, on)
    if meeting.void:
        raise NotAllowed("会议已作废，不能再修改。")
    kept = keep(staged, by=by, bureau=meeting.bureau_id) if staged else []
    changes: dict[str, Any] = {"kind": kind, "title": title.strip(), "held_on": held_on, "chair": chair}
    if kept:
        changes["minutes"] = kept[0]
    _turn(meeting, version, **changes)
    feed([meeting])
    record(by, "matters.edit_meeting", meeting, bureau=meeting.bureau_id, rows=kept)
    return meeting


@act
def void_meeting(meeting: Meeting, *, reason: str, version: int | None, by: User, on: date) -> Meeting:
    """会议作废: it was entered by mistake. What it handed out must be cancelled first."""
    _may("void_meeting", meeting.bureau, by, on)
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    if meeting.void:
        raise NotAllowed("会议已经作废。")
    alive = Matter.objects.filter(task_list__meeting=meeting).exclude(state=State.CANCELLED).first()
    if alive is not None:
        raise NotAllowed(f"这次会议交办的事项还在（如“{alive.title[:30]}”），请先逐件撤销，再作废会议。")
    _turn(meeting, version, void=True, void_reason=reason.strip()[:300])
    record(by, "matters.void_meeting", meeting, bureau=meeting.bureau_id, note=reason.strip())
    return meeting


@act
def go_through(
    meeting: Meeting,
    matter: Matter,
    *,
    outcome: str,
    by: User,
    on: date,
    now: datetime,
    words: str = "",
    version: int | None = None,
    said_by: User | None = None,
) -> MeetingItem:
    """过项: what the meeting said of an earlier item. Said again, it replaces what was said before.

    The words become a 批示 only where a leader said so (`said_by`): the office enters it with the meeting as its
    source, a leader who clicks writes his own.
    """
    _may("go_through", meeting.bureau, by, on)
    words = words.strip()
    if matter.bureau_id != meeting.bureau_id:
        raise NotAllowed("事项不是本局交办的，不能在这里过项。")
    if meeting.void:
        raise NotAllowed("会议已作废，不能再登记。")
    if outcome not in OUTCOMES:
        raise NotAllowed("请选择“继续办”或“已说明”。")
    if said_by is not None and not words:
        raise NotAllowed("登记为批示的，请写明领导说了什么。")
    found = MeetingItem.objects.filter(meeting=meeting, matter=matter).first()
    if (found.version if found else None) != version:
        told = f"{found.entered_by}：{found.get_outcome_display()} {found.words}" if found else ""
        raise Stale(found.version if found else 0, [told])
    event = found.event if found else None
    if said_by is not None:
        own = said_by == by
        event = instruct(
            matter, text=words, by=by, on=on, now=now, decided_by=None if own else said_by,
            decided_on=None if own else min(meeting.held_on, on), source_note="" if own else meeting.title,
        )  # fmt: skip
    fields = {"outcome": outcome, "words": words[:300], "event": event, "entered_by": by, "entered_on": on}
    if found is None:
        found = MeetingItem.objects.create(meeting=meeting, matter=matter, **fields)
    else:
        MeetingItem.objects.filter(pk=found.pk).update(version=found.version + 1, **fields)
        found.refresh_from_db()
    note = f"{matter.number_label} {OUTCOMES[outcome]} {words}".strip()
    record(by, "matters.go_through", meeting, bureau=meeting.bureau_id, rows=[found], note=note[:300])
    return found


@act
def copy_minutes(meeting: Meeting, *, by: User, on: date) -> None:
    """The minutes leave the house: who took them is on record."""
    record(by, "matters.take_copy", meeting, bureau=meeting.bureau_id, note=f"下载会议纪要：{meeting.minutes}"[:200])


def _may(name: str, bureau: Unit, by: User, on: date) -> None:
    if not MEETING_ACTS[name] & org.duties(by, bureau.pk, on):
        raise NotAllowed("会议由局办公室或局领导登记，您目前没有这项职责。")


def _check(bureau: Unit, kind: str, title: str, chair: User | None, on: date) -> None:
    if kind not in MeetingKind.values:
        raise NotAllowed("请选择是什么会议。")
    if not title.strip() or len(title.strip()) > 120:
        raise NotAllowed("请填写会议名称，不超过120字。")
    if chair is not None:
        check_leader(chair, bureau, on)


def _turn(meeting: Meeting, version: int | None, **changes: Any) -> None:
    """Take the next version of the meeting, so that of two people one wins; within the caller's act."""
    known = meeting.version if version is None else version
    won = Meeting.objects.filter(pk=meeting.pk, version=known).update(version=known + 1, **changes)
    meeting.refresh_from_db()
    if won != 1:
        raise Stale(meeting.version, queries.said_of(meeting))
