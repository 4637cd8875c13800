"""The reading screen: the text on the left, its duties on the right, decided one by one or several at once."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries
from luoshi.plan.comparison import earlier
from luoshi.plan.forms import AssignForm, DutyForm
from luoshi.plan.models import Duty, PlanVersion
from luoshi.plan.page import blocks, row_of
from luoshi.plan.queries.ruling import stated_value
from luoshi.plan.queries.versions import successor
from luoshi.plan.rules import LIVE
from luoshi.plan.views.loaders import Request, hand_out_url, load_duty, load_version, may_decide

FILTERS = {"": "全部", "open": "待确认", "confirmed": "已确认", "dropped": "不是任务"}
STATES = {"open": "PROPOSED", "confirmed": "CONFIRMED", "dropped": "DROPPED"}


def rows_of(duties: list[Duty], version: PlanVersion, *, office: bool) -> list[dict[str, Any]]:
    """The prepared rows of duties, with their addresses."""
    made, numbers = queries.rules_by_duty(version.pk), queries.numbers(version.pk)
    origins = queries.made_of(version.pk)
    rows = []
    for one in duties:
        number, came = numbers.get(one.pk, ""), origins.get(one.pk, [])
        rows.append(row_of(one, stated_value(one), made.get(one.pk), number=number, origins=came))
    address, drop = reverse("plan:duty", args=[0]), reverse("plan:drop_many", args=[version.pk])
    for row, one in zip(rows, duties, strict=True):
        row["earlier"] = earlier(one)
        row["url"] = address.replace("/0/", f"/{row['pk']}/")
        row["drop_url"], row["version_pk"] = drop, version.pk
        row["hand_out"] = hand_out_url(row["clause_id"], row["pk"]) if office and row["state"] == "CONFIRMED" else ""
    return rows


def chosen_filter(request: Request) -> str:
    """The filter of the screen that asks: its own address, or by HTMX the address it is shown at."""
    if not request.htmx:
        return request.GET.get("show", "")
    return parse_qs(urlsplit(request.htmx.current_url or "").query).get("show", [""])[0]


def page(
    request: Request, version: PlanVersion, *, opened: Duty | None = None, form: DutyForm | None = None
) -> HttpResponse:
    """The whole screen; `opened` is the duty whose form stands open on it."""
    later = successor(version)
    office = later is None and may_decide(request, version.plan.bureau_id)
    duties = list(version_duties(version))
    rows = rows_of(duties, version, office=office)
    chosen = chosen_filter(request)
    shown = [row for row in rows if chosen not in STATES or row["state"] == STATES[chosen] or opened_is(row, opened)]
    accounting = queries.accounting(version.pk)
    context = {
        "later": later,
        "version": version,
        "plan": version.plan,
        "blocks": blocks(version.text, list(queries.clauses_of(version)), rows, duties, accounting.standing),
        "rows": shown,
        **progress_of(version, accounting, chosen),
        "office": office,
        "palettes": AssignForm(bureau_id=version.plan.bureau_id, on=clock.today()) if office else None,
        "opened": opened.pk if opened else None,
        "form": form,
        "submission": uuid.uuid4(),
    }
    return render(request, "plan/read.html", context)


def progress_of(version: PlanVersion, accounting: queries.Accounting, chosen: str) -> dict[str, Any]:
    """How far duties and clauses are, and the filters by state with how many each shows."""
    progress = queries.progress(version)
    counts = {"": progress.total, "open": progress.open, "confirmed": progress.confirmed, "dropped": progress.dropped}
    here = version.get_absolute_url()
    chips = [
        {"label": label, "url": f"{here}?show={key}" if key else here, "on": chosen == key, "count": counts[key]}
        for key, label in FILTERS.items()
    ]
    return {"progress": progress, "accounting": accounting, "chips": chips}


def opened_is(row: dict[str, Any], opened: Duty | None) -> bool:
    return opened is not None and row["pk"] == opened.pk


def version_duties(version: PlanVersion) -> Any:
    """The duties of a text as its rows want them, in the text's order."""
    found = Duty.objects.filter(clause__version=version, state__in=LIVE)
    beside = ("clause", "owner_unit", "leader", "decided_by", "carried_from__owner_unit")
    return found.select_related(*beside).order_by("order", "start", "end", "pk")


def duty_form(request: Request, duty: Duty) -> DutyForm:
    """A duty's form, filled from it or from what was typed; its ids carry the duty's key."""
    data = request.POST if request.method == "POST" else None
    return DutyForm(data, duty=duty, value=stated_value(duty), on=clock.today(), auto_id=f"d{duty.pk}-%s")


@route(may=STAFF)
@require_safe
@load_version
def read(request: Request, version: PlanVersion) -> HttpResponse:
    """Text left, duties right."""
    return page(request, version)


@route(may=Held.OFFICE)
@require_safe
@load_duty
def duty(request: Request, duty: Duty) -> HttpResponse:
    """One duty with its form open, in its place on the screen; by HTMX the form alone."""
    form = duty_form(request, duty)
    if request.htmx:
        row = rows_of([duty], duty.clause.version, office=True)[0]
        return render(request, "plan/read.html#form", {"row": row, "form": form, "office": True})
    return page(request, duty.clause.version, opened=duty, form=form)
