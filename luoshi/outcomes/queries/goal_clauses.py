"""Which clause of the plan states each goal: found by the plan's own words, so that a figure cites its sentence."""

from __future__ import annotations

from luoshi.outcomes.rules import GOALS
from luoshi.plan.models import Clause, Plan
from luoshi.plan.queries.clauses import texts_in_force

WORDS = {
    "style": ("作风",),
    "effect": ("效能", "满意", "服务", "效率", "环境"),
    "mind": ("思想", "观念", "解放", "改革", "任务"),
}
"""The first clause below 目标 that has one of these words; a goal whose words it has not is the chapter's."""


def goal_clauses(plan: Plan) -> dict[str, Clause]:
    """Goal → clause, as far as the text in force has a chapter of goals; two queries."""
    version = texts_in_force([plan.pk]).get(plan.pk)
    rows = list(Clause.objects.filter(version=version).order_by("order")) if version is not None else []
    chapter = next((one for one in rows if "目标" in one.title), None)
    if chapter is None:
        return {}
    below = [one for one in rows if one.parent_id == chapter.pk]
    found: dict[str, Clause] = {}
    for key, words in WORDS.items():
        free = [one for one in below if one not in found.values()]
        found[key] = next((one for one in free if any(word in one.title for word in words)), chapter)
    return {one.key: found[one.key] for one in GOALS}
