"""What the calendar does: an answer that is due, a promise whose date comes near; few notices, each once a day."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.commitments.models import Concern, LivelihoodItem, Promise
from luoshi.commitments.rules import NEAR, ConcernState, State
from luoshi.matters.queries.people import receivers
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar, is_workday, next_workday, workdays_between

EVERY = 5
"""Working days between two notices of what is long overdue."""


@act
def remind(*, on: date) -> int:
    """Remind on working days; returns how many notices are new.

    An answer: the working day before and the day itself whoever must give it; after that the leader and 局办公室, on
    the first working day and every fifth. A promise and a livelihood work: two weeks before and on the day.
    """
    return _answers(on) + _promises(on) + _works(on)


def _answers(on: date) -> int:
    fresh = 0
    calendars: dict[int, Calendar] = {}
    open_ones = Concern.objects.filter(state=ConcernState.WAITING, answer_due_on__lte=on + timedelta(days=14))
    for one in open_ones.select_related("leader", "unit"):
        calendar = calendars.setdefault(one.bureau_id, workdays.calendar(one.bureau_id))
        if not is_workday(on, calendar):
            continue
        unit = receivers([one.unit_id], on) if one.unit_id is not None else []
        if on > one.answer_due_on:
            late = workdays_between(one.answer_due_on, on, calendar)
            if late % EVERY != 1:
                continue
            people, words = [one.leader, *unit, *org.holders(Duty.OFFICE, one.bureau_id, on)], "逾期未答复"
        elif on == one.answer_due_on:
            people, words = [one.leader, *unit], "今天要答复"
        elif next_workday(on + timedelta(days=1), calendar) >= one.answer_due_on:
            people, words = unit or [one.leader], "明天前要答复"
        else:
            continue
        fresh += _notice(people, one.bureau_id, f"concern:{one.pk}", on, f"{words}：{one.title}",
                         one.get_absolute_url())  # fmt: skip
    return fresh


def _promises(on: date) -> int:
    fresh = 0
    live = Promise.objects.filter(
        commitment__state=State.PUBLISHED, outcome="", ended_on=None, due_now_on__in=[on, on + NEAR]
    )
    for one in live.select_related("commitment__person"):
        words = "承诺今天到期" if one.due_now_on == on else f"承诺{one.due_now_on:%m-%d}到期"
        fresh += _notice([one.commitment.person], one.commitment.bureau_id, f"promise:{one.pk}", on,
                         f"{words}：{one.words}", one.get_absolute_url())  # fmt: skip
    return fresh


def _works(on: date) -> int:
    fresh = 0
    live = LivelihoodItem.objects.filter(done_on=None, void_reason="", due_on__in=[on, on + NEAR])
    for one in live.select_related("batch", "leader"):
        words = "民生实事今天到期" if one.due_on == on else f"民生实事{one.due_on:%m-%d}到期"
        fresh += _notice([one.leader, *receivers([one.unit_id], on)], one.batch.bureau_id, f"item:{one.pk}", on,
                         f"{words}：{one.name}", one.get_absolute_url())  # fmt: skip
    return fresh


def _notice(people: list[User], bureau_id: int, what: str, on: date, title: str, url: str) -> int:
    return notify(
        dict.fromkeys(people), bureau=bureau_id, kind="commitments.remind",
        key=f"commitments:{what}:{on:%Y-%m-%d}", title=title, url=url,
    )  # fmt: skip
