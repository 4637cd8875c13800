"""Each indicator's two sentences as expressions, written once: the counts and the frozen facts both read these.

A source is a table with the day that puts a row into a quarter; its indicators say which of the source's rows went
well. Expressions are portable: comparisons of dates and CASE, the same on both databases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, DateField, F, Model, Q, Value, When
from django.db.models.functions import Coalesce

from luoshi.appraisal.models import SuperiorRemark
from luoshi.appraisal.rules.indicators import CRITICISM, MATTER, PRAISE, PROBLEM, REMARK
from luoshi.matters.models import Matter
from luoshi.matters.rules import State as MatterState
from luoshi.problems.models import Problem
from luoshi.problems.rules import RaiserAnswer
from luoshi.problems.rules import State as ProblemState

Good = Callable[[Any], Q]
"""Which rows went well; given the day until which a closing still counts, as an expression."""
HANDED_OUT = Q(day0_on__isnull=False) & ~Q(state__in=[MatterState.DRAFT, MatterState.APPROVED, MatterState.CANCELLED])
RUNNING = HANDED_OUT & ~Q(state=MatterState.SUSPENDED)
"""The clock of what is suspended stands still: it is not due."""
LEDGER = Q(self_check__isnull=True, unit__isnull=False) & ~Q(state=ProblemState.DISMISSED)
"""What the bureau's ledger holds. A personal list is nobody's score."""


@dataclass(frozen=True, slots=True)
class Source:
    """Rows that are put into quarters by one day."""

    name: str
    kind: str
    model: type[Model]
    unit: str
    """The column of the unit that answers for a row."""
    day: Any
    """The day as a column's name, or as an expression."""
    rows: Q
    good: dict[str, Good]
    """The indicators counted over these rows."""
    block: str = ""
    """The column of the block; none where rows carry none."""
    counted: dict[str, Q] | None = None
    """Of an indicator that counts only some of the rows: which."""


SOURCES = (
    Source(
        "due", MATTER, Matter, "lead_unit_id", "due_on", RUNNING,
        {"completion": lambda until: Q(closed_on__lte=until)}, "block",
    ),
    Source(
        "closed", MATTER, Matter, "lead_unit_id", "closed_on", HANDED_OUT,
        {
            "on_time": lambda until: Q(submitted_on__lte=F("due_on")),
            "accepted_first_time": lambda until: Q(returns=0),
        }, "block",
    ),
    Source(
        "feedback", MATTER, Matter, "lead_unit_id", "feedback_due_on", RUNNING,
        {"feedback_on_time": lambda until: Q(first_feedback_on__lte=F("feedback_due_on"))}, "block",
    ),
    Source(
        "problem_due", PROBLEM, Problem, "unit_id", "due_on", LEDGER,
        {
            "problems_closed_on_time": lambda until: Q(closed_on__lte=until)
            & (Q(applied_on__lte=F("due_on")) | Q(applied_on__isnull=True, closed_on__lte=F("due_on")))
        },
    ),
    Source(
        "problem_held", PROBLEM, Problem, "unit_id",
        Case(
            When(looked_back_on__isnull=False, then=F("looked_back_on")),
            When(cycle__gt=1, then=F("started_on")),
            default=Value(None), output_field=DateField(),
        ),
        LEDGER, {"problems_held": lambda until: Q(look_back_held=True)},
    ),
    Source(
        "problem_answer", PROBLEM, Problem, "unit_id", "raiser_answered_on",
        LEDGER & Q(raiser_answer__in=[RaiserAnswer.GOOD, RaiserAnswer.FAIR, RaiserAnswer.BAD]),
        {"satisfaction": lambda until: ~Q(raiser_answer=RaiserAnswer.BAD)},
    ),
    Source(
        "remark", REMARK, SuperiorRemark, "unit_id", "issued_on", Q(void_reason=""),
        {PRAISE.key: lambda until: Q(kind="PRAISE"), CRITICISM.key: lambda until: Q(kind="CRITICISM")},
        counted={PRAISE.key: Q(kind="PRAISE"), CRITICISM.key: Q(kind="CRITICISM")},
    ),
)  # fmt: skip
"""Every table and day that is read for a score. A room that is not named here cannot be scored."""


def day_of(source: Source) -> Any:
    """The source's day as an expression."""
    return F(source.day) if isinstance(source.day, str) else source.day


def coalesced(condition: Q) -> Any:
    """A condition as 1 or 0."""
    return Coalesce(Case(When(condition, then=Value(1)), default=Value(0)), Value(0))
