"""交办督办: the list, filtered by its address, with the chosen matter beside it on a wide screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from luoshi.lib import clock
from luoshi.matters import queries
from luoshi.matters.forms.listing import GROUPS, LAMPS, FilterForm
from luoshi.matters.views.loaders import Request
from luoshi.matters.views.page import shown
from luoshi.matters.views.shown import lines, roles_in
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.rules import ADMINISTRATORS, Duty


def address(told: dict[str, Any], **changes: Any) -> str:
    """The list's own address with these filters changed; changing a filter begins at the first page."""
    kept = {name: value for name, value in {**told, "after": "", **changes}.items() if value}
    return f"?{urlencode(kept)}"


def chips(told: dict[str, Any], name: str, choices: list[tuple[Any, str]]) -> list[dict[str, Any]]:
    """The values of one filter as chips; choosing the chosen one again takes it off."""
    return [
        {"label": word, "on": str(told[name] or "") == str(value),
         "url": address(told, **{name: "" if str(told[name] or "") == str(value) else value})}
        for value, word in choices
    ]  # fmt: skip


def whose(request: Request) -> tuple[str, dict[str, int]]:
    """What 我的 means for this person: what a leader assigned, or what the person's own unit leads."""
    if request.duties & {Duty.LEADER, Duty.CHIEF}:
        return "我交办的", {"leader_id": request.user.pk}
    own = [one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER) and not one.standing_in_for]
    return ("本单位牵头的", {"unit_id": own[0]}) if own else ("", {})


def why_empty(request: Request) -> tuple[str, str]:
    """Why somebody who may open no matter sees none yet, and what will bring one: a title and a line."""
    duties = {one.duty for one in request.held}
    if not queries.states_seen(request.held):
        return "窗口不办理督办事项", "督办事项由局办公室交办给各单位，窗口不用签收、反馈，这里不会有内容。"
    if duties & {Duty.HEAD, Duty.HANDLER}:
        return "还没有您能看到的事项", "局办公室交办给本单位后会出现在这里，并在工作台提醒您。"
    return "还没有您能看到的事项", "事项立项后会出现在这里。"


@route(may=frozenset(Duty) - ADMINISTRATORS)
def listing(request: Request) -> HttpResponse:
    """The page of the list; `?matter=` opens one beside it."""
    on = clock.today()
    form = FilterForm(request.GET)
    told = form.values()
    mine_word, mine = whose(request)
    page = queries.matter_list(request.user, form.wanted(**mine), on=on, after_key=told["after"])
    roles = roles_in(request, [row.pk for row in page.rows], on)
    units = org.units_of(request.bureau.pk, on) if request.bureau and not mine.get("unit_id") else []
    open_one = str(told["matter"] or "")
    chosen = queries.visible_to(request.user, on).filter(public_id=open_one).first() if open_one else None
    here = address(told, after=told["after"], matter="")
    states = queries.states_seen(request.held)
    context = {
        "sees": bool(states),
        "why_empty": why_empty(request),
        "lines": lines(page.rows, roles, open_one),
        "page": page,
        "q": told["q"] or "",
        "states": chips(told, "state", [(key, word) for key, (word, group) in GROUPS.items() if group & states]),
        "lamps": chips(told, "lamp", [(one.value, one.label) for one in LAMPS]),
        "whose": chips(told, "mine", [("True", mine_word)]) if mine_word else [],
        "orders": chips(told, "order", [("due", "按办结时限排")]),
        "units": units,
        "unit": told["unit"],
        "kept": {name: told[name] for name in ("state", "lamp", "order") if told[name]},
        "clear": address({}) if any(told[name] for name in ("state", "lamp", "unit", "mine", "q")) else "",
        "next": address(told, after=page.next_key, matter="") if page.next_key else "",
        "first": address(told, matter="") if told["after"] else "",
        "may_open": bool(request.duties & {Duty.OFFICE, Duty.LEADER, Duty.CHIEF}),
        "push": f"{here}{'&' if len(here) > 1 else ''}matter=",
        **(shown(request, chosen, on, address(told, after=told["after"])) if chosen else {}),
    }
    return render(request, "matters/list.html", context)
