"""Who sees a person's quotas, who may say why one was not reached, and whom to remind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from luoshi.activities.queries.access import keeps
from luoshi.activities.queries.quotas.book import LEADERS, PERSONAL, Book, book
from luoshi.activities.queries.quotas.standings import standings
from luoshi.activities.rules.quotas import Standing, amount, closing
from luoshi.org.models import Post, Unit, User
from luoshi.org.queries import in_force
from luoshi.org.rules import Duty, Held

NEAR = {"YEAR": 60, "HALF_YEAR": 30, "QUARTER": 21, "MONTH": 7, "WEEK": 3}
"""How many days before a period's end the reminder may come."""
NAMES = {
    "study_days_year": "年度学习",
    "study_weekly": "本周学习",
    "research_days_year": "年度调研",
    "frontline_monthly": "本月入企业、下基层或蹲点",
}


def headed(held: Iterable[Held], bureau_id: int) -> frozenset[int]:
    """The units of a bureau that somebody with these duties heads."""
    return frozenset(one.unit_id for one in held if one.bureau_id == bureau_id and one.duty == Duty.HEAD)


def may_see(user: User, held: Iterable[Held], person: User, bureau_id: int, on: date) -> bool:
    """Quotas are shown to the person, the office, and the head of his unit; to nobody else."""
    duties = list(held)
    if user.pk == person.pk or keeps(duties, bureau_id):
        return True
    units = headed(duties, bureau_id)
    return bool(units) and Post.objects.filter(in_force(on), user=person, unit__in=units).exists()


def may_say(user: User, held: Iterable[Held], person: User, bureau_id: int, slot: str, period: str, on: date) -> str:
    """Why somebody may not say why a figure was not reached; empty where he may."""
    units = headed(held, bureau_id)
    ours = bool(units) and Post.objects.filter(in_force(on), user=person, unit__in=units).exists()
    if user.pk != person.pk and not ours:
        return "未达原因由本人或其单位负责人填写。"
    if slot not in PERSONAL or not period[:4].isdecimal() or not 2000 <= int(period[:4]) <= on.year:
        return "没有这项要求或这个时段。"
    found = standings(book(bureau_id, int(period[:4])), on=on, slots=(slot,), users=[person.pk]).get(person.pk)
    for one in found.standings if found else ():
        for place, each in enumerate(one.periods):
            if each.key == period and one.share.needs[place] > one.done[place] and each.first <= on:
                return ""
    return "这个时段没有差额，不用填写原因。"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Whom to tell what; the key names the quota and the period."""

    person_id: int
    key: str
    words: str


def reminders(year_book: Book, on: date) -> Iterator[Reminder]:
    """Who is short of a figure whose period ends soon, is here today and not on long leave."""
    for pk, one in standings(year_book, on=on, slots=PERSONAL).items():
        if not one.member.unit_id or any(two.first <= on <= two.last for two in one.member.away):
            continue
        for two in one.standings:
            if two.ask.rhythm in NEAR and closing(two, NEAR[two.ask.rhythm]) and _last_chance(two):
                period = two.periods[two.now or 0]
                yield Reminder(pk, f"{two.ask.slot}:{period.key}", gentle(two))


def _last_chance(one: Standing) -> bool:
    """Of a week its last working day is the day to be reminded on; longer periods leave some."""
    place = one.now
    if one.ask.rhythm != "WEEK" or place is None:
        return True
    lower, upper = one.asked.grid.bounds[place]
    return upper > lower and one.on >= one.asked.grid.days[upper - 1]


def gentle(one: Standing) -> str:
    """The reminder's words: what is still open, no reproach."""
    name = NAMES.get(one.ask.slot, one.ask.label)
    if one.ask.rhythm == "WEEK":
        return f"{name}还没有记满{amount(one.share.needs[one.now or 0], one.ask.unit)}，学过的请补记"
    if one.ask.slot in LEADERS and one.ask.unit == "TIME":
        return f"{name}还没有记录，去过的请补记"
    return f"{name}还差{amount(one.left, one.ask.unit)}，学过、去过还没记的请补记"


def unit_names(bureau_id: int) -> dict[int, str]:
    """The units of a bureau by name, in the bureau's order."""
    return dict(Unit.objects.filter(bureau_id=bureau_id).order_by("rank", "pk").values_list("pk", "short_name"))
