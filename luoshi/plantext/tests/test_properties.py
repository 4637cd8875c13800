"""What holds for every text whatever: exact spans, existing clauses, no crash, linear time."""

import json
import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.plantext.compile import compile_plan
from luoshi.plantext.model import Reading

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
百分之八十 1,000元 其中 分别"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\u3000", "- 7 -"])


def check(text: str, reading: Reading) -> None:
    known = {"0", *(c.path for c in reading.clauses)}
    for row in (*reading.duties, *reading.obligations):
        assert 0 <= row.start < row.end <= len(text)
        assert row.quote == text[row.start : row.end]
        assert row.clause in known
    for clause in reading.clauses:
        assert 0 <= clause.start < clause.end <= len(text)
    for duty in reading.duties:
        assert all(0 <= place < len(reading.obligations) for place in duty.obligations)
    owned = {place for duty in reading.duties for place in duty.obligations}
    assert owned == set(range(len(reading.obligations)))
    assert all(0 <= o.confidence <= 1 for o in reading.obligations)
    json.dumps(reading.to_json(), ensure_ascii=False)


def test_the_sample() -> None:
    check(SAMPLE, compile_plan(SAMPLE))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check(text, compile_plan(text))


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_row_of_plan_words(text: str) -> None:
    check(text, compile_plan(text))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.text(max_size=6))
def test_a_plan_with_a_wound(place: int, length: int, put: str) -> None:
    text = SAMPLE[:place] + put + SAMPLE[place + length :]
    check(text, compile_plan(text))


def test_duties_do_not_overlap() -> None:
    duties = compile_plan(SAMPLE).duties
    assert all(a.end <= b.start for a, b in pairwise(duties))


def seconds(text: str) -> float:
    start = time.perf_counter()
    compile_plan(text)
    return time.perf_counter() - start


def test_time_grows_with_the_text_only() -> None:
    seconds(SAMPLE)
    once = min(seconds(SAMPLE * 60) for _ in range(2))
    assert once < 1.0
    assert seconds(SAMPLE * 240) < 8 * once + 0.5


def test_texts_made_to_be_slow_are_not() -> None:
    for words in ("1", "（", "“", "局", "，", "不少于", "一、", "2024年、", "每年3次、", "对的", "100,"):
        assert seconds(words * (20_000 // len(words))) < 2.0
