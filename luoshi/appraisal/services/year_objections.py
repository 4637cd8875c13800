"""年度异议: to one point of a unit's result, or to a proposal for 优秀; answered by somebody without a part in it."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.appraisal.models import Nomination, ReviewResult, YearObjection
from luoshi.appraisal.queries import reviews as told
from luoshi.appraisal.rules import reviews as rules
from luoshi.appraisal.rules.pools import PoolState
from luoshi.appraisal.rules.reviews import HUNDRED, PartKey, ReviewState
from luoshi.lib.lifecycle import NotAllowed
from luoshi.lib.seal import canonical
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record, turn


@act
def object_to_result(result: ReviewResult, *, point: str, words: str, by: User, on: date) -> YearObjection:
    """提出异议: by the unit's head, to one part, until the window's last day."""
    review = result.review
    review.refresh_from_db()
    if org.head_of(result.unit_id, on) != by:
        raise NotAllowed("异议由被评单位负责人提出。")
    _within(review.state == ReviewState.SHOWN, review.objection_until, on)
    if point not in PartKey.values:
        raise NotAllowed("请选择对哪一部分有异议。")
    if not words.strip():
        raise NotAllowed("请写明哪里不对、实际情况是什么。")
    if result.objections.filter(point=point, upheld=None).exists():
        raise NotAllowed("对这一部分已经提出异议，还没有答复。")
    found = YearObjection.objects.create(result=result, point=point, words=words.strip()[:500], by=by, on=on)
    record(by, "appraisal.object_year", result, bureau=review.bureau_id, rows=[found], note=found.words)
    _ask(found, review.bureau_id, on, f"{result.unit}对{review}提出异议，待复核")
    return found


@act
def object_to_nomination(nomination: Nomination, *, words: str, by: User, on: date) -> YearObjection:
    """提出意见: by anybody of the bureau, while the names are shown."""
    pool = nomination.pool
    pool.refresh_from_db()
    if not org.held_in(by, pool.bureau_id, on):
        raise NotAllowed("公示期间由本局干部职工提出意见。")
    _within(pool.state == PoolState.SHOWN, pool.objection_until, on)
    if not words.strip():
        raise NotAllowed("请写明意见和事实。")
    found = YearObjection.objects.create(nomination=nomination, words=words.strip()[:500], by=by, on=on)
    record(by, "appraisal.object_year", nomination, bureau=pool.bureau_id, rows=[found])
    _ask(found, pool.bureau_id, on, f"{pool}公示收到一条意见，待核实")
    return found


@act
def answer_year(
    objection: YearObjection, *, upheld: bool, answer: str, version: int | None, by: User, on: date,
    corrected_to: Decimal | None = None,
) -> YearObjection:  # fmt: skip
    """答复: by another than who counted, entered or objected; an upheld point is put right, the difference shown."""
    objection.refresh_from_db()
    if objection.upheld is not None:
        raise NotAllowed("这条异议已经答复。")
    bureau_id = told.objection_bureau(objection)
    refused = told.why_not_answer(objection, by, on)
    if refused:
        raise NotAllowed(refused)
    if not answer.strip():
        raise NotAllowed("请写明核实情况和答复。")
    if corrected_to is not None and not 0 <= corrected_to <= HUNDRED:
        raise NotAllowed("更正后的得分应在0到100之间。")
    result = objection.result
    if corrected_to is not None and (not upheld or result is None or objection.point == PartKey.EVALUATION):
        raise NotAllowed("只有季度考评、专项活动的异议成立时才能更正得分；评议得分由票数得出，不能改数。")
    turn(objection, version, upheld=upheld, answer=answer.strip()[:500], answered_by=by, answered_on=on,
         corrected_to=corrected_to)  # fmt: skip
    rows: list[Any] = []
    if result is not None and corrected_to is not None:
        rows = _correct(result, objection.point, corrected_to)
    record(by, "appraisal.answer_year", objection, bureau=bureau_id, rows=rows,
           note="成立" if upheld else "不成立")  # fmt: skip
    notify(
        [objection.by], bureau=bureau_id, kind="appraisal.answer_year", key=f"appraisal:year_answer:{objection.pk}",
        title="您提出的异议已答复", url=told.objection_url(objection),
    )  # fmt: skip
    return objection


def _correct(result: ReviewResult, point: str, value: Decimal) -> list[Any]:
    """Put one part of one unit right and count its result again; other units keep their basis, places are redone."""
    facts = dict(result.facts)
    facts["parts"] = [dict(one) for one in facts["parts"]]
    for one in facts["parts"]:
        if one["key"] == point:
            was = one["value"] if one["value"] is not None else "没有数据"
            one["words"] = f"{one['words']}；异议成立，由{was}更正为{rules.cents(value)}"
            one["value"] = str(rules.cents(value))
    total, facts["words"] = rules.result(rules.parts_of(facts))
    digest = hashlib.sha256(canonical(facts).encode()).hexdigest()
    before = result.previous_total if result.corrected else result.total
    turn(result, None, facts=facts, digest=digest, total=total, previous_total=before, corrected=True,
         rank=(result.rank or 1) if total is not None else None)  # fmt: skip
    return [result, *_rerank(result)]


def _rerank(result: ReviewResult) -> list[Any]:
    peers = list(ReviewResult.objects.filter(review=result.review, group=result.group))
    places = rules.ranks({one.pk: one.total for one in peers})
    moved = []
    for one in peers:
        if one.rank != places[one.pk]:
            turn(one, None, rank=places[one.pk])
            moved.append(one)
    result.refresh_from_db()
    return moved


def _within(shown: bool, until: date | None, on: date) -> None:
    if not shown:
        raise NotAllowed("现在不在公示期，不能提出异议。")
    if until is not None and on > until:
        raise NotAllowed(f"公示到{until:%Y-%m-%d}截止，不能再提出异议。")


def _ask(found: YearObjection, bureau_id: int, on: date, words: str) -> None:
    people = org.holders(Duty.INSPECTOR, bureau_id, on) | org.holders(Duty.OFFICE, bureau_id, on)
    notify(
        people, bureau=bureau_id, kind="appraisal.object_year", key=f"appraisal:year_objection:{found.pk}",
        title=words[:200], url=told.objection_url(found),
    )  # fmt: skip
