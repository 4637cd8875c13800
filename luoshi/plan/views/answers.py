"""What the reading screen is told after an act by HTMX: only the parts that changed, each in its own place."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render

from luoshi.plan import queries
from luoshi.plan.models import Clause, Duty, PlanVersion
from luoshi.plan.page import Block, Mark, blocks, marks_of
from luoshi.plan.views.loaders import Request, may_decide
from luoshi.plan.views.reading import STATES, chosen_filter, progress_of, rows_of, version_duties


def changed(
    request: Request, version: PlanVersion, pks: Iterable[int], *, said: str = "", clause: Clause | None = None
) -> HttpResponse:
    """After a decision: the rows that changed, their tags and clause marks in the text, the progress, a fresh key.

    `clause` is one that was marked: with it all below and above may stand otherwise.
    """
    wanted = list(pks)
    slots = set(Duty.objects.filter(pk__in=wanted).exclude(slot="").values_list("slot", flat=True))
    touched = Q(pk__in=wanted) | Q(slot__in=slots, state="CONFIRMED")
    duties = list(version_duties(version).filter(touched))
    rows = rows_of(duties, version, office=may_decide(request, version.plan.bureau_id))
    accounting = queries.accounting(version.pk)
    paths = {one.clause.path for one in duties} | ({clause.path} if clause else set())
    marks = _marks(version, accounting, paths, below=clause)
    return _answer(request, version, accounting, {"rows": rows, "marks": marks}, here=0, said=said)


def reshaped(
    request: Request, version: PlanVersion, *, gone: Iterable[Duty], come: Iterable[Duty], said: str
) -> HttpResponse:
    """After adding, merging, splitting or undoing: rows that go and come, the lines of the text they stand in."""
    left, new = list(gone), list(come)
    duties = list(version_duties(version))
    rows = rows_of(duties, version, office=may_decide(request, version.plan.bureau_id))
    accounting = queries.accounting(version.pk)
    clauses = list(queries.clauses_of(version))
    spans = [(one.start, one.end) for one in [*left, *new]]
    lines = [one for one in blocks(version.text, clauses, rows, duties, accounting.standing) if _meets(one, spans)]
    fresh, orders = {one.pk for one in new}, {one.order for one in new}
    slots = {one.slot for one in new} - {""}
    siblings = [
        row
        for row, one in zip(rows, duties, strict=True)
        if one.pk not in fresh and (one.order in orders or (one.slot in slots and one.state == "CONFIRMED"))
    ]
    paths = {one.clause.path for one in duties if one.pk in fresh}
    parts = {
        "gone": [one.pk for one in left],
        "come": _anchored(rows, fresh, chosen_filter(request)),
        "rows": siblings,
        "lines": lines,
        "marks": _marks(version, accounting, paths),
    }
    return _answer(request, version, accounting, parts, here=new[0].pk, said=said)


def _answer(
    request: Request,
    version: PlanVersion,
    accounting: queries.Accounting,
    parts: dict[str, Any],
    *,
    here: int,
    said: str,
) -> HttpResponse:
    context = {
        **parts,
        **progress_of(version, accounting, chosen_filter(request)),
        "office": may_decide(request, version.plan.bureau_id),
        "submission": uuid.uuid4(),
        "swap": True,
    }
    answer = render(request, "plan/read.html#changed", context)
    answer.headers["HX-Reswap"] = "none"  # every part of the answer knows its own place
    answer.headers["HX-Trigger-After-Settle"] = json.dumps({"plan:done": {"here": here, "said": said}})
    return answer


def _marks(
    version: PlanVersion, accounting: queries.Accounting, paths: set[str], *, below: Clause | None = None
) -> list[Mark]:
    """The marks of some clauses, of all above them, and of all below one."""
    parts = [path.split("/") for path in paths]
    wanted = Q(path__in={"/".join(one[:place]) for one in parts for place in range(1, len(one) + 1)})
    if below is not None:
        wanted |= Q(path__startswith=f"{below.path}/")
    return marks_of(queries.clauses_of(version).filter(wanted), accounting.standing)


def _meets(block: Block, spans: list[tuple[int, int]]) -> bool:
    return any(start < block.end and block.start < end for start, end in spans)


def _anchored(rows: list[dict[str, Any]], fresh: set[int], chosen: str) -> list[dict[str, Any]]:
    """The new rows in runs, each with the row on the screen that it follows (0: the list's beginning)."""
    runs: list[dict[str, Any]] = []
    after = 0
    running = False
    for row in rows:
        if row["pk"] in fresh:
            if not running:
                runs.append({"after": after, "rows": []})
            runs[-1]["rows"].append(row)
            running = True
        elif chosen not in STATES or row["state"] == STATES[chosen]:
            after, running = row["pk"], False
    return runs
