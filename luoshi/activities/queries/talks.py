"""Talk records: the two people read theirs, the discipline group what it said why it needs; nobody else any.

What others learn of a talk is the activity: that two people talked, and when.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from luoshi.activities.models import Attendance, TalkFollowUp, TalkNote
from luoshi.activities.rules.talking import BY_NEED, TALKERS
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.records.models import Entry
from luoshi.records.queries import Trace, trail

PAGE = 30
OPENED = "activities.open_talk"
SECRET = ("content", "opinions", "demands")


def mine(user: User) -> QuerySet[TalkNote]:
    """The records of one's own talks, on either side of the table."""
    return TalkNote.objects.filter(Q(talker=user) | Q(partner=user), activity__void=False)


def needed(held: Iterable[Held]) -> set[int]:
    """The bureaus whose records somebody may open, saying why."""
    return {one.bureau_id for one in held if one.duty in BY_NEED}


def reachable(user: User, held: Iterable[Held]) -> QuerySet[TalkNote]:
    """The records whose page a person may come to: his own, and by need those of his bureau; anything else is 404."""
    own = Q(talker=user) | Q(partner=user)
    bureaus = needed(held)
    return TalkNote.objects.filter(own | Q(activity__bureau__in=bureaus)) if bureaus else TalkNote.objects.filter(own)


def may_read(note: TalkNote, user: User, on: date) -> bool:
    """Whether the words may be shown: to the two, and to who opened the record today with a reason."""
    return user.pk in (note.talker_id, note.partner_id) or opened_today(note, user, on)


def opened_today(note: TalkNote, user: User, on: date) -> bool:
    """Whether this person gave a reason today; tomorrow he gives it again."""
    table, pk = note._meta.db_table, str(note.pk)
    mine = Entry.objects.filter(act=OPENED, subject_table=table, subject_pk=pk, actor_id=user.pk)
    return mine.filter(at__date=on).exists()


def openings(note: TalkNote) -> list[Trace]:
    """Who opened the record by need, when and why: what the talker is shown."""
    return [one for one in trail(note) if one.act == OPENED]


def to_sign(user: User) -> QuerySet[TalkNote]:
    """The records that wait for a person's signature."""
    waits = Q(partner=user, partner_signed_on=None) | Q(talker=user, talker_signed_on=None)
    return TalkNote.objects.filter(waits, activity__void=False).select_related("activity", "talker", "partner")


def follow_ups_of(user: User) -> QuerySet[TalkFollowUp]:
    """What a person reminded others of or was reminded of, not done yet; what went to the ledger runs there."""
    rows = TalkFollowUp.objects.filter(Q(note__talker=user) | Q(note__partner=user), note__activity__void=False)
    rows = rows.filter(done_on=None, void=False, problem=None)
    return rows.select_related("note__activity", "note__talker", "note__partner").order_by("due_on", "id")


def talk_page(user: User, *, after: str = "") -> tuple[list[TalkNote], str]:
    """One's own talks, the latest day first; one query a page."""
    rows = mine(user).select_related("activity", "talker", "partner").defer(*SECRET)
    return _page(rows, after)


def found_by_need(held: Iterable[Held], name: str, *, after: str = "") -> tuple[list[TalkNote], str]:
    """That somebody of this name talked with whom and when, for whoever may open records by need; no words."""
    wanted = name.strip()
    bureaus = needed(held)
    if not bureaus or not wanted:
        return [], ""
    rows = TalkNote.objects.filter(activity__bureau__in=bureaus, activity__void=False)
    rows = rows.filter(Q(talker__name=wanted) | Q(partner__name=wanted))
    return _page(rows.select_related("activity", "talker", "partner").defer(*SECRET), after)


def _page(rows: QuerySet[TalkNote], after: str) -> tuple[list[TalkNote], str]:
    day, _, pk = after.partition(".")
    try:
        if after:
            same = Q(activity__held_on=day, pk__lt=int(pk))
            rows = rows.filter(Q(activity__held_on__lt=date.fromisoformat(day)) | same)
    except ValueError:
        pass
    found = list(rows.order_by("-activity__held_on", "-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    return found, f"{found[-1].activity.held_on}.{found[-1].pk}" if more else ""


@dataclass(frozen=True, slots=True)
class Kept:
    """How many reminders and things to put right came out of the talks with one unit's people: figures, no words."""

    unit: str
    open: int
    late: int
    closed: int
    in_ledger: int


def follow_up_counts(bureau_id: int, on: date) -> list[Kept]:
    """提醒、整改 by the unit of who was talked with; one query. What the office and the chief see of all this."""
    rows = Attendance.objects.filter(
        activity__bureau=bureau_id, activity__void=False, person=F("activity__talk__partner"),
        activity__talk__follow_ups__void=False,
    )  # fmt: skip
    step = "activity__talk__follow_ups__"
    undone = Q(**{f"{step}done_on": None, f"{step}problem": None})
    told = rows.order_by("unit__rank", "unit_id").values("unit_id", "unit__short_name", "unit__name").annotate(
        open=Count("pk", filter=undone),
        late=Count("pk", filter=undone & Q(**{f"{step}due_on__lt": on})),
        closed=Count("pk", filter=Q(**{f"{step}done_on__isnull": False})),
        listed=Count("pk", filter=Q(**{f"{step}problem__isnull": False})),
    )  # fmt: skip
    return [
        Kept(
            one["unit__short_name"] or one["unit__name"] or "当时不在本局任职",
            one["open"], one["late"], one["closed"], one["listed"],
        )
        for one in told
    ]  # fmt: skip


def talks_at(*, bureau_id: int, kind: str, talker: User, partners: Sequence[User], on: date) -> list[TalkNote]:
    """The same two and the same day, entered already."""
    rows = TalkNote.objects.filter(
        activity__bureau=bureau_id, activity__kind=kind, activity__held_on=on, activity__void=False, talker=talker,
        partner__in=[one.pk for one in partners],
    )  # fmt: skip
    return list(rows.select_related("activity", "partner").defer(*SECRET))


def keeps_talks(held: Iterable[Held], bureau_id: int) -> bool:
    """Whether somebody enters talks of his own in a bureau."""
    return any(one.duty in TALKERS and one.bureau_id == bureau_id for one in held)


def due_follow_ups(on: date, ahead: int) -> QuerySet[TalkFollowUp]:
    """What is late, or due within so many days."""
    rows = TalkFollowUp.objects.filter(done_on=None, void=False, problem=None, note__activity__void=False)
    rows = rows.filter(due_on__lte=on + timedelta(days=ahead))
    return rows.select_related("note__activity", "note__talker", "note__partner").order_by("id")
