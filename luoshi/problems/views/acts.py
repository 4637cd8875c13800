"""One address for each act. GET shows the act's form on a page of its own, POST does it: form, one service call, back.

The acts differ only in form and service, so one factory makes their views from `forms.FORMS`; what is peculiar
to an act stands in its form.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale, destination
from luoshi.org.access import STAFF, route
from luoshi.problems import queries, rules, services
from luoshi.problems.forms import FORMS, ProblemForm
from luoshi.problems.models import Problem
from luoshi.problems.views.loaders import Request, View, load_problem
from luoshi.problems.views.page import events
from luoshi.records.once import once
from luoshi.records.services import BadFile
from luoshi.ui.forms import typed_lines

LATEST = 4
"""Events beside an act's form: nobody decides on what he cannot see."""
STATES = {str(value): str(label) for value, label in rules.State.choices}
ALSO = {"look_back": ("problems.rebound",)}
"""What else an act's form may lead to."""


def refuse_vain(problem: Problem, move: str, roles: Collection[str]) -> None:
    """Say before any field is judged why the act cannot be done now: the state forbids it, or nothing waits for it."""
    destination(rules.MOVES, move, state=problem.state, duties=roles, states=STATES)
    if why := queries.idle(problem, move, clock.today()):
        raise NotAllowed(why)


def refuse_stale(problem: Problem, move: str, form: ProblemForm) -> None:
    """What happened meanwhile comes before whose act it is. The service asks again, within the act."""
    version = form.opened_on_version
    if move not in rules.WORDS and version is not None and version < problem.version:
        raise Stale(problem.version, queries.changes_since(problem, version))


def _do(request: Request, problem: Problem, form: ProblemForm) -> bool:
    """Do the act; False where an upload was spent meanwhile, which the form then says."""
    try:
        getattr(services, form.service)(
            problem, by=request.user, on=clock.today(), now=clock.now(), version=form.cleaned_data["version"],
            staged=form.staged, **form.words(),
        )  # fmt: skip
    except BadFile as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, f"已{form.act_label}。")
    return True


def go(request: Request, problem: Problem) -> HttpResponse:
    """Back to where the act came from: the desk, else the problem's page while it may be seen."""
    if request.POST.get("back") == "desk" or not _seen(request, problem):
        return redirect("portal:desk")
    return redirect(problem)


def _seen(request: Request, problem: Problem) -> bool:
    return queries.visible(request.user, request.held, clock.today()).filter(pk=problem.pk).exists()


def turn_back(request: Request, problem: Problem, why: str) -> HttpResponse:
    """To the problem's page with the reason; in place of a panel the whole page, not a page within the page."""
    messages.warning(request, why)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": problem.get_absolute_url()})
    return redirect(problem)


def not_yours(request: Request, problem: Problem, label: str) -> HttpResponse:
    """The act is not this person's (403). What was typed stands on the page, so that it can be copied out."""
    context = {
        "title": f"您在此问题上没有“{label}”的职责，没有保存。",
        "advice": "问题可能已调整责任单位，或代理已到期。请联系局办公室。",
        "lines": typed_lines(request.POST),
        "staged_names": getattr(request, "staged_names", []),
        "back": problem.get_absolute_url(),
    }
    return render(request, "ui/conflict.html", context, status=403)


def _act(move: str) -> View:
    label = rules.MOVES[move].label

    @route(may=STAFF, act=(f"problems.{move}", *ALSO.get(move, ())))
    @require_http_methods(["GET", "POST"])
    @once
    @load_problem
    def view(request: Request, problem: Problem) -> HttpResponse:
        on, sent = clock.today(), request.method == "POST"
        roles = queries.roles_of(request.user, problem, on, request.held)
        form = FORMS[move](
            request.POST if sent else None,
            problem=problem,
            move=move,
            on=on,
            roles=roles,
            person=request.user,
            initial={"words_said": request.GET.get("words", "")[:200]},
        )
        refuse_stale(problem, move, form)
        if sent:
            if not rules.MOVES[move].duties & roles.keys():
                return not_yours(request, problem, label)
            refuse_vain(problem, move, roles)
            if form.is_valid() and _do(request, problem, form):
                return go(request, problem)
        else:
            try:
                refuse_vain(problem, move, roles)
            except NotAllowed as why:
                return turn_back(request, problem, str(why))
        return draw(request, problem, form)

    view.__name__ = view.__qualname__ = move
    view.__doc__ = f"{label}."
    return view


def draw(request: Request, problem: Problem, form: ProblemForm) -> HttpResponse:
    """The act's form in place on the problem's own page (HTMX), or on a page of its own with the latest events."""
    context = {
        "problem": problem,
        "form": form,
        "action": reverse(form.route, args=[problem.public_id]),
        "back": request.POST.get("back") or request.GET.get("back", ""),
    }
    if request.htmx:
        return render(request, "problems/act.html#panel", context)
    latest = events(problem, queries.timeline(problem))[:LATEST]
    return render(request, "problems/act.html", {**context, "events": latest})


ACTS: dict[str, View] = {move: _act(move) for move in FORMS}
"""The view of every act, by the name of its move."""
