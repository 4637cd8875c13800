"""The list, the matter's page, the download: who sees what, filters, fragments, and what they cost."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from luoshi.matters import services
from luoshi.matters.queries import visible_to
from luoshi.matters.tests.life import DUE, LATER, Life, at, staged
from luoshi.org.services import add_person
from luoshi.records.models import Evidence
from tests.counting import asked

LIST = "/matters/"


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def cost(client, url) -> int:
    client.get(url)  # calendars: warm
    with asked(client) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("who", ["office", "leader", "chief", "verifier"])
def test_the_list_costs_the_same_with_3_and_with_30(life, cast, enter, who):
    for _ in range(3):
        life.to("ACCEPTED")
    client = enter(getattr(cast, who))
    few = cost(client, LIST)
    for _ in range(27):
        life.to("ACCEPTED")
    assert cost(client, LIST) == few <= 25


def test_the_page_costs_the_same_with_one_feedback_and_with_ten(life, cast, enter):
    matter = life.to("ACCEPTED")
    client = enter(cast.leader)
    life.step(matter, "feed_back", staged=[staged(cast.handler)])
    few = cost(client, matter.get_absolute_url())
    for _ in range(9):
        matter.refresh_from_db()
        life.step(matter, "feed_back", kind="STAGE", staged=[staged(cast.handler)])
    assert cost(client, matter.get_absolute_url()) == few <= 46


@pytest.mark.parametrize(
    ("who", "seen"),
    [("office", 200), ("director", 200), ("leader", 200), ("second_leader", 404), ("chief", 200), ("handler", 200),
     ("neighbour", 200), ("verifier", 200), ("inspector", 200), ("discipline", 200), ("housing_chief", 404),
     ("stranger", 404), ("window", 404), ("sysadmin", 404), ("auditor", 404)],
)  # fmt: skip
def test_who_sees_the_page_sees_the_row_and_nobody_else(life, cast, enter, who, seen):
    matter = life.to("ACCEPTED")
    client = enter(getattr(cast, who))
    assert client.get(matter.get_absolute_url()).status_code == seen
    assert (matter.title in client.get(LIST).content.decode()) == (seen == 200)
    for name in ("portal:dispatch_docx",):
        assert client.get(reverse(name, args=[matter.public_id])).status_code == seen


@pytest.mark.parametrize(
    "state",
    ["DRAFT", "APPROVED", "ASSIGNED", "ACCEPTED", "SUBMITTED", "VERIFIED", "CLOSED", "ARCHIVED", "SUSPENDED",
     "CANCELLED"],
)  # fmt: skip
def test_the_page_opens_in_every_state_for_everybody_concerned(life, cast, enter, state):
    url = life.to(state).get_absolute_url()
    for who in ("office", "leader", "director", "chief", "handler", "neighbour", "verifier"):
        status = enter(getattr(cast, who)).get(url).status_code
        assert status == 200 or (status == 404 and state in ("DRAFT", "CANCELLED")), who


def test_only_the_owing_hand_has_the_form_open(life, cast, enter):
    matter = life.to("ACCEPTED")
    url = matter.get_absolute_url()
    assert enter(cast.handler).get(url).context["first"].move == "feed_back"
    assert enter(cast.chief).get(url).context["first"] is None  # 承办人 is named: the head waits
    assert enter(cast.inspector).get(url).context["further"] == []
    office = enter(cast.office).get(url).context
    assert office["first"] is None and "催办" in [one.label for one in office["further"]]
    assert "登记延期" in [one.label for one in office["further"]]
    life.step(matter, "feed_back")
    leader = enter(cast.leader).get(url).context
    assert leader["first"].move == "read"
    assert enter(cast.neighbour).get(url).context["first"].move == "receive"


def further(client, matter) -> list[str]:
    return [one.label for one in client.get(matter.get_absolute_url()).context["further"]]


def test_who_urged_today_or_was_forestalled_by_the_clock_is_offered_it_tomorrow(life, cast, enter, monkeypatch):
    by_hand, by_clock = life.to("ACCEPTED"), life.to("ACCEPTED")
    day = by_clock.feedback_due_on
    monkeypatch.setenv("LUOSHI_NOW", f"{day}T10:00")
    assert "催办" in further(enter(cast.office), by_hand) and "催办" in further(enter(cast.leader), by_clock)
    life.step(by_hand, "urge", on=day, now=at(day))
    assert services.remind(on=day, now=at(day)) > 0
    assert by_clock.events.filter(move="urge", operator=None).exists()
    for who in (cast.office, cast.leader):
        assert "催办" not in further(enter(who), by_hand) and "催办" not in further(enter(who), by_clock)
    monkeypatch.setenv("LUOSHI_NOW", f"{day + timedelta(days=1)}T10:00")
    assert "催办" in further(enter(cast.office), by_hand)


def test_a_date_that_passed_is_extended_only_by_an_earlier_decision_on_paper(life, cast, enter, monkeypatch):
    matter = life.to("ACCEPTED")
    url, rule = reverse("matters:extend", args=[matter.public_id]), f"办结时限 {DUE} 已过，须是这一天或之前作出的决定。"
    monkeypatch.setenv("LUOSHI_NOW", f"{DUE}T10:00")
    assert "延期" in further(enter(cast.leader), matter)
    assert rule not in enter(cast.office).get(url).content.decode()
    monkeypatch.setenv("LUOSHI_NOW", f"{DUE + timedelta(days=3)}T10:00")
    assert "延期" not in further(enter(cast.leader), matter)
    client = enter(cast.office)
    assert "登记延期" in further(client, matter)
    page = client.get(url)
    field = page.context["form"]["decided_on"]
    assert (field.value(), field.help_text) == (None, rule) and rule in page.content.decode()
    told = {"version": matter.version, "due_on": LATER, "reason": "验收推迟", "decided_by": cast.leader.pk,
            "source_note": "局长办公会纪要第3期"}  # fmt: skip
    late = {**told, "submission": uuid.uuid4(), "decided_on": DUE + timedelta(days=1)}
    assert client.post(url, late).context["form"].errors == {"decided_on": [rule]}
    assert client.post(url, {**told, "submission": uuid.uuid4(), "decided_on": DUE}).status_code == 302
    matter.refresh_from_db()
    assert matter.due_on == LATER


@pytest.mark.clause("2.2.5.1d")
def test_the_page_says_why_each_date(life, cast, enter):
    text = enter(cast.handler).get(life.to("ACCEPTED").get_absolute_url()).content.decode()
    assert "2026-10-12 周一" in text and "起算日（第0日）：2026-09-29 周二" in text
    assert "第5个工作日" in text and "国庆" in text and "为什么" in text


def test_who_clicked_is_shown_apart_from_who_decided(life, cast, enter):
    matter = life.step(life.open(), "approve", by=cast.office, decided_by=cast.leader, decided_on=life.day,
                       source_note="局党委会纪要第18期")  # fmt: skip
    text = enter(cast.office).get(matter.get_absolute_url()).content.decode()
    assert "沈知行 2026-09-29决定" in text and "局党委会纪要第18期" in text


def test_beside_the_list_only_the_body_is_sent(life, cast, enter):
    matter, client = life.to("ACCEPTED"), enter(cast.office)
    part = client.get(matter.get_absolute_url(), headers={
        "HX-Request": "true", "HX-Current-URL": "http://testserver/matters/?state=open"})  # fmt: skip
    text = part.content.decode()
    assert "<html" not in text and matter.title in text and 'href="/matters/?state=open"' in text
    whole = client.get(f"{LIST}?state=open&matter={matter.public_id}").content.decode()
    assert '<section class="pane"' in whole and "办理过程" in whole and 'class="here"' in whole
    assert "办理过程" not in client.get(f"{LIST}?matter={uuid.uuid4()}").content.decode()
    assert client.get(f"{LIST}?matter=x&lamp=x&unit=x&after=x&order=x&state=x").status_code == 200


def test_filters_are_chips_in_the_address(life, cast, enter):
    draft, running = life.open(title="拟办的事"), life.to("ACCEPTED", title="在办的事")
    client = enter(cast.office)
    found = client.get(f"{LIST}?state=draft").content.decode()
    assert draft.title in found and running.title not in found
    assert "清除条件" in client.get(f"{LIST}?q=没有这样的事").content.decode()
    assert running.title in client.get(f"{LIST}?q=在办").content.decode()
    assert running.title in client.get(f"{LIST}?q={running.number_label}").content.decode()
    assert running.title not in client.get(f"{LIST}?unit={cast.housing.pk}").content.decode()
    assert running.title in enter(cast.leader).get(f"{LIST}?mine=True&lamp=GREEN").content.decode()


def test_the_next_page_follows_by_key(life, cast, enter, monkeypatch):
    from luoshi.matters.queries import lists

    monkeypatch.setattr(lists.matter_list, "__kwdefaults__", {**lists.matter_list.__kwdefaults__, "size": 2})
    titles = [life.open(title=f"第{one}件").title for one in range(5)]
    client, url, seen = enter(cast.office), LIST, []
    while url:
        page = client.get(url)
        seen += [line.row.title for line in page.context["lines"]]
        url = LIST + page.context["next"] if page.context["next"] else ""
    assert seen == titles[::-1]


def test_an_empty_list_says_why_and_what_to_do(life, cast, enter):
    assert "新增事项" in enter(cast.office).get(LIST).content.decode()
    assert "局办公室交办给本单位后" in enter(cast.chief).get(LIST).content.decode()
    for who in (cast.verifier, cast.inspector, cast.discipline):
        text = enter(who).get(LIST).content.decode()
        assert "事项立项后会出现在这里" in text and "交办给本单位" not in text


@pytest.mark.parametrize("query", ["", "?state=open", "?q=摸排"])
def test_the_window_reads_that_it_handles_no_matters(life, cast, enter, query):
    life.to("ACCEPTED")
    page = enter(cast.window).get(LIST + query)
    text = page.content.decode()
    assert "窗口不办理督办事项" in text and "交办给本单位后" not in text and "新增" not in text
    assert page.context["states"] == [] and 'class="chip"' not in text and "清除条件" not in text
    assert 'name="q"' not in text.partition("<main")[2]


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor", "nobody"])
def test_who_holds_no_business_duty_is_told_whose_page_it_is(life, cast, enter, who):
    cast.nobody = add_person(
        username="3001", name="无职责", personnel_type="CIVIL_SERVANT", by=None, on=life.day, password=None
    )
    page = enter(getattr(cast, who)).get(LIST)
    text = page.content.decode()
    assert page.status_code == 403 and "您目前没有这项职责" in text
    assert "交办给本单位后" not in text and "新增事项" not in text


@pytest.mark.parametrize(
    ("who", "offered"),
    [("office", True), ("director", True), ("leader", True), ("verifier", False), ("inspector", False),
     ("discipline", False), ("chief", False), ("handler", False)],
)  # fmt: skip
def test_only_states_that_one_can_ever_see_are_chips(life, cast, enter, who, offered):
    told = [one["label"] for one in enter(getattr(cast, who)).get(LIST).context["states"]]
    assert ("待立项" in told) is offered and {"全部在办", "待交办", "待签收", "已办结", "中止、撤销"} <= set(told)
    draft = life.open()
    assert visible_to(getattr(cast, who), life.day).filter(pk=draft.pk).exists() is offered


def test_evidence_is_downloaded_by_who_sees_the_matter_and_only_from_it(life, cast, enter):
    matter, other = life.to("ACCEPTED"), life.to("ASSIGNED", lead_unit=cast.housing, assist_units=[])
    life.step(matter, "feed_back", staged=[staged(cast.handler, "现场照片 1.txt", "摸排记录".encode())])
    proof = Evidence.objects.get()
    url = reverse("matters:evidence", args=[matter.public_id, proof.pk])
    answer = enter(cast.leader).get(url)
    assert b"".join(answer.streaming_content).decode() == "摸排记录"
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert url in enter(cast.handler).get(matter.get_absolute_url()).content.decode()
    assert enter(cast.housing_chief).get(url).status_code == 404
    elsewhere = reverse("matters:evidence", args=[other.public_id, proof.pk])
    assert enter(cast.office).get(elsewhere).status_code == 404
    assert enter(cast.office).post(url).status_code == 405


def test_titles_are_text_and_never_markup(life, cast, enter):
    matter = life.to("ACCEPTED", title="<script>alert(1)</script>&{{ 7 }}", requirement='"><img src=x onerror=x>')
    client = enter(cast.office)
    for url in (LIST, matter.get_absolute_url(), "/", f"{LIST}?q=<script>"):
        text = client.get(url).content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text
