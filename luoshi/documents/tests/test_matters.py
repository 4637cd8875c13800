"""The two forms: every fact on the page, the page as the standard asks, nothing of the house's own machinery."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from luoshi.documents.matters import dispatch_form, feedback_form
from luoshi.matters.queries import DispatchFacts, FeedbackFacts

DISPATCH = DispatchFacts(
    bureau="云岭县住房和城乡建设局", number="2026-0007", cycle=1, source="领导批示", source_title="第12次局长办公会",
    clause="二/第二阶段/3/二是", title="整治小区消防通道占用", requirement="清理占道 & 划线 <当日>", urgent=True,
    leader="沈知行",
    assigned_on=date(2026, 9, 29), lead_unit="物业股", lead_person="邵长青", assists=("质安中心",),
    feedback_due_on=date(2026, 10, 12), due_on=date(2026, 11, 30), original_due_on=date(2026, 10, 30),
    provisional=False, handled=("2026-10-09 初步反馈（40%）：已清理",), verified="", closed_on=None,
    attachments=("批示.pdf",),
)  # fmt: skip
FEEDBACK = FeedbackFacts(
    bureau="云岭县住房和城乡建设局", number="2026-0007", title="整治小区消防通道占用", requirement="清理占道",
    lead_unit="物业股",
    leader="沈知行", kind="初步反馈", progress=40, done="已清理一处", obstacles="缺人手", next_step="划线",
    next_on=date(2026, 10, 20), due_on=date(2026, 11, 30), person="叶知秋", fed_back_on=date(2026, 10, 13),
    feedback_due_on=date(2026, 10, 12), late=True, attachments=(),
)  # fmt: skip


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    table = "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    return "\n".join(one.text for one in document.paragraphs) + "\n" + table


@pytest.mark.clause("2.2.5.1a")
def test_the_dispatch_form_carries_every_customary_field():
    text = words(dispatch_form(DISPATCH))
    for told in (
        "督办通知单", "2026-0007", "加急", "内部", "整治小区消防通道占用", "领导批示", "第12次局长办公会",
        "二/第二阶段/3/二是", "清理占道 & 划线 <当日>", "沈知行", "2026年9月29日", "物业股", "邵长青", "质安中心",
        "2026年10月12日", "2026年11月30日",
        "原定2026年10月30日", "已清理", "批示.pdf", "拟稿", "核稿", "签发",
    ):  # fmt: skip
        assert told in text, told


def test_a_provisional_date_says_so_and_a_second_cycle_is_named():
    text = words(dispatch_form(replace(DISPATCH, provisional=True, cycle=2)))
    assert "2026年10月12日（暂定）" in text and "第2轮" in text


@pytest.mark.clause("2.2.5.1e")
def test_the_feedback_form_carries_stage_progress_obstacles_and_next_date():
    text = words(feedback_form(FEEDBACK))
    for told in (
        "反馈单",
        "初步反馈",
        "40%",
        "已清理一处",
        "缺人手",
        "划线",
        "2026年10月20日",
        "逾期反馈",
        "负责人签字",
    ):
        assert told in text, told


@pytest.mark.parametrize("content", [dispatch_form(DISPATCH), feedback_form(FEEDBACK)], ids=["dispatch", "feedback"])
def test_the_page_is_that_of_the_standard(content):
    """GB/T 9704-2012: A4, margins 37/35/28/26 mm, so that the type area is 156×225 mm."""
    document = Document(io.BytesIO(content))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert fonts.get(qn("w:eastAsiaTheme")) is None


def test_no_red_head_and_no_document_number():
    """Internal forms borrow the page, never the head of an official document."""
    archive = zipfile.ZipFile(io.BytesIO(dispatch_form(DISPATCH)))
    xml = archive.read("word/document.xml").decode()
    assert "FF0000" not in xml.upper() and "〔2026〕" not in xml


def test_no_author_and_no_machine_in_the_file():
    core = Document(io.BytesIO(feedback_form(FEEDBACK))).core_properties
    assert core.author == "" and core.comments == ""
