"""花名册导入: upload, see every bad cell, import when there is none; a large list shows how far it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from luoshi.lib import clock
from luoshi.org import directory, forms, services, sheets
from luoshi.org.access import route
from luoshi.org.models import StaffImport
from luoshi.org.rules import Duty, ImportState
from luoshi.org.services import imports
from luoshi.org.views.pages import load_import
from luoshi.records.models import StagedUpload
from luoshi.records.once import once

KEEPERS = (Duty.OFFICE, Duty.SYSTEM_ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@route(may=KEEPERS, reads=True)
@once
def upload(request: Any) -> HttpResponse:
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        token = form.staged[-1]
        job = services.open_import(token, by=request.user, bureau=request.bureau, now=clock.now(), on=clock.today())
        imports.start(job, size=StagedUpload.objects.values_list("size", flat=True).get(pk=token))
        return redirect(job)
    jobs = StaffImport.objects.filter(bureau=request.bureau).select_related("by")[:20]
    return render(request, "org/staff_import.html", {"form": form, "jobs": jobs})


@route(may=KEEPERS)
@load_import
def job(request: Any, job: StaffImport) -> HttpResponse:
    imports.revive(job, now=clock.now())
    running = job.state in (ImportState.CHECKING, ImportState.IMPORTING)
    context = {
        "job": job,
        "running": running,
        "percent": 100 * job.done // job.total if job.total else 0,
        "errors": job.errors[:200],
        "form": forms.ConfirmImportForm() if job.state == ImportState.CHECKED and not job.errors else None,
    }
    page = "org/import.html#job" if request.htmx and running else "org/import.html"
    answer = render(request, page, context)
    if request.htmx and not running:
        answer.headers["HX-Refresh"] = "true"
    return answer


@route(may=KEEPERS, act="org.import_staff")
@once
@load_import
def confirm(request: Any, job: StaffImport) -> HttpResponse:
    form = forms.ConfirmImportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        job = services.confirm_import(job, by=request.user, now=clock.now(), on=clock.today())
        imports.start(job, size=job.total * 80)
    return redirect(job)


@route(may=KEEPERS)
@load_import
def errors(request: Any, job: StaffImport) -> HttpResponse:
    return _workbook(sheets.error_list(tuple(one) for one in job.errors), f"问题清单-{job.name.rsplit('.', 1)[0]}.xlsx")


@route(may=KEEPERS)
def template(request: Any) -> HttpResponse:
    units = directory.managed_units(request.user, clock.today()).filter(bureau=request.bureau)
    return _workbook(sheets.template([one.name for one in units]), "花名册模板.xlsx")


def _workbook(body: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    return HttpResponse(body, content_type=XLSX, headers=headers)
