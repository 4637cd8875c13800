"""What the view of every act does: draw the form, let the service act once, say so, and go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from luoshi.records.services import BadFile


def posted(request: HttpRequest) -> Any:
    """What was sent, None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def act_page(
    request: HttpRequest,
    form: Any,
    do: Callable[[Any], Any],
    *,
    title: str,
    back: str,
    done: str,
    template: str,
    **context: Any,
) -> HttpResponse:
    """Draw the form, or do the act and go to what it made (where it made a page), else back; to the desk from there."""
    from_desk = "desk" in (request.GET.get("back"), request.POST.get("back"))
    if from_desk:
        back = reverse("portal:desk")
    if request.method == "POST" and form.is_valid():
        try:
            made = do(form)
        except BadFile as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, done)
            return redirect(made if isinstance(made, str) and not from_desk else back)
    return render(request, template, {"form": form, "title": title, "back": back, "from_desk": from_desk, **context})
