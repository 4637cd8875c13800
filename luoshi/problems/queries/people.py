"""Whom a problem concerns: who gets a notice of it, whom it waits for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.matters.models import Matter
from luoshi.matters.queries import receivers
from luoshi.matters.rules import OPEN, State
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.problems.models import Problem, Sighting

MATTER_OPEN = frozenset({*OPEN, State.DRAFT, State.APPROVED})
"""States of a linked matter that has not ended."""


def doers(problem: Problem, on: date) -> list[User]:
    """Who puts it right: 责任人, and who takes in what comes to the unit; of a personal list the person."""
    if problem.self_check is not None:
        return [problem.self_check.person]
    owner = [problem.owner] if problem.owner is not None else []
    unit = receivers([problem.unit_id], on) if problem.unit_id is not None else []
    return list(dict.fromkeys([*owner, *unit]))


def checkers(problem: Problem, on: date) -> list[User]:
    """Who may be asked to check it: the reviewer of a personal list, else 核查人; where there is none, the office."""
    if problem.self_check is not None:
        return [problem.self_check.reviewer] if problem.self_check.reviewer is not None else []
    found = [one for one in org.holders(Duty.VERIFIER, problem.bureau_id, on) if one.pk != problem.owner_id]
    return found or list(org.holders(Duty.OFFICE, problem.bureau_id, on))


def matters_of(problem: Problem) -> list[Matter]:
    """The matters through which it is put right, of all rounds, in the order of handing out."""
    rows = Matter.objects.filter(rectification__problem=problem).select_related(
        "lead_unit", "leader", "handler", "rectification"
    )
    return list(rows.order_by("rectification__id"))


def raised_by(problem: Problem) -> list[str]:
    """Everybody who is named as having raised it, first and again, each once."""
    again: Sequence[str] = list(
        Sighting.objects.filter(problem=problem).exclude(raiser="").order_by("id").values_list("raiser", flat=True)
    )
    return list(dict.fromkeys([*([problem.raiser] if problem.raiser else []), *again]))
