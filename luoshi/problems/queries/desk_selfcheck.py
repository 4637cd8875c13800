"""What the desk tells of personal lists: mine to fill in, those to review, rounds that run. Never what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse

from luoshi.org.models import User
from luoshi.org.rules import ADMINISTRATORS, Duty, Held
from luoshi.problems.models import Problem, SelfCheck, SelfCheckRound
from luoshi.problems.queries.selfcheck import checks_seen, lists_of
from luoshi.problems.rules import CheckState, State

LINES = 30


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A list as the desk shows it: whose, of which round, where it stands, what to press."""

    check: SelfCheck
    url: str
    act: str


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round that runs, as the office sees it: how many lists are accepted, of how many."""

    round: SelfCheckRound
    accepted: int
    total: int


@dataclass(frozen=True, slots=True)
class CheckDesk:
    """个人查摆 on the desk."""

    mine: list[CheckLine]
    """My lists that are to be filled in (new or returned)."""
    to_review: list[CheckLine]
    added: list[Problem]
    """Items that were added to a list accepted before: its reviewer looks at them and lets them begin."""
    rounds: list[RoundLine]

    @property
    def empty(self) -> bool:
        return not (self.mine or self.to_review or self.added or self.rounds)


def check_desk(user: User, held: Sequence[Held], on: date) -> CheckDesk:
    """The desk of a person: three queries, and for the office two more for each round whose day has not passed."""
    seen = checks_seen(user, held).select_related("person")
    mine = seen.filter(person=user, state=CheckState.DRAFT).order_by("due_on", "id")[:LINES]
    review = seen.filter(reviewer=user, state=CheckState.SUBMITTED).order_by("submitted_on", "id")[:LINES]
    added = Problem.objects.filter(
        self_check__in=seen.filter(reviewer=user, state=CheckState.ACCEPTED).order_by(), state=State.FOUND
    )
    return CheckDesk(
        [CheckLine(one, reverse("problems:self_check_fill", args=[one.public_id]), "填写") for one in mine],
        [CheckLine(one, one.get_absolute_url(), "审核") for one in review],
        list(added.select_related("self_check__person").order_by("id")[:LINES]),
        _rounds(held, on),
    )


def _rounds(held: Iterable[Held], on: date) -> list[RoundLine]:
    bureaus = {one.bureau_id for one in held if one.duty == Duty.OFFICE}
    if not bureaus:
        return []
    found = SelfCheckRound.objects.filter(bureau__in=bureaus, due_on__gte=on)[:3]
    return [
        RoundLine(one, lists_of(one).filter(state=CheckState.ACCEPTED).count(), lists_of(one).count()) for one in found
    ]


def lines(lists: QuerySet[SelfCheck]) -> list[SelfCheck]:
    """The newest lists of a set, for a page."""
    return list(lists.select_related("person", "reviewer").order_by("-id")[:100])


def lists_to_help(user: User, held: Iterable[Held]) -> QuerySet[SelfCheck]:
    """Of everybody else in one's bureaus the newest list: to whom something may be brought up."""
    bureaus = {one.bureau_id for one in held if one.duty not in ADMINISTRATORS}
    rounds = [
        SelfCheckRound.objects.filter(bureau=pk).order_by("-id").values_list("title", flat=True).first()
        for pk in sorted(bureaus)
    ]
    newest = Q(pk__in=[])
    for pk, title in zip(sorted(bureaus), rounds, strict=True):
        if title is not None:
            newest |= Q(bureau=pk, round=title)
    found = SelfCheck.objects.filter(newest, person__is_active=True).exclude(person=user)
    return found.select_related("person").order_by("person__pinyin", "id")
