"""Constructions of official Chinese beyond any one plan: each with a sentence of our own."""

import pytest

from luoshi.plantext.compile import compile_plan

HEAD = "某县2024年工作方案\n2024年3月1日\n"


def duties(sentence: str) -> list[tuple[str | None, str]]:
    return [(d.actor, d.act) for d in compile_plan(f"{HEAD}一、任务\n（一）内容\n{sentence}").duties]


def paths(text: str) -> list[str]:
    return [clause.path for clause in compile_plan(text).clauses]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2024年9月底前启动二期工程。", [(None, "2024年9月底前启动二期工程")]),
        ("支持合作社建设烘干中心。", [(None, "支持合作社建设烘干中心")]),
        ("物业公司如实记录维修情况。", [("物业公司", "如实记录维修情况")]),
        ("各镇予以配合。", [("各镇", "予以配合")]),
        ("未经领导小组同意，任何单位和个人不得拆改设施。", [("任何单位和个人", "不得拆改设施")]),
        ("为避免重复检查，各科室联合下户。", [("各科室", "联合下户")]),
        ("因病请假两天，由分管领导批准。", [("分管领导", "批准")]),
        ("县财政局为责任单位。", [("县财政局", "为责任单位")]),
        ("“庸”，即本领不强，推动不力。", []),
        ("以网格为基础，建立巡查队伍。", [(None, "建立巡查队伍")]),
        ("擅自离岗的，按旷工论处。", [(None, "按旷工论处")]),
        ("制定清运计划，6月底前完成。", [(None, "制定清运计划")]),
        ("会后形成纪要，另附签到表。", [(None, "形成纪要"), (None, "另附签到表")]),
        ("锁好门窗，分清责任，关闭电源。", [(None, "锁好门窗"), (None, "分清责任"), (None, "关闭电源")]),
        ("用章须经分管领导签字。", [(None, "用章须经分管领导签字")]),
        ("一经发现立即停用。", [(None, "一经发现立即停用")]),
        ("值班表按周编制。", [(None, "值班表按周编制")]),
        ("各村对辖区山塘负总责。", [("各村", "对辖区山塘负总责")]),
        ("对按月报账的商户，上门取票。", [(None, "上门取票")]),
        ("在摸清底数，分清责任的基础上，建立档案。", [(None, "建立档案")]),
        ("由于人手不足，从各科室抽调3人。", [(None, "从各科室抽调3人")]),
        ("合格率低于90%的，责令返工。", [(None, "责令返工")]),
        ("组织测评，结果在全局通报。", [(None, "组织测评"), (None, "结果在全局通报")]),
        ("本制度所称职工，是指在编在岗人员。", []),
    ],
)
def test_acts_and_who_does_them(sentence: str, expected: list[tuple[str | None, str]]) -> None:
    said = [(actor, act.removeprefix("会后")) for actor, act in duties(sentence)]
    assert said == expected


def test_a_date_at_the_end_belongs_to_the_act_before_it() -> None:
    reading = compile_plan(f"{HEAD}一、任务\n（一）内容\n制定清运计划，6月底前完成。")
    assert [(d.quote, d.obligations) for d in reading.duties] == [("制定清运计划，6月底前完成", [0])]


def test_the_items_of_a_list_of_prohibitions_are_duties() -> None:
    text = "第一条 护林员不得有下列行为：\n（一）酒后进山；\n（二）私自带人。\n"
    text += "第二条 有下列情形之一的，予以辞退：\n（一）脱岗的。\n"
    assert [(d.clause, d.actor) for d in compile_plan(text).duties if "（" in d.clause] == [
        ("第一条/（一）", "护林员"),
        ("第一条/（二）", "护林员"),
    ]


def test_what_a_covering_letter_asks_is_a_duty() -> None:
    text = "各镇：\n现将方案印发，请于3月5日前报送联络员名单。\n一、目标\n做好。\n"
    assert [d.act for d in compile_plan(text).duties if d.clause == "0"] == ["请于3月5日前报送联络员名单"]


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("水源地每4年普查一次。", ("=", 1, "次", "每4年")),
        ("每三个月至少回访1次。", (">=", 1, "次", "每三个月")),
        ("专班一周调度一次。", ("=", 1, "次", "每周")),
        ("实行一月一通报。", ("=", 1, "次", "每月")),
        ("运费每年120元／吨。", ("=", 120, "元／吨", "每年")),
        ("迟到一次罚款20元，每次罚款20元。", ("=", 20, "元", "每次")),
        ("新增泊位1,200个。", ("=", 1200, "个", None)),
        ("补办手续在汛期结束后三个月内完成。", ("<=", 3, "个月", None)),
    ],
)
def test_numbers_and_their_periods(sentence: str, row: tuple[str, float, str, str | None]) -> None:
    reading = compile_plan(f"{HEAD}一、任务\n（一）内容\n{sentence}")
    assert row in [(o.comparator, o.quantity, o.unit, o.period) for o in reading.obligations]


def test_chapters_in_one_endless_line_with_blanks_for_show() -> None:
    text = "某县食堂管理办法第一章  总    则第一条  为规范食堂，制定本办法。第二条  食堂每日留样。"
    text += "第二章  采    购第三条  专人采购，索取票据。第四条  货到验收。第五条  货款按月结清。"
    assert paths(text) == [
        "第一章",
        "第一章/第一条",
        "第一章/第二条",
        "第二章",
        "第二章/第三条",
        "第二章/第四条",
        "第二章/第五条",
    ]


def test_a_first_item_in_the_title_line_counts_once_the_second_is_found() -> None:
    text = "机关值班制度1、值班人员按时到岗，做好记录。2、遇有急事立即报告。2/2 3、交接班时核对物品。"
    assert paths(text) == ["1", "2", "3"]
    assert paths("值班须知一、二楼由保安巡查。三楼由值班员巡查。") == []


def test_decimal_numbers_below_figures() -> None:
    assert paths("1. 总则\n1.1 范围\n各站适用。\n1.2 职责\n站长负责。\n2. 要求\n2.1 巡检\n每日巡检。\n") == [
        "1",
        "1/1.1",
        "1/1.2",
        "2",
        "2/2.1",
    ]
    assert paths("1.堤防\n1.5米以上加固。\n2.涵闸\n检修。\n") == ["1", "2"]


def test_a_full_stop_of_the_wrong_width_ends_a_sentence() -> None:
    assert duties("县教育局负责校舍排查.县民政局负责敬老院排查。") == [
        ("县教育局", "负责校舍排查"),
        ("县民政局", "负责敬老院排查"),
    ]


@pytest.mark.parametrize("note", ["（责任单位：县水利局）", "【责任单位：县水利局】", "[牵头单位：县水利局]"])
def test_notes_of_responsibility_in_brackets_of_any_sort(note: str) -> None:
    assert duties(f"清理河道。{note}") == [("县水利局", "清理河道")]


def test_lines_that_name_who_and_when_are_no_duties() -> None:
    lines = "清理河道。\n责任单位：县水利局\n配合单位：各镇\n完成时限：2024年6月底前\n"
    text = f"{HEAD}一、任务\n（一）清淤\n{lines}（二）补绿\n栽植行道树。\n"
    reading = compile_plan(text)
    assert [(d.actor, d.act) for d in reading.duties] == [("县水利局", "清理河道"), (None, "栽植行道树")]
    assert [reading.obligations[i].deadline for i in reading.duties[0].obligations] == ["2024-06-30"]


def test_pay_by_the_month_is_no_rhythm() -> None:
    reading = compile_plan(f"{HEAD}一、任务\n（一）内容\n每月工资在3000元以下的，缴纳1%。")
    assert [o.period for o in reading.obligations if o.unit == "次"] == []


def test_labels_end_where_the_next_marker_begins() -> None:
    text = (
        "三、任务(一)部署（1）申请：提出需求，配齐设备。责任单位：信息中心完成时限：2021年9月30日（2）安装：调试设备。"
    )
    text += "责任单位：甲公司完成时限：2021年10月31日(二)应用结合实际开展试用。四、要求做好衔接。"
    assert paths("一、思路\n略。\n二、目标\n略。\n" + text)[2:] == [
        "三",
        "三/（一）",
        "三/（一）/（1）",
        "三/（一）/（2）",
        "三/（二）",
        "四",
    ]
    assert [d.actor for d in compile_plan(text).duties][:3] == ["信息中心", "信息中心", "甲公司"]


def test_a_table_pasted_as_text() -> None:
    text = "考核细则\n序号\n项目\n分值\n内容\n一、\n基础工作\n20\n1\n台账管理\n5\n1.建立台账，得3分。\n"
    text += "2.按月更新，得2分。\n2\n巡查管护\n3\n每周巡查一次，得3分。\n二、\n成效\n10\n3\n群众评价\n4\n"
    text += "组织测评，得4分。\n4\n整改\n6\n限期整改，得6分。\n"
    assert paths(text) == ["一", "一/1", "一/1/1", "一/1/2", "一/2", "二", "二/3", "二/4"]


def test_wrapped_items_with_a_row_of_clauses_go_on_in_the_next_line() -> None:
    text = "一、任务\n1.建立入河排口台账，设立标识牌，公布污水\n种类和责任人，定期更新。\n2.清淤\n清理河道。\n"
    assert [d.act for d in compile_plan(text).duties if d.clause == "一/1"] == [
        "建立入河排口台账",
        "设立标识牌",
        "公布污水种类和责任人",
        "定期更新",
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("迟到的按旷工对待。", [(None, "迟到的按旷工对待")]),
        ("因故缺席，需经组长同意。", [("组长", "需经组长同意")]),
        ("一般干部每年调研10天。", [("一般干部", "每年调研10天")]),
        ("站长是第一责任人。", [("站长", "是第一责任人")]),
        ("主要领导既要安排工作，又要领导分管科室抓落实。", None),
        ("经书记同意，方可召开。", [("书记", "经书记同意")]),
        ("领取补助确有困难的群众，由村委会代办。", [("村委会", "代办")]),
        ("在重点园区培育一批骨干企业。", [(None, "在重点园区培育一批骨干企业")]),
        ("全体职工按时到岗，服务商要派人值守。", [("全体职工", "按时到岗"), ("服务商", "派人值守")]),
    ],
)
def test_more_acts(sentence: str, expected: list[tuple[str | None, str]] | None) -> None:
    said = duties(sentence)
    assert len(said) == 2 if expected is None else said == expected


def test_clock_times_are_no_numbers() -> None:
    reading = compile_plan(f"{HEAD}一、任务\n（一）内容\n作息时间为每天早8时30分至12时。")
    assert [o for o in reading.obligations if o.quantity] == []


def test_a_year_before_a_quantity_is_its_period() -> None:
    reading = compile_plan(f"{HEAD}一、任务\n（一）内容\n产值年均增长8%，单个项目补助不超过50万元。")
    assert [o.period for o in reading.obligations] == ["每年", "每个项目"]


def test_a_bare_date_after_a_label_is_one_to_do_by() -> None:
    reading = compile_plan(f"{HEAD}一、任务\n（一）内容\n调试设备。责任单位：信息中心完成时限：2024年9月30日\n")
    assert [(o.comparator, o.deadline) for o in reading.obligations] == [("before", "2024-09-30")]
    assert [(d.actor, d.act, d.obligations) for d in reading.duties] == [("信息中心", "调试设备", [0])]
