"""The arithmetic of the year-end: quotas never over their share, ballots in any order, samples too small left out."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from luoshi.appraisal.rules import reviews
from luoshi.appraisal.rules.pools import quota, why_not_share
from luoshi.appraisal.rules.reviews import Grade, GroupCount, Part, group_score, ranks, result, tally, why_no_item

GRADES = [*Grade.values, reviews.UNKNOWN]
ITEMS = [("成效", 50), ("作风", 30), ("服务", 20)]


@pytest.mark.clause("2.3.2")
@pytest.mark.parametrize("rounding", ["FLOOR", "HALF_UP"])
@pytest.mark.parametrize("consent", [False, True])
def test_a_quota_never_exceeds_its_share_and_grows_with_the_number(rounding, consent):
    """Every number of people up to 400, every share: never above a fifth without consent, never above a quarter."""
    for percent in range(1, 26 if consent else 21):
        before = 0
        for eligible in range(401):
            number = quota(eligible, percent, rounding, consent=consent).number
            limit = 25 if consent else 20
            assert number * 100 <= eligible * limit and number >= before
            assert rounding != "FLOOR" or number * 100 <= eligible * percent < (number + 1) * 100
            before = number


@pytest.mark.clause("2.3.2")
def test_the_share_needs_its_consent():
    assert [why_not_share(one, consent="") == "" for one in (0, 1, 20, 21, 25, 26)] == [False, True, True, False,
                                                                                        False, False]  # fmt: skip
    assert [why_not_share(one, consent="x") == "" for one in (21, 25, 26)] == [True, True, False]


@pytest.mark.clause("2.2.4.2")
def test_neither_order_nor_batches_of_ballots_change_a_score():
    dice = random.Random(6)
    for _ in range(60):
        votes = [{str(nth): dice.choice(GRADES) for nth in (1, 2, 3)} for _ in range(dice.randint(1, 12))]
        shuffled = votes[:]
        dice.shuffle(shuffled)
        assert tally(ITEMS, votes) == tally(ITEMS, shuffled)
        parts = tally(ITEMS, votes[:3]), tally(ITEMS, votes[3:])
        summed = [
            {key: one.counts[key] + other.counts[key] for key in one.counts} for one, other in zip(*parts, strict=True)
        ]
        assert [one.counts for one in tally(ITEMS, votes)] == summed


@pytest.mark.clause("2.2.4.2")
def test_a_better_grade_never_lowers_a_score():
    dice = random.Random(7)
    order = [Grade.POOR, Grade.PLAIN, Grade.FAIR, Grade.GOOD]
    for _ in range(200):
        votes = [{str(nth): dice.choice(order) for nth in (1, 2, 3)} for _ in range(dice.randint(3, 9))]
        raised = [dict(one) for one in votes]
        place = str(dice.randint(1, 3))
        raised[0][place] = order[min(3, order.index(raised[0][place]) + 1)]
        assert group_score(tally(ITEMS, raised)) >= group_score(tally(ITEMS, votes))


@pytest.mark.clause("2.2.4.2")
@pytest.mark.parametrize("ballots", range(7))
def test_a_small_group_is_neither_shown_nor_counted_and_unknown_is_not_nought(ballots):
    votes = [{"1": "POOR", "2": "POOR", "3": "POOR"}] * ballots
    small = GroupCount("服务对象", 40, 5, ballots, tally(ITEMS, votes))
    big = GroupCount("班子", 60, 3, 3, tally(ITEMS, [{"1": "GOOD", "2": "GOOD", "3": "UNKNOWN"}] * 3))
    value, words = reviews.evaluation([big, small])
    assert small.counted == (ballots >= 5)
    assert (value, "50.00" in words) == ((Decimal("80.00"), True) if ballots >= 5 else (Decimal("100.00"), False))
    assert reviews.evaluation([small])[0] == (Decimal("50.00") if ballots >= 5 else None)


@pytest.mark.clause("3.3b")
def test_a_missing_part_is_reweighted_and_ties_share_their_place():
    parts = [Part("QUARTERS", 60, None, ""), Part("EVALUATION", 25, Decimal("80"), ""),
             Part("CAMPAIGN", 15, Decimal("100"), "")]  # fmt: skip
    assert result(parts)[0] == Decimal("87.5") and "季度考评没有数据，不按零分算" in result(parts)[1]
    assert ranks({1: Decimal(80), 2: Decimal(80), 3: Decimal(79), 4: None}) == {1: 1, 2: 1, 3: 3, 4: None}


@pytest.mark.clause("3.3b")
@pytest.mark.parametrize(
    "words",
    ["学习时长", "参加学习情况", "全年调研天数", "打卡签到", "系统登录次数", "点赞转发", "录入条数"],
)
def test_study_presence_and_use_of_a_system_are_no_items(words):
    assert "不作为考核依据" in why_no_item(words)
