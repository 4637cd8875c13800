"""借鉴清单、专家意见采纳表: the unanswered on top; answering one; the table as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from luoshi.activities.forms.trips import AnswerLessonForm, VoidLessonForm
from luoshi.activities.queries import keeps
from luoshi.activities.queries import trips as queries
from luoshi.activities.rules import ENTRANTS, ActivityKind
from luoshi.activities.services import lessons as services
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.queries import visible as matters_seen
from luoshi.matters.views.loaders import Request
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

TITLES = {ActivityKind.OUTGOING: "借鉴清单", ActivityKind.EXPERT: "专家意见采纳表"}
ANSWERERS = (Duty.CHIEF, Duty.LEADER, Duty.OFFICE)


def wanted_kind(request: Request) -> ActivityKind:
    return ActivityKind.EXPERT if request.GET.get("kind") == ActivityKind.EXPERT else ActivityKind.OUTGOING


def lessons_seen(request: Request, kind: str) -> Any:
    found = queries.seen(request.user, request.held, clock.today()).filter(activity__bureau=request.bureau)
    return queries.lessons_of(found, kind)


@route(may=ENTRANTS)
@require_safe
def lessons(request: Request) -> HttpResponse:
    """The table of one kind."""
    kind, after = wanted_kind(request), request.GET.get("after", "")
    waiting, done, next_key = queries.lesson_page(lessons_seen(request, kind), after=after)
    context = {
        "title": TITLES[kind],
        "kind": kind,
        "waiting": waiting,
        "done": done,
        "next": f"?kind={kind}&after={next_key}" if next_key else "",
        "first": f"?kind={kind}" if after else "",
        "chips": [{"label": word, "url": f"?kind={one}", "on": one == kind} for one, word in TITLES.items()],
        "may_answer": bool(set(ANSWERERS) & request.duties),
    }
    return render(request, "activities/lessons.html", context)


@route(may=ANSWERERS, act="activities.answer_lesson")
@once
def lesson_answer(request: Request, pk: int) -> HttpResponse:
    """答复采纳与否."""
    on = clock.today()
    lesson = get_object_or_404(lessons_seen(request, ""), pk=pk)
    paper = not {Duty.CHIEF, Duty.LEADER} & request.duties
    form = AnswerLessonForm(
        request.POST if request.method == "POST" else None, lesson=lesson, on=on, paper=paper,
        matters=matters_seen(request.user, request.held, on).filter(bureau=lesson.trip.activity.bureau_id),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.answer_lesson(lesson, version=version, by=request.user, on=on, **form.words())
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已答复：{lesson.get_answer_display()}。")
            return redirect(lesson.trip)
    context = {"form": form, "title": "采纳与否", "trip": lesson.trip, "lesson": lesson}
    return render(request, "activities/trip_form.html", context)


@route(may=ENTRANTS, act="activities.void_lesson")
@once
def lesson_void(request: Request, pk: int) -> HttpResponse:
    """撤销一条."""
    lesson = get_object_or_404(lessons_seen(request, ""), pk=pk)
    if lesson.entered_by_id != request.user.pk and not keeps(request.held, lesson.trip.activity.bureau_id):
        messages.error(request, "由填写人或局办公室撤销。")
        return redirect(lesson.trip)
    form = VoidLessonForm(request.POST if request.method == "POST" else None, lesson=lesson)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.void_lesson(lesson, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())
        messages.success(request, "已撤销。")
        return redirect(lesson.trip)
    context = {"form": form, "title": "撤销一条", "trip": lesson.trip, "lesson": lesson}
    return render(request, "activities/trip_form.html", context)
