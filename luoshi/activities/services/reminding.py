"""差额提醒: once in a period, near its end, on a working day; it leaves with the day's digest, in office hours."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.urls import reverse

from luoshi.activities.queries.quotas import PERSONAL, book, reminders
from luoshi.notices.services import notify
from luoshi.org.models import Unit, User
from luoshi.org.rules import UnitKind
from luoshi.records.services import act
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import is_workday


@act
def remind_gaps(on: date) -> int:
    """Remind whoever is short of a figure whose period is about to end; returns how many were told.

    One notice a person, quota and period, held by its key: repeating the job tells nobody twice. Nobody is told on a
    rest day, on long leave, or of a week that had no working day.
    """
    fresh = 0
    for bureau_id in Unit.objects.filter(kind=UnitKind.BUREAU).values_list("pk", flat=True):
        if not is_workday(on, workdays.calendar(bureau_id)):
            continue
        year_book = book(bureau_id, on.year)
        if not any(year_book.quotas[slot] for slot in PERSONAL):
            continue
        told: dict[tuple[str, str], list[int]] = defaultdict(list)
        for one in reminders(year_book, on):
            told[one.key, one.words].append(one.person_id)
        people = User.objects.in_bulk({pk for pks in told.values() for pk in pks})
        for (key, words), pks in told.items():
            fresh += notify(
                [people[pk] for pk in pks if people[pk].is_active], bureau=bureau_id, kind="activities.gap",
                key=f"activities:gap:{bureau_id}:{key}", title=words, url=reverse("activities:quotas"),
            )  # fmt: skip
    return fresh
