"""Numbers, comparators, periods and deadlines: one small sentence for each rule of the language."""

import pytest

from luoshi.plantext.compile import compile_plan

Row = tuple[str, float | None, str | None, str | None, str | None]


def rows(sentence: str, head: str = "某镇2024年工作方案\n2024年3月1日\n") -> list[Row]:
    reading = compile_plan(f"{head}一、任务\n（一）内容\n{sentence}")
    return [(o.comparator, o.quantity, o.unit, o.period, o.deadline) for o in reading.obligations]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("网格员每周巡查不少于3次。", (">=", 3, "次", "每周", None)),
        ("校长每学期至少听课二十节。", (">=", 20, "节", "每学期", None)),
        ("会议时间不得超过90分钟。", ("<=", 90, "分钟", None, None)),
        ("报名费控制在30元以内。", ("<=", 30, "元", None, None)),
        ("绿化率达到百分之四十。", (">=", 40, "%", None, None)),
        ("建设口袋公园12个左右。", ("=", 12, "个", None, None)),
        ("每名护林员每月巡山约15天。", ("=", 15, "天", "每月", None)),
        ("新增学位3.5万个。", ("=", 3.5, "万个", None, None)),
        ("力争全年接待游客超百万人次。", (">=", 1_000_000, "人次", None, None)),
        ("每周至少安排半天集中学习。", (">=", 0.5, "天", "每周", None)),
        ("租金减半收取。", ("=", 50, "%", None, None)),
        ("接诉后在三个工作日内答复来电人。", ("<=", 3, "个工作日", None, "3 working days after 接诉")),
        ("自受理之日起20日内作出决定。", ("<=", 20, "日", None, "20 days after 受理")),
        ("6月底前完成排查。", ("before", None, None, None, "2024-06-30")),
        ("到2026年，建成驿站40个。", ("=", 40, "个", None, "2026-12-31")),
        ("2024年5月至2024年9月，开展集中整治。", ("=", None, None, None, "2024-05-01/2024-09-30")),
        ("每月10日前报送上月报表。", ("before", None, None, "每月", "10日")),
        ("每年11月底前，组织年度考核。", ("before", None, None, "每年", "11-30")),
        ("每季度召开一次调度会。", ("=", 1, "次", "每季度", None)),
        ("镇政府每半年通报进展情况。", ("=", 1, "次", "每半年", None)),
        ("应急办发布月度值班计划。", ("=", 1, "次", "每月", None)),
        ("每年评选一批示范户。", ("=", None, "批", "每年", None)),
        ("每天早晚均要测温。", ("=", 2, "次", "每日", None)),
        ("储备量不少于上年度1.2倍。", (">=", 1.2, "倍", None, None)),
        ("接到预警后30分钟内到岗。", ("<=", 30, "分钟", None, "30 minutes after 接到预警")),
        ("每年10月1日至次年5月31日为防火期。", ("=", None, None, "每年", "10-01/05-31")),
        ("每校最高补助金额20万元。", ("<=", 20, "万元", "每校", None)),
        ("75分以上90分以下为良好。", (">=", 75, "分", None, None)),
    ],
)
def test_one_row(sentence: str, expected: Row) -> None:
    assert rows(sentence) == [expected]


def test_rows_that_share_a_comparator_a_unit_or_dates() -> None:
    assert [r[:3] for r in rows("甲、乙、丙三类分别不超过2天、4天、6天。")] == [
        ("<=", 2, "天"),
        ("<=", 4, "天"),
        ("<=", 6, "天"),
    ]
    assert [r[1:3] for r in rows("对前三名分别奖30、20、10分。")] == [(30, "分"), (20, "分"), (10, "分")]
    assert [r[1::3] for r in rows("2025年、2026年分别达到60%、80%。")] == [(60, "2025-12-31"), (80, "2026-12-31")]


def test_a_date_rules_the_numbers_after_it_also_in_the_next_sentence() -> None:
    said = rows("2024年10月底前，建成站点30个。其中：城区建成20个，乡镇建成10个。")
    assert [(r[1], r[4]) for r in said] == [(30, "2024-10-31"), (20, "2024-10-31"), (10, "2024-10-31")]


def test_points_of_a_scoring_rule() -> None:
    head = "某县考核细则\n每两年为一个考核期，满分100分。\n"
    said = rows("1.绿化（10分）。绿化率达到35%得6分，每降低1个百分点扣2分，最多扣6分。", head)
    points = [r[:3] for r in said if r[1] not in (100, 1)]
    assert points == [("=", 10, "分"), (">=", 35, "%"), ("=", 2, "分")]


@pytest.mark.parametrize(
    "sentence",
    [
        "全县现有水库18座，其中中型2座。",
        "依据《关于印发三年行动方案的通知》（某政发〔2023〕12号）要求，压实责任。",
        "落实“四个一”机制。",
        "联系电话：0100-1234567，办好登记。",
        "组织50人以上企业学习。",
        "推广5G应用和3D打印技术。",
        "深化“1+3+N”体系，推进一批、储备一批。",
        "小学一、二年级不留作业。",
        "备好75%酒精。",
        "实行24小时值班制度。",
        "第3次会议要求抓好整改。",
        "到7671年，建成强县。",
        "2019年以来，全县持续治水。",
    ],
)
def test_what_binds_nobody(sentence: str) -> None:
    assert rows(sentence) == []


@pytest.mark.clause("2.2.5.1d")
def test_feedback_within_working_days_of_the_hand_out() -> None:
    said = rows("领导批示事项由办公室交办后，承办科室在五个工作日内书面反馈。")
    assert said == [("<=", 5, "个工作日", None, "5 working days after 交办")]


def test_notes_and_headings_rule_the_duties_of_their_clause() -> None:
    text = "一、任务\n（一）清淤（2024年5月底前）\n清理河道，修复护坡。\n（二）补绿\n"
    note = "1.栽植乔木。（6月底完成，牵头单位：县林业局）"
    reading = compile_plan(f"某县方案\n2024年1月2日\n{text}{note}")
    by_act = {d.act: [reading.obligations[i].deadline for i in d.obligations] for d in reading.duties}
    assert by_act == {"清理河道": ["2024-05-31"], "修复护坡": ["2024-05-31"], "栽植乔木": ["2024-06-30"]}
    assert [d.actor for d in reading.duties][-1] == "县林业局"
