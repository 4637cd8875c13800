"""What stands in the way of a commendation, and the hint before a recommendation: that there is one, never what."""

from __future__ import annotations

from datetime import date

from luoshi.accountability import queries as accountability
from luoshi.accountability.rules import Effect
from luoshi.cadres.models import Commendation

BARRED = "目前不能提出或通过表扬奖励。请先与派驻纪检监察组核对，影响期满或解除后再办。"
HINT = "推荐前请与派驻纪检监察组核实有关情况。"


def barred(person_id: int | None, unit_id: int | None, *, bureau_id: int, on: date) -> bool:
    """Whether a bar against commendation holds for the person or unit on a day."""
    effect = str(Effect.COMMENDATION)
    if person_id is not None:
        return bool(accountability.bars([person_id], bureau_id=bureau_id, on=on, effect=effect))
    return unit_id is not None and bool(
        accountability.unit_bars([unit_id], bureau_id=bureau_id, on=on, effect=effect)
    )  # fmt: skip


def refused(commendation: Commendation, on: date) -> bool:
    """The same for a commendation that stands already."""
    return barred(commendation.person_id, commendation.unit_id, bureau_id=commendation.bureau_id, on=on)


def hint(person_id: int, *, bureau_id: int, on: date) -> str:
    """The hint before a recommendation, empty where there is none; it gives no reason."""
    return HINT if accountability.hints([person_id], bureau_id=bureau_id, on=on) else ""
