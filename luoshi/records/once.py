"""`@once`: a form may be sent twice, late or on top of somebody's change, and nothing is doubled or lost.

Put it on every view that takes a POST. It reads the form's hidden `submission` key, answers a repeated
sending with the page of the first, and answers a stale one with the conflict page that still holds
all that was typed, uploads included.
"""

from __future__ import annotations

import functools
import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.records.queries import staged_names
from luoshi.records.services import Altered, BadFile, FormKey, Repeated, earlier, sent_form, stage
from luoshi.ui.forms import SILENT, typed_lines

View = Callable[..., HttpResponse]


def content_digest(request: HttpRequest) -> str:
    """What this form says, whatever its token: fields and files (by name and size)."""
    told = hashlib.sha256()
    for name in sorted(request.POST):
        if name not in SILENT:
            told.update(repr((name, request.POST.getlist(name))).encode())
    for name in sorted(request.FILES):
        told.update(repr((name, [(one.name, one.size) for one in request.FILES.getlist(name)])).encode())
    return told.hexdigest()


def stage_uploads(request: HttpRequest) -> list[str]:
    """Make every uploaded file safe before the act is tried; its token joins the form's `staged` values.

    The posted data then carries `staged_names` (token and file name, for the form drawn again and the
    conflict page) and `bad_files` (why a file was refused), which `ActForm` shows beside the field.
    """
    by = request.user if request.user.is_authenticated else None
    tokens = request.POST.getlist("staged")
    refused: list[str] = []
    fields = request.POST.copy()
    for name in list(request.FILES):
        for upload in request.FILES.getlist(name):
            try:
                tokens.append(str(stage(upload, by=by).pk))
            except BadFile as why:
                refused.append(str(why))
    fields.setlist("staged", tokens)
    names = staged_names(tokens, by=by)
    fields.staged_names, fields.bad_files = names, refused  # type: ignore[attr-defined]
    request.staged_names, request.bad_files = names, refused  # type: ignore[attr-defined]
    request.POST = fields  # type: ignore[assignment]
    return tokens


def once(view: View) -> View:
    """Make a POST view safe to send twice; GET passes through untouched."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            key = uuid.UUID(request.POST.get("submission", ""))
        except ValueError:
            return _page(request, 400, "这张表单缺少防重标识，没有保存。", "请返回上一页刷新后再提交，已填内容仍在。")
        form_key = FormKey(request.user.pk or 0, key, content_digest(request))
        try:
            location = earlier(form_key)
            if location is not None:
                raise Repeated(location)
            if request.content_type == "multipart/form-data" or "staged" in request.POST:
                stage_uploads(request)
            with sent_form(form_key):
                return view(request, *args, **kwargs)
        except Repeated as again:
            messages.info(request, "这张表单已经提交过，没有重复登记。")
            return _go(request, again.location or request.path)
        except Altered:
            return _page(
                request,
                422,
                "同一张表单用不同内容提交了两次，第二次没有保存。",
                "请打开新表单再填；下面是刚才填的内容。",
                typed=True,
            )
        except Stale as stale:
            return _page(
                request, 409, "在您填写时，别人已更新了这件事，您的内容还没有保存。",
                "请先看最新进展，再决定是否仍要提交。您填的内容和附件都在下面。", typed=True, stale=stale,
            )  # fmt: skip
        except NotAllowed as why:
            return _page(request, 409, "没有办成，也没有保存。", str(why), typed=True)

    guarded.is_once = True  # type: ignore[attr-defined]
    return guarded


def _go(request: HttpRequest, location: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": location})
    return redirect(location)


def _page(
    request: HttpRequest,
    status: int,
    title: str,
    advice: str,
    *,
    typed: bool = False,
    stale: Stale | None = None,
) -> HttpResponse:
    fields = [(name, value) for name in request.POST if name not in SILENT for value in request.POST.getlist(name)]
    context = {
        "title": title,
        "advice": advice,
        "typed": fields if typed else [],
        "lines": typed_lines(request.POST) if typed else [],
        "staged_names": getattr(request, "staged_names", []) if typed else [],
        "action": request.get_full_path(),
        "changes": stale.changes if stale else [],
        "version": stale.version if stale else None,
        "fresh_submission": uuid.uuid4(),
        "back": request.headers.get("Referer") or "/",
    }
    return render(request, "ui/conflict.html", context, status=status)
