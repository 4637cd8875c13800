"""What every page's frame shows: the rail, today, who is here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi.lib import clock


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the base layout: today's date, the current bureau and the duties held in it."""
    return {
        "today": clock.today(),
        "bureau": getattr(request, "bureau", None),
        "duties": getattr(request, "duties", frozenset()),
    }
