"""What the desk says of quotas: one line each, the person's own; what the office owes the bureau's group study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from luoshi.activities.queries.quotas.book import LEADERS, OWN, Book, book
from luoshi.activities.queries.quotas.coverage import group_months
from luoshi.activities.queries.quotas.standings import standings
from luoshi.activities.rules.quotas import State, current, forecast, line
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One quota on the desk: its name, where one stands, what more there is to say, and where it opens."""

    label: str
    words: str
    more: str
    url: str


def desk_lines(user: User, held: list[Held], bureau_id: int, on: date) -> list[DeskLine]:
    """A person's quotas of the year in a line each; for the office the months of group study too. No scores, no places.

    At most eight queries, however many records there are.
    """
    year_book = book(bureau_id, on.year)
    found = standings(year_book, on=on, slots=(*OWN, *LEADERS), users=[user.pk]).get(user.pk)
    lines = [
        DeskLine(one.ask.label, line(one), forecast(one) or current(one), reverse("activities:quotas"))
        for one in (found.standings if found else ())
        if not one.nothing_asked
    ]
    if any(one.duty == Duty.OFFICE and one.bureau_id == bureau_id for one in held):
        lines += _group(year_book, on)
    return lines


def _group(year_book: Book, on: date) -> list[DeskLine]:
    return [
        DeskLine(
            one.standing.ask.label, line(one.standing), current(one.standing), reverse("activities:quota_coverage")
        )
        for one in group_months(year_book, on)
        if one.standing.short or (one.standing.now is not None and one.standing.state(one.standing.now) is State.OPEN)
    ]
