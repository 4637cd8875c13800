"""评优限制: two effects apart, each with its ground; lifted, never deleted; seen by few."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.accountability import queries, services
from luoshi.accountability.models import Bar
from luoshi.accountability.rules import HINT
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import DAY, clean
from luoshi.org import queries as org
from luoshi.records.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.3.2")]
SECRET = "一年内三次被通报批评"


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", f"{DAY:%Y-%m-%d}T10:00")
    return cast


def told(cast, **words):
    base = {"bureau": cast.bureau, "person": cast.handler, "effect": "COMMENDATION", "from_on": date(2026, 1, 1),
            "until_on": date(2026, 12, 31), "basis": SECRET, "document": "局党委会纪要第20期", "body": "局党委",
            "decided_by": cast.director, "decided_on": DAY, "by": cast.office, "on": DAY}  # fmt: skip
    return base | words


def barred(cast, **words) -> Bar:
    return services.open_bar(**told(cast, **words))


EXCELLENT = {"effect": "EXCELLENT", "citation": "《公务员考核规定》", "body": "县纪委监委", "decided_by": None}


def test_the_two_effects_are_two_and_each_is_asked_apart(cast):
    barred(cast)
    barred(cast, person=cast.second_handler, **EXCELLENT)
    people = [cast.handler.pk, cast.second_handler.pk, cast.chief.pk]
    with CaptureQueriesContext(connection) as seen:
        found = queries.bars(people, bureau_id=cast.bureau.pk, on=DAY, effect="EXCELLENT")
    assert (set(found), len(seen)) == ({cast.second_handler.pk}, 1)
    assert set(queries.bars(people, bureau_id=cast.bureau.pk, on=DAY)) == set(people[:2])
    january = date(2027, 1, 8)
    assert queries.bars(people, bureau_id=cast.bureau.pk, on=january) == {}
    assert set(queries.bars(people, bureau_id=cast.bureau.pk, on=january, year=2026)) == set(people[:2])
    assert queries.hints(people, bureau_id=cast.bureau.pk, on=DAY)[cast.handler.pk] == HINT
    assert queries.bars(people, bureau_id=cast.other_bureau.pk, on=DAY) == {} and clean() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"by": "leader"}, "没有这项职责"),
        ({"by": "sysadmin"}, "没有这项职责"),
        ({"basis": " "}, "写明事由"),
        ({"document": ""}, "没有书面决定"),
        ({"effect": "EXCELLENT"}, "依据的规定"),
        ({"effect": "EXCELLENT", "person": None, "unit": "planning", "citation": "x"}, "只对个人"),
        ({"effect": "?"}, "选择限制内容"),
        ({"decided_by": None}, "请填写决定人"),
        ({"decided_by": "leader"}, "不是本局主要领导"),
        ({"decided_on": DAY + timedelta(1)}, "不能晚于今天"),
        ({"until_on": date(2025, 1, 1)}, "不能早于"),
        ({"person": "office"}, "不能由本人登记"),
        ({"person": "stranger"}, "没有在本局任职"),
        ({"person": None}, "只选其一"),
        ({"unit": "planning"}, "只选其一"),
        ({"person": None, "unit": "other_unit"}, "不是本局单位"),
    ],
)
def test_a_bar_without_power_or_ground_is_refused(cast, words, why):
    names = ("by", "person", "unit", "decided_by")
    called = {key: getattr(cast, value) if key in names and value else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        barred(cast, **called)
    assert not Bar.objects.exists()


def test_the_same_bar_is_entered_once_and_the_person_is_told(cast):
    barred(cast)
    assert cast.handler.notices.filter(kind="accountability.open").count() == 1
    with pytest.raises(NotAllowed, match="已经登记"):
        barred(cast)


def test_a_unit_is_barred_and_its_head_told(cast):
    bar = barred(cast, person=None, unit=cast.planning)
    assert set(queries.unit_bars([cast.planning.pk], bureau_id=cast.bureau.pk, on=DAY)) == {cast.planning.pk}
    assert queries.visible_to(cast.chief, org.held(cast.chief, DAY)).get() == bar


def test_lifted_it_binds_no_more_and_stays(cast):
    bar = barred(cast)
    services.lift_bar(bar, reason="异议成立。", version=1, by=cast.director, on=DAY)
    assert (bar.lift_decided_by, bar.version) == (cast.director, 2)
    assert queries.bars([cast.handler.pk], bureau_id=cast.bureau.pk, on=DAY, year=2026) == {}
    with pytest.raises(NotAllowed, match="已经解除"):
        services.lift_bar(bar, reason="再来。", version=None, by=cast.director, on=DAY)
    assert barred(cast).pk != bar.pk and clean() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"reason": " "}, "写明理由"),
        ({"by": "chief"}, "没有这项职责"),
        ({"by": "office"}, "作出解除决定的人"),
        ({"by": "office", "decided_by": "leader"}, "不是本局主要领导"),
        ({"by": "office", "decided_by": "director"}, "写明出处"),
        ({"decided_on": DAY + timedelta(1)}, "今天或以前"),
    ],
)
def test_lifting_without_power_or_reason_is_refused(cast, words, why):
    bar = barred(cast)
    called = {key: getattr(cast, value) if key in ("by", "decided_by") else value for key, value in words.items()}
    base = {"reason": "异议成立。", "version": 1, "by": cast.director, "on": DAY}
    with pytest.raises(NotAllowed, match=why):
        services.lift_bar(bar, **(base | called))


def test_nobody_lifts_his_own_and_the_slower_one_is_told(cast):
    own = barred(cast, person=cast.discipline)
    with pytest.raises(NotAllowed, match="不能由本人解除"):
        services.lift_bar(own, reason="x", version=1, by=cast.discipline, on=DAY, decided_by=cast.director, note="x")
    with pytest.raises(Stale):
        services.lift_bar(own, reason="x", version=7, by=cast.director, on=DAY)


def test_who_sees_a_bar_and_who_only_gets_a_404(life, enter):
    bar = barred(life)
    pages = {}
    for who in ("office", "director", "discipline", "handler", "leader", "chief", "second_handler", "verifier",
                "inspector", "stranger", "sysadmin", "auditor"):  # fmt: skip
        answer = enter(getattr(life, who)).get(bar.get_absolute_url())
        pages[who] = answer.status_code
        assert (SECRET in answer.content.decode()) == (answer.status_code == 200), who
    assert {who for who, code in pages.items() if code == 200} == {"office", "director", "discipline", "handler"}
    told = "".join(Entry.objects.filter(act__startswith="accountability").values_list("body", flat=True))
    assert "三次被通报" not in told and life.handler.name not in told, "the trail is read by an administrator"


def test_the_list_and_the_two_forms(life, enter):
    client = enter(life.office)
    empty = client.get("/accountability/bars/").content.decode()
    assert "现在没有人、没有单位受限制" in empty and enter(life.chief).get("/accountability/bars/").status_code == 403
    bar = barred(life)
    client = enter(life.office)
    page = client.get("/accountability/bars/").content.decode()
    assert life.handler.name in page and "2026年" in page and SECRET not in page
    assert "登记限制" in client.get("/accountability/bars/new/").content.decode()
    assert "解除限制" in client.get(f"{bar.get_absolute_url()}lift/").content.decode()
