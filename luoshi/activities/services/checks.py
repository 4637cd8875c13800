"""What an entry may say: days, lengths, people. Each check raises `NotAllowed` with the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import F

from luoshi.activities.models import Activity
from luoshi.activities.queries.people import roster
from luoshi.activities.rules import ENTRANTS, MOST_DAYS, TALKS, TRIPS, ActivityKind, Presence, most_half_days
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.queries import said_of
from luoshi.org import queries as org
from luoshi.org.models import Unit, User


def check_entrant(bureau: Unit, user: User, on: date) -> None:
    """Whoever is at work in the bureau records; the three administrators do no business."""
    if not ENTRANTS & org.duties(user, bureau.pk, on):
        raise NotAllowed(f"您目前不在{bureau}任职，不能登记活动。")


def check_words(*, kind: str, title: str, place: str) -> None:
    """A kind of the closed list, and words that fit."""
    if kind not in ActivityKind.values:
        raise NotAllowed("请选择是什么活动。")
    if not title.strip() or len(title.strip()) > 200:
        raise NotAllowed("请填写活动名称，不超过200字。")
    if len(place) > 120:
        raise NotAllowed("地点不超过120字。")


def check_days(kind: str, days: Sequence[date], until_on: date | None, half_days: int, on: date) -> None:
    """Days that were; a trip may be asked for before it (走出去 is approved first)."""
    if not days or len(days) > MOST_DAYS:
        raise NotAllowed(f"请填写日期，一次最多{MOST_DAYS}天。")
    if len(days) > 1 and until_on is not None:
        raise NotAllowed("一次登记几天的，每天各记一条，不要再填结束日期；连续几天只记一条的，只填开始和结束日期。")
    last = until_on or max(days)
    if until_on is not None and until_on < days[0]:
        raise NotAllowed("结束日期不能早于开始日期。")
    if last > on and kind not in TRIPS:
        raise NotAllowed(f"{last} 还没有到，活动办完再登记。")
    most = most_half_days(days[0], until_on)
    if not 0 <= half_days <= most:
        raise NotAllowed(f"时长最多{most}个半天（一天最多两个半天）。连续几天的，请填结束日期。")


def check_people(
    bureau: Unit,
    people: Iterable[tuple[User, str]],
    user: User,
    on: date,
    *,
    kind: str,
    there: frozenset[int] = frozenset(),
) -> None:
    """At least one, each once, of those whom this person may name (or who are `there` already), each with his part."""
    told = list(people)
    if not told:
        raise NotAllowed("请选择参加人员。")
    if len({one.pk for one, _ in told}) != len(told):
        raise NotAllowed("参加人员有重复，请核对。")
    if any(presence not in Presence.values for _, presence in told):
        raise NotAllowed("请选择参加情况：参加、主讲主持、请假或缺席。")
    if kind in TALKS:
        return  # who talks to whom goes by the division of work, which the talk's own act holds to
    allowed = roster(bureau.pk, user, org.held(user, on), on).people
    wrong = [one.name for one, _ in told if one.pk not in allowed and one.pk not in there]
    if wrong:
        raise NotAllowed(f"您只能登记本单位人员和局领导，{'、'.join(wrong[:5])}请由其单位或局办公室登记。")


def check_unit(bureau: Unit, unit: Unit) -> None:
    """组织单位 is the bureau or a unit of it."""
    if unit.pk != bureau.pk and unit.bureau_id != bureau.pk:
        raise NotAllowed(f"{unit}不是{bureau}的单位，请重新选择组织单位。")


def turn(activity: Activity, version: int | None, **changes: Any) -> None:
    """Take the next version of an activity, so that of two people one wins; within the caller's act."""
    known = activity.version if version is None else version
    won = Activity.objects.filter(pk=activity.pk, version=known).update(version=F("version") + 1, **changes)
    activity.refresh_from_db()
    if won != 1:
        raise Stale(activity.version, said_of(activity))
