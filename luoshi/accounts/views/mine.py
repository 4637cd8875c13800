"""One's own account, and what an ended session had typed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.accounts import forms, queries, rules, services
from luoshi.lib import clock
from luoshi.org.access import STAFF, route
from luoshi.records.once import once
from luoshi.ui.forms import plain_lines


@route(may=STAFF)
def mine(request: Any) -> HttpResponse:
    sessions = queries.sessions_of(request.user)
    for one in sessions:
        one.form_key = uuid.uuid4()  # each row is a form of its own
        one.words = rules.device(one.user_agent)
    context = {
        "sessions": sessions,
        "here": request.session.session_key,
        "second_factor": queries.has_second_factor(request.user),
    }
    return render(request, "accounts/mine.html", context)


@route(may=STAFF, act="accounts.end_sessions")
@once
def end_session(request: Any, pk: int) -> HttpResponse:
    form = forms.EndSessionsForm(request.POST or None)
    chosen = [one for one in queries.sessions_of(request.user) if one.pk == pk]
    if not chosen:
        raise Http404
    if request.method == "POST" and form.is_valid():
        services.end_sessions(request.user, chosen, by=request.user, on=clock.today())
        messages.success(request, "已结束这处登录。")
    return redirect("accounts:mine")


@route(may=STAFF)
def draft(request: Any) -> HttpResponse:
    """What was typed before the session ended: to send as it is, to copy, or to let go."""
    session = request.session
    found = queries.typed_draft(session.get("typed_draft"), owner=session.get("typed_by"), user=request.user)
    following = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(following, None):
        following = "/"
    if found is None:
        session.pop("typed_draft", None)
        return redirect(following)
    request.typed_draft = None  # the frame's own notice would say it twice
    pairs = [(name, value) for name, values in found.typed.items() for value in values]
    context = {"draft": found, "pairs": pairs, "lines": plain_lines(pairs), "next": following, "key": uuid.uuid4()}
    return render(request, "accounts/draft.html", context)


@route(may=STAFF, reads=True)
def forget_draft(request: Any) -> HttpResponse:
    if request.method == "POST":
        request.session.pop("typed_draft", None)
    return redirect("portal:desk")
