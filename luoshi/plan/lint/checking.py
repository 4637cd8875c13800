"""The whole check: every question asked of a draft, worst finding first, with the figures that go on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from luoshi.plan.lint.burden import burdens
from luoshi.plan.lint.conflicts import conflicts, two_offices, two_owners
from luoshi.plan.lint.dates import out_of_order, rest_days
from luoshi.plan.lint.findings import KINDS, SEVERITIES, Draft, Finding, Limits, ordered
from luoshi.plan.lint.load import ASSUMED, Load, loads, overload
from luoshi.plan.lint.measures import no_measure, unmeasured
from luoshi.plan.lint.owners import no_owner
from luoshi.plan.lint.standards import against_rules
from luoshi.workdays.official import AMENDMENTS, NOTICES
from luoshi.workdays.rules import Calendar


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a draft; `rest` says of the duties without a number that they need none."""

    title: str
    findings: tuple[Finding, ...]
    loads: tuple[Load, ...]
    unmeasured: int
    duties: int
    limits: Limits

    def counts(self) -> dict[str, int]:
        """How many findings of each severity."""
        return {key: sum(one.severity == key for one in self.findings) for key in SEVERITIES}

    def kinds(self) -> dict[str, int]:
        """How many findings of each kind that was found, worst first."""
        told = {key: sum(one.kind == key for one in self.findings) for key in KINDS}
        return {key: number for key, number in told.items() if number}

    def rest(self) -> str:
        """The one line for all other duties without a number."""
        if not self.unmeasured:
            return ""
        return f"另有{self.unmeasured}项任务没有数量和日期，按其性质不要求量化，逐项看成果即可。"

    def to_json(self) -> dict[str, Any]:
        """The report by the contract in docs/cli.md."""
        return {
            "ok": not self.findings,
            "title": self.title or None,
            "figures": {"duties": self.duties, "unmeasured": self.unmeasured, **self.counts()},
            "findings": [_plain(one) for one in self.findings],
            "loads": [_load(one) for one in self.loads],
            "limit": {"share": self.limits.share, "source": self.limits.share_source, "assumed": list(ASSUMED)},
        }


def check(draft: Draft, limits: Limits) -> Report:
    """Ask every question of a draft."""
    found: Iterable[Finding] = chain(
        no_owner(draft),
        no_measure(draft),
        conflicts(draft),
        two_owners(draft),
        two_offices(draft),
        out_of_order(draft, limits),
        rest_days(draft, limits),
        against_rules(draft),
        burdens(draft),
        overload(draft, limits),
    )
    return Report(
        draft.title, tuple(ordered(found)), tuple(loads(draft, limits)), unmeasured(draft), len(draft.duties), limits
    )


def official_calendar() -> Calendar:
    """The official notices that come with the product, as a calendar."""
    days: dict[date, tuple[bool, str]] = {}
    for notice in (*NOTICES, *AMENDMENTS):
        for day, (works, name) in notice.days().items():
            days[day] = (works, f"{name}调休上班" if works else f"{name}放假")
    return Calendar(days, frozenset(one.year for one in NOTICES))


def _plain(one: Finding) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "label": one.label,
        "severity": one.severity,
        "clause": one.clause,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "said": one.said,
        "do": one.do,
        "basis": one.basis or None,
        "also": list(one.also),
        "places": [list(span) for span in one.places],
        "key": one.key,
    }


def _load(one: Load) -> dict[str, Any]:
    return {
        "people": one.people,
        "days": one.days,
        "least": one.least,
        "workdays": one.workdays,
        "share": one.share,
        "year": one.year,
        "provisional": one.provisional,
        "parts": [
            {"clause": part.clause, "words": part.words, "sum": part.sum, "days": part.days} for part in one.parts
        ],
    }
