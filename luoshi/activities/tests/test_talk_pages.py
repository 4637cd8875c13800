"""谈心谈话 over HTTP: recorded in one form, signed in one press, closed to everybody else, each copy on record."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from luoshi.activities.models import TalkNote
from luoshi.activities.queries.talk_sheet import talk_facts
from luoshi.activities.services import talk_follow_ups as after
from luoshi.activities.services import talks as services
from luoshi.activities.tests.talking import DAY, OPINION, SECRET, talk
from luoshi.documents.talks import talk_form
from luoshi.notices.models import Notice
from luoshi.records.models import Entry
from luoshi.records.verify import verify
from tests.counting import asked

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.2.1a"), pytest.mark.clause("2.2.2.1b")]


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")


def key(**data) -> dict:
    return {"submission": str(uuid.uuid4()), **data}


def test_a_leader_records_a_talk_and_a_second_click_makes_no_second(cast, enter):
    client = enter(cast.leader)
    page = client.get(f"/activities/talks/new/?partner={cast.chief.pk}").content.decode()
    assert f'value="{cast.chief.pk}" selected' in page
    told = key(kind="POLITICAL_TALK", partner=cast.chief.pk, held_on="2026-09-29", content=SECRET,
               follow_words="补齐台账", follow_due="2026-10-20", follow_kind="RECTIFY")  # fmt: skip
    answer = client.post("/activities/talks/new/", told)
    note = TalkNote.objects.get()
    assert answer["Location"] == note.get_absolute_url() and note.follow_ups.get().kind == "RECTIFY"
    assert client.post("/activities/talks/new/", told).status_code == 302 and TalkNote.objects.count() == 1
    again = client.post("/activities/talks/new/", {**told, **key()})
    assert again.status_code == 200 and "已经登记过" in again.content.decode() and SECRET in again.content.decode()
    assert "当天又谈了一次" in again.content.decode()


def test_errors_stand_beside_their_fields_and_nothing_typed_is_lost(cast, enter):
    client = enter(cast.leader)
    told = key(kind="HEART_TALK", partner=cast.chief.pk, held_on="2026-09-30", content=SECRET, others="查无此人",
               follow_words="补齐台账")  # fmt: skip
    page = client.post("/activities/talks/new/", told).content.decode()
    for words in ("不能晚于今天", "认不出：查无此人", "请填写时限", SECRET):
        assert words in page
    assert not TalkNote.objects.exists()


def test_the_office_is_asked_for_no_word_and_a_head_for_his_own_people(cast, enter):
    page = enter(cast.office).get("/activities/talks/new/").content.decode()
    assert "谈话人（局领导）" in page and 'name="content"' not in page
    told = key(talker=cast.leader.pk, kind="POLITICAL_TALK", partner=cast.chief.pk, held_on="2026-09-28")
    assert enter(cast.office).post("/activities/talks/new/", told)["Location"] == reverse("activities:talks")
    assert TalkNote.objects.get().both_signed
    page = enter(cast.chief).get("/activities/talks/new/").content.decode()
    assert cast.handler.name in page and cast.quality_handler.name not in page


def test_the_partner_signs_in_one_press(cast, enter):
    note = talk(cast)
    client = enter(cast.chief)
    assert note.activity.title in client.get("/activities/talks/").content.decode()
    page = client.get(note.get_absolute_url()).content.decode()
    assert SECRET in page and "签字确认" in page and "谁查阅过" not in page
    client.post(reverse("activities:talk_sign", args=[note.activity.public_id]), key(version=note.version))
    note.refresh_from_db()
    assert note.both_signed and verify().ok
    stale = client.post(reverse("activities:talk_sign", args=[note.activity.public_id]), key(version=1))
    assert stale.status_code == 409


CLOSED = ("director", "second_leader", "office", "verifier", "inspector", "handler", "neighbour", "window", "stranger")


@pytest.mark.parametrize("who", [*CLOSED, "sysadmin", "secadmin", "auditor"])
def test_to_everybody_else_the_record_is_not_there(cast, enter, who):
    note = talk(cast)
    client = enter(getattr(cast, who))
    routes = [note.get_absolute_url(), reverse("portal:talk_docx", args=[note.activity.public_id])]
    routes += [reverse(f"activities:{name}", args=[note.activity.public_id]) for name in ("talk_file", "talk_amend")]
    for url in routes:
        assert client.get(url).status_code in (403, 404), url
    sign = client.post(reverse("activities:talk_sign", args=[note.activity.public_id]), key(version=1))
    assert sign.status_code in (403, 404)
    for url in ("/activities/talks/", "/activities/", note.activity.get_absolute_url(), f"/search/?q={SECRET}"):
        page = client.get(url).content.decode()
        assert OPINION not in page and (SECRET not in page or url.startswith("/search/")), url
    found = client.get(f"/search/?q={SECRET}").content.decode()
    assert note.activity.title not in found


def test_the_discipline_group_says_why_first_and_the_talker_reads_it(cast, enter):
    note = talk(cast)
    client = enter(cast.discipline)
    assert note.activity.title not in client.get("/activities/talks/").content.decode(), "by need, not as a list"
    assert note.activity.title in client.get(f"/activities/talks/?name={cast.chief.name}").content.decode()
    page = client.get(note.get_absolute_url()).content.decode()
    assert SECRET not in page and "写明理由并查阅" in page
    docx = reverse("portal:talk_docx", args=[note.activity.public_id])
    assert client.get(docx).status_code == 404
    url = reverse("activities:talk_open", args=[note.activity.public_id])
    assert "查阅理由" in client.post(url, key(reason=" ")).content.decode()
    client.post(url, key(reason="核查群众来信"))
    assert SECRET in client.get(note.get_absolute_url()).content.decode()
    assert client.get(docx).status_code == 200
    page = enter(cast.leader).get(note.get_absolute_url()).content.decode()
    assert "核查群众来信" in page and cast.discipline.name in page
    assert Notice.objects.filter(user=cast.leader, title__contains="理由见记录").count() == 1


def test_the_copy_and_the_scan_are_on_record(cast, enter):
    note = talk(cast)
    client = enter(cast.leader)
    told = key(version=1, signed_on="2026-09-29", files=SimpleUploadedFile("签字件.txt", "已签".encode()))
    client.post(reverse("activities:talk_paper", args=[note.activity.public_id]), told)
    note.refresh_from_db()
    assert note.both_signed and note.paper.name == "签字件.txt"
    assert b"".join(client.get(reverse("activities:talk_file", args=[note.activity.public_id]))) == "已签".encode()
    answer = client.get(reverse("portal:talk_docx", args=[note.activity.public_id]))
    assert answer.status_code == 200
    taken = Entry.objects.filter(act="activities.take_copy", subject_pk=str(note.pk), subject_table=note._meta.db_table)
    assert taken.count() == 2


@pytest.mark.clause("2.2.2.1c")
def test_what_follows_is_added_done_and_listed_from_the_page(cast, enter):
    note = talk(cast)
    client, at = enter(cast.leader), [note.activity.public_id]
    client.post(reverse("activities:follow_up_new", args=at), key(kind="REMIND", what="补齐台账", due_on="2026-10-20"))
    row = note.follow_ups.get()
    assert "2026-09-29" in client.post(
        reverse("activities:follow_up_new", args=at), key(kind="REMIND", what="x", due_on="2026-09-01")
    ).content.decode()  # fmt: skip
    client.post(reverse("activities:follow_up_done", args=[*at, row.pk]), key(version=1, done_words="已补齐"))
    client.post(reverse("activities:talk_opinion", args=at), key(what="食堂排队"))
    page = client.get(note.get_absolute_url()).content.decode()
    assert "已补齐" in page and "已列入问题台账" in page
    office = enter(cast.office).get("/activities/talks/").content.decode()
    assert "已列入问题台账" in office and "补齐" not in office and "食堂" not in office
    assert enter(cast.chief).post(reverse("activities:follow_up_new", args=at), key()).status_code == 404


def test_a_printed_record_says_what_was_recorded(cast):
    note = talk(cast, demands="想参加培训")
    after.add_follow_up(note, kind="REMIND", words="补齐台账", due_on=DAY, by=cast.leader, on=DAY)
    services.sign_talk(note, version=1, by=cast.chief, on=DAY)
    document = Document(io.BytesIO(talk_form(talk_facts(note))))
    cells = " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for words in (SECRET, OPINION, "想参加培训", "补齐台账（时限2026-09-29）", "沈知行", "贺建民", "2026年9月29日"):
        assert words in cells
    assert "只限谈话双方" in document.paragraphs[0].text


def test_the_list_costs_the_same_however_many_talks(cast, enter):
    client = enter(cast.leader)
    talk(cast)
    client.get("/activities/talks/")
    with asked(client) as few:
        client.get("/activities/talks/")
    for number in range(12):
        note = talk(cast, kind="HEART_TALK", sure=True, content=f"第{number}次")
        after.add_follow_up(note, kind="REMIND", words="x", due_on=DAY, by=cast.leader, on=DAY)
    with asked(client) as many:
        client.get("/activities/talks/")
    assert len(many) <= len(few)
