"""Roadmaps, assisting units and extensions as they are clicked: rows, pasted lines, the act owed first."""

from __future__ import annotations

import re
import uuid
from datetime import date

import pytest
from django.urls import reverse

from luoshi.matters import queries, services
from luoshi.matters.models import ExtensionRequest, Feedback, Matter, MatterEvent, MatterParty, Roadmap
from luoshi.matters.services import Part
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, at, clean

pytestmark = pytest.mark.django_db
PASTED = "步骤\t时间\t责任人\n1、完成摸底\t10月15日\t林晓舟\n2、报送报告 2026-12-18 贺建民"


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


@pytest.fixture
def send(enter, life):
    def post(who, matter: Matter, move: str, **fields):
        data = {"submission": uuid.uuid4(), "version": matter.version, **fields}
        return enter(who).post(reverse(f"matters:{move}", args=[matter.public_id]), data)

    return post


def first_form(page: str) -> str:
    """The act that stands open at the page's side."""
    found = re.search(r'<section class="card act-now" aria-label="([^"]+)"', page)
    return found[1] if found else ""


@pytest.mark.clause("2.2.5.1b")
def test_pasted_lines_are_read_into_rows_and_nothing_is_saved(life, cast, send):
    matter = life.to("ACCEPTED")
    typed = {"words_0": "先开会", "on_0": "2026-10-09"}
    answer = send(cast.handler, matter, "propose_roadmap", act="read", paste=PASTED + "\n组织验收 张三", **typed)
    text = answer.content.decode()
    assert answer.status_code == 200 and not Roadmap.objects.exists()
    for place, words in enumerate(("先开会", "完成摸底", "报送报告", "组织验收")):
        assert re.search(rf'name="words_{place}" value="{words}', text), (place, words)
    assert 'name="on_1" value="2026-10-15"' in text
    assert "第4步没有认出日期" in text
    again = send(cast.handler, matter, "propose_roadmap", act="read", paste="")
    assert "没有认出步骤" in again.content.decode()


@pytest.mark.clause("2.2.5.1b")
def test_clear_lines_are_sent_in_as_they_are_and_doubtful_ones_are_shown_first(life, cast, send):
    matter = life.to("ACCEPTED")
    doubtful = send(cast.handler, matter, "propose_roadmap", paste="完成摸底 10月15日 张三")
    assert doubtful.status_code == 200 and "有几处没有认出" in doubtful.content.decode()
    assert "完成摸底 10月15日 张三" in doubtful.content.decode(), "what was pasted stays"
    assert send(cast.handler, matter, "propose_roadmap", paste=PASTED).status_code == 302
    steps = queries.steps_of(queries.proposed_roadmap(matter))
    assert [(one.words, one.due_on, one.person) for one in steps] == [
        ("完成摸底", date(2026, 10, 15), cast.handler), ("报送报告", DUE, cast.chief)
    ]  # fmt: skip
    assert clean() == []


@pytest.mark.clause("2.2.5.1b")
def test_the_form_begins_with_dates_and_a_change_with_the_steps_in_force(life, cast, enter, send):
    matter = life.to("ACCEPTED")
    url = reverse("matters:propose_roadmap", args=[matter.public_id])
    text = enter(cast.handler).get(url).content.decode()
    days = [date.fromisoformat(day) for day in re.findall(r'name="on_\d+" value="([\d-]+)"', text)]
    assert len(days) == 3 and days == sorted(days) and days[0] > DAY and days[-1] == DUE
    life.step(life.step(matter, "propose_roadmap"), "accept_roadmap")
    text = enter(cast.handler).get(url).content.decode()
    assert "调整路线图" in text and 'name="words_0" value="完成摸底"' in text and "原定 2026-10-15" in text
    keys = [one.pk for one in queries.undone(matter)]
    row = {f"{name}_{place}": value for place, (words, day, key) in enumerate(
        [("完成摸底", "2026-10-23", keys[0]), ("汇总核对", "2026-11-13", keys[1]), ("报送报告", "2026-12-18", keys[2])]
    ) for name, value in (("words", words), ("on", day), ("follows", key))}  # fmt: skip
    bare = send(cast.handler, matter, "propose_roadmap", **row)
    assert bare.status_code == 200 and "请填写" in bare.content.decode()
    done = send(cast.handler, matter, "propose_roadmap", **row, reason="图纸不符")
    assert done.status_code == 302
    text = enter(cast.office).get(matter.get_absolute_url()).content.decode()
    assert first_form(text) == "同意路线图"
    assert "“完成摸底”由2026-10-15改为2026-10-23（晚6个工作日）" in text
    matter.refresh_from_db()
    life.step(matter, "accept_roadmap")
    page = enter(cast.discipline).get(matter.get_absolute_url()).content.decode()
    assert "比原定晚6个工作日" in page and "以往版本（1）" in page and "<svg" in page


def test_the_act_owed_stands_first_for_each(life, cast, enter):
    matter = life.to("ACCEPTED", assist_units=[cast.quality])
    life.step(matter, "receive")

    def first(who) -> str:
        return first_form(enter(who).get(matter.get_absolute_url()).content.decode())

    assert (first(cast.handler), first(cast.neighbour)) == ("反馈", "协办反馈")
    life.step(matter, "contribute", finished=True)
    assert first(cast.neighbour) == "", "the part is done"
    life.step(matter, "ask_extension")
    assert (first(cast.leader), first(cast.second_handler)) == ("批准延期", "")
    page = enter(cast.leader).get(matter.get_absolute_url()).content.decode()
    assert "不批准延期" in page and "等待上级验收" in page
    assert ">延期</a>" not in page, "the request is answered, not gone round"


@pytest.mark.clause("2.2.5.1d")
def test_contributions_are_taken_over_by_default_and_left_out_unticked(life, cast, enter, send):
    matter = life.to("ACCEPTED")
    life.step(matter, "contribute")
    page = enter(cast.handler).get(matter.get_absolute_url()).content.decode()
    key = re.search(r'name="take" value="(\d+)"[^>]*checked', page)
    assert key and "已提供质量检查记录" in page
    words = {"done": "已汇总", "finished": "no", "progress": "40"}
    assert send(cast.handler, matter, "feed_back", **words).status_code == 302
    assert not Feedback.objects.get(matter=matter).contributions.exists()
    matter.refresh_from_db()
    page = enter(cast.handler).get(matter.get_absolute_url()).content.decode()
    assert re.search(rf'name="take" value="{key[1]}"(?![^>]*checked)', page), (
        "left out once, not ticked by itself again"
    )
    assert send(cast.handler, matter, "feed_back", **words, take=key[1]).status_code == 302
    assert Feedback.objects.latest("id").contributions.count() == 1
    assert send(cast.handler, matter, "feed_back", **words, take="999999").status_code in (200, 409)
    assert clean() == []


@pytest.mark.clause("2.2.5.1a")
def test_the_office_takes_a_unit_out_adds_another_and_reads_why_one_left(life, cast, enter, send):
    matter = life.to("ACCEPTED")
    services.return_part(matter, reason="不涉及质量安全", by=cast.neighbour, on=DAY, now=at(DAY))
    page = enter(cast.office).get(matter.get_absolute_url()).content.decode()
    assert "质安中心退办了协办" in page and "不涉及质量安全" in page
    assert "质安中心退办了协办，请" not in enter(cast.chief).get(matter.get_absolute_url()).content.decode()
    send(cast.office, matter, "adjust_parties", new_0=cast.housing.pk, due_new0="2026-10-30", reason="换单位")
    matter.refresh_from_db()
    assert MatterParty.objects.get(matter=matter, unit=cast.housing).due_on == date(2026, 10, 30)
    twice = send(cast.office, matter, "adjust_parties", new_0=cast.quality.pk, new_1=cast.quality.pk, reason="x")
    assert "选了两次" in twice.content.decode()
    send(cast.office, matter, "adjust_parties", **{f"drop_{cast.housing.pk}": "on"}, reason="不再需要")
    assert MatterParty.objects.get(matter=matter, unit=cast.housing).ended_on == DAY
    assert "退办了协办" not in enter(cast.office).get(matter.get_absolute_url()).content.decode()


def test_the_division_of_work_is_typed_at_hand_out(life, cast, send):
    matter = life.to("APPROVED")
    key = cast.quality.pk
    fields = {"due_on": "2026-12-18", f"task_{key}": "提供检查记录", f"due_{key}": "2026-10-20"}
    assert send(cast.office, matter, "assign", **fields).status_code == 302
    part = MatterParty.objects.get(matter=matter, unit=cast.quality)
    assert (part.task, part.due_on) == ("提供检查记录", date(2026, 10, 20))


@pytest.mark.clause("2.2.5.1c")
def test_after_the_date_the_way_to_ask_is_closed_with_advice(life, cast, enter, send, monkeypatch):
    matter = life.to("ACCEPTED")
    monkeypatch.setenv("LUOSHI_NOW", "2026-12-21T10:00")
    url = reverse("matters:ask_extension", args=[matter.public_id])
    page = enter(cast.handler).get(url, follow=True)
    assert page.redirect_chain == [(matter.get_absolute_url(), 302)] and "考核仍按原时限计算" in page.content.decode()
    assert "申请延期</a>" not in page.content.decode()
    answer = send(cast.handler, matter, "ask_extension", wanted_on=LATER.isoformat(), reason="来不及")
    assert answer.status_code == 409 and "来不及" in answer.content.decode() and not ExtensionRequest.objects.exists()


def test_who_is_of_two_assisting_units_says_for_which_he_speaks(life, cast, send):
    from luoshi.org import services as org

    org.appoint(cast.neighbour, unit=cast.housing, duty="HANDLER", by=None, on=DAY)
    matter = life.to("ACCEPTED", assist_units=[cast.quality, cast.housing])
    words = {"done": "已核对", "finished": "yes"}
    assert "请选择" in send(cast.neighbour, matter, "contribute", **words).content.decode()
    assert send(cast.neighbour, matter, "contribute", **words, unit=cast.housing.pk).status_code == 302
    assert [str(one.unit) for one in queries.owing(matter)] == ["质安中心"]


def test_urging_a_part_twice_a_day_is_refused_and_the_button_is_gone(life, cast, enter, send):
    matter = life.to("ACCEPTED")
    assert "催办协办</a>" in enter(cast.handler).get(matter.get_absolute_url()).content.decode()
    assert send(cast.handler, matter, "urge_part").status_code == 302
    assert "催办协办</a>" not in enter(cast.handler).get(matter.get_absolute_url()).content.decode()
    assert send(cast.office, matter, "urge_part").status_code == 409
    assert MatterEvent.objects.filter(matter=matter, move="urge_part").count() == 1


def test_what_a_service_refuses_is_refused_for_a_plain_list_of_parts(life, cast):
    matter = life.to("ACCEPTED")
    services.adjust_parties(
        matter, parts=[Part(cast.quality, "核对")], reason="分工", by=cast.office, on=DAY, now=at(DAY)
    )
    assert queries.timeline(matter)[-1]["details"] == ["分工改为：质安中心（核对）"]
