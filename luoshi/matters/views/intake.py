"""登记清单, 增加事项: from paste to save on one page. All that is typed stands in the form; checks save nothing."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.accounts.queries import typed_draft
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries, services
from luoshi.matters.forms.checking import Checker, as_words
from luoshi.matters.forms.grid import Grid
from luoshi.matters.forms.lists import BUTTONS, ListFields, ListForm, MoreItemsForm
from luoshi.matters.models import Matter, Meeting, TaskList
from luoshi.matters.pasting import FIELDS
from luoshi.matters.rules import MAKERS, State
from luoshi.matters.tables import BadTable, as_text
from luoshi.matters.views.loaders import Request, load_list
from luoshi.org.access import route
from luoshi.plan import queries as plans
from luoshi.records.once import once
from luoshi.records.services import BadFile

SAVED = ("matters.open_list", "matters.approve_list", "matters.assign_list")
UPTO = {"hand_out": "登记、立项并交办", "approve": "登记并立项", "draft": "登记"}


def typed(request: Request) -> Any:
    """What this page was sent, or what an ended session had typed into it; None on a fresh page."""
    if request.method == "POST":
        return request.POST
    kept = typed_draft(
        request.session.get("typed_draft"), owner=request.session.get("typed_by"), user=request.user
    )  # fmt: skip
    if kept is None or kept.path != request.path:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept.typed.items():
        data.setlist(name, values)
    return data


def head(request: Request, form_class: type[ListFields], **told: Any) -> Any:
    """The form above the grid: bound where it is to be saved, otherwise only filled with what was typed."""
    data, on = typed(request), clock.today()
    common = {"on": on, "duties": request.duties, **told}
    if request.method == "POST" and request.POST.get("act") in BUTTONS:
        return form_class(request.POST, **common)
    names = {*form_class.base_fields, "decided_by", "decided_on", "source_note"} - {"submission", "version", "files"}
    initial = {name: data[name] for name in names if name in data} if data else {}
    form = form_class(initial=initial, **common)
    form.fields["files"].widget.staged = getattr(request, "staged_names", [])
    return form


def value(form: ListFields, name: str) -> Any:
    """What a field of the head means so far; None where it is empty or wrong."""
    if name not in form.fields:
        return None
    try:
        return form.fields[name].clean(form[name].value())
    except ValidationError:
        return None


def pasted(request: Request, grid: Grid) -> None:
    """Read what was pasted, or the table of the file that came with it."""
    upload = request.FILES.get("table")
    if upload is None:
        return grid.paste(request.POST.get("paste", ""))
    try:
        upload.seek(0)
        grid.paste(as_text(upload, upload.name or ""))
    except BadTable as why:
        grid.said = str(why)


def worked(request: Request, grid: Grid, issuer: Any) -> str:
    """Do to the grid what the button said; nothing is saved. Returns what stays in the box for pasting."""
    act, mend = request.POST.get("act", ""), request.POST.get("fix", "")
    if mend:
        grid.mend(mend)
    elif act == "read":
        pasted(request, grid)
    elif act == "remap":
        grid.remap()
    elif act == "add":
        grid.add()
    elif act == "take":
        wanted = [int(one) for one in request.POST.getlist("duty") if one.isdigit()]
        grid.take(duties(request).filter(pk__in=wanted))
    return "" if act == "read" and not grid.said else request.POST.get("paste", "")


def duties(request: Request) -> Any:
    """The confirmed duties of this bureau's plans."""
    mine = plans.duties_for(request.user, clock.today()).filter(clause__version__plan__bureau=request.bureau)
    return mine.filter(state="CONFIRMED").select_related("leader").order_by("order")


def offered(request: Request) -> dict[str, Any]:
    """The plan texts to choose duties from, and the duties of the chosen one."""
    texts = plans.versions_for(request.user, clock.today()).filter(plan__bureau=request.bureau).defer("text")
    chosen = request.POST.get("plan", request.GET.get("plan", ""))
    handed_out = Exists(Matter.objects.filter(clause=OuterRef("clause")).exclude(state=State.CANCELLED))
    rows = duties(request).filter(clause__version=chosen).annotate(handed_out=handed_out) if chosen.isdigit() else []
    return {"texts": texts.order_by("-pk"), "chosen": chosen, "duties": rows}


def items_of(request: Request, grid: Grid) -> list[services.Item]:
    """The checked rows as the service takes them; a row from a plan keeps its clause."""
    clauses = {f"d{one.pk}": one.clause for one in duties(request).filter(pk__in=grid.duty_keys)}
    return [services.Item(**as_words(one), clause=clauses.get(one["key"])) for one in grid.items()]


def page(request: Request, form: Any, save: Any, **told: Any) -> HttpResponse:
    """The page of a grid: work on it, check it, save it with `save(items)`."""
    facts = queries.intake(request.bureau, clock.today())
    grid = Grid(typed(request), facts)
    saving = form.is_bound
    paste = worked(request, grid, None) if request.method == "POST" and not saving else ""
    issuer = told.get("issuer") or value(form, "issuer")
    decider = value(form, "decided_by") or (issuer if form.is_office else request.user)
    keys = {"issuer": issuer.pk if issuer else None, "decider": decider.pk if decider else None}
    Checker(facts, due_on=value(form, "due_on"), **keys, saving=saving and form.upto != "DRAFT").check(grid)
    context = {"form": form, "grid": grid, "facts": facts, "paste": paste, "fields": FIELDS, **offered(request), **told}
    if request.htmx and "row" in request.GET:
        line = next((one for one in grid.lines if one.key == request.GET["row"]), None)
        return render(request, "matters/list_new.html#row", {**context, "line": line})
    if saving and form.is_valid() and grid.ready:
        try:
            found: TaskList = save(items_of(request, grid))
        except (BadFile, NotAllowed) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已{UPTO[form.wanted]}{len(grid.lines)}件。")
            return redirect(found)
    return render(request, "matters/list_new.html", {**context, "tried": saving})


def meeting_of(request: Request, wanted: str) -> Meeting:
    """The meeting that the address names; one of another bureau, or none at all, is a 404."""
    try:
        key = uuid.UUID(wanted)
    except ValueError:
        raise Http404 from None
    seen = queries.meetings_seen(request.user, request.held).filter(bureau=request.bureau, void=False)
    return get_object_or_404(seen, public_id=key)


@route(may=MAKERS, act=SAVED)
@once
def list_new(request: Request) -> HttpResponse:
    """登记清单; `?meeting=` brings its meeting, `?plan=` opens a plan's duties."""
    wanted = (typed(request) or {}).get("meeting") or request.GET.get("meeting", "")
    meeting = meeting_of(request, wanted) if wanted else None
    form = head(request, ListForm, bureau=request.bureau, person=request.user, meeting=meeting)

    def save(items: list[services.Item]) -> TaskList:
        return services.open_list(
            bureau=request.bureau, items=items, by=request.user, on=form.on, now=clock.now(), staged=form.staged,
            **form.words(),
        )  # fmt: skip

    return page(request, form, save, meeting=meeting)


@route(may=MAKERS, act="matters.add_items")
@once
@load_list
def list_add(request: Request, task_list: TaskList) -> HttpResponse:
    """增加事项 to a list that stands."""
    if task_list.archived_on is not None:
        messages.warning(request, "清单已归档，不能再增加事项，请另立一份清单。")
        return redirect(task_list)
    form = head(request, MoreItemsForm, task_list=task_list)

    def save(items: list[services.Item]) -> TaskList:
        return services.add_items(
            task_list, items=items, by=request.user, on=form.on, now=clock.now(), staged=form.staged, **form.words()
        )

    return page(request, form, save, task_list=task_list, issuer=task_list.issuer)
