"""Our table of notices against an independent one, day by day; loading it twice adds nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.records.models import Entry
from luoshi.workdays import queries, services
from luoshi.workdays.models import CalendarDay, CalendarYear
from luoshi.workdays.rules import is_workday, workdays_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def official(db):
    services.load_official(by=None, on=TODAY)
    return queries.calendar()


def test_every_day_from_2020_to_2026_agrees_with_an_independent_table(official):
    chinese_calendar = pytest.importorskip("chinese_calendar")
    day, wrong = date(2020, 1, 1), []
    while day <= date(2026, 12, 31):
        if is_workday(day, official) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize(("year", "number"), [(2021, 250), (2026, 248)])
def test_the_year_has_as_many_working_days_as_published(official, year, number):
    assert len(workdays_of(date(year, 1, 1), date(year, 12, 31), official)) == number


def test_a_notice_may_speak_of_the_december_before(official):
    day = CalendarDay.objects.get(day=date(2022, 12, 31))
    assert day.year.year == 2023 and not day.is_workday


def test_the_extension_of_2020_overrules_the_notice_and_names_its_own_document(official):
    day = CalendarDay.objects.get(day=date(2020, 2, 1))
    assert (day.is_workday, day.source) == (False, "国办发明电〔2020〕1号")
    assert not is_workday(date(2020, 2, 1), official)


def test_loading_twice_adds_nothing_and_every_row_is_sealed(official):
    entries, days = Entry.objects.count(), CalendarDay.objects.count()
    assert services.load_official(by=None, on=TODAY) == []
    assert (Entry.objects.count(), CalendarDay.objects.count()) == (entries, days)
    assert CalendarYear.objects.filter(bureau=None, status="OFFICIAL").exclude(notice_no="").count() == 7
    told = "".join(Entry.objects.filter(act="workdays.load_notice").values_list("body", flat=True))
    assert all(f'"{pk}"' in told for pk in CalendarDay.objects.values_list("pk", flat=True))


def test_the_kept_calendar_follows_a_change(official, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.calendar().days == official.days
    year = CalendarYear.objects.get(year=2026)
    CalendarYear.objects.filter(pk=year.pk).update(digest="")
    CalendarDay.objects.filter(year=year, day=date(2026, 10, 10)).update(is_workday=False)
    assert not is_workday(date(2026, 10, 10), queries.calendar())
