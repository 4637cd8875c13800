"""What a bureau asks in a year: its rules laid over the year, its calendar, its two decisions about counting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.activities.rules.quotas import Ask, Asked, Grid, Version
from luoshi.plan.models import Rule
from luoshi.plan.queries import Speaks, rules_over
from luoshi.plan.rules import Quota, parse
from luoshi.plan.slots import SLOTS
from luoshi.workdays import queries as workdays

OWN = ("study_days_year", "study_weekly")
"""What everybody owes (2.2.1.1b, c)."""
LEADERS = ("research_days_year", "frontline_monthly")
"""What the leaders owe whom the bureau counts as 科级领导干部 (2.2.2.3a, b)."""
PERSONAL = (*OWN, *LEADERS)
GROUP = "group_study_monthly"
UNIT, WHO = "study_unit", "section_leaders"
COUNTS = {
    "study_days_year": "as_study",
    "study_weekly": "as_study",
    "research_days_year": "as_research",
    "frontline_monthly": "as_frontline",
    GROUP: "core_group",
}
"""Which mark of an activity lets it count for a slot."""
LEAST = {"frontline_monthly": 0, GROUP: 0}
"""Half a day is the least that counts as study or research day; a stay or a session counts however short (§13.3)."""


@dataclass(frozen=True, slots=True)
class Book:
    """The quotas of one bureau in one year, and who counts as 科级领导干部 (duties)."""

    bureau_id: int
    year: int
    first: date
    last: date
    quotas: dict[str, tuple[Asked, ...]]
    leaders: frozenset[str]
    leaders_words: str
    provisional: bool

    def of(self, slots: Iterable[str]) -> list[tuple[str, Asked]]:
        """The quotas of these slots, each rhythm of a slot by itself."""
        return [(slot, one) for slot in slots for one in self.quotas.get(slot, ())]


def covers(year: int) -> tuple[date, date]:
    """The days of a year with its first and last week."""
    weeks = Grid("WEEK", year, workdays.Calendar())
    return min(weeks.first, date(year, 1, 1)), max(weeks.last, date(year, 12, 31))


def book(bureau_id: int, year: int) -> Book:
    """What a bureau asks in a year: three queries, and one for the clauses' version where a plan speaks."""
    first, last = covers(year)
    told = rules_over((*PERSONAL, GROUP, UNIT, WHO), bureau_id=bureau_id, first=first, last=last)
    calendar = workdays.calendar(bureau_id)
    who = parse("SEVERAL", _settled(told[WHO]).rule.value)
    whole = _settled(told[UNIT]).rule.value.get("choice") == "DAY"
    grids: dict[str, Grid] = {}
    quotas = {}
    for slot in (*PERSONAL, GROUP):
        found = []
        for (rhythm, unit), versions in _rhythms(told[slot]).items():
            grid = grids.get(rhythm) or grids.setdefault(rhythm, Grid(rhythm, year, calendar))
            by_day = whole and slot == "study_days_year"  # by the week the plan itself says half a day
            ask = Ask(slot, SLOTS[slot].label, unit, rhythm, tuple(versions), by_day, LEAST.get(slot, 1))
            if grid.periods:
                found.append(Asked(ask, grid))
        quotas[slot] = tuple(found)
    chosen = frozenset(getattr(who, "choices", ()))
    provisional = year not in calendar.official_years
    return Book(bureau_id, year, first, last, quotas, chosen, str(who), provisional)


def _settled(told: tuple[Speaks, ...]) -> Speaks:
    """The bureau's decision for the year: its first one holds at once, a later change from the next year on."""
    decided = (one for one in told if one.rule.source != "PRODUCT")
    return next(decided, told[0])


def _rhythms(told: tuple[Speaks, ...]) -> dict[tuple[str, str], list[Version]]:
    """The versions of a slot by rhythm and unit: the product of a rule that changes from years to months is two."""
    found: dict[tuple[str, str], list[Version]] = {}
    for one in told:
        quota = parse("QUOTA", one.rule.value)
        assert isinstance(quota, Quota)
        version = Version(one.first, one.last, quota.number, source(one), one.rule.rule_id, one.rule.clause_id)
        found.setdefault((quota.period, quota.unit), []).append(version)
    return found


def source(one: Speaks) -> str:
    """Where a rule says so, in which version, since when."""
    rule = one.rule
    words = f"{rule.source_label}：{rule.citation}"
    return f"{words}（第{rule.number}版，{rule.from_on}起执行）" if rule.rule_id is not None else words


def clause_urls(one: Asked) -> list[tuple[str, str]]:
    """The clauses behind a quota: path and address, in one query."""
    pks = [version.rule_id for version in one.ask.versions if version.rule_id]
    rows = Rule.objects.filter(pk__in=pks, clause__isnull=False).select_related("clause")
    return list(dict.fromkeys((row.clause.path, row.clause.get_absolute_url()) for row in rows if row.clause))
