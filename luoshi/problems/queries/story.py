"""One problem's story: its timeline, its matters with their lamps, and what happened since a form was opened."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.lib import clock
from luoshi.matters.queries import Row, clock_of
from luoshi.matters.queries import row as matter_row
from luoshi.problems.models import Problem, ProblemEvent, ProblemEvidence, Sighting
from luoshi.problems.queries.people import matters_of
from luoshi.problems.rules import MOVES, RaiserAnswer, Source
from luoshi.workdays.rules import told

EVENT_LABELS = {"open": "登记问题", **{name: move.label for name, move in MOVES.items()}}


def changes_since(problem: Problem, version: int) -> list[str]:
    """What happened after a version, one Chinese line each, for the page that says a form came too late."""
    events = ProblemEvent.objects.filter(problem=problem, version__gt=version).select_related("operator")
    return [
        f"{clock.local(one.at):%m-%d %H:%M} {one.operator or '系统'} {EVENT_LABELS.get(one.move, one.move)}"
        + (f"：{one.note[:60]}" if one.note else "")
        for one in events.order_by("id")
    ]


def timeline(problem: Problem) -> list[dict[str, Any]]:
    """Every event, oldest first, ready to print; two queries whatever its length.

    Keys: id, cycle, move, label, at, on, who, standing_in_for, decided, note, details (lines), evidence (pk, name,
    size of each).
    """
    events = ProblemEvent.objects.filter(problem=problem).select_related("operator", "decided_by").order_by("id")
    proofs: dict[int, list[dict[str, Any]]] = {}
    for proof in ProblemEvidence.objects.filter(event__problem=problem).select_related("evidence").order_by("id"):
        file = proof.evidence
        proofs.setdefault(proof.event_id, []).append({"pk": str(file.pk), "name": file.name, "size": file.size})
    return [_line(one, proofs.get(one.pk, [])) for one in events]


def _line(event: ProblemEvent, evidence: list[dict[str, Any]]) -> dict[str, Any]:
    another = event.decided_by is not None and event.decided_by_id != event.operator_id
    decided_on = f" {event.decided_on:%Y-%m-%d}" if event.decided_on else ""
    return {
        "id": event.pk,
        "cycle": event.cycle,
        "move": event.move,
        "label": EVENT_LABELS.get(event.move, event.move),
        "at": event.at,
        "on": event.on,
        "who": str(event.operator) if event.operator else "系统",
        "standing_in_for": event.standing_in_for,
        "decided": f"{event.decided_by}{decided_on}决定" if another else "",
        "note": event.note,
        "details": details(event),
        "evidence": evidence,
    }


def details(event: ProblemEvent) -> list[str]:
    """The facts of an event in lines, out of its data."""
    data, lines = event.data, []
    if event.move == "open" and data.get("sheet"):
        lines.append(f"从台账“{data['sheet']}”第{data['row']}行导入，列为{data['standing']}")
    if event.move in ("start", "order"):
        who = "、".join(one for one in (data.get("unit", ""), data.get("owner", "")) if one and one != "（空）")
        lines += [f"原因：{data.get('cause', '')}", f"措施：{data.get('measure', '')}"]
        lines.append(f"{who}负责，{_day(data['due_on'])}前改好")
        if data.get("units"):
            lines.append(f"交办：{'、'.join(data['units'])}")
    if event.move == "reschedule":
        lines.append(f"整改时限由{_day(data['from'])}改为{_day(data['to'])}")
    if event.move == "amend":
        lines += [f"{label}：{was} → {now}" for label, was, now in data.get("changed", [])]
    if event.move == "accept":
        if data.get("raiser_answer"):
            said = f"：{data['raiser_words']}" if data.get("raiser_words") else ""
            lines.append(f"回访反映人，{RaiserAnswer(data['raiser_answer']).label}{said}")
        lines.append(f"回头看时间：{_day(data['look_back_on'])}")
    if event.move == "look_back":
        lines.append("没有反弹，问题已解决")
    if event.move == "rebound":
        lines.append(
            f"{_day(data['closed_on'])}由{data['closed_by']}验收销号的，重新整改，{_day(data['due_on'])}前改好"
        )
    if event.move == "see_again":
        place = f"，{data['place']}" if data.get("place") else ""
        lines.append(f"{Source(data['source']).label}，{_day(data['seen_on'])}{place}")
    return lines


def _day(day: str) -> str:
    return told(date.fromisoformat(day)) if day else "（未定）"


def sightings(problem: Problem) -> list[Sighting]:
    """Who met it again, oldest first."""
    return list(Sighting.objects.filter(problem=problem).select_related("by", "unit").order_by("id"))


def matter_lines(problem: Problem, on: date) -> list[tuple[Row, int]]:
    """Its matters as rows with the round each belongs to."""
    found = matters_of(problem)
    if not found:
        return []
    time = clock_of(problem.bureau_id, on)
    return [(matter_row(one, on=on, clock=time), one.rectification.cycle) for one in found]
