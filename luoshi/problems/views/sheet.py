"""台账 out and in: the filtered ledger as .xlsx; a file brought in shows what it would do, and does only that."""

from __future__ import annotations

import tempfile
import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import workbook
from luoshi.matters.services import SomeRefused
from luoshi.matters.sheet import ROWS_MOST, BadSheet
from luoshi.org.access import route
from luoshi.problems.forms.listing import address
from luoshi.problems.forms.sheet import SaveSheetForm, SheetForm
from luoshi.problems.judging import Verdict, judge
from luoshi.problems.queries.finding import filtered
from luoshi.problems.queries.ledger import ledger_rows
from luoshi.problems.services.sheet import apply_sheet, take_ledger
from luoshi.problems.sheet import LAYOUT
from luoshi.problems.views.ledger import SEERS, asked
from luoshi.problems.views.loaders import Request
from luoshi.records.models import StagedUpload
from luoshi.records.once import once
from luoshi.records.services import BadFile
from luoshi.records.services.files import place

GONE = "上传的文件已失效（可能已保存过或超过保存期），请重新选择文件。"
TITLE = "问题整改台账"


@route(may=SEERS)
@require_safe
def export(request: Request) -> Any:
    """The ledger that the address asks for, as a file that may come back edited; `?blank=1` the head alone."""
    on = clock.today()
    understood = asked(request, on)
    blank = request.GET.get("blank") == "1"
    total = filtered(understood.ledger, understood.filters, on).order_by()[: ROWS_MOST + 1].count()
    if not blank and not 0 < total <= ROWS_MOST:
        words = "没有可导出的问题。" if not total else f"超过{ROWS_MOST}件，请先加筛选条件再导出。"
        messages.warning(request, words)
        return redirect(f"{reverse('problems:list')}{address(understood.told)}")
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    count = workbook.write(
        file, title=TITLE, words="空表：从第4行起填写，“系统标识”一列留空" if blank else understood.sentence,
        bureau=str(request.bureau.pk) if request.bureau else "", made=f"{clock.now():%Y-%m-%d %H:%M}",
        rows=[] if blank else ledger_rows(understood.ledger, understood.filters, on), layout=LAYOUT,
    )  # fmt: skip
    if not blank:
        take_ledger(bureau=request.bureau, words=understood.sentence, count=count, by=request.user)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{TITLE}{'（空表）' if blank else ''} {on}.xlsx")


@route(may=SEERS, act="problems.apply_sheet")
@once
def sheet(request: Request) -> HttpResponse:
    """Bring a sheet in: first what it would do, then, on the word, exactly that."""
    if request.method == "POST" and "seen" in request.POST:
        return save(request)
    form = SheetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token = form.staged[-1]
            verdict = verdict_of(request, token)
            return page(request, verdict, form_of(verdict, token))
        except BadSheet as why:
            form.add_error("file", str(why))
    return render(request, "problems/sheet_upload.html", {"form": form})


def verdict_of(request: Request, token: str) -> Verdict:
    """Read one's own staged file and judge it as things stand now."""
    try:
        upload = StagedUpload.objects.filter(pk=uuid.UUID(token), by_id=request.user.pk).first()
    except ValueError:
        upload = None
    if upload is None:
        raise BadSheet(GONE)
    if not request.bureau:
        raise BadSheet("您目前不在任何局任职，不能导入台账。")
    book = workbook.load(place(upload.sha256), upload.name, LAYOUT)
    if book.bureau and book.bureau != str(request.bureau.pk):
        raise BadSheet("这份台账是从另一个局导出的，请切换到那个局再导入。")
    return judge(book, bureau=request.bureau, user=request.user, held=request.held, on=clock.today())


def form_of(verdict: Verdict, token: str, data: Any = None) -> SaveSheetForm:
    return SaveSheetForm(
        data, edits=verdict.count, new=len(verdict.new), reasoned=verdict.reasoned,
        initial={"sheet": token, "seen": verdict.digest},
    )  # fmt: skip


def save(request: Request) -> HttpResponse:
    """Save what was shown; where it would be something else by now, show that instead, with all that was typed."""
    token = request.POST.get("sheet", "")
    try:
        verdict = verdict_of(request, token)
    except BadSheet as why:
        return render(request, "problems/sheet_upload.html", {"form": SheetForm(), "why": str(why)})
    data = request.POST.copy()
    changed = data.get("seen") != verdict.digest
    data["seen"] = verdict.digest
    form = form_of(verdict, token, data)
    if changed or verdict.empty:
        return page(request, verdict, form, changed=True)
    if form.is_valid():
        try:
            edited, new = apply_sheet(
                [(one.problem, one.problem.version, one.moves) for one in verdict.changes
                 if one.problem.pk not in form.left_out],
                [one.draft for one in verdict.new], bureau=request.bureau, token=token,
                reason=form.cleaned_data["reason"], by=request.user, on=clock.today(), now=clock.now(),
            )  # fmt: skip
        except SomeRefused as refusal:
            data["failed"] = ",".join(str(pk) for pk in refusal.why)
            return page(request, verdict, form_of(verdict, token, data), why=refusal.why)
        except (BadFile, NotAllowed) as bad:
            form.add_error(None, str(bad))
        else:
            told = [f"已保存{edited}件问题的改动"] if edited else []
            told += [f"已导入{new}件"] if new else []
            messages.success(request, "，".join(told) + "。")
            return redirect("problems:list")
    return page(request, verdict, form)


def page(
    request: Request, verdict: Verdict, form: SaveSheetForm, *, changed: bool = False, why: dict[int, str] | None = None
) -> HttpResponse:
    """The edits that will be made, the new rows, what is refused, and the one word."""
    told = why or {}
    context = {
        "verdict": verdict,
        "form": form,
        "changed": changed,
        "failed": [(str(one.problem), told[one.problem.pk]) for one in verdict.changes if one.problem.pk in told],
    }
    return render(request, "problems/sheet.html", context)
