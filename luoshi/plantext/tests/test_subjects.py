# ruff: noqa: E501
"""Who has to act: how official Chinese names, implies and hands on the subject. Every sentence is our own."""

import pytest

from luoshi.plantext.compile import compile_plan

HEAD = "某县2025年工作方案\n2025年3月1日\n一、任务\n（一）内容\n"


def who(sentence: str) -> list[str | None]:
    return [d.actor for d in compile_plan(HEAD + sentence).duties]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # A time or a rule may stand before the subject.
        ("6月底前各乡镇完成清淤。", ["各乡镇"]),
        ("每年10月底前县教育局报送总结。", ["县教育局"]),
        ("汛期期间水库管理所每日巡坝2次。", ["水库管理所"]),
        ("按照《某县供热办法》规定供热企业不得擅自停暖。", ["供热企业"]),
        # A verb is no part of a name; a trade is.
        ("加大局党委通报力度。", [None]),
        ("强化督查结果运用，加强县纪委监督检查。", [None, None]),
        ("供电公司承担改线费用。", ["供电公司"]),
        ("施工单位应当设置围挡。", ["施工单位"]),
        ("申请人应当提交下列材料：身份证明、申请表。", ["申请人"]),
        ("分管领导具体负责现场调度。", ["分管领导"]),
        ("汇报人员要提前提交书面材料。", ["汇报人员"]),
        ("局主要领导要每月听取一次汇报。", ["局主要领导"]),
        ("县直各部门主要负责同志要每月研究一次台账。", ["县直各部门主要负责同志"]),
        ("教育、卫生、民政等部门要按照各自职责，建立关爱台账。", ["教育、卫生、民政等部门"]),
        ("县项目推进办公室要每周通报进度。", ["县项目推进办公室"]),
        ("办公室及时汇总各组情况。", ["办公室"]),
        ("各科室、各下属单位特别是主要负责人，要带头签订承诺书。", ["各科室、各下属单位特别是主要负责人"]),
        ("市局、县局、供水公司会商管网改造方案。", ["市局、县局、供水公司"]),
        # By a short name once it is given.
        ("经营燃气的企业（以下简称燃气企业）应当建立巡检台账。", ["燃气企业"]),
        # Somebody named after the act.
        ("实行轮流值守制度，由县应急局负责。", ["县应急局"]),
        ("请假三天以内，由分管领导批准。", ["分管领导"]),
        ("外出一律由主要领导批准，并将请假条交办公室备案。", ["主要领导", None]),
        # A meeting is held, it does not act; where it resolves, it does.
        ("联席会议每季度召开1次。", [None]),
        ("局务会研究决定重大支出。", ["局务会"]),
        # What is done to the subject of the sentence before is not done by it.
        ("各镇要抓好落实。对工作不力的，通报批评。", ["各镇", None]),
        ("各单位要按月报送台账。台账报送情况纳入年终考核。", ["各单位", None]),
    ],
)
def test_who_has_to_act(sentence: str, expected: list[str | None]) -> None:
    assert who(sentence) == expected


def test_a_note_rules_a_whole_item_but_not_what_names_its_own_subject() -> None:
    text = "一、任务\n1.建立热线。一是统一受理。二是由县城管局核实情况。三是按月通报。（牵头单位：县信访局）\n2.改造泵站。更换水泵。"
    said = [(d.clause.rpartition("/")[2], d.actor) for d in compile_plan(text).duties]
    assert ("一是", "县信访局") in said
    assert ("二是", "县城管局") in said
    assert ("三是", "县信访局") in said
    assert all(actor is None for clause, actor in said if clause == "2")


def test_the_rows_of_a_scoring_table_bind_whom_it_assesses() -> None:
    text = (
        "某县2025年度护林工作乡镇考核细则\n序号\n考核项目\n分值\n考核部门\n1\n建立护林台账\n每月巡山4次。\n县林业局\n"
    )
    text += "2\n开展宣传\n张贴标语。\n县林业局\n"
    assert {d.actor for d in compile_plan(text).duties} == {"乡镇"}


def test_a_measure_that_names_nobody_binds_the_subject_of_its_chapter() -> None:
    rules = "".join(
        f"第{n}条 承储企业应当建立{thing}台账。\n" for n, thing in zip("二三四五六", "温水虫药电", strict=True)
    )
    text = f"第一章 总则\n第一条 为管好储备制定本办法。\n第二章 储存\n{rules}第七条 稻谷每3年轮换一次。\n"
    [row] = [o for o in compile_plan(text).obligations if o.clause.endswith("第七条")]
    assert (row.actor, row.period, row.confidence) == ("承储企业", "每3年", 0.6)
    text = text.replace("承储企业应当建立水", "县粮食局应当建立水").replace("承储企业应当建立虫", "县财政局应当建立虫")
    [row] = [o for o in compile_plan(text).obligations if o.clause.endswith("第七条")]
    assert row.actor is None
