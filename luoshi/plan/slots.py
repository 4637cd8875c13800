"""机制: one closed list of slots; which of them carry a parameter, its shape, and what holds by default.

The mechanisms that a duty can drive are those of `plantext.slots`; to them come the clocks that only the
product, the bureau or a law sets (`RULED`). A slot whose `default` is None is ruled only by a confirmed clause
or a decision of the bureau: nothing may be asked that no document asks (domain rules: 层层加码 is a fault).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.plan.rules import BadValue, Deadline, Parameter, Quota, RuleValue, dump, from_obligation, parse
from luoshi.plantext.slots import SLOTS as MECHANISMS

GROUPS = ("交办督办", "学习调研", "问题整改", "信访投诉", "审批服务", "考评结果", "廉政作风", "其他机制")


@dataclass(frozen=True, slots=True)
class Slot:
    """One mechanism: its name on screen, the shape of its parameter ("" has none), and the default with its source.

    `ids` are the traceability ids it serves; `group` the heading under which the rules page lists it.
    """

    key: str
    label: str
    group: str = "其他机制"
    shape: str = ""
    ids: str = ""
    default: Parameter | None = None
    source: str = "PRODUCT"
    citation: str = ""
    since: date = date.min
    optional: bool = False
    """True where a bureau may decide that it is not asked for: the number 0."""

    def read(self, value: Mapping[str, Any]) -> Parameter:
        """The typed parameter of a value; `BadValue` where it is none, or asks for nothing where that cannot be."""
        found = parse(self.shape, value)
        if isinstance(found, Deadline) and not found.number and not self.optional:
            raise BadValue("时限应为1至3660之间的整数。")
        return found

    @property
    def read_from_text(self) -> bool:
        """Whether a duty's sentence may state this parameter: the reader knows the mechanism."""
        return self.key in MECHANISMS and self.shape in ("DEADLINE", "QUOTA")

    def words(self, value: Mapping[str, Any]) -> str:
        """A value of this slot in Chinese."""
        return str(parse(self.shape, value))

    def standing(self) -> RuleValue | None:
        """What holds where neither a plan nor the bureau has spoken."""
        if self.default is None:
            return None
        return RuleValue(self.key, dump(self.default), self.source, self.citation, None, 1, from_on=self.since)


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

_RULED = (
    _day("feedback_days", "首次反馈时限", "交办督办", "2.2.5.1d", 5, "WORKDAY", "督办惯例，交办送达日不计"),
    _day("staged_feedback", "阶段反馈", "交办督办", "2.2.5.1e", 1, "MONTH", "未办结的至少每月反馈一次"),
    Slot("task_breakdown", "任务分解", "交办督办", "DEADLINE", "2.2.5.1b", Deadline(5, "WORKDAY"),
         citation="系统默认（路线图、时间表随首次反馈一并报送，不影响反馈）", optional=True),
    _day("sign_days", "签收时限", "交办督办", "2.2.5.1a", 1, "WORKDAY", "超过一个工作日未签收的提级提醒"),
    _day("lamp_yellow_days", "临期亮灯提前量", "交办督办", "2.2.5.1c", 2, "WORKDAY", "距时限两个工作日内为临期"),
    _day("promise_answer", "承诺事项办理答复", "交办督办", "2.2.1.4b", 5, "WORKDAY", "“及时”按五个工作日掌握"),
    _day("mobilisation_meeting", "动员部署会", "交办督办", "2.1.2", 5, "WORKDAY", "“及时”按五个工作日掌握"),
    _quota("group_study_monthly", "中心组集体学习", "学习调研", "2.2.1.1a"),
    _quota("study_days_year", "年度学习天数", "学习调研", "2.2.1.1b"),
    _quota("study_weekly", "每周学习", "学习调研", "2.2.1.1c"),
    _quota("expert_invite", "请进来专家授课", "学习调研", "2.2.1.3"),
    _quota("research_days_year", "年度调研天数", "学习调研", "2.2.2.3a"),
    _quota("frontline_monthly", "每月蹲点", "学习调研", "2.2.2.3b"),
    Slot("strike_ladder", "作风问题次数阶梯", "问题整改", "LADDER", "2.2.7.2"),
    _law("inspection_review_days", "督查结论复核申请", "问题整改", "2.2.7.1a", 30, "DAY", "REVIEW", "第十七条"),
    _day("objection_days", "内部通报异议期", "问题整改", "2.2.7.2a", 5, "WORKDAY", "自送达次日起"),
    _day("review_days", "异议复核期", "问题整改", "2.2.7.2a", 10, "WORKDAY", "由未参与原决定的人复核"),
    _law("petition_notice_days", "信访受理告知", "信访投诉", "2.2.4.1b", 15, "DAY", "LETTERS", "第二十三条"),
    _law("petition_return_days", "信访转送异议", "信访投诉", "2.2.4.1b", 5, "WORKDAY", "LETTERS", "第二十三条"),
    _law("petition_reply_days", "信访办理期限", "信访投诉", "2.2.4.1b", 60, "DAY", "LETTERS", "第三十四条"),
    _law("petition_extend_days", "信访延期上限", "信访投诉", "2.2.4.1b", 30, "DAY", "LETTERS", "第三十四条"),
    _law("petition_recheck_days", "信访复查复核", "信访投诉", "2.2.4.1b", 30, "DAY", "LETTERS", "第三十五、三十六条"),
    _law("permit_correct_days", "一次性告知补正", "审批服务", "2.2.5.3b", 5, "WORKDAY", "PERMIT", "第三十二条"),
    _law("permit_decide_days", "许可决定", "审批服务", "2.2.5.3c", 20, "WORKDAY", "PERMIT", "第四十二条"),
    _law("permit_extend_days", "许可延期上限", "审批服务", "2.2.5.3c", 10, "WORKDAY", "PERMIT", "第四十二条"),
    _law("permit_issue_days", "许可证件送达", "审批服务", "2.2.5.3d", 10, "WORKDAY", "PERMIT", "第四十四条"),
    _day("bad_review_days", "差评整改", "审批服务", "2.2.6.3b", 5, "WORKDAY", "多地按五个工作日执行"),
    _quota("board_cycle", "定期打分排名", "考评结果", "2.2.5.4a"),
    _quota("board_cases", "红黑榜通报", "考评结果", "2.2.5.4b"),
    _quota("appraisal_cycle", "年底工作评议", "考评结果", "2.2.4.2"),
    Slot("cadre_followup", "跟踪考察", "考评结果", "QUOTA", "2.2.5.5b", Quota(1, "TIME", "HALF_YEAR"),
         citation="系统默认（跟踪考察按半年一次掌握）"),
    _law("gift_register", "礼品礼金登记", "廉政作风", "2.2.6.2b", 1, "MONTH", "GIFTS", ""),
    _day("intervention_register", "插手干预登记", "廉政作风", "2.2.6.4a", 3, "DAY", "参照多地规定"),
    _day("clue_transfer", "线索移交", "廉政作风", "2.2.6.4b", 1, "WORKDAY", "“直接移交”按一个工作日掌握"),
)  # fmt: skip

RULED: dict[str, Slot] = {one.key: one for one in _RULED}
"""The slots that carry a parameter: what the rules page lists."""
SLOTS: dict[str, Slot] = RULED | {
    one.name: Slot(one.name, one.title, ids=" ".join(one.ids)) for one in MECHANISMS.values() if one.name not in RULED
}


def value_from_obligation(slot: str, obligation: Mapping[str, Any]) -> Parameter | None:
    """The parameter of a slot that a measured part of a duty states; None where it states none of that shape.

    >>> value_from_obligation("study_days_year", {"quantity": 20, "unit": "天", "period": "每年", "deadline": None})
    Quota(number=20, unit='DAY', period='YEAR')
    >>> value_from_obligation("talks", {"quantity": 1, "unit": "次"}) is None
    True
    """
    found = RULED.get(slot)
    return from_obligation(found.shape, obligation) if found else None
