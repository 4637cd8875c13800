"""What the calendar does with problems: reminders of 整改时限 and of 回头看."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Post, User
from luoshi.org.rules import Duty
from luoshi.problems import queries, rules
from luoshi.problems.models import Problem
from luoshi.problems.queries.desk import with_open_matters
from luoshi.problems.rules import State
from luoshi.problems.rules.dates import rung
from luoshi.records.services import act
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar, add_workdays, is_workday

AHEAD = 2


@act
def remind(*, on: date, now: datetime) -> int:
    """Remind of problems near or past their date, and once of each that is to be looked at again; how many are new.

    On working days only, each person once a problem and day. What runs as a matter is reminded of there (`matters`),
    what waits for acceptance by its own notice. Repeating the job on the same day does nothing.
    """
    calendars: dict[int, Calendar] = {}

    def working(bureau_id: int) -> bool:
        calendars.setdefault(bureau_id, workdays.calendar(bureau_id))
        return is_workday(on, calendars[bureau_id])

    near = add_workdays(on, AHEAD, workdays.calendar()).due
    running = Problem.objects.filter(state=State.RECTIFYING, applied_on__isnull=True, due_on__lte=near)
    rows = list(running.exclude(with_open_matters()).select_related("owner", "leader", "unit", "self_check__person",
                                                                   "self_check__reviewer").order_by("id"))  # fmt: skip
    heads = _heads({one.unit_id for one in rows if one.unit_id is not None}, on)
    fresh = 0
    for one in rows:
        if not working(one.bureau_id):
            continue
        step = rung(one.due_on, on, calendars[one.bureau_id], ahead=AHEAD)
        if step is not None:
            people = _people(one, step.role, heads)
            fresh += _tell(one, people, f"problems:{one.pk}:remind:{on:%Y-%m-%d}", step.words)
    due = Problem.objects.filter(state=State.CLOSED, look_back_held__isnull=True, look_back_on__lte=on)
    for one in due.select_related("owner", "self_check__reviewer").order_by("id"):
        if working(one.bureau_id):
            key = f"problems:{one.pk}:look_back:{one.look_back_on:%Y-%m-%d}"
            fresh += _tell(one, queries.checkers(one, on), key, "到时回头看")
    return fresh


def _people(one: Problem, role: str, heads: dict[int, list[User]]) -> list[User]:
    """Who stands on a rung: 责任人 (else the head), the head, the leader; of a personal list its two people."""
    if one.self_check is not None:
        late = role == rules.LEADER and one.self_check.reviewer is not None
        return [one.self_check.reviewer] if late and one.self_check.reviewer else [one.self_check.person]
    head = heads.get(one.unit_id, []) if one.unit_id is not None else []
    if role == rules.LEADER:
        return [one.leader] if one.leader is not None else head
    owner = [one.owner] if one.owner is not None else head
    return owner if role == rules.OWNER else head or owner


def _heads(units: Iterable[int], on: date) -> dict[int, list[User]]:
    found: dict[int, list[User]] = defaultdict(list)
    posts = Post.objects.filter(org.in_force(on), unit_id__in=list(units), duty=Duty.HEAD, user__is_active=True)
    for post in posts.select_related("user").order_by("id"):
        found[post.unit_id].append(post.user)
    return found


def _tell(one: Problem, people: Iterable[User], key: str, words: str) -> int:
    title = "个人问题清单" if one.self_check_id is not None else one.title
    return notify(
        people, bureau=one.bureau_id, kind="problems.remind", key=key, title=f"{words}：{title}",
        url=one.get_absolute_url(),
    )  # fmt: skip
