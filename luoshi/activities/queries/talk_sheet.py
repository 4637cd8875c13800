"""What the printed talk record says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.activities.models import TalkFollowUp, TalkNote
from luoshi.activities.rules import FollowUpKind


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """One talk, in words."""

    bureau: str
    kind: str
    talker: str
    partner: str
    held_on: date
    place: str
    content: str
    opinions: str
    demands: str
    reminders: tuple[str, ...]
    rectifications: tuple[str, ...]
    talker_signed_on: date | None
    partner_signed_on: date | None


def talk_facts(note: TalkNote) -> TalkFacts:
    """The record with what it led to, each with its date and how it ended."""
    rows = list(note.follow_ups.filter(void=False).select_related("problem").order_by("id"))
    activity = note.activity
    return TalkFacts(
        bureau=activity.bureau.name, kind=activity.get_kind_display(), talker=note.talker.name,
        partner=note.partner.name, held_on=activity.held_on, place=activity.place, content=note.content,
        opinions=note.opinions, demands=note.demands,
        reminders=tuple(_line(one) for one in rows if one.kind == FollowUpKind.REMIND),
        rectifications=tuple(_line(one) for one in rows if one.kind == FollowUpKind.RECTIFY),
        talker_signed_on=note.talker_signed_on, partner_signed_on=note.partner_signed_on,
    )  # fmt: skip


def _line(one: TalkFollowUp) -> str:
    if one.problem is not None:
        return f"{one.words}（已列入问题台账，编号{one.problem.number_label}）"
    if one.done_on is not None:
        return f"{one.words}（{one.done_on}办完：{one.done_words}）"
    return f"{one.words}（时限{one.due_on}）"
