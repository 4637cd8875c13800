"""异议: what a person says against an entry under his name, and the office's answer."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.urls import reverse

from luoshi.activities.models import Activity, Attendance, Objection
from luoshi.activities.queries.access import keeps
from luoshi.activities.rules import COUNTING, KEEPERS
from luoshi.activities.services.feeding import feed
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.queries import said_of
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.records.services import act, record

OFFICE = next(iter(KEEPERS))
VERDICTS = {"void": "成立，作废这条", "change": "成立，改为实际时长", "keep": "不成立，维持原记录"}
"""What the office may answer."""


@act
def object_to(attendance: Attendance, *, words: str, by: User, on: date) -> Objection:
    """提出异议: by the person alone, one at a time."""
    activity = attendance.activity
    if attendance.person_id != by.pk:
        raise NotAllowed("只能对记在自己名下的记录提出异议。")
    if attendance.void or activity.void:
        raise NotAllowed("这条记录已经作废，不用再提异议。")
    if not words.strip():
        raise NotAllowed("请写明哪里不对，实际情况是什么。")
    if Objection.objects.filter(attendance=attendance, answered_on=None).exists():
        raise NotAllowed("您已经提出异议，局办公室还没有答复。")
    made = Objection.objects.create(attendance=attendance, words=words.strip()[:300], by=by, on=on)
    record(by, "activities.object", activity, bureau=activity.bureau_id, rows=[made], note=made.words)
    notify(
        org.holders(OFFICE, activity.bureau_id, on), bureau=activity.bureau_id, kind="activities.object",
        key=f"activities:objection:{made.pk}", url=reverse("activities:objections"),
        title=f"{by.name}对“{activity.title[:40]}”的记录提出异议，待答复",
    )  # fmt: skip
    return made


@act
def answer_objection(
    objection: Objection,
    *,
    verdict: str,
    answer: str,
    by: User,
    on: date,
    version: int | None,
    half_days: int | None = None,
) -> Objection:
    """答复异议: upheld, the entry is voided or its length put right; or it stands, and why. The person is told."""
    attendance = objection.attendance
    activity = attendance.activity
    if not keeps(org.held(by, on), activity.bureau_id):
        raise NotAllowed("异议由局办公室答复，您目前没有这项职责。")
    if objection.by_id == by.pk and org.holders(OFFICE, activity.bureau_id, on).exclude(pk=by.pk).exists():
        raise NotAllowed("自己提出的异议，请由局办公室其他人员答复。")
    if verdict not in VERDICTS:
        raise NotAllowed("请选择异议是否成立。")
    if not answer.strip():
        raise NotAllowed("请写明答复。")
    rows = []
    if verdict == "change":
        if half_days is None or not 0 <= half_days <= activity.half_days or attendance.presence not in COUNTING:
            raise NotAllowed(f"改为的时长应在0到{activity.half_days}个半天之间。")
        rows = _change(attendance, half_days=half_days)
    elif verdict == "void":
        rows = _change(attendance, void=True)
    _answer(objection, version, answer=answer.strip()[:300], by=by, on=on, upheld=verdict != "keep")
    record(
        by, "activities.answer", activity, bureau=activity.bureau_id, rows=[objection, *rows],
        note=f"{attendance.person.name}：{VERDICTS[verdict]}。{answer.strip()}"[:300],
    )  # fmt: skip
    notify(
        [objection.by], bureau=activity.bureau_id, kind="activities.answer", key=f"activities:answer:{objection.pk}",
        title=f"您对“{activity.title[:40]}”的异议已答复：{'成立' if objection.upheld else '不成立'}",
        url=reverse("activities:mine"),
    )  # fmt: skip
    return objection


def _change(attendance: Attendance, **changes: object) -> list[Attendance]:
    Attendance.objects.filter(pk=attendance.pk).update(**changes)
    Activity.objects.filter(pk=attendance.activity_id).update(version=F("version") + 1)
    attendance.refresh_from_db()
    feed([attendance.activity])
    return [attendance]


def _answer(objection: Objection, version: int | None, *, answer: str, by: User, on: date, upheld: bool) -> None:
    known = objection.version if version is None else version
    waiting = Objection.objects.filter(pk=objection.pk, version=known, answered_on=None)
    won = waiting.update(version=known + 1, answer=answer, answered_by=by, answered_on=on, upheld=upheld)
    objection.refresh_from_db()
    if won != 1:
        raise Stale(objection.version, said_of(objection.attendance.activity))
