"""会议 over HTTP: registered, its agenda with what became of the last one's items, going through them, the new list."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.matters.models import Meeting, MeetingItem, TaskList
from luoshi.matters.tests.life import DAY, Life, clean
from luoshi.matters.tests.test_services_meetings import handed, hold
from luoshi.records.models import Entry
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1a")]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def key() -> dict:
    return {"submission": str(uuid.uuid4())}


def test_a_meeting_is_registered_with_its_minutes_and_a_second_click_makes_no_second(life, cast, enter):
    client = enter(cast.office)
    told = {**key(), "kind": "COMMITTEE", "title": "局党委会2026年第18次会议", "held_on": "2026-09-28",
            "chair": cast.director.pk, "files": SimpleUploadedFile("纪要.txt", "纪要".encode())}  # fmt: skip
    answer = client.post("/matters/meetings/new/", told)
    meeting = Meeting.objects.get()
    assert answer["Location"] == meeting.get_absolute_url() and meeting.minutes.name == "纪要.txt"
    told["files"].seek(0)
    assert client.post("/matters/meetings/new/", told)["Location"] == meeting.get_absolute_url()
    assert Meeting.objects.count() == 1
    got = client.get(reverse("matters:meeting_minutes", args=[meeting.public_id]))
    assert b"".join(got) == "纪要".encode() and Entry.objects.latest("id").act == "matters.take_copy"
    assert clean() == []


def test_the_agenda_shows_the_last_meetings_items_and_the_next_list_is_prefilled(life, cast, enter):
    last = hold(cast, 17, DAY.replace(day=20))
    handed(cast, last, 2)
    now = hold(cast, 18)
    client = enter(cast.office)
    text = client.get(now.get_absolute_url()).content.decode()
    assert last.title in text and "第1件事" in text and "等规建股签收" in text and "登记本次清单" in text
    page = client.get(f"/matters/lists/new/?meeting={now.public_id}").content.decode()
    told = filled(page, "/matters/lists/new/")
    assert (told["document"], told["source"], told["issuer"], told["issued_on"]) == (
        [now.title], ["COMMITTEE"], [str(cast.director.pk)], ["2026-09-29"],
    )  # fmt: skip
    rows = {"rows": "m0", "title-m0": "本次交办", "lead-m0": "规建股", "due-m0": "年底"}
    client.post("/matters/lists/new/", {**told, **rows, "act": "draft"})
    assert TaskList.objects.latest("pk").meeting == now
    assert "局党委会2026年第18次会议交办清单" in client.get(now.get_absolute_url()).content.decode()


def test_an_item_is_gone_through_and_a_stale_page_is_a_conflict(life, cast, enter):
    matter = handed(cast, hold(cast, 17, DAY.replace(day=20)), 1).matters.get()
    now = hold(cast, 18)
    client = enter(cast.office)
    url = reverse("matters:meeting_item", args=[now.public_id, matter.public_id])
    fields = filled(client.get(url).content.decode(), url)
    answer = client.post(url, {**fields, "outcome": "EXPLAINED", "said": "因雨顺延"})
    assert answer["Location"].startswith(now.get_absolute_url())
    assert (MeetingItem.objects.get().words, matter.events.filter(move="instruct").count()) == ("因雨顺延", 0)
    stale = client.post(url, {**fields, **key(), "outcome": "CONTINUE", "said": "没看到前面的"})
    assert (
        stale.status_code == 409 and "因雨顺延" in stale.content.decode() and "没看到前面的" in stale.content.decode()
    )
    fields = filled(client.get(url).content.decode(), url)
    bad = client.post(url, {**fields, "said": "", "said_by": cast.director.pk})
    assert bad.status_code == 200 and "请写明领导说了什么" in bad.content.decode()
    client.post(url, {**fields, **key(), "said": "十月底前完成", "said_by": cast.director.pk})
    assert matter.events.get(move="instruct").decided_by == cast.director and clean() == []


def test_a_meeting_is_amended_and_withdrawn_with_its_reason(life, cast, enter):
    meeting = hold(cast)
    client = enter(cast.office)
    url = reverse("matters:meeting_edit", args=[meeting.public_id])
    fields = filled(client.get(url).content.decode(), url)
    client.post(url, {**fields, "title": "局党委会2026年第18次（扩大）会议"})
    void = reverse("matters:meeting_void", args=[meeting.public_id])
    stale = client.post(void, {**key(), "version": "1", "reason": "重复登记"})
    assert stale.status_code == 409 and "修改会议信息" in stale.content.decode()
    empty = client.post(void, {**key(), "version": "2", "reason": ""})
    assert empty.status_code == 200 and "请填写" in empty.content.decode()
    client.post(void, {**key(), "version": "2", "reason": "重复登记"})
    text = client.get(meeting.get_absolute_url()).content.decode()
    assert "已作废" in text and "重复登记" in text and "登记本次清单" not in text
    assert client.get(f"/matters/lists/new/?meeting={meeting.public_id}").status_code == 404


@pytest.mark.parametrize("who", ["chief", "verifier", "inspector", "discipline", "window", "sysadmin"])
def test_meetings_are_the_offices_and_the_leaders(life, cast, enter, who):
    meeting = hold(cast)
    client = enter(getattr(cast, who))
    for url in ("/matters/meetings/", "/matters/meetings/new/", meeting.get_absolute_url()):
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("wanted", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_list_of_no_meeting_is_not_found(life, cast, enter, wanted):
    assert enter(cast.office).get(f"/matters/lists/new/?meeting={wanted}").status_code == 404


def test_duties_of_a_plan_become_rows_with_their_unit_and_clause(life, cast, enter):
    from luoshi.plan import services as plans
    from luoshi.plan.models import Duty

    version = plans.import_plan(
        bureau=cast.bureau, content="一、工作目标\n规建股每月报送一次工作情况。\n".encode(), file_name="方案.txt",
        by=cast.office, on=DAY,
    )  # fmt: skip
    duty = Duty.objects.filter(clause__version=version).first()
    plans.confirm_duty(duty, by=cast.office, on=DAY, version=duty.version)
    client = enter(cast.office)
    new = "/matters/lists/new/"
    page = client.post(new, {**key(), "act": "plan", "plan": version.pk}).content.decode()
    assert f'name="duty" value="{duty.pk}"' in page
    told = filled(client.post(new, {**key(), "act": "take", "plan": version.pk, "duty": duty.pk}).content.decode(), new)
    assert told["rows"] == [f"d{duty.pk}"] and "报送一次工作情况" in told[f"title-d{duty.pk}"][0]
    told |= {f"lead-d{duty.pk}": "规建股", f"due-d{duty.pk}": "年底", "document": "方案任务分解", "source": "PLAN",
             "issuer": str(cast.director.pk), "act": "hand_out"}  # fmt: skip
    assert client.post(new, told).status_code == 302
    matter = TaskList.objects.get().matters.get()
    assert (matter.clause, matter.source, matter.source_title) == (duty.clause, "PLAN", "方案任务分解")
