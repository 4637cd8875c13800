"""The closed lists of problems: states, sources, kinds of style fault; stored in English for ever, shown in Chinese."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    FOUND = "FOUND", "待确认"
    CONFIRMED = "CONFIRMED", "已确认"
    RECTIFYING = "RECTIFYING", "整改中"
    CLOSED = "CLOSED", "已销号"
    DISMISSED = "DISMISSED", "不作问题处理"


class Source(TextChoices):
    """Where a problem or a further sighting of it comes from."""

    OPINION = "OPINION", "群众意见"
    VISIT = "VISIT", "走访调研"
    TALK = "TALK", "谈心谈话"
    SELF_CHECK = "SELF_CHECK", "自我查摆"
    INSPECTION = "INSPECTION", "督查检查"
    COMPLAINT = "COMPLAINT", "信访投诉"
    CLAUSE = "CLAUSE", "方案条款缺口"
    MEETING = "MEETING", "会议"
    APPRAISAL = "APPRAISAL", "考评点评"
    OTHER = "OTHER", "其他"


class StyleKind(TextChoices):
    """The six kinds of style problem that everybody looks for in himself (2.2.3.1 to 2.2.3.6)."""

    PANIC = "PANIC", "求稳怕乱、本领恐慌"
    SHIRK = "SHIRK", "怕担责、推诿扯皮、不作为乱作为"
    DOOR = "DOOR", "门好进、脸好看、事难办"
    LOW_BAR = "LOW_BAR", "标准不高、不争先"
    EASE = "EASE", "没定力、畏难安逸"
    SENIORITY = "SENIORITY", "摆资历、不服从、不执行"


class Channel(TextChoices):
    """Who brought it up: 群众提、自己找、同事帮、组织点 (2.2.3.7)."""

    MASSES = "MASSES", "群众提"
    SELF = "SELF", "自己找"
    PEER = "PEER", "同事帮"
    ORGANISATION = "ORGANISATION", "组织点"


class Pace(TextChoices):
    AT_ONCE = "AT_ONCE", "立行立改"
    BY_DATE = "BY_DATE", "限期整改"
    STEADY = "STEADY", "长期坚持"


class RaiserAnswer(TextChoices):
    """What whoever raised it says of the result."""

    GOOD = "GOOD", "满意"
    FAIR = "FAIR", "基本满意"
    BAD = "BAD", "不满意"
    UNREACHED = "UNREACHED", "未联系上"


class Cure(TextChoices):
    """The 制度 that keeps a class of problems from coming back."""

    NEW = "NEW", "新建制度"
    REVISED = "REVISED", "修订制度"
    NONE = "NONE", "不需要新的制度"


class Reform(TextChoices):
    """四改联动."""

    MIND = "MIND", "改观念"
    METHOD = "METHOD", "改方法"
    MECHANISM = "MECHANISM", "改机制"
    MODEL = "MODEL", "改模式"


class CheckState(TextChoices):
    """个人问题清单."""

    DRAFT = "DRAFT", "填写中"
    SUBMITTED = "SUBMITTED", "待审核"
    ACCEPTED = "ACCEPTED", "已通过"


SERIES = "问题"
PRIVATE_SERIES = "查摆"
"""Personal lists are numbered apart, so that the public ledger has no gaps."""
OPEN = frozenset({State.FOUND, State.CONFIRMED, State.RECTIFYING})
"""Not yet put right."""
