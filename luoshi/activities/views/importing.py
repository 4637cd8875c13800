"""导入以往活动: an Excel list shows row by row what it would record; on the word it records exactly that."""

from __future__ import annotations

import tempfile
import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.activities.forms.importing import ImportFileForm, ImportForm
from luoshi.activities.import_sheet import LAYOUT
from luoshi.activities.services.importing import IMPORTERS, import_activities
from luoshi.activities.taking_in import Intake, take_in
from luoshi.activities.views.loaders import Request
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import workbook
from luoshi.matters.sheet import BadSheet
from luoshi.org.access import route
from luoshi.records.models import StagedUpload
from luoshi.records.once import once
from luoshi.records.services import BadFile
from luoshi.records.services.files import place

GONE = "上传的文件已失效（可能已导入过或超过保存期），请重新选择文件。"
TITLE = "以往活动导入表"


@route(may=IMPORTERS)
@require_safe
def import_blank(request: Request) -> Any:
    """The empty table."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    words = "空表：从第4行起填写，“系统标识”一列留空。参加人员写姓名，用顿号隔开；写单位简称就是那天的全单位"
    workbook.write(
        file, title=TITLE, words=words, bureau=str(request.bureau.pk), made=f"{clock.now():%Y-%m-%d %H:%M}", rows=[],
        layout=LAYOUT,
    )  # fmt: skip
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{TITLE}.xlsx")


@route(may=IMPORTERS, act="activities.import")
@once
def import_past(request: Request) -> HttpResponse:
    """Bring a list in: first what it would record, then, on the word, exactly that."""
    if request.method == "POST" and "seen" in request.POST:
        return save(request)
    form = ImportFileForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token = form.staged[-1]
            intake = intake_of(request, token)
            return page(request, intake, form_of(intake, token))
        except (BadSheet, NotAllowed) as why:
            form.add_error("file", str(why))
    return render(request, "activities/import_file.html", {"form": form})


def intake_of(request: Request, token: str) -> Intake:
    """Read one's own staged file and judge it as things stand now."""
    try:
        upload = StagedUpload.objects.filter(pk=uuid.UUID(token), by_id=request.user.pk).first()
    except ValueError:
        upload = None
    if upload is None:
        raise BadSheet(GONE)
    book = workbook.load(place(upload.sha256), upload.name, LAYOUT)
    return take_in(book, bureau=request.bureau, user=request.user, on=clock.today())


def form_of(intake: Intake, token: str, data: Any = None) -> ImportForm:
    return ImportForm(
        data, fresh=len(intake.fresh), doubtful=intake.doubtful, initial={"sheet": token, "seen": intake.digest}
    )


def save(request: Request) -> HttpResponse:
    """Import what was shown; where it would be something else by now, show that instead, ticks kept."""
    token = request.POST.get("sheet", "")
    try:
        intake = intake_of(request, token)
    except (BadSheet, NotAllowed) as why:
        return render(request, "activities/import_file.html", {"form": ImportFileForm(), "why": str(why)})
    data = request.POST.copy()
    changed = data.get("seen") != intake.digest
    data["seen"] = intake.digest
    form = form_of(intake, token, data)
    if changed:
        return page(request, intake, form, changed=True)
    if form.is_valid():
        for row in intake.doubtful:
            row.draft.sure = row.draft.row in form.taken
        drafts = [one.draft for one in intake.rows if not one.alike or one.draft.sure]
        try:
            made = import_activities(drafts, bureau=request.bureau, token=token, by=request.user, on=clock.today())
        except (BadFile, NotAllowed) as bad:
            form.add_error(None, str(bad))
        else:
            messages.success(request, f"已导入{len(made)}次活动，各人天数已算入。")
            return redirect("activities:list")
    return page(request, intake, form)


def page(request: Request, intake: Intake, form: ImportForm, *, changed: bool = False) -> HttpResponse:
    """What will be recorded, what is refused, what looks recorded already, and the one word."""
    return render(request, "activities/import.html", {"intake": intake, "form": form, "changed": changed})
