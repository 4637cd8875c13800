"""One problem's story: what happened since a form was opened, in lines."""

from __future__ import annotations

from luoshi.lib import clock
from luoshi.problems.models import Problem, ProblemEvent
from luoshi.problems.rules import MOVES

EVENT_LABELS = {"open": "登记问题", **{name: move.label for name, move in MOVES.items()}}


def changes_since(problem: Problem, version: int) -> list[str]:
    """What happened after a version, one Chinese line each, for the page that says a form came too late."""
    events = ProblemEvent.objects.filter(problem=problem, version__gt=version).select_related("operator")
    return [
        f"{clock.local(one.at):%m-%d %H:%M} {one.operator or '系统'} {EVENT_LABELS.get(one.move, one.move)}"
        + (f"：{one.note[:60]}" if one.note else "")
        for one in events.order_by("id")
    ]
