"""Over HTTP: the forms as people fill them, pages that cost the same for one row and for many, the papers."""

from __future__ import annotations

import io
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from luoshi.cadres import services
from luoshi.cadres.models import Commendation, MeritEntry, Posting
from luoshi.cadres.queries.clauses import behind, by_clause
from luoshi.cadres.tests.life import (
    BEGAN,
    DAY,
    PAPER,
    assigned,
    clean,
    done_matter,
    drawn,
    examined,
    kept,
    merit,
    noticed,
    proposed,
)
from luoshi.commitments.tests.life import cost
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db]


def opened(client, url) -> dict:
    return filled(client.get(url).content.decode(), url.split("?")[0])


@pytest.mark.clause("2.2.5.5a")
def test_the_office_proposes_and_enters_the_decision_and_two_clicks_make_one(life, enter):
    client = enter(life.office)
    fields = opened(client, "/cadres/postings/new/")
    assert fields["batch"] == ["2026年第一批"]
    told = {**fields, "cadre": life.handler.pk, "kind": "PROJECT", "post": "专班联络员", "unit": life.quality.pk,
            "mentor": life.handler.pk, "until_on": "2027-09-28", "aims": "跟完一个项目。"}  # fmt: skip
    assert "导师应是另一名干部" in client.post("/cadres/postings/new/", told).content.decode()
    told |= {"mentor": life.neighbour.pk, "submission": str(uuid.uuid4())}
    client.post("/cadres/postings/new/", told)
    client.post("/cadres/postings/new/", told)
    found = Posting.objects.get()
    url = reverse("cadres:posting_assign", args=[found.public_id])
    bad = client.post(url, {**opened(client, url), "source_note": ""})
    assert "没有保存" in bad.content.decode()
    client.post(url, {**opened(client, url), "source_note": "局党委会纪要第21期"})
    page = client.get(found.get_absolute_url()).content.decode()
    assert "局党委会纪要第21期" in page and "每6个月考察一次" in page and "期满时考察一次" in page
    assert enter(life.chief).get("/cadres/postings/new/").status_code == 403 and clean() == []


@pytest.mark.clause("2.2.5.5b")
def test_the_person_reads_answers_and_the_examiner_writes(life, enter):
    done_matter(life)
    found = drawn(life)
    client = enter(life.handler)
    assert "待我核对的考察事实" in client.get("/").content.decode()
    url = reverse("cadres:answer", args=[found.public_id, found.facts[0]["key"]])
    client.post(url, {**opened(client, url), "said": "两人合办的"})
    read = reverse("cadres:read", args=[found.public_id])
    client.post(read, opened(client, read))
    client = enter(life.office)
    settle = reverse("cadres:settle", args=[found.answers.get().pk])
    client.post(settle, {**opened(client, settle), "upheld": "1", "said": "属实，两人合办"})
    appoint = reverse("cadres:appoint", args=[found.public_id])
    client.post(appoint, {**opened(client, appoint), "person_0": life.verifier.pk, "person_1": life.inspector.pk})
    client = enter(life.inspector)
    examine = reverse("cadres:examine", args=[found.public_id])
    assert examine in client.get("/").content.decode()
    client.post(examine, {**opened(client, examine), "opinion": "肯干，细致。"})
    assert "肯干，细致。" in client.get(found.get_absolute_url()).content.decode()
    page = enter(life.handler).get(found.get_absolute_url()).content.decode()
    assert "属实，两人合办" in page and "肯干，细致" not in page and "考察意见（保密）" not in page
    paper = enter(life.office).get(reverse("portal:follow_up_docx", args=[found.public_id])).content
    told = "\n".join(one.text for one in Document(io.BytesIO(paper)).paragraphs)
    assert "肯干，细致。" in told and "保密" in told
    paper = enter(life.neighbour).get(reverse("portal:follow_up_docx", args=[found.public_id])).content
    assert "肯干" not in "\n".join(one.text for one in Document(io.BytesIO(paper)).paragraphs)


@pytest.mark.clause("2.3.2")
def test_a_commendation_by_its_forms_and_its_circular(life, enter, monkeypatch):
    matter = done_matter(life)
    client = enter(life.chief)
    url = reverse("cadres:commend")
    told = {**opened(client, url), "kind": "PRAISE", "title": "攻坚有力", "reasons": "三天抢通。"}
    assert "二者选一" in client.post(url, {**told, "matter": matter.pk}).content.decode()
    told |= {"person": life.handler.pk, "submission": str(uuid.uuid4())}
    assert "至少选一条凭据" in client.post(url, told).content.decode()
    client.post(url, {**told, "submission": str(uuid.uuid4()), "matter": matter.pk})
    found = Commendation.objects.get()
    services.put_on_notice(found, version=None, by=life.office, on=DAY)
    page = enter(life.window).get(found.get_absolute_url()).content.decode()
    assert "正在公示" in page and "一件督办事项（不在您的查看范围内）" in page and matter.title not in page
    services.object_to(found, words="还有两人", by=life.window, on=DAY)
    for who, sees in (("window", True), ("office", True), ("handler", False), ("leader", False)):
        assert ("还有两人" in enter(getattr(life, who)).get(found.get_absolute_url()).content.decode()) == sees, who
    services.settle_objection(found.objections.get(), upheld=False, words="另报", by=life.office, on=DAY)
    over = date(2026, 10, 19)
    monkeypatch.setenv("LUOSHI_NOW", f"{over}T10:00")
    services.approve(found, agreed=True, said="", version=None, by=life.director, on=over, decided_on=over,
                     source_note="局党委会纪要第21期")  # fmt: skip
    docx = reverse("portal:commendation_docx", args=[found.public_id])
    assert enter(life.window).get(docx).status_code == 404
    services.publish(found, version=None, by=life.office, on=over)
    paper = enter(life.window).get(docx).content
    told = "\n".join(one.text for one in Document(io.BytesIO(paper)).paragraphs)
    assert "三天抢通。" in told and "局党委会纪要第21期" in told and matter.title not in told
    assert "攻坚有力" in enter(life.window).get("/search/?q=攻坚有力").content.decode()


@pytest.mark.clause("1.3a")
def test_the_matrix_links_evidence_in_the_bureaus_order(life, enter):
    entry = kept(life, abilities=["EMERGENCY", "MASSES"])
    merit(life, person=life.second_handler, by=life.second_handler, abilities=["DELIVERY"], title="还没审核的一条")
    page = enter(life.leader).get("/cadres/abilities/").content.decode()
    assert entry.get_absolute_url() in page and "还没审核的一条" not in page
    names = [one for one in ("贺建民", "林晓舟", "温以宁", "杜若溪", "方立诚") if one in page]
    assert names == sorted(names, key=page.index) and "秦若谷" not in page
    own = enter(life.handler).get("/cadres/abilities/").content.decode()
    assert "林晓舟" in own and "温以宁" not in own


@pytest.mark.clause("2.2.5.5b")
def test_pages_cost_the_same_for_one_and_for_many(life, enter):
    found = examined(life)
    kept(life, abilities=["MASSES"])
    noticed(life)
    client = enter(life.office)
    pages = ("/", "/cadres/postings/", "/cadres/merits/", "/cadres/abilities/", "/cadres/commendations/",
             "/cadres/mine/", found.posting.get_absolute_url(), found.get_absolute_url())  # fmt: skip
    few = {page: cost(client, page) for page in pages}
    for who in (life.second_handler, life.property_handler, life.housing_handler, life.window):
        assigned(life, who)
        for ability in ("EMERGENCY", "DELIVERY"):
            one = merit(life, person=who, by=who, abilities=[ability])
            services.review_merit(one, note="", version=None, by=life.office, on=DAY)
        noticed(life, person=who, linked=[], merits=[MeritEntry.objects.latest("pk")], by=life.director)
    proposed(life, life.approval_chief)
    many = {page: cost(client, page) for page in pages}
    assert all(many[page] <= few[page] + (page == "/") for page in pages), (few, many)


@pytest.mark.clause("2.2.5.5a")
@pytest.mark.clause("2.3.2")
def test_the_roster_as_table_and_the_clauses_behind_it(life, enter):
    assigned(life)
    book = load_workbook(io.BytesIO(enter(life.office).get("/papers/postings.xlsx?show=&batch=").content))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[3][1:7] == [
        "林晓舟",
        "老旧小区改造专班联络员",
        "重点项目",
        "质安中心",
        "方立诚",
        "2026-04-01至2027-03-31",
    ]
    paper = Document(io.BytesIO(enter(life.office).get("/papers/postings.docx").content))
    assert paper.tables[0].rows[1].cells[1].text == "林晓舟"
    assert by_clause([uuid.uuid4()], life.office, DAY) == {} and behind("open", [], life.office, DAY) is None
    told = behind("cadres", [], life.office, DAY)
    assert told.number == 0 and told.lines(0, 5) == []


@pytest.mark.clause("2.2.5.5b")
def test_overdue_follow_ups_stand_on_the_offices_desk(life, enter, monkeypatch):
    late = BEGAN + timedelta(days=230)
    assigned(life)
    monkeypatch.setenv("LUOSHI_NOW", f"{late}T10:00")
    parts = {part.label: part for part in enter(life.office).get("/").context["parts"]}
    todo = parts["到期的跟踪考察"].lines[0]
    assert (todo.act, todo.lamp) == ("抽取事实", "red") and "逾期" in todo.words
    assert "到期的跟踪考察" not in enter(life.handler).get("/").content.decode()
    assert PAPER
