"""The closed lists of matters: states, sources, kinds, lamps; stored in English for ever, shown in Chinese."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    DRAFT = "DRAFT", "拟办"
    APPROVED = "APPROVED", "已立项"
    ASSIGNED = "ASSIGNED", "已交办"
    ACCEPTED = "ACCEPTED", "办理中"
    SUBMITTED = "SUBMITTED", "待核查"
    VERIFIED = "VERIFIED", "待办结"
    CLOSED = "CLOSED", "已办结"
    ARCHIVED = "ARCHIVED", "已归档"
    SUSPENDED = "SUSPENDED", "已中止"
    CANCELLED = "CANCELLED", "已撤销"


class Source(TextChoices):
    PLAN = "PLAN", "方案条款"
    COMMITTEE = "COMMITTEE", "党委会"
    TEAM_MEETING = "TEAM_MEETING", "班子会"
    INSTRUCTION = "INSTRUCTION", "领导批示"
    COUNTY = "COUNTY", "县委县政府交办"
    REFORM = "REFORM", "改革任务"
    KEY_PROJECT = "KEY_PROJECT", "重点项目"
    KEY_WORK = "KEY_WORK", "重点工作"


class MeetingKind(TextChoices):
    """The bodies whose sittings hand out work."""

    COMMITTEE = "COMMITTEE", "党委会"
    TEAM = "TEAM", "班子会"
    DISPATCH = "DISPATCH", "调度会"
    TOPIC = "TOPIC", "专题会"


class Block(TextChoices):
    """The scoring block of the quarterly board, set at 立项."""

    KEY_PROJECT = "KEY_PROJECT", "重点项目"
    KEY_WORK = "KEY_WORK", "重点工作"
    COUNTY = "COUNTY", "县委县政府交办"


class PartyRole(TextChoices):
    LEAD = "LEAD", "牵头"
    ASSIST = "ASSIST", "协办"


class FeedbackKind(TextChoices):
    PRELIMINARY = "PRELIMINARY", "初步反馈"
    STAGE = "STAGE", "阶段反馈"
    FINAL = "FINAL", "办结反馈"


class DeadlineKind(TextChoices):
    FIRST_FEEDBACK = "FIRST_FEEDBACK", "首次反馈"
    STAGE = "STAGE", "阶段反馈"
    DUE = "DUE", "办结"


SERIES = "督办"
"""The usual series of numbers; numbers are unique and gap-free by bureau, year and series."""
OUTCOMES = {"CONTINUE": "继续办", "EXPLAINED": "已说明"}
"""What a meeting says of an item of an earlier one."""
EXTENSION_STATES = {
    "ASKED": "待批准",
    "GRANTED": "已批准",
    "REFUSED": "未批准",
    "WITHDRAWN": "已撤回",
    "LAPSED": "已失效",
}
ROADMAP_STATES = {
    "PROPOSED": "待审核",
    "ACCEPTED": "执行中",
    "RETURNED": "退回修改",
    "SUPERSEDED": "已被新版取代",
    "ENDED": "已终止",
}
RHYTHMS = {"WEEK": "每周", "MONTH": "每月", "QUARTER": "每季度", "HALF_YEAR": "每半年", "YEAR": "每年"}


class Lamp(TextChoices):
    """What the calendar says of a matter; always shown with its word, never by colour alone."""

    NONE = "NONE", "未起算"
    GREEN = "GREEN", "正常"
    AMBER = "AMBER", "临期"
    RED = "RED", "逾期"
    GREY = "GREY", "中止"
    DONE = "DONE", "按期办结"
    LATE = "LATE", "逾期办结"
