"""Counting: every check vector of the rule book, pauses, extensions, day 0, unpublished years."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from luoshi.workdays.official import AMENDMENTS, NOTICES
from luoshi.workdays.rules import (
    ZONE,
    Calendar,
    Extension,
    OfficeHours,
    Pause,
    add_workdays,
    day_zero,
    is_office_time,
    nth_workday_of_month,
    reason,
    recount,
    roll,
    workdays_between,
    workdays_of_week,
)

DAYS = {
    day: (works, reason(works, name)) for one in [*NOTICES, *AMENDMENTS] for day, (works, name) in one.days().items()
}
OFFICIAL = Calendar(DAYS, frozenset(one.year for one in NOTICES))


def on(text: str) -> date:
    return date.fromisoformat(text)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.clause("2.2.5.1d")
@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2021-09-30", "2021-10-13"),
        ("2021-10-08", "2021-10-14"),
        ("2025-12-31", "2026-01-08"),
        ("2026-02-13", "2026-02-27"),
        ("2026-09-18", "2026-09-24"),
        ("2026-04-30", "2026-05-11"),
        ("2026-11-23", "2026-11-30"),
        ("2026-09-29", "2026-10-12"),
    ],
)
def test_five_working_days(start, due):
    count = add_workdays(on(start), 5, OFFICIAL)
    assert count.due == on(due) and not count.provisional
    assert [day.nth for day in count.days if day.nth] == [1, 2, 3, 4, 5]


@pytest.mark.clause("2.2.4.1b")
@pytest.mark.parametrize(
    ("start", "number", "due"), [("2026-09-20", 15, "2026-10-08"), ("2026-08-05", 60, "2026-10-08")]
)
def test_calendar_days_roll_to_the_next_working_day(start, number, due):
    assert roll(on(start), number, OFFICIAL).due == on(due)


def test_a_period_that_ends_on_a_working_day_does_not_roll():
    assert roll(on("2026-11-23"), 3, OFFICIAL).due == on("2026-11-26")
    assert roll(on("2026-11-23"), 0, OFFICIAL).due == on("2026-11-23")


@pytest.mark.clause("2.2.1.1c")
def test_a_week_may_have_no_working_day():
    assert workdays_of_week(2026, 8, OFFICIAL) == []
    assert len(workdays_of_week(2026, 48, OFFICIAL)) == 5


def test_between_is_the_reverse_of_adding():
    for start in ("2026-09-29", "2026-02-13", "2025-12-31"):
        count = add_workdays(on(start), 5, OFFICIAL)
        assert workdays_between(on(start), count.due, OFFICIAL) == 5
        assert workdays_between(count.due, on(start), OFFICIAL) == -5
    assert workdays_between(on("2026-11-23"), on("2026-11-23"), OFFICIAL) == 0


@pytest.mark.parametrize(
    ("arrived", "zero"),
    [
        ("2026-11-23 08:00", "2026-11-23"),  # before opening: that day
        ("2026-11-23 13:00", "2026-11-23"),  # over noon: that day
        ("2026-11-23 17:29", "2026-11-23"),
        ("2026-11-23 17:30", "2026-11-24"),
        ("2026-09-30 18:00", "2026-10-08"),
        ("2026-10-03 10:00", "2026-10-08"),
        ("2026-10-10 10:00", "2026-10-10"),  # a make-up Saturday is a working day
    ],
)
@pytest.mark.clause("2.2.5.1d")
def test_day_zero_is_the_working_day_of_arrival(arrived, zero):
    assert day_zero(at(arrived), OFFICIAL) == on(zero)


def test_the_hours_in_force_decide():
    winter = OfficeHours(time(8, 30), time(12), time(14), time(17))
    calendar = Calendar(OFFICIAL.days, OFFICIAL.official_years, ((on("2026-10-01"), winter),))
    assert day_zero(at("2026-11-23 17:10"), calendar) == on("2026-11-24")
    assert day_zero(at("2026-09-21 17:10"), calendar) == on("2026-09-21")
    assert is_office_time(at("2026-11-23 14:10"), calendar) and not is_office_time(at("2026-09-21 14:10"), calendar)
    assert not is_office_time(at("2026-10-03 10:00"), calendar)


def test_a_count_into_an_unpublished_year_is_provisional_and_says_which_year():
    count = add_workdays(on("2026-12-30"), 5, OFFICIAL)
    assert count.due == on("2027-01-06") and count.provisional and count.awaiting == (2027,)
    assert not add_workdays(on("2026-12-17"), 5, OFFICIAL).provisional


def test_the_last_days_of_december_wait_for_the_next_notice():
    assert add_workdays(on("2026-12-23"), 2, OFFICIAL).awaiting == (2027,)
    assert add_workdays(on("2025-12-23"), 2, OFFICIAL).awaiting == ()


def test_the_same_count_on_a_new_notice_says_the_new_date():
    count = add_workdays(on("2026-12-30"), 5, OFFICIAL)
    told = {**OFFICIAL.days, on("2027-01-01"): (False, "元旦放假"), on("2027-01-04"): (False, "元旦放假")}
    fresh = recount(count, Calendar(told, OFFICIAL.official_years | {2027}))
    assert fresh.due == on("2027-01-08") and not fresh.provisional
    cited = roll(on("2026-12-30"), 2, OFFICIAL)
    assert recount(cited, Calendar(told, frozenset({2026, 2027}))).due == on("2027-01-05")


@pytest.mark.clause("2.2.5.1c")
def test_the_working_days_of_a_pause_do_not_count():
    pause = Pause(on("2026-09-29"), on("2026-10-08"), "等待省厅批复")
    count = add_workdays(on("2026-09-28"), 5, OFFICIAL, pauses=[pause])
    assert count.due == on("2026-10-13")  # 9-30 and 10-8 stood still; 10-10 is a make-up Saturday
    stood = {one.on: one.why for one in count.days if one.why.startswith("中止")}
    assert stood == dict.fromkeys([on("2026-09-30"), on("2026-10-08")], "中止：等待省厅批复")
    assert recount(count, OFFICIAL) == count


@pytest.mark.clause("2.2.5.1c")
def test_an_extension_names_the_date_and_keeps_the_first_one_readable():
    later = Extension(on("2026-12-18"), "等待省厅批复", "沈知行")
    count = add_workdays(on("2026-11-23"), 5, OFFICIAL, extensions=[later])
    assert (count.due, count.original) == (on("2026-12-18"), on("2026-11-30"))
    assert recount(count, OFFICIAL) == count


def test_zero_days_end_on_the_day_itself_and_nonsense_is_refused():
    assert add_workdays(on("2026-11-22"), 0, OFFICIAL).due == on("2026-11-22")
    for number in (-1, 10**9):
        with pytest.raises(ValueError):
            add_workdays(on("2026-11-22"), number, OFFICIAL)


def test_the_number_of_the_working_day():
    assert nth_workday_of_month(on("2026-10-08"), OFFICIAL) == 1
    assert nth_workday_of_month(on("2026-10-10"), OFFICIAL) == 3
    assert nth_workday_of_month(on("2026-10-05"), OFFICIAL) is None
