"""借鉴、建议: adopted, and where; or not, and why (2.2.1.2, 2.2.1.3)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from luoshi.activities.models import Lesson
from luoshi.activities.queries.access import keeps
from luoshi.activities.rules import LessonAnswer
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.models import Matter
from luoshi.matters.queries import said_of
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.problems.models import Institution
from luoshi.records.services import act, record

LEADERS = frozenset({Duty.CHIEF, Duty.LEADER})


@act
def answer_lesson(
    lesson: Lesson, *, answer: str, version: int | None, by: User, on: date, where: str = "", why: str = "",
    unit: Unit | None = None, matter: Matter | None = None, institution: Institution | None = None,
    decided_by: User | None = None, decided_on: date | None = None,
) -> Lesson:  # fmt: skip
    """答复采纳与否: by a leader, or entered by the office with the leader who decided. It may be answered anew."""
    bureau = lesson.trip.activity.bureau
    if lesson.void:
        raise NotAllowed("这一条已撤销。")
    decider, day = _decider(lesson, by, on, decided_by, decided_on)
    if answer not in LessonAnswer.values:
        raise NotAllowed("请选择采纳或不采纳。")
    if answer == LessonAnswer.ADOPTED and not (where.strip() or unit or matter or institution):
        raise NotAllowed("采纳的，请写明用在哪里：单位、事项、制度或一句话。")
    if answer == LessonAnswer.DECLINED and not why.strip():
        raise NotAllowed("不采纳的，请写明理由。")
    if unit is not None and unit.bureau_id != bureau.pk:
        raise NotAllowed(f"{unit}不是{bureau}的单位，请重新选择。")
    adopted = answer == LessonAnswer.ADOPTED
    _turn(
        lesson, version, answer=answer, where=where.strip()[:200] if adopted else "",
        why="" if adopted else why.strip()[:200], unit=unit if adopted else None, matter=matter if adopted else None,
        institution=institution if adopted else None, decided_by=decider, decided_on=day,
    )  # fmt: skip
    record(
        by, "activities.answer_lesson", lesson, bureau=bureau.pk, decided_by=decider, decided_on=day,
        note=f"{lesson.get_answer_display()}：{lesson.where or lesson.why or ''}"[:300],
    )  # fmt: skip
    notify(
        [lesson.entered_by], bureau=bureau.pk, kind="activities.trip",
        key=f"activities:lesson:{lesson.pk}:{lesson.version}", url=lesson.trip.get_absolute_url(),
        title=f"{lesson.get_answer_display()}：{lesson.words[:60]}",
    )  # fmt: skip
    return lesson


@act
def void_lesson(lesson: Lesson, *, reason: str, version: int | None, by: User, on: date) -> Lesson:
    """撤销 a lesson entered by mistake, before it was answered."""
    if lesson.void or lesson.answer:
        raise NotAllowed("已答复或已撤销的，不能撤销。")
    if lesson.entered_by_id != by.pk and not keeps(org.held(by, on), lesson.trip.activity.bureau_id):
        raise NotAllowed("由填写人或局办公室撤销。")
    if not reason.strip():
        raise NotAllowed("撤销要写明理由。")
    _turn(lesson, version, void=True, void_reason=reason.strip()[:300])
    record(by, "activities.void_lesson", lesson, bureau=lesson.trip.activity.bureau_id, note=reason.strip()[:300])
    return lesson


def _decider(lesson: Lesson, by: User, on: date, decided_by: User | None, decided_on: date | None) -> tuple[User, date]:
    bureau_id = lesson.trip.activity.bureau_id
    if decided_by is None or decided_by.pk == by.pk:
        if not LEADERS & org.duties(by, bureau_id, on):
            raise NotAllowed("采纳与否由局领导决定；局办公室登记的，请选择作出决定的领导。")
        return by, on
    day = decided_on or on
    if not keeps(org.held(by, on), bureau_id):
        raise NotAllowed("别人作出的决定由局办公室登记。")
    if day > on:
        raise NotAllowed("决定日期不能晚于今天。")
    if not LEADERS & org.duties(decided_by, bureau_id, day):
        raise NotAllowed(f"{decided_by.name}当天不是局领导，请另选。")
    return decided_by, day


def _turn(lesson: Lesson, version: int | None, **changes: Any) -> None:
    known = lesson.version if version is None else version
    won = Lesson.objects.filter(pk=lesson.pk, version=known).update(version=F("version") + 1, **changes)
    lesson.refresh_from_db()
    if won != 1:
        raise Stale(lesson.version, said_of(lesson))
