"""The closed lists of this room: kinds, states and outcomes, each with its word. Nothing here is a grade or a score."""

from __future__ import annotations

from django.db.models import TextChoices


class PostKind(TextChoices):
    """Where cadres are trained, examined and chosen (2.2.5.5a)."""

    PROJECT = "PROJECT", "重点项目"
    KEY_WORK = "KEY_WORK", "重要工作"
    URGENT = "URGENT", "急难险重任务"


class PostingState(TextChoices):
    PROPOSED = "PROPOSED", "待局党委研究"
    ASSIGNED = "ASSIGNED", "锻炼中"
    ENDED = "ENDED", "已结束"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class FollowState(TextChoices):
    PLANNED = "PLANNED", "待抽取事实"
    DRAWN = "DRAWN", "待本人核对"
    READ = "READ", "待考察"
    EXAMINED = "EXAMINED", "待报告"
    REPORTED = "REPORTED", "已报告"


class AnswerState(TextChoices):
    """What became of the person's word on a fact."""

    OPEN = "OPEN", "待核实"
    UPHELD = "UPHELD", "属实，已更正"
    DISMISSED = "DISMISSED", "不作更正"


class FactKind(TextChoices):
    """Dated results of work. Study, attendance, log-ins and the number of entries are none."""

    MATTER_CLOSED = "MATTER_CLOSED", "事项办结"
    MATTER_RUNNING = "MATTER_RUNNING", "事项在办"
    MATTER_RETURNED = "MATTER_RETURNED", "事项退回"
    REMARK = "REMARK", "上级通报"
    PROBLEM_CLOSED = "PROBLEM_CLOSED", "问题销号"
    PROMISE = "PROMISE", "承诺兑现"
    CONCERN = "CONCERN", "群众诉求"
    WORK = "WORK", "民生实事"
    MERIT = "MERIT", "实绩登记"
    COMMENDED = "COMMENDED", "表扬奖励"
    POSTED = "POSTED", "一线锻炼"


class Level(TextChoices):
    """Which power a recommendation falls under: the bureau decides its 股级 only (选拔任用工作条例)."""

    SECTION = "SECTION", "股级岗位，本局决定"
    ABOVE = "ABOVE", "股级以上，报县里推荐"


class RecState(TextChoices):
    PROPOSED = "PROPOSED", "待研究"
    DECIDED = "DECIDED", "已研究"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class Outcome(TextChoices):
    RECOMMENDED = "RECOMMENDED", "推荐使用"
    NOT = "NOT", "暂不推荐"
    DEFERRED = "DEFERRED", "继续考察"


class Ability(TextChoices):
    """七种能力 of 1.3, in the plan's order."""

    POLITICAL = "POLITICAL", "政治能力"
    RESEARCH = "RESEARCH", "调查研究能力"
    DECISION = "DECISION", "科学决策能力"
    REFORM = "REFORM", "改革攻坚能力"
    EMERGENCY = "EMERGENCY", "应急处突能力"
    MASSES = "MASSES", "群众工作能力"
    DELIVERY = "DELIVERY", "抓落实能力"


class MeritState(TextChoices):
    ENTERED = "ENTERED", "待审核"
    KEPT = "KEPT", "已入档"
    RETURNED = "RETURNED", "已退回"


class CommendKind(TextChoices):
    """2.3.2; 评优 has pools and quotas of its own and is decided in the yearly appraisal."""

    PRAISE = "PRAISE", "表扬通报"
    REWARD = "REWARD", "绩效奖励建议"
    PRIORITY = "PRIORITY", "优先使用建议"


class CommendState(TextChoices):
    PROPOSED = "PROPOSED", "待公示"
    NOTICED = "NOTICED", "公示中"
    DECIDED = "DECIDED", "已决定，待通报"
    PUBLISHED = "PUBLISHED", "已通报"
    REFUSED = "REFUSED", "未通过"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class ObjectionState(TextChoices):
    OPEN = "OPEN", "待答复"
    UPHELD = "UPHELD", "异议成立"
    DISMISSED = "DISMISSED", "异议不成立"


BODY = "局党委会"
"""Who decides on postings, recommendations and commendations unless the paper names another body."""
TITLE_MOST, WORDS_MOST, LONG_MOST = 120, 300, 1000
EXAMINERS_LEAST = 2
