"""走出去请进来, 动员部署, 征求意见表, 成果转化 over HTTP: errors beside fields, pages at one price, files on record."""

from __future__ import annotations

import io
import uuid
from datetime import date

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from luoshi.activities.models import Activity, OpinionForm, Trip
from luoshi.activities.queries.desk_talks import desk_talks
from luoshi.activities.services import mobilisation, opinion_forms
from luoshi.activities.tests.talking import talk
from luoshi.activities.tests.travelling import BACK, ask, reported
from luoshi.org import queries as org
from luoshi.records.models import Entry
from tests.counting import asked
from tests.house.filled import filled

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 13)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-10-13T10:00")


def key(**data) -> dict:
    return {"submission": str(uuid.uuid4()), **data}


def journey(cast, **data) -> dict:
    told = {"kind": "OUTGOING", "host": "青山县住建局", "topics": ["物业管理"], "other": "信用评价",
            "held_on": "2026-10-20", "people": [cast.handler.pk], "unit": cast.planning.pk}  # fmt: skip
    return key(**(told | data))


@pytest.mark.clause("2.2.1.2")
def test_a_trip_from_asking_to_the_answered_lesson(cast, enter, monkeypatch):
    client = enter(cast.chief)
    answer = client.post("/activities/trips/new/", journey(cast))
    trip = Trip.objects.get()
    assert answer["Location"] == trip.get_absolute_url() and trip.topics == ["物业管理", "信用评价"]
    client = enter(cast.leader)
    assert "请您审批" in client.get(trip.get_absolute_url()).content.decode()
    at = [trip.activity.public_id]
    page = client.post(reverse("activities:trip_decide", args=at), key(approved="no", version=1)).content.decode()
    assert "不批准的，请写明理由" in page
    client.post(reverse("activities:trip_decide", args=at), key(approved="yes", version=1))
    assert Trip.objects.get().state == "APPROVED"
    monkeypatch.setenv("LUOSHI_NOW", "2026-10-22T10:00")
    client = enter(cast.chief)
    url = reverse("activities:trip_report", args=at)
    told = filled(client.get(url).content.decode(), url)
    page = client.post(url, {**told, "summary": "看了", "lessons": " "}).content.decode()
    assert "至少写一条" in page
    client.post(url, {**told, **key(), "summary": "看了三个小区", "lessons": "评分公开\n2、收费公示"})
    assert list(trip.lessons.values_list("words", flat=True)) == ["评分公开", "收费公示"]
    client = enter(cast.office)
    page = client.get("/activities/lessons/").content.decode()
    assert page.count("待答复") == 2
    lesson = trip.lessons.first()
    url = reverse("activities:lesson_answer", args=[lesson.pk])
    told = key(version=1, answer="ADOPTED", decided_by=cast.leader.pk, decided_on="2026-10-22")
    assert "请写用在哪里" in client.post(url, told).content.decode()
    client.post(url, {**told, **key(), "where": "写进考核办法"})
    lesson.refresh_from_db()
    assert (lesson.answer, lesson.decided_by) == ("ADOPTED", cast.leader)


@pytest.mark.clause("2.2.1.3")
def test_an_expert_is_asked_for_with_the_decision_already_on_paper(cast, enter):
    client = enter(cast.office)
    page = client.get("/activities/trips/new/?kind=EXPERT").content.decode()
    assert "请谁来" in page and "trip-forms" in page
    told = journey(cast, kind="EXPERT", host="省院总工", form="现场指导", decided_by=cast.leader.pk)
    assert "请写明出处" in client.post("/activities/trips/new/", told).content.decode()
    assert not Trip.objects.exists()
    told |= key(source_note="局长办公会纪要第3期", decided_on="2026-10-12")
    client.post("/activities/trips/new/", told)
    trip = Trip.objects.get()
    assert (trip.state, trip.decided_by, trip.activity.kind) == ("APPROVED", cast.leader, "EXPERT")


def test_bad_requests_come_back_with_what_was_typed(cast, enter):
    client = enter(cast.chief)
    page = client.post("/activities/trips/new/", journey(cast, topics=[], other="", until_on="2026-10-01"))
    text = page.content.decode()
    assert "请选择专题" in text and "不能早于开始日期" in text and "青山县住建局" in text
    assert not Trip.objects.exists()


def test_a_trip_of_others_is_not_there_and_a_second_answer_comes_too_late(cast, enter):
    trip = ask(cast)
    for who in ("second_leader", "neighbour", "stranger"):
        assert enter(getattr(cast, who)).get(trip.get_absolute_url()).status_code == 404
    url = reverse("activities:trip_decide", args=[trip.activity.public_id])
    assert enter(cast.handler).post(url, key(approved="yes")).status_code == 403
    enter(cast.leader).post(url, key(approved="yes", version=1))
    late = enter(cast.director).post(url, key(approved="yes", version=1))
    assert late.status_code == 409


@pytest.mark.clause("2.2.1.2")
def test_the_report_and_the_table_leave_as_files_and_it_is_on_record(cast, enter):
    trip = reported(cast)
    client = enter(cast.office)
    answer = client.get(reverse("portal:trip_docx", args=[trip.activity.public_id]))
    text = "\n".join(one.text for one in Document(io.BytesIO(answer.content)).paragraphs)
    for words in ("考察物业管理", "贺建民、林晓舟（2人）", "信用评分公开", "尚待答复", "看了三个小区"):
        assert words in text
    answer = client.get(reverse("portal:lessons_xlsx") + "?kind=OUTGOING")
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert rows[0][0] == "借鉴清单" and [row[1] for row in rows[3:]] == ["信用评分公开", "物业费随评分浮动"]
    acts = list(Entry.objects.order_by("-id").values_list("act", flat=True)[:2])
    assert acts == ["activities.take_list", "activities.take_copy"]
    empty = client.get(reverse("portal:lessons_xlsx") + "?kind=EXPERT")
    assert len(list(load_workbook(io.BytesIO(empty.content)).active.values)) == 3


@pytest.mark.clause("2.1.2")
@pytest.mark.clause("2.1.3")
@pytest.mark.clause("2.1.4")
def test_the_round_on_one_page_and_a_unit_in_one_press(cast, enter):
    client = enter(cast.office)
    assert "还没有登记县里的动员会" in client.get("/activities/mobilisation/").content.decode()
    told = key(title="全县动员部署会", body="县委", held_on="2026-10-12", people=[cast.director.pk])
    client.post("/activities/mobilisation/county/", told)
    page = client.get("/activities/mobilisation/").content.decode()
    assert "2026-10-19" in page and "5个工作日内召开" in page and page.count(">转达学习</button>") == 6
    client = enter(cast.chief)
    page = client.get("/activities/mobilisation/").content.decode()
    assert page.count(">转达学习</button>") == 1
    url = reverse("activities:unit_relay", args=[cast.planning.pk])
    told = key(quick="1", held_on="2026-10-13", relay="RELAYED")
    client.post(url, told)
    client.post(url, told)
    assert Activity.objects.filter(unit=cast.planning).count() == 1
    assert client.post(url, key(quick="1", held_on="2026-10-13", relay="RELAYED")).status_code == 409
    other = reverse("activities:unit_relay", args=[cast.quality.pk])
    assert "只能登记本单位" in client.post(other, key(held_on="2026-10-13", relay="OWN")).content.decode()


@pytest.mark.clause("2.2.2.2a")
def test_a_form_is_issued_counted_and_listed(cast, enter):
    client = enter(cast.property_chief)
    told = key(title="物业服务征求意见表", issued_on="2026-10-12", issued=50, unit=cast.property.pk)
    client.post("/activities/forms/new/", told)
    form = OpinionForm.objects.get()
    at = [form.public_id]
    url = reverse("activities:opinion_form_tally", args=at)
    page = client.post(url, key(version=1, returned=60, opinions="路灯不亮")).content.decode()
    assert "0到发放份数" in page and "路灯不亮" in page
    client.post(url, key(version=1, returned=40, opinions="1. 路灯不亮 3\n路灯不亮\n楼道堆物（2份）"))
    form.refresh_from_db()
    assert [(one["words"], one["count"]) for one in form.tallies] == [("路灯不亮", 4), ("楼道堆物", 2)]
    client.post(reverse("activities:opinion_form_problem", args=[*at, 0]), key(version=2, unit=cast.property.pk))
    page = client.get(form.get_absolute_url()).content.decode()
    assert "问题2026-0001" in page and "楼道堆物" in page
    assert "不用署名" in client.get(reverse("activities:opinion_form_blank", args=at)).content.decode()
    assert enter(cast.chief).get(form.get_absolute_url()).status_code == 404


PAGES = ("/activities/trips/", "/activities/lessons/", "/activities/mobilisation/", "/activities/forms/",
         "/activities/conversions/?only=open")  # fmt: skip


def test_each_page_costs_the_same_however_much_is_on_it(cast, enter):
    client = enter(cast.director)
    county = mobilisation.receive_county_meeting(
        bureau=cast.bureau, title="全县动员会", held_on=DAY, people=[cast.director], spirit="", by=cast.office, on=DAY
    )  # fmt: skip
    reported(cast)
    opinion_forms.issue_form(bureau=cast.bureau, title="表", unit=None, issued_on=DAY, issued=1, by=cast.office, on=DAY)
    few = {}
    for url in PAGES:
        client.get(url)
        with asked(client) as seen:
            client.get(url)
        few[url] = len(seen)
    for number in range(6):
        reported(cast, host=f"第{number}县住建局", lessons=["一", "二", "三"])
        opinion_forms.issue_form(
            bureau=cast.bureau, title="表", unit=None, issued_on=DAY, issued=1, by=cast.office, on=DAY
        )
    for unit, head in (("planning", "chief"), ("quality", "neighbour"), ("housing", "housing_chief")):
        mobilisation.relay_spirit(
            unit=getattr(cast, unit), county=county, relay="OWN", held_on=DAY, by=getattr(cast, head), on=DAY
        )
    for url in PAGES:
        with asked(client) as seen:
            client.get(url)
        assert len(seen) <= few[url] + 1, url  # one more where there is the first to join


def test_the_desk_is_told_what_is_owed(cast, django_assert_max_num_queries):
    talk(cast, held_on=DAY, on=DAY)
    ask(cast)
    reported(cast, host="北川县住建局")
    told = {}
    for who in ("leader", "chief", "office", "handler"):
        person = getattr(cast, who)
        with django_assert_max_num_queries(12):
            told[who] = {one.key: len(one.lines) for one in desk_talks(person, org.held(person, BACK), BACK)}
    assert told == {
        "leader": {"decide_trip": 1}, "chief": {"sign_talk": 1}, "office": {"answer_lesson": 2}, "handler": {},
    }  # fmt: skip
