"""机制: the closed list of slots, each with its parameter's shape, what the plan or the law says, and the default.

`default` is None where nothing may be asked that no document asks (domain rules: no indicator stricter than
the plan): such a slot is ruled only by a confirmed clause or a decision of the bureau.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.plan.rules import Deadline, Ladder, Parameter, Quota, RuleValue, dump


@dataclass(frozen=True, slots=True)
class Slot:
    """One mechanism: its name on screen, the shape of its parameter ("" has none), and the default with its source.

    `ids` are the traceability ids it serves; `group` the heading under which the rules page lists it.
    """

    key: str
    label: str
    group: str
    shape: str = ""
    ids: str = ""
    default: Parameter | None = None
    source: str = "PRODUCT"
    citation: str = ""
    since: date = date.min

    def standing(self) -> RuleValue | None:
        """What holds where neither a plan nor the bureau has spoken."""
        if self.default is None:
            return None
        return RuleValue(
            self.key, dump(self.default), self.source, self.citation, None, 1, from_on=self.since
        )  # fmt: skip


def _day(key: str, label: str, group: str, ids: str, number: int, unit: str, why: str) -> Slot:
    return Slot(key, label, group, "DEADLINE", ids, Deadline(number, unit), "PRODUCT", f"系统默认（{why}）")


def _law(key: str, label: str, group: str, ids: str, number: int, unit: str, law: str, at: str) -> Slot:
    title, since = _LAWS[law]
    return Slot(key, label, group, "DEADLINE", ids, Deadline(number, unit), "REGULATION", f"{title}{at}", since)


def _quota(key: str, label: str, group: str, ids: str) -> Slot:
    return Slot(key, label, group, "QUOTA", ids)


_LAWS = {
    # title as cited, in force since
    "LETTERS": ("《信访工作条例》", date(2022, 5, 1)),
    "PERMIT": ("《行政许可法》", date(2019, 4, 23)),
    "REVIEW": ("参照《政府督查工作条例》", date(2021, 2, 1)),
    "GIFTS": ("中办发〔1995〕7号", date(1995, 4, 30)),
}

_LIST = (
    # 交办督办
    _day("feedback_days", "首次反馈时限", "交办督办", "2.2.5.1d", 5, "WORKDAY", "督办惯例，交办送达日不计"),
    _day("stage_feedback", "阶段反馈间隔", "交办督办", "2.2.5.1e", 1, "MONTH", "未办结的至少每月反馈一次"),
    _day("sign_days", "签收时限", "交办督办", "2.2.5.1a", 1, "WORKDAY", "超过一个工作日未签收的提级提醒"),
    _day("lamp_yellow_days", "临期亮灯提前量", "交办督办", "2.2.5.1c", 2, "WORKDAY", "距时限两个工作日内为临期"),
    _day("promise_answer_days", "承诺事项首次答复", "交办督办", "2.2.1.4b", 5, "WORKDAY", "“及时”按五个工作日掌握"),
    _day("mobilise_days", "动员部署时限", "交办督办", "2.1.2", 5, "WORKDAY", "“及时”按五个工作日掌握"),
    Slot("task_list", "清单交办", "交办督办", ids="2.2.5.1a"),
    Slot("project_leader", "一个项目一名班子成员", "交办督办", ids="2.2.5.2a"),
    # 学习调研
    _quota("group_study", "中心组集体学习", "学习调研", "2.2.1.1a"),
    _quota("study_days_year", "干部职工全年学习", "学习调研", "2.2.1.1b"),
    _quota("study_days_week", "干部职工每周学习", "学习调研", "2.2.1.1c"),
    _quota("research_days_year", "科级领导全年调研", "学习调研", "2.2.2.3a"),
    _quota("stay_times_month", "入企下基层蹲点", "学习调研", "2.2.2.3b"),
    Slot("talks", "谈心谈话", "学习调研", ids="2.2.2.1"),
    Slot("visits", "走访", "学习调研", ids="2.2.2.2a"),
    Slot("promises", "公开承诺", "学习调研", ids="2.2.1.4a"),
    # 问题整改
    Slot("problem_list", "问题清单与销号", "问题整改", ids="2.2.2.2b"),
    Slot("self_check", "个人问题清单", "问题整改", ids="2.2.3.7"),
    Slot("inspection", "督查", "问题整改", ids="2.2.7.1a"),
    Slot("style_ladder", "作风问题分级处理", "问题整改", "LADDER", "2.2.7.2"),
    Slot("tolerance", "容错纠错与澄清", "问题整改", ids="2.2.7.3"),
    _law("inspection_review_days", "督查结论复核申请", "问题整改", "2.2.7.1a", 30, "DAY",
         "REVIEW", "第十七条"),
    _day("objection_days", "内部通报异议期", "问题整改", "2.2.7.2a", 5, "WORKDAY", "自送达次日起"),
    _day("review_days", "异议复核期", "问题整改", "2.2.7.2a", 10, "WORKDAY", "由未参与原决定的人复核"),
    # 信访投诉
    Slot("channels", "信箱、邮箱、投诉电话", "信访投诉", ids="2.2.4.1a"),
    _law("petition_notice_days", "信访受理告知", "信访投诉", "2.2.4.1b", 15, "DAY", "LETTERS", "第二十三条"),
    _law("petition_return_days", "信访转送异议", "信访投诉", "2.2.4.1b", 5, "WORKDAY", "LETTERS", "第二十三条"),
    _law("petition_reply_days", "信访办理期限", "信访投诉", "2.2.4.1b", 60, "DAY", "LETTERS", "第三十四条"),
    _law("petition_extend_days", "信访延期上限", "信访投诉", "2.2.4.1b", 30, "DAY", "LETTERS", "第三十四条"),
    _law("petition_recheck_days", "信访复查复核", "信访投诉", "2.2.4.1b", 30, "DAY",
         "LETTERS", "第三十五条、第三十六条"),
    # 审批服务
    Slot("one_window", "综合窗口", "审批服务", ids="2.2.5.3b"),
    Slot("first_asked", "首问负责", "审批服务", ids="2.2.6.3a"),
    _law("permit_correct_days", "一次性告知补正", "审批服务", "2.2.5.3b", 5, "WORKDAY", "PERMIT", "第三十二条"),
    _law("permit_decide_days", "许可决定", "审批服务", "2.2.5.3c", 20, "WORKDAY", "PERMIT", "第四十二条"),
    _law("permit_extend_days", "许可延期上限", "审批服务", "2.2.5.3c", 10, "WORKDAY", "PERMIT", "第四十二条"),
    _law("permit_issue_days", "许可证件送达", "审批服务", "2.2.5.3d", 10, "WORKDAY", "PERMIT", "第四十四条"),
    _day("bad_review_days", "差评整改", "审批服务", "2.2.6.3b", 5, "WORKDAY", "多地按五个工作日执行"),
    # 考评结果
    _quota("board", "季度红黑榜", "考评结果", "2.2.5.4a"),
    _quota("year_review", "年度工作评议", "考评结果", "2.2.4.2"),
    Slot("front_line", "一线培养考察", "考评结果", "QUOTA", "2.2.5.5b", Quota(1, "TIME", "HALF_YEAR"),
         citation="系统默认（跟踪考察按半年一次掌握）"),
    Slot("summary", "总结与建章立制", "考评结果", ids="2.3.1"),
    # 廉政作风
    Slot("reception", "公务接待", "廉政作风", ids="2.2.6.2a"),
    Slot("meetings", "会议", "廉政作风", ids="2.2.6.1a"),
    _law("gift_days", "礼品登记上交", "廉政作风", "2.2.6.2b", 1, "MONTH", "GIFTS", ""),
    _day("interference_days", "插手干预记录报送", "廉政作风", "2.2.6.4a", 3, "DAY", "参照多地规定"),
    _day("clue_days", "线索移交", "廉政作风", "2.2.6.4b", 1, "WORKDAY", "“直接移交”按一个工作日掌握"),
)  # fmt: skip
SLOTS: dict[str, Slot] = {one.key: one for one in _LIST}
STYLE_LADDER_EXAMPLE = Ladder(("通报", "通报并作检讨", "取消当年评先评优资格并作检讨"))


def parameter_json(slot: str) -> dict[str, Any] | None:
    """The default of a slot as JSON, or None.

    >>> parameter_json("feedback_days")
    {'number': 5, 'unit': 'WORKDAY'}
    """
    found = SLOTS[slot].default
    return dump(found) if found is not None else None
