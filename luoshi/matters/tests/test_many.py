"""批量办理: what can be done is done in one act, what cannot is told before; nothing typed is lost."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.urls import reverse

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import services
from luoshi.matters.models import EventEvidence, Matter, MatterEvent
from luoshi.matters.services import Paper, SomeRefused
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, at, clean, groups, staged
from luoshi.records.models import Entry

BULK, LIST = "/matters/bulk/", "/matters/"
pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1c")]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def picks(*matters: Matter) -> list[str]:
    return [f"{one.public_id}:{one.version}" for one in matters]


def post(client, act: str, *matters: Matter, **words):
    told = {"submission": str(uuid.uuid4()), "act": act, "pick": picks(*matters), "back": "?lamp=RED", **words}
    return client.post(BULK, told)


def test_the_page_says_before_what_can_be_done_and_what_not(life, cast, enter):
    running, draft = life.to("ACCEPTED", title="在办的一件"), life.open(title="拟办的一件")
    urged = life.to("ACCEPTED", title="催过的一件")
    life.step(urged, "urge")
    client = enter(cast.office)
    listed = client.get(LIST).content.decode()
    assert listed.count('name="pick"') == 3 and f'action="{BULK}"' in listed
    answer = client.get(BULK, {"act": "urge", "pick": [one.public_id for one in (running, draft, urged)]})
    assert [row.title for row in answer.context["can"]] == ["在办的一件"]
    assert {row.title: why for row, why in answer.context["cannot"]}["催过的一件"].startswith("今天已催办过")
    page = answer.content.decode()
    assert "<strong>1</strong>件可以催办" in page and "<strong>2</strong>件不能" in page


WORDS = {
    "urge": ("office", "ACCEPTED", {"note": "请抓紧"}),
    "allot": ("chief", "ACCEPTED", {}),
    "extend": ("leader", "ACCEPTED", {"due_on": "2026-12-31", "reason": "上级推迟"}),
    "suspend": ("leader", "ACCEPTED", {"reason": "等批复"}),
    "cancel": ("leader", "ASSIGNED", {"reason": "任务取消"}),
    "archive": ("office", "CLOSED", {}),
}


@pytest.mark.parametrize("move", list(WORDS))
@pytest.mark.clause("2.2.5.1f")
def test_many_matters_one_reason_one_act_each_with_its_event(life, cast, enter, move):
    who, state, words = WORDS[move]
    if move == "allot":
        words = {"handler": cast.second_handler.pk}
    matters = [life.to(state) for _ in range(3)]
    before, acts = Entry.objects.count(), groups()
    answer = post(enter(getattr(cast, who)), move, *matters, **words)
    assert answer.status_code == 302 and answer.url == "/matters/?lamp=RED"
    assert groups() == acts + 1
    left = list(Entry.objects.order_by("id").values_list("act", flat=True))[before:]
    assert left == [f"matters.{move}"] * 3 + ["matters.act_on_many"]
    events = MatterEvent.objects.filter(move=move, matter__in=matters)
    assert events.count() == 3 and len(set(events.values_list("note", flat=True))) == 1
    assert clean() == []


def test_the_office_enters_a_leaders_decision_for_many_with_the_paper(life, cast, enter):
    matters = [life.to("ACCEPTED") for _ in range(2)]
    client = enter(cast.office)
    words = {"due_on": "2026-12-31", "reason": "上级推迟", "decided_by": cast.leader.pk, "decided_on": "2026-09-29"}
    refused = post(client, "extend", *matters, **words)
    assert refused.status_code == 200 and "请写明出处" in refused.content.decode()
    assert Matter.objects.filter(due_on=LATER).count() == 0
    answer = post(client, "extend", *matters, **words, staged=[staged(cast.office)])
    assert answer.status_code == 302
    events = MatterEvent.objects.filter(move="extend")
    assert {one.decided_by for one in events} == {cast.leader} and {one.operator for one in events} == {cast.office}
    assert EventEvidence.objects.filter(event__in=events).count() == 2
    assert clean() == []


def test_the_wrong_role_and_the_unseen(life, cast, enter):
    matter = life.to("ACCEPTED")
    answer = post(enter(cast.handler), "extend", matter, due_on="2026-12-31", reason="我想延")
    assert answer.status_code == 200 and answer.context["can"] == []
    assert post(enter(cast.stranger), "urge", matter).status_code == 302  # he sees none: back to the list
    assert MatterEvent.objects.filter(move__in=["extend", "urge"]).count() == 0
    assert enter(cast.sysadmin).get(BULK, {"act": "urge", "pick": matter.public_id}).status_code == 403
    with pytest.raises(SomeRefused):
        services.act_on_many(
            [(matter, matter.version)], "extend", bureau=cast.bureau, by=cast.handler, on=DAY, now=at(DAY),
            words={"due_on": LATER, "reason": "我想延"},
        )  # fmt: skip


def test_a_state_that_forbids_it_and_a_move_that_is_none_for_many(life, cast, enter):
    closed = life.to("CLOSED")
    answer = post(enter(cast.leader), "suspend", closed, reason="等批复")
    assert answer.status_code == 200 and len(answer.context["cannot"]) == 1
    assert post(enter(cast.leader), "close", closed).status_code == 302
    with pytest.raises(NotAllowed):
        services.act_on_many(
            [(closed, closed.version)], "close", bureau=cast.bureau, by=cast.leader, on=DAY, now=at(DAY), words={}
        )


def test_stale_ones_are_listed_the_rest_waits_and_nothing_typed_is_lost(life, cast, enter):
    fresh, moved = life.to("ACCEPTED", title="没有动过的"), life.to("ACCEPTED", title="有人动过的")
    shown = picks(fresh, moved)
    life.step(moved, "allot")
    client = enter(cast.leader)
    told = {"act": "extend", "pick": shown, "due_on": "2026-12-31", "reason": "上级推迟了验收"}
    answer = client.post(BULK, {**told, "submission": str(uuid.uuid4())})
    page = answer.content.decode()
    assert [(row.title, why[:7]) for row, why in answer.context["cannot"]] == [("有人动过的", "您打开后有变动")]
    assert "还没有保存" in page and "上级推迟了验收" in page and f"{moved.public_id}:" not in page.split("<form")[-1]
    assert Matter.objects.filter(due_on=LATER).count() == 0
    rest = {**told, "pick": answer.context["form"]["pick"].value(), "submission": str(uuid.uuid4())}
    assert client.post(BULK, rest).status_code == 302
    assert list(Matter.objects.filter(due_on=LATER)) == [fresh]


def test_sent_twice_it_is_done_once(life, cast, enter):
    matters = [life.to("ACCEPTED") for _ in range(2)]
    client, key = enter(cast.office), str(uuid.uuid4())
    for _ in range(2):
        assert post(client, "urge", *matters, submission=key).status_code == 302
    assert MatterEvent.objects.filter(move="urge").count() == 2
    assert Entry.objects.filter(act="matters.act_on_many").count() == 1


def test_bad_input_is_told_beside_the_field(life, cast, enter):
    matter = life.to("ACCEPTED")
    client = enter(cast.leader)
    assert "请填写" in post(client, "suspend", matter).content.decode()
    earlier = post(client, "extend", matter, due_on=DUE.isoformat(), reason="写早了")
    assert "要晚于现在的" in earlier.content.decode() and "写早了" in earlier.content.decode()
    assert post(client, "extend", matter, due_on="2020-01-01", reason="写早了").context["form"].errors["due_on"]
    assert client.get(BULK, {"act": "extend", "pick": ["junk", "", "x:1"]}).status_code == 302
    outside = post(enter(cast.chief), "allot", matter, handler=cast.quality_handler.pk)
    assert outside.context["form"].errors["handler"]
    assert Matter.objects.get(pk=matter.pk).version == matter.version


def test_urging_out_of_hours_asks_for_the_urgent_mark(life, cast, enter, monkeypatch):
    matter = life.to("ACCEPTED")
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T21:00")
    client = enter(cast.office)
    assert "不是工作时间" in post(client, "urge", matter).content.decode()
    assert post(client, "urge", matter, urgent="on").status_code == 302
    assert MatterEvent.objects.get(move="urge").data["urgent"]


def test_all_or_none(life, cast):
    good, late = life.to("ACCEPTED"), life.to("ACCEPTED", due_on=date(2027, 1, 29))
    with pytest.raises(SomeRefused) as refusal:
        services.act_on_many(
            [(good, good.version), (late, late.version)], "extend", bureau=cast.bureau, by=cast.leader, on=DAY,
            now=at(DAY), words={"due_on": LATER, "reason": "上级推迟"}, paper=Paper(),
        )  # fmt: skip
    assert list(refusal.value.why) == [late.pk]
    assert Matter.objects.get(pk=good.pk).due_on == DUE and not Entry.objects.filter(act="matters.extend").exists()
    assert reverse("matters:bulk") == BULK
