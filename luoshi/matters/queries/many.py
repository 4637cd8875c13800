"""What stands against making one move on many matters, as far as it shows before a word is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters import rules
from luoshi.matters.models import Matter, MatterEvent
from luoshi.matters.queries.access import parts_of
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import is_office_time

STATES = {str(value): str(label) for value, label in rules.State.choices}


def against(
    matters: Sequence[Matter], move: str, *, user: User, held: Sequence[Held], on: date
) -> tuple[dict[int, str], dict[int, dict[str, str]]]:
    """Why each of the matters cannot be moved now, by key, and the person's roles in all; a few queries in all."""
    parts = parts_of(matters)
    mine = {one.pk: rules.roles(user.pk, held, parts[one.pk]) for one in matters}
    urged: set[int] = set()
    if move == "urge":
        today = MatterEvent.objects.filter(matter__in=matters, move="urge", on=on)
        urged = set(today.values_list("matter_id", flat=True))
    why: dict[int, str] = {}
    for one in matters:
        try:
            destination(rules.MOVES, move, state=one.state, duties=mine[one.pk], states=STATES)
        except NotAllowed as refusal:
            why[one.pk] = str(refusal).removesuffix("请刷新页面查看最新进展。")
            continue
        if one.pk in urged:
            why[one.pk] = "今天已催办过，同一事项一天只催一次。"
        elif move == "extend" and one.due_on is not None and on > one.due_on and rules.OFFICE not in mine[one.pk]:
            why[one.pk] = f"办结时限{one.due_on:%Y-%m-%d}已过，不能再延期。"
    return why, mine


def outside_hours(bureau_id: int, now: datetime) -> bool:
    """Whether 催办 wants 加急 now."""
    return not is_office_time(now, workdays.calendar(bureau_id))
