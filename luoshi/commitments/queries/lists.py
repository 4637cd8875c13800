"""Concerns and livelihood work as lists: each line with its lamp, some at a time, any number at the same cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from luoshi.commitments.models import Concern, LivelihoodBatch, LivelihoodItem
from luoshi.commitments.queries.access import concerns_seen
from luoshi.commitments.rules import ConcernKind, ConcernState, Ending, Face, answer_face
from luoshi.matters.queries.lists import Clock, clock_of, left_words
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.workdays.rules import workdays_between

PAGE = 50
CAP = 1000
OPEN = (ConcernState.WAITING, ConcernState.ANSWERED)


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """One concern with what the calendar says of its answer, and how it ended."""

    concern: Concern
    face: Face
    result: str


def concern_line(concern: Concern, clock: Clock, on: date) -> ConcernLine:
    """Make one line; `concern` has leader and unit loaded."""
    if concern.state == ConcernState.VOID:
        return ConcernLine(concern, Face("grey", "已作废"), "")
    due = concern.answer_due_on
    near = due >= on and workdays_between(on, due, clock.calendar) <= clock.ahead
    left = left_words(due, on, clock.calendar) if concern.answered_on is None else ""
    face = answer_face(due, concern.answered_on, left, near=near, on=on)
    return ConcernLine(concern, face, Ending(concern.ending).label if concern.ending else "")


def concern_lines(rows: Sequence[Concern], on: date) -> list[ConcernLine]:
    """Lines of any number of concerns."""
    clocks = {pk: clock_of(pk, on) for pk in {one.bureau_id for one in rows}}
    return [concern_line(one, clocks[one.bureau_id], on) for one in rows]


FILTERS: dict[str, str] = {
    "": "未办结", "waiting": "待答复", "late": "逾期未答复", "answered": "已答复、办理中", "solved": "已解决",
    "explained": "已解释说明", "all": "全部",
}  # fmt: skip


def _filter(key: str, on: date) -> Q:
    return {
        "": Q(state__in=OPEN),
        "waiting": Q(state=ConcernState.WAITING),
        "late": Q(state=ConcernState.WAITING, answer_due_on__lt=on),
        "answered": Q(state=ConcernState.ANSWERED),
        "solved": Q(ending=Ending.SOLVED),
        "explained": Q(ending=Ending.EXPLAINED),
        "all": Q(),
    }[key]


@dataclass(frozen=True, slots=True)
class ConcernPage:
    """A page of concerns, the counts of every filter (capped), and the key of the next page."""

    lines: list[ConcernLine]
    counts: dict[str, int]
    next_key: str


def concern_page(
    user: User, held: Sequence[Held], on: date, *, key: str = "", kind: str = "", after: str = ""
) -> ConcernPage:
    """Open ones by the day their answer is due, the others from the newest."""
    seen = concerns_seen(user, held, on)
    if kind in ConcernKind.values:
        seen = seen.filter(kind=kind)
    counts = {name: seen.filter(_filter(name, on)).order_by().values("pk")[: CAP + 1].count() for name in FILTERS}
    found, by_due = seen.filter(_filter(key, on)), key in ("", "waiting", "late", "answered")
    found = _after(found, after, by_due).order_by(*(("answer_due_on", "pk") if by_due else ("-pk",)))
    rows = list(found.select_related("leader", "unit")[: PAGE + 1])
    shown = rows[:PAGE]
    further = f"{shown[-1].answer_due_on.toordinal()}.{shown[-1].pk}" if len(rows) > PAGE else ""
    return ConcernPage(concern_lines(shown, on), counts, further)


def _after(found: QuerySet[Concern], after: str, by_due: bool) -> QuerySet[Concern]:
    day, _, key = after.partition(".")
    if not (day.isascii() and day.isdigit() and key.isascii() and key.isdigit() and len(after) < 30):
        return found
    if not by_due:
        return found.filter(pk__lt=int(key))
    ordinal = int(day)
    if not 1 <= ordinal <= date.max.toordinal():
        return found
    due = date.fromordinal(ordinal)
    return found.filter(Q(answer_due_on__gt=due) | Q(answer_due_on=due, pk__gt=int(key)))


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch with how far it is; done where every item left is done and was heard (2.2.2.2c)."""

    batch: LivelihoodBatch
    total: int
    done: int
    late: int
    people: int

    @property
    def complete(self) -> bool:
        return self.total > 0 and self.done == self.total


def batch_lines(batches: QuerySet[LivelihoodBatch], on: date, *, size: int = PAGE) -> list[BatchLine]:
    """The newest batches, counted in one query."""
    live = Q(items__void_reason="")
    told = batches.annotate(
        total=Count("items", filter=live),
        done=Count("items", filter=live & Q(items__done_on__isnull=False)),
        late=Count("items", filter=live & Q(items__done_on__isnull=True, items__due_on__lt=on)),
        served=Sum("items__people", filter=live & Q(items__done_on__isnull=False)),
    ).order_by("-year", "-pk")
    return [BatchLine(one, one.total, one.done, one.late, one.served or 0) for one in told[:size]]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One livelihood work with its lamp."""

    item: LivelihoodItem
    face: Face


def item_lines(batch: LivelihoodBatch, on: date) -> list[ItemLine]:
    """The items of a batch in their order."""
    rows = batch.items.select_related("unit", "leader", "done_by", "batch").order_by("order", "pk")
    return [ItemLine(one, item_face(one, on)) for one in rows]


def item_face(item: LivelihoodItem, on: date) -> Face:
    """What the calendar says of a work."""
    if item.void_reason:
        return Face("grey", "已取消")
    if item.done_on is not None:
        return Face("done", "已完成") if item.done_on <= item.due_on else Face("done", "逾期完成")
    left = (item.due_on - on).days
    if left < 0:
        return Face("red", f"逾期{-left}天")
    return Face("amber" if left <= 14 else "green", f"还剩{left}天" if left else "今天到期")
