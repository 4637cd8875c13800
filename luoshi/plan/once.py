"""本局要定一次的事: what a bureau decides once for all its work, each with a default that holds until it does.

They are slots like all others, decided as rules with the source BUREAU; there is no second table of settings.
`ONCE` is the order in which they are asked, the question in plain words, and what the answer moves.
"""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.plan.rules import Choice, Number, Several, Table, Weights
from luoshi.plan.slot import Column, Option, Slot, day

SCOPES = ("社会公开", "局内公开", "本人和有关单位", "不公开")


@dataclass(frozen=True, slots=True)
class Once:
    """One decision: its slot, the question, what it affects, and whether any room asks for it already."""

    key: str
    question: str
    affects: str
    used: bool = False


def _choice(key: str, label: str, group: str, ids: str, why: str, *options: Option) -> Slot:
    """Ways to choose from; the first is the default."""
    first = Choice(options[0].key, options[0].label)
    return Slot(key, label, group, "CHOICE", ids, first, citation=f"系统默认（{why}）", options=options)


def _table(
    key: str, label: str, group: str, ids: str, why: str, columns: tuple[Column, ...], *rows: tuple[str, ...]
) -> Slot:
    default = Table(tuple(one.name for one in columns), rows)
    return Slot(key, label, group, "TABLE", ids, default, citation=f"系统默认（{why}）", columns=columns)


_LEADERS = (
    Option("CHIEF", "主要领导"),
    Option("LEADER", "分管领导"),
    Option("HEAD", "单位负责人"),
    Option("DISCIPLINE", "派驻纪检监察组"),
)

SLOTS_ONCE: tuple[Slot, ...] = (
    _choice(
        "day_zero", "五个工作日从哪天算起", "交办督办", "2.2.5.1d 2.2.5.1e", "参照民法典第201条，开始的当天不计",
        Option("NEXT_DAY", "送达当天不计，下一个工作日为第1日", "签没签收都按送达日起算。"),
        Option("SAME_DAY", "送达当天就是第1日", "比民法典少一天，属于更严的要求，要有依据。"),
    ),
    _choice(
        "strike_window", "作风问题次数按什么期间累计", "问题整改", "2.2.7.2", "方案没有写明，按活动期间累计",
        Option("CAMPAIGN", "活动期间累计"),
        Option("YEAR", "按自然年累计，次年重新计"),
        Option("TWELVE_MONTHS", "按最近十二个月累计"),
    ),
    _table(
        "style_faults", "作风问题的表现", "问题整改", "1.2", "方案提出的怕、慢、假、庸、散，含义可改",
        (Column("表现"), Column("含义")),
        ("怕", "怕担责、怕得罪人，遇事躲闪"), ("慢", "办事拖拉，能快不快"), ("假", "做表面文章，报虚情假况"),
        ("庸", "标准不高，得过且过"), ("散", "纪律松弛，各行其是"),
    ),
    day("tolerance_accept_days", "容错申请受理", "问题整改", "2.2.7.3a", 5, "WORKDAY", "各地规定不一"),
    day("tolerance_decide_days", "容错认定", "问题整改", "2.2.7.3a", 20, "WORKDAY", "各地规定不一"),
    day("tolerance_serve_days", "容错结果送达", "问题整改", "2.2.7.3a", 5, "WORKDAY", "各地规定不一"),
    _table(
        "hotline_classes", "12345工单分类和时限", "信访投诉", "2.2.4.1b", "各地时限不一；派单上写明时限的，先按派单",
        (Column("类别"), Column("办理时限（工作日）", number=True), Column("延期上限（工作日）", number=True)),
        ("咨询", "1", "0"), ("一般投诉、求助", "5", "5"), ("复杂事项", "10", "5"),
    ),
    _table(
        "approval_classes", "工程建设项目审批分类和总时限", "审批服务", "2.2.5.3c",
        "参照本省2018年公布的目标，以现行办事指南为准",
        (Column("项目类别"), Column("审批总时限（工作日）", number=True)),
        ("政府投资项目", "79"), ("简易政府投资项目", "67"), ("企业投资项目", "60"), ("已取得用地的企业投资项目", "37"),
    ),
    Slot(
        "block_weights", "考评三块权重", "考评结果", "WEIGHTS", "2.2.5.4a",
        default=Weights((("县委县政府交办", 40), ("重点项目", 35), ("重点工作", 25))),
        citation="系统默认（方案列了三块，没有写权重）",
    ),
    _choice(
        "peer_groups", "排名时谁和谁比", "考评结果", "2.2.5.4c", "任务性质不同，分组才可比",
        Option("BY_KIND", "局直单位、机关股室分开排名"),
        Option("TOGETHER", "所有单位、股室合在一起排名"),
    ),
    _choice(
        "board_cases_by", "红黑榜事例怎么定", "考评结果", "2.2.5.4b", "排名靠后不等于有错，黑榜可以空缺",
        Option("BLACK_MAY_BE_EMPTY", "由人选定，没有的写“本季度无”", "系统只提供事实，不按名次自动上榜。"),
        Option("BOTH_NEEDED", "由人选定，红榜、黑榜每季度都至少一例"),
    ),
    _choice(
        "excellent_rounding", "优秀名额怎么取整", "考评结果", "2.3.2", "优秀比例有上限，四舍五入会突破上限",
        Option("FLOOR", "只舍不入，各类人员分开算"),
        Option("HALF_UP", "四舍五入，各类人员分开算", "可能超过规定比例，须组织人事部门书面同意。"),
    ),
    Slot(
        "load_share", "方案负担上限", "学习调研", "NUMBER", "2.2.1.1b 2.2.2.3a", default=Number(20, "PERCENT"),
        citation="系统默认（相当于每周一天）",
    ),
    _choice(
        "study_unit", "学习按什么记", "学习调研", "2.2.1.1b 2.2.1.1c", "方案有每周半天的要求",
        Option("HALF_DAY", "按半天记，两个半天为一天"),
        Option("DAY", "按整天记，不足一天的不计"),
        Option("HOUR", "按小时记，每三小时为半天"),
    ),
    Slot(
        "section_leaders", "哪些人算科级领导干部", "学习调研", "SEVERAL", "2.2.2.3a 2.2.2.3b",
        default=Several(("CHIEF", "LEADER"), ("主要领导", "分管领导")),
        citation="系统默认（按局领导班子成员掌握）", options=_LEADERS,
    ),
    _table(
        "gift_thresholds", "礼品登记、上交的起点", "廉政作风", "2.2.6.2b", "参照国管财字〔95〕158号，现金不论多少",
        (Column("种类"), Column("登记起点（元）", number=True), Column("上交起点（元）", number=True)),
        ("现金、有价证券、支付凭证", "0", "0"), ("其他礼品", "100", "200"),
    ),
    _table(
        "publication_scope", "各类文书公开到哪里", "机构文书", "2.2.7.1b 2.2.5.4b 2.2.1.4a 3.2b",
        "政府信息公开条例第十五、十六条：内部管理和过程信息可不公开",
        (Column("文书"), Column("公开范围", options=SCOPES)),
        ("红黑榜通报", "局内公开"), ("作风问题通报", "局内公开"),
        ("典型案例通报", "局内公开"), ("年度评议结果", "局内公开"),
        ("公开承诺", "社会公开"), ("挂点项目进度", "社会公开"), ("办事指南", "社会公开"),
        ("督查结论", "本人和有关单位"), ("容错认定书", "本人和有关单位"), ("谈话记录", "不公开"),
        ("活动宣传", "社会公开"), ("经验材料", "局内公开"), ("表扬通报", "局内公开"), ("公示", "局内公开"),
    ),
    _choice(
        "holiday_loader", "放假安排由谁载入", "机构文书", "2.2.5.1d", "期限由局办公室掌握",
        Option("OFFICE", "局办公室载入本局日历"),
        Option("SYSTEM_ADMIN", "系统管理员载入全县日历"),
    ),
    _table(
        "organisation_names", "机构的规范名称", "机构文书", "0.1 3.1a", "方案里的写法不统一，请按成立文件填写",
        (Column("称谓"), Column("规范名称")),
        ("党组织", "局党委"), ("领导小组办公室", "局办公室"), ("督查组", "作风整顿督查组"),
        ("派驻机构", "派驻纪检监察组"),
    ),
    _table(
        "document_codes", "发文代字", "机构文书", "0.1", "没有定代字时文号留空，由人填写",
        (Column("发文名义"), Column("代字")),
        ("局党委", "留空，由人填写"), ("局", "留空，由人填写"),
    ),
)  # fmt: skip

USED = frozenset({
    "block_weights", "board_cases_by", "day_zero", "excellent_rounding", "lamp_yellow_days", "load_share",
    "objection_days", "peer_groups", "publication_scope", "review_days", "section_leaders", "study_unit",
    "style_faults",
})  # fmt: skip
"""What the product already works by; the others wait, decided or by default, for the rooms that will ask."""
ONCE: dict[str, Once] = {
    key: Once(key, question, affects, key in USED)
    for key, question, affects in (
        ("day_zero", "“五个工作日内”，送达当天算不算一天？", "首次反馈时限的到期日。"),
        ("lamp_yellow_days", "离到期多近亮黄灯？", "事项列表、工作台的灯和临期提醒。"),
        ("strike_window", "第一次、第二次、第三次，在多长时间里累计？", "作风问题的分级处理。"),
        ("style_faults", "作风问题分哪几种表现，各指什么？", "登记问题时可选的标签和按表现的统计。"),
        ("objection_days", "对通报、榜单有意见，几天内提出？", "通报、红黑榜、评议结果的异议期。"),
        ("review_days", "有人提出异议，几天内复核完？", "异议复核的期限。"),
        ("tolerance_accept_days", "收到容错申请，几天内受理？", "容错纠错的第一步。"),
        ("tolerance_decide_days", "受理以后，几天内认定？", "容错纠错的认定。"),
        ("tolerance_serve_days", "认定以后，几天内送达？", "容错结果的书面反馈。"),
        ("block_weights", "县交办、重点项目、重点工作，各占多少分？", "季度得分；季度开始前定，当季不改。"),
        ("peer_groups", "排名时，局直单位和股室放在一起吗？", "季度排名和横向比。"),
        ("board_cases_by", "红黑榜的事例怎么产生？", "季度红黑榜。"),
        ("excellent_rounding", "优秀名额算出小数怎么办？", "年度考核的优秀建议名单。"),
        ("study_unit", "学习时间按半天、整天还是小时记？", "学习记录和差额提醒；不进考核。"),
        ("section_leaders", "每年调研、每月蹲点的要求，落到哪些人？", "调研、蹲点的名单和差额提醒；不进考核。"),
        ("load_share", "方案对一个人的全年要求，超过多少算过重？", "方案体检里的“负担过重”。"),
        ("gift_thresholds", "收到多少钱的礼品要登记、要上交？填0表示不论多少。", "礼品礼金登记。"),
        ("hotline_classes", "12345工单分几类，各几天办结？", "工单的默认办理时限。"),
        ("approval_classes", "工程建设项目分几类，各几天批完？", "综合窗口的总时限和进度。"),
        ("publication_scope", "哪种文书公开到什么范围？", "通报、榜单、承诺、结论能给谁看。"),
        ("holiday_loader", "每年放假安排公布以后，由谁载入系统？", "工作日历；没有载入的年份，到期日都是暂定。"),
        ("organisation_names", "党组织、领导小组办公室、督查组，规范名称是什么？", "各类文书上的落款和称谓。"),
        ("document_codes", "局党委、局的发文代字是什么？", "文书的发文字号。"),
    )
}
"""In the order in which they are asked."""
