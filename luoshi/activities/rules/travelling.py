"""走出去、请进来: what may be suggested on the form, who decides, how often is worth a word (2.2.1.2, 2.2.1.3)."""

from __future__ import annotations

from collections.abc import Collection

from luoshi.org.rules import Duty

TOPICS = ("房地产监管", "物业管理", "建筑业监管", "老旧小区改造", "思想解放做法")
"""Subjects that the plan names; others may be typed."""
FORMS = ("讲座授课", "现场指导", "专题调研", "规划咨询")
"""How an expert helps; others may be typed."""
YEAR = 365
OFTEN = 2
"""Trips of one person, or to one place, in a year that are told to whoever decides. Nothing is refused for it."""
LESSON_LONGEST = 300
LESSONS_MOST = 30


def why_not_decide(duties: Collection[str], *, led: bool, goes_himself: bool) -> str:
    """Why somebody with these duties may not answer a request, empty where he may.

    >>> why_not_decide({"LEADER"}, led=True, goes_himself=True)
    '您本人也在名单里，请主要领导审批。'
    >>> why_not_decide({"CHIEF"}, led=False, goes_himself=True)
    ''
    """
    held = frozenset(duties)
    if Duty.CHIEF in held:
        return ""
    if Duty.LEADER not in held or not led:
        return "由分管领导或主要领导审批。"
    return "您本人也在名单里，请主要领导审批。" if goes_himself else ""


def often(total: int, host: str, there: int, people: Collection[tuple[str, int]]) -> list[str]:
    """What whoever decides is told of how often it was done in the last twelve months; no number is too many.

    >>> often(3, "青山县住建局", 2, [("林晓舟", 3), ("温以宁", 1)])
    ['近12个月本局走出去3次。', '其中去过青山县住建局2次。', '林晓舟近12个月已外出考察3次。']
    >>> often(0, "青山县住建局", 0, [])
    []
    """
    lines = [f"近12个月本局走出去{total}次。"] if total else []
    lines += [f"其中去过{host}{there}次。"] if there else []
    lines += [f"{name}近12个月已外出考察{number}次。" for name, number in people if number >= OFTEN]
    return lines
