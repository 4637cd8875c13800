"""提醒: the list, opening one, and marking all read."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from luoshi.lib import clock
from luoshi.notices import queries, services
from luoshi.org.access import STAFF, route
from luoshi.records.once import once


@route(may=STAFF)
def listing(request: Any) -> HttpResponse:
    """Unread notices first, then a page of those that were opened, both by day."""
    before = request.GET.get("before", "")
    older = int(before) if before.isdigit() and len(before) < 19 else None
    unread, more = queries.page(request.user, read=False)
    read, next_key = queries.page(request.user, read=True, before=older)
    context = {
        "unread": queries.by_day(unread) if older is None else [],
        "more": more is not None,
        "upto": unread[0].pk if unread else None,
        "read": queries.by_day(read),
        "older": older,
        "submission": uuid.uuid4(),
        "next": f"?before={next_key}" if next_key else "",
    }
    return render(request, "notices/list.html", context)


@route(may=STAFF, reads=True)
@once
def open_notice(request: Any, pk: int) -> HttpResponse:
    """Mark it read and go where it leads."""
    notice = get_object_or_404(queries.visible_to(request.user), pk=pk)
    if request.method == "POST":
        services.mark_read(notice, now=clock.now())
    inside = url_has_allowed_host_and_scheme(notice.url, None) and notice.url.startswith("/")
    return redirect(notice.url if inside else "notices:list")


@route(may=STAFF, reads=True)
@once
def mark_all_read(request: Any) -> HttpResponse:
    """Everything that was on the page is read."""
    upto = request.POST.get("upto", "")
    if request.method == "POST" and upto.isdigit() and len(upto) < 19:
        number = services.mark_all_read(request.user, now=clock.now(), upto=int(upto))
        messages.success(request, f"{number}条提醒已标为已读。")
    return redirect("notices:list")
