"""What holds for every text whatever: exact spans, existing clauses, no crash. How fast it is: `bench/reader.py`."""

import json
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi import demo
from luoshi.plantext.compile import compile_plan
from luoshi.plantext.model import ClauseRow, DutyRow, Reading

SAMPLE = """某县开展“清净家园”行动实施方案
为改善环境，制定本方案。
一、目标任务
到2026年，建成示范村60个以上，垃圾清运率达到95%。
二、重点工作
（一）清理积存垃圾。各镇街要在6月底前完成一次集中清理，每月清运不少于4次，形成问题清单。（牵头单位：县城管局）
（二）健全制度。一是建立巡查机制。网格员每周巡查2次，对发现的问题，3日内反馈。二是落实考核机制。每季度通报排名。
三、工作要求
不得弄虚作假，对两次通报仍未整改的，由县纪委依规问责。
"""
WORDS = """一、 （二） 3. 第四条 附件1 一是 —— 。 ； ， ： （ ） “ ” " 每年 每季度 不少于 不超过 20天 五个工作日内
2025年底前 2月30日 90% 得5分 每降低1个百分点扣2分 各单位 要 由县教育局牵头 建立台账 对发现的问题 确保 鼓励 第
百分之八十 1,000元 其中 分别 ① 附件：
第一章 第一阶段 （6月底前，牵头单位：县局） 《通知》 “四个一” 1. （1） 二是 | 1,000"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\u3000", "- 7 -", "第3页", "\r\n"])


DEMO = (Path(demo.__file__).parent / "plan.txt").read_text(encoding="utf-8")
HALF = str.maketrans("（）：；，．", "():;,.")
calm = settings(deadline=None, derandomize=True, database=None)


def check(text: str, reading: Reading) -> None:
    """The rules of docs/reader.md that hold for any text whatever."""
    check_clauses(text, reading)
    known: dict[str, list[ClauseRow]] = {}
    for clause in reading.clauses:
        known.setdefault(clause.path, []).append(clause)
    for row in (*reading.duties, *reading.obligations):
        assert 0 <= row.start < row.end <= len(text)
        assert row.quote == text[row.start : row.end]
        assert row.quote == row.quote.strip()
        if row.clause == "0":
            assert not any(c.start <= row.start < c.end for c in reading.clauses)
        else:
            assert any(c.start <= row.start and row.end <= c.end for c in known[row.clause])
    assert all(a.end <= b.start for a, b in pairwise(reading.duties))
    assert all(a.start <= b.start for a, b in pairwise(reading.obligations))
    check_owners(reading)
    assert all(0 <= o.confidence <= 1 for o in reading.obligations)
    json.dumps(reading.to_json(), ensure_ascii=False)


def check_clauses(text: str, reading: Reading) -> None:
    """Clauses come in order, each inside the clause its path names as the one above."""
    above: list[ClauseRow] = []
    last = 0
    for clause in reading.clauses:
        assert last <= clause.start < clause.end <= len(text)
        last = clause.start
        while above and above[-1].end <= clause.start:
            above.pop()
        parent = clause.path.rpartition("/")[0]
        assert parent == (above[-1].path if above else "")
        assert not above or clause.end <= above[-1].end
        above.append(clause)


def check_owners(reading: Reading) -> None:
    """Every obligation has a duty; where it stands outside of its duty it rules that duty's clause."""
    owners: dict[int, list[DutyRow]] = {}
    for duty in reading.duties:
        assert duty.obligations == sorted(set(duty.obligations))
        for place in duty.obligations:
            owners.setdefault(place, []).append(duty)
    assert sorted(owners) == list(range(len(reading.obligations)))
    for place, duties in owners.items():
        one = reading.obligations[place]
        inside = [d for d in duties if d.start < one.end and one.start < d.end]
        assert inside == duties or all(d.clause == one.clause or d.clause.startswith(one.clause) for d in duties)
        assert len(inside) <= 1 or one.clause == duties[0].clause


@st.composite
def wounded(draw: st.DrawFn) -> str:
    """A plan with signs and lines deleted, doubled, put in, changed about, narrowed, wrapped."""
    text = draw(st.sampled_from([SAMPLE, DEMO[:900], DEMO[600:]]))
    for _ in range(draw(st.integers(1, 12))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(1, 30)))
        how = draw(st.sampled_from(["cut", "twice", "put", "swap", "narrow", "lines"]))
        part = text[start:end]
        if how == "cut":
            text = text[:start] + text[end:]
        elif how == "twice":
            text = text[:end] + part + text[end:]
        elif how == "put":
            text = text[:start] + draw(PIECES) + text[start:]
        elif how == "swap":
            text = text[:start] + part[::-1] + text[end:]
        elif how == "narrow":
            text = text[:start] + text[start:].translate(HALF)
        else:
            lines = text.split("\n")
            one, other = (draw(st.integers(0, len(lines) - 1)) for _ in "12")
            lines[one], lines[other] = lines[other], lines[one]
            text = "\n".join(lines)
    wrap = draw(st.sampled_from([0, 0, 0, 17, 30]))
    if wrap:
        text = draw(st.sampled_from(["\n", "\r\n", "\n- 3 -\n"])).join(
            text[at : at + wrap] for at in range(0, len(text), wrap)
        )
    return text.replace("\n", "") if draw(st.integers(0, 9)) == 0 else text


def test_the_samples() -> None:
    for text in (SAMPLE, DEMO, SAMPLE.replace("\n", ""), DEMO.translate(HALF)):
        check(text, compile_plan(text))


@settings(calm, max_examples=150)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check(text, compile_plan(text))


@settings(calm, max_examples=200)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_row_of_plan_words(text: str) -> None:
    check(text, compile_plan(text))


@settings(calm, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(wounded())
def test_a_plan_with_wounds(text: str) -> None:
    check(text, compile_plan(text))


def test_what_holds_holds_for_texts_made_to_be_slow_too() -> None:
    for words in (
        "1",
        "（",
        "“",
        "局",
        "，",
        "不少于",
        "一、",
        "2024年、",
        "每年3次、",
        "对的",
        "100,",
        "1\n",
        "1.1\n",
        "[",
        "| ",
        "- a\n",
        "县县局",
        "责任单位：",
    ):
        text = words * (20_000 // len(words))
        check(text, compile_plan(text))
