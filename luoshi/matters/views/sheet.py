"""台账 out and in: the filtered list as .xlsx; the edited file shows what would change, and saves only that."""

from __future__ import annotations

import tempfile
import uuid
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters import queries, services, workbook
from luoshi.matters.forms.listing import address
from luoshi.matters.forms.sheet import SaveSheetForm, SheetForm
from luoshi.matters.judging import Verdict, judge
from luoshi.matters.services import SomeRefused
from luoshi.matters.sheet import ROWS_MOST, BadSheet
from luoshi.matters.views.asked import asked
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.records.models import StagedUpload
from luoshi.records.once import once
from luoshi.records.services import BadFile
from luoshi.records.services.files import place

SEERS = frozenset(Duty) - ADMINISTRATORS
EDITORS = (Duty.OFFICE, Duty.LEADER, Duty.CHIEF, Duty.HEAD)
GONE = "上传的文件已失效（可能已保存过或超过保存期），请重新选择文件。"


@route(may=SEERS)
@require_safe
def export(request: Request) -> Any:
    """The list that the address asks for, as a file that may be edited and brought back."""
    on = clock.today()
    understood = asked(request, on)
    total = queries.found_for(request.user, understood.filters, on=on).order_by()[: ROWS_MOST + 1].count()
    if not 0 < total <= ROWS_MOST:
        words = "没有可导出的事项。" if not total else f"超过{ROWS_MOST}件，请先加筛选条件再导出。"
        messages.warning(request, words)
        return redirect(f"/matters/{address(understood.told)}")
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the response closes it)
    count = workbook.write(
        file, title="督办事项台账", words=understood.sentence, bureau=str(request.bureau.pk),
        made=f"{clock.now():%Y-%m-%d %H:%M}", rows=queries.ledger_rows(request.user, understood.filters, on=on),
    )  # fmt: skip
    services.take_list(bureau=request.bureau, words=understood.sentence, count=count, by=request.user)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"督办事项台账 {on}.xlsx")


@route(may=EDITORS, act="matters.apply_sheet")
@once
def sheet(request: Request) -> HttpResponse:
    """Bring an edited sheet back: first what it would change, then, on the word, exactly that."""
    if request.method == "POST" and "seen" in request.POST:
        return save(request)
    form = SheetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return shown(request, form.staged[-1])
        except BadSheet as why:
            form.add_error("file", str(why))
    return render(request, "matters/sheet_upload.html", {"form": form})


def verdict_of(request: Request, token: str) -> Verdict:
    """Read one's own staged file and judge its edits as things stand now."""
    try:
        upload = StagedUpload.objects.filter(pk=uuid.UUID(token), by_id=request.user.pk).first()
    except ValueError:
        upload = None
    if upload is None:
        raise BadSheet(GONE)
    book = workbook.load(place(upload.sha256), upload.name)
    if book.bureau and book.bureau != str(request.bureau.pk):
        raise BadSheet("这份台账是从另一个局导出的，请切换到那个局再导入。")
    verdict = judge(book, bureau=request.bureau, user=request.user, held=request.held, on=clock.today())
    return verdict


def form_of(request: Request, verdict: Verdict, token: str, data: Any = None) -> SaveSheetForm:
    return SaveSheetForm(
        data, count=verdict.count, reasoned=verdict.reasoned, paper=verdict.paper, bureau_id=request.bureau.pk,
        on=clock.today(), initial={"sheet": token, "seen": verdict.digest},
    )  # fmt: skip


def shown(request: Request, token: str) -> HttpResponse:
    """The edits, cell by cell; nothing is saved."""
    verdict = verdict_of(request, token)
    return page(request, verdict, form_of(request, verdict, token))


def save(request: Request) -> HttpResponse:
    """Save what was shown; where it would be something else by now, show that instead, with all that was typed."""
    token = request.POST.get("sheet", "")
    try:
        verdict = verdict_of(request, token)
    except BadSheet as why:
        return render(request, "matters/sheet_upload.html", {"form": SheetForm(), "why": str(why)})
    data = request.POST.copy()
    changed = data.get("seen") != verdict.digest
    data["seen"] = verdict.digest
    form = form_of(request, verdict, token, data)
    if changed or not verdict.changes:
        return page(request, verdict, form, changed=True)
    if form.is_valid():
        try:
            count = services.apply_sheet(
                [(one.matter, one.version, one.moves) for one in verdict.changes if one.matter.pk not in form.left_out],
                bureau=request.bureau, token=token,
                reason=form.cleaned_data["reason"], by=request.user, on=form.on, now=clock.now(), paper=form.decided(),
            )  # fmt: skip
        except SomeRefused as refusal:
            data["failed"] = ",".join(str(pk) for pk in refusal.why)
            return page(request, verdict, form_of(request, verdict, token, data), why=refusal.why)
        except BadFile as bad:
            form.add_error(None, str(bad))
        else:
            messages.success(request, f"已保存{count}件事项的改动。")
            return redirect("matters:list")
    return page(request, verdict, form)


def page(
    request: Request, verdict: Verdict, form: SaveSheetForm, *, changed: bool = False, why: dict[int, str] | None = None
) -> HttpResponse:
    """The edits that will be made, those that are refused, and the one reason."""
    told = why or {}
    context = {
        "verdict": verdict,
        "form": form,
        "changed": changed,
        "failed": [(str(one.matter), told[one.matter.pk]) for one in verdict.changes if one.matter.pk in told],
    }
    return render(request, "matters/sheet.html", context)
