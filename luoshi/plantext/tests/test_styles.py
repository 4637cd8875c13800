# ruff: noqa: E501
"""Styles of plans, letters and rules as they are typed across provinces; every text is our own."""

import pytest

from luoshi.plantext.compile import compile_plan

HEAD = "某县2025年工作方案\n2025年3月1日\n一、任务\n（一）内容\n"


def paths(text: str) -> list[str]:
    return [clause.path for clause in compile_plan(text).clauses]


def acts(text: str) -> list[str]:
    return [d.quote for d in compile_plan(text).duties]


def rows(sentence: str) -> list[tuple[str, float | None, str | None, str | None, str | None]]:
    found = compile_plan(HEAD + sentence).obligations
    return [(o.comparator, o.quantity, o.unit, o.period, o.deadline) for o in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "关于防汛的通知\n各科室：\n1、严格值班。每天1人。\n（1）接报。\n（2）处置。\n2、加强督查。",
            ["1", "1/（1）", "1/（2）", "2"],
        ),
        (
            "某方案一、任务（一）对象：（1）摊点；（2）店铺。（二）步骤：（1）动员；（2）实施。二、要求（一）巡查。",
            [
                "一",
                "一/（一）",
                "一/（一）/（1）",
                "一/（一）/（2）",
                "一/（二）",
                "一/（二）/（1）",
                "一/（二）/（2）",
                "二",
                "二/（一）",
            ],
        ),
        (
            "第一部分 要求\n守底线。\n第二部分 任务\n一、培训\n（一）分级。\n1．课程。\n（1）理论。\n①八学时。\n②结业。",
            [
                "第一部分",
                "第二部分",
                "第二部分/一",
                "第二部分/一/（一）",
                "第二部分/一/（一）/1",
                "第二部分/一/（一）/1/（1）",
            ]
            + [f"第二部分/一/（一）/1/（1）/{ring}" for ring in "①②"],
        ),
        ("一．总体\n二．步骤\n(一).宣传发动\n(二).集中整治\n三．要求", ["一", "二", "二/（一）", "二/（二）", "三"]),
        # A title that runs into the next item, numbers that run on through the chapters.
        (
            "前言。一、总体要求(一)思路。坚持节约。(二)指标。到2027年达标。指标表二、调整布局(三)退出产能。全部退出。",
            ["一", "一/（一）", "一/（二）", "二", "二/（三）"],
        ),
        # Annexes with a colon that hold a text of their own, and those a letter only lists.
        ("办法\n一、考核\n每季1次。\n附件1：评分标准\n一、日常\n报送信息。", ["一", "附件1", "附件1/一"]),
        ("一、自查\n做好。\n附件：1.自查表\n2.名单\n", ["一"]),
        (
            "请确认指标，6月5日前函复我局。附件:1.单位名单2.减排行动方案某局2025年5月附件1单位名单县水利局附件2减排行动方案一、要求(一)思路。做好。",
            ["附件1", "附件2", "附件2/一", "附件2/一/（一）"],
        ),
    ],
)
def test_the_outline(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


def test_a_notice_without_headings_is_read_as_a_whole() -> None:
    text = "关于开展消防检查的通知\n首先，各单位要自查隐患。其次，县消防大队组织抽查。\n最后，建立整改台账。"
    assert acts(text) == ["各单位要自查隐患", "县消防大队组织抽查", "最后，建立整改台账"]


def test_a_line_before_a_numbered_list_is_its_heading() -> None:
    text = "某镇防汛安排\n组织领导\n1.成立指挥部。\n2.配备冲锋舟2艘。\n监督检查\n1.镇纪委每周督查1次。"
    assert acts(text) == ["成立指挥部", "配备冲锋舟2艘", "镇纪委每周督查1次"]


def test_a_short_sentence_after_a_note_is_a_heading() -> None:
    text = "一、任务\n（一）改造\n更换泵站设备。（县水利局牵头）改造老旧管网。对老旧管网逐条建档，更换铸铁管5公里。（县城管局牵头）"
    assert "改造老旧管网" not in acts(text)
    assert "对老旧管网逐条建档" in acts(text)


def test_what_stands_under_a_paper_is_no_duty() -> None:
    text = "一、任务\n建立台账。\n（此件主动公开）\n附：联系人名单\n某县人民政府办公室2025年3月1日印发\n"
    assert acts(text) == ["建立台账"]


def test_a_letter_asks_for_an_answer() -> None:
    text = "关于报送总结的函\n各县区：\n为做好总结，请各县区于8月18日（星期三）下午4时前将总结报送我办。\n一、总结内容\n（一）做法。写清做法。"
    first = compile_plan(text)
    [row] = [o for o in first.obligations if o.clause == "0"]
    assert (row.comparator, row.deadline, row.actor) == ("before", "08-18", "各县区")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # How long something lasted is only the case.
        (
            "储存6个月以内的，损耗不超过0.1%；储存6个月以上的，不超过0.2%。",
            [("<=", 0.1, "%", None, None), ("<=", 0.2, "%", None, None)],
        ),
        ("超过1天，扣奖金100元。", [("=", 100, "元", None, None)]),
        ("每超一天扣50元。", [("=", 50, "元", None, None)]),
        ("方案应提前5个工作日送审。", [(">=", 5, "个工作日", None, None)]),
        ("会期不超过半天。", [("<=", 0.5, "天", None, None)]),
        ("公示时间不少于7日。", [(">=", 7, "日", None, None)]),
        ("次月5日前将台账报镇党政办。", [("before", None, None, "每月", "5日")]),
        ("每季度末月25日前报送进展。", [("before", None, None, "每季度", "25日")]),
        (
            "各部门须于每月28日前报送月报，逾期每天扣200元。",
            [("before", None, None, "每月", "28日"), ("=", 200, "元", "每日", None)],
        ),
        ("值班情况一周通报一次。", [("=", 1, "次", "每周", None)]),
        (
            "县级领导每人包联1个乡镇、2个村、3户企业。",
            [("=", n, u, "每人", None) for n, u in ((1, "个"), (2, "个"), (3, "户"))],
        ),
        (
            "2025年底前，制定管网方案，改造泵站20座。",
            [("before", None, None, None, "2025-12-31"), ("=", 20, "座", None, "2025-12-31")],
        ),
        ("清欠工作确保在2026年实现清零。", [("before", None, None, None, "2026-12-31")]),
        ("关闭3万吨/年及以下8处煤矿。", [("=", 8, "处", None, None)]),
    ],
)
def test_measures(sentence: str, expected: list[tuple[str, float | None, str | None, str | None, str | None]]) -> None:
    assert rows(sentence) == expected


def test_rhythms_in_a_row() -> None:
    assert [row[3] for row in rows("实行周调度、月通报、年考核制度。")] == ["每周", "每月", "每年"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("通报检查情况，隐患整改落实情况，事故处理结果等。", ["通报检查情况"]),
        ("需县政府协调的事项，报县政府办公室。", ["需县政府协调的事项，报县政府办公室"]),
        ("执法检查发现的违法行为，各部门依法处理。", ["执法检查发现的违法行为，各部门依法处理"]),
        ("是否建立台账，是否张贴标语。", []),
        ("不下调信用等级，不收取滞纳金。", ["不下调信用等级", "不收取滞纳金"]),
        ("对租用国有门面的商户，一季度房租免收。", ["对租用国有门面的商户，一季度房租免收"]),
        ("未明确搬迁的企业，分批实施改造。", ["未明确搬迁的企业，分批实施改造"]),
        ("关闭小煤矿8处，合计产能240万吨。", ["关闭小煤矿8处，合计产能240万吨"]),
        ("办理延期缴费，最长不超过3个月。", ["办理延期缴费，最长不超过3个月"]),
    ],
)
def test_what_is_a_duty(sentence: str, expected: list[str]) -> None:
    assert acts(HEAD + sentence) == expected


def test_running_heads_beside_page_marks_are_left_out() -> None:
    text = "某县防火工作方案\n一、任务\n各林场要在防火期内每天安排两个班次的护林员，沿着主要道路和坟场\n- 1 -\n某县人民政府文件\n开展巡查，每周报送一次巡查记录。\n"
    text += "各乡镇要把防火责任落实到村组和农户，建立从入山路口到坟场田坎的巡护\n- 2 -\n某县人民政府文件\n台账，配备风力灭火机20台。\n"
    said = compile_plan(text)
    assert not any("人民政府文件" in (d.act or "") for d in said.duties)
    assert [(o.quantity, o.actor) for o in said.obligations if o.unit == "台"] == [(20, "各乡镇")]
