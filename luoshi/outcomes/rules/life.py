"""总结报告's life: 起草 → 送审 → 印发; what was issued is never edited, a correction is a new edition (2.3.1a)."""

from __future__ import annotations

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move
from luoshi.outcomes.rules.access import CHIEF, OFFICE

MOST = 5000
"""综合性文件、报告一般不超过5000字 (整治形式主义为基层减负若干规定); the issue is refused above it."""


class SummaryKind(TextChoices):
    MID = "MID", "中期总结"
    CLOSING = "CLOSING", "总结报告"


class SummaryState(TextChoices):
    DRAFT = "DRAFT", "起草"
    SUBMITTED = "SUBMITTED", "待审定"
    ISSUED = "ISSUED", "已印发"
    VOID = "VOID", "已作废"


STATE_WORDS = {str(value): str(label) for value, label in SummaryState.choices}


class OutsideKind(TextChoices):
    """What the product cannot know by itself."""

    APPROVAL_DAYS = "APPROVAL_DAYS", "审批平均用时"
    BAD_REVIEWS = "BAD_REVIEWS", "差评"
    SURVEY = "SURVEY", "第三方满意度测评"


OUTSIDE_UNITS = {OutsideKind.APPROVAL_DAYS: "个工作日", OutsideKind.BAD_REVIEWS: "件", OutsideKind.SURVEY: "%"}

MOVES = {
    "edit": Move(frozenset({SummaryState.DRAFT}), None, frozenset({OFFICE}), "修改"),
    "redraw": Move(frozenset({SummaryState.DRAFT}), None, frozenset({OFFICE}), "重新取数"),
    "submit": Move(frozenset({SummaryState.DRAFT}), SummaryState.SUBMITTED, frozenset({OFFICE}), "送审"),
    "give_back": Move(
        frozenset({SummaryState.SUBMITTED}), SummaryState.DRAFT, frozenset({OFFICE, CHIEF}), "退回修改", reason=True
    ),
    "issue": Move(frozenset({SummaryState.SUBMITTED}), SummaryState.ISSUED, frozenset({OFFICE, CHIEF}), "审定印发"),
    "revise": Move(frozenset({SummaryState.ISSUED}), None, frozenset({OFFICE}), "更正重印", reason=True),
    "void": Move(frozenset({SummaryState.DRAFT}), SummaryState.VOID, frozenset({OFFICE}), "作废", reason=True),
}

SECTIONS = (
    ("head", "基本情况"),
    ("work", "主要做法"),
    ("cured", "查摆整改"),
    ("system", "建章立制"),
    ("effect", "成效对照"),
    ("lacks", "存在的问题和原因"),
    ("next", "下一步打算"),
)
"""The chapters of a report, in order: 做法、成效（数据）、问题、原因、建章立制、下步."""
