"""One reminder before a personal list is due."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from luoshi.notices.services import notify
from luoshi.problems.models import SelfCheck
from luoshi.problems.rules import CheckState
from luoshi.problems.rules.selfcheck import REMIND_BEFORE
from luoshi.workdays.queries import calendar
from luoshi.workdays.rules import add_workdays


@transaction.atomic
def remind_checks(on: date) -> int:
    """Remind each owner once, two working days before his list is due, while it is not submitted; returns how many.

    It joins the person's own digest and says only that a list is due. Repeating it does nothing; after the day
    nobody is chased: the office sees who has no list yet.
    """
    waiting = SelfCheck.objects.filter(state=CheckState.DRAFT, due_on__gte=on, person__is_active=True)
    told, until = 0, {}
    for bureau_id in waiting.order_by().values_list("bureau_id", flat=True).distinct():
        until[bureau_id] = add_workdays(on, REMIND_BEFORE, calendar(bureau_id)).due
    for one in waiting.select_related("person"):
        assert one.due_on is not None
        if one.due_on <= until[one.bureau_id]:
            told += notify(
                [one.person], bureau=one.bureau_id, kind="problems.check_due",
                key=f"problems:check:{one.pk}:due:{one.due_on:%Y%m%d}",
                title=f"个人问题清单{one.due_on:%m-%d}到期，还没有提交", url=one.get_absolute_url(),
            )  # fmt: skip
    return told
