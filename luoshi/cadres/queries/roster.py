"""一线锻炼名册: who is where, with whom, until when, and when he is followed up next; one order, by batch and unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.cadres.models import FollowUp, Posting
from luoshi.cadres.queries.access import postings_seen
from luoshi.cadres.rules import FollowState, PostingState
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held

NEAR = 14
FILTERS = {"": "在册", "PROPOSED": "待研究", "ENDED": "已结束", "all": "全部"}
_STATES = {
    "": [PostingState.PROPOSED, PostingState.ASSIGNED],
    "PROPOSED": [PostingState.PROPOSED],
    "ENDED": [PostingState.ENDED],
    "all": list(PostingState),
}


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One line of the roster; `next` is the follow-up that is not reported yet, with its lamp."""

    posting: Posting
    next: FollowUp | None
    lamp: str
    words: str

    @property
    def span(self) -> str:
        """From when until when; where it was extended, from what."""
        one = self.posting
        return f"{one.from_on:%Y-%m-%d}至{(one.ended_on or one.until_on):%Y-%m-%d}"


def follow_face(follow_up: FollowUp, on: date) -> tuple[str, str]:
    """What the calendar says of a follow-up: lamp and words."""
    if follow_up.state == FollowState.REPORTED:
        return "done", "已报告"
    if follow_up.state == FollowState.EXAMINED:
        return "amber", "已考察，待报告"
    left = (follow_up.due_on - on).days
    if left < 0:
        return "red", f"逾期{-left}天"
    if left == 0:
        return "amber", "今天到期"
    return ("amber" if left <= NEAR else "green"), f"还剩{left}天"


def posting_lines(rows: Sequence[Posting], on: date) -> list[PostingLine]:
    """Lines of these postings with their next follow-up, in one further query."""
    upcoming: dict[int, FollowUp] = {}
    waiting = FollowUp.objects.filter(posting__in=[one.pk for one in rows]).exclude(state=FollowState.REPORTED)
    for one in waiting.defer("facts").order_by("number"):
        upcoming.setdefault(one.posting_id, one)
    found = []
    for posting in rows:
        following = upcoming.get(posting.pk)
        lamp, words = follow_face(following, on) if following is not None else ("", "")
        found.append(PostingLine(posting, following, lamp, words))
    return found


def roster(
    user: User, held: Iterable[Held], bureau: Unit, on: date, *, key: str = "", batch: str = ""
) -> list[PostingLine]:
    """The roster as one person sees it."""
    rows = postings_seen(user, held, on).filter(bureau=bureau, state__in=_STATES[key if key in _STATES else ""])
    if batch:
        rows = rows.filter(batch=batch)
    ordered = rows.select_related("cadre", "unit", "mentor").order_by("-batch", "unit__rank", "from_on", "pk")
    return posting_lines(list(ordered[:500]), on)


def batches(user: User, held: Iterable[Held], bureau: Unit, on: date) -> list[str]:
    """The batches a person may choose from, the newest first."""
    rows = postings_seen(user, held, on).filter(bureau=bureau).exclude(batch="")
    return sorted(set(rows.order_by().values_list("batch", flat=True).distinct()), reverse=True)[:12]
