"""Who sees a problem, and in which role: the only door to rows, and the only source of roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from luoshi.lib import lifecycle
from luoshi.matters.rules import State as MatterState
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, User
from luoshi.org.rules import ADMINISTRATORS, Duty, Held
from luoshi.problems import rules
from luoshi.problems.models import Problem, ProblemEvent, Rectification
from luoshi.problems.rules import Parts

OVERSEERS = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.INSPECTOR, Duty.VERIFIER, Duty.DISCIPLINE})
"""Duties that see every problem of their bureau; of personal lists they see none."""
PUBLIC = Q(self_check__isnull=True)
"""Not of a personal list."""


def visible_to(user: User, on: date) -> QuerySet[Problem]:
    """The problems a person may see on a day; everything else answers 404."""
    return visible(user, org.held(user, on), on)


def visible(user: User, held: Iterable[Held], on: date) -> QuerySet[Problem]:
    """The same, where the duties held are already known (`request.held`).

    局办公室, 主要领导, 督查组, 核查人 and 派驻组 see all of their bureau; a 分管领导 what his units answer for and what
    names him; heads and handlers what their unit answers for and what they are 责任人 of or entered. An item of a
    personal list is seen by its owner and his reviewer, and by nobody else whatever his duty.
    """
    duties = [one for one in held if one.duty not in ADMINISTRATORS]
    if not duties:
        return Problem.objects.none()
    mine = Q(self_check__person=user) | Q(self_check__reviewer=user)
    bureaus = sorted({one.bureau_id for one in duties})
    return Problem.objects.filter((_public(user, duties, on) & PUBLIC) | mine, bureau__in=bureaus)


def public(user: User, held: Iterable[Held], on: date) -> QuerySet[Problem]:
    """Of these the ones of the bureau's ledger: what lists, search, exports and counts begin with."""
    return visible(user, held, on).filter(PUBLIC)


def public_to(user: User, on: date) -> QuerySet[Problem]:
    """`public` for a person on a day."""
    return public(user, org.held(user, on), on)


def _public(user: User, duties: Sequence[Held], on: date) -> Q:
    whole = sorted({one.bureau_id for one in duties if one.duty in OVERSEERS})
    names = {one.principal_id or user.pk for one in duties if one.duty not in OVERSEERS} | {user.pk}
    units = {one.unit_id for one in duties if one.duty in (Duty.HEAD, Duty.HANDLER)}
    if any(one.duty == Duty.LEADER for one in duties):
        units |= set(org.led_units(user, on))
    return Q(bureau__in=whole) | Q(unit__in=units) | Q(owner__in=names) | Q(leader__in=names) | Q(entered_by=user)


def parts_of(problems: Sequence[Problem], on: date) -> dict[int, Parts]:
    """Whom each problem names, for any number of problems in three queries; `self_check` is to be joined."""
    keys = [one.pk for one in problems]
    worked: dict[int, set[int]] = defaultdict(set)
    told = ProblemEvent.objects.filter(problem__in=keys, move__in=["apply", "report"], cycle=F("problem__cycle"))
    for pk, user_id in told.order_by().values_list("problem_id", "operator_id").distinct():
        if user_id is not None:
            worked[pk].add(user_id)
    told_by = Rectification.objects.filter(problem__in=keys, cycle=F("problem__cycle"), matter__handler__isnull=False)
    for pk, user_id in told_by.values_list("problem_id", "matter__handler_id"):
        worked[pk].add(user_id)
    led: dict[int, set[int]] = defaultdict(set)
    units = {one.unit_id for one in problems if one.unit_id is not None}
    if units:
        rows = Portfolio.objects.filter(org.in_force(on), unit_id__in=units).values_list("unit_id", "leader_id")
        for unit_id, leader_id in rows:
            led[unit_id].add(leader_id)
    return {
        one.pk: Parts(
            bureau_id=one.bureau_id,
            unit_id=one.unit_id,
            owner_id=one.self_check.person_id if one.self_check else one.owner_id,
            leader_id=one.leader_id,
            entered_by_id=one.entered_by_id,
            worked=frozenset(worked[one.pk]),
            private=one.self_check_id is not None,
            reviewer_id=one.self_check.reviewer_id if one.self_check else None,
            led_by=frozenset(led[one.unit_id]) if one.unit_id is not None else frozenset(),
        )
        for one in problems
    }


def roles_of(user: User, problem: Problem, on: date, held: Sequence[Held] | None = None) -> dict[str, str]:
    """A person's roles in a problem on a day (`rules.roles`), `reader` for whoever sees it only."""
    known = org.held(user, on) if held is None else held
    found = rules.roles(user.pk, known, parts_of([problem], on)[problem.pk])
    if not found and visible(user, known, on).filter(pk=problem.pk).exists():
        return {rules.READER: ""}
    return found


def open_moves(user: User, problem: Problem, on: date, held: Sequence[Held] | None = None) -> list[str]:
    """The moves a person may make now, in the order of `rules.MOVES`."""
    found = lifecycle.open_moves(rules.MOVES, state=problem.state, duties=roles_of(user, problem, on, held))
    return [one for one in found if not idle(problem, one, on)]


def idle(problem: Problem, name: str, on: date) -> str:
    """Why a move that the table allows has nothing to act upon; empty where it has."""
    if name in rules.CLOSING and problem.applied_on is None and not (name == "accept" and all_matters_closed(problem)):
        return "责任单位还没有申请销号，不能验收；请等申请后再办。"
    if name == "apply" and problem.applied_on is not None:
        return f"{problem.applied_on:%Y-%m-%d}已经申请销号，正等验收，不用再申请。"
    if name == "reschedule" and problem.applied_on is not None:
        return "已经申请销号，整改时限不再调整；没改好的请先“退回整改”。"
    if name == "look_back" and problem.look_back_held:
        return "已经回头看过，没有反弹；又出现的请“反弹重办”。"
    if name == "look_back" and problem.look_back_on is not None and on < problem.look_back_on:
        return f"回头看时间是{problem.look_back_on:%Y-%m-%d}，还没有到；提前发现反弹的，请“反弹重办”。"
    if name == "order" and problem.self_check_id is not None:
        return "个人问题清单里的问题由本人整改，不交办单位。"
    if name == "see_again" and problem.self_check_id is not None:
        return "个人问题清单里的问题不对外登记。"
    return ""


def all_matters_closed(problem: Problem) -> bool:
    """Whether the units' matters of this round are all closed, each verified by another: then nobody need apply."""
    states = set(
        Rectification.objects.filter(problem=problem, cycle=problem.cycle).values_list("matter__state", flat=True)
    )
    ended = states & {MatterState.CLOSED, MatterState.ARCHIVED}
    return bool(ended) and states <= {MatterState.CLOSED, MatterState.ARCHIVED, MatterState.CANCELLED}
