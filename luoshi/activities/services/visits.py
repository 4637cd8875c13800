"""走访、调研、蹲点: one note gives days, stay, opinions and problems in one act (2.2.2.2a, 2.2.2.3a-c)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.activities.models import Activity, Conversion, Opinion
from luoshi.activities.queries.access import may_change
from luoshi.activities.rules import FIELD, ConversionKind
from luoshi.activities.services.feeding import feed
from luoshi.activities.services.recording import Taking, What, record_activity
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems import services as problems
from luoshi.problems.models import Institution, Problem
from luoshi.problems.rules import Source
from luoshi.records.services import act, record

MOST = 30
"""Opinions and problems at most in one note."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a visit: an opinion; a problem for the ledger; or one that stands there already (`seen`)."""

    words: str
    problem: bool = False
    seen: Problem | None = None
    unit: Unit | None = None


@act
def record_visit(
    *,
    bureau: Unit,
    what: What,
    day: date,
    people: Sequence[Taking],
    by: User,
    on: date,
    findings: Sequence[Finding] = (),
    matter: Matter | None = None,
    sure: bool = False,
    staged: Sequence[str] = (),
) -> Activity:
    """登记走访: findings, or in so many words that there are none. Raises as `record_activity`."""
    if what.kind not in FIELD:
        raise NotAllowed("请选择走访、调研或蹲点。")
    if not what.place.strip():
        raise NotAllowed("请填写去了哪里。")
    if not findings and not what.nothing_found and not what.outcome.strip():
        raise NotAllowed("请写明听到的意见、发现的问题；确实没有的，勾选“没有意见和问题”。")
    if findings and what.nothing_found:
        raise NotAllowed("已写了意见或问题，请取消勾选“没有意见和问题”。")
    if len(findings) > MOST:
        raise NotAllowed(f"一次最多登记{MOST}条意见和问题，其余的请另记一次。")
    made = record_activity(
        bureau=bureau, what=what, days=[day], people=people, by=by, on=on, sure=sure, staged=staged
    )  # fmt: skip
    activity = made[0]
    hear(activity, findings, by=by, on=on)
    if matter is not None:
        convert(activity, kind=ConversionKind.MATTER, matter=matter, by=by, on=on)
    return activity


@act
def hear(activity: Activity, findings: Sequence[Finding], *, by: User, on: date) -> list[Opinion]:
    """Put what was heard under an activity; a problem goes to the ledger, or is seen there once more (2.2.2.2b)."""
    if not findings:
        return []
    if not may_change(by, org.held(by, on), activity):
        raise NotAllowed("只有登记人和局办公室能在这条记录里补记意见和问题。")
    made = []
    note = f"{activity.held_on} {activity.title}"[:200]
    for one in findings:
        words = one.words.strip()
        if not words or len(words) > 300:
            raise NotAllowed("每条意见、问题写成一句话，不超过300字。")
        row = Opinion(activity=activity, words=words, unit=one.unit)
        if one.seen is not None:
            row.problem = one.seen
            row.sighting = problems.see_again(
                one.seen, source=Source.VISIT, seen_on=activity.held_on, by=by, on=on, words=words, source_note=note,
                place=activity.place, unit=one.unit,
            )  # fmt: skip
        elif one.problem:
            row.problem = problems.open_problem(
                bureau=activity.bureau, title=words[:200], detail=words if len(words) > 200 else "", unit=one.unit,
                source=Source.VISIT, found_on=activity.held_on, by=by, on=on, source_note=note, place=activity.place,
            )  # fmt: skip
        row.save()
        made.append(row)
    Activity.objects.filter(pk=activity.pk, nothing_found=True).update(nothing_found=False)
    feed([activity])
    number = sum(one.problem_id is not None for one in made)
    note = f"意见{len(made) - number}条，问题{number}个"
    record(by, "activities.hear", activity, bureau=activity.bureau_id, rows=made, note=note)
    return made


@act
def convert(
    activity: Activity,
    *,
    kind: str,
    by: User,
    on: date,
    words: str = "",
    matter: Matter | None = None,
    problem: Problem | None = None,
    institution: Institution | None = None,
) -> Conversion:
    """成果转化: what came of it: a matter, a problem of the ledger, a 制度, or advice in words (2.2.2.3c)."""
    if not may_change(by, org.held(by, on), activity):
        raise NotAllowed("只有登记人和局办公室能登记这次活动的成果转化。")
    if kind not in ConversionKind.values:
        raise NotAllowed("请选择转成了什么。")
    if kind == ConversionKind.MATTER and matter is None:
        raise NotAllowed("请填写转成的事项编号。")
    if kind != ConversionKind.MATTER and not (words.strip() or problem or institution):
        raise NotAllowed("请写明转成了什么。")
    made = Conversion.objects.create(
        activity=activity, kind=kind, matter=matter, problem=problem, institution=institution,
        words=words.strip()[:300], entered_by=by, entered_on=on,
    )  # fmt: skip
    record(by, "activities.convert", activity, bureau=activity.bureau_id, rows=[made], note=str(made))
    return made


@act
def take_back(row: Opinion | Conversion, *, reason: str, by: User, on: date) -> Opinion | Conversion:
    """撤回: one opinion or conversion entered by mistake, with its reason. A problem opened from it stays in the
    ledger, where it is dismissed if it is none."""
    activity = row.activity
    if not may_change(by, org.held(by, on), activity):
        raise NotAllowed("只有登记人和局办公室能撤回这一条。")
    if not reason.strip():
        raise NotAllowed("撤回要写明理由。")
    if not type(row)._default_manager.filter(pk=row.pk, void=False).update(void=True):
        raise NotAllowed("这一条已经撤回。")
    row.refresh_from_db()
    feed([activity])
    note = f"{str(row)[:100]}：{reason.strip()}"[:300]
    record(by, "activities.take_back", activity, bureau=activity.bureau_id, rows=[row], note=note)
    return row
