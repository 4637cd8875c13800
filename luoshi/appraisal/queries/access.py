"""The only doors to appraisal: which bureaus, units and rows somebody's duties open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held


def bureaus(held: Iterable[Held], wanted: Iterable[str]) -> list[int]:
    """The bureaus in which one of these duties is held."""
    duties = set(wanted)
    return sorted({one.bureau_id for one in held if one.duty in duties})


def own_units(user: User, held: Iterable[Held], on: date) -> set[int]:
    """The units whose score somebody reads before it is published: where he heads or handles, or which he leads."""
    found = list(held)
    units = {one.unit_id for one in found if one.duty in (Duty.HEAD, Duty.HANDLER)}
    if any(one.duty == Duty.LEADER for one in found):
        units |= set(org.led_units(user, on))
    return units
