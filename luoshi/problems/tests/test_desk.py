"""What waits for whom, and what the calendar reminds of."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.urls import reverse

from luoshi.notices.models import Notice
from luoshi.org import queries as org
from luoshi.org import services as people
from luoshi.problems import queries, services
from luoshi.problems.tests.life import DAY, DUE, Life, at

pytestmark = pytest.mark.django_db
AGAIN = date(2026, 12, 29)


@pytest.fixture
def life(cast):
    return Life(cast)


def desk(who, on=DAY):
    groups = queries.problem_desk(who, org.held(who, on), on)
    return {group.key: [line.problem.pk for line in group.lines] for group in groups}


def test_each_step_waits_for_whom_it_belongs_to(life, cast):
    one = life.open()
    assert desk(cast.chief) == {"confirm": [one.pk]} and desk(cast.office) == {} and desk(cast.neighbour) == {}
    homeless = life.open(unit=None)
    assert desk(cast.office) == {"confirm": [homeless.pk]}
    services.confirm(one, by=cast.chief, on=DAY)
    assert desk(cast.chief) == {"start": [one.pk]}
    life.start(one, owner=cast.handler)
    assert desk(cast.handler) == {"apply": [one.pk]} and desk(cast.chief) == {}
    services.apply_closing(one, note="已更换", by=cast.handler, on=DAY)
    assert desk(cast.verifier) == {"accept": [one.pk]} and desk(cast.handler) == {}
    assert "accept" not in desk(cast.office), "the verifier checks; the office need not"
    life.accept(one)
    assert desk(cast.verifier) == {}
    assert desk(cast.verifier, AGAIN) == {"look_back": [one.pk]}
    services.hold_look_back(one, by=cast.verifier, on=AGAIN)
    assert desk(cast.verifier, AGAIN) == {}
    for who in (cast.sysadmin, cast.stranger, cast.discipline):
        assert desk(who) == {}


def test_what_runs_as_matters_waits_there_and_then_for_the_office(life, cast):
    one = life.open()
    (matter,) = life.order(one, cast.planning)
    assert desk(cast.chief) == {} and desk(cast.office) == {}
    life.finish(matter)
    assert desk(cast.office) == {"accept": [one.pk]} and desk(cast.verifier) == {"accept": [one.pk]}
    assert desk(cast.chief) == {}


def test_who_applied_is_not_asked_to_check_it(life, cast):
    people.appoint(cast.handler, unit=cast.office_unit, duty="VERIFIER", by=None, on=DAY)
    one = life.to("APPLIED")
    assert "accept" not in desk(cast.handler) and desk(cast.verifier) == {"accept": [one.pk]}


@pytest.mark.clause("2.2.3.7")
def test_a_personal_item_waits_for_its_two_people_only(life, cast):
    one = life.item()
    life.start(one, by=cast.chief)
    assert desk(cast.handler) == {"apply": [one.pk]} and desk(cast.verifier) == {} and desk(cast.office) == {}
    services.apply_closing(one, note="改了", by=cast.handler, on=DAY)
    assert desk(cast.chief) == {"accept": [one.pk]} and desk(cast.verifier) == {}
    life.accept(one, by=cast.chief)
    assert desk(cast.chief, AGAIN) == {"look_back": [one.pk]} and desk(cast.verifier, AGAIN) == {}


def test_the_desk_costs_the_same_however_many_problems_there_are(life, cast, django_assert_max_num_queries):
    for _ in range(5):
        life.open()
    held = org.held(cast.chief, DAY)
    with django_assert_max_num_queries(14):
        queries.problem_desk(cast.chief, held, DAY)


@pytest.mark.clause("2.2.2.2b")
def test_reminders_climb_and_are_said_once_a_day(life, cast):
    one = life.start(life.open(), owner=cast.handler)
    Notice.objects.all().delete()
    told = {}
    for on in (date(2026, 12, 15), date(2026, 12, 16), DUE, date(2026, 12, 19), date(2026, 12, 21)):
        fresh = services.remind(on=on, now=at(on))
        assert services.remind(on=on, now=at(on)) == 0
        key = f"problems:{one.pk}:remind:{on:%Y-%m-%d}"
        told[on.day] = [row.user for row in Notice.objects.filter(key=key)]
        assert fresh == len(told[on.day])
    assert told == {15: [], 16: [cast.handler], 18: [cast.chief], 19: [], 21: [cast.leader]}


def test_what_was_applied_for_or_runs_as_a_matter_is_not_reminded_of(life, cast):
    life.to("APPLIED")
    life.order(life.open(), cast.planning)
    assert services.remind(on=DUE, now=at(DUE)) == 0


def test_the_second_look_is_reminded_of_once(life, cast):
    life.to("CLOSED")
    assert services.remind(on=date(2026, 12, 28), now=at(AGAIN)) == 0
    assert services.remind(on=AGAIN, now=at(AGAIN)) == 1
    assert services.remind(on=date(2026, 12, 30), now=at(AGAIN)) == 0
    assert Notice.objects.get(kind="problems.remind").user == cast.verifier


def test_a_reminder_of_a_personal_item_does_not_say_what_it_is(life, cast):
    life.start(life.item(), by=cast.chief)
    services.remind(on=DUE, now=at(DUE))
    (notice,) = Notice.objects.filter(kind="problems.remind")
    assert notice.user == cast.handler and "担责" not in notice.title


def test_the_hall_prints_each_line_with_its_act(life, cast, enter, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", f"{DAY.isoformat()}T10:00")
    one = life.open()
    page = enter(cast.chief).get(reverse("portal:desk")).content.decode()
    assert "问题待确认" in page and one.title in page and f"{one.get_absolute_url()}start/?back=desk" in page
    form = {"submission": str(uuid.uuid4()), "version": 1, "cause": "老化", "measure": "更换", "due_on": "2026-12-18",
            "pace": "BY_DATE", "back": "desk"}  # fmt: skip
    answer = enter(cast.chief).post(f"{one.get_absolute_url()}start/", form)
    assert answer["Location"] == reverse("portal:desk")
    life.item()
    assert "担责" not in enter(cast.office).get(reverse("portal:desk")).content.decode()
