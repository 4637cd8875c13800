"""推荐使用: proposed in words on what was examined, decided by the body in power. Nothing follows by itself."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from luoshi.cadres import queries
from luoshi.cadres.models import Posting, Recommendation
from luoshi.cadres.rules import (
    BODY,
    LONG_MOST,
    REC_MOVES,
    WORDS_MOST,
    FollowState,
    Level,
    Outcome,
    RecState,
    of_circle,
)
from luoshi.cadres.services.moves import decision, move, written
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.records.services import act, record, turn

EXAMINED = (FollowState.EXAMINED, FollowState.REPORTED)


@act
def recommend(posting: Posting, *, level: str, words: str, reasons: str, by: User, on: date) -> Recommendation:
    """提出推荐: by the examiners or the personnel side, after at least one examination; a bar is hinted, never told."""
    mine = queries.rec_roles(by, org.held(by, on), posting)
    if not of_circle(mine):
        raise NotAllowed("推荐由考察人、局办公室或主要领导提出；本人和导师不提。")
    if level not in Level.values:
        raise NotAllowed("请选择权限：股级岗位由本局决定，股级以上报县里推荐。")
    if not posting.follow_ups.filter(state__in=EXAMINED).exists():
        raise NotAllowed("这次锻炼还没有登记考察意见，不能提出推荐。")
    try:
        with transaction.atomic():
            found = Recommendation.objects.create(
                posting=posting, level=level, words=written(words, WORDS_MOST, "推荐意见"),
                reasons=written(reasons, LONG_MOST, "推荐理由"), proposed_by=by, proposed_on=on,
                hint=queries.hint(posting.cadre_id, bureau_id=posting.bureau_id, on=on),
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("已经有一项推荐待研究，请先登记它的研究结果。") from None
    record(by, "cadres.recommend", found, bureau=posting.bureau_id)
    return found


@act
def decide_rec(
    recommendation: Recommendation,
    *,
    outcome: str,
    said: str,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
    body: str = BODY,
) -> Recommendation:
    """研究结果: what the body decided, with its minutes; for posts above 股级 it decides to recommend to the county."""
    to, mine = _may(recommendation, "decide", by, on)
    posting = recommendation.posting
    if outcome not in Outcome.values:
        raise NotAllowed("请选择推荐使用、暂不推荐或继续考察。")
    who, day, note = decision(
        mine, bureau=posting.bureau, by=by, on=on, decided_by=decided_by, decided_on=decided_on, source_note=source_note
    )
    turn(
        recommendation, version, state=to, outcome=outcome, said=said.strip()[:WORDS_MOST], decided_by=who,
        decided_on=day, source_note=note[:200], body=body.strip()[:60] or BODY,
        hint=queries.hint(posting.cadre_id, bureau_id=posting.bureau_id, on=on),
    )  # fmt: skip
    record(by, "cadres.decide_rec", recommendation, bureau=posting.bureau_id, decided_by=who, decided_on=day)
    return recommendation


@act
def withdraw_rec(
    recommendation: Recommendation, *, reason: str, version: int | None, by: User, on: date
) -> Recommendation:
    """撤回 of what was not decided yet."""
    to, _ = _may(recommendation, "withdraw_rec", by, on, reason)
    turn(recommendation, version, state=to, void_reason=written(reason, WORDS_MOST, "理由"))
    record(by, "cadres.withdraw_rec", recommendation, bureau=recommendation.posting.bureau_id)
    return recommendation


def _may(one: Recommendation, name: str, by: User, on: date, reason: str | None = None) -> tuple[str, frozenset[str]]:
    one.refresh_from_db()
    mine = queries.rec_roles(by, org.held(by, on), one.posting)
    if not of_circle(mine):
        raise NotAllowed("推荐由考察人、局办公室或主要领导办理；本人和导师不办。")
    return move(REC_MOVES, name, one.state, mine, RecState, reason), mine
