"""走出去、请进来: asked for, decided by a leader, reported; each lesson answered (2.2.1.2, 2.2.1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.urls import reverse

from luoshi.activities.models import Activity, Lesson, Trip
from luoshi.activities.queries.access import keeps
from luoshi.activities.queries.asked_by import clause_of
from luoshi.activities.queries.trips import deciders
from luoshi.activities.rules import TRIPS, ActivityKind, TripState, most_half_days
from luoshi.activities.rules.travelling import LESSON_LONGEST, LESSONS_MOST, why_not_decide
from luoshi.activities.services.checks import turn
from luoshi.activities.services.feeding import feed
from luoshi.activities.services.recording import Taking, What, edit_activity, record_activity, void_activity
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.queries import said_of
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.services import act, keep, record

SLOTS = {ActivityKind.OUTGOING: ("study_visit",), ActivityKind.EXPERT: ("expert_invite",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """What a request says: where to or who comes, when, on what, who takes part, at what cost."""

    kind: str
    host: str
    held_on: date
    people: Sequence[User]
    unit: Unit
    until_on: date | None = None
    topics: Sequence[str] = ()
    form: str = ""
    letter_number: str = ""
    cost: Decimal | None = None

    @property
    def title(self) -> str:
        on = "、".join(self.topics)
        if self.kind == ActivityKind.OUTGOING:
            return f"赴{self.host}考察{on}"[:200]
        return f"邀请{self.host}{self.form or '授课'}" + (f"：{on}" if on else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A leader's answer; `decided_by` where the office enters what he said off screen, with where it stands."""

    approved: bool
    words: str = ""
    decided_by: User | None = None
    decided_on: date | None = None
    source: str = ""


@act
def ask_trip(
    *, bureau: Unit, journey: Journey, by: User, on: date, sure: bool = False, staged: Sequence[str] = (),
    verdict: Verdict | None = None,
) -> Trip:  # fmt: skip
    """申请走出去、请进来; nobody's days count before it is reported. The office may enter the decision with it."""
    _check(journey)
    what = What(
        kind=journey.kind, title=journey.title, unit=journey.unit, until_on=journey.until_on,
        half_days=most_half_days(journey.held_on, journey.until_on), place=journey.host[:120],
        theme="、".join(journey.topics)[:120], clause=clause_of(SLOTS[ActivityKind(journey.kind)], bureau.pk),
    )  # fmt: skip
    activity = record_activity(
        bureau=bureau, what=what, days=[journey.held_on], people=[Taking(one, half_days=0) for one in journey.people],
        by=by, on=on, sure=sure,
    )[0]  # fmt: skip
    kept = keep(staged, by=by, bureau=bureau.pk) if staged else []
    trip = Trip.objects.create(
        activity=activity, host=journey.host.strip(), form=journey.form.strip(), topics=list(journey.topics),
        letter_number=journey.letter_number.strip(), letter=kept[0] if kept else None, cost=journey.cost, asked_by=by,
        asked_on=on,
    )  # fmt: skip
    record(by, "activities.ask_trip", trip, bureau=bureau.pk, rows=kept, note=activity.title)
    if verdict is not None:
        return decide_trip(trip, verdict=verdict, version=None, by=by, on=on)
    notify(
        deciders(activity, on), bureau=bureau.pk, kind="activities.trip", key=f"activities:trip:{trip.pk}:asked",
        title=f"待您审批：{activity.title}", url=trip.get_absolute_url(),
    )  # fmt: skip
    return trip


@act
def decide_trip(
    trip: Trip, *, verdict: Verdict, version: int | None, by: User, on: date, staged: Sequence[str] = ()
) -> Trip:
    """批准、不批准: by the leader in charge or the chief; or the office enters what one of them decided on paper."""
    activity = trip.activity
    if activity.void or trip.state != TripState.ASKED:
        raise NotAllowed(f"这件申请现在是“{trip.standing}”，不用再审批。")
    decider, day = by, on
    why = _why_not(activity, by, on)
    if verdict.decided_by is not None and verdict.decided_by.pk != by.pk:
        if not keeps(org.held(by, on), activity.bureau_id):
            raise NotAllowed("别人作出的决定由局办公室登记。")
        decider, day = verdict.decided_by, verdict.decided_on or on
        why = _why_not(activity, decider, day)
        if day > on:
            raise NotAllowed("审批日期不能晚于今天。")
        if not verdict.source.strip() and not staged:
            raise NotAllowed("请写明批示或会议出处，或附上批件。")
    if why:
        raise NotAllowed(why)
    if not verdict.approved and not verdict.words.strip():
        raise NotAllowed("不批准要写明理由。")
    kept = keep(staged, by=by, bureau=activity.bureau_id) if staged else []
    state = TripState.APPROVED if verdict.approved else TripState.REFUSED
    words = "。".join(one.strip() for one in (verdict.words, verdict.source) if one.strip())[:300]
    _turn(trip, version, state=state, decided_by=decider, decided_on=day, decision_words=words)
    rows: list[Any] = [*kept]
    if state == TripState.REFUSED:
        turn(activity, None, void=True, void_reason=f"未批准：{words}"[:300])
        rows.append(activity)
        trip.activity = activity
    record(
        by, "activities.decide_trip", trip, bureau=activity.bureau_id, rows=rows, decided_by=decider, decided_on=day,
        note=f"{state.label}：{words}" if words else state.label,
    )  # fmt: skip
    notify(
        {trip.asked_by, activity.entered_by}, bureau=activity.bureau_id, kind="activities.trip",
        key=f"activities:trip:{trip.pk}:decided", title=f"{state.label}：{activity.title}", url=trip.get_absolute_url(),
    )  # fmt: skip
    return trip


@act
def withdraw_trip(trip: Trip, *, reason: str, version: int | None, by: User, on: date) -> Trip:
    """撤回: not going after all, while nothing is reported."""
    if trip.state not in (TripState.ASKED, TripState.APPROVED):
        raise NotAllowed(f"这件申请现在是“{trip.standing}”，不能撤回。")
    _turn(trip, version)
    void_activity(trip.activity, reason=reason, version=None, by=by, on=on)
    record(by, "activities.withdraw_trip", trip, bureau=trip.activity.bureau_id, note=reason.strip()[:300])
    return trip


@act
def report_trip(
    trip: Trip, *, held_on: date, until_on: date | None, people: Sequence[User], cost: Decimal | None, words: str,
    lessons: Sequence[str], version: int | None, by: User, on: date, staged: Sequence[str] = (),
) -> Trip:  # fmt: skip
    """报成果: who went and when it was, what it cost, what was learnt; now the days count (2.2.1.2)."""
    activity = trip.activity
    if activity.void or trip.state != TripState.APPROVED:
        raise NotAllowed(f"这件申请现在是“{trip.standing}”，批准后、办完了再报成果。")
    if (until_on or held_on) > on:
        raise NotAllowed("还没有办完，回来后再报成果。")
    if not words.strip():
        raise NotAllowed("请写成果摘要，几句话即可。")
    told = [one.strip() for one in lessons if one.strip()]
    if not told:
        raise NotAllowed("请至少写一条可借鉴的做法或专家建议；确实没有的，写明“没有可借鉴的”和原因。")
    _check_lessons(told)
    long = most_half_days(held_on, until_on)
    what = What(
        kind=activity.kind, title=activity.title, unit=activity.unit, until_on=until_on, half_days=long,
        place=activity.place, theme=activity.theme, outcome=words, clause=activity.clause,
    )  # fmt: skip
    edit_activity(
        activity, what=what, held_on=held_on, people=[Taking(one, half_days=long) for one in people], version=None,
        by=by, on=on, sure=True,
    )  # fmt: skip
    kept = keep(staged, by=by, bureau=activity.bureau_id) if staged else []
    changes: dict[str, Any] = {"report": kept[0]} if kept else {}
    _turn(
        trip, version, state=TripState.REPORTED, reported_on=on, report_words=words.strip(),
        cost=trip.cost if cost is None else cost, **changes,
    )  # fmt: skip
    rows = [Lesson.objects.create(trip=trip, words=one, entered_by=by, entered_on=on) for one in told]
    record(
        by, "activities.report_trip", trip, bureau=activity.bureau_id, rows=[*kept, *rows],
        note=f"报成果，{len(rows)}条待答复",
    )  # fmt: skip
    _ask_answers(trip, on)
    return trip


@act
def add_lesson(trip: Trip, *, words: str, by: User, on: date) -> Lesson:
    """补一条借鉴、建议."""
    if trip.state != TripState.REPORTED:
        raise NotAllowed("报成果时一起写，之后才能补。")
    if trip.activity.entered_by_id != by.pk and not keeps(org.held(by, on), trip.activity.bureau_id):
        raise NotAllowed("由申请人或局办公室补充。")
    if not words.strip():
        raise NotAllowed("请写明做法或建议。")
    _check_lessons([words.strip()])
    made = Lesson.objects.create(trip=trip, words=words.strip(), entered_by=by, entered_on=on)
    record(by, "activities.add_lesson", trip, bureau=trip.activity.bureau_id, rows=[made], note=made.words)
    _ask_answers(trip, on)
    return made


@act
def take_trip_copy(trip: Trip, *, what: str, by: User, on: date) -> None:
    """The report or letter leaves the house: who took it is on record."""
    record(by, "activities.take_copy", trip, bureau=trip.activity.bureau_id, note=what[:200])


@act
def take_lessons(*, bureau: Unit, words: str, count: int, by: User, on: date) -> None:
    """A table of lessons leaves as a file: who took which rows is on record."""
    record(by, "activities.take_list", bureau, bureau=bureau.pk, note=f"导出{words}{count}条"[:300])


def _check(journey: Journey) -> None:
    if journey.kind not in TRIPS:
        raise NotAllowed("请选择走出去或请进来。")
    if not journey.host.strip() or len(journey.host.strip()) > 120:
        raise NotAllowed("请填写去哪里或请谁来，不超过120字。")
    if not [one for one in journey.topics if one.strip()]:
        raise NotAllowed("请选择或填写专题。")
    if journey.until_on is not None and journey.until_on < journey.held_on:
        raise NotAllowed("结束日期不能早于开始日期。")
    if journey.cost is not None and journey.cost < 0:
        raise NotAllowed("费用不能是负数。")


def _check_lessons(lessons: Sequence[str]) -> None:
    if len(lessons) > LESSONS_MOST or any(len(one) > LESSON_LONGEST for one in lessons):
        raise NotAllowed(f"一次最多{LESSONS_MOST}条，每条一句话，不超过{LESSON_LONGEST}字。")


def _why_not(activity: Activity, person: User, on: date) -> str:
    duties = org.duties(person, activity.bureau_id, on)
    led = activity.unit_id in org.led_units(person, on)
    goes = activity.attendances.filter(person=person, void=False).exists()
    return why_not_decide(duties, led=led, goes_himself=goes)


def _ask_answers(trip: Trip, on: date) -> None:
    """The office sees to it that each lesson gets its answer."""
    notify(
        org.holders(Duty.OFFICE, trip.activity.bureau_id, on), bureau=trip.activity.bureau_id, kind="activities.trip",
        key=f"activities:trip:{trip.pk}:lessons:{trip.version}", url=reverse("activities:lessons"),
        title=f"{trip.activity.title[:60]}有借鉴、建议待答复采纳与否",
    )  # fmt: skip


def _turn(trip: Trip, version: int | None, **changes: Any) -> None:
    known = trip.version if version is None else version
    won = Trip.objects.filter(pk=trip.pk, version=known).update(version=F("version") + 1, **changes)
    trip.refresh_from_db()
    if won != 1:
        raise Stale(trip.version, said_of(trip))
    feed([trip.activity])
