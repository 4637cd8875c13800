"""台账表格: the columns of the ledger as .xlsx, and the heads by which a ledger kept before in Excel is understood."""

from __future__ import annotations

from luoshi.matters.sheet import KEY_HEAD, Column, Layout
from luoshi.problems.rules import Channel, Pace, RaiserAnswer, Source, State, StyleKind

STATES = ("待确认", "已确认", "整改中", "待验收", "已销号，待回头看", "已解决", "不作问题处理")
"""What the column 状态 says (`rules.standing`)."""
HELD, CAME_BACK = "没有反弹", "有反弹"


def _offered(kind: type[Source] | type[StyleKind] | type[Channel] | type[Pace] | type[RaiserAnswer]) -> tuple[str, ...]:
    return tuple(str(one.label) for one in kind)


COLUMNS = (
    Column("number", "编号", 14, "line"), Column("title", "问题", 36), Column("detail", "具体表现", 36),
    Column("source", "来源", 12, "line", _offered(Source)), Column("source_note", "来源说明", 18, "line"),
    Column("place", "地点", 14, "line"), Column("found_on", "发现日期", 12, "day"),
    Column("raiser", "反映人", 12, "line"), Column("style_kind", "作风问题种类", 16, "line", _offered(StyleKind)),
    Column("channel", "查摆渠道", 10, "line", _offered(Channel)), Column("tags", "作风表现", 14, "names"),
    Column("pace", "整改类型", 10, "line", _offered(Pace)), Column("problem_class", "问题类别", 14, "line"),
    Column("cause", "原因", 24), Column("measure", "整改措施", 36), Column("leader", "责任领导", 10, "line"),
    Column("unit", "责任单位", 14, "line"), Column("owner", "责任人", 10, "line"),
    Column("due_on", "整改时限", 12, "day"), Column("state", "状态", 14, "line", ("待确认", "已确认", "整改中")),
    Column("said", "进展", 36), Column("proofs", "佐证", 24), Column("applied_on", "申请销号日期", 12, "day"),
    Column("closed_by", "验收人", 10, "line"), Column("closed_on", "销号日期", 12, "day"),
    Column("answer", "反映人意见", 10, "line", _offered(RaiserAnswer)),
    Column("look_on", "回头看时间", 12, "day"), Column("looked_on", "回头看日期", 12, "day"),
    Column("looked", "回头看结果", 10, "line", (HELD, CAME_BACK)),
)  # fmt: skip
BY_NAME = {one.name: one for one in COLUMNS}
ALSO = {
    "number": "问题编号 台账编号",
    "title": "存在问题 存在的问题 问题描述 问题内容 主要问题 具体问题 问题清单 发现问题 发现的问题 反馈问题 整改问题"
    " 问题名称 意见建议 问题及表现",
    "detail": "问题表现 表现形式 详细情况 问题详情",
    "source": "问题来源 线索来源 发现渠道",
    "place": "问题地点 点位 位置",
    "found_on": "发现时间 登记日期 登记时间 交办日期 交办时间",
    "raiser": "反映人员 提出人 反馈人 群众姓名",
    "style_kind": "作风种类",
    "pace": "整改方式 整改分类 整改期限类型",
    "problem_class": "类别 问题分类 问题类型",
    "cause": "原因分析 产生原因 问题原因 根源",
    "measure": "措施 整改举措 具体措施 整改办法 整改要求 整改任务 解决措施",
    "leader": "牵头领导 包保领导 分管领导 整改责任领导 责任局领导",
    "unit": "责任股室 责任部门 整改单位 整改责任单位 牵头单位 责任单位/人 责任单位（人） 责任单位及责任人"
    " 责任单位/责任人 责任单位和责任人 承办单位",
    "owner": "整改责任人 具体责任人 经办人 承办人",
    "due_on": "时限 完成时限 整改期限 完成时间 整改完成时限 整改完成时间 期限 办结时限 计划完成时间 整改时间",
    "state": "整改状态 完成情况 是否完成 是否销号 销号情况 整改结果 办理状态",
    "said": "最近进展 整改进展 进展情况 整改情况 整改落实情况 整改进展情况 整改成效 备注",
    "proofs": "佐证材料 印证材料 证明材料",
    "applied_on": "销号申请日 申请销号日 销号申请日期 申请销号时间 销号申请时间",
    "closed_by": "验收人员 核查人 核验人 销号验收人",
    "closed_on": "销号日 销号时间 办结日期 办结时间 完成日期",
    "answer": "群众意见 满意度 反映人评价",
    "looked": "回头看 回头看情况 “回头看” “回头看”情况",
}
"""Other heads under which ledgers in use keep the same."""
LAYOUT = Layout(
    COLUMNS,
    {one.head: one.name for one in COLUMNS}
    | {head: name for name, heads in ALSO.items() for head in heads.split()}
    | {KEY_HEAD: "key", "系统标识": "key"},
    frozenset({"title"}),
    keyed=False,
    no_head="没有找到表头：要有一列叫“问题”（或“存在问题”“问题描述”）。请不要删去表头一行，或先下载空表，把内容贴进去。",
)


def _words(told: dict[str, str]) -> dict[str, str]:
    return {word: value for value, words in told.items() for word in words.split()}


WORDS_OF_STATE = _words({
    State.FOUND: "待确认 未确认",
    State.CONFIRMED: "已确认 待定措施",
    State.RECTIFYING: "整改中 正在整改 未完成 未整改 未销号 进行中 推进中 否 待验收 长期坚持 持续整改 立行立改",
    State.CLOSED: "已销号 已完成 已整改 完成 办结 已办结 是 销号 整改到位 已整改到位 已解决 已销号，待回头看"
    " 已销号,待回头看",
})  # fmt: skip
"""What a ledger in use says of where a problem stands."""
WORDS_OF_PACE = {str(one.label): one.value for one in Pace} | _words({
    Pace.AT_ONCE: "立即整改 立查立改 即知即改 马上整改",
    Pace.STEADY: "持续整改 长期 持续推进 常态化",
})  # fmt: skip
"""Words that stand where a date should: they say how fast, and no day."""
WORDS_OF_SOURCE = {str(one.label): one.value for one in Source} | _words({
    Source.OPINION: "群众反映 征求意见 意见建议 意见箱",
    Source.VISIT: "走访 调研 大走访",
    Source.TALK: "谈话 谈心",
    Source.SELF_CHECK: "查摆 自查 自查自纠 个人查摆",
    Source.INSPECTION: "通报 督查 督导 检查 督导检查 巡察 巡视 暗访 明察暗访",
    Source.COMPLAINT: "信访 投诉 12345 12345热线 热线",
    Source.MEETING: "会议",
    Source.APPRAISAL: "考评 点评 季度考评 红黑榜",
    Source.CLAUSE: "方案",
})  # fmt: skip
