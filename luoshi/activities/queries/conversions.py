"""调研成果转化表: what each visit and stay of a year was turned into, and how many went where it is difficult
(2.2.2.3c). For improvement, never for a ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.activities.models import Activity, Attendance, Conversion, Opinion
from luoshi.activities.queries.access import visible
from luoshi.activities.rules import FIELD, ConversionKind
from luoshi.org.models import User
from luoshi.org.rules import Held

PAGE = 50
ONLY = {"": "全部", "turned": "已转化", "open": "还没转化", "difficult": "难点、矛盾集中的地方"}


@dataclass(frozen=True, slots=True)
class Turned:
    """One thing that came of it: in words, with its address where it has one."""

    kind: str
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class ResearchLine:
    """One outing, who went, and what it was turned into."""

    activity: Activity
    people: tuple[str, ...]
    turned: tuple[Turned, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the outings of a year: how many, to difficult places, turned into something."""

    total: int
    difficult: int
    turned: int

    @property
    def difficult_share(self) -> int:
        return round(100 * self.difficult / self.total) if self.total else 0

    @property
    def turned_share(self) -> int:
        return round(100 * self.turned / self.total) if self.total else 0


def outings(user: User, held: Sequence[Held], on: date, *, bureau_id: int, year: int) -> QuerySet[Activity]:
    """Visits, research and stays of a year that a person sees."""
    rows = visible(user, held, on).filter(bureau=bureau_id, kind__in=FIELD, void=False)
    return rows.filter(held_on__gte=date(year, 1, 1), held_on__lte=date(year, 12, 31))


def came() -> Q:
    """Those that were turned into something."""
    made = Conversion.objects.filter(activity=OuterRef("pk"), void=False)
    listed = Opinion.objects.filter(activity=OuterRef("pk"), void=False, problem__isnull=False)
    return Q(Exists(made)) | Q(Exists(listed))


def shares(rows: QuerySet[Activity]) -> Shares:
    """One query over the year."""
    told = rows.aggregate(
        total=Count("pk"), difficult=Count("pk", filter=Q(difficult=True)), turned=Count("pk", filter=came())
    )
    return Shares(told["total"], told["difficult"], told["turned"])


def research_page(rows: QuerySet[Activity], *, only: str = "", after: str = "") -> tuple[list[ResearchLine], str]:
    """The outings, the latest first; four queries a page."""
    if only == "turned":
        rows = rows.filter(came())
    elif only == "open":
        rows = rows.filter(~came())
    elif only == "difficult":
        rows = rows.filter(difficult=True)
    day, _, pk = after.partition(".")
    try:
        if after:
            rows = rows.filter(Q(held_on__lt=date.fromisoformat(day)) | Q(held_on=day, pk__lt=int(pk)))
    except ValueError:
        pass
    found = list(rows.select_related("unit").order_by("-held_on", "-pk")[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    people, turned = _people(found), _turned(found)
    lines = [ResearchLine(one, tuple(people[one.pk]), tuple(turned[one.pk])) for one in found]
    return lines, f"{found[-1].held_on}.{found[-1].pk}" if more else ""


def _people(found: Sequence[Activity]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    sat = Attendance.objects.filter(activity__in=found, void=False).order_by("pk")
    for pk, name in sat.values_list("activity_id", "person__name"):
        names[pk].append(name)
    return names


def _turned(found: Sequence[Activity]) -> dict[int, list[Turned]]:
    told: dict[int, list[Turned]] = defaultdict(list)
    rows = Conversion.objects.filter(activity__in=found, void=False).order_by("pk")
    for one in rows.select_related("matter__bureau", "problem", "institution"):
        label, words, url = one.get_kind_display(), one.words, ""
        if one.matter is not None:
            words, url = f"{one.matter.number_label} {words}".strip(), one.matter.get_absolute_url()
        elif one.problem is not None:
            words, url = f"{one.problem.number_label} {words}".strip(), one.problem.get_absolute_url()
        elif one.institution is not None:
            words = f"{one.institution} {words}".strip()
        told[one.activity_id].append(Turned(label, words, url))
    listed = Opinion.objects.filter(activity__in=found, void=False, problem__isnull=False).order_by("pk")
    for row in listed.select_related("problem"):
        if row.problem is not None:
            told[row.activity_id].append(
                Turned(
                    ConversionKind.PROBLEM.label,
                    f"{row.problem.number_label} {row.words}",
                    row.problem.get_absolute_url(),
                )
            )
    return told
