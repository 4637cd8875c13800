"""公示期: how many working days something is shown before it counts, and the arithmetic of its last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.rules.dates import reckon
from luoshi.plan.queries.ruling import rule
from luoshi.workdays import queries as workdays

OBJECTION = "objection_days"


@dataclass(frozen=True, slots=True)
class Window:
    """The last day, and the arithmetic as it is stored."""

    until: date
    basis: dict[str, Any]


def window(bureau_id: int, shown_on: date, *, slot: str = OBJECTION) -> Window:
    """The days of showing, from the day after; by the rule that holds on the day it is shown."""
    spoke = rule(slot, bureau_id=bureau_id, on=shown_on)
    if spoke.value["unit"] not in ("WORKDAY", "DAY"):
        raise NotAllowed(f"公示期的规则（{spoke.citation}）要按工作日或日计算，请先更正规则。")
    asked = {"start": shown_on.isoformat(), "number": int(spoke.value["number"]), "unit": spoke.value["unit"]}
    found = reckon(asked, workdays.calendar(bureau_id))
    return Window(found.due, {**found.basis, "citation": spoke.citation})


def why_window(basis: Mapping[str, Any], until: date | None) -> list[str]:
    """The whole arithmetic of the last day, line by line."""
    if not basis or until is None:
        return []
    unit = "日" if basis.get("unit") == "DAY" else "个工作日"
    lines = [f"依据：{basis['citation']}", f"{basis['start']}公示，当天不计（第0日）"]
    for day, nth, reason in basis.get("days", []):
        because = f"（{reason}）" if reason and reason != "工作日" else ""
        lines.append(f"{day} " + (f"第{nth}{unit}" if nth else "不计") + because)
    return [*lines, f"截止：{until}，满期后才能审定"]
