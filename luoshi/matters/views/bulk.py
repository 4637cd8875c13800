"""批量办理: what of the ticked matters can be done and what not, one reason, then all that can be in one act."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.lib import clock
from luoshi.matters import queries, rules, services
from luoshi.matters.forms.many import ManyForm
from luoshi.matters.models import Matter
from luoshi.matters.services import SomeRefused
from luoshi.matters.views.loaders import Request
from luoshi.matters.views.shown import paper_only
from luoshi.org.access import route
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.records.once import once
from luoshi.records.services import BadFile

ACTS = tuple(services.MANY_VERBS)


def offered(request: Request) -> list[tuple[str, str]]:
    """The acts on many matters that somebody with these duties may ever make: (move, word)."""
    may: dict[str, tuple[str, ...]] = {
        Duty.OFFICE: ("urge", "extend", "suspend", "cancel", "archive"), Duty.HEAD: ("allot",),
        Duty.LEADER: ("urge", "extend", "suspend", "cancel"), Duty.CHIEF: ("urge", "extend", "suspend", "cancel"),
    }  # fmt: skip
    found = {move for duty in request.duties for move in may.get(duty, ())}
    return [(move, rules.MOVES[move].label) for move in ACTS if move in found]


def picked(request: Request, told: Sequence[str]) -> list[tuple[Matter, int]]:
    """The ticked matters that this person sees, each with the version he was shown (now, if none)."""
    versions: dict[uuid.UUID, int | None] = {}
    for one in told[: services.MANY_MOST]:
        key, _, version = one.partition(":")
        try:
            versions[uuid.UUID(key)] = int(version) if version else None
        except ValueError:
            continue
    seen = queries.visible(request.user, request.held, clock.today()).filter(public_id__in=versions)
    rows = seen.select_related("bureau", "lead_unit", "leader", "handler", "verifier").order_by("-id")
    return [(one, versions[one.public_id] or one.version) for one in rows]


def back_to(request: Request) -> str:
    """The list with the filters that one came from."""
    back = (request.POST if request.method == "POST" else request.GET).get("back", "")
    return f"{reverse('matters:list')}{back if back.startswith('?') else ''}"


@route(may=frozenset(Duty) - ADMINISTRATORS, act=[f"matters.{one}" for one in ACTS])
@once
def bulk(request: Request) -> HttpResponse:
    """GET shows what can be done to the ticked matters and what not; POST does it to those shown as possible."""
    data = request.POST if request.method == "POST" else request.GET
    move, told = data.get("act", ""), picked(request, data.getlist("pick"))
    if move not in ACTS or not told:
        messages.warning(request, "请先在列表里勾选事项，再选要办的动作。")
        return redirect(back_to(request))
    on, now = clock.today(), clock.now()
    why, roles = queries.against(
        [one for one, _ in told], move, user=request.user, held=request.held, on=on
    )  # fmt: skip
    form = form_for(request, move, told, why, roles)
    if request.method == "POST" and not why and form.is_valid():
        try:
            done = services.act_on_many(
                told, move, bureau=request.bureau, by=request.user, on=on, now=now, words=form.words(),
                staged=form.staged, paper=form.decided(),
            )  # fmt: skip
        except SomeRefused as refusal:
            if len(refusal.why) < len(told):  # where all are refused, it may be the words: they stay to be mended
                form = form_for(request, move, told, refusal.why, roles)
            return page(request, move, told, refusal.why, form, tried=True)
        except BadFile as bad:
            form.add_error(None, str(bad))
        else:
            messages.success(request, f"已{rules.MOVES[move].label}{len(done)}件。")
            return redirect(back_to(request))
    return page(request, move, told, why, form)


def form_for(request: Request, move: str, told: Any, why: dict[int, str], roles: Any) -> ManyForm:
    """The form for those that can be done; what was typed stays, those that cannot are no longer sent."""
    matters = [one for one, _ in told if one.pk not in why]
    paper = any(paper_only(move, roles[one.pk]) for one in matters)
    data = None
    if request.method == "POST":
        data = request.POST.copy()
        for name in ("staged_names", "bad_files"):
            if hasattr(request.POST, name):
                setattr(data, name, getattr(request.POST, name))
        data.setlist("pick", [f"{one.public_id}:{version}" for one, version in told if one.pk not in why])
    return ManyForm(
        data, move=move, matters=matters, bureau_id=request.bureau.pk, on=clock.today(), paper=paper,
        outside=queries.outside_hours(request.bureau.pk, clock.now()), back=request.GET.get("back", ""),
    )  # fmt: skip


def page(
    request: Request, move: str, told: Any, why: dict[int, str], form: ManyForm, *, tried: bool = False
) -> HttpResponse:
    """What can be done and what not, each with its reason."""
    rows = {one.pk: one for one in queries.rows([one for one, _ in told], clock.today())}
    context = {
        "label": rules.MOVES[move].label,
        "can": [rows[one.pk] for one, _ in told if one.pk not in why],
        "cannot": [(rows[one.pk], why[one.pk]) for one, _ in told if one.pk in why],
        "form": form,
        "saved_nothing": request.method == "POST" and bool(why),
        "form_stays": tried or len(why) < len(told),
        "back": back_to(request),
    }
    return render(request, "matters/bulk.html", context)
