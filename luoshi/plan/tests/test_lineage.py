"""沿革: a clause is known again whatever was moved, renumbered or reworded, and never two of them as one."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.plan.difference import Said, compare_clauses, compare_duties, compare_words
from luoshi.plan.lineage import Passage, passages, plain, same_clauses, share_kept
from luoshi.plan.queries.versions import Side, _passages
from luoshi.plan.services.importing.reading import _clauses, read_plan
from luoshi.plan.tests.conftest import PLAN


def read(text: str) -> list[Passage]:
    """A text's passages as the importer makes them."""
    text, reading = read_plan(text)
    return _passages(Side(text, _clauses(reading["clauses"], text), []))


def known(old: str, new: str) -> dict[str, str]:
    """New path → old path."""
    before, after = read(old), read(new)
    taken = same_clauses(before, after)
    return {after[key].path: before[mate].path for key, mate in taken.items()}


def test_a_clauses_own_words_end_where_its_first_item_begins():
    own = {one.path: one.body for one in read(PLAN)}
    assert own["二"] == "工作措施" and own["二/1"] == "抓学习"
    assert own["二/3/二是"].startswith("限时反馈。承办单位应当")


def test_a_renumbered_item_keeps_its_lineage():
    new = PLAN.replace("一是坚持集体学习", "一是领导带头。班子成员每季度讲课1次。\n二是坚持集体学习").replace(
        "二是保证学习时间", "三是保证学习时间"
    )
    told = known(PLAN, new)
    assert (told["二/1/二是"], told["二/1/三是"]) == ("二/1/一是", "二/1/二是")
    assert "二/1/一是" not in told


def test_a_moved_clause_keeps_its_lineage():
    line = "二是管住礼品。收到礼品礼金的，在一个月内登记上交。\n"
    new = PLAN.replace(line, "").replace(
        "（二）注重宣传", "（二）管住礼品。收到礼品礼金的，在一个月内登记上交。\n（三）注重宣传"
    )
    assert known(PLAN, new)["三/（二）"] == "二/4/二是"
    assert known(PLAN, new)["三/（三）"] == "三/（二）"


def test_a_changed_sentence_keeps_its_lineage_also_where_it_moved():
    new = PLAN.replace(
        "二是保证学习时间。干部职工每人每年学习不少于20天", "二是确保学习时间。干部职工每人每年学习不少于15天"
    )
    assert known(PLAN, new)["二/1/二是"] == "二/1/二是"
    moved = PLAN.replace(
        "二是限时反馈。承办单位应当在5个工作日内",
        "二是公示。局办公室公示清单。\n三是限时反馈。承办单位应当在3个工作日内",
    )
    moved = moved.replace("三是从快办理", "四是从快办理")
    told = known(PLAN, moved)
    assert (told["二/3/三是"], told["二/3/四是"]) == ("二/3/二是", "二/3/三是") and "二/3/二是" not in told


def test_a_chapter_whose_heading_changed_is_known_by_what_is_below_it():
    told = known(PLAN, PLAN.replace("二、工作措施", "二、主要任务和落实办法"))
    assert told["二"] == "二"


def test_another_plan_shares_next_to_nothing():
    other = "一、防汛准备\n1.备足物资。各站点储备沙袋、编织袋。\n2.落实值守。汛期24小时值班。\n二、处置\n1.转移群众。\n"
    before, after = read(PLAN), read(other)
    assert share_kept(before, after, same_clauses(before, after)) < 0.2
    assert share_kept(before, before, same_clauses(before, before)) == 1.0


LINES = [line for line in PLAN.splitlines(keepends=True) if line.strip()]
WORDS = "学习调研反馈清单办公室每月不少于次日内各股室应当，。"


@st.composite
def edited(draw) -> str:
    """The plan with lines moved, dropped, doubled, and words changed inside."""
    lines = LINES[:2] + draw(st.permutations(LINES[2:]).filter(bool))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from("dcw"))
        if kind == "d" and len(lines) > 6:
            del lines[at]
        elif kind == "c":
            lines.insert(at, lines[at])
        else:
            place = draw(st.integers(0, len(lines[at]) - 1))
            lines[at] = lines[at][:place] + draw(st.text(WORDS, max_size=8)) + lines[at][place:]
    return "".join(lines)


def bare(text: str) -> list[Passage]:
    """Passages without the reader: one for each line, so that any text will do."""
    return [Passage(at, f"一/{at}", "", line.strip()) for at, line in enumerate(text.splitlines()) if line.strip()]


@settings(max_examples=150, deadline=None)
@given(edited())
def test_lineage_is_injective_and_deterministic(text):
    old, new = bare(PLAN), bare(text)
    taken = same_clauses(old, new)
    assert len(set(taken.values())) == len(taken)
    assert set(taken) <= {one.key for one in new} and set(taken.values()) <= {one.key for one in old}
    assert same_clauses(old, new) == taken
    for one in compare_clauses(old, new, taken):
        assert (one.old is None) == (one.state == "NEW") and (one.new is None) == (one.state == "GONE")


@settings(max_examples=150, deadline=None)
@given(edited())
def test_the_same_text_keeps_every_lineage(text):
    same = bare(text)
    assert same_clauses(same, same) == {one.key: one.key for one in same}


@settings(max_examples=150, deadline=None)
@given(edited())
def test_words_that_stand_once_are_found_wherever_they_went(text):
    old, new = bare(PLAN), bare(text)
    taken = same_clauses(old, new)
    for one in new:
        twins = [other for other in old if other.plain == one.plain]
        if len(twins) == 1 and sum(other.plain == one.plain for other in new) == 1:
            assert taken[one.key] == twins[0].key


@settings(max_examples=200, deadline=None)
@given(st.text(WORDS + "0123456789", max_size=60), st.text(WORDS + "0123456789", max_size=60))
def test_both_texts_can_be_read_back_from_the_marks(old, new):
    runs = compare_words(old, new)
    assert "".join(one.words for one in runs if one.kind != "NEW") == old
    assert "".join(one.words for one in runs if one.kind != "GONE") == new
    assert all(one.words for one in runs)


@pytest.mark.parametrize("size", [400, 2000])
def test_long_words_are_compared_by_sentences_and_end(size):
    old = "".join(f"第{n}项由办公室在{n}日内办结。" for n in range(size))
    runs = compare_words(old, old.replace("在7日内", "在9日内"))
    assert [one.words for one in runs if one.kind == "NEW"] == ["第7项由办公室在9日内办结。"]


def test_duties_are_paired_once_and_short_sentences_only_at_home():
    old = [Said(1, 10, "建立台账", "建立台账"), Said(2, 10, "每季度向局党委报告落实情况一次", "报告")]
    new = [Said(1, 21, "建立台账", "建立台账"), Said(2, 21, "每季度向局党委报告落实情况一次", "报告")]
    told = compare_duties(old, new, {20: 10})
    assert [(one.state, one.old, one.new) for one in told] == [("NEW", None, 1), ("SAME", 2, 2), ("GONE", 1, None)]
    assert [one.state for one in compare_duties(old, new, {21: 10})] == ["SAME", "SAME"]


def test_two_thousand_rewritten_clauses_in_seconds():
    rng = random.Random(7)
    letters = "学习调研反馈清单办公室每月不少于次日内各股室应当落实整改督查通报考核建设管理服务群众问题"
    body = lambda: "".join(rng.choice(letters) for _ in range(60))
    old = [Passage(n, f"一/{n}", "", body()) for n in range(2000)]
    new = [Passage(n, f"二/{n}", "", body()[:30] + one.body[30:]) for n, one in enumerate(old)]
    taken = same_clauses(old, new)
    assert len(set(taken.values())) == len(taken)


def test_half_width_and_blanks_do_not_count():
    assert plain("在 ５个工作日内，") == plain("在5个工作日\n内,")
    assert [one.path for one in passages("一、甲\n", [])] == []
