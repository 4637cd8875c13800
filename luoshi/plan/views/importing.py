"""Importing a plan: a file or pasted text, with a look at what will be read before anything is saved."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.access import route
from luoshi.org.rules import Duty as Held
from luoshi.plan import services
from luoshi.plan.forms import ImportForm
from luoshi.plan.services.importing import read_plan
from luoshi.plan.views.loaders import Request
from luoshi.records.once import once


@route(may=Held.OFFICE, act="plan.import_plan")
@once
def bring_in(request: Request) -> HttpResponse:
    """导入方案."""
    form = ImportForm(request.POST if request.method == "POST" else None)
    same, bureau = None, request.bureau
    if request.method == "POST" and bureau is not None and form.is_valid():
        try:
            version = services.import_plan(bureau=bureau, by=request.user, on=clock.today(), **form.words())
            return redirect(version)
        except services.AlreadyImported as already:
            same = already
        except NotAllowed as why:
            form.add_error("text" if form.cleaned_data["text"].strip() else "file", str(why))
    return render(request, "plan/import.html", {"form": form, "same": same})


@route(may=Held.OFFICE, reads=True)
@require_POST
def preview(request: Request) -> HttpResponse:
    """What would be read from the chosen file or the pasted text; nothing is kept."""
    upload, text = request.FILES.get("file"), request.POST.get("text", "")
    if upload is None and not text.strip():
        return render(request, "plan/import.html#preview", {})
    try:
        source = upload.read() if upload is not None else text
        words, reading = read_plan(source, (upload.name or "") if upload is not None else "")
    except NotAllowed as why:
        return render(request, "plan/import.html#preview", {"why": str(why)})
    context = {
        "reading": reading,
        "characters": len(words),
        "measured": sum(1 for one in reading["duties"] if one["obligations"]),
        "first": reading["duties"][:5],
    }
    return render(request, "plan/import.html#preview", {"read": context})
