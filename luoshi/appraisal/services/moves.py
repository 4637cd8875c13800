"""What every act of this room begins and ends with: the one conditional UPDATE, a decision entered for its body."""

from __future__ import annotations

from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty


def must_hold(duty: Duty, bureau_id: int, *, by: User, on: date, act: str) -> None:
    """Refuse whoever does not hold a duty in the bureau today; within the caller's act."""
    if duty not in org.duties(by, bureau_id, on):
        raise NotAllowed(f"“{act}”由{duty.label}办理，您目前没有这项职责。")


def reasoned(reason: str, act: str) -> str:
    """The reason without blanks around it; one that is missing is refused."""
    if not reason.strip():
        raise NotAllowed(f"“{act}”要写明理由，请补充后再办。")
    return reason.strip()
