"""红黑榜的一生 on one screen: moves, who may make each; objections, cases, and what a date says of a board.

    已计算 COMPUTED → 公示中 SHOWN → (异议逐条答复) → 已复算 RECOMPUTED → 已审定 APPROVED → 已通报 PUBLISHED
    A later correction is a further edition beside the first, with its reason; both remain readable.

A score decides about people: it is shown to the unit before it counts, it can be contested point by point, and what
was contested is answered by somebody who had no part in the computing and does not belong to the unit (rule book §6.2,
§11). Ranking last is not itself a fault: cases are chosen by people, and "本季度无" is an answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from luoshi.appraisal.rules.words import BoardState
from luoshi.lib.lifecycle import Move
from luoshi.org.rules import Duty, Held


class Approver(TextChoices):
    """The body that approves a board: 主要领导 alone, the Party committee, or the leading group."""

    PARTY = "PARTY", "局党委"
    GROUP = "GROUP", "领导小组"
    CHIEF = "CHIEF", "主要领导"


class PointKind(TextChoices):
    """What of a score is contested."""

    RECORD = "RECORD", "某一件记录"
    INDICATOR = "INDICATOR", "某一项指标"


class Effect(TextChoices):
    """What an objection that is upheld makes of one record; an objection never makes a score worse by its effect."""

    GOOD = "GOOD", "按做到计入"
    OMITTED = "OMITTED", "不计入"


class ObjectionState(TextChoices):
    WAITING = "WAITING", "待答复"
    UPHELD = "UPHELD", "成立，予以更正"
    REJECTED = "REJECTED", "不成立，维持"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class CaseKind(TextChoices):
    RED = "RED", "红榜"
    BLACK = "BLACK", "黑榜"


class CaseState(TextChoices):
    PROPOSED = "PROPOSED", "拟列入"
    LISTED = "LISTED", "在榜"
    OFF = "OFF", "已下榜"
    VOID = "VOID", "未列入"


UNIT, OFFICE, CHIEF, REVIEWER, OVERSEER = "unit", "office", "chief", "reviewer", "overseer"
"""Roles: the unit scored, 局办公室, 主要领导, who was named to answer an objection, who oversees without acting."""
S = BoardState


def _move(source: set[str], to: str | None, who: set[str], label: str, *, reason: bool = False) -> Move:
    return Move(frozenset(source), to, frozenset(who), label, reason)


MOVES: dict[str, Move] = {
    "show": _move({S.COMPUTED}, S.SHOWN, {OFFICE}, "公示"),
    "object": _move({S.SHOWN}, None, {UNIT}, "提出异议", reason=True),
    "recompute": _move({S.SHOWN}, S.RECOMPUTED, {OFFICE}, "复算"),
    "add_case": _move({S.COMPUTED, S.SHOWN, S.RECOMPUTED}, None, {OFFICE}, "列事例"),
    "state_none": _move({S.COMPUTED, S.SHOWN, S.RECOMPUTED}, None, {OFFICE}, "登记本季度无"),
    "approve": _move({S.RECOMPUTED}, S.APPROVED, {OFFICE, CHIEF}, "审定"),
    "give_back": _move({S.APPROVED}, S.RECOMPUTED, {OFFICE, CHIEF}, "退回修改", reason=True),
    "publish": _move({S.APPROVED}, S.PUBLISHED, {OFFICE}, "印发通报"),
    "widen": _move({S.PUBLISHED}, None, {OFFICE}, "扩大公开范围"),
    "correct": _move({S.PUBLISHED}, None, {OFFICE}, "更正", reason=True),
}
"""The board's whole life. The office enters what the body decided, with the paper it stands on."""

OBJECTION_MOVES: dict[str, Move] = {
    "designate": _move({ObjectionState.WAITING}, None, {OFFICE, CHIEF}, "指定复核人"),
    "answer": _move({ObjectionState.WAITING}, None, {REVIEWER}, "答复异议", reason=True),
    "withdraw": _move({ObjectionState.WAITING}, ObjectionState.WITHDRAWN, {UNIT}, "撤回异议"),
}

CASE_MOVES: dict[str, Move] = {
    "edit_case": _move({CaseState.PROPOSED}, None, {OFFICE}, "修改事例"),
    "state_case": _move({CaseState.PROPOSED}, None, {OFFICE, UNIT}, "登记陈述", reason=True),
    "drop_case": _move({CaseState.PROPOSED}, CaseState.VOID, {OFFICE}, "不再列入", reason=True),
    "take_off": _move({CaseState.LISTED}, CaseState.OFF, {OFFICE}, "下榜", reason=True),
}

REVIEWERS = (Duty.LEADER, Duty.VERIFIER, Duty.INSPECTOR, Duty.CHIEF)
"""Whose duty may be named to answer an objection."""
WHY_MOST, WORDS_MOST, TITLE_MOST = 500, 800, 120


def roles(held: Iterable[Held], *, bureau_id: int, unit_id: int | None = None) -> frozenset[str]:
    """A person's roles in a bureau's board; `unit_id` is the unit whose score or case is meant.

    >>> sorted(roles([Held("OFFICE", 4, 1)], bureau_id=1)), sorted(roles([Held("OFFICE", 4, 2)], bureau_id=1))
    (['office'], [])
    >>> sorted(roles([Held("HEAD", 5, 1)], bureau_id=1, unit_id=5)), roles([Held("HEAD", 5, 1)], bureau_id=1, unit_id=6)
    (['unit'], frozenset())
    """
    found = set()
    for one in held:
        if one.bureau_id != bureau_id:
            continue
        if one.duty == Duty.OFFICE:
            found.add(OFFICE)
        elif one.duty == Duty.CHIEF:
            found.add(CHIEF)
        elif one.duty in (Duty.INSPECTOR, Duty.DISCIPLINE):
            found.add(OVERSEER)
        elif one.duty in (Duty.HEAD, Duty.HANDLER) and unit_id is not None and one.unit_id == unit_id:
            found.add(UNIT)
    return frozenset(found)


def why_not_review(
    *, person_id: int, units: Collection[int], duties: Collection[str], computed_by: Collection[int], unit_id: int
) -> str:
    """Why a person may not answer an objection; empty where he may.

    >>> told = {"computed_by": {7}, "unit_id": 5}
    >>> why_not_review(person_id=7, units={4}, duties={"VERIFIER"}, **told)
    '本季度得分由本人测算，不能再由本人答复异议，请改由其他人复核。'
    >>> why_not_review(person_id=8, units={5}, duties={"VERIFIER"}, **told)
    '复核人在提出异议的单位任职，须回避，请改由其他人复核。'
    >>> why_not_review(person_id=8, units={4}, duties={"HANDLER"}, **told)
    '异议由分管领导、核查人、督查组或主要领导答复，请从中指定。'
    >>> why_not_review(person_id=8, units={4}, duties={"VERIFIER"}, **told)
    ''
    """
    if person_id in computed_by:
        return "本季度得分由本人测算，不能再由本人答复异议，请改由其他人复核。"
    if unit_id in units:
        return "复核人在提出异议的单位任职，须回避，请改由其他人复核。"
    if not frozenset(duties) & frozenset(REVIEWERS):
        return "异议由分管领导、核查人、督查组或主要领导答复，请从中指定。"
    return ""


def late_words(until: date | None, on: date) -> str:
    """Why an objection comes too late, or before its time; empty while the window is open.

    >>> late_words(date(2026, 10, 16), date(2026, 10, 19))
    '异议期已于2026-10-16截止，不能再提出异议。如有新的证据，请书面交局办公室，由局党委研究是否更正。'
    >>> late_words(date(2026, 10, 16), date(2026, 10, 16))
    ''
    """
    if until is None:
        return "得分还没有公示，公示后才能提出异议。"
    if on > until:
        return (f"异议期已于{until:%Y-%m-%d}截止，不能再提出异议。"
                "如有新的证据，请书面交局办公室，由局党委研究是否更正。")  # fmt: skip
    return ""


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What the next act on a board is read from."""

    state: str
    until: date | None
    """The last day for objections."""
    waiting: int = 0
    """Objections nobody answered yet."""
    unnamed: int = 0
    """Of these, how many have no reviewer."""
    red: int = 0
    black: int = 0
    red_none: bool = False
    black_none: bool = False
    unheard: int = 0
    """Black cases without the statement of whom they concern."""
    both_needed: bool = False
    """Whether the bureau decided that each quarter needs a case of both kinds."""


def why_not_recompute(facts: BoardFacts, on: date) -> str:
    """Why a board may not be recomputed yet; empty where it may.

    >>> why_not_recompute(BoardFacts("SHOWN", date(2026, 10, 16)), date(2026, 10, 16))
    '异议期到2026-10-16才截止，期满后再复算。'
    >>> why_not_recompute(BoardFacts("SHOWN", date(2026, 10, 16), waiting=2), date(2026, 10, 19))
    '还有2条异议没有答复，全部答复后再复算。'
    >>> why_not_recompute(BoardFacts("SHOWN", date(2026, 10, 16)), date(2026, 10, 19))
    ''
    """
    if facts.until is not None and on <= facts.until:
        return f"异议期到{facts.until:%Y-%m-%d}才截止，期满后再复算。"
    if facts.waiting:
        return f"还有{facts.waiting}条异议没有答复，全部答复后再复算。"
    return ""


def why_no_case(facts: BoardFacts) -> str:
    """Which case, or word that there is none, is still missing; empty where both kinds are settled.

    >>> why_no_case(BoardFacts("RECOMPUTED", None, red=1))
    '还没有定黑榜事例。没有的，请登记“本季度无”，再报审定。'
    >>> why_no_case(BoardFacts("RECOMPUTED", None, red=1, black_none=True))
    ''
    >>> why_no_case(BoardFacts("RECOMPUTED", None, red=1, black_none=True, both_needed=True))
    '本局决定红榜、黑榜每季度都至少一例，请先选定黑榜事例；确实没有的，由本局重新决定。'
    >>> why_no_case(BoardFacts("RECOMPUTED", None, red=1, black=1, unheard=1))
    '有1条黑榜事例还没有登记当事单位的陈述（没有意见的也要写明），登记后再报审定。'
    """
    for label, number, none in (("红榜", facts.red, facts.red_none), ("黑榜", facts.black, facts.black_none)):
        if number:
            continue
        if facts.both_needed:
            return f"本局决定红榜、黑榜每季度都至少一例，请先选定{label}事例；确实没有的，由本局重新决定。"
        if not none:
            return f"还没有定{label}事例。没有的，请登记“本季度无”，再报审定。"
    if facts.unheard:
        return f"有{facts.unheard}条黑榜事例还没有登记当事单位的陈述（没有意见的也要写明），登记后再报审定。"
    return ""


def next_act(facts: BoardFacts, on: date) -> tuple[str, str]:
    """The office's next act on a board with its sentence; no act where it has to wait.

    >>> next_act(BoardFacts("COMPUTED", None), date(2026, 10, 9))[0]
    'show'
    >>> next_act(BoardFacts("SHOWN", date(2026, 10, 16)), date(2026, 10, 12))
    ('', '公示中，异议期到2026-10-16截止。')
    >>> next_act(BoardFacts("SHOWN", date(2026, 10, 16), waiting=1, unnamed=1), date(2026, 10, 12))
    ('designate', '有1条异议还没有指定复核人。')
    >>> [next_act(BoardFacts("RECOMPUTED", date(2026, 10, 16), red=red, black_none=True), date(2026, 10, 20))[0]
    ...  for red in (0, 1)]
    ['add_case', 'approve']
    """
    if facts.state == S.COMPUTED:
        return "show", "得分已算出，核对后公示。公示后各单位只看到本单位的得分和依据。"
    if facts.state == S.SHOWN:
        if facts.unnamed:
            return "designate", f"有{facts.unnamed}条异议还没有指定复核人。"
        if facts.until is not None and on <= facts.until:
            return "", f"公示中，异议期到{facts.until:%Y-%m-%d}截止。"
        if facts.waiting:
            return "", f"异议期满，还有{facts.waiting}条异议待复核人答复。"
        return "recompute", "公示期满，可以复算。没有成立的异议的，复算只作核对，得分不变。"
    if facts.state == S.RECOMPUTED:
        missing = why_no_case(facts)
        return ("add_case", missing) if missing else ("approve", "已复算，可以报审定。")
    if facts.state == S.APPROVED:
        return "publish", "已审定，可以印发通报。"
    return "", ""


ORDER = (S.COMPUTING, S.COMPUTED, S.SHOWN, S.RECOMPUTED, S.APPROVED, S.PUBLISHED)
"""The states in the order in which a board goes through them."""
STEPS = (("测算", S.COMPUTED), ("公示异议", S.RECOMPUTED), ("复算", S.RECOMPUTED), ("审定", S.APPROVED),
         ("通报", S.PUBLISHED))  # fmt: skip
"""Each step with the state in which it is done."""


def steps(state: str, days: Mapping[str, date | None]) -> list[dict[str, object]]:
    """The board's steps as `<c-steps>` draws them, with the day where one is known.

    >>> [(one["label"], one["state"]) for one in steps("SHOWN", {})][:3]
    [('测算', 'done'), ('公示异议', 'now'), ('复算', 'todo')]
    """
    place = ORDER.index(BoardState(state)) if state in ORDER else -1
    found: list[dict[str, object]] = []
    for label, done in STEPS:
        told = "done" if place >= ORDER.index(done) else "now" if all(o["state"] == "done" for o in found) else "todo"
        found.append({"label": label, "state": told, "on": days.get(label), "note": ""})
    return found


@dataclass(frozen=True, slots=True)
class Moved:
    """How a number moved against another: its sign in words, and the two numbers."""

    words: str
    up: bool | None


def rank_moved(now: int | None, before: int | None) -> Moved:
    """进位: a smaller rank is better; None where either quarter has no rank.

    >>> rank_moved(2, 4), rank_moved(3, 3).words, rank_moved(4, 3).words, rank_moved(1, None).words
    (Moved(words='进2位', up=True), '持平', '退1位', '—')
    """
    if now is None or before is None:
        return Moved("—", None)
    if now == before:
        return Moved("持平", None)
    return Moved(f"进{before - now}位", True) if now < before else Moved(f"退{now - before}位", False)
