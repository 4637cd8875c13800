"""The reading screen: the text on the left, its duties on the right, decided one by one or several at once."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries
from luoshi.plan.forms import DutyForm
from luoshi.plan.models import Duty, PlanVersion
from luoshi.plan.page import blocks, row_of
from luoshi.plan.queries.ruling import stated_value
from luoshi.plan.queries.versions import successor
from luoshi.plan.views.loaders import Request, hand_out_url, load_duty, load_version, may_decide

FILTERS = {"": "全部", "open": "待确认", "confirmed": "已确认", "dropped": "不是任务"}
STATES = {"open": "PROPOSED", "confirmed": "CONFIRMED", "dropped": "DROPPED"}


def rows_of(duties: list[Duty], version: PlanVersion, *, office: bool) -> list[dict[str, Any]]:
    """The prepared rows of duties, with their addresses."""
    made = queries.rules_by_duty(version.pk)
    rows = [row_of(one, stated_value(one), made.get(one.pk)) for one in duties]
    address, drop = reverse("plan:duty", args=[0]), reverse("plan:drop_many", args=[version.pk])
    for row in rows:
        row["url"] = address.replace("/0/", f"/{row['pk']}/")
        row["drop_url"], row["version_pk"] = drop, version.pk
        row["hand_out"] = hand_out_url(row["clause_id"], row["pk"]) if office and row["state"] == "CONFIRMED" else ""
    return rows


def page(
    request: Request, version: PlanVersion, *, opened: Duty | None = None, form: DutyForm | None = None
) -> HttpResponse:
    """The whole screen; `opened` is the duty whose form stands open on it."""
    later = successor(version)
    office = later is None and may_decide(request, version.plan.bureau_id)
    duties = list(version_duties(version))
    rows = rows_of(duties, version, office=office)
    chosen = request.GET.get("show", "")
    shown = [row for row in rows if chosen not in STATES or row["state"] == STATES[chosen] or opened_is(row, opened)]
    progress = queries.progress(version)
    context = {
        "later": later,
        "version": version,
        "plan": version.plan,
        "blocks": blocks(version.text, list(queries.clauses_of(version)), rows, duties),
        "rows": shown,
        "progress": progress,
        "chips": chips_of(version, progress, chosen),
        "office": office,
        "opened": opened.pk if opened else None,
        "form": form,
        "submission": uuid.uuid4(),
    }
    return render(request, "plan/read.html", context)


def chips_of(version: PlanVersion, progress: queries.Progress, chosen: str) -> list[dict[str, Any]]:
    """The filters by state with how many each shows."""
    counts = {"": progress.total, "open": progress.open, "confirmed": progress.confirmed, "dropped": progress.dropped}
    here = version.get_absolute_url()
    return [
        {"label": label, "url": f"{here}?show={key}" if key else here, "on": chosen == key, "count": counts[key]}
        for key, label in FILTERS.items()
    ]


def opened_is(row: dict[str, Any], opened: Duty | None) -> bool:
    return opened is not None and row["pk"] == opened.pk


def version_duties(version: PlanVersion) -> Any:
    """The duties of a text as its rows want them."""
    found = Duty.objects.filter(clause__version=version).select_related("clause", "owner_unit", "decided_by")
    return found.order_by("order")


def changed(request: Request, version: PlanVersion, pks: list[int]) -> HttpResponse:
    """The answer to a decision by HTMX: the rows that changed, their tags in the text, the progress, a fresh key."""
    slots = list(Duty.objects.filter(pk__in=pks).exclude(slot="").values_list("slot", flat=True))
    touched = Q(pk__in=pks) | Q(slot__in=slots, state="CONFIRMED")
    duties = list(version_duties(version).filter(touched))
    office = may_decide(request, version.plan.bureau_id)
    progress = queries.progress(version)
    seen = parse_qs(urlsplit(request.htmx.current_url or "").query).get("show", [""])[0]
    context = {
        "rows": rows_of(duties, version, office=office),
        "progress": progress,
        "chips": chips_of(version, progress, seen),
        "office": office,
        "submission": uuid.uuid4(),
        "swap": True,
    }
    answer = render(request, "plan/read.html#changed", context)
    answer.headers["HX-Reswap"] = "none"  # every part of the answer knows its own place
    return answer


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
