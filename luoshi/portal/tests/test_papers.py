"""The printed forms by their addresses: what is in them, who may print them, and that it is on record."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from docx import Document

from luoshi.matters import queries, services
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, at, clean
from luoshi.matters.tests.test_services_lists import handed_out, items, open_list
from luoshi.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


def told(answer) -> str:
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def url(name, subject) -> str:
    return reverse(f"portal:{name}_docx", args=[subject.public_id])


@pytest.mark.clause("2.2.5.1b")
def test_the_dispatch_form_tells_parts_roadmap_and_the_original_date(life, cast, enter):
    matter = life.to("ACCEPTED")
    life.step(matter, "receive")
    life.step(matter, "adjust_parties")
    life.step(matter, "propose_roadmap")
    matter = life.step(matter, "accept_roadmap")
    life.step(matter, "ask_extension")
    life.step(matter, "grant_extension")
    text = told(enter(cast.handler).get(url("dispatch", matter)))
    assert "核对质量问题" in text and "完成摸底" in text and "路线图（第1版，局办公室已同意）" in text
    assert f"原定{DUE.year}年{DUE.month}月{DUE.day}日" in text and "等待上级验收" in text
    assert f"批准延至{LATER.year}年{LATER.month}月{LATER.day}日" in text
    assert f"拟稿：{cast.office}" in text and f"签发：{cast.leader}" in text and "批准立项的记录" in text
    assert Entry.objects.filter(act="matters.take_copy", actor_id=cast.handler.pk).count() == 1 and clean() == []


@pytest.mark.clause("2.2.5.1e")
def test_the_feedback_form_takes_over_what_assisting_units_told(life, cast, enter):
    matter = life.to("ACCEPTED")
    life.step(matter, "receive")
    life.step(matter, "contribute", done="已提供质量检查记录三份")
    said = services.feed_back(
        matter, kind="PRELIMINARY", done="已摸排", progress=30, by=cast.handler, on=DAY, now=at(DAY),
        contributions=[one for one, _ in queries.to_consolidate(matter)],
    )  # fmt: skip
    text = told(enter(cast.chief).get(url("feedback", said)))
    assert "督办事项反馈单（初步反馈）" in text and "已提供质量检查记录三份" in text
    assert f"拟稿：{cast.handler}" in text and "领导阅签" in text
    life.step(said, "read")
    assert f"{cast.leader} 2026年9月29日阅" in told(enter(cast.chief).get(url("feedback", said)))


@pytest.mark.clause("2.2.5.1a")
def test_the_list_is_whole_for_its_keepers_and_an_extract_for_a_unit(life, cast, enter):
    task_list = handed_out(cast, items=items(cast, 10))
    text = told(enter(cast.office).get(url("list", task_list)))
    assert "共10项" in text and "2026-0010" in text and f"签发：{cast.director}" in text and "摘录" not in text
    mine = told(enter(cast.chief).get(url("list", task_list)))
    assert "（摘录）" in mine and "2026-0001" in mine and "2026-0003" not in mine
    page = enter(cast.office).get(task_list.get_absolute_url()).content.decode()
    assert url("list", task_list) in page
    assert Entry.objects.filter(act="matters.take_copy", subject_table="matters_tasklist").count() == 2
    assert clean() == []


def test_who_does_not_see_the_list_finds_nothing(life, cast, enter):
    task_list = open_list(cast)
    assert enter(cast.stranger).get(url("list", task_list)).status_code == 404
    assert enter(cast.chief).get(url("list", task_list)).status_code == 404, "drafts concern nobody else"
    assert enter(cast.sysadmin).get(url("list", task_list)).status_code == 403
    assert enter(cast.office).post(url("list", task_list)).status_code == 405
    assert not Entry.objects.filter(act="matters.take_copy").exists()
