"""Two readings of the same records agree: the database's own counts, and the facts that are frozen."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.appraisal import queries
from luoshi.appraisal.queries.flags import SOURCES
from luoshi.appraisal.rules import facts as frozen
from luoshi.appraisal.rules.indicators import CRITICISM, INDICATORS, PRAISE
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.scoring import Counts, only, score
from luoshi.appraisal.tests.life import Q3, Q4, draft
from luoshi.appraisal.tests.scattered import scatter
from luoshi.matters.models import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4a")]
YEAR = [Quarter(2026, number) for number in (1, 2, 3, 4)]
ON = date(2027, 1, 5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_of_frozen_facts_are_the_databases_counts(cast, seed):
    scatter(cast, seed)
    by = queries.formula_of(draft(cast))
    units = list(queries.groups_of(cast.bureau.pk, "BY_KIND", ON))
    together = queries.counted(cast.bureau.pk, YEAR, by, grace_days=10, on=ON)
    seen = 0
    for quarter in YEAR:
        alone = queries.counted(cast.bureau.pk, [quarter], by, grace_days=10, on=ON)[quarter]
        for unit, facts in queries.records(cast.bureau.pk, units, quarter, by, grace_days=10, on=ON):
            told = frozen.count(facts)
            for quick in (together[quarter].get(unit, Counts()), alone.get(unit, Counts())):
                assert only(quick.cells, by) == told.cells, (quarter, unit)
                assert (quick.praise, quick.criticism) == (told.praise, told.criticism)
                assert score(quick, by) == score(told, by)
            seen += len(facts)
    assert seen > 100


def test_every_indicator_has_one_source_and_is_found_there():
    keys = [key for one in SOURCES for key in one.good]
    assert sorted(keys) == sorted([*INDICATORS, PRAISE.key, CRITICISM.key])


def test_all_quarters_cost_as_many_queries_as_one(cast):
    scatter(cast, 4)
    by = queries.formula_of(draft(cast))
    with CaptureQueriesContext(connection) as one:
        queries.counted(cast.bureau.pk, [Q3], by, grace_days=10, on=ON)
    with CaptureQueriesContext(connection) as all_four:
        queries.counted(cast.bureau.pk, YEAR, by, grace_days=10, on=ON)
    assert len(one) == len(all_four) == len(SOURCES)


def matter(cast, **words) -> Matter:
    told = {
        "bureau": cast.bureau, "title": "一件", "source": "COMMITTEE", "lead_unit": cast.planning,
        "leader": cast.leader, "opened_by": cast.office, "opened_on": date(2026, 7, 1), "state": "CLOSED",
        "number": Matter.objects.count() + 1, "year": 2026, "day0_on": date(2026, 7, 1), "block": "COUNTY",
        "due_on": date(2026, 9, 30), "submitted_on": date(2026, 9, 30), "closed_on": date(2026, 10, 10),
        "feedback_due_on": date(2026, 7, 8), "first_feedback_on": date(2026, 7, 8),
    }  # fmt: skip
    return Matter.objects.create(**(told | words))


def cells(cast, quarter=Q3):
    by = queries.formula_of(draft(cast))
    found = queries.counted(cast.bureau.pk, [quarter], by, grace_days=10, on=ON)[quarter]
    return {key: told for (_, key), told in found.get(cast.planning.pk, Counts()).cells.items()}


def test_an_extension_that_was_approved_is_honoured(cast):
    """The date moved; what was submitted by the later one is in time (2.2.5.1c)."""
    matter(cast, due_on=date(2026, 10, 20), submitted_on=date(2026, 10, 19), closed_on=date(2026, 10, 21))
    assert cells(cast) == {"feedback_on_time": (1, 1)}
    assert cells(cast, Q4) == {"completion": (1, 1), "on_time": (1, 1), "accepted_first_time": (1, 1)}


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ({}, {"completion": (1, 1), "feedback_on_time": (1, 1)}),  # closed within the days of grace
        ({"closed_on": date(2026, 10, 11)}, {"completion": (0, 1), "feedback_on_time": (1, 1)}),
        ({"state": "SUSPENDED", "suspended_on": date(2026, 8, 1), "closed_on": None}, {}),
        ({"state": "CANCELLED", "closed_on": None}, {}),
        ({"block": ""}, {}),
        ({"first_feedback_on": None}, {"completion": (1, 1), "feedback_on_time": (0, 1)}),
        ({"closed_on": date(2026, 9, 30), "returns": 1},
         {"completion": (1, 1), "on_time": (1, 1), "accepted_first_time": (0, 1), "feedback_on_time": (1, 1)}),
        ({"closed_on": date(2026, 9, 30), "due_on": date(2026, 9, 29)},
         {"completion": (1, 1), "on_time": (0, 1), "accepted_first_time": (1, 1), "feedback_on_time": (1, 1)}),
    ],
)  # fmt: skip
def test_what_one_matter_counts_as(cast, words, want):
    matter(cast, **words)
    assert cells(cast) == want
