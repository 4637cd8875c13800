"""单位和人员: the tree on the left, people on the right; a person's and a unit's page with who was in charge when."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.lib import clock
from luoshi.org import directory, queries, rules
from luoshi.org.access import STAFF, route
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.org.views.pages import load_person, load_unit


@route(may=STAFF)
def people(request: Any) -> HttpResponse:
    today, words = clock.today(), request.GET.get("q", "")
    chosen = request.GET.get("unit", "")
    seen = directory.bureaus_seen(request.user, today)
    unit = directory.visible_units(request.user, today).filter(pk=chosen).first() if chosen.isdigit() else None
    whole = unit is None or unit.pk == unit.bureau_id
    within = seen if unit is None or unit.bureau_id is None else [unit.bureau_id]
    context = {
        "tree": directory.tree(seen, today, unit.pk if unit else None),
        "lines": directory.people(within, today, unit=None if whole else unit, words=words),
        "unit": unit,
        "q": words,
        "manages": directory.managed_units(request.user, today).exists() and Duty.SECURITY_ADMIN not in request.duties,
    }
    return render(request, "org/people.html#list" if request.htmx else "org/people.html", context)


@route(may=STAFF)
@load_unit
def unit(request: Any, unit: Unit) -> HttpResponse:
    today = clock.today()
    history = directory.history_of_unit(unit)
    context = {
        "unit": unit,
        "heads": [one for one in history.posts if one.duty == Duty.HEAD],
        "leaders": history.portfolios,
        "lines": directory.people([unit.bureau_id], today, unit=unit) if unit.bureau_id else [],
        "below": unit.children.filter(queries.standing(today)),
        "keeps": unit.until_on is None and _keeps(request, unit),
        "today": today,
    }
    return render(request, "org/unit.html", context)


def _keeps(request: Any, unit: Unit) -> bool:
    if unit.bureau_id is None or unit.pk == unit.bureau_id:
        return Duty.SYSTEM_ADMIN in request.duties
    return rules.may_manage(request.held, unit.bureau_id)


@route(may=STAFF)
@load_person
def person(request: Any, person: User) -> HttpResponse:
    today = clock.today()
    seen = directory.bureaus_seen(request.user, today)
    history = directory.history_of_person(person, seen)
    other = person.pk != request.user.pk
    manages = any(rules.may_manage(request.held, one.bureau_id) for one in history.posts) or (
        Duty.SYSTEM_ADMIN in request.duties
    )
    level3 = settings.SECURITY_PROFILE == "level3"
    context = {
        "person": person,
        "history": history,
        "today": today,
        "manages": manages and other,
        "edits": manages,
        "grants": other and (Duty.SECURITY_ADMIN in request.duties or (manages and not level3)),
        "proposes": other and level3 and Duty.SECURITY_ADMIN in request.duties,
        "leads": any(one.duty in (Duty.CHIEF, Duty.LEADER) and one.until_on is None for one in history.posts),
        "accounts": Duty.SECURITY_ADMIN in request.duties or manages,
    }
    return render(request, "org/person.html", context)


@route(may=STAFF, reads=True)
def choose_bureau(request: Any) -> HttpResponse:
    """Work in another of one's bureaus from now on (this session only)."""
    chosen = request.POST.get("bureau", "")
    if request.method == "POST" and chosen.isdigit() and int(chosen) in request.bureau_ids:
        request.session["bureau"] = int(chosen)
    following = request.POST.get("next", "/")
    return redirect(following if url_has_allowed_host_and_scheme(following, None) else "/")
