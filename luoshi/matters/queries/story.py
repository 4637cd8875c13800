"""One matter's story: its timeline, what happened since a form was opened, and why each date is what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.lib import clock
from luoshi.matters.models import Deadline, EventEvidence, Feedback, Matter, MatterEvent
from luoshi.matters.rules import MOVES, DeadlineKind, FeedbackKind
from luoshi.workdays.rules import WEEKDAYS

EVENT_LABELS = {"open": "拟办", "recount": "重算时限", **{name: move.label for name, move in MOVES.items()}}


def timeline(matter: Matter) -> list[dict[str, Any]]:
    """Every event of a matter, oldest first, ready to print; three queries whatever its length.

    Keys: id, cycle, move, label, at, on, who, standing_in_for, decided (who decided and when, where another
    clicked), note, names (units concerned), details (lines), feedback (label, progress, obstacles, next_step,
    next_on, or None), evidence (pk, name, size of each), automatic.
    """
    events = list(MatterEvent.objects.filter(matter=matter).select_related("operator", "decided_by").order_by("id"))
    told = {one.event_id: one for one in Feedback.objects.filter(matter=matter)}
    proofs: dict[int, list[dict[str, Any]]] = {}
    for proof in EventEvidence.objects.filter(event__matter=matter).select_related("evidence").order_by("id"):
        file = proof.evidence
        proofs.setdefault(proof.event_id, []).append({"pk": str(file.pk), "name": file.name, "size": file.size})
    return [_line(one, told.get(one.pk), proofs.get(one.pk, [])) for one in events]


def _line(event: MatterEvent, feedback: Feedback | None, evidence: list[dict[str, Any]]) -> dict[str, Any]:
    another = event.decided_by is not None and event.decided_by_id != event.operator_id
    decided_on = f" {event.decided_on:%Y-%m-%d}" if event.decided_on else ""
    return {
        "id": event.pk,
        "cycle": event.cycle,
        "move": event.move,
        "label": FeedbackKind(feedback.kind).label if feedback else EVENT_LABELS.get(event.move, event.move),
        "at": event.at,
        "on": event.on,
        "who": str(event.operator) if event.operator else "系统",
        "standing_in_for": event.standing_in_for,
        "decided": f"{event.decided_by}{decided_on}决定" if another else "",
        "note": event.note,
        "names": event.data.get("names", ""),
        "details": details(event),
        "feedback": {
            "label": FeedbackKind(feedback.kind).label,
            "progress": feedback.progress,
            "done": feedback.done,
            "obstacles": feedback.obstacles,
            "next_step": feedback.next_step,
            "next_on": feedback.next_on,
        }
        if feedback
        else None,
        "evidence": evidence,
        "automatic": event.operator_id is None,
    }


def details(event: MatterEvent) -> list[str]:
    """The facts of an event in lines, out of its data."""
    data, lines = event.data, []
    if event.move in ("assign", "reopen") and data.get("day0_on"):
        lines += [
            f"起算日（第0日）：{told(data['day0_on'])}",
            f"首次反馈时限：{told(data['feedback_due_on'])}",
            f"办结时限：{told(data['due_on'])}",
        ]
    if event.move in ("extend", "grant_extension"):
        asked = f"（申请延至{told(data['wanted'])}）" if data.get("wanted") else ""
        lines.append(f"办结时限由{told(data['from'])}延至{told(data['to'])}{asked}")
    if event.move in ("resume", "recount"):
        lines += [
            f"{DeadlineKind(kind).label}时限由{told(was)}改为{told(now)}"
            for kind, was, now in data.get("moved", [])
            if was != now
        ]
    if data.get("rest_day"):
        lines.append(f"该时限为休息日（{data['rest_day']}），按清单原定日期执行")
    if event.move == "reassign":
        lines.append(f"由{data['from']}调整为{data['to']}")
    if event.move == "allot":
        lines.append(f"承办人：{data['handler']}" + (f"（原承办人{data['before']}）" if data.get("before") else ""))
    if event.move == "approve" and data.get("number"):
        lines.append(f"编号第{data['number']}号")
    lines += _flow_details(event.move, data)
    if data.get("next_on"):
        lines.append(f"下次反馈：{told(data['next_on'])}")
    if data.get("follow_up_title"):
        lines.append(f"据此另立事项：{data['follow_up_title']}")
    if data.get("source_note"):
        lines.append(f"出处：{data['source_note']}")
    if data.get("urgent"):
        lines.append("加急（工作时间外）")
    return lines


def _flow_details(move: str, data: dict[str, Any]) -> list[str]:
    """The facts of parts, roadmaps and requests."""
    lines = []
    if move == "ask_extension":
        lines.append(f"申请将办结时限由{told(data['from'])}延至{told(data['to'])}")
    if move == "refuse_extension":
        lines.append(f"仍按{told(data['due_on'])}办结并考核")
    if move in ("propose_roadmap", "accept_roadmap", "return_roadmap"):
        lines.append(f"第{data['number']}版")
        lines += [f"{place}. {words}：{told(day)}" for place, (words, day) in enumerate(data.get("steps", []), 1)]
    if move == "finish_step":
        lines.append(f"{data['step']}：{told(data['done_on'])}完成（计划{data['due_on']}）")
    if move == "undo_step":
        lines.append(f"{data['step']}：恢复为未完成")
    if move == "resume" and data.get("steps"):
        lines.append(f"路线图未完成的步骤顺延{data['steps']}个工作日，不计滞后")
    if move in ("receive", "allot_part") and data.get("handler"):
        was = f"（原承办人{data['before']}）" if data.get("before") else ""
        lines.append(f"{data.get('unit', '')}承办人：{data['handler']}{was}")
    if move == "return_part":
        lines.append(f"{data['names']}不再协办，由局办公室处理")
    if move == "contribute" and data.get("unit"):
        lines.append(f"{data['unit']}" + ("：分工已完成" if data.get("finished") else "：还在配合"))
    if move == "urge_part" and data.get("names"):
        lines.append(f"催办：{data['names']}")
    if move == "adjust_parties":
        words = (("added", "增加协办"), ("ended", "不再协办"), ("changed", "分工改为"))
        lines += [f"{word}：{'、'.join(data[key])}" for key, word in words if data.get(key)]
    lines += [f"并入{unit}协办反馈：{words}" for unit, words in data.get("consolidated", [])]
    return lines


def changes_since(matter: Matter, version: int) -> list[str]:
    """What happened after a version, one Chinese line each, for the page that says a form came too late."""
    events = MatterEvent.objects.filter(matter=matter, version__gt=version).select_related("operator").order_by("id")
    return [
        f"{clock.local(one.at):%m-%d %H:%M} {one.operator or '系统'} {EVENT_LABELS.get(one.move, one.move)}"
        + (f"：{one.note[:60]}" if one.note else "")
        for one in events
    ]


def told(day: date | str) -> str:
    """A day as the product prints it.

    >>> told(date(2026, 11, 23))
    '2026-11-23 周一'
    """
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day:%Y-%m-%d} 周{WEEKDAYS[day.weekday()]}"


def why(deadline: Deadline) -> list[str]:
    """A deadline's whole arithmetic in lines: source, day 0, each day counted or skipped, pauses, extensions."""
    basis, kind = deadline.basis, DeadlineKind(deadline.kind).label
    lines = [f"依据：{deadline.citation}", f"起算日（第0日）：{told(deadline.day0_on)}"]
    if basis.get("reached"):
        lines.append(basis["reached"])
    if deadline.number is not None:
        unit = "日" if basis.get("unit") == "DAY" else "个工作日"
        lines.append(f"期限：{deadline.number}{unit}，起算日不计入")
        for day, nth, reason in basis.get("days", []):
            lines.append(f"{told(day)} " + (f"第{nth}{unit}" if nth else "不计") + _because(reason))
    lines += basis.get("counted", [])
    if basis.get("rest_day"):
        lines.append(f"{told(deadline.original_on)}为休息日（{basis['rest_day']}），清单写明的日期不顺延")
    for one in basis.get("moves", []):
        if one["kind"] == "pause":
            lines.append(
                f"中止{told(one['from'])}至{told(one['to'])}，共{one['number']}个工作日，时限顺延至{told(one['due'])}"
            )
        else:
            lines.append(
                f"{told(one['on'])}{one['by']}批准延期：由{told(one['was'])}延至{told(one['due'])}，{one['why']}"
            )
    if deadline.original_on != deadline.due_on:
        lines.append(f"原定{told(deadline.original_on)}")
    lines.append(f"{kind}时限：{told(deadline.due_on)}")
    if deadline.provisional:
        lines.append("暂定：跨入放假安排尚未公布的年度，公布后重新计算，提前的会通知承办人")
    return lines


def _because(reason: str) -> str:
    return f"（{reason}）" if reason and reason != "工作日" else ""


def deadline_lines(matter: Matter) -> list[dict[str, Any]]:
    """The dates of a matter's present cycle, each with its why: label, due_on, original_on, provisional, met, why."""
    rows = Deadline.objects.filter(matter=matter, cycle=matter.cycle, ended_on=None).order_by("id")
    return [
        {
            "kind": one.kind,
            "label": DeadlineKind(one.kind).label,
            "due_on": one.due_on,
            "original_on": one.original_on,
            "provisional": one.provisional,
            "met_on": one.met_on,
            "late": one.met_on is not None and one.met_on > one.due_on,
            "why": why(one),
        }
        for one in rows
    ]
