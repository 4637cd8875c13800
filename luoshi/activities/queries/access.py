"""Who sees an activity: the only door to rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.activities.models import Activity, Attendance, Objection
from luoshi.activities.rules import ENTRANTS, KEEPERS, OVERSEERS, OWN_UNIT, TALKS, WHOLE
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held


def visible_to(user: User, on: date) -> QuerySet[Activity]:
    """The activities a person may see on a day; everything else answers 404."""
    return visible(user, org.held(user, on), on)


def visible(user: User, held: Iterable[Held], on: date) -> QuerySet[Activity]:
    """The same, where the duties held are already known (`request.held`).

    Everybody sees what he took part in or entered. 局办公室 and 主要领导 see all of their bureau; 督查组, 核查人 and
    派驻组 all but talks; a unit head what his unit held or his people took part in, a leader the same of his units,
    both without talks: that two people talked is told to the two, the office and the chief. The three administrators
    see none.
    """
    duties = [one for one in held if one.duty in ENTRANTS]
    if not duties:
        return Activity.objects.none()
    seen = Q(entered_by=user) | Q(pk__in=Attendance.objects.filter(person=user).values("activity_id"))
    whole = {one.bureau_id for one in duties if one.duty in WHOLE}
    if whole:
        seen |= Q(bureau__in=whole)
    plain = Q()
    overseen = {one.bureau_id for one in duties if one.duty in OVERSEERS} - whole
    if overseen:
        plain |= Q(bureau__in=overseen)
    units = {one.unit_id for one in duties if one.duty in OWN_UNIT and one.bureau_id not in whole}
    if any(one.duty == Duty.LEADER for one in duties):
        units |= set(org.led_units(user, on))
    if units:
        plain |= Q(unit__in=units) | Q(pk__in=Attendance.objects.filter(unit__in=units).values("activity_id"))
    if plain:
        seen |= plain & ~Q(kind__in=TALKS)
    return Activity.objects.filter(seen)


def keeps(held: Iterable[Held], bureau_id: int) -> bool:
    """Whether somebody with these duties may amend and void what others entered in a bureau."""
    return any(one.duty in KEEPERS and one.bureau_id == bureau_id for one in held)


def may_change(user: User, held: Iterable[Held], activity: Activity) -> bool:
    """Whether a person may amend or void an activity: who entered it, and the office."""
    duties = list(held)
    if activity.void or not any(one.duty in ENTRANTS and one.bureau_id == activity.bureau_id for one in duties):
        return False
    return activity.entered_by_id == user.pk or keeps(duties, activity.bureau_id)


def objections_seen(held: Iterable[Held]) -> QuerySet[Objection]:
    """The objections that somebody with these duties answers or answered."""
    bureaus = {one.bureau_id for one in held if one.duty in KEEPERS}
    return Objection.objects.filter(attendance__activity__bureau__in=bureaus)


def objections_to_answer(held: Iterable[Held]) -> QuerySet[Objection]:
    """Of these, the ones that wait."""
    return objections_seen(held).filter(answered_on=None)
