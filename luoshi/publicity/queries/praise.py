"""红黑榜通报, a red example and 表扬通报 as drafts, from what was published; the words stand as they were frozen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from luoshi.appraisal.models import Board, BoardCase
from luoshi.cadres.models import Commendation
from luoshi.cadres.queries.access import published
from luoshi.cadres.rules import CommendKind
from luoshi.org.rules import Held
from luoshi.publicity.rules import day_words, sentence

Made = tuple[str, list[tuple[str, list[str]]], int | None]
"""A title, the parts of a text each with its heading, and the unit it is about."""


def published_commendations(held: Iterable[Held]) -> QuerySet[Commendation]:
    """The commendations that were told to the bureau, which everybody in it reads."""
    return published(held).select_related("person", "unit", "bureau")


def of_board(board: Board) -> Made:
    """红黑榜通报: ranks by peer group, good and bad examples or 本季度无, what the bad ones must do, who approved."""
    told: dict[str, Any] = board.snapshot
    ranks = [f"{group['group']}：{_ranks(group['lines'])}" for group in told.get("groups", [])]
    red = [_example(one) for one in told.get("cases", []) if one["kind"] == "红榜"]
    black = [_example(one) for one in told.get("cases", []) if one["kind"] == "黑榜"]
    approved = [one for one in told.get("approved", []) if one]
    return f"{board.quarter_of}红黑榜通报", [
        ("得分和排名", ranks),
        ("红榜事例", red or [sentence(f"本季度无。{told.get('none_red', '')}")]),
        ("黑榜事例", black or [sentence(f"本季度无。{told.get('none_black', '')}")]),
        ("审定", [sentence(f"{approved[0]}审定，{'，'.join(approved[1:])}") if approved else ""]),
        ("更正", [sentence(told.get("correction", ""))]),
    ], None  # fmt: skip


def _ranks(lines: list[dict[str, Any]]) -> str:
    rated = [f"第{one['rank']}名{one['unit']}，{one['points']}分" for one in lines if one.get("points")]
    unrated = [
        f"{one['unit']}不参评（{one['reason'].removesuffix('，不参评')}）" for one in lines if not one.get("points")
    ]
    return sentence("；".join([*rated, *unrated]))


def _example(one: dict[str, Any]) -> str:
    said = [f"{one['unit']}：{one['title']}。{sentence(one['words'])}"]
    if one.get("cause"):
        said.append(sentence(f"原因：{one['cause']}"))
    if one.get("rectify_by"):
        said.append(f"{one['rectify_by']}前整改到位。")
    if one.get("way_off"):
        said.append(sentence(f"下榜条件：{one['way_off']}"))
    if one.get("statement"):
        said.append(sentence(f"当事单位陈述：{one['statement']}"))
    return "".join(said)


def of_case(case: BoardCase) -> Made:
    """A red example as an experience."""
    links = [str(one) for one in case.links.select_related("matter", "problem", "remark")]
    proofs = case.proofs.values_list("evidence__name", flat=True)
    return case.title, [
        ("主要做法和成效", [sentence(case.words)]),
        ("评定", [f"{case.board.quarter_of}红榜事例。"]),
        ("佐证", ["、".join([*links, *proofs])]),
    ], case.unit_id  # fmt: skip


def of_commendation(row: Commendation) -> Made:
    """表扬通报: whom, for what, decided where and when."""
    whom = row.person or row.unit
    decided = f"{day_words(row.decided_on)}，" if row.decided_on else ""
    praised = row.kind == CommendKind.PRAISE
    label = CommendKind(row.kind).label
    what = f"对{whom}予以表扬" if praised else f"提出{whom}的{label}"
    return f"关于表扬{whom}的通报" if praised else f"{label}：{whom}", [
        ("决定", [sentence(f"{decided}经{row.body or '局党委'}研究，决定{what}：{row.title}")]),
        ("事迹", [sentence(row.reasons)]),
    ], row.unit_id  # fmt: skip
