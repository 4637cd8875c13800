"""Finding matters: every named condition, in the address, as chips; filters kept under a name; what a page costs."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries, services
from luoshi.matters.models import Matter, SavedFilter
from luoshi.matters.queries import ORDERS, ListFilter
from luoshi.matters.tests.life import DAY, DUE, Life, at, clean
from luoshi.records.models import Entry
from tests.counting import asked

LIST = "/matters/"
pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1c")]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def titles(client, **told) -> list[str]:
    answer = client.get(LIST, told)
    assert answer.status_code == 200
    return [line.row.title for line in answer.context["lines"]]


def test_every_condition_finds_its_matters_and_no_others(life, cast, enter):
    """One matter stands apart in everything; each condition alone finds it and leaves the plain one out."""
    life.to("ACCEPTED", title="平常的一件")
    other = life.open(
        title="特别的一件", source="KEY_PROJECT", lead_unit=cast.housing, assist_units=[cast.property],
        leader=cast.second_leader, urgent=True, due_on=date(2026, 11, 30),
    )  # fmt: skip
    services.approve(other, by=cast.second_leader, on=DAY)
    services.assign(other, by=cast.office, on=DAY, now=at(DAY), verifier=cast.inspector)
    services.accept(other, by=cast.housing_chief, handler=cast.housing_chief, on=DAY)
    services.extend(other, due_on=date(2026, 12, 10), reason="等批复", by=cast.second_leader, on=DAY)
    services.submit(other, done="办完了", by=cast.housing_chief, on=DAY)
    services.send_back(other, reason="缺材料", by=cast.inspector, on=DAY)
    services.submit(other, done="补齐了", by=cast.housing_chief, on=DAY)
    services.verify(other, note="属实", by=cast.inspector, on=DAY)
    services.close(other, by=cast.second_leader, on=DAY)
    services.reopen(other, reason="反弹", due_on=date(2026, 12, 10), by=cast.second_leader, on=DAY, now=at(DAY))
    client = enter(cast.office)
    conditions = {
        "q": "特别", "source": "KEY_PROJECT", "block": "KEY_PROJECT", "unit": cast.housing.pk,
        "assist": cast.property.pk, "handler": cast.housing_chief.pk, "leader": cast.second_leader.pk,
        "verifier": cast.inspector.pk, "urgent": "1", "returned": "1", "rebounded": "1", "extended": "1",
        "due_to": "2026-12-10",
    }  # fmt: skip
    for name, value in conditions.items():
        assert titles(client, **{name: value}) == ["特别的一件"], name
    assert titles(client, due_from="2026-12-11") == ["平常的一件"]
    assert len(titles(client, out_from="2026-09-29", out_to="2026-09-29")) == 2
    assert titles(client, out_from="2026-09-30") == []
    assert len(titles(client, year="2026", series="督办")) == 2 and titles(client, year="2025") == []
    assert len(titles(client, road="missing")) == 2 and titles(client, road="slipped") == []
    assert titles(client, state="ACCEPTED", lamp="GREEN", order="number") == ["特别的一件", "平常的一件"]
    life.to("CLOSED", title="办结的一件")
    assert titles(client, closed_from="2026-09-29", closed_to="2026-09-29") == ["办结的一件"]
    assert titles(client, closed_from="2026-09-30") == []


def test_a_condition_that_names_nothing_is_dropped(life, cast, enter):
    life.to("ACCEPTED")
    client = enter(cast.office)
    wild = {
        "unit": "999999", "assist": "x", "handler": str(2**40), "leader": cast.stranger.pk, "task_list": uuid.uuid4(),
        "meeting": "no", "clause": "77777", "source": "NEVER", "state": "GONE", "lamp": "PINK", "year": "99",
        "due_from": "2026-02-31", "road": "away", "order": "sideways", "after": "a~b", "series": "\x00",
    }  # fmt: skip
    answer = client.get(LIST, wild)
    assert answer.status_code == 200 and len(answer.context["lines"]) == 1
    assert answer.context["set"] == []


def test_each_condition_is_a_chip_that_takes_off_itself_alone(life, cast, enter):
    life.to("ACCEPTED")
    client = enter(cast.office)
    answer = client.get(
        LIST, {"unit": cast.planning.pk, "urgent": "1", "due_from": "2026-10-01", "due_to": "2026-12-31"}
    )
    chips = {one["label"]: one["url"] for one in answer.context["set"]}
    assert list(chips) == [f"牵头单位：{cast.planning}", "加急", "办结时限：2026-10-01至2026-12-31"]
    assert (
        "due_" not in chips["办结时限：2026-10-01至2026-12-31"]
        and "urgent" in chips["办结时限：2026-10-01至2026-12-31"]
    )
    left = client.get(LIST + chips["加急"])
    assert len(left.context["set"]) == 2 and len(left.context["lines"]) == 1
    assert f"牵头单位：{cast.planning}；加急" in answer.context["sentence"]


def test_further_conditions_open_with_what_is_set(life, cast, enter):
    life.to("ACCEPTED")
    page = enter(cast.office).get(LIST, {"more": "1", "unit": cast.planning.pk, "urgent": "1"}).content.decode()
    assert re.search(rf'<option value="{cast.planning.pk}" selected', page)
    assert re.search(r'name="urgent"[^>]*checked', page) and "按条件查找" in page
    assert cast.stranger.name not in page
    assert "按条件查找" not in enter(cast.office).get(LIST).content.decode()


@pytest.mark.parametrize("order", list(ORDERS))
def test_paging_by_key_shows_each_once_in_every_order(life, cast, order):
    for nth in range(5):
        life.to("CLOSED", due_on=DUE + timedelta(days=nth // 2))
    seen, key = [], None
    for _ in range(4):
        page = queries.matter_list(cast.office, ListFilter(order=order), on=DAY, after_key=key, size=2)
        seen += [row.pk for row in page.rows]
        key = page.next_key
        if key is None:
            break
    whole = queries.matter_list(cast.office, ListFilter(order=order), on=DAY, size=50)
    assert seen == [row.pk for row in whole.rows] and len(set(seen)) == 5
    assert queries.matter_list(cast.office, ListFilter(order=order), on=DAY, after_key="x'~--~1").total == 5


def test_the_list_costs_the_same_at_50_and_at_5000_and_counts_no_further_than_1000(life, cast, enter):
    """With every kind of condition set, and with the further conditions open."""
    pattern = life.to("ACCEPTED")
    client = enter(cast.office)

    kept = {f.attname: getattr(pattern, f.attname) for f in Matter._meta.concrete_fields if f.name != "id"}

    def multiply(upto: int) -> None:
        rows = [
            Matter(**{**kept, "public_id": uuid.uuid4(), "number": nth + 1000})
            for nth in range(Matter.objects.count(), upto)
        ]
        Matter.objects.bulk_create(rows, batch_size=500)

    def cost(url: str) -> int:
        client.get(url)
        with asked(client) as seen:
            answer = client.get(url)
        assert answer.status_code == 200 and len(answer.context["lines"]) == 50
        return len(seen)

    wide = f"{LIST}?unit={cast.planning.pk}&leader={cast.leader.pk}&handler={cast.handler.pk}&road=missing&more=1"
    multiply(60)
    few = [cost(url) for url in (LIST, wide)]
    multiply(5000)
    assert [cost(url) for url in (LIST, wide)] == few
    assert few[0] <= 25 and few[1] <= 45, few
    assert client.get(LIST).context["page"].total_label == "1000+"


# Filters kept under a name


def keep(client, name: str, query: str = "lamp=RED", **more):
    return client.post(
        reverse("matters:filters"), {"submission": str(uuid.uuid4()), "name": name, "query": query, **more}
    )


def test_a_filter_is_kept_used_replaced_renamed_and_dropped(life, cast, enter):
    client = enter(cast.office)
    assert keep(client, "逾期的", "lamp=RED&after=7&matter=x&bogus=1").status_code == 302
    kept = SavedFilter.objects.get()
    assert (kept.query, kept.person) == ("lamp=RED", cast.office)
    chip = client.get(LIST, {"lamp": "RED"}).context["saved"][0]
    assert (chip["label"], chip["on"]) == ("逾期的", True)
    keep(client, "逾期的", "lamp=AMBER")
    kept.refresh_from_db()
    assert kept.query == "lamp=AMBER" and SavedFilter.objects.count() == 1
    client.post(reverse("matters:filter_rename", args=[kept.pk]), {"submission": uuid.uuid4(), "name": "临期的"})
    kept.refresh_from_db()
    assert kept.name == "临期的"
    client.post(reverse("matters:filter_drop", args=[kept.pk]), {"submission": uuid.uuid4()})
    kept.refresh_from_db()
    assert kept.ended and client.get(LIST).context["saved"] == []
    assert [one.act for one in Entry.objects.order_by("id")][-4:] == [
        "matters.keep_filter", "matters.keep_filter", "matters.rename_filter", "matters.drop_filter",
    ]  # fmt: skip
    assert clean() == []


def test_a_filter_is_the_persons_own(life, cast, enter):
    keep(enter(cast.office), "逾期的")
    kept = SavedFilter.objects.get()
    other = enter(cast.leader)
    assert other.get(LIST).context["saved"] == []
    for name in ("filter_rename", "filter_drop"):
        url = reverse(f"matters:{name}", args=[kept.pk])
        assert other.post(url, {"submission": uuid.uuid4(), "name": "拿来"}).status_code == 404
    with pytest.raises(NotAllowed):
        services.drop_filter(kept, bureau_id=cast.bureau.pk, by=cast.leader)


def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(life, cast, enter):
    client = enter(cast.office)
    answer = keep(client, "空的", "")
    assert answer.status_code == 200 and SavedFilter.objects.count() == 0
    keep(client, "甲")
    keep(client, "乙", "lamp=GREEN")
    second = SavedFilter.objects.get(name="乙")
    answer = client.post(reverse("matters:filter_rename", args=[second.pk]), {"submission": uuid.uuid4(), "name": "甲"})
    page = answer.content.decode()
    assert "已有名为“甲”的常用筛选" in page and 'value="甲"' in page
    key = str(uuid.uuid4())
    for _ in range(2):
        keep(client, "丙", submission=key)
    assert SavedFilter.objects.filter(name="丙").count() == 1
    for nth in range(17):
        keep(client, f"第{nth}个")
    assert "最多20个" in keep(client, "多一个").content.decode()
    assert enter(cast.sysadmin).get(reverse("matters:filters")).status_code == 403
