"""One matter: where it stands, its dates with their why, what I may do now, and its whole story."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters import queries, services
from luoshi.matters.models import EventEvidence, Matter
from luoshi.matters.queries.lists import left_words
from luoshi.matters.rules import State
from luoshi.matters.views.doing import acts
from luoshi.matters.views.loaders import Request, file_answer, load_matter
from luoshi.matters.views.picture import picture
from luoshi.matters.views.shown import lamp_face
from luoshi.org.access import STAFF, route
from luoshi.records.queries import trail
from luoshi.workdays.queries import calendar

STEPS = (
    ("拟办", "open"), ("立项", "approve"), ("交办", "assign"), ("签收", "accept"), ("反馈", "feed_back"),
    ("核查", "verify"), ("办结", "close"), ("归档", "archive"),
)  # fmt: skip
AWAITED = {
    State.DRAFT: 1, State.APPROVED: 2, State.ASSIGNED: 3, State.ACCEPTED: 4, State.SUSPENDED: 4, State.SUBMITTED: 5,
    State.VERIFIED: 6, State.CLOSED: 7, State.ARCHIVED: 8,
}  # fmt: skip
"""Which of STEPS a state waits for."""


def without_matter(query: str) -> str:
    """The list's address as it is without the pane."""
    kept = QueryDict(query.removeprefix("?"), mutable=True)
    kept.pop("matter", None)
    return f"?{kept.urlencode()}"


def steps(matter: Matter, story: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The way of a matter with the step it waits for; each done step with its day in the present cycle."""
    days = {"open": matter.opened_on, **{one["move"]: one["on"] for one in story if one["cycle"] == matter.cycle}}
    days["feed_back"] = matter.first_feedback_on
    at = AWAITED.get(State(matter.state))
    if at is None:  # cancelled: it stopped where it stood
        at = sum(1 for _, move in STEPS if days.get(move))
        found = [(word, move, "done" if place < at else "todo") for place, (word, move) in enumerate(STEPS)]
    else:
        found = [
            (word, move, "done" if place < at else "now" if place == at else "todo")
            for place, (word, move) in enumerate(STEPS)
        ]
    return [{"label": word, "state": state, "on": days.get(move) if state == "done" else None}
            for word, move, state in found]  # fmt: skip


def dates(matter: Matter, on: date) -> list[dict[str, Any]]:
    """The dates of the present cycle: how far off, in time or late, and why that day."""
    days = calendar(matter.bureau_id)
    found = []
    for one in queries.deadline_lines(matter):
        if one["met_on"]:
            lamp, words = ("red", f"{one['met_on']} 完成，逾期") if one["late"] else ("done", f"{one['met_on']} 完成")
        elif matter.state == State.SUSPENDED:
            lamp, words = "grey", "中止，暂停计算"
        else:
            lamp = "red" if on > one["due_on"] else ""
            words = left_words(one["due_on"], on, days)
        found.append({**one, "lamp": lamp, "words": words})
    return sorted(found, key=lambda one: one["due_on"])


def events(matter: Matter, story: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The story as the timeline prints it, newest first: who clicked, for whom, who decided, what was said."""
    found = []
    for one in reversed(story):
        told = one["feedback"] or {}
        lines = [one["note"], *one["details"]]
        if told:
            lines[1:1] = [f"{word}：{told[key]}" for key, word in (("next_step", "下步计划"), ("obstacles", "需协调"))
                          if told[key]]  # fmt: skip
        found.append(
            {
                "at": one["at"],
                "title": f"{one['label']} · 进展{told['progress']}%" if told else one["label"],
                "who": f"{one['who']}（代{one['standing_in_for']}）" if one["standing_in_for"] else one["who"],
                "decided": one["decided"],
                "note": "\n".join(line for line in lines if line),
                "tone": {"send_back": "late", "decline": "late", "close": "done"}.get(one["move"], ""),
                "files": [evidence_line(matter, file) for file in one["evidence"]],
            }
        )
    return found


def evidence_line(matter: Matter, file: dict[str, Any]) -> dict[str, Any]:
    return {**file, "url": reverse("matters:evidence", args=[matter.public_id, file["pk"]])}


def traces(matter: Matter) -> list[dict[str, Any]]:
    """The matter's entries in the chain, newest first, each act by its word; those of its whole list are among them."""
    words = settings.LUOSHI_ACT_WORDS
    return [
        {"at": one.at, "actor": one.actor, "word": words.get(one.act, one.act),
         "decided_by": one.decided_by, "decided_on": one.decided_on}
        for one in trail(matter, through=matter.task_list)
    ]  # fmt: skip


def shown(request: Request, matter: Matter, on: date, back: str = "") -> dict[str, Any]:
    """Everything a matter's page (or the pane of the list) prints; a constant number of queries."""
    story, days = queries.timeline(matter), calendar(matter.bureau_id)
    roles = queries.roles_of(request.user, matter, on)
    row = queries.row(matter, on=on, clock=queries.clock_of(matter.bureau_id, on))
    sentence = matter.clause.version.text[matter.clause.start : matter.clause.end].strip() if matter.clause else ""
    requests = queries.extension_lines(matter)
    files = [evidence_line(matter, file) for one in story for file in one["evidence"]]
    return {
        "matter": matter,
        "row": row,
        "face": lamp_face(row.lamp),
        "steps": steps(matter, story),
        "dates": dates(matter, on),
        "events": events(matter, story),
        "files": files,
        "parties": queries.part_lines(matter, on, days),
        "road": road(matter, on, days),
        "extensions": requests,
        "sentence": sentence,
        "back": back,
        "close": without_matter(back),
        "handed_out": matter.assigned_at is not None,
        "may_pack": matter.state == State.ARCHIVED and queries.may_pack(request.user, request.held, matter),
        "fed_back": any(one["feedback"] for one in story),
        "trail": traces(matter) if roles else [],
        **acts(request, matter, story, roles, on, requests),
    }


def road(matter: Matter, on: date, days: Any) -> dict[str, Any]:
    """The roadmap's section: the version in force or what is owed, its picture, and the versions before."""
    facts = queries.roadmap_facts(matter, on, days)
    due = queries.roadmap_due(matter) if matter.state == State.ACCEPTED and not facts["accepted"] else None
    late = bool(due and due.on and on > due.on and not facts["proposed"])
    drawn = facts["accepted"] or facts["proposed"]
    return {**facts, "due": due, "late": late, "picture": picture(drawn["steps"], on) if drawn else None}


@route(may=STAFF)
@require_safe
@load_matter
def detail(request: Request, matter: Matter) -> HttpResponse:
    """A matter's page; beside the list (HTMX) only its body, with the way back to the list's filters."""
    on = clock.today()
    if not request.htmx:
        return render(request, "matters/detail.html", shown(request, matter, on))
    query = urlsplit(request.htmx.current_url or "").query
    return render(request, "matters/detail.html#body", shown(request, matter, on, f"?{query}"))


@route(may=STAFF)
@require_safe
@load_matter
def evidence(request: Request, matter: Matter, evidence_id: str) -> HttpResponse:
    """Download a piece of evidence, byte for byte, under its own name; only for those who see the matter."""
    proofs = EventEvidence.objects.filter(event__matter=matter).select_related("evidence")
    file = get_object_or_404(proofs, evidence_id=evidence_id).evidence
    services.take_copy(matter, what=f"下载佐证：{file.name}", by=request.user, on=clock.today())
    return file_answer(file)
