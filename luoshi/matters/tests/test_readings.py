"""读法: days as officials write them, units with their parts, people, titles that say the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.matters.readings import alike, bare, day, parties, person, unit

pytestmark = pytest.mark.clause("2.2.5.1a")
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("2026-12-31", "2026-12-31"), ("2026.12.31", "2026-12-31"), ("2026/12/31", "2026-12-31"),
        ("2026年12月31日", "2026-12-31"), ("2026年12月31日前", "2026-12-31"), ("2026-12-31 00:00:00", "2026-12-31"),
        ("12月31日前", "2026-12-31"), ("12月31号", "2026-12-31"), ("12.31", "2026-12-31"), ("12月底", "2026-12-31"),
        ("12月底前", "2026-12-31"), ("12月末", "2026-12-31"), ("12月", "2026-12-31"), ("12月上旬", "2026-12-10"),
        ("12月中旬前完成", "2026-12-20"), ("2027年2月底", "2027-02-28"), ("明年3月底前", "2027-03-31"),
        ("年底", "2026-12-31"), ("年底前", "2026-12-31"), ("2027年底", "2027-12-31"), ("明年底", "2027-12-31"),
        ("本月底", "2026-11-30"), ("下月底", "2026-12-31"), ("四季度", "2026-12-31"), ("第四季度末", "2026-12-31"),
        ("2027年一季度", "2027-03-31"), ("2027年上半年", "2027-06-30"), ("46387", "2026-12-31"),
        ("46387.0", "2026-12-31"), ("1月15日", "2027-01-15"), ("26.12.31", "2026-12-31"), ("10月31日", "2026-10-31"),
        ("3天", "2026-11-27"), ("两周内", None), ("每月5日前", None), ("立即整改", None), ("", None),
        ("2月30日", None), ("13月底", None), ("2026年2月29日", None), ("99月99日", None),
    ],
)  # fmt: skip
def test_a_day(words, wanted):
    found = day(words, TODAY).on
    assert (found.isoformat() if found else None) == wanted


def test_a_year_that_was_taken_for_granted_is_said():
    assert day("1月15日", TODAY).taken == "没有写年份，按2027年"
    assert day("12月15日", TODAY).taken == "" and day("10月15日", TODAY).on == date(2026, 10, 15)


@given(st.text(max_size=30))
def test_no_words_crash_the_reading_of_a_day(words):
    day(words, TODAY)


@pytest.mark.parametrize(
    ("lead", "assist", "wanted"),
    [
        ("规建股", "", (["规建股"], [])),
        ("规建股", "质安中心、房保中心", (["规建股"], ["质安中心", "房保中心"])),
        ("规建股（牵头）、质安中心、房保中心", "", (["规建股"], ["质安中心", "房保中心"])),
        ("牵头：规建股；配合：质安中心", "", (["规建股"], ["质安中心"])),
        ("规建股、质安中心", "房保中心", (["规建股", "质安中心"], ["房保中心"])),
        ("规建股", "规建股、质安中心，质安中心", (["规建股"], ["质安中心"])),
        ("规建股和质安中心", "", (["规建股", "质安中心"], [])),
        ("", "", ([], [])),
    ],
)  # fmt: skip
def test_the_parts_of_units(lead, assist, wanted):
    assert parties(lead, assist) == wanted


NAMES = {"规划建设股": 5, "规建股": 5, "gjg": 5, "ghjsg": 5, "建设工程质量安全服务中心": 6, "质安中心": 6, "zazx": 6}
SHOWN = {5: "规建股", 6: "质安中心"}


@pytest.mark.parametrize(
    ("word", "key", "near"),
    [("规建股", 5, ()), ("规划建设股", 5, ()), ("gjg", 5, ()), ("ZAZX", 6, ()), ("质安", 6, ()), ("局规建股", 5, ()),
     ("规划股", None, ("规建股",)), ("交警队", None, ())],
)  # fmt: skip
def test_a_unit_by_name_initials_or_part(word, key, near):
    found = unit(word, NAMES, SHOWN)
    assert found.key == key
    assert set(near) <= set(found.near)


def test_a_person_by_name_title_and_surname():
    names = {"沈知行": 7, "陆远山": 8, "szx": 7}
    assert [person(one, names).key for one in ("沈知行", "沈知行副局长", "沈 知 行", "szx")] == [7, 7, 7, 7]
    assert person("沈局长", names).near == ("沈知行",)
    assert person("沈知行、陆远山", names).key is None


def test_titles_that_say_the_same():
    others = {bare("整治锦绣家园小区消防通道占用"): 1}
    assert alike(bare("整治“锦绣家园”小区消防通道占用。"), others) and alike(
        bare("整治锦绣家园消防通道占用问题"), others
    )
    assert not alike(bare("整治工地夜间施工扰民"), others)
    assert not alike(bare("推进老旧小区改造二标段施工"), {bare("推进老旧小区改造一标段施工"): 1})
    assert not alike(bare("第1季度调度重点项目进展"), {bare("第2季度调度重点项目进展"): 1})
