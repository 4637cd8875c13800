"""The closed lists of activities, stored in English for ever, shown in Chinese."""

from __future__ import annotations

from django.db.models import TextChoices


class ActivityKind(TextChoices):
    """What took place (plan 2.1.1-2.2.2.3c)."""

    GROUP_STUDY = "GROUP_STUDY", "集体学习"
    OWN_STUDY = "OWN_STUDY", "自学"
    LECTURE = "LECTURE", "讲座"
    OUTGOING = "OUTGOING", "走出去"
    EXPERT = "EXPERT", "请进来"
    RESEARCH = "RESEARCH", "调研"
    FRONTLINE = "FRONTLINE", "蹲点"
    VISIT = "VISIT", "走访"
    POLITICAL_TALK = "POLITICAL_TALK", "政治谈话"
    HEART_TALK = "HEART_TALK", "谈心谈话"
    MOBILISATION = "MOBILISATION", "动员部署会"
    MEETING = "MEETING", "其他会议"


class StudyContent(TextChoices):
    """The three kinds of content of study (2.2.1.1d)."""

    THEORY = "THEORY", "政治理论"
    SKILL = "SKILL", "实践技能"
    BUSINESS = "BUSINESS", "业务知识"


class PlaceKind(TextChoices):
    """Where a visit went (2.2.2.2a)."""

    GRASSROOTS = "GRASSROOTS", "基层"
    PROJECT = "PROJECT", "重点项目"
    SITE = "SITE", "工地"
    COMMUNITY = "COMMUNITY", "小区"
    DEVELOPER = "DEVELOPER", "开发单位"
    ENTERPRISE = "ENTERPRISE", "企业"
    OTHER = "OTHER", "其他"


class VisitForm(TextChoices):
    """How opinions were heard (2.2.2.2a)."""

    ON_SITE = "ON_SITE", "实地走访"
    SYMPOSIUM = "SYMPOSIUM", "座谈会"
    INTERVIEW = "INTERVIEW", "个别访谈"
    OTHER = "OTHER", "其他"


class Presence(TextChoices):
    """A person's part; leave and absence count for nothing but stand in the archive (2.2.1.1a)."""

    PRESENT = "PRESENT", "参加"
    SPEAKER = "SPEAKER", "主讲、主持"
    LEAVE = "LEAVE", "请假"
    ABSENT = "ABSENT", "缺席"


class Relay(TextChoices):
    """How a unit held its mobilisation: one sitting is asked for, not one per layer."""

    OWN = "OWN", "单独召开"
    JOINT = "JOINT", "合并召开"
    RELAYED = "RELAYED", "传达学习"


class TripState(TextChoices):
    """走出去、请进来: asked for, decided, reported (2.2.1.2, 2.2.1.3)."""

    ASKED = "ASKED", "待批准"
    APPROVED = "APPROVED", "已批准"
    REFUSED = "REFUSED", "不批准"
    REPORTED = "REPORTED", "已报成果"


class LessonAnswer(TextChoices):
    """What the bureau said of a lesson or of an expert's advice."""

    ADOPTED = "ADOPTED", "采纳"
    DECLINED = "DECLINED", "不采纳"


class ConversionKind(TextChoices):
    """What research was turned into (2.2.2.3c)."""

    MATTER = "MATTER", "转为事项"
    PROBLEM = "PROBLEM", "列入问题台账"
    INSTITUTION = "INSTITUTION", "形成制度"
    SUGGESTION = "SUGGESTION", "形成建议"


class FollowUpKind(TextChoices):
    """What a talk leads to (2.2.2.1c)."""

    REMIND = "REMIND", "提醒"
    RECTIFY = "RECTIFY", "整改"


class AbsenceKind(TextChoices):
    """Why somebody was away for long; his yearly figures are asked pro rata."""

    SICK = "SICK", "病假"
    MATERNITY = "MATERNITY", "产假、育儿假"
    TRAINING = "TRAINING", "脱产学习"
    SECONDED = "SECONDED", "借调、抽调"
    OTHER = "OTHER", "其他"


TALKS = frozenset({ActivityKind.POLITICAL_TALK, ActivityKind.HEART_TALK})
"""Of these only the two people know what was said."""
TRIPS = frozenset({ActivityKind.OUTGOING, ActivityKind.EXPERT})
STUDY = frozenset({ActivityKind.GROUP_STUDY, ActivityKind.OWN_STUDY, ActivityKind.LECTURE, ActivityKind.EXPERT})
"""Kinds that count as study days by themselves."""
FIELD = frozenset({ActivityKind.RESEARCH, ActivityKind.FRONTLINE, ActivityKind.VISIT})
"""Kinds entered with the visit form."""
COUNTING = frozenset({Presence.PRESENT, Presence.SPEAKER})
"""Presences whose half-days count."""
