"""The two forms: every fact on the page, the page as the standard asks, nothing of the house's own machinery."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from luoshi.documents.lists import list_form
from luoshi.documents.matters import dispatch_form, feedback_form
from luoshi.documents.tests.facts import DISPATCH, FEEDBACK, LIST, item


def words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    table = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join(one.text for one in document.paragraphs) + "\n" + table


@pytest.mark.clause("2.2.5.1a")
def test_the_dispatch_form_carries_every_customary_field():
    text = words(dispatch_form(DISPATCH))
    for told in (
        "督办通知单", "2026-0007", "加急", "内部", "整治小区消防通道占用", "领导批示", "第12次局长办公会",
        "二/第二阶段/3/二是", "清理占道 & 划线 <当日>", "沈知行", "2026年9月29日", "物业股", "邵长青", "质安中心",
        "2026年10月12日", "2026年11月30日",
        "原定2026年10月30日", "已清理", "批示.pdf", "拟稿：陆文静", "核稿：　", "签发：沈知行",
        "签发据2026年9月29日批准立项的记录",
        "承办分工", "核对消防设施", "2026年10月20日",
        "路线图（第2版，局办公室已同意）", "清理划线", "比原定晚6个工作日",
        "延期情况", "批准延至2026年11月30日",
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
        "督办事项反馈单（初步反馈）",
        "质安中心（还在配合）：核对消防设施三处",
        "原定2026年10月30日",
        "沈知行 2026年10月14日阅",
        "拟稿：叶知秋",
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


@pytest.mark.clause("2.2.5.1a")
def test_the_list_carries_its_head_and_every_item():
    text = words(list_form(LIST))
    for told in (
        "局党委会2026年第18次会议交办清单", "内部", "来源：党委会（局党委会2026年第18次会议纪要）", "交办领导：沈知行",
        "交办日期：2026年9月29日", "考评板块：重点工作", "共40项",
        "2026-0040", "第40项整治", "质量安全监督中心、房产股",
        "2026年\n10月12日", "拟稿：陆文静", "签发：沈知行",
    ):  # fmt: skip
        assert told in text, told
    assert "摘录" not in text and "清单交办清单" not in text


def test_an_extract_says_so_and_a_moved_or_provisional_date_is_told():
    changed = item(1, provisional=True, original_due_on=date(2026, 11, 30), cancelled=True)
    text = words(list_form(replace(LIST, items=(changed,), whole=False)))
    assert "（摘录）" in text and "只列本单位承办的" in text
    assert "（暂定）" in text and "原定\n2026年\n11月30日" in text and "（已撤销）" in text


def test_the_list_lies_across_with_its_binding_edge_on_top_and_repeats_its_head():
    document = Document(io.BytesIO(list_form(LIST)))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [297, 210]
    assert [round(one.mm) for one in margins] == [28, 26, 35, 37]
    rows = document.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_characters_no_document_may_hold_are_left_out():
    text = words(dispatch_form(replace(DISPATCH, title="整治\x00消防\x0b通道\ud800", requirement="一\r\n二\t三")))
    assert "整治消防通道" in text and "一\n二 三" in text


def test_no_red_head_and_no_document_number():
    """Internal forms borrow the page, never the head of an official document."""
    archive = zipfile.ZipFile(io.BytesIO(dispatch_form(DISPATCH)))
    xml = archive.read("word/document.xml").decode()
    assert "FF0000" not in xml.upper() and "〔2026〕" not in xml


def test_no_author_and_no_machine_in_the_file():
    core = Document(io.BytesIO(feedback_form(FEEDBACK))).core_properties
    assert core.author == "" and core.comments == ""
