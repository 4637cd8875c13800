"""Who may do what in which state: postings, follow-ups, recommendations, merit entries and commendations.

A posting is decided by the Party committee and is no promotion. Facts are read and answered by the person they are
about; what examiners say of him is confidential: neither he nor his mentor is of the circle, whatever their duties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from luoshi.cadres.rules.words import CommendState, FollowState, MeritState, PostingState, RecState
from luoshi.lib.lifecycle import Move
from luoshi.org.rules import Duty, Held

OFFICE, CHIEF, CADRE, MENTOR, EXAMINER, AUTHOR = "office", "chief", "cadre", "mentor", "examiner", "author"
"""Roles: 局办公室, 主要领导, the person concerned, his mentor, a named examiner, who entered it."""
DECIDERS = frozenset({CHIEF, OFFICE})
"""The office enters what the body decided, with the paper it stands on."""

POSTING_MOVES = {
    "assign": Move(frozenset({PostingState.PROPOSED}), PostingState.ASSIGNED, DECIDERS, "确定锻炼"),
    "edit": Move(frozenset({PostingState.PROPOSED}), None, DECIDERS, "修改"),
    "extend": Move(frozenset({PostingState.ASSIGNED}), None, DECIDERS, "延长锻炼", reason=True),
    "end": Move(frozenset({PostingState.ASSIGNED}), PostingState.ENDED, DECIDERS, "结束锻炼", reason=True),
    "link": Move(frozenset({PostingState.PROPOSED, PostingState.ASSIGNED}), None, DECIDERS, "关联事项"),
    "withdraw": Move(frozenset({PostingState.PROPOSED}), PostingState.WITHDRAWN, DECIDERS, "撤回", reason=True),
}
_OPEN = frozenset({FollowState.DRAWN, FollowState.READ})
FOLLOW_MOVES = {
    "draw": Move(frozenset({FollowState.PLANNED}), FollowState.DRAWN, DECIDERS, "抽取事实"),
    "read": Move(frozenset({FollowState.DRAWN}), FollowState.READ, frozenset({CADRE}), "核对无误"),
    "answer": Move(_OPEN, None, frozenset({CADRE}), "对事实提意见"),
    "settle": Move(_OPEN, None, DECIDERS | {EXAMINER}, "核实意见"),
    "serve": Move(
        frozenset({FollowState.DRAWN}), FollowState.READ, frozenset({OFFICE}), "登记书面送达", reason=True
    ),
    "appoint": Move(_OPEN, None, DECIDERS, "指定考察人"),
    "examine": Move(frozenset({FollowState.READ}), FollowState.EXAMINED, frozenset({OFFICE, EXAMINER}), "登记考察意见"),
    "report": Move(frozenset({FollowState.EXAMINED}), FollowState.REPORTED, DECIDERS, "报告局党委"),
}  # fmt: skip
REC_MOVES = {
    "decide": Move(frozenset({RecState.PROPOSED}), RecState.DECIDED, DECIDERS, "登记研究结果"),
    "withdraw_rec": Move(
        frozenset({RecState.PROPOSED}), RecState.WITHDRAWN, DECIDERS | {EXAMINER}, "撤回推荐", reason=True
    ),
}
MERIT_MOVES = {
    "review": Move(frozenset({MeritState.ENTERED}), MeritState.KEPT, frozenset({"reviewer"}), "审核入档"),
    "give_back": Move(
        frozenset({MeritState.ENTERED}), MeritState.RETURNED, frozenset({"reviewer"}), "退回", reason=True
    ),
    "correct": Move(frozenset({MeritState.RETURNED}), MeritState.ENTERED, frozenset({AUTHOR, CADRE}), "补充后再报"),
}
COMMEND_MOVES = {
    "notice": Move(frozenset({CommendState.PROPOSED}), CommendState.NOTICED, frozenset({OFFICE}), "公示"),
    "object": Move(frozenset({CommendState.NOTICED}), None, frozenset({"reader"}), "提出异议"),
    "settle_objection": Move(frozenset({CommendState.NOTICED}), None, DECIDERS, "答复异议"),
    "approve": Move(frozenset({CommendState.NOTICED}), CommendState.DECIDED, DECIDERS, "登记决定"),
    "publish": Move(frozenset({CommendState.DECIDED}), CommendState.PUBLISHED, frozenset({OFFICE}), "印发通报"),
    "withdraw": Move(
        frozenset({CommendState.PROPOSED, CommendState.NOTICED}), CommendState.WITHDRAWN,
        DECIDERS | {AUTHOR}, "撤回", reason=True,
    ),
}  # fmt: skip

READERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.HANDLER, Duty.VERIFIER, Duty.INSPECTOR,
           Duty.DISCIPLINE, Duty.WINDOW)  # fmt: skip
"""Whoever works in the bureau; the three administrators handle no business."""
PERSONNEL = (Duty.OFFICE, Duty.CHIEF)
"""The personnel side: the house has no duty of its own for it."""
PROPOSERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD)


def counted(held: Iterable[Held], principals_out: Collection[int]) -> list[Held]:
    """The duties that count in a case: none that is held in the place of somebody the case is about."""
    return [one for one in held if one.principal_id is None or one.principal_id not in principals_out]


def roles(
    user_id: int,
    held: Iterable[Held],
    *,
    bureau_id: int,
    cadre_id: int | None,
    mentor_id: int | None = None,
    examiners: Collection[int] = (),
    author_id: int | None = None,
) -> frozenset[str]:
    """A person's roles in a case about `cadre_id`; in his own case a person has no other role than himself.

    >>> office, chief = [Held("OFFICE", 3, 1)], [Held("CHIEF", 2, 1)]
    >>> sorted(roles(7, office, bureau_id=1, cadre_id=9)), sorted(roles(9, office, bureau_id=1, cadre_id=9))
    (['office'], ['cadre'])
    >>> sorted(roles(7, office, bureau_id=1, cadre_id=9, mentor_id=7)), roles(7, chief, bureau_id=2, cadre_id=9)
    (['mentor', 'office'], frozenset())
    >>> roles(5, [Held("OFFICE", 3, 1, "顾清禾", 9)], bureau_id=1, cadre_id=9)
    frozenset()
    """
    rows = list(held)
    if not any(one.bureau_id == bureau_id for one in rows):
        return frozenset()
    if user_id == cadre_id:
        return frozenset({CADRE})
    apart = {one for one in (cadre_id, mentor_id) if one is not None and one != user_id}
    duties = {one.duty for one in counted(rows, apart) if one.bureau_id == bureau_id}
    found = {role for duty, role in ((Duty.OFFICE, OFFICE), (Duty.CHIEF, CHIEF)) if duty in duties}
    if user_id == mentor_id:
        found.add(MENTOR)
    if user_id in examiners:
        found.add(EXAMINER)
    if user_id == author_id:
        found.add(AUTHOR)
    return frozenset(found)


def of_circle(found: Collection[str]) -> bool:
    """Whether these roles may read what examiners said.

    >>> [of_circle(one) for one in ({"office"}, {"office", "mentor"}, {"mentor", "examiner"}, {"cadre"}, {"author"})]
    [True, False, True, False, False]
    """
    return EXAMINER in found or (bool({OFFICE, CHIEF} & set(found)) and MENTOR not in found)
