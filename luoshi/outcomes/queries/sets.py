"""The named sets of records that figures count: the same condition counts a figure and lists the page it opens.

Every set begins at its room's own door, so that a figure counts only what its reader may open. The sets of one source
are counted for all quarters in one query (`counts`); quarters are compared as days, alike on every database.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast

from luoshi.activities.models import Conversion, Lesson
from luoshi.activities.queries.access import visible as activities_seen
from luoshi.activities.rules import LessonAnswer
from luoshi.cadres.models import AbilityTag
from luoshi.cadres.rules.words import Ability
from luoshi.commitments.models import Concern
from luoshi.commitments.queries import concerns_seen
from luoshi.commitments.rules import ConcernState, Ending
from luoshi.lib.byclause import Behind, Line
from luoshi.matters.models import Deadline, Matter
from luoshi.matters.queries import visible as matters_seen
from luoshi.matters.rules import DeadlineKind
from luoshi.matters.rules import State as MatterState
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.outcomes.queries import lines
from luoshi.outcomes.rules import KINDS_OF_FAULT, Period, clipped
from luoshi.problems.models import Problem, ProblemEvent
from luoshi.problems.queries.access import public
from luoshi.problems.queries.classes import classes_seen, institutions_seen
from luoshi.problems.queries.finding import SOLVED, late
from luoshi.problems.rules import OPEN, Cure, RaiserAnswer, Reform
from luoshi.problems.rules import State as ProblemState


@dataclass(frozen=True)
class Scope:
    """Whose eyes: the person with his duties, the bureau, the day."""

    user: User
    held: Sequence[Held]
    bureau_id: int
    on: date

    @property
    def own(self) -> list[int]:
        """The bureau, where the person holds a duty in it."""
        return [self.bureau_id] if any(one.bureau_id == self.bureau_id for one in self.held) else []

    @cached_property
    def problems(self) -> QuerySet[Problem]:
        """Of the ledger, without what was found to be none."""
        seen = public(self.user, self.held, self.on).filter(bureau=self.bureau_id)
        return seen.exclude(state=ProblemState.DISMISSED).order_by()

    @cached_property
    def matters(self) -> QuerySet[Matter]:
        """What was handed out and not cancelled."""
        seen = matters_seen(self.user, self.held, self.on).filter(bureau=self.bureau_id, day0_on__isnull=False)
        return seen.exclude(state=MatterState.CANCELLED).order_by()

    @cached_property
    def activities(self) -> QuerySet[Any]:
        return activities_seen(self.user, self.held, self.on).filter(bureau=self.bureau_id, void=False).order_by()

    @cached_property
    def concerns(self) -> QuerySet[Concern]:
        seen = concerns_seen(self.user, self.held, self.on).filter(bureau=self.bureau_id)
        return seen.exclude(state=ConcernState.VOID).order_by()


def tagged(tag: str) -> Q:
    """One of the tags says exactly this; a list in JSON is asked as text, written either way."""
    return Q(tags_text__contains=json.dumps(tag)) | Q(tags_text__contains=json.dumps(tag, ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class Source:
    """Records of one kind: where they begin, the day by which they belong to a quarter, how one reads as a line."""

    rows: Callable[[Scope], QuerySet[Any]]
    day: str
    """Empty where the records are told as they stand whatever the days."""
    to_lines: Callable[[list[Any]], list[Line]]
    joins: tuple[str, ...] = ()
    sets: Mapping[str, tuple[str, Q]] = field(default_factory=dict)
    """Key → what such records are called, and which of the source they are."""


def _worded(scope: Scope) -> QuerySet[Problem]:
    return scope.problems.alias(tags_text=Cast("tags", TextField()))


FAULT = Q()
for _tag in KINDS_OF_FAULT.values():
    FAULT |= tagged(_tag)
ISSUED = Q(institution__void=False)
LOOKED = ("look_back", "rebound")
CONTENT = (RaiserAnswer.GOOD, RaiserAnswer.FAIR)

SOURCES: tuple[Source, ...] = (
    Source(
        lambda scope: institutions_seen(scope.held).filter(bureau=scope.bureau_id, void=False).order_by(),
        "in_use_on",
        lines.institutions,
        ("unit",),
        {f"reform_{one.value.lower()}": (f"“{one.label}”的制度", Q(reform=one)) for one in Reform},
    ),
    Source(
        lambda scope: institutions_seen(scope.held).filter(bureau=scope.bureau_id, void=False).order_by(),
        "issued_on",
        lines.institutions,
        ("unit",),
        {
            "issued": ("印发的制度", Q()),
            "issued_new": ("新建的制度", Q(cure=Cure.NEW)),
            "issued_revised": ("修订的制度", Q(cure=Cure.REVISED)),
        },
    ),
    Source(
        lambda scope: Lesson.objects.filter(trip__activity__in=scope.activities, void=False).order_by(),
        "decided_on",
        lines.lessons,
        ("trip__activity", "unit"),
        {"lessons": ("采纳的借鉴和建议", Q(answer=LessonAnswer.ADOPTED))},
    ),
    Source(
        lambda scope: Conversion.objects.filter(activity__in=scope.activities, void=False).order_by(),
        "entered_on",
        lines.conversions,
        ("activity", "matter", "problem", "institution"),
        {"conversions": ("调研成果转化", Q())},
    ),
    Source(
        _worded,
        "found_on",
        lines.problems,
        ("unit",),
        {
            "found": ("登记的问题", Q()),
            "faults": ("作风问题", FAULT),
            **{f"fault_{key}": (f"“{tag}”的问题", tagged(tag)) for key, tag in KINDS_OF_FAULT.items()},
        },
    ),
    Source(
        lambda scope: scope.problems,
        "closed_on",
        lines.problems,
        ("unit",),
        {
            "closed": ("销号的问题", Q(state=ProblemState.CLOSED)),
            "held": ("销号且没有反弹的问题", SOLVED),
        },
    ),
    Source(
        lambda scope: ProblemEvent.objects.filter(problem__in=scope.problems, move__in=LOOKED).order_by(),
        "on",
        lines.events,
        ("problem__unit",),
        {"looked": ("回头看和反弹", Q()), "rebounds": ("反弹的问题", Q(move="rebound"))},
    ),
    Source(
        lambda scope: classes_seen(scope.held).filter(bureau=scope.bureau_id).order_by(),
        "institution__issued_on",
        lines.classes,
        ("institution", "unit"),
        {"cured": ("用制度管住的问题类别", ISSUED)},
    ),
    Source(
        lambda scope: classes_seen(scope.held).filter(bureau=scope.bureau_id).order_by(),
        "",
        lines.classes,
        ("institution", "unit"),
        {
            "classes": ("问题类别", Q()),
            "decided": ("已定治本办法的问题类别", ~Q(cure="")),
            "undecided": ("还没定治本办法的问题类别", Q(cure="")),
            "cure_none": ("不需要新制度的问题类别", Q(cure=Cure.NONE)),
        },
    ),
    Source(
        lambda scope: scope.problems.filter(state__in=sorted(OPEN)),
        "",
        lines.problems,
        ("unit",),
        {"open": ("还没销号的问题", Q())},
    ),
    Source(
        lambda scope: scope.problems.filter(late(scope.on)),
        "",
        lines.problems,
        ("unit",),
        {"late": ("过了整改时限还没销号的问题", Q())},
    ),
    Source(
        lambda scope: scope.problems.exclude(raiser_answer=RaiserAnswer.UNREACHED),
        "raiser_answered_on",
        lines.problems,
        ("unit",),
        {
            "raisers_asked": ("回访到反映人的问题", ~Q(raiser_answer="")),
            "raisers_content": ("反映人满意、基本满意的问题", Q(raiser_answer__in=CONTENT)),
        },
    ),
    Source(
        lambda scope: scope.concerns.filter(Q(answered_on__isnull=False) | Q(answer_due_on__lt=scope.on)),
        "answer_due_on",
        lines.concerns,
        ("unit", "leader"),
        {
            "concerns_due": ("应答复的群众诉求", Q()),
            "concerns_in_time": ("按期答复的群众诉求", Q(answered_on__lte=F("answer_due_on"))),
        },
    ),
    Source(
        lambda scope: scope.concerns.filter(state=ConcernState.CLOSED),
        "closed_on",
        lines.concerns,
        ("unit", "leader"),
        {
            "concerns_closed": ("办结的群众诉求", Q()),
            "concerns_solved": ("已解决的群众诉求", Q(ending=Ending.SOLVED)),
        },
    ),
    Source(
        lambda scope: scope.matters,
        "day0_on",
        lines.matters,
        ("lead_unit",),
        {"handed": ("交办的事项", Q())},
    ),
    Source(
        lambda scope: scope.matters.filter(state__in=[MatterState.CLOSED, MatterState.ARCHIVED]),
        "closed_on",
        lines.matters,
        ("lead_unit",),
        {
            "matters_closed": ("办结的事项", Q()),
            "matters_in_time": ("按期办结的事项", Q(submitted_on__lte=F("due_on"))),
        },
    ),
    Source(
        lambda scope: scope.matters.filter(Q(first_feedback_on__isnull=False) | Q(feedback_due_on__lt=scope.on)),
        "feedback_due_on",
        lines.matters,
        ("lead_unit",),
        {
            "feedback_due": ("应首次反馈的事项", Q()),
            "feedback_in_time": ("按期首次反馈的事项", Q(first_feedback_on__lte=F("feedback_due_on"))),
        },
    ),
    Source(
        lambda scope: Deadline.objects.filter(
            Q(met_on__isnull=False) | Q(due_on__lt=scope.on), matter__in=scope.matters, kind=DeadlineKind.DUE,
            ended_on=None,
        ).order_by(),
        "due_on",
        lines.dates,
        ("matter__lead_unit",),
        {
            "dates_due": ("到期的办结时限", Q()),
            "dates_missed": ("逾期的办结时限", Q(met_on=None) | Q(met_on__gt=F("due_on"))),
        },
    ),
    Source(
        # the bureau's count, never whose they are: told alike to every reader of its panel, and to nobody else
        lambda scope: AbilityTag.objects.filter(bureau__in=scope.own, void_reason="").order_by().annotate(
            opens_matter=Exists(scope.matters.filter(pk=OuterRef("matter"))),
            opens_problem=Exists(scope.problems.filter(pk=OuterRef("problem"))),
        ),
        "on",
        lines.abilities,
        ("matter", "problem"),
        {f"ability_{one.lower()}": (f"体现“{one.label}”的佐证", Q(ability=one)) for one in Ability},
    ),
)  # fmt: skip
SETS: dict[str, Source] = {key: one for one in SOURCES for key in one.sets}
DATED = tuple(key for key, one in SETS.items() if one.day)
"""The sets that belong to quarters."""
LABELS: dict[str, str] = {key: label for one in SOURCES for key, (label, _) in one.sets.items()}
Counts = dict[tuple[str, str], int]
"""(set, quarter) → how many."""


def counts(keys: Iterable[str], scope: Scope, periods: Sequence[Period]) -> Counts:
    """How many each set has in each quarter: one query a source, however many quarters and records."""
    wanted: dict[int, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        wanted[SOURCES.index(SETS[key])].append(key)
    found: Counts = {}
    for place, mine in wanted.items():
        source = SOURCES[place]
        days = [When(**{f"{source.day}__range": clipped(one, scope.on)}, then=Value(one.key)) for one in periods]
        rows = source.rows(scope).annotate(quarter=Case(*days, default=Value(""), output_field=CharField()))
        told: Any = rows.exclude(quarter="").values("quarter")
        for line in told.annotate(**{f"n_{key}": _number(source.sets[key][1]) for key in mine}):
            found |= {(key, line["quarter"]): line[f"n_{key}"] for key in mine}
    return {(key, one.key): found.get((key, one.key), 0) for keys in wanted.values() for key in keys for one in periods}


def _number(only: Q) -> Count:
    return Count("pk", filter=only) if only else Count("pk")


def rows(key: str, scope: Scope, since: date, until: date) -> QuerySet[Any]:
    """The records of a set over some days, none of them to come."""
    source = SETS[key]
    found = source.rows(scope).filter(source.sets[key][1])
    return found.filter(**{f"{source.day}__range": (since, min(until, scope.on))}) if source.day else found


def behind(key: str, scope: Scope, since: date, until: date) -> Behind:
    """The records that a figure counts, the latest first."""
    source = SETS[key]
    found = rows(key, scope, since, until).select_related(*source.joins)
    return Behind.of(found.order_by(*([F(source.day).desc()] if source.day else []), "-pk"), source.to_lines)
