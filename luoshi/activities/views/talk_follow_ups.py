"""提醒、整改 after a talk, and opinions of it that go to the ledger."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from luoshi.activities.forms.talks import FinishFollowUpForm, FollowUpForm, TalkOpinionForm, VoidFollowUpForm
from luoshi.activities.models import TalkFollowUp, TalkNote
from luoshi.activities.rules.talking import TALKERS
from luoshi.activities.services import talk_follow_ups as services
from luoshi.activities.views.talk_loaders import load_own_talk
from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.views.loaders import Request
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.records.once import once


def page(request: Request, note: TalkNote, form: Any, title: str) -> HttpResponse:
    return render(request, "activities/talk_form.html", {"form": form, "note": note, "title": title})


@route(may=TALKERS, act="activities.follow_up")
@once
@load_own_talk
def follow_up_new(request: Request, note: TalkNote) -> HttpResponse:
    """加一条提醒、整改."""
    on = clock.today()
    form = FollowUpForm(request.POST if request.method == "POST" else None, on=on)
    if request.method == "POST" and form.is_valid():
        told = form.words()
        services.add_follow_up(note, words=told.pop("what"), by=request.user, on=on, **told)
        messages.success(request, f"已登记，到期前会提醒您和{note.partner.name}。")
        return redirect(note)
    return page(request, note, form, "加一条提醒、整改")


@route(may=TALKERS, act="activities.finish_follow_up")
@once
@load_own_talk
def follow_up_done(request: Request, note: TalkNote, pk: int) -> HttpResponse:
    """办完销掉."""
    row = get_object_or_404(TalkFollowUp.objects.select_related("note__activity"), note=note, pk=pk)
    form = FinishFollowUpForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.finish_follow_up(
            row, done_words=told["done_words"], version=told["version"], by=request.user, on=clock.today()
        )
        messages.success(request, "已销掉。")
        return redirect(note)
    return page(request, note, form, f"办完：{row.words[:40]}")


@route(may=TALKERS, act="activities.void_follow_up")
@once
@load_own_talk
def follow_up_void(request: Request, note: TalkNote, pk: int) -> HttpResponse:
    """撤销一条."""
    row = get_object_or_404(TalkFollowUp.objects.select_related("note__activity"), note=note, pk=pk)
    form = VoidFollowUpForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        services.void_follow_up(row, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())
        messages.success(request, "已撤销。")
        return redirect(note)
    return page(request, note, form, f"撤销：{row.words[:40]}")


@route(may=TALKERS, act="activities.list_opinion")
@once
@load_own_talk
def talk_opinion(request: Request, note: TalkNote) -> HttpResponse:
    """列入问题台账."""
    on = clock.today()
    units = org.units_of(note.activity.bureau_id, on)
    form = TalkOpinionForm(request.POST if request.method == "POST" else None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.words()
            problem = services.list_talk_opinion(note, words=told.pop("what"), by=request.user, on=on, **told)
        except NotAllowed as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"已列入问题台账，编号{problem.number_label}。")
            return redirect(note)
    return page(request, note, form, "列入问题台账")
