"""粘贴: Word's and Excel's tables and typed lines as items; whatever is pasted, nothing crashes and no cell is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.matters.pasting import CELLS, FIELDS, MERGED, drafts, guess, heading, plain, read

pytestmark = pytest.mark.clause("2.2.5.1a")


def items(text: str, units=(), people=()):
    table = read(text)
    return drafts(table, guess(table, units, people))


def test_a_table_with_a_head_a_title_above_and_numbers():
    table = read(
        "局党委会交办事项清单\t\t\t\t\t\n"
        "序号\t工作任务\t牵头单位\t配合单位\t责任领导\t完成时限\n"
        "１\t一、整治占道经营\t规建股\t质安中心、房保中心\t沈知行\t２０２６.12.31\n"
    )
    assert table.before == ("局党委会交办事项清单",)
    (one,) = drafts(table, guess(table))
    assert (one.title, one.lead, one.assist, one.leader, one.due) == (
        "整治占道经营", "规建股", "质安中心、房保中心", "沈知行", "2026.12.31",
    )  # fmt: skip


def test_merged_cells_copied_as_blanks_are_filled_down_and_said():
    first, second = items("事项\t牵头单位\t协办单位\t时限\n清查\t规建股\t质安中心\t12月底\n上报\t\t\t\n")
    assert (second.title, second.lead, second.due) == ("上报", "规建股", "12月底")
    assert second.assist == "", "an empty 协办 is nobody, not the one above"
    assert (first.same, second.same) == (frozenset(), frozenset({"lead", "due"}))


def test_where_the_page_wrote_merged_cells_out_an_empty_cell_is_empty():
    _, second = items(f"{MERGED}\n事项\t牵头单位\t时限\n清查\t规建股\t12月底\n上报\t\t1月底\n")
    assert (second.lead, second.same) == ("", frozenset())


def test_a_head_in_two_lines():
    (one,) = items("序号\t任务\t责任单位\t\t时限\n\t\t牵头单位\t协办单位\t\n1\t清查\t规建股\t质安中心\t年底\n")
    assert (one.lead, one.assist) == ("规建股", "质安中心")


def test_quoted_cells_of_excel_hold_line_breaks():
    (one,) = items('任务\t要求\t责任单位\n"清查\n底数"\t"一是""全""；\n二是快"\t规建股\n')
    assert (one.title, one.requirement) == ("清查\n底数", '一是"全"；\n二是快')


def test_rows_that_word_broke_at_a_paragraph_are_joined():
    found = items(
        "序号\t任务\t要求\t责任单位\t时限\n1\t清查\t一是全面\n二是准确\t规建股\t年底\n2\t上报\t无\t质安中心\t年底\n"
    )
    assert [one.title for one in found] == ["清查", "上报"]
    assert found[0].requirement == "一是全面\n二是准确" and found[0].lead == "规建股"


def test_a_heading_between_rows_goes_to_the_items_below_it():
    found = items("序号\t任务\t责任单位\t时限\n一、工程建设类\t\t\t\n1\t清查\t规建股\t年底\n2\t上报\t规建股\t年底\n")
    assert [one.title for one in found] == ["清查", "上报"]
    assert all("所属类别：一、工程建设类" in one.requirement for one in found)


def test_headings_without_items_are_kept_too():
    found = items(
        "序号\t任务\t责任单位\t时限\n一、工程类\t\t\t\n（一）市政\t\t\t\n1\t清查\t规建股\t年底\n二、其他\t\t\t\n"
    )
    assert [one.title for one in found] == ["清查", "二、其他"]
    assert "一、工程类 （一）市政" in found[0].requirement


def test_columns_of_no_other_use_join_the_requirement_under_their_own_word():
    (one,) = items("任务\t工作要求\t责任单位\t责任人\t备注\n清查\t全面\t规建股\t林晓舟\t重要\n")
    assert one.requirement == "工作要求：全面\n责任人：林晓舟\n备注：重要"


def test_without_a_head_the_columns_are_told_by_what_stands_in_them():
    table = read(
        "1\t整治占道经营行为\t规建股\t质安中心\t沈知行\t2026年12月31日\n2\t上报清单\t房保中心\t\t沈知行\t年底\n"
    )
    units = {"规建股", "质安中心", "房保中心"}
    assert guess(table, units, {"沈知行"}) == ("number", "title", "lead", "assist", "leader", "due")


def test_typed_lines():
    one, two = items("整治占道 | 规建股 | 质安中心 | 12月31日\n上报 ｜ 房保中心")
    assert (one.title, one.lead, one.assist, one.due) == ("整治占道", "规建股", "质安中心", "12月31日")
    assert (two.title, two.lead, two.due) == ("上报", "房保中心", "")


def test_numbers_that_belong_to_the_title_stay():
    titles = ["1.5万平方米棚改扫尾", "2026年度计划编制", "3个小区加装电梯", "第3项工程收尾", "一户一策推进清欠"]
    assert [one.title for one in items("任务\t责任单位\n" + "\n".join(f"{one}\t规建股" for one in titles))] == titles


@pytest.mark.parametrize(
    ("word", "kind"),
    [("主要工作任务", "title"), ("责任单位（首个牵头）", "lead"), ("协办股室", "assist"), ("分管领导", "leader"),
     ("办结时限", "due"), ("完成时间", "due"), ("序　号", "number"), ("整改措施", "requirement"), ("联系电话", "")],
)  # fmt: skip
def test_words_of_a_head(word, kind):
    assert heading(plain(word)) == kind


CELL = st.text(st.sampled_from("甲乙1２、.一是（）\"'\t\n\r\x07|｜ 　牵头单位时限事项股2026年月底：:"), max_size=12)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=0, max_size=8)


def letters(text: str) -> str:
    """What is left of a text when numbering, marks and blanks are gone."""
    return re.sub(r"[^甲乙牵头单位时限事项股年月底]", "", text)


@settings(max_examples=400, deadline=None)
@given(ROWS)
def test_no_cell_that_speaks_is_lost(rows):
    """Property: any cells joined by tabs come back in the items, in the lines above the head, or in the head itself."""
    rows = [[re.sub(r"[\t\n\r|｜\"]", " ", cell) for cell in row] for row in rows]
    text = "\n".join("\t".join(row) for row in rows)
    table = read(text)
    fields = guess(table)
    found = drafts(table, fields)
    kept = "".join(getattr(one, name) for one in found for name in CELLS) + "".join((*table.before, *table.head))
    for row in rows:
        for cell in row:
            assert letters(cell) in letters(kept), (text, cell)


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300), st.lists(st.sampled_from(sorted(FIELDS)), max_size=25))
def test_anything_at_all_is_read_without_a_crash(text, fields):
    """Property: any text and any mapping, however wrong, gives items."""
    table = read(text)
    guess(table, {"规建股"}, {"沈知行"})
    assert all(isinstance(one.title, str) for one in drafts(table, fields))
