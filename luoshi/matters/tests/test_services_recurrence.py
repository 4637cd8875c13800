"""周期事项 by services, the daily round and its pages: decided once, handed out once a period, changed and ended."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.urls import reverse

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries, services
from luoshi.matters.models import Deadline, Matter, Recurrence
from luoshi.matters.tests.life import Life, at, clean
from luoshi.notices.models import Notice
from luoshi.org.models import Post
from luoshi.records.models import Entry
from tests.counting import asked

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1a")]
TODAY = date(2026, 11, 24)
HAND_ON, DUE = date(2026, 12, 2), date(2026, 12, 7)


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00")
    return Life(cast, TODAY)


def words(cast, **more):
    told = {"title": "更新调度台账", "source": "KEY_WORK", "lead_unit": cast.planning, "assist_units": [cast.quality],
            "leader": cast.leader, "rhythm": "MONTH", "nth": 5, "ahead": 3, "from_on": TODAY,
            "decided_by": cast.director, "decided_on": TODAY, "source_note": "局党委会纪要", "by": cast.office,
            "on": TODAY}  # fmt: skip
    return told | more


def register(cast, **more) -> Recurrence:
    return services.open_recurrence(bureau=cast.bureau, **words(cast, **more))


def run(day: date) -> int:
    return services.hand_out_recurring(on=day, now=at(day, 8))


def test_a_period_is_handed_out_once_under_the_standing_decision(life, cast):
    register(cast)
    assert [run(day) for day in (TODAY, date(2026, 12, 1), HAND_ON, HAND_ON, date(2026, 12, 3))] == [0, 0, 1, 0, 0]
    matter = Matter.objects.get()
    assert (matter.title, matter.period, matter.state) == ("更新调度台账（2026年12月）", "2026-12", "ASSIGNED")
    assert (matter.due_on, matter.day0_on, matter.number_label) == (DUE, HAND_ON, "2026-0001")
    approved = matter.events.get(move="approve")
    assert (approved.operator, approved.decided_by, approved.data["source_note"]) == (
        None,
        cast.director,
        "局党委会纪要",
    )
    assert {one.unit for one in matter.parties.all()} == {cast.planning, cast.quality}
    why = "\n".join(queries.why(Deadline.objects.get(kind="DUE")))
    assert "每月第5个工作日（2026年12月）" in why and "提前3个工作日" in why
    assert Notice.objects.filter(user=cast.chief, title__contains="请签收").exists()
    assert clean() == []
    services.accept(matter, handler=cast.handler, by=cast.chief, on=HAND_ON, now=at(HAND_ON))
    assert Matter.objects.get().state == "ACCEPTED", "from here it lives like any other"


def test_after_a_missed_run_only_what_is_not_due_yet_is_caught_up(life, cast):
    register(cast)
    assert run(date(2026, 12, 4)) == 1, "two days late"
    assert run(date(2027, 1, 11)) == 0, "January was due on the 7th and is past"
    assert [one.period for one in Matter.objects.all()] == ["2026-12"]


def test_nothing_is_handed_out_on_a_rest_day_or_before_or_after_its_time(life, cast):
    found = register(cast, from_on=date(2026, 12, 3))
    assert [run(date(2026, 12, day)) for day in (2, 5)] == [0, 0], "not begun; a Saturday"
    services.end_recurrence(found, until_on=date(2026, 12, 6), reason="并入周报", version=1, by=cast.office, on=TODAY)
    assert run(date(2026, 12, 4)) == 0, "the date lies after the end"


def test_a_change_ends_the_old_from_a_day_and_a_period_is_not_asked_twice(life, cast):
    old = register(cast)
    assert run(HAND_ON) == 1
    day = date(2026, 12, 3)
    new = services.change_recurrence(old, version=1, **words(cast, nth=8, from_on=day, on=day))
    old.refresh_from_db()
    assert (old.until_on, new.follows, new.nth) == (HAND_ON, old, 8)
    assert run(date(2026, 12, 7)) == 0, "December was handed out under the old rule"
    assert run(date(2027, 1, 8)) == 1 and Matter.objects.latest("pk").due_on == date(2027, 1, 12)
    assert clean() == []


def test_what_cannot_be_handed_out_is_told_to_the_office_once_and_keeps_no_number(life, cast):
    register(cast)
    Post.objects.filter(user=cast.leader).update(until_on=date(2026, 11, 30))
    assert [run(HAND_ON), run(date(2026, 12, 3))] == [0, 0]
    told = Notice.objects.filter(user=cast.office, kind="matters.recur")
    assert told.count() == 1 and "不是县住建局的局领导" in told.get().title
    assert not Matter.objects.exists()
    Post.objects.filter(user=cast.leader).update(until_on=None)
    assert run(date(2026, 12, 4)) == 1 and Matter.objects.get().number == 1


@pytest.mark.parametrize("who", ["chief", "handler", "verifier", "inspector", "sysadmin"])
def test_others_may_not(life, cast, enter, who):
    person = getattr(cast, who)
    with pytest.raises(NotAllowed, match="没有这项职责"):
        register(cast, by=person)
    assert enter(person).get(reverse("matters:recurrences")).status_code == 403


def test_the_office_needs_a_leaders_decision_and_a_leader_decides_himself(life, cast):
    with pytest.raises(NotAllowed, match="局领导决定"):
        register(cast, decided_by=None)
    with pytest.raises(NotAllowed, match="出自哪里"):
        register(cast, source_note=" ")
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        register(cast, decided_on=date(2026, 11, 25))
    found = register(cast, by=cast.leader, decided_by=None, source_note="")
    assert (found.decided_by, found.decided_on) == (cast.leader, TODAY)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ({"nth": 0}, "1至23"), ({"nth": 24}, "1至23"), ({"rhythm": "DAY"}, "选择周期"),
        ({"rhythm": "WEEK", "ahead": 6}, "最多提前5个"), ({"from_on": date(2026, 11, 23)}, "不能早于今天"),
        ({"title": " "}, "填写事项"), ({"title": "长" * 190}, "180字"), ({"source": "X"}, "来源"),
        ({"until_on": date(2026, 11, 1)}, "早于开始"),
    ],
)  # fmt: skip
def test_bad_words_are_refused_with_the_way_out(life, cast, bad, why):
    with pytest.raises(NotAllowed, match=why):
        register(cast, **bad)
    assert not Recurrence.objects.exists()


def test_stale_ended_and_reasonless_changes_are_refused(life, cast):
    found = register(cast)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.end_recurrence(found, until_on=TODAY, reason=" ", version=1, by=cast.office, on=TODAY)
    with pytest.raises(NotAllowed, match="以后的日期起"):
        services.change_recurrence(found, version=1, **words(cast))
    services.end_recurrence(found, until_on=TODAY, reason="不再办", version=1, by=cast.office, on=TODAY)
    with pytest.raises(Stale):
        services.end_recurrence(found, until_on=TODAY, reason="再停一次", version=1, by=cast.office, on=TODAY)
    later = date(2026, 11, 26)
    with pytest.raises(NotAllowed, match="已经停办"):
        services.end_recurrence(found, until_on=later, reason="晚了", version=2, by=cast.office, on=later)


def typed(cast, **more):
    told = {"title": "更新调度台账", "source": "KEY_WORK", "lead_unit": cast.planning.pk, "rhythm": "MONTH",
            "counted": "end", "place": 1, "ahead": 3, "from_on": "2026-11-24", "decided_by": cast.director.pk,
            "decided_on": "2026-11-24", "source_note": "局党委会纪要", "submission": uuid.uuid4()}  # fmt: skip
    return told | more


def test_the_pages_register_show_three_dates_with_their_why_and_end(life, cast, enter):
    client, told = enter(cast.office), typed(cast)
    for _ in range(2):  # sent twice, registered once
        assert client.post(reverse("matters:recurrence_new"), told).status_code == 302
    found = Recurrence.objects.get()
    assert (found.nth, found.leader) == (-1, cast.leader)
    page = client.get(reverse("matters:recurrences"))
    (line,) = page.context["lines"]
    assert [one.due for one in line.dates] == [date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 29)]
    text = page.content.decode()
    assert "每月最后一个工作日" in text and "暂定" in text and "2027年放假安排尚未公布" in text
    bad = client.post(reverse("matters:recurrence_new"), typed(cast, place=0, source_note=""))
    assert bad.status_code == 200 and "出处" in bad.content.decode() and "更新调度台账" in bad.content.decode()
    end = reverse("matters:recurrence_end", args=[found.pk])
    data = {"until_on": "2026-12-31", "reason": "改季报", "version": 1, "submission": uuid.uuid4()}
    assert client.post(end, data).status_code == 302
    assert client.post(end, data | {"submission": uuid.uuid4()}).status_code == 409
    assert Entry.objects.filter(act="matters.end_recurrence").count() == 1
    assert enter(cast.stranger).get(end).status_code in (403, 404)


def test_the_page_costs_the_same_with_two_and_with_twenty(life, cast, enter):
    client = enter(cast.office)

    def cost() -> int:
        with asked(client) as seen:
            client.get(reverse("matters:recurrences"))
        return len(seen)

    register(cast), register(cast, title="季报", rhythm="QUARTER")
    cost()
    few = cost()
    for number in range(18):
        register(cast, title=f"第{number}项")
    assert cost() == few
