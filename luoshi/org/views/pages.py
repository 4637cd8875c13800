"""What the room's pages share: loaders through what somebody may see, and the one page of a single act."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.lib import clock
from luoshi.org import directory
from luoshi.org.models import Delegation, PendingGrant, Portfolio, Post, StaffImport
from luoshi.ui.forms import ActForm

View = Callable[..., HttpResponse]


def _loader(rows: Callable[[Any], QuerySet[Any]]) -> Callable[[View], View]:
    def load(view: View) -> View:
        @functools.wraps(view)
        def loaded(request: Any, pk: Any) -> HttpResponse:
            return view(request, get_object_or_404(rows(request.user), pk=pk))

        return loaded

    return load


def _in_sight(model: type[Model], *related: str) -> Callable[[Any], QuerySet[Any]]:
    def rows(user: Any) -> QuerySet[Any]:
        seen = directory.bureaus_seen(user, clock.today())
        return model._default_manager.filter(bureau_id__in=seen).select_related(*related)

    return rows


load_unit = _loader(lambda user: directory.visible_units(user, clock.today()).select_related("parent", "bureau"))
load_person = _loader(lambda user: directory.visible_people(user, clock.today()))
load_post = _loader(_in_sight(Post, "user", "unit", "bureau"))
load_portfolio = _loader(_in_sight(Portfolio, "leader", "unit"))
load_delegation = _loader(_in_sight(Delegation, "principal", "deputy", "bureau"))
load_grant = _loader(_in_sight(PendingGrant, "user", "unit", "proposed_by"))
load_import = _loader(_in_sight(StaffImport, "bureau", "by"))


def act_page(
    request: Any, form: ActForm, *, title: str, back: Any, do: Callable[[Any], Any], said: str, lead: str = ""
) -> HttpResponse:
    """The page of one act: the form, then the service's one call, then back to what it concerned."""
    if request.method == "POST" and form.is_valid():
        done = do(form)
        messages.success(request, said)
        return redirect(done if hasattr(done, "get_absolute_url") or isinstance(done, str) else back)
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "back": back if isinstance(back, str) else back.get_absolute_url(),
    }
    return render(request, "org/act.html", context)
