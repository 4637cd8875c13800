"""问题台账: the list, filtered by its address, what is stuck above it, the chosen problem beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import STAFF, route
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.problems.forms.listing import MARKS, NAMED, QUIET, STANDINGS, FilterForm, address, wanted, words
from luoshi.problems.models import Problem
from luoshi.problems.queries import choices, listing
from luoshi.problems.queries.finding import ListFilter, filtered
from luoshi.problems.services.many import LABELS
from luoshi.problems.views.loaders import Request, load_problem

SEERS = frozenset(Duty) - ADMINISTRATORS
STRIP: dict[str, dict[str, Any]] = {
    "found": {"state": "found"}, "confirmed": {"state": "confirmed"}, "rectifying": {"state": "rectifying"},
    "applied": {"state": "applied"}, "overdue": {"overdue": True}, "waiting": {"state": "waiting"},
    "look_due": {"look_due": True}, "stuck": {"stuck": True},
}  # fmt: skip
"""The list that each figure opens."""
STRIP_WORDS = {**STANDINGS, **MARKS, "waiting": "待回头看"}
NO_STRIP: dict[str, Any] = {"state": "", **dict.fromkeys(("overdue", "look_due", "stuck"), "")}


MAY: dict[str, tuple[str, ...]] = {
    Duty.OFFICE: ("confirm", "assign", "dismiss"), Duty.CHIEF: ("confirm", "assign", "dismiss"),
    Duty.LEADER: ("confirm", "assign", "dismiss"), Duty.HEAD: ("confirm", "assign"),
}  # fmt: skip


def offered(request: Request) -> list[tuple[str, str]]:
    """The acts on many problems that somebody with these duties may ever make: (act, word)."""
    found = {name for duty in request.duties for name in MAY.get(duty, ())}
    return [(name, word) for name, word in LABELS.items() if name in found]


@dataclass(frozen=True, slots=True)
class Asked:
    """An address as understood: the values that hold, the words of the rows it names, the filter they make."""

    told: dict[str, Any]
    names: dict[str, str]
    mine_word: str
    filters: ListFilter
    rows: dict[str, Any]
    ledger: QuerySet[Problem]

    @property
    def words(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Each condition as (label, value, its names in the address)."""
        return words(self.told, self.names, self.mine_word)

    @property
    def sentence(self) -> str:
        """All conditions in one line, for print and the sheet."""
        told = "；".join(f"{label}：{value}" if label else value for label, value, _ in self.words)
        return told or "全部问题"

    @property
    def chips(self) -> list[dict[str, Any]]:
        """Each condition as a chip that takes it off."""
        return [
            {"label": f"{label}：{value}" if label else value, "on": True,
             "url": address(self.told, problem="", **dict.fromkeys(names, ""))}
            for label, value, names in self.words
        ]  # fmt: skip


def whose(request: Request) -> tuple[str, dict[str, int]]:
    """What 我的 means for this person: what names a leader, what a unit answers for, else what one is 责任人 of."""
    if request.duties & {Duty.LEADER, Duty.CHIEF}:
        return "责任领导是我的", {"leader_id": request.user.pk}
    heads = [one.unit_id for one in request.held if one.duty == Duty.HEAD and not one.standing_in_for]
    if heads:
        return "本单位的", {"unit_id": heads[0]}
    return ("责任人是我的", {"owner_id": request.user.pk}) if Duty.HANDLER in request.duties else ("", {})


def asked(request: Request, on: date) -> Asked:
    """Understand an address; a value that names nothing this person may name is dropped."""
    told = FilterForm(request.GET).values()
    ledger = listing.in_ledger(request.user, request.held, request.bureau, on)
    needs = request.bureau and (told["more"] or any(told[name] for name in NAMED))
    rows = choices.nameable(ledger, request.bureau, on) if needs else {}
    names = choices.named(rows, {name: told[name] for name in NAMED}) if rows else {}
    for name in NAMED:
        if name not in names:
            told[name] = None
    mine_word, mine = whose(request)
    if not mine_word:
        told["mine"] = None
    return Asked(told, names, mine_word, wanted(told, mine), rows, ledger)


def chips(told: dict[str, Any], name: str, found: list[tuple[Any, str]]) -> list[dict[str, Any]]:
    """The values of one filter as chips; choosing the chosen one again takes it off."""
    return [
        {"label": word, "on": str(told[name] or "") == str(value),
         "url": address(told, problem="", **{name: "" if str(told[name] or "") == str(value) else value})}
        for value, word in found
    ]  # fmt: skip


def strip(understood: Asked, on: date) -> dict[str, Any]:
    """The overview under the other conditions: figures that open their lists, by unit, and what is stuck with whom."""
    told = understood.told
    apart = replace(understood.filters, standing="", overdue=False, look_due=False, stuck=False)
    live = filtered(understood.ledger, apart, on)
    units = listing.standings(live, on)
    sums = listing.summed(units)

    def opens(name: str, **more: Any) -> str:
        return address(told, problem="", **{**NO_STRIP, **STRIP[name], **more})

    def chosen(name: str) -> bool:
        return all(told[key] == value for key, value in STRIP[name].items())

    def chip(name: str) -> dict[str, Any]:
        url = address(told, problem="", **NO_STRIP) if chosen(name) else opens(name)
        return {"label": STRIP_WORDS[name], "count": sums[name], "url": url, "on": chosen(name)}

    return {
        "figures": [chip(name) for name in listing.FIGURES if sums[name] or chosen(name)],
        "unit_heads": [STRIP_WORDS[name] for name in listing.FIGURES],
        "by_unit": [
            {"unit": one.unit,
             "cells": [
                 {"label": STRIP_WORDS[name], "count": one.counts[name],
                  "url": opens(name, **({"unit": one.unit_id} if one.unit_id else {"homeless": "True"}))}
                 for name in listing.FIGURES
             ]}
            for one in units
        ],
        "stuck": listing.stuck_rows(live, on) if sums["stuck"] else [],
        "stuck_count": sums["stuck"],
        "stuck_all": opens("stuck"),
    }  # fmt: skip


def further(understood: Asked, request: Request) -> FilterForm | None:
    """更多条件, drawn only when it is opened: its choices cost a query each."""
    if not understood.told["more"] or not understood.rows:
        return None
    form = FilterForm(request.GET)
    form.offer(choices.offers(understood.rows, understood.ledger), understood.told)
    return form


def why_empty(request: Request) -> str:
    """Why somebody sees no problem yet, and what will bring one."""
    if request.duties & {Duty.OFFICE, Duty.CHIEF, Duty.INSPECTOR, Duty.VERIFIER, Duty.DISCIPLINE}:
        return "走访、谈话、会议、投诉、督查里发现的问题登记以后会列在这里；以前用 Excel 记的台账可以整份导入。"
    return "您登记的、您单位负责整改的、责任人是您的问题会列在这里。"


@route(may=SEERS)
@require_safe
def ledger(request: Request) -> HttpResponse:
    """The page of the list; `?problem=` opens one beside it."""
    on = clock.today()
    understood = asked(request, on)
    told = understood.told
    page = listing.problem_list(understood.ledger, understood.filters, on=on, after_key=told["after"])
    open_one = str(told["problem"] or "")
    chosen = understood.ledger.filter(public_id=open_one).first() if open_one else None
    here = address(told, after=told["after"], problem="")
    context = {
        "page": page,
        "open_one": open_one if chosen else "",
        "q": told["q"] or "",
        "kept": {name: told[name] for name in told if told[name] and name not in (*QUIET, "q", "unit")},
        "states": chips(told, "state", [(key, STANDINGS[key]) for key in ("open", "solved")]),
        "whose": chips(told, "mine", [("True", understood.mine_word)]) if understood.mine_word else [],
        "orders": chips(told, "order", [("due", "按整改时限排")]),
        "set": understood.chips,
        "sentence": understood.sentence,
        "more": further(understood, request),
        "more_url": address(told, problem="", more="" if told["more"] else "1"),
        "units": org.units_of(request.bureau.pk, on) if request.bureau else [],
        "unit": told["unit"],
        "clear": address({}) if understood.words else "",
        "next": address(told, after=page.next_key, problem="") if page.next_key else "",
        "first": address(told, problem="") if told["after"] else "",
        "why_empty": why_empty(request),
        "many": offered(request) if page.rows else [],
        "here": here,
        "push": f"{here}{'&' if len(here) > 1 else ''}problem=",
        **strip(understood, on),
        **(beside(chosen, on, here) if chosen else {}),
    }
    return render(request, "problems/list.html", context)


def beside(problem: Problem, on: date, back: str) -> dict[str, Any]:
    """What stands beside the list of one problem."""
    return {"problem": problem, "row": listing.rows([problem], on)[0], "said": listing.said(problem), "close": back}


@route(may=STAFF)
@require_safe
@load_problem
def pane(request: Request, problem: Problem) -> HttpResponse:
    """The chosen problem in short, beside the list."""
    on = clock.today()
    return render(request, "problems/pane.html", beside(problem, on, "?"))
