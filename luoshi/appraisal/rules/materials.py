"""个人年度材料 (3.3b, 2.3.2): its life and the facts it may hold; evidence, never a score, a rank or an order.

Time of study, research and presence is not among the facts, and talks are not: what one does for a matter, a problem,
a promise counts as what came of it.
"""

from __future__ import annotations

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move


class MaterialState(TextChoices):
    DRAWN = "DRAWN", "已提取"
    SHOWN = "SHOWN", "待本人核对"
    ANSWERED = "ANSWERED", "本人有意见"
    AGREED = "AGREED", "本人无异议"
    HANDED_IN = "HANDED_IN", "已报送"


class FactKey(TextChoices):
    """What a person's material tells, in this order."""

    MATTERS = "MATTERS", "承办并办结的事项"
    RETURNED = "RETURNED", "被退回过的事项"
    OVERDUE = "OVERDUE", "逾期办结的事项"
    PROBLEMS = "PROBLEMS", "负责并销号的问题"
    PROMISES = "PROMISES", "公开承诺兑现"
    REMARKS = "REMARKS", "承办事项受上级通报"


OFFICE, SELF = "office", "self"

MOVES = {
    "redraw": Move(frozenset({MaterialState.DRAWN, MaterialState.ANSWERED}), MaterialState.DRAWN, frozenset({OFFICE}),
                   "重新提取"),
    "show": Move(frozenset({MaterialState.DRAWN}), MaterialState.SHOWN, frozenset({OFFICE}), "送本人核对"),
    "answer": Move(frozenset({MaterialState.SHOWN}), MaterialState.ANSWERED, frozenset({SELF}), "提出意见"),
    "agree": Move(frozenset({MaterialState.SHOWN}), MaterialState.AGREED, frozenset({SELF}), "确认无异议"),
    "reply": Move(frozenset({MaterialState.ANSWERED}), None, frozenset({OFFICE}), "答复"),
    "hand_in": Move(
        frozenset({MaterialState.ANSWERED, MaterialState.AGREED, MaterialState.SHOWN}), MaterialState.HANDED_IN,
        frozenset({OFFICE}), "报送",
    ),
}  # fmt: skip
HEAR_DAYS = 5
"""Working days in which a person answers; only then may a material without an answer be handed in."""
