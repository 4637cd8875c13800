"""Every act's address: done, refused to others and in other states, stale, sent twice, badly filled."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.matters.forms import FORMS
from luoshi.matters.models import Feedback, Matter, MatterEvent
from luoshi.matters.rules import WORDS
from luoshi.matters.tests.life import LATER, Life, clean
from luoshi.records.models import Entry


@dataclass(frozen=True)
class Case:
    """One act: in which state it is made, by whom, with which fields, and where it leads (None: stays)."""

    state: str
    who: str
    to: str | None
    fields: dict = field(default_factory=dict)
    bad: dict | None = None
    """Fields that the form must refuse; None where the act has nothing to fill in."""
    home: str = ""
    """Where the act returns to, where that is not the matter's page."""


CASES = {
    "approve": Case("DRAFT", "leader", "APPROVED", {"block": "KEY_WORK"}, {"block": "NOTHING"}),
    "assign": Case("APPROVED", "office", "ASSIGNED", {"due_on": "2026-12-18"}, {"due_on": "2020-01-01"}),
    "accept": Case("ASSIGNED", "chief", "ACCEPTED", {}, {"handler": "999999"}),
    "decline": Case("ASSIGNED", "chief", "APPROVED", {"reason": "不属于本股室"}, {"reason": " "}),
    "allot": Case("ACCEPTED", "chief", None, {"handler": "second_handler"}, {"handler": ""}),
    "feed_back": Case("ACCEPTED", "handler", None,
                      {"done": "已摸排三个小区", "finished": "no", "progress": "30", "next_on": "2026-10-20"},
                      {"done": "已摸排", "finished": "no", "progress": "300"}),
    "submit": Case("ACCEPTED", "handler", "SUBMITTED", {"done": "全部办完"}, {"done": ""}),
    "receive": Case("ASSIGNED", "neighbour", None),
    "return_part": Case("ASSIGNED", "neighbour", None, {"reason": "不涉及质量安全"}, {"reason": ""},
                        home="portal:desk"),
    "allot_part": Case("ACCEPTED", "neighbour", None, {"handler": "quality_handler"}, {"handler": ""}),
    "contribute": Case("ACCEPTED", "neighbour", None, {"done": "已提供检查记录", "finished": "yes"}, {"done": ""}),
    "urge_part": Case("ACCEPTED", "office", None, {"note": "请抓紧配合"}, {"note": "长" * 201}),
    "adjust_parties": Case("ACCEPTED", "office", None,
                           {"new_0": "housing", "task_new0": "提供房源", "reason": "增加力量"},
                           {"task_new0": "提供房源", "reason": "忘了选单位"}),
    "propose_roadmap": Case("ACCEPTED", "handler", None,
                            {"words_0": "完成摸底", "on_0": "2026-10-15", "words_1": "报送报告", "on_1": "2026-12-18"},
                            {"words_0": "完成摸底", "on_0": "2026-12-31"}),
    "accept_roadmap": Case("ACCEPTED", "office", None, {"note": "同意"}, {"note": "长" * 301}),
    "return_roadmap": Case("ACCEPTED", "office", None, {"reason": "步骤太粗"}, {"reason": ""}),
    "finish_step": Case("ACCEPTED", "handler", None, {"done_on": "2026-09-29", "note": "已完成"},
                        {"done_on": "2026-10-30"}),
    "undo_step": Case("ACCEPTED", "handler", None, {"reason": "点错了"}, {"reason": ""}),
    "ask_extension": Case("ACCEPTED", "handler", None, {"wanted_on": LATER.isoformat(), "reason": "等验收"},
                          {"wanted_on": "2026-12-01", "reason": "等验收"}),
    "withdraw_extension": Case("ACCEPTED", "handler", None, {"note": "能按期办完"}, {"note": "长" * 201}),
    "grant_extension": Case("ACCEPTED", "leader", None, {"due_on": LATER.isoformat(), "note": "同意"}, {"due_on": ""}),
    "refuse_extension": Case("ACCEPTED", "leader", None, {"reason": "可以按期完成"}, {"reason": ""}),
    "verify": Case("SUBMITTED", "verifier", "VERIFIED", {"way": "现场核查", "note": "属实"},
                   {"way": "电话", "note": "好"}),
    "send_back": Case("SUBMITTED", "verifier", "ACCEPTED", {"reason": "缺两个小区"}, {"reason": ""}),
    "close": Case("VERIFIED", "leader", "CLOSED", {"note": "同意办结"}, {"note": "长" * 2001}),
    "archive": Case("CLOSED", "office", "ARCHIVED"),
    "urge": Case("ACCEPTED", "office", None, {"note": "请抓紧"}, {"note": "长" * 201}),
    "read": Case("ACCEPTED", "leader", None),
    "instruct": Case("ACCEPTED", "leader", None, {"text": "月底前办完"}, {"text": ""}),
    "extend": Case("ACCEPTED", "leader", None, {"due_on": LATER.isoformat(), "reason": "等验收"},
                   {"due_on": "12月底", "reason": "等验收"}),
    "suspend": Case("ACCEPTED", "leader", "SUSPENDED", {"reason": "等批复"}, {"reason": ""}),
    "resume": Case("SUSPENDED", "leader", "ACCEPTED", {"reason": "批复已到"}, {"reason": ""}),
    "reassign": Case("ACCEPTED", "office", "APPROVED", {"lead_unit": "housing", "reason": "职责调整"},
                     {"lead_unit": "planning", "reason": "同一单位"}),
    "reopen": Case("CLOSED", "leader", "ACCEPTED", {"due_on": LATER.isoformat(), "reason": "反弹"}, {"reason": "反弹"}),
    "cancel": Case("APPROVED", "leader", "CANCELLED", {"reason": "任务取消"}, {"reason": ""}),
}  # fmt: skip
NAMES = sorted(CASES)
SERVES = {
    "2.2.5.1a": ("approve", "assign", "accept", "decline", "allot", "receive", "return_part", "allot_part", "reassign",
                 "adjust_parties", "cancel"),
    "2.2.5.1b": ("propose_roadmap", "accept_roadmap", "return_roadmap", "finish_step", "undo_step"),
    "2.2.5.1c": ("urge", "urge_part", "ask_extension", "withdraw_extension", "grant_extension", "refuse_extension",
                 "extend", "suspend", "resume"),
    "2.2.5.1d": ("feed_back", "contribute", "read", "instruct"),
    "2.2.5.1e": ("feed_back",),
    "2.2.5.1f": ("submit", "verify", "send_back", "close", "archive", "reopen"),
}  # fmt: skip
"""Which item of the plan's mechanism each act serves: every kind of test below is told for each of them."""


def told_for(names: Iterable[str]) -> list[Any]:
    """The acts as parameters, each marked with what it serves."""
    return [
        pytest.param(name, marks=[pytest.mark.clause(one) for one, acts in SERVES.items() if name in acts])
        for name in names
    ]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    found = Life(cast)
    found.named = {}
    return found


@pytest.fixture
def post(cast, client, life):
    """`post(matter, move, who)` sends the act's form as that person would; words may be keys of the cast."""

    def send(matter: Matter, move: str, who: str, fields: dict | None = None, *, key=None, **more):
        client.force_login(getattr(cast, who))
        rows = ("handler", "lead_unit", "new_0")
        told = {name: getattr(getattr(cast, value, None), "pk", value) if name in rows else value
                for name, value in (CASES[move].fields if fields is None else fields).items()}  # fmt: skip
        data = {"submission": key or uuid.uuid4(), "version": matter.version, **life.named, **told, **more}
        return client.post(reverse(f"matters:{move}", args=[matter.public_id]), data)

    return send


@pytest.fixture
def ready(life):
    """`ready(move)`: a matter on which the case's act can be made, with what it acts upon."""

    def make(move: str) -> Matter:
        matter = life.to(CASES[move].state)
        life.named = {name: one.pk for name, one in life.prepare(move, matter).items()}
        return Matter.objects.get(pk=matter.pk)

    return make


def test_every_act_has_its_case():
    assert set(CASES) == set(FORMS) == {name for acts in SERVES.values() for name in acts}


@pytest.mark.parametrize("move", told_for(NAMES))
def test_it_does_the_act_and_goes_back(ready, post, move):
    case, matter = CASES[move], ready(move)
    answer = post(matter, move, case.who)
    home = reverse(case.home) if case.home else matter.get_absolute_url()
    assert (answer.status_code, answer["Location"]) == (302, home)
    fresh = Matter.objects.get(pk=matter.pk)
    assert fresh.state == (case.to or matter.state)
    assert MatterEvent.objects.filter(matter=matter).order_by("-id").first().move == move
    assert Entry.objects.filter(act=f"matters.{move}").exists()
    assert clean() == []


@pytest.mark.parametrize("move", told_for(NAMES))
def test_it_shows_its_form_alone_and_in_place_and_takes_no_other_method(ready, cast, enter, move):
    matter = ready(move)
    client, url = enter(getattr(cast, CASES[move].who)), reverse(f"matters:{move}", args=[matter.public_id])
    page, part = client.get(url), client.get(url, headers={"HX-Request": "true"})
    assert page.status_code == part.status_code == 200
    assert "<html" in page.content.decode() and "<html" not in part.content.decode()
    assert f'action="{url}"' in part.content.decode()
    assert client.put(url).status_code == client.delete(url).status_code == 405


@pytest.mark.parametrize("move", told_for(NAMES))
def test_who_may_not_is_told_so_and_loses_nothing(ready, post, move):
    matter = ready(move)
    answer = post(matter, move, "inspector", {**CASES[move].fields, "note": "写了很久的话"})
    if matter.number is None:  # what is not approved yet is seen by the office and the leader only
        assert answer.status_code == 404
        return
    assert answer.status_code == 403
    assert "写了很久的话" in answer.content.decode()
    assert Matter.objects.get(pk=matter.pk).version == matter.version


@pytest.mark.parametrize("move", told_for(NAMES))
def test_who_does_not_see_it_finds_nothing(ready, post, move):
    matter = ready(move)
    for who in ("stranger", "window", "sysadmin"):
        assert post(matter, move, who).status_code == 404, who


@pytest.mark.parametrize("move", told_for(sorted(set(NAMES) - {"cancel", "approve"})))
def test_in_the_wrong_state_nothing_happens(life, post, client, move):
    matter = life.step(life.to("APPROVED"), "cancel")
    answer = post(matter, move, CASES[move].who)
    assert answer.status_code == 409 and "已撤销" in answer.content.decode()
    assert Matter.objects.get(pk=matter.pk).version == matter.version
    page = client.get(reverse(f"matters:{move}", args=[matter.public_id]))
    assert (page.status_code, page["Location"]) == (302, matter.get_absolute_url())


@pytest.mark.parametrize("move", told_for(sorted(set(NAMES) - WORDS)))
def test_a_stale_form_meets_a_page_with_all_that_was_typed(ready, post, cast, move):
    case, matter = CASES[move], ready(move)
    Matter.objects.filter(pk=matter.pk).update(version=matter.version + 1)  # somebody was faster
    answer = post(matter, move, case.who)
    assert answer.status_code == 409
    text = answer.content.decode()
    for value in case.fields.values():
        assert str(getattr(getattr(cast, value, None), "pk", value)) in text
    assert f'name="version" value="{matter.version + 1}"' in text


@pytest.mark.parametrize("move", told_for(NAMES))
def test_the_same_form_sent_twice_makes_one_act(ready, post, move):
    matter, key = ready(move), uuid.uuid4()
    first = post(matter, move, CASES[move].who, key=key)
    done = MatterEvent.objects.filter(matter=matter).count()
    again = post(matter, move, CASES[move].who, key=key)
    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == matter.get_absolute_url()
    assert MatterEvent.objects.filter(matter=matter).count() == done


@pytest.mark.parametrize("move", told_for(name for name in NAMES if CASES[name].bad is not None))
def test_bad_input_is_said_beside_the_field_and_stays(ready, post, move):
    case, matter = CASES[move], ready(move)
    answer = post(matter, move, case.who, case.bad)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "没有保存" in text and "has-error" in text
    for name, value in case.bad.items():
        assert value.strip() in text or name in ("handler", "block", "lead_unit", "way", "step")
    assert Matter.objects.get(pk=matter.pk).version == matter.version


def test_a_form_without_its_token_is_refused(life, cast):
    matter, strict = life.to("ACCEPTED"), Client(enforce_csrf_checks=True)
    strict.force_login(cast.office)
    url = reverse("matters:urge", args=[matter.public_id])
    assert strict.post(url, {"submission": uuid.uuid4(), "note": "请抓紧"}).status_code == 403
    assert not MatterEvent.objects.filter(matter=matter, move="urge").exists()


@pytest.mark.parametrize(
    "move", ["approve", "close", "extend", "send_back", "cancel", "instruct", "grant_extension", "refuse_extension"]
)
def test_the_office_enters_a_leaders_decision_with_its_source(ready, cast, post, move):
    matter = ready(move)
    bare = post(matter, move, "office")
    assert bare.status_code == 200 and "作出决定的领导" in bare.content.decode()
    paper = {"decided_by": cast.leader.pk, "decided_on": "2026-09-28", "source_note": "局长办公会纪要第3期"}
    assert post(matter, move, "office", **paper).status_code == 302
    event = MatterEvent.objects.filter(matter=matter, move=move).get()
    assert (event.operator, event.decided_by, event.decided_on.isoformat()) == (cast.office, cast.leader, "2026-09-28")


def test_a_decision_of_tomorrow_or_without_source_is_refused_beside_the_field(life, cast, post):
    matter = life.to("VERIFIED")
    answer = post(matter, "close", "office", decided_by=cast.leader.pk, decided_on="2026-09-30")
    text = answer.content.decode()
    assert "决定日期不能晚于今天" in text and "请写明出处" in text


@pytest.mark.clause("2.2.5.1d")
def test_a_finished_feedback_applies_for_closing(life, post):
    matter = life.to("ACCEPTED")
    post(matter, "feed_back", "handler", {"done": "全部办完", "finished": "yes", "progress": "80"})
    told = Feedback.objects.get(matter=matter)
    assert (told.kind, told.progress, told.next_on) == ("FINAL", 100, None)
    assert Matter.objects.get(pk=matter.pk).state == "SUBMITTED"


@pytest.mark.clause("2.2.5.1e")
def test_an_unfinished_feedback_is_preliminary_first_and_staged_after(life, post):
    matter = life.to("ACCEPTED")
    post(matter, "feed_back", "handler")
    matter.refresh_from_db()
    post(matter, "feed_back", "handler", {"done": "又办了三个", "finished": "no", "progress": "60"})
    told = list(Feedback.objects.filter(matter=matter).values_list("kind", "progress"))
    assert told == [("PRELIMINARY", 30), ("STAGE", 60)]
    assert Feedback.objects.filter(matter=matter).last().next_on is not None


def test_an_act_returns_to_the_desk_or_to_the_lists_filters(life, post):
    matter = life.to("ASSIGNED")
    assert post(matter, "accept", "chief", back="desk")["Location"] == "/"
    answer = post(life.to("ASSIGNED"), "accept", "chief", back="?state=open&x=//evil.example")
    assert answer["Location"].startswith("/matters/?state=open&")
    assert post(life.to("ASSIGNED"), "accept", "chief", back="//evil.example")["Location"].startswith("/matters/")


def test_a_written_instruction_opens_another_matter(life, post):
    matter = life.to("ACCEPTED")
    post(matter, "instruct", "leader", {"text": "请补查电梯。十月底报。", "follow": "on", "follow_title": ""})
    opened = Matter.objects.exclude(pk=matter.pk).get()
    assert (opened.title, opened.state, opened.source) == ("请补查电梯", "DRAFT", "INSTRUCTION")


def test_who_lost_the_act_to_a_faster_step_reads_what_happened_first(life, cast, post, client):
    """The head signs and names another while the handler writes why not."""
    matter = life.to("ASSIGNED")
    life.step(Matter.objects.get(pk=matter.pk), "accept", handler=cast.second_handler)
    answer = post(matter, "decline", "handler", {"reason": "这是交通部门的事"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "别人已更新了这件事" in text
    assert "没有“退办”的职责" not in text
    assert f"{cast.chief} 签收" in text and "<dt>退办理由</dt>" in text and "这是交通部门的事" in text
    assert "填写内容" not in text
    again = post(Matter.objects.get(pk=matter.pk), "decline", "handler", {"reason": "这是交通部门的事"})
    text = again.content.decode()
    assert again.status_code == 403 and "<dt>退办理由</dt>" in text and "填写内容" not in text
    page = client.get(reverse("matters:decline", args=[matter.public_id]), follow=True)  # 先看最新进展
    assert page.redirect_chain == [(matter.get_absolute_url(), 302)]
    assert "没有“退办”的职责" in page.content.decode()
    in_place = client.get(reverse("matters:decline", args=[matter.public_id]), headers={"HX-Request": "true"})
    assert in_place["HX-Redirect"] == matter.get_absolute_url() and in_place.content == b""


def test_who_lost_sight_of_it_meanwhile_finds_nothing(life, cast, post):
    matter = life.to("ASSIGNED", assist_units=[])
    life.step(Matter.objects.get(pk=matter.pk), "reassign")
    assert post(matter, "decline", "handler", {"reason": "不是本单位的事"}).status_code == 404


@pytest.mark.parametrize("version", ["", "x", "0x1", "9" * 30, "-"])
def test_a_version_that_is_none_is_no_stale_form(life, post, version):
    assert post(life.to("ASSIGNED"), "decline", "inspector", {"reason": "理由"}, version=version).status_code == 403


def test_a_handler_signs_for_himself_and_only_the_head_names_another(life, cast, enter, post):
    matter = life.to("ASSIGNED")
    url = reverse("matters:accept", args=[matter.public_id])
    for who, choices in (("chief", True), ("handler", False)):
        client = enter(getattr(cast, who))
        for page in (client.get(url), client.get(matter.get_absolute_url())):
            assert ('name="handler"' in page.content.decode()) is choices, who
    assert post(matter, "accept", "handler", {"handler": "second_handler"}).status_code == 302
    assert Matter.objects.get(pk=matter.pk).handler == cast.handler


@pytest.mark.parametrize(("finished", "said"), [("no", "已反馈。"), ("yes", "已申请办结。")])
def test_the_message_says_what_was_done(life, client, post, finished, said):
    answer = post(life.to("ACCEPTED"), "feed_back", "handler", {"done": "全部办完", "finished": finished})
    told = [str(one) for one in client.get(answer["Location"]).context["messages"]]
    assert told == [said]
