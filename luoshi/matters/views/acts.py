"""One address for each act. GET shows the act's form on a page of its own, POST does it: form, one service call, back.

The acts differ only in form and service, so one factory makes their views from `forms.FORMS`; what is peculiar
to an act stands in its form's `words()`.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale, destination
from luoshi.matters import queries, rules, services
from luoshi.matters.forms import FORMS, MatterForm
from luoshi.matters.models import Matter
from luoshi.matters.views.loaders import Request, View, go, load_matter, not_yours
from luoshi.matters.views.page import events
from luoshi.matters.views.shown import paper_only
from luoshi.org.access import STAFF, route
from luoshi.records.once import once
from luoshi.records.services import BadFile

LATEST = 4
"""Events beside an act's form: nobody decides on what he cannot see."""
STATES = {str(value): str(label) for value, label in rules.State.choices}


def act_form(request: Request, matter: Matter, move: str, roles: Collection[str]) -> MatterForm:
    """The form of a move as this person needs it; bound where it was sent."""
    data = request.POST if request.method == "POST" else None
    paper = paper_only(move, roles)
    return FORMS[move](data, matter=matter, move=move, on=clock.today(), paper=paper, roles=roles, person=request.user)


def refuse_vain(request: Request, matter: Matter, move: str, roles: Collection[str]) -> None:
    """Say before any field is judged why the act cannot be done now: the state forbids it, or nothing waits for it."""
    destination(rules.MOVES, move, state=matter.state, duties=roles, states=STATES)
    if why := queries.idle(matter, request.user, clock.today()).get(move):
        raise NotAllowed(why)


def refuse_stale(matter: Matter, move: str, form: MatterForm) -> None:
    """What happened meanwhile comes before whose act it is: a step may also have taken the role away.

    The service asks again, within the act. Words (`rules.WORDS`) are never stale.
    """
    version = form.opened_on_version
    if move not in rules.WORDS and version is not None and version < matter.version:
        raise Stale(matter.version, queries.changes_since(matter, version))


def _do(request: Request, matter: Matter, move: str, form: MatterForm) -> bool:
    """Do the act; False where an upload was spent meanwhile, which the form then says."""
    try:
        getattr(services, move)(
            matter, by=request.user, on=clock.today(), now=clock.now(), version=form.cleaned_data["version"],
            staged=form.staged, **form.words(),
        )  # fmt: skip
    except BadFile as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, f"已{form.done_label}。")
    return True


def turn_back(request: Request, matter: Matter, why: str) -> HttpResponse:
    """To the matter's page with the reason; in place of a panel the whole page, not a page within the page."""
    messages.warning(request, why)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": matter.get_absolute_url()})
    return redirect(matter)


def _act(move: str) -> View:
    label = rules.MOVES[move].label

    @route(may=STAFF, act=f"matters.{move}")
    @require_http_methods(["GET", "POST"])
    @once
    @load_matter
    def view(request: Request, matter: Matter) -> HttpResponse:
        roles = queries.roles_of(request.user, matter, clock.today())
        form = act_form(request, matter, move, roles)
        refuse_stale(matter, move, form)
        if request.method == "POST":
            if not rules.MOVES[move].duties & roles.keys():
                return not_yours(request, matter, label)
            refuse_vain(request, matter, move, roles)
            if form.redraws:
                form = form.redrawn()
            elif form.is_valid() and _do(request, matter, move, form):
                return go(request, matter)
        else:
            try:
                refuse_vain(request, matter, move, roles)
            except NotAllowed as why:
                return turn_back(request, matter, str(why))
        context = {"matter": matter, "form": form, "back": request.POST.get("back") or request.GET.get("back", "")}
        if request.htmx:  # in place, on the matter's own page
            return render(request, "matters/act.html#panel", context)
        latest = events(matter, queries.timeline(matter))[:LATEST]
        return render(request, "matters/act.html", {**context, "events": latest})

    view.__name__ = view.__qualname__ = move
    view.__doc__ = f"{label}."
    return view


ACTS: dict[str, View] = {move: _act(move) for move in FORMS}
"""The view of every act, by the name of its move."""
