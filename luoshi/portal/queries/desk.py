"""Figures of the desk, over everything a person sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from luoshi.activities.queries import desk as activities
from luoshi.activities.queries.quotas import DeskLine, desk_lines
from luoshi.appraisal.queries import desk as appraisal
from luoshi.cadres.queries import desk as cadres
from luoshi.commitments.queries import desk as commitments
from luoshi.lib.ondesk import Part, Room
from luoshi.matters import queries as matters
from luoshi.matters.models import Deadline, ExtensionRequest, Feedback, MatterEvent
from luoshi.matters.queries.lists import lamp_query
from luoshi.matters.queries.story import details
from luoshi.matters.rules import Lamp, State
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held
from luoshi.outcomes.queries import desk as outcomes
from luoshi.problems.queries import desk as problems
from luoshi.publicity.queries import desk as publicity

ROOMS: tuple[Room, ...] = (problems, commitments, activities, publicity, cadres, outcomes, appraisal)
"""Every room that puts something on desks beside the matters; one that is to come is added here."""


def parts(user: User, held: list[Held], on: date) -> list[Part]:
    """What the other rooms ask of a person today."""
    return [part for room in ROOMS for part in room.on_desk(user, held, on)]


def quotas(user: User, held: list[Held], bureau_id: int, on: date) -> list[DeskLine]:
    """学习和调研: the person's own, a line each, beside what is owed; told, never compared."""
    return desk_lines(user, held, bureau_id, on)


@dataclass(frozen=True, slots=True)
class Recount:
    """One matter whose dates were counted again: what moved, from when to when, and when it was done."""

    on: date
    label: str
    url: str
    note: str
    lines: list[str]


def recounts(user: User, held: list[Held], on: date, limit: int = 200) -> list[Recount]:
    """The latest dates that a newly published or amended calendar moved, of matters a person sees; newest first."""
    seen = matters.visible(user, held, on)
    events = MatterEvent.objects.filter(move="recount", matter__in=seen).select_related("matter").order_by("-id")
    return [
        Recount(one.on, str(one.matter), one.matter.get_absolute_url(), one.note, details(one))
        for one in events[:limit]
    ]


def waiting_dates(user: User, held: list[Held], on: date) -> int:
    """How many running dates are 暂定, waiting for a year's notice, among matters a person sees."""
    seen = matters.visible(user, held, on)
    return Deadline.objects.filter(matter__in=seen, provisional=True, ended_on=None, met_on=None).count()


@dataclass(frozen=True, slots=True)
class Tally:
    """One figure of the desk with the list it counts."""

    label: str
    number: int
    query: str
    late: bool = False


def tallies(user: User, held: list[Held], bureau_id: int, on: date) -> list[Tally]:
    """逾期, 临期, 待交办, 待签收 … over everything a person sees, in one query; zeros are left out but of two."""
    clock = matters.clock_of(bureau_id, on)
    told = matters.visible(user, held, on).aggregate(
        late=Count("pk", filter=lamp_query(Lamp.RED, on, clock)),
        near=Count("pk", filter=lamp_query(Lamp.AMBER, on, clock)),
        unsigned=Count("pk", filter=Q(state=State.ASSIGNED)),
        unsent=Count("pk", filter=Q(state=State.APPROVED)),
        check=Count("pk", filter=Q(state__in=[State.SUBMITTED, State.VERIFIED])),
        running=Count("pk", filter=Q(state=State.ACCEPTED)),
    )
    over = any(one.duty in (Duty.OFFICE, Duty.LEADER, Duty.CHIEF) for one in held)
    found = [
        Tally("逾期", told["late"], f"?lamp={Lamp.RED}", late=True),
        Tally("临期", told["near"], f"?lamp={Lamp.AMBER}"),
        Tally("待交办", told["unsent"] if over else 0, "?state=approved"),
        Tally("待签收", told["unsigned"], "?state=assigned"),
        Tally("办理中", told["running"], "?state=running"),
        Tally("待核查、待办结", told["check"], "?state=check"),
    ]
    return [one for one in found if one.number or one.label in ("逾期", "办理中")]


def words_to_answer(unread: list[int], asked: list[int]) -> dict[int, str]:
    """What a leader reads before he answers: the last feedback with its progress, and the extension asked for."""
    told = Feedback.objects.filter(matter__in=unread).order_by("id").values_list("matter_id", "progress", "done")
    words = {pk: f"进展{progress}%：{done}" for pk, progress, done in told}
    requests = ExtensionRequest.objects.filter(matter__in=asked, state="ASKED").select_related("asked_by")
    for one in requests:
        words[one.matter_id] = f"{one.asked_by}申请由{one.due_was:%m-%d}延至{one.wanted_on:%m-%d}：{one.reason}"
    return words
