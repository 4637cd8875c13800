"""Acts, aims, settings, actors and slots."""

import pytest

from luoshi.plantext.compile import compile_plan
from luoshi.plantext.slots import SLOTS


def acts(sentence: str) -> list[str]:
    return [d.act for d in compile_plan(f"一、任务\n（一）内容\n{sentence}").duties]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("制定清运计划，配备专用车辆，切实提升环境质量。", ["制定清运计划", "配备专用车辆"]),
        ("针对反映集中的难题，建立台账，确保按期清零。", ["建立台账"]),
        ("不得以任何理由拒收学生。", ["不得以任何理由拒收学生"]),
        ("对存在隐患的校舍，要立即封存。", ["立即封存"]),
        ("以创建文明城区为契机，开展清洁行动。", ["开展清洁行动"]),
        ("鼓励企业自愿报名，提倡绿色出行。", []),
        ("食堂卫生是学校管理的重要内容。", []),
        ("近年来，乡村面貌发生较大变化。", []),
        ("坚决打击非法采砂，采取暗股、挂靠等方式充当保护伞等行为，一律移交公安机关。", None),
        ("对各村落实情况进行检查并纳入年度考核。", ["对各村落实情况进行检查", "并纳入年度考核"]),
    ],
)
def test_acts(sentence: str, expected: list[str] | None) -> None:
    said = acts(sentence)
    if expected is None:
        assert len(said) == 2
    else:
        assert said == expected


def test_aims_and_headings_hold_no_duty() -> None:
    text = (
        "一、工作目标\n推进改革，提升服务。\n二、主要任务\n（一）加强巡查。镇村两级要组织巡查。\n（二）宣传。印发手册。"
    )
    assert [d.act for d in compile_plan(text).duties] == ["组织巡查", "印发手册"]


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("各镇街要建立台账。", "各镇街"),
        ("由县教育局会同公安部门开展检查。", "县教育局"),
        ("每个网格由一名镇领导包保。", "镇领导"),
        ("建立台账。（牵头单位：县水利局；配合单位：各镇）", "县水利局"),
        ("建立台账。（县财政局负责）", "县财政局"),
        ("开展联合执法（县住建局、县交通局牵头，各镇配合）。", "县住建局、县交通局"),
        ("建立台账。", None),
    ],
)
def test_actors(sentence: str, actor: str | None) -> None:
    duties = compile_plan(f"一、任务\n（一）内容\n{sentence}").duties
    assert [d.actor for d in duties] == [actor]


def test_a_clause_named_after_a_body_lends_its_name() -> None:
    text = "一、职责分工\n（一）县应急局：编制预案，组织演练。\n（二）县气象局：发布预警。"
    assert [d.actor for d in compile_plan(text).duties] == ["县应急局", "县应急局", "县气象局"]


def test_the_sentence_that_opens_a_list_lends_its_subject() -> None:
    text = "第一条 护林员应当做到：\n（一）每日巡山。\n（二）上报火情。\n"
    text += "第二条 有下列情形之一的，予以辞退：\n（一）脱岗的。"
    duties = compile_plan(text).duties
    assert [(d.clause, d.actor) for d in duties if "（" in d.clause] == [
        ("第一条/（一）", "护林员"),
        ("第一条/（二）", "护林员"),
    ]


def test_a_name_is_not_a_verb() -> None:
    said = compile_plan("一、任务\n（一）内容\n推行家长委员会制度。各县（市、区）教育局要细化措施。").duties
    assert [d.actor for d in said] == [None, "各县（市、区）教育局"]


def test_slots_are_a_closed_documented_list() -> None:
    assert all(slot.title and slot.drives and slot.ids for slot in SLOTS.values())
    assert {"feedback_days", "study_days_year", "strike_ladder", "board_cycle", "one_leader_per_project"} <= set(SLOTS)


@pytest.mark.parametrize(
    ("sentence", "slot"),
    [
        pytest.param("中心组每月集体学习1次。", "group_study_monthly", marks=pytest.mark.clause("2.2.1.1a")),
        pytest.param("职工每年学习时间不少于12天。", "study_days_year", marks=pytest.mark.clause("2.2.1.1b")),
        pytest.param("每周组织学习半天。", "study_weekly", marks=pytest.mark.clause("2.2.1.1c")),
        pytest.param("班子成员每年调研时间不少于40天。", "research_days_year", marks=pytest.mark.clause("2.2.2.3a")),
        pytest.param("中层干部每月驻点1次。", "frontline_monthly", marks=pytest.mark.clause("2.2.2.3b")),
        pytest.param("承办科室3个工作日内反馈办理结果。", "feedback_days", marks=pytest.mark.clause("2.2.5.1d")),
        pytest.param("办公室每季度对各科室打分排名。", "board_cycle", marks=pytest.mark.clause("2.2.5.4a")),
        pytest.param("在红黑榜上通报。", "board_cases", marks=pytest.mark.clause("2.2.5.4b")),
        pytest.param("对两次出现问题的，责成作检讨。", "strike_ladder", marks=pytest.mark.clause("2.2.7.2b")),
        pytest.param("每个项目由一名领导负责。", "one_leader_per_project", marks=pytest.mark.clause("2.2.5.2a")),
        pytest.param("栽植行道树。", None),
    ],
)
def test_slots(sentence: str, slot: str | None) -> None:
    duties = compile_plan(f"一、任务\n（一）内容\n{sentence}").duties
    assert [d.slot for d in duties] == [slot]


def test_what_cannot_be_finished_is_nobody():
    """暂时办不完的 is a case, 用在为企业解决问题上 a use: neither is somebody who acts."""
    reading = compile_plan(
        "一、工作要求\n各股室在三日内答复；暂时办不完的，先报进展情况。\n把时间用在为企业解决问题上。"
    )
    assert {one.actor for one in reading.duties} <= {"各股室", None}
