"""The printed forms: 督办通知单 and 反馈单 of a matter, 交办清单 of a list. Who took one is on record."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from luoshi.documents.lists import list_form
from luoshi.documents.matters import KIND, dispatch_form, feedback_form
from luoshi.lib import clock
from luoshi.matters import queries as matters
from luoshi.matters import services
from luoshi.matters.models import Feedback, TaskList
from luoshi.matters.views.lists import READERS
from luoshi.matters.views.loaders import Request, load_list, load_matter
from luoshi.org.access import STAFF, route


def _paper(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=KIND)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


@route(may=STAFF)
@require_safe
@load_matter
def dispatch_docx(request: Request, matter: Any) -> HttpResponse:
    """督办单 of a matter that was handed out."""
    if matter.assigned_at is None:
        raise Http404
    services.take_copy(matter, what="打印督办单", by=request.user, on=clock.today())
    return _paper(dispatch_form(matters.dispatch_facts(matter, clock.today())), f"督办单 {matter.number_label}.docx")


@route(may=STAFF)
@require_safe
@load_matter
def feedback_docx(request: Request, matter: Any) -> HttpResponse:
    """反馈单: the latest feedback, or the one that `?feedback=` names."""
    told = Feedback.objects.filter(matter=matter).select_related("matter__bureau", "event__operator").order_by("-id")
    wanted = request.GET.get("feedback", "")
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 19
    feedback = get_object_or_404(told, pk=wanted) if known else told.first()
    if feedback is None:
        raise Http404
    services.take_copy(matter, what="打印反馈单", by=request.user, on=clock.today())
    return _paper(feedback_form(matters.feedback_facts(feedback)), f"反馈单 {matter.number_label}.docx")


@route(may=READERS)
@require_safe
@load_list
def list_docx(request: Request, task_list: TaskList) -> HttpResponse:
    """交办清单: the whole list for the office and its leaders, an extract of his own items for everybody else."""
    seen = matters.visible(request.user, request.held, clock.today()).filter(task_list=task_list)
    whole = matters.sees_whole(request.user, request.held, task_list)
    rows = seen.select_related("lead_unit", "leader", "bureau").order_by("place", "pk")
    facts = matters.list_facts(task_list, rows, whole=whole)
    services.take_list_copy(task_list, what="打印交办清单", by=request.user, on=clock.today())
    return _paper(list_form(facts), f"{task_list.title[:80]}.docx")
