"""常用筛选: keep the list's conditions under a name, rename, drop; each person's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import services
from luoshi.matters.forms.filters import DropFilterForm, KeepFilterForm, RenameFilterForm
from luoshi.matters.forms.listing import filters_in
from luoshi.matters.models import SavedFilter
from luoshi.matters.views.asked import asked
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.records.once import once

SEERS = frozenset(Duty) - ADMINISTRATORS


def kept_by(request: Request) -> list[SavedFilter]:
    """This person's own filters."""
    return list(SavedFilter.objects.filter(person=request.user, ended=False))


@route(may=SEERS, act="matters.keep_filter")
@once
def filters(request: Request) -> HttpResponse:
    """All of one's filters with what they ask for; POST keeps the conditions that `query` names."""
    on = clock.today()
    query = (request.POST if request.method == "POST" else request.GET).get("query", "")[:1000]
    understood = asked(request, on, QueryDict(query))
    form = KeepFilterForm(request.POST or None, initial={"query": query})
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.keep_filter(
                name=form.cleaned_data["name"], query=filters_in(understood.told), bureau_id=request.bureau.pk,
                by=request.user,
            )  # fmt: skip
        except NotAllowed as why:
            form.add_error("name", str(why))
        else:
            messages.success(request, f"已存为常用筛选“{kept.name}”。")
            return redirect(kept)
    lines = [
        (one, asked(request, on, QueryDict(one.query)).sentence, RenameFilterForm(initial={"name": one.name}),
         DropFilterForm())
        for one in kept_by(request)
    ]  # fmt: skip
    context = {"lines": lines, "form": form if filters_in(understood.told) else None, "sentence": understood.sentence}
    return render(request, "matters/filters.html", context, status=200)


@route(may=SEERS, act="matters.rename_filter")
@once
def filter_rename(request: Request, pk: int) -> HttpResponse:
    """Another name for one's own filter."""
    kept = get_object_or_404(SavedFilter, pk=pk, person=request.user, ended=False)
    form = RenameFilterForm(request.POST or None, initial={"name": kept.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_filter(kept, name=form.cleaned_data["name"], bureau_id=request.bureau.pk, by=request.user)
        except NotAllowed as why:
            form.add_error("name", str(why))
        else:
            messages.success(request, "已改名。")
            return redirect("matters:filters")
    return render(request, "matters/filter_edit.html", {"kept": kept, "form": form})


@route(may=SEERS, act="matters.drop_filter")
@once
def filter_drop(request: Request, pk: int) -> HttpResponse:
    """Put one's own filter away."""
    kept = get_object_or_404(SavedFilter, pk=pk, person=request.user)
    form = DropFilterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.drop_filter(kept, bureau_id=request.bureau.pk, by=request.user)
        messages.success(request, f"已删除常用筛选“{kept.name}”。")
        return redirect("matters:filters")
    return render(request, "matters/filter_edit.html", {"kept": kept, "form": form})
