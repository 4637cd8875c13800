"""批量办理 of the ledger: what can be done is done in one act, what cannot is told before; nothing typed is lost."""

from __future__ import annotations

import uuid

import pytest

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.services import SomeRefused
from luoshi.problems import services
from luoshi.problems.models import Problem, ProblemEvent
from luoshi.problems.services.many import act_on_many
from luoshi.problems.tests.life import DAY, DUE, LATER, Life, at
from luoshi.records.models import Entry
from luoshi.records.verify import verify

BULK, LIST = "/problems/bulk/", "/problems/"
pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.2.2b")]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def picks(*problems: Problem) -> list[str]:
    return [f"{one.public_id}:{one.version}" for one in problems]


def post(client, act: str, *problems: Problem, **words):
    told = {"submission": str(uuid.uuid4()), "act": act, "pick": picks(*problems), "back": "?state=open", **words}
    return client.post(BULK, told)


def test_the_page_says_before_what_can_be_done_and_what_not(life, cast, enter):
    new, known = life.open(title="新的一件"), life.to("CONFIRMED", title="确认过的")
    client = enter(cast.office)
    listed = client.get(LIST).content.decode()
    assert listed.count('name="pick"') == 2 and f'action="{BULK}"' in listed
    answer = client.get(BULK, {"act": "confirm", "pick": picks(new, known)})
    assert [row.title for row in answer.context["can"]] == ["新的一件"]
    assert [row.title for row, _ in answer.context["cannot"]] == ["确认过的"]
    assert "<strong>1</strong>件可以确认" in answer.content.decode()
    assert 'name="pick"' not in enter(cast.handler).get(LIST).content.decode()


def test_many_are_confirmed_in_one_act(life, cast, enter):
    rows = [life.open(title=f"第{nth}件") for nth in range(3)]
    assert post(enter(cast.office), "confirm", *rows, reason="会上逐件核过").status_code == 302
    assert set(Problem.objects.values_list("state", flat=True)) == {"CONFIRMED"}
    assert Entry.objects.filter(act="problems.act_on_many").count() == 1
    assert set(ProblemEvent.objects.filter(move="confirm").values_list("note", flat=True)) == {"会上逐件核过"}
    assert verify().ok


def test_unit_person_and_date_are_given_to_many(life, cast, enter):
    new, running = life.open(title="新的", unit=None), life.to("RECTIFYING", title="办着的")
    client = enter(cast.office)
    words = {"unit": cast.housing.pk, "owner": cast.housing_chief.pk, "due_on": LATER.isoformat()}
    answer = post(client, "assign", new, running, **words)
    assert answer.status_code == 200 and "调整时限要写理由" in answer.content.decode()
    assert post(client, "assign", new, running, reason="统一调整", **words).status_code == 302
    for one in (new, running):
        one.refresh_from_db()
        assert (one.unit, one.owner, one.due_on) == (cast.housing, cast.housing_chief, LATER)
    assert (new.original_due_on, running.original_due_on) == (LATER, DUE)
    assert ProblemEvent.objects.get(move="reschedule").note == "统一调整" and verify().ok


@pytest.mark.parametrize(
    ("act", "words", "why"),
    [
        ("assign", {}, "至少选定"),
        ("dismiss", {"reason": ""}, "请填写"),
        ("assign", {"due_on": "2026-09-01"}, "不能早于"),
        ("assign", {"owner": "999999"}, "不在可选范围"),
    ],
)
def test_bad_words_are_said_and_nothing_is_saved(life, cast, enter, act, words, why):
    one = life.open()
    answer = post(enter(cast.office), act, one, **words)
    assert answer.status_code == 200 and why in answer.content.decode()
    one.refresh_from_db()
    assert one.version == 1


def test_one_that_is_refused_saves_none_and_what_was_typed_stays(life, cast, enter):
    one, other = life.open(title="甲"), life.open(title="乙")
    client = enter(cast.office)
    told = picks(one, other)
    services.confirm(one, by=cast.chief, on=DAY)
    answer = client.post(
        BULK, {"submission": str(uuid.uuid4()), "act": "dismiss", "pick": told, "reason": "重复登记", "back": ""}
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and "还没有保存" in page and "重复登记" in page and "有变动" in page
    assert Problem.objects.filter(state="DISMISSED").count() == 0
    with pytest.raises(SomeRefused):
        act_on_many(
            [(one, 1), (other, 1)], "confirm", bureau=cast.bureau, by=cast.office, on=DAY, now=at(DAY), words={}
        )


def test_who_may_not_and_what_may_not(life, cast, enter):
    one, mine = life.open(), life.item(title="私下的话")
    answer = enter(cast.handler).get(BULK, {"act": "assign", "pick": picks(one, mine)})
    assert "私下的话" not in answer.content.decode() and answer.context["can"] == []
    assert enter(cast.neighbour).get(BULK, {"act": "confirm", "pick": picks(one)}).status_code == 302
    assert enter(cast.auditor).get(BULK).status_code == 403
    for told in ({}, {"act": "accept", "pick": picks(one)}, {"act": "confirm", "pick": ["x", "y:z"]}):
        assert enter(cast.office).get(BULK, told).status_code == 302
    with pytest.raises(NotAllowed, match="不能批量"):
        act_on_many([(one, 1)], "accept", bureau=cast.bureau, by=cast.office, on=DAY, now=at(DAY), words={})
    with pytest.raises(NotAllowed, match="1至200件"):
        act_on_many([], "confirm", bureau=cast.bureau, by=cast.office, on=DAY, now=at(DAY), words={})


def test_sent_twice_it_is_done_once(life, cast, enter):
    one, key = life.open(), str(uuid.uuid4())
    client = enter(cast.office)
    for _ in range(2):
        assert post(client, "confirm", one, submission=key).status_code == 302
    assert ProblemEvent.objects.filter(move="confirm").count() == 1
