"""机制: one closed list of slots; which of them carry a parameter, its shape, and what holds by default.

The mechanisms that a duty can drive are those of `plantext.slots`; to them come the clocks that only the
product, the bureau or a law sets (`RULED`). A slot whose `default` is None is ruled only by a confirmed clause
or a decision of the bureau: nothing may be asked that no document asks (domain rules: 层层加码 is a fault).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luoshi.plan.once import SLOTS_ONCE
from luoshi.plan.overlap import GOVERNING
from luoshi.plan.rules import Deadline, Parameter, Quota, from_obligation
from luoshi.plan.slot import GROUPS, MECHANISMS, Column, Option, Slot, day, law, quota

__all__ = ["GROUPS", "MECHANISMS", "RULED", "SLOTS", "Column", "Option", "Slot", "value_from_obligation"]

_RULED = (
    day("feedback_days", "首次反馈时限", "交办督办", "2.2.5.1d", 5, "WORKDAY", "督办惯例，交办送达日不计"),
    day("staged_feedback", "阶段反馈", "交办督办", "2.2.5.1e", 1, "MONTH", "未办结的至少每月反馈一次"),
    Slot("task_breakdown", "任务分解", "交办督办", "DEADLINE", "2.2.5.1b", Deadline(5, "WORKDAY"),
         citation="系统默认（路线图、时间表随首次反馈一并报送，不影响反馈）", optional=True),
    Slot(GOVERNING, "日常工作以哪个方案为准", "交办督办", "CHOICE", "0.1"),
    day("sign_days", "签收时限", "交办督办", "2.2.5.1a", 1, "WORKDAY", "超过一个工作日未签收的提级提醒"),
    day("lamp_yellow_days", "临期亮灯提前量", "交办督办", "2.2.5.1c", 2, "WORKDAY", "距时限两个工作日内为临期"),
    day("promise_answer", "承诺事项办理答复", "交办督办", "2.2.1.4b", 5, "WORKDAY", "“及时”按五个工作日掌握"),
    day("mobilisation_meeting", "动员部署会", "交办督办", "2.1.2", 5, "WORKDAY", "“及时”按五个工作日掌握"),
    quota("group_study_monthly", "中心组集体学习", "学习调研", "2.2.1.1a"),
    quota("study_days_year", "年度学习天数", "学习调研", "2.2.1.1b"),
    quota("study_weekly", "每周学习", "学习调研", "2.2.1.1c"),
    quota("expert_invite", "请进来专家授课", "学习调研", "2.2.1.3"),
    quota("research_days_year", "年度调研天数", "学习调研", "2.2.2.3a"),
    quota("frontline_monthly", "每月蹲点", "学习调研", "2.2.2.3b"),
    Slot("strike_ladder", "作风问题次数阶梯", "问题整改", "LADDER", "2.2.7.2"),
    law("inspection_review_days", "督查结论复核申请", "问题整改", "2.2.7.1a", 30, "DAY", "REVIEW", "第十七条"),
    day("look_back", "销号后回头看", "问题整改", "2.2.2.2b", 3, "MONTH", "一般看三个月，反弹的按原编号重办"),
    day("objection_days", "内部通报异议期", "问题整改", "2.2.7.2a", 5, "WORKDAY", "自送达次日起"),
    day("review_days", "异议复核期", "问题整改", "2.2.7.2a", 10, "WORKDAY", "由未参与原决定的人复核"),
    law("petition_notice_days", "信访受理告知", "信访投诉", "2.2.4.1b", 15, "DAY", "LETTERS", "第二十三条"),
    law("petition_return_days", "信访转送异议", "信访投诉", "2.2.4.1b", 5, "WORKDAY", "LETTERS", "第二十三条"),
    law("petition_reply_days", "信访办理期限", "信访投诉", "2.2.4.1b", 60, "DAY", "LETTERS", "第三十四条"),
    law("petition_extend_days", "信访延期上限", "信访投诉", "2.2.4.1b", 30, "DAY", "LETTERS", "第三十四条"),
    law("petition_recheck_days", "信访复查复核", "信访投诉", "2.2.4.1b", 30, "DAY", "LETTERS", "第三十五、三十六条"),
    law("permit_correct_days", "一次性告知补正", "审批服务", "2.2.5.3b", 5, "WORKDAY", "PERMIT", "第三十二条"),
    law("permit_decide_days", "许可决定", "审批服务", "2.2.5.3c", 20, "WORKDAY", "PERMIT", "第四十二条"),
    law("permit_extend_days", "许可延期上限", "审批服务", "2.2.5.3c", 10, "WORKDAY", "PERMIT", "第四十二条"),
    law("permit_issue_days", "许可证件送达", "审批服务", "2.2.5.3d", 10, "WORKDAY", "PERMIT", "第四十四条"),
    day("bad_review_days", "差评整改", "审批服务", "2.2.6.3b", 5, "WORKDAY", "多地按五个工作日执行"),
    quota("board_cycle", "定期打分排名", "考评结果", "2.2.5.4a"),
    quota("board_cases", "红黑榜通报", "考评结果", "2.2.5.4b"),
    quota("appraisal_cycle", "年底工作评议", "考评结果", "2.2.4.2"),
    Slot("cadre_followup", "跟踪考察", "考评结果", "QUOTA", "2.2.5.5b", Quota(1, "TIME", "HALF_YEAR"),
         citation="系统默认（跟踪考察按半年一次掌握）"),
    law("gift_register", "礼品礼金登记", "廉政作风", "2.2.6.2b", 1, "MONTH", "GIFTS", ""),
    day("intervention_register", "插手干预登记", "廉政作风", "2.2.6.4a", 3, "DAY", "参照多地规定"),
    day("clue_transfer", "线索移交", "廉政作风", "2.2.6.4b", 1, "WORKDAY", "“直接移交”按一个工作日掌握"),
    *SLOTS_ONCE,
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
