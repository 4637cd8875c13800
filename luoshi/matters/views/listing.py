"""交办督办: the list, filtered by its address, with the chosen matter beside it on a wide screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from luoshi.lib import clock
from luoshi.matters import queries
from luoshi.matters.forms.listing import GROUPS, LAMPS, QUIET, FilterForm, address, filters_in
from luoshi.matters.views.asked import Asked, asked, whose
from luoshi.matters.views.bulk import offered
from luoshi.matters.views.filters import kept_by
from luoshi.matters.views.loaders import Request
from luoshi.matters.views.page import shown
from luoshi.matters.views.shown import lines, roles_in
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.rules import ADMINISTRATORS, Duty


def chips(told: dict[str, Any], name: str, choices: list[tuple[Any, str]]) -> list[dict[str, Any]]:
    """The values of one filter as chips; choosing the chosen one again takes it off."""
    return [
        {"label": word, "on": str(told[name] or "") == str(value),
         "url": address(told, **{name: "" if str(told[name] or "") == str(value) else value})}
        for value, word in choices
    ]  # fmt: skip


def why_empty(request: Request) -> tuple[str, str]:
    """Why somebody who may open no matter sees none yet, and what will bring one: a title and a line."""
    duties = {one.duty for one in request.held}
    if not queries.states_seen(request.held):
        return "窗口不办理督办事项", "督办事项由局办公室交办给各单位，窗口不用签收、反馈，这里不会有内容。"
    if duties & {Duty.HEAD, Duty.HANDLER}:
        return "还没有您能看到的事项", "局办公室交办给本单位后会出现在这里，并在工作台提醒您。"
    return "还没有您能看到的事项", "事项立项后会出现在这里。"


def quick(told: Asked, request: Request) -> dict[str, Any]:
    """The chips above the list: states, lamps, whose, and the person's own filters."""
    states, here = queries.states_seen(request.held), filters_in(told.told)
    word = told.mine_word
    return {
        "states": chips(told.told, "state", [(key, word) for key, (word, group) in GROUPS.items() if group & states]),
        "lamps": chips(told.told, "lamp", [(one.value, one.label) for one in LAMPS]),
        "whose": chips(told.told, "mine", [("True", word)]) if word else [],
        "orders": chips(told.told, "order", [("due", "按办结时限排")]),
        "saved": [
            {"label": one.name, "url": f"?{one.query}", "on": one.query == here} for one in kept_by(request)
        ],
    }  # fmt: skip


def further(told: Asked, request: Request, on: Any) -> FilterForm | None:
    """更多条件, drawn only when it is opened: its choices cost a query each."""
    if not told.told["more"] or not told.rows:
        return None
    form = FilterForm(request.GET)
    form.offer(queries.offers(told.rows, request.user, request.held, on), told.told)
    return form


@route(may=frozenset(Duty) - ADMINISTRATORS)
def listing(request: Request) -> HttpResponse:
    """The page of the list; `?matter=` opens one beside it."""
    on = clock.today()
    understood = asked(request, on)
    told = understood.told
    page = queries.matter_list(request.user, understood.filters, on=on, after_key=told["after"])
    roles = roles_in(request, [row.pk for row in page.rows], on)
    own = "unit_id" in whose(request)[1]
    open_one = str(told["matter"] or "")
    chosen = queries.visible_to(request.user, on).filter(public_id=open_one).first() if open_one else None
    here = address(told, after=told["after"], matter="")
    kept = {name: told[name] for name in told if told[name] and name not in (*QUIET, "q", "unit")}
    asks = filters_in(told)
    context = {
        "sees": bool(queries.states_seen(request.held)),
        "why_empty": why_empty(request),
        "lines": lines(page.rows, roles, open_one),
        "page": page,
        "q": told["q"] or "",
        **quick(understood, request),
        "set": understood.chips,
        "sentence": understood.sentence,
        "more": further(understood, request, on),
        "more_url": address(told, matter="", more="" if told["more"] else "1"),
        "asks": asks,
        "asks_url": urlencode({"query": asks}),
        "units": org.units_of(request.bureau.pk, on) if request.bureau and not own else [],
        "unit": told["unit"],
        "kept": kept,
        "clear": address({}) if understood.words else "",
        "next": address(told, after=page.next_key, matter="") if page.next_key else "",
        "first": address(told, matter="") if told["after"] else "",
        "may_open": bool(request.duties & {Duty.OFFICE, Duty.LEADER, Duty.CHIEF}),
        "many": offered(request) if page.rows else [],
        "here": here,
        "push": f"{here}{'&' if len(here) > 1 else ''}matter=",
        **(shown(request, chosen, on, address(told, after=told["after"])) if chosen else {}),
    }
    return render(request, "matters/list.html", context)
