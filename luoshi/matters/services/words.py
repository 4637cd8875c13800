"""催办, 阅, 批示: words on the timeline; they move nothing and leave the matter's version as it is."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from luoshi.matters.models import Matter, MatterEvent
from luoshi.matters.services.moves import Form
from luoshi.org.models import Unit, User
from luoshi.records.services import act


class FollowUp(TypedDict, total=False):
    """The matter that a 批示 opens; what is left out is taken from the matter it is written on."""

    title: str
    requirement: str
    lead_unit: Unit
    due_on: date | None
    urgent: bool


@act
def urge(
    matter: Matter, *, by: User, on: date, note: str = "", urgent: bool = False, **form: Unpack[Form]
) -> MatterEvent:
    """催办: at most once a matter and day, in office hours; `urgent` (加急) goes outside them too."""
    raise NotImplementedError


@act
def read(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[Form]) -> MatterEvent:
    """阅: the leader has read the feedback."""
    raise NotImplementedError


@act
def instruct(
    matter: Matter, *, text: str, by: User, on: date, follow_up: FollowUp | None = None, **form: Unpack[Form]
) -> MatterEvent:
    """批示: the leader's words; with `follow_up` they open another matter (`event.data["follow_up"]` names it)."""
    raise NotImplementedError
