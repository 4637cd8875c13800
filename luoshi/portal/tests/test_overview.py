"""总览: each figure opens to exactly what it counts, within what one answers for, at a cost that does not grow."""

from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.matters import services
from luoshi.matters.models import Matter, MatterEvent, MatterParty
from luoshi.matters.rules import Lamp
from luoshi.matters.tests.life import Life, at
from luoshi.org import queries as org
from luoshi.portal.queries import overview as queries
from luoshi.portal.rules import SPANS, span
from tests.counting import asked

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1c")]
START = date(2026, 11, 2)
TODAY = date(2026, 11, 24)
DUE = date(2026, 12, 25)


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00")
    return Life(cast, START)


@pytest.fixture
def bureau(life, cast):
    """One matter for each figure; returns them by what they stand for."""

    def under_way(title, **words):
        return life.to("ACCEPTED", title=title, due_on=words.pop("due_on", DUE), **words)

    found = {"unsigned": life.to("ASSIGNED", title="没有签收", due_on=DUE)}
    found["still"] = under_way("没有进展")
    found["asked"] = under_way("申请延期", source="COUNTY")
    services.ask_extension(
        found["asked"], wanted_on=DUE + timedelta(days=9), reason="等验收", by=cast.handler, on=TODAY, now=at(TODAY)
    )
    found["extended"] = under_way("批了延期")
    services.extend(
        found["extended"], due_on=DUE + timedelta(days=5), reason="推迟", by=cast.leader, on=TODAY, now=at(TODAY)
    )
    found["slipped"] = under_way("路线图滞后")
    steps = [
        services.StepWords("第一步", date(2026, 11, 20), cast.handler),
        services.StepWords("末步", DUE, cast.handler),
    ]
    life.step(found["slipped"], "propose_roadmap", steps=steps)
    life.step(found["slipped"], "accept_roadmap")
    found["waiting"] = life.step(under_way("路线图待审核"), "propose_roadmap", steps=steps)
    found["returned"] = under_way("退回两次")
    for _ in range(2):
        life.step(found["returned"], "submit")
        life.day, kept = TODAY, life.day
        life.step(found["returned"], "send_back")
        life.day = kept
    life.day = TODAY
    found["in_time"] = life.to("CLOSED", under_way("按期办结"))
    other = {"lead_unit": cast.housing, "assist_units": [], "due_on": DUE, "leader": cast.second_leader}
    draft = life.open(title="别人分管的", **other)
    found["other"] = life.step(life.step(draft, "approve", by=cast.second_leader), "assign")
    return found


def records(client, url) -> set[str]:
    page = client.get(url)
    assert page.status_code == 200, url
    return {line["row"].title for line in page.context["lines"]}


def links(page) -> dict[str, int]:
    """Every figure on the page that opens something: its address and the number printed."""
    found = re.findall(r'<a class="(?:over-number|figure|tally)" href="([^"]+)"[^>]*>(\d+)</a>', page.content.decode())
    return {url.replace("&amp;", "&"): int(number) for url, number in found}


def test_every_figure_opens_to_exactly_what_it_counts(bureau, cast, enter):
    for who, period in itertools.product(("director", "leader", "second_leader", "office"), SPANS):
        client = enter(getattr(cast, who))
        found = links(client.get(reverse("portal:overview"), {"period": period}))
        assert len(found) > 6
        for url, number in found.items():
            page = client.get(url)
            assert page.status_code == 200, url
            assert (page.context["number"], len(page.context["lines"])) == (number, number), (who, url)
            assert page.context["span"].key == period


def test_each_figure_counts_what_its_word_says(bureau, cast, enter):
    client = enter(cast.director)

    def titles(key):
        return records(client, reverse("portal:overview_records", args=[key]) + "?period=week&unit=&source=")

    assert titles("unsigned") == {"没有签收"}
    assert titles("asked") == {"申请延期"} and titles("extended") == {"批了延期"}
    assert titles("slipped") == {"路线图滞后"} == titles("planned")
    assert titles("waiting") == {"路线图待审核"}
    assert titles("circling") == {"退回两次"} == titles("returned")
    assert titles("in_time") == {"按期办结"} and titles("closed_late") == set()
    assert titles("handed") == {"按期办结", "别人分管的"}, "what was handed out on the 2nd is not of this week"
    assert "没有进展" in titles("still") and "退回两次" not in titles("still")
    assert "没有进展" in titles("missing") and "路线图待审核" not in titles("missing")
    month = records(client, reverse("portal:overview_records", args=["handed"]) + "?period=month")
    assert "没有签收" in month


def test_newly_late_is_what_ran_out_within_the_days_looked_back_over(life, cast):
    life.to("ACCEPTED", title="首次反馈没交", due_on=DUE)  # due on 9 November, so late from the 10th

    def late(day: int, period: str = "week") -> bool:
        on = date(2026, 11, day)
        held = org.held(cast.director, on)
        return queries.scope(cast.director, held, cast.bureau.pk, on, span(period, on)).all("newly_late").exists()

    assert [late(day) for day in (9, 10, 16, 17)] == [False, True, True, False]
    assert late(24, "month")


def test_being_urged_or_read_is_no_progress(life, cast, enter):
    matter = life.to("ACCEPTED", title="只催不办", due_on=DUE)
    services.urge(matter, by=cast.office, on=TODAY, now=at(TODAY))
    url = reverse("portal:overview_records", args=["still"])
    assert records(enter(cast.director), url) == {"只催不办"}
    services.feed_back(matter, kind="PRELIMINARY", done="办了", progress=20, by=cast.handler, on=TODAY, now=at(TODAY))
    assert records(enter(cast.director), url) == set()


def test_a_leader_sees_his_portfolio_and_the_chief_all(bureau, cast, enter):
    url = reverse("portal:overview_records", args=["open"])
    mine, theirs = records(enter(cast.leader), url), records(enter(cast.second_leader), url)
    assert "别人分管的" not in mine and theirs == {"别人分管的"}
    assert records(enter(cast.director), url) == mine | theirs == records(enter(cast.office), url)
    assert "我分管的" in enter(cast.leader).get(reverse("portal:overview")).content.decode()


@pytest.mark.parametrize("who", ["chief", "handler", "verifier", "inspector", "window", "sysadmin"])
def test_others_are_refused(cast, enter, who):
    assert enter(getattr(cast, who)).get(reverse("portal:overview")).status_code == 403
    assert enter(getattr(cast, who)).get(reverse("portal:overview_records", args=["open"])).status_code == 403


def test_addresses_made_up_are_answered(life, cast, enter):
    client = enter(cast.director)
    assert client.get(reverse("portal:overview") + "?period=decade").context["span"].key == "week"
    assert client.get(reverse("portal:overview_records", args=["nonsense"])).status_code == 404
    page = client.get(reverse("portal:overview_records", args=["open"]) + "?unit=x&source=NO&after=-1&period=%00")
    assert page.status_code == 200 and page.context["number"] == 0
    assert "没有卡住的事项" in client.get(reverse("portal:overview")).content.decode()


def test_units_stand_in_their_rank_and_nobody_is_ranked(bureau, cast, enter):
    page = enter(cast.director).get(reverse("portal:overview"))
    ranks = [one.pk for one in org.units_of(cast.bureau.pk, TODAY).order_by("rank", "pk")]
    by_unit = page.context["splits"][0]["lines"]
    order = [str(pk) for pk in ranks if str(pk) in {line["url"].split("unit=")[1] for line in by_unit}]
    assert [line["url"].split("unit=")[1] for line in by_unit] == order
    assert "排名" not in page.content.decode() and "登录" not in page.content.decode().split("<main")[1]


def copies(matter: Matter, number: int) -> None:
    """So many more matters like this one, past the services: a load, not a story."""
    names = [one.attname for one in Matter._meta.concrete_fields if one.attname not in ("id", "public_id", "number")]
    values = {name: getattr(matter, name) for name in names}
    start = Matter.objects.order_by("-number").values_list("number", flat=True).first() or 0
    made = Matter.objects.bulk_create([Matter(**values, number=start + n + 1) for n in range(number)], batch_size=500)
    MatterParty.objects.bulk_create(
        [MatterParty(matter=one, unit_id=one.lead_unit_id, role="LEAD") for one in made], batch_size=500
    )
    events = [
        MatterEvent(matter=one, cycle=1, move="assign", at=at(START), on=START, operator=matter.opened_by, version=3)
        for one in made
    ]
    MatterEvent.objects.bulk_create(events, batch_size=500)


@pytest.mark.parametrize("who", ["director", "leader"])
def test_the_number_of_queries_is_the_same_for_50_matters_and_5000(bureau, cast, enter, who):
    client = enter(getattr(cast, who))

    def cost() -> int:
        with asked(client) as seen:
            assert client.get(reverse("portal:overview") + "?period=quarter").status_code == 200
        return len(seen)

    copies(bureau["still"], 50)
    cost()
    few = cost()
    copies(bureau["still"], 4950)
    assert cost() == few <= 40


def test_the_conditions_of_the_lamps_part_what_is_in_hand(bureau, cast):
    told = queries.scope(cast.director, org.held(cast.director, TODAY), cast.bureau.pk, TODAY, span("week", TODAY))
    facts = queries.overview(told)
    assert sum(facts.lamps) == facts.number == told.all("open").count()
    assert sum(one.number for one in facts.units) == sum(one.number for one in facts.sources) == facts.number
    assert {one.key for one in facts.stuck} <= set(queries.STUCK) and Lamp.RED in queries.LAMPS


def test_on_a_wall_it_reads_itself_anew(life, cast, enter):
    """Only there: a page left open on a desk must not keep its log-in alive."""
    client = enter(cast.director)
    plain = client.get(reverse("portal:overview")).content.decode()
    wall = client.get(reverse("portal:overview") + "?period=month&wall=1").content.decode()
    assert "hx-trigger" not in plain and "?period=week&amp;wall=1" in plain
    assert 'hx-get="?period=month&amp;wall=1" hx-trigger="every 2m"' in wall and 'id="over"' in wall
