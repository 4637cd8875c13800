"""Keeping the calendar: who may, what is refused, what changed, and that every row is in a record."""

from __future__ import annotations

import json
from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.records.models import Entry
from luoshi.workdays import queries, services
from luoshi.workdays.models import CalendarDay, CalendarYear
from luoshi.workdays.rules import add_workdays, is_workday, recount

TODAY = date(2026, 11, 23)
NEXT = {date(2027, 1, 1): (False, "元旦"), date(2027, 1, 9): (True, "元旦")}


@pytest.fixture
def here(cast):
    services.load_official(by=None, on=TODAY)
    return cast


def notice(**changed):
    told = {"notice_no": "国办发明电〔2026〕9号", "notice_on": date(2026, 11, 20), "days": NEXT, "on": TODAY}
    return services.load_notice(2027, **{**told, **changed})


def local(cast, **changed):
    told = {"day": date(2026, 12, 5), "works": True, "name": "防汛值守", "source": "县防指〔2026〕3号",
            "bureau": cast.bureau, "by": cast.office, "on": TODAY}  # fmt: skip
    return services.set_day(**{**told, **changed})


def sealed(entry) -> set[str]:
    return {str(row[1]) for row in json.loads(entry.body)["rows"]}


def test_the_system_administrator_loads_a_national_notice_and_provisional_dates_settle(here):
    before = add_workdays(date(2026, 12, 30), 5, queries.calendar(here.bureau.pk))
    change = notice(by=here.sysadmin)
    assert change.became_official and [day for day, *_ in change.days] == sorted(NEXT)
    after = recount(before, queries.calendar(here.bureau.pk))
    assert before.provisional and not after.provisional
    assert (before.due, after.due) == (date(2027, 1, 6), date(2027, 1, 7))
    entry = Entry.objects.latest("id")
    assert (entry.act, entry.bureau_id) == ("workdays.load_notice", 0)
    assert {str(pk) for pk in CalendarDay.objects.filter(year=change.year).values_list("pk", flat=True)} <= sealed(
        entry
    )


def test_the_office_loads_for_its_own_bureau_only(here):
    with pytest.raises(NotAllowed, match="系统管理员"):
        notice(by=here.office)
    change = notice(by=here.office, bureau=here.bureau)
    assert change.year.bureau == here.bureau
    assert 2027 in queries.calendar(here.bureau.pk).official_years
    assert 2027 not in queries.calendar().official_years
    assert not is_workday(date(2027, 1, 1), queries.calendar(here.bureau.pk))
    assert is_workday(date(2027, 1, 1), queries.calendar(here.other_bureau.pk))
    assert Entry.objects.latest("id").bureau_id == here.bureau.pk


@pytest.mark.parametrize("person", ["chief", "director", "stranger", "secadmin"])
def test_nobody_else_keeps_the_calendar(here, person):
    with pytest.raises(NotAllowed):
        notice(by=getattr(here, person), bureau=here.bureau)
    with pytest.raises(NotAllowed):
        local(here, by=getattr(here, person))


def test_an_official_notice_needs_its_number_and_date(here):
    with pytest.raises(NotAllowed, match="文号"):
        notice(by=here.sysadmin, notice_no=" ")
    with pytest.raises(NotAllowed, match="没有任何"):
        notice(by=here.sysadmin, days={})
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_a_provisional_year_stays_provisional_until_the_notice_comes(here):
    first = notice(by=here.sysadmin, status="PROVISIONAL", notice_no="", notice_on=None)
    assert not first.became_official and 2027 not in queries.calendar().official_years
    second = notice(by=here.sysadmin, version=first.year.version)
    assert second.became_official and second.days == ()
    with pytest.raises(NotAllowed, match="不能改回暂定"):
        notice(by=here.sysadmin, status="PROVISIONAL", version=second.year.version)


def test_a_year_that_somebody_else_changed_is_not_overwritten(here):
    year = notice(by=here.sysadmin).year
    with pytest.raises(Stale):
        notice(by=here.sysadmin, version=year.version - 1)
    with pytest.raises(Stale):
        notice(by=here.sysadmin)
    with pytest.raises(NotAllowed, match="完全一致"):
        notice(by=here.sysadmin, version=year.version)


def test_loading_again_replaces_what_the_notice_said_and_keeps_what_a_document_of_its_own_ordered(here):
    year = notice(by=here.sysadmin).year
    services.set_day(
        day=date(2027, 2, 6), works=True, name="春节", source="国办发明电〔2027〕1号", by=here.sysadmin, on=TODAY
    )
    year.refresh_from_db()
    told = {date(2027, 1, 1): (False, "元旦"), date(2027, 2, 6): (False, "春节")}
    change = notice(by=here.sysadmin, days=told, version=year.version)
    assert change.days == ((date(2027, 1, 9), True, None),)
    kept = CalendarDay.objects.filter(year=year).values_list("day", flat=True)
    assert set(kept) == {date(2027, 1, 1), date(2027, 2, 6)}
    assert is_workday(date(2027, 2, 6), queries.calendar())


def test_a_local_order_names_its_document_and_holds_for_its_bureau_only(here):
    with pytest.raises(NotAllowed, match="依据文号"):
        local(here, source=" ")
    local(here)
    assert is_workday(date(2026, 12, 5), queries.calendar(here.bureau.pk))
    assert not is_workday(date(2026, 12, 5), queries.calendar(here.other_bureau.pk))
    assert queries.calendar(here.bureau.pk).days[date(2026, 12, 5)][1] == "防汛值守上班"
    assert queries.calendar(here.bureau.pk).official_years == queries.calendar().official_years


def test_a_local_order_overrules_the_nations_for_its_bureau_only(here):
    local(here, day=date(2026, 10, 10), works=False, name="县庆日", source="县府办〔2026〕8号")
    assert not is_workday(date(2026, 10, 10), queries.calendar(here.bureau.pk))
    assert queries.calendar(here.bureau.pk).days[date(2026, 10, 10)][1] == "县庆日放假"
    assert is_workday(date(2026, 10, 10), queries.calendar(here.other_bureau.pk))


def test_an_order_that_changes_nothing_or_hides_another_is_refused(here):
    with pytest.raises(NotAllowed, match="本来就上班"):
        local(here, day=date(2026, 12, 7))
    with pytest.raises(NotAllowed, match="本来就放假"):
        local(here, day=date(2026, 12, 6), works=False)
    local(here)
    with pytest.raises(NotAllowed, match="已有安排"):
        local(here, name="抗旱值守")


def test_changing_and_withdrawing_an_order(here):
    year = local(here).year
    kept = CalendarDay.objects.get(year=year)
    with pytest.raises(Stale):
        local(here, kept=kept, version=year.version - 1, name="抗旱值守")
    year = local(here, kept=kept, version=year.version, name="抗旱值守").year
    assert CalendarDay.objects.get(pk=kept.pk).name == "抗旱值守"
    with pytest.raises(NotAllowed, match="没有改动"):
        local(here, kept=kept, version=year.version, name="抗旱值守")
    kept.refresh_from_db()
    with pytest.raises(NotAllowed, match="依据"):
        services.remove_day(kept, source="", version=year.version, by=here.office, on=TODAY)
    change = services.remove_day(kept, source="响应解除", version=year.version, by=here.office, on=TODAY)
    assert change.days == ((date(2026, 12, 5), True, None),)
    assert not is_workday(date(2026, 12, 5), queries.calendar(here.bureau.pk))
    entry = Entry.objects.latest("id")
    assert str(kept.pk) in sealed(entry) and "响应解除" in entry.body


def test_a_published_year_changes_only_by_a_new_document(here):
    told = {"day": date(2026, 12, 5), "works": True, "name": "调休", "by": here.sysadmin, "on": TODAY}
    with pytest.raises(NotAllowed, match="新的通知文号"):
        services.set_day(source="", **told)
    services.set_day(source="国办发明电〔2026〕10号", **told)
    assert is_workday(date(2026, 12, 5), queries.calendar())
    services.set_day(day=date(2027, 1, 1), works=False, name="元旦", source="", by=here.sysadmin, on=TODAY)
    assert CalendarYear.objects.get(year=2027, bureau=None).status == "PROVISIONAL"


def test_office_hours_are_ordered_ahead_and_in_order(here):
    times = {
        "morning_from": time(8),
        "morning_until": time(12),
        "afternoon_from": time(14),
        "afternoon_until": time(17),
    }
    told = {"bureau": here.bureau, "by": here.office, "on": TODAY}
    with pytest.raises(NotAllowed, match="已经过去"):
        services.set_hours(from_on=date(2026, 11, 22), **times, **told)
    with pytest.raises(NotAllowed, match="次序"):
        services.set_hours(from_on=TODAY, **{**times, "morning_until": time(15)}, **told)
    with pytest.raises(NotAllowed, match="提醒时间"):
        services.set_hours(from_on=TODAY, **times, digest_at=time(18), **told)
    services.set_hours(from_on=date(2026, 12, 1), **times, **told)
    now = queries.calendar(here.bureau.pk)
    assert now.hours_on(date(2026, 12, 1)).afternoon_until == time(17)
    assert now.hours_on(date(2026, 11, 30)).afternoon_until == time(17, 30)


def test_the_database_itself_refuses_nonsense(here):
    bad = [
        {"year": 2031, "status": "OFFICIAL", "notice_no": ""},
        {"year": 2031, "status": "LOCAL"},
        {"year": 1999},
        {"year": 2026},
    ]
    for told in bad:
        with pytest.raises(IntegrityError), transaction.atomic():
            CalendarYear.objects.create(**told)
