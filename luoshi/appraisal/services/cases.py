"""红黑榜事例: chosen by people from records; whom a case concerns is told and heard; a black one has its way off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.appraisal.models import Board, BoardCase, CaseEvidence, CaseLink, SuperiorRemark
from luoshi.appraisal.queries import boards as queries
from luoshi.appraisal.rules import board_life as rules
from luoshi.appraisal.rules.board_life import CASE_MOVES, CaseKind, CaseState
from luoshi.appraisal.services.board_life import may
from luoshi.appraisal.services.moves import reasoned
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters.models import Matter
from luoshi.matters.queries.people import receivers
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems.models import Problem
from luoshi.records.services import act, keep, record, turn

STATES = {str(value): str(label) for value, label in CaseState.choices}


@dataclass(frozen=True, slots=True)
class CaseWords:
    """A case as it is written; cause, deadline and way off belong to a black one."""

    title: str
    words: str
    cause: str = ""
    rectify_by: date | None = None
    way_off: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """The records that a case rests on."""

    matters: Sequence[Matter] = ()
    problems: Sequence[Problem] = ()
    remarks: Sequence[SuperiorRemark] = ()

    def rows(self) -> list[dict[str, Any]]:
        """Each record under the name of its column."""
        kinds: tuple[tuple[str, Sequence[Any]], ...] = (
            ("matter", self.matters), ("problem", self.problems), ("remark", self.remarks)
        )  # fmt: skip
        return [{kind: one} for kind, rows in kinds for one in rows]


@act
def add_case(
    board: Board, *, kind: str, unit: Unit, words: CaseWords, grounds: Grounds, by: User, on: date,
    staged: Sequence[str] = (),
) -> BoardCase:  # fmt: skip
    """列事例: one good or bad example with the records it rests on. The unit concerned is told at once."""
    may(board, "add_case", by=by, on=on)
    if kind not in CaseKind.values:
        raise NotAllowed("请选择红榜或黑榜。")
    if not board.scores.filter(unit=unit).exists():
        raise NotAllowed(f"{unit}不在本季度的考评范围内，请核对单位。")
    told = _checked(kind, words, on)
    rows = grounds.rows()
    if not rows and not staged:
        raise NotAllowed("事例要有依据：至少选一件事项、问题或上级通报，或上传材料。")
    _of_bureau(board, rows)
    found = BoardCase.objects.create(board=board, kind=kind, unit=unit, chosen_by=by, chosen_on=on, **told)
    links = [CaseLink.objects.create(case=found, **one) for one in rows]
    files = keep(staged, by=by, bureau=board.bureau_id) if staged else []
    proofs = [CaseEvidence.objects.create(case=found, evidence=one) for one in files]
    changed = _drop_none(board, kind)
    record(by, "appraisal.add_case", found, bureau=board.bureau_id, rows=[*links, *files, *proofs, *changed])
    _tell(found, on, "add", f"拟列入{found.get_kind_display()}，可以陈述意见：{found.title}", by)
    return found


@act
def edit_case(case: BoardCase, *, words: CaseWords, version: int | None, by: User, on: date) -> BoardCase:
    """修改事例, while it is proposed."""
    _may_case(case, "edit_case", by=by, on=on)
    may(case.board, "add_case", by=by, on=on)
    turn(case, version, **_checked(case.kind, words, on))
    record(by, "appraisal.edit_case", case, bureau=case.board.bureau_id)
    return case


@act
def state_case(case: BoardCase, *, statement: str, version: int | None, by: User, on: date) -> BoardCase:
    """登记陈述: what the unit concerned says to it, in its own words, entered by itself or by the office."""
    _may_case(case, "state_case", by=by, on=on)
    said = reasoned(statement, "登记陈述")
    turn(case, version, statement=said[: rules.WORDS_MOST], stated_by=by, stated_on=on)
    record(by, "appraisal.state_case", case, bureau=case.board.bureau_id, note=said[:200])
    return case


@act
def drop_case(case: BoardCase, *, reason: str, version: int | None, by: User, on: date) -> BoardCase:
    """不再列入: the row stays, with its reason."""
    to = _may_case(case, "drop_case", by=by, on=on)
    may(case.board, "add_case", by=by, on=on)
    why = reasoned(reason, "不再列入")
    turn(case, version, state=to, void_reason=why[:300])
    record(by, "appraisal.drop_case", case, bureau=case.board.bureau_id, note=why)
    _tell(case, on, "drop", f"不再列入{case.get_kind_display()}：{case.title}", by)
    return case


@act
def take_off(case: BoardCase, *, words: str, version: int | None, by: User, on: date) -> BoardCase:
    """下榜: cured, on which record; who took it off and when stays with it."""
    to = _may_case(case, "take_off", by=by, on=on)
    if case.kind != CaseKind.BLACK:
        raise NotAllowed("红榜事例不用下榜。")
    why = reasoned(words, "下榜")
    turn(case, version, state=to, off_words=why[: rules.WHY_MOST], off_by=by, off_on=on)
    record(by, "appraisal.take_off", case, bureau=case.board.bureau_id, note=why[:200])
    _tell(case, on, "off", f"已下榜：{case.title}", by)
    return case


@act
def state_none(board: Board, *, kind: str, words: str, version: int | None, by: User, on: date) -> Board:
    """登记本季度无, with the reason; nobody is listed for being last."""
    may(board, "state_none", by=by, on=on)
    if kind not in CaseKind.values:
        raise NotAllowed("请选择红榜或黑榜。")
    label = CaseKind(kind).label
    if queries.both_needed(board, on):
        raise NotAllowed(f"本局决定红榜、黑榜每季度都至少一例，请选定{label}事例；确实没有的，由本局重新决定。")
    if board.cases.filter(kind=kind, state__in=[CaseState.PROPOSED, CaseState.LISTED]).exists():
        raise NotAllowed(f"{label}已有事例，不能登记“本季度无”。")
    why = reasoned(words, f"登记{label}本季度无")
    turn(board, version, **{_none(kind): why[:300]})
    record(by, "appraisal.state_none", board, bureau=board.bureau_id, note=f"{label}本季度无：{why}")
    return board


def _none(kind: str) -> str:
    return "none_red" if kind == CaseKind.RED else "none_black"


def _drop_none(board: Board, kind: str) -> list[Board]:
    """A case of a kind takes back the word that there is none."""
    if not getattr(board, _none(kind)):
        return []
    turn(board, None, **{_none(kind): ""})
    return [board]


def _may_case(case: BoardCase, name: str, *, by: User, on: date) -> str:
    case.refresh_from_db()
    mine = rules.roles(org.held(by, on), bureau_id=case.board.bureau_id, unit_id=case.unit_id)
    return destination(CASE_MOVES, name, state=case.state, duties=mine, states=STATES)


def _checked(kind: str, told: CaseWords, on: date) -> dict[str, Any]:
    title, words, cause, way_off = (one.strip() for one in (told.title, told.words, told.cause, told.way_off))
    if not title or not words:
        raise NotAllowed("请写明事例名称和内容：做了什么、结果怎样，照记录写。")
    if kind == CaseKind.RED:
        return {"title": title[: rules.TITLE_MOST], "words": words[: rules.WORDS_MOST], "cause": "",
                "rectify_by": None, "way_off": ""}  # fmt: skip
    if not cause or not way_off or told.rectify_by is None:
        raise NotAllowed("黑榜事例要写明原因、整改期限和下榜条件（整改到什么程度可以下榜）。")
    if told.rectify_by < on:
        raise NotAllowed("整改期限不能早于今天，请核对。")
    return {"title": title[: rules.TITLE_MOST], "words": words[: rules.WORDS_MOST], "cause": cause[: rules.WHY_MOST],
            "rectify_by": told.rectify_by, "way_off": way_off[: rules.WHY_MOST]}  # fmt: skip


def _of_bureau(board: Board, rows: Sequence[dict[str, Any]]) -> None:
    for one in rows:
        for row in one.values():
            if row.bureau_id != board.bureau_id:
                raise NotAllowed("依据的记录不属于本局，请重新选择。")


def _tell(case: BoardCase, on: date, move: str, title: str, by: User) -> None:
    people = [one for one in receivers([case.unit_id], on) if one != by]
    notify(
        dict.fromkeys(people), bureau=case.board.bureau_id, kind=f"appraisal.case_{move}",
        key=f"appraisal:case:{case.pk}:{move}:{case.version}", title=title, url=case.get_absolute_url(),
    )  # fmt: skip
