"""Reading a notice as pasted, or a table; every bad line is named."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from luoshi.workdays import reading, sheet
from luoshi.workdays.official import NOTICES

NOTICE = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号

各有关单位：
现将放假调休日期安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，要妥善安排好值班。
国务院办公厅
2025年11月4日
"""


def test_a_pasted_notice_says_its_year_number_date_and_every_day():
    table = reading.read(NOTICE, None)
    assert table.faults == []
    assert (table.year, table.number, table.on) == (2026, "国办发明电〔2025〕7号", date(2025, 11, 4))
    assert table.days == next(one for one in NOTICES if one.year == 2026).days()


def test_a_notice_that_touches_the_december_before_and_joins_two_holidays():
    text = (
        "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n"
        "二、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）上班。"
    )
    table = reading.read(text, 2023, complete=False)
    assert table.faults == [] and len(table.days) == 12
    assert table.days[date(2022, 12, 31)] == (False, "元旦")
    assert table.days[date(2023, 10, 7)] == (True, "中秋节、国庆节")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("一、元旦：1月1日（周三）放假，共1天。", "实际是周五"),
        ("一、元旦：1月1日至3日放假调休，共4天。", "共4天，按起止日期是3天"),
        ("一、元旦：2月30日放假。", "没有2027年2月30日"),
        ("2027-01-01\t放假\t", "没有写明事由"),
        ("2027-01-01\t元旦", "没有写明“放假”还是“上班”"),
        ("放假\t元旦", "没有读到日期"),
        ("2026-01-01\t放假\t元旦", "不在2027年"),
        ("2027-01-04\t上班\t元旦", "本来就上班"),
        ("2027-01-01至2027-02-01\t放假\t元旦", "不合理"),
        ("2027-13-01\t放假\t元旦", "没有2027年13月1日"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(line, why):
    faults = reading.read(line, 2027, complete=False).faults
    assert len(faults) >= 1 and faults[0].line == 1 and why in faults[0].why, faults


def test_the_line_number_is_that_of_the_text_and_repeated_days_are_named():
    table = reading.read("日期\t安排\t事由\n\n2027-01-01\t放假\t元旦\n1月1日 放假 元旦", 2027, complete=False)
    assert [(one.line, one.why[:17]) for one in table.faults] == [(4, "2027-01-01与第3行重复，")]


def test_dates_in_every_spelling_and_columns_in_any_order():
    text = (
        "2027/1/1,放假,元旦\n元旦 放假 2027.1.2\n1月3日\t休\t元旦\n20270109\t班\t元旦\n"
        "２０２７－０２－０６至2027-02-08 放假 春节 周六"
    )
    table = reading.read(text, 2027, complete=False)
    assert table.faults == []
    assert [f"{one:%m%d}" for one in table.days] == ["0101", "0102", "0103", "0109", "0206", "0207", "0208"]


def test_a_full_notice_must_arrange_all_seven_holidays():
    faults = reading.read(NOTICE.replace("五、端午节", "五、龙舟节"), None).faults
    assert "端午" in faults[0].why


def test_nothing_typed_and_no_year_are_said():
    assert "没有读到任何一天" in reading.read("日期\t安排\t事由\n", 2027).faults[0].why
    assert "哪一年" in reading.read("2027-01-01 放假 元旦", None).faults[0].why


def test_a_workbook_and_a_csv_read_like_text():
    book = Workbook()
    book.active.append(["日期", "安排", "事由"])
    book.active.append([date(2027, 1, 1), "放假", "元旦"])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    expected = {date(2027, 1, 1): (False, "元旦")}
    assert reading.read(sheet.lines(file, "a.xlsx"), 2027, complete=False).days == expected
    plain = io.BytesIO("日期,安排,事由\n2027-01-01,放假,元旦\n".encode("gb18030"))
    assert reading.read(sheet.lines(plain, "a.csv"), 2027, complete=False).days == expected


def test_a_broken_or_swollen_file_is_refused_in_words():
    with pytest.raises(sheet.BadSheet, match="打不开"):
        sheet.lines(io.BytesIO(b"PK\x03\x04broken"), "a.xlsx")
    with pytest.raises(sheet.BadSheet, match="2MB"):
        sheet.lines(io.BytesIO(b"0" * (sheet.BYTES_MOST + 1)), "a.csv")
