"""交办清单 and 会议 as pages show them: who sees them, how far they are, what became of each item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Count, Max, Model, Q, QuerySet

from luoshi.lib import clock
from luoshi.matters.models import Feedback, Matter, MatterEvent, MatterParty, Meeting, MeetingItem, TaskList
from luoshi.matters.queries.access import visible
from luoshi.matters.queries.desk import waits_for
from luoshi.matters.queries.lists import Row, clock_of, lamp_query, row
from luoshi.matters.queries.story import EVENT_LABELS
from luoshi.matters.rules import MAKERS, OPEN, Lamp, PartyRole, State
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held
from luoshi.records.queries import trail

PAGE = 50
STAGES = (
    ("draft", "待立项", {State.DRAFT}), ("approved", "待交办", {State.APPROVED}),
    ("assigned", "待签收", {State.ASSIGNED}), ("running", "办理中", {State.ACCEPTED, State.SUSPENDED}),
    ("check", "待核查、待办结", {State.SUBMITTED, State.VERIFIED}),
    ("closed", "已办结", {State.CLOSED, State.ARCHIVED}),
    ("cancelled", "已撤销", {State.CANCELLED}),
)  # fmt: skip
"""The states as the bar of a list groups them: key, word, states."""


def lists_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[TaskList]:
    """The lists a person sees: as office or 主要领导 all of the bureau, a leader's own, those with an item he sees."""
    known = list(held)
    whole = {one.bureau_id for one in known if one.duty in (Duty.OFFICE, Duty.CHIEF)}
    leaders = {one.principal_id or user.pk for one in known if one.duty == Duty.LEADER}
    led = {one.bureau_id for one in known if one.duty == Duty.LEADER}
    items = visible(user, known, on).filter(task_list__isnull=False).values("task_list")
    return TaskList.objects.filter(Q(bureau__in=whole) | Q(issuer__in=leaders, bureau__in=led) | Q(pk__in=items))


def meetings_seen(user: User, held: Iterable[Held]) -> QuerySet[Meeting]:
    """The meetings of the bureaus in which a person is office or leader; nobody else sees minutes or agenda."""
    return Meeting.objects.filter(bureau__in={one.bureau_id for one in held if one.duty in MAKERS})


def sees_whole(user: User, held: Iterable[Held], task_list: TaskList) -> bool:
    """Whether a person sees a list as such, not only items of it: the office, 主要领导, and who issued it."""
    mine = [one for one in held if one.bureau_id == task_list.bureau_id]
    return any(
        one.duty in (Duty.OFFICE, Duty.CHIEF)
        or (one.duty == Duty.LEADER and (one.principal_id or user.pk) == task_list.issuer_id)
        for one in mine
    )


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list as a line: its items as far as the reader sees them, done and late ones."""

    task_list: TaskList
    total: int
    done: int
    late: int

    @property
    def share(self) -> int:
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of lists and the key of the next one."""

    lines: list[ListLine]
    next_key: str


def list_lines(user: User, held: Sequence[Held], on: date, *, archived: bool = False, after: str = "") -> ListPage:
    """The lists a person sees, newest first, with the counts of what he sees in them; three queries a page."""
    found = lists_seen(user, held, on).filter(archived_on__isnull=not archived).select_related("issuer", "bureau")
    day, _, pk = after.partition(".")
    try:
        if after:
            found = found.filter(Q(issued_on__lt=date.fromisoformat(day)) | Q(issued_on=day, pk__lt=int(pk)))
    except ValueError:
        pass
    page = list(found.order_by("-issued_on", "-pk")[: PAGE + 1])
    more, page = len(page) > PAGE, page[:PAGE]
    told = counts(user, held, on, [one.pk for one in page], page[0].bureau_id if page else 0)
    lines = [ListLine(one, *told.get(one.pk, (0, 0, 0))) for one in page]
    return ListPage(lines, f"{page[-1].issued_on}.{page[-1].pk}" if more else "")


def counts(
    user: User, held: Sequence[Held], on: date, keys: Sequence[int], bureau_id: int
) -> dict[int, tuple[int, int, int]]:
    """Of each list: items, done ones and late ones that a person sees (cancelled ones left out)."""
    if not keys:
        return {}
    clock = clock_of(bureau_id, on)
    late = lamp_query(Lamp.RED, on, clock) | lamp_query(Lamp.LATE, on, clock)
    mine = visible(user, held, on).filter(task_list__in=keys).exclude(state=State.CANCELLED).order_by()
    done = Q(state__in=[State.CLOSED, State.ARCHIVED])
    told = mine.values("task_list").annotate(
        total=Count("pk"), done=Count("pk", filter=done), late=Count("pk", filter=late)
    )
    return {one["task_list"]: (one["total"], one["done"], one["late"]) for one in told}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a list: its row, its place, who helps, and the latest that was said of it."""

    row: Row
    place: int | None
    assists: tuple[str, ...]
    requirement: str
    said: str
    said_on: date | None
    stuck_with: str
    slipped: bool = False
    meeting: MeetingItem | None = None


def item_lines(matters: Iterable[Matter], on: date, *, meeting: Meeting | None = None) -> list[ItemLine]:
    """Matters as lines of a list or an agenda; a number of queries that does not grow with them."""
    known = list(matters)
    keys = [one.pk for one in known]
    assists: dict[int, list[str]] = {}
    parties = MatterParty.objects.filter(matter__in=keys, role=PartyRole.ASSIST, ended_on=None)
    for one in parties.select_related("unit").order_by("unit__rank", "id"):
        assists.setdefault(one.matter_id, []).append(str(one.unit))
    said = latest_words(keys)
    told = {one.matter_id: one for one in MeetingItem.objects.filter(meeting=meeting)} if meeting else {}
    clocks = {pk: clock_of(pk, on) for pk in {one.bureau_id for one in known}}
    return [
        ItemLine(
            row(one, on=on, clock=clocks[one.bureau_id]),
            one.place,
            tuple(assists.get(one.pk, ())),
            one.requirement,
            *said.get(one.pk, ("", None)),
            waits_for(one) if one.state in OPEN else "",
            one.next_step_on is not None and one.next_step_on < on and one.state in (State.ASSIGNED, State.ACCEPTED),
            told.get(one.pk),
        )
        for one in known
    ]


def latest_words(keys: Sequence[int]) -> dict[int, tuple[str, date | None]]:
    """The latest feedback of each matter, or where there is none its latest step; three queries."""
    newest = Feedback.objects.filter(matter__in=keys).order_by().values("matter").annotate(last=Max("pk"))
    told = Feedback.objects.filter(pk__in=newest.values("last")).select_related("event")
    found: dict[int, tuple[str, date | None]] = {one.matter_id: (one.done, one.event.on) for one in told}
    rest = [pk for pk in keys if pk not in found]
    steps = MatterEvent.objects.filter(matter__in=rest).order_by().values("matter").annotate(last=Max("pk"))
    for event in MatterEvent.objects.filter(pk__in=steps.values("last")):
        word = EVENT_LABELS.get(event.move, event.move)
        found[event.matter_id] = (f"{word}：{event.note}" if event.note else word, event.on)
    return found


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a list's bar: its word, how many, and where it begins and how wide it is (of 1000)."""

    key: str
    label: str
    count: int
    start: int
    width: int


def stages(matters: Sequence[Matter]) -> list[Stage]:
    """How many items stand where, as the parts of one bar; empty stages left out."""
    found, start = [], 0
    for key, label, states in STAGES:
        count = sum(one.state in states for one in matters)
        if count:
            width = round(count * 1000 / len(matters))
            found.append(Stage(key, label, count, start, width))
            start += width
    return found


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as a line: how many items it handed out, and how many are still open."""

    meeting: Meeting
    total: int
    open: int


def meeting_lines(meetings: QuerySet[Meeting], *, after: str = "", size: int = PAGE) -> tuple[list[MeetingLine], str]:
    """A page of meetings, newest first, and the key of the next one."""
    day, _, pk = after.partition(".")
    try:
        if after:
            meetings = meetings.filter(Q(held_on__lt=date.fromisoformat(day)) | Q(held_on=day, pk__lt=int(pk)))
    except ValueError:
        pass
    page = list(meetings.order_by("-held_on", "-pk")[: size + 1])
    more, page = len(page) > size, page[:size]
    of_meeting = Matter.objects.filter(task_list__meeting__in=page).exclude(state=State.CANCELLED).order_by()
    still = ~Q(state__in=[State.CLOSED, State.ARCHIVED])
    told = {
        one["task_list__meeting"]: (one["total"], one["open"])
        for one in of_meeting.values("task_list__meeting").annotate(total=Count("pk"), open=Count("pk", filter=still))
    }
    lines = [MeetingLine(one, *told.get(one.pk, (0, 0))) for one in page]
    return lines, f"{page[-1].held_on}.{page[-1].pk}" if more else ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a meeting begins with: the last one of its kind with its items, and what is open from before."""

    last: Meeting | None
    items: list[ItemLine]
    earlier: list[ItemLine]
    lists: list[TaskList] = field(default_factory=list)


EARLIER = 100
"""Open items of still earlier meetings shown at most, the nearest date first."""


def agenda(meeting: Meeting, user: User, held: Sequence[Held], on: date) -> Agenda:
    """The agenda of a meeting as one of its people sees it."""
    kin = Meeting.objects.filter(bureau=meeting.bureau_id, kind=meeting.kind, void=False)
    before = kin.filter(Q(held_on__lt=meeting.held_on) | Q(held_on=meeting.held_on, pk__lt=meeting.pk))
    last = before.order_by("-held_on", "-pk").first()
    seen = visible(user, held, on).select_related("lead_unit", "leader", "handler", "verifier")
    of_last = seen.filter(task_list__meeting=last).exclude(state=State.CANCELLED) if last else seen.none()
    older = before.exclude(pk=last.pk) if last else before
    still = seen.filter(task_list__meeting__in=older, state__in=[*OPEN, State.DRAFT, State.APPROVED])
    return Agenda(
        last,
        item_lines(of_last.order_by("task_list__issued_on", "task_list", "place"), on, meeting=meeting),
        item_lines(still.order_by("due_on", "pk")[:EARLIER], on, meeting=meeting),
        list(lists_seen(user, held, on).filter(meeting=meeting).select_related("issuer").order_by("pk")),
    )


def said_of(subject: Model, limit: int = 3) -> list[str]:
    """The latest acts on an object, one Chinese line each: for the page that says a form came too late."""
    return [
        f"{clock.local(one.at):%m-%d %H:%M} {one.actor} {settings.LUOSHI_ACT_WORDS.get(one.act, one.act)}"
        + (f"：{one.note[:80]}" if one.note else "")
        for one in trail(subject, limit)
    ]
