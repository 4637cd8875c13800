"""急难愁盼 and 民生实事 over HTTP, and what of them stands on whose desk."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from luoshi.commitments import services
from luoshi.commitments.models import Concern, LivelihoodBatch
from luoshi.commitments.tests.life import DAY, batch, clean, concern, cost, draft, published, work
from luoshi.matters.models import Matter
from luoshi.problems.models import Problem
from tests.house.filled import filled

pytestmark = pytest.mark.django_db


def key() -> dict:
    return {"submission": str(uuid.uuid4())}


def opened(client, url) -> dict:
    return filled(client.get(url).content.decode(), url.split("?")[0])


def on_desk(client) -> dict[str, list[str]]:
    return {part.label: [line.title for line in part.lines] for part in client.get("/").context["parts"]}


@pytest.mark.clause("2.2.1.4b")
def test_the_office_registers_in_a_minute_and_the_date_says_why(life, enter):
    client = enter(life.office)
    told = {**opened(client, "/commitments/concerns/new/"), "title": "路灯坏了一个月", "leader": life.leader.pk,
            "unit": life.planning.pk}  # fmt: skip
    answer = client.post("/commitments/concerns/new/", told)
    found = Concern.objects.get()
    assert answer["Location"] == found.get_absolute_url() and found.answer_due_on == date(2026, 10, 12)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "第5个工作日" in page and "为什么" in page and "还剩" in page
    assert client.post("/commitments/concerns/new/", told)["Location"] == found.get_absolute_url()
    assert Concern.objects.count() == 1 and clean() == []


@pytest.mark.clause("2.2.1.4b")
def test_bad_words_are_told_beside_their_field(life, enter):
    promise = published(life).promises.first()
    client = enter(life.office)
    fields = opened(client, "/commitments/concerns/new/")
    bad = client.post(
        "/commitments/concerns/new/",
        {**fields, "title": "", "leader": life.second_leader.pk, "promise": promise.pk, "received_on": "2026-09-30"},
    ).content.decode()
    assert "不能晚于今天" in bad and "这条是沈知行的承诺" in bad and "没有保存" in bad
    for who in ("inspector", "verifier", "window", "sysadmin"):
        assert enter(getattr(life, who)).post("/commitments/concerns/new/", key()).status_code == 403


@pytest.mark.clause("2.2.1.4b")
@pytest.mark.clause("2.2.1.4d")
def test_a_leader_answers_from_the_desk_and_comes_back_to_it(life, enter):
    found = concern(life, unit=None)
    client = enter(life.leader)
    assert on_desk(client)["待答复的诉求"] == [found.title]
    url = reverse("commitments:answer", args=[found.public_id])
    assert f'href="{url}?back=desk"' in client.get("/").content.decode()
    told = {**opened(client, f"{url}?back=desk"), "said": "已派人修，本周完成。"}
    assert told["back"] == ["desk"]
    assert client.post(url, told)["Location"] == "/"
    assert on_desk(client) == {"已答复、待办结的诉求": [found.title]}
    stale = client.post(url, {**told, **key(), "said": "又答一次"})
    assert "不能“答复”" in stale.content.decode() and "又答一次" in stale.content.decode()
    close = reverse("commitments:close", args=[found.public_id])
    client.post(close, {**opened(client, close), "ending": "SOLVED", "measure": "三户修好，雨后回访不漏。"})
    found.refresh_from_db()
    assert (found.state, found.ending) == ("CLOSED", "SOLVED") and on_desk(client) == {}


@pytest.mark.clause("2.2.1.4d")
def test_two_who_close_at_once_are_told_of_each_other(life, enter):
    found = concern(life)
    services.answer(found, words="已答。", version=1, by=life.leader, on=DAY)
    client = enter(life.leader)
    close = reverse("commitments:close", args=[found.public_id])
    fields = opened(client, close)
    services.reassign(found, leader=life.leader, unit=life.quality, version=2, by=life.office, on=DAY)
    stale = client.post(close, {**fields, "ending": "EXPLAINED", "measure": "已上门解释。"})
    assert stale.status_code == 409 and "已上门解释" in stale.content.decode()


@pytest.mark.clause("2.2.1.4d")
def test_a_concern_goes_to_supervision_and_to_the_ledger_of_problems(life, enter):
    found = concern(life)
    client = enter(life.leader)
    for name, data in (("hand_over", {"unit": life.planning.pk}), ("list_problem", {})):
        url = reverse(f"commitments:{name}", args=[found.public_id])
        client.post(url, {**opened(client, url), **data})
    found.refresh_from_db()
    assert (found.matter, found.problem) == (Matter.objects.get(), Problem.objects.get())
    assert "三栋住户" not in found.problem.raiser and found.problem.raiser and found.problem.channel == "MASSES"
    page = client.get(found.get_absolute_url()).content.decode()
    assert found.matter.get_absolute_url() in page and "转督办</a>" not in page
    assert enter(life.chief).get(reverse("commitments:hand_over", args=[found.public_id])).status_code == 403
    assert clean() == []


@pytest.mark.clause("2.2.1.4d")
def test_others_concerns_are_not_there(life, enter):
    found = concern(life)
    for who in ("second_leader", "property_chief", "window", "stranger", "sysadmin"):
        assert enter(getattr(life, who)).get(found.get_absolute_url()).status_code in (403, 404)
    assert found.title not in enter(life.second_leader).get("/commitments/concerns/").content.decode()
    assert found.title not in enter(life.window).get("/commitments/concerns/?show=all").content.decode()


@pytest.mark.clause("2.2.1.4d")
def test_the_list_is_found_by_stage_and_walked_by_key(life, enter):
    for number in range(53):
        concern(life, title=f"第{number}件", received_on=DAY - timedelta(days=number % 3))
    gone = concern(life, title="登记错了")
    services.void_concern(gone, reason="重复。", version=1, by=life.office, on=DAY)
    client = enter(life.office)
    page = client.get("/commitments/concerns/")
    lines = page.context["lines"]
    assert len(lines) == 50 and lines == sorted(lines, key=lambda one: (one.concern.answer_due_on, one.concern.pk))
    rest = client.get(f"/commitments/concerns/{page.context['next']}").context["lines"]
    assert len(rest) == 3 and not {one.concern.pk for one in rest} & {one.concern.pk for one in lines}
    every = client.get("/commitments/concerns/?show=all").context
    assert [one["count"] for one in every["chips"]] == ["53", "53", "0", "0", "0", "0", "54"]
    assert client.get("/commitments/concerns/?show=all&after=999999999.5").status_code == 200
    assert client.get("/commitments/concerns/?show=nonsense&kind=x&after=1.x").status_code == 200


def test_the_list_and_the_desk_cost_the_same_for_one_and_for_twenty(life, enter):
    concern(life)
    batch(life)
    client = enter(life.leader)
    pages = ("/", "/commitments/concerns/", "/commitments/livelihood/")
    few = {page: cost(client, page) for page in pages}
    for number in range(20):
        concern(life, title=f"第{number}件")
    batch(life, *[work(life, f"第{number}件") for number in range(12)], title="第二批")
    many = {page: cost(client, page) for page in pages}
    assert all(many[page] <= few[page] for page in pages), (few, many)


@pytest.mark.clause("2.2.2.2c")
def test_a_batch_is_registered_in_rows_and_done_with_what_people_say(life, enter):
    client = enter(life.office)
    row = {"words_0": "给两个小区装充电棚", "beneficiaries_0": "电动车住户", "people_0": "260",
           "unit_0": life.property.pk, "due_0": "2026-12-20"}  # fmt: skip
    told = {**opened(client, "/commitments/livelihood/new/"), **row}
    bad = client.post("/commitments/livelihood/new/", {**told, "unit_0": "", "words_1": "只写了名字"})
    text = bad.content.decode()
    assert "请选择单位" in text and "请写明谁受益" in text and "只写了名字" in text
    client.post("/commitments/livelihood/new/", {**told, **key()})
    found = LivelihoodBatch.objects.get()
    item = found.items.get()
    assert item.leader == life.second_leader, "the unit's own leader, not asked again"
    finish = reverse("commitments:item_finish", args=[item.pk])
    client = enter(life.property_chief)
    dumb = client.post(finish, {**opened(client, finish), "result": "建成", "feedback": ""})
    assert "没有保存" in dumb.content.decode()
    client.post(finish, {**opened(client, finish), "result": "两处建成", "feedback": "走访十户，都说方便"})
    page = client.get("/commitments/livelihood/").content.decode()
    assert "已办成" in page and "260" in page
    assert enter(life.chief).get("/commitments/livelihood/new/").status_code == 403


@pytest.mark.clause("2.2.2.2c")
def test_a_work_is_changed_handed_over_and_cancelled_by_whom_it_may(life, enter):
    found = batch(life, work(life), work(life, "改造雨棚"))
    first, second = found.items.all()
    client = enter(life.office)
    edit = reverse("commitments:item_edit", args=[first.pk])
    fields = opened(client, edit)
    client.post(edit, {**fields, "name": "装三处充电棚"})
    stale = client.post(edit, {**fields, **key(), "name": "装四处充电棚"})
    assert stale.status_code == 409 and "装四处充电棚" in stale.content.decode()
    over = reverse("commitments:item_hand_over", args=[first.pk])
    client.post(over, opened(client, over))
    first.refresh_from_db()
    assert (first.name, first.matter.title) == ("装三处充电棚", "装三处充电棚")
    void = reverse("commitments:item_void", args=[second.pk])
    client.post(void, {**opened(client, void), "reason": "并入城建项目"})
    assert "并入城建项目" in client.get(found.get_absolute_url()).content.decode() and clean() == []
    assert enter(life.second_leader).get(edit).status_code == 403


@pytest.mark.clause("2.2.1.4a")
def test_each_desk_shows_what_of_promises_is_owed(life, enter, monkeypatch):
    sent = services.submit(draft(life), version=None, by=life.leader, on=DAY)
    assert on_desk(enter(life.director)) == {"待审定公示的承诺": [str(sent)]}
    services.give_back(sent, reason="时限太晚。", version=None, by=life.director, on=DAY)
    assert on_desk(enter(life.leader)) == {"我起草的承诺": [str(sent)]}
    services.publish(sent, version=None, by=life.director, on=DAY)
    missing = on_desk(enter(life.office))["还没有承诺的班子成员"]
    assert missing == ["陆远山还没有2026年公开承诺", "孟怀瑾还没有2026年公开承诺"]
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-20T10:00")
    client = enter(life.leader)
    assert on_desk(client) == {"快到期的承诺": [sent.promises.get(order=1).words]}
    for one in sent.promises.all():
        services.fulfil(one, outcome="KEPT", words="做到了。", version=None, by=life.leader, on=date(2026, 11, 20))
    assert on_desk(enter(life.office))["待评诺的承诺"] == [str(sent)] and on_desk(enter(life.leader)) == {}
