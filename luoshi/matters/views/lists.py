"""交办清单: the lists, one list with its items, and the acts on what is still waiting in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.matters import queries, services
from luoshi.matters.forms.lists import CarryOnForm, EditListForm, PlainListForm
from luoshi.matters.models import TaskList
from luoshi.matters.rules import LIST_ACTS, MAKERS, State
from luoshi.matters.services.lists import FINISHED
from luoshi.matters.views.loaders import Request, file_answer, load_list, load_list_kept
from luoshi.matters.views.shown import lamp_face
from luoshi.org.access import route
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.records.once import once
from luoshi.records.services import BadFile

READERS = frozenset(Duty) - ADMINISTRATORS - {Duty.WINDOW}


@route(may=READERS)
@require_safe
def task_lists(request: Request) -> HttpResponse:
    """The lists that this person sees, each with how far it is."""
    archived = request.GET.get("archived") == "1"
    found = queries.list_lines(
        request.user, request.held, clock.today(), archived=archived, after=request.GET.get("after", "")
    )
    context = {
        "lines": found.lines,
        "next": f"?{'archived=1&' if archived else ''}after={found.next_key}" if found.next_key else "",
        "first": bool(request.GET.get("after")),
        "archived": archived,
        "chips": [
            {"label": "在办", "url": "?", "on": not archived},
            {"label": "已归档", "url": "?archived=1", "on": archived},
        ],
        "may_open": bool(MAKERS & request.duties),
    }
    return render(request, "matters/task_lists.html", context)


@route(may=READERS)
@require_safe
@load_list
def task_list(request: Request, task_list: TaskList) -> HttpResponse:
    """One list: its head, how far it is, its items as far as this person sees them, and what may be done with it."""
    on = clock.today()
    seen = queries.visible(request.user, request.held, on).filter(task_list=task_list)
    matters = list(seen.select_related("lead_unit", "leader", "handler", "verifier", "bureau").order_by("place", "pk"))
    lines = queries.item_lines(matters, on)
    keeper = bool(MAKERS & request.duties) and task_list.bureau_id == request.bureau.pk
    form = carry_on_form(request, task_list, None) if keeper and not task_list.archived_on else None
    finished = bool(matters) and all(one.state in FINISHED for one in matters) and not task_list.archived_on
    late = sum(one.row.lamp in ("RED", "LATE") for one in lines)
    context = {
        "task_list": task_list,
        "lines": [(one, lamp_face(one.row.lamp)) for one in lines],
        "stages": queries.stages(matters),
        "done": sum(one.state in (State.CLOSED, State.ARCHIVED) for one in matters),
        "total": sum(one.state != State.CANCELLED for one in matters),
        "late": late,
        "keeper": keeper and queries.sees_whole(request.user, request.held, task_list),
        "form": form,
        "may_archive": finished and Duty.OFFICE in request.duties and keeper,
        "archive_form": PlainListForm(version=task_list.version, label="清单归档"),
        "may_pack": queries.may_pack(request.user, request.held, task_list) and queries.finished(task_list),
        "shows_meeting": keeper and task_list.meeting is not None,
    }
    return render(request, "matters/task_list.html", context)


def carry_on_form(request: Request, task_list: TaskList, data: Any) -> CarryOnForm | None:
    """The form that hands out what waits in a list; None where nothing waits for this person."""
    on = clock.today()
    office = Duty.OFFICE in request.duties
    states = [State.DRAFT, State.APPROVED] if office else [State.DRAFT]
    waiting = task_list.matters.filter(state__in=states).order_by("place")
    if not office and Duty.CHIEF not in request.duties:
        seen = queries.visible(request.user, request.held, on)
        leaders = {one.principal_id or request.user.pk for one in request.held if one.duty == Duty.LEADER}
        waiting = waiting.filter(pk__in=seen, leader__in=leaders)
    rows = list(waiting)
    drafts = sum(one.state == State.DRAFT for one in rows)
    if not rows and data is None:
        return None
    return CarryOnForm(data, task_list=task_list, waiting=rows, drafts=drafts, on=on, duties=request.duties)


@route(may=MAKERS, act=["matters.approve_list", "matters.assign_list"])
@once
@load_list
def list_carry_on(request: Request, task_list: TaskList) -> HttpResponse:
    """立项, 交办 the rest of a list in one act."""
    form = carry_on_form(request, task_list, request.POST if request.method == "POST" else None)
    if form is None:
        messages.info(request, "清单里没有待立项、待交办的事项了。")
        return redirect(task_list)
    if request.method == "POST" and form.is_valid():
        try:
            services.carry_on(
                task_list, by=request.user, on=form.on, now=clock.now(), staged=form.staged, **form.words()
            )
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已{dict(form.buttons).get(form.wanted, '办理')}。")
            return redirect(task_list)
    return render(request, "matters/list_carry_on.html", {"form": form, "task_list": task_list})


@route(may=MAKERS, act="matters.edit_list")
@once
@load_list
def list_edit(request: Request, task_list: TaskList) -> HttpResponse:
    """修改清单信息."""
    data = request.POST if request.method == "POST" else None
    form = EditListForm(data, task_list=task_list, on=clock.today())
    if request.method == "POST" and form.is_valid():
        services.edit_list(
            task_list, changes=form.changes(), version=form.cleaned_data["version"], by=request.user, on=clock.today()
        )
        messages.success(request, "清单信息已修改。")
        return redirect(task_list)
    context = {"form": form, "title": "修改清单信息", "back": task_list.get_absolute_url(), "back_label": "返回清单"}
    return render(request, "matters/one_form.html", context)


@route(may=LIST_ACTS["archive_list"], act="matters.archive_list")
@once
@load_list
def list_archive(request: Request, task_list: TaskList) -> HttpResponse:
    """清单归档, with its closed matters."""
    data = request.POST if request.method == "POST" else None
    form = PlainListForm(data, version=task_list.version, label="清单归档")
    if request.method == "POST" and form.is_valid():
        services.archive_list(
            task_list, version=form.cleaned_data["version"], by=request.user, on=clock.today(), now=clock.now()
        )
        messages.success(request, "清单已归档。")
        return redirect(task_list)
    context = {"form": form, "title": "清单归档", "back": task_list.get_absolute_url(), "back_label": "返回清单"}
    return render(request, "matters/one_form.html", context)


@route(may=READERS)
@require_safe
@load_list_kept
def list_paper(request: Request, task_list: TaskList) -> HttpResponse:
    """Download the list's paper; only for those who see the whole list (the office, the leaders concerned)."""
    services.take_list_copy(task_list, what=f"下载清单原件：{task_list.paper}", by=request.user, on=clock.today())
    assert task_list.paper is not None  # the loader's 404
    return file_answer(task_list.paper)
