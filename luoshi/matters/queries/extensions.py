"""延期申请: the one that is open, and all of a matter's, ready to print."""

from __future__ import annotations

from typing import Any

from luoshi.matters.models import ExtensionRequest, Matter
from luoshi.matters.rules import EXTENSION_STATES


def asked_extension(matter: Matter) -> ExtensionRequest | None:
    """The request that waits for the leader; of a matter there is at most one."""
    return ExtensionRequest.objects.filter(matter=matter, state="ASKED").select_related("asked_by").first()


def extension_lines(matter: Matter) -> list[dict[str, Any]]:
    """Every request of a matter, the newest first: asked by whom, why, until when, and the answer."""
    rows = ExtensionRequest.objects.filter(matter=matter).select_related("asked_by", "decided_by").order_by("-id")
    tones = {"GRANTED": "done", "REFUSED": "late", "ASKED": "open"}
    return [
        {
            "state": EXTENSION_STATES[one.state],
            "tone": tones.get(one.state, ""),
            "asked": one.state == "ASKED",
            "cycle": one.cycle,
            "asked_by": str(one.asked_by),
            "asked_on": one.asked_on,
            "due_was": one.due_was,
            "wanted_on": one.wanted_on,
            "reason": one.reason,
            "granted_until": one.granted_until,
            "decided_by": str(one.decided_by) if one.decided_by else "",
            "decided_on": one.decided_on,
            "answer": one.answer,
        }
        for one in rows
    ]
