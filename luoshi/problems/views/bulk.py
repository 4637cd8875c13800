"""批量办理: what of the ticked problems can be done and what not, one reason, then all that can be in one act."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.services import SomeRefused
from luoshi.org.access import route
from luoshi.problems.forms.many import ManyForm
from luoshi.problems.models import Problem
from luoshi.problems.queries.listing import in_ledger, rows
from luoshi.problems.queries.many import against
from luoshi.problems.services.many import LABELS, MOST, act_on_many
from luoshi.problems.views.ledger import SEERS
from luoshi.problems.views.loaders import Request
from luoshi.records.once import once


def picked(request: Request, told: Sequence[str]) -> list[tuple[Problem, int]]:
    """The ticked problems that this person sees, each with the version he was shown (now, if none)."""
    versions: dict[uuid.UUID, int | None] = {}
    for one in told[:MOST]:
        key, _, version = one.partition(":")
        try:
            versions[uuid.UUID(key)] = int(version) if version else None
        except ValueError:
            continue
    seen = in_ledger(request.user, request.held, request.bureau, clock.today()).filter(public_id__in=versions)
    found = seen.select_related("bureau", "unit", "owner", "leader", "self_check").order_by("-id")
    return [(one, versions[one.public_id] or one.version) for one in found]


def back_to(request: Request) -> str:
    """The ledger with the filters that one came from."""
    back = (request.POST if request.method == "POST" else request.GET).get("back", "")
    return f"{reverse('problems:list')}{back if back.startswith('?') else ''}"


@route(may=SEERS, act="problems.act_on_many")
@once
def bulk(request: Request) -> HttpResponse:
    """GET shows what can be done to the ticked problems and what not; POST does it to those shown as possible."""
    data = request.POST if request.method == "POST" else request.GET
    name, told = data.get("act", ""), picked(request, data.getlist("pick"))
    if name not in LABELS or not told:
        messages.warning(request, "请先在台账里勾选问题，再选要办的动作。")
        return redirect(back_to(request))
    on = clock.today()
    why = against([one for one, _ in told], name, user=request.user, held=request.held, on=on)
    form = form_for(request, name, told, why)
    if request.method == "POST" and not why and form.is_valid():
        try:
            done = act_on_many(
                told, name, bureau=request.bureau, by=request.user, on=on, now=clock.now(), words=form.words()
            )
        except SomeRefused as refusal:
            if len(refusal.why) < len(told):  # where all are refused, it may be the words: they stay to be mended
                form = form_for(request, name, told, refusal.why)
            return page(request, name, told, refusal.why, form, tried=True)
        except NotAllowed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已{LABELS[name]}{len(done)}件。")
            return redirect(back_to(request))
    return page(request, name, told, why, form)


def form_for(request: Request, name: str, told: Any, why: dict[int, str]) -> ManyForm:
    """The form for those that can be done; what was typed stays, those that cannot are no longer sent."""
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        data.setlist("pick", [f"{one.public_id}:{version}" for one, version in told if one.pk not in why])
    problems = [one for one, _ in told if one.pk not in why]
    return ManyForm(
        data, act=name, problems=problems, bureau_id=request.bureau.pk, on=clock.today(),
        back=request.GET.get("back", ""),
    )  # fmt: skip


def page(
    request: Request, name: str, told: Any, why: dict[int, str], form: ManyForm, *, tried: bool = False
) -> HttpResponse:
    """What can be done and what not, each with its reason."""
    found = {one.pk: one for one in rows([one for one, _ in told], clock.today())}
    context = {
        "label": LABELS[name],
        "can": [found[one.pk] for one, _ in told if one.pk not in why],
        "cannot": [(found[one.pk], why[one.pk]) for one, _ in told if one.pk in why],
        "form": form,
        "saved_nothing": request.method == "POST" and bool(why),
        "form_stays": tried or len(why) < len(told),
        "back": back_to(request),
    }
    return render(request, "problems/bulk.html", context)
