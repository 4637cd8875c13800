"""What the calendar does: a follow-up that comes near or is overdue; few notices, each once a day."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.cadres.models import FollowUp
from luoshi.cadres.rules import FollowState, PostingState
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.rules import Duty
from luoshi.records.services import act
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar, is_workday, workdays_between

EVERY = 10
"""Working days between two notices of what is long overdue."""
AHEAD = timedelta(days=14)


@act
def remind(*, on: date) -> int:
    """On working days: the office two weeks before, on the day, on the first working day after and every tenth.

    The person is reminded of facts that he has not read three days after they were drawn, once.
    """
    fresh = 0
    calendars: dict[int, Calendar] = {}
    rows = FollowUp.objects.filter(
        posting__state__in=[PostingState.ASSIGNED, PostingState.ENDED], due_on__lte=on + AHEAD
    ).exclude(state__in=[FollowState.REPORTED, FollowState.EXAMINED])
    for one in rows.defer("facts").select_related("posting__cadre").order_by("pk"):
        bureau_id = one.posting.bureau_id
        calendar = calendars.setdefault(bureau_id, workdays.calendar(bureau_id))
        if not is_workday(on, calendar):
            continue
        words = _words(one.due_on, on, calendar)
        if words:
            people = [who for who in org.holders(Duty.OFFICE, bureau_id, on) if who.pk != one.posting.cadre_id]
            fresh += notify(people, bureau=bureau_id, kind="cadres.remind", key=f"cadres:due:{one.pk}:{on:%Y-%m-%d}",
                            title=f"跟踪考察{words}：{one.posting.cadre}", url=one.get_absolute_url())  # fmt: skip
        if one.state == FollowState.DRAWN and one.drawn_on is not None and on >= one.drawn_on + timedelta(days=3):
            fresh += notify([one.posting.cadre], bureau=bureau_id, kind="cadres.remind", key=f"cadres:unread:{one.pk}",
                            title="跟踪考察的事实还没有核对", url=one.get_absolute_url())  # fmt: skip
    return fresh


def _words(due_on: date, on: date, calendar: Calendar) -> str:
    if on == due_on:
        return "今天到期"
    if on == due_on - AHEAD:
        return f"{due_on:%m-%d}到期"
    if on > due_on and workdays_between(due_on, on, calendar) % EVERY == 1:
        return "已逾期"
    return ""
