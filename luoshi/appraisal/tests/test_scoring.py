"""Points from counts: exact, the same whatever the order, and never lower for a better result."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from luoshi.appraisal.rules import facts as frozen
from luoshi.appraisal.rules.drafting import Row, why_not
from luoshi.appraisal.rules.facts import BadChange, Change
from luoshi.appraisal.rules.forbidden import KEYS, why_not_indicator
from luoshi.appraisal.rules.indicators import INDICATORS, NO_BLOCK
from luoshi.appraisal.rules.scoring import Counts, Standing, formula, ranks, score
from luoshi.appraisal.tests.life import ROWS, told
from luoshi.matters.rules import Block

BLOCKS = ("COUNTY", "KEY_PROJECT", "KEY_WORK")
BY = formula(
    [(block, weight, [(one.key, one.weights[block]) for one in ROWS if block in one.weights])
     for block, weight in zip(BLOCKS, (40, 35, 25), strict=True)]
)  # fmt: skip
CELLS = sorted({share.cell for one in BY.blocks for share in one.shares})
facts = some.lists(some.tuples(some.integers(0, len(CELLS) - 1), some.integers(0, 1)), max_size=30).map(
    lambda told: [
        {"id": f"{INDICATORS[CELLS[at][1]].kind[0]}{nth}", "block": CELLS[at][0], "as": {CELLS[at][1]: good}}
        for nth, (at, good) in enumerate(told, 1)
    ]
)
STEADY = settings(
    deadline=None, max_examples=60, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
pytestmark = pytest.mark.clause("2.2.5.4a")


@STEADY
@given(facts, some.randoms(use_true_random=True))
def test_neither_order_nor_batching_changes_a_score(rows, dice):
    shuffled = list(rows)
    dice.shuffle(shuffled)
    at = dice.randrange(len(rows) + 1)
    parts = [frozen.count(shuffled[:at]), frozen.count(shuffled[at:])]
    joined = Counts()
    for part in parts:
        for cell, (good, counted) in part.cells.items():
            before = joined.cells.get(cell, (0, 0))
            joined.cells[cell] = (before[0] + good, before[1] + counted)
    whole = score(frozen.count(rows), BY)
    assert whole == score(frozen.count(shuffled), BY) == score(joined, BY)
    assert frozen.digest(rows) == frozen.digest(shuffled)


@STEADY
@given(facts, some.integers(0, 3), some.integers(0, 3), some.data())
def test_a_better_result_never_lowers_a_score(rows, praise, criticism, data):
    counts = frozen.count(rows)
    counts.praise, counts.criticism = praise, criticism
    before = score(counts, BY)
    better = Counts(dict(counts.cells), praise, criticism)
    worse_ones = [cell for cell, (good, counted) in counts.cells.items() if good < counted]
    ways = ["praise", "more", *(["good"] if worse_ones else []), *(["criticism"] if criticism else [])]
    match data.draw(some.sampled_from(ways)):
        case "praise":
            better.praise += 1
        case "criticism":
            better.criticism -= 1
        case "good":
            cell = data.draw(some.sampled_from(worse_ones))
            better.cells[cell] = (counts.cells[cell][0] + 1, counts.cells[cell][1])
        case "more":  # one more record of an indicator that is in use, done well
            cell = data.draw(some.sampled_from(list(counts.cells) or CELLS))
            good, counted = counts.cells.get(cell, (0, 0))
            better.cells[cell] = (good + 1, counted + 1)
    after = score(better, BY)
    if before.tenths is not None:
        assert after.tenths is not None and after.tenths >= before.tenths


@STEADY
@given(facts)
def test_points_lie_within_bounds_and_near_the_exact_mean(rows):
    found = score(frozen.count(rows), BY)
    if found.tenths is None:
        assert found.reason
        return
    assert 0 <= found.tenths <= 1050
    above = below = Fraction(0)
    for one in found.blocks:
        used = [part for part in one.parts if part.counted]
        if used:
            value = sum(Fraction(part.good, part.counted) * part.weight for part in used)
            above += one.weight * value / sum(part.weight for part in used)
            below += one.weight
    assert abs(found.base - above / below * 10000) <= 2  # three roundings to 0.01


def test_a_block_without_work_gives_its_weight_away_and_no_points():
    only_county = score(Counts({("COUNTY", "completion"): (1, 2), ("COUNTY", "on_time"): (1, 1)}), BY)
    assert only_county.base == 7143  # (50.00×40＋100.00×30)÷70
    assert [one.value for one in only_county.blocks] == [7143, None, None]


def test_the_tie_rule_is_the_stated_one():
    rows = [Standing(1, "SECTION", 900, 8000), Standing(2, "SECTION", 900, 9000), Standing(3, "SECTION", 899, None)]
    assert ranks(rows) == {1: 1, 2: 1, 3: 3}
    assert ranks(rows, "COUNTY_FIRST") == {2: 1, 1: 2, 3: 3}


@pytest.mark.clause("3.3b")
@pytest.mark.clause("2.2.1.1b")
@pytest.mark.parametrize("key", sorted(KEYS))
def test_no_amount_of_use_can_be_an_indicator(key):
    assert key not in INDICATORS
    assert "国办函〔2026〕12号" in why_not_indicator(key)
    assert any("国办函〔2026〕12号" in one for one in why_not(told(rows=[*ROWS, Row(key, {"COUNTY": 10})])))


@pytest.mark.clause("3.3b")
@pytest.mark.clause("2.2.1.1b")
@pytest.mark.parametrize(
    "label",
    ["学习时长达标率", "登录率", "每周打 卡", "信息报送条数", "上传材料完成率", "转发量", "点赞", "在线时长",
     "工作留痕率", "学时完成率", "填报数量", "系统使用率", "积分"],
)  # fmt: skip
def test_nor_can_a_bureaus_own_word_bring_it_in(label):
    refused = why_not(told(rows=[Row("completion", {"COUNTY": 100, "KEY_PROJECT": 100, "KEY_WORK": 100}, label=label)]))
    assert len(refused) == 1 and "不能作为考评指标" in refused[0] and "国办函〔2026〕12号" in refused[0]


def test_the_registry_is_closed_and_tells_itself():
    assert 7 <= len(INDICATORS) <= 20
    for key, one in INDICATORS.items():
        assert why_not_indicator(key) == "" and one.ids and one.meaning and one.formula and one.unit == "%"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "办法名称"),
        ({"blocks": {"COUNTY": 40, "KEY_PROJECT": 35, "KEY_WORK": 20}}, "40＋35＋20＝95"),
        ({"blocks": {"COUNTY": 100}}, "三个板块"),
        ({"rows": ROWS[1:]}, "现在是30＋20＋10＝60"),
        ({"rows": [*ROWS, Row("completion", {"COUNTY": 1})]}, "写了两行"),
        ({"rows": [*ROWS[:-1], Row("satisfaction", {"KEY_WORK": 10, "COUNTY": 10})]}, "不分板块"),
        ({"rows": [Row(key, {"COUNTY": 1}) for key in [*INDICATORS, "a", "b", "c", "d"]]}, "最多10项"),
        ({"bonus_cap": 6}, "加分上限"),
        ({"min_sample": 0}, "最少件数"),
        ({"grace_days": 31}, "宽限"),
        ({"criticism_points": 50}, "扣分"),
    ],
)
def test_what_cannot_stand_says_why(words, why):
    assert any(why in one for one in why_not(told(**words))), why_not(told(**words))
    assert why_not(told()) == []


def test_a_correction_fits_the_fact_it_names():
    rows = [{"id": "m1", "block": "COUNTY", "as": {"on_time": 0}}, {"id": "p2", "block": NO_BLOCK, "as": {}}]
    for wrong in (Change("m9", "on_time"), Change("m1", "log_ins"), Change("p2", "on_time"), Change("m1", "praise")):
        with pytest.raises(BadChange):
            frozen.corrected(rows, [wrong])
    twice = frozen.corrected(
        frozen.corrected(rows, [Change("m1", "on_time", why="一")]), [Change("m1", "on_time", good=False)]
    )
    assert twice[0]["as"] == {"on_time": 0} and twice[0]["was"] == {"on_time": 0} and twice[0]["why"] == "一"
    assert set(Block.values) == set(BLOCKS)
