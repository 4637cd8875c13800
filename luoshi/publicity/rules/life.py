"""起草→一审→二审→三审→待发布→已发布: who may do what with an article in which state.

Three people read it before it goes out, none of them its author (三审三校). What was published is never edited: a
correction is a new edition beside it, a withdrawal says why. 典型案例 wait for their three stamps (3.2b).
"""

from __future__ import annotations

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move
from luoshi.org.rules import Duty


class Kind(TextChoices):
    NEWS = "NEWS", "活动宣传"
    EXPERIENCE = "EXPERIENCE", "经验材料"
    CASE = "CASE", "典型案例通报"
    BOARD = "BOARD", "红黑榜通报"
    COMMENDATION = "COMMENDATION", "表扬通报"
    NOTICE = "NOTICE", "公示"


class Scope(TextChoices):
    INTERNAL = "INTERNAL", "局内公开"
    PUBLIC = "PUBLIC", "社会公开"


class State(TextChoices):
    DRAFT = "DRAFT", "起草"
    FIRST = "FIRST", "待一审"
    SECOND = "SECOND", "待二审"
    THIRD = "THIRD", "待三审"
    REVIEWED = "REVIEWED", "待发布"
    PUBLISHED = "PUBLISHED", "已发布"
    REPLACED = "REPLACED", "已更正"
    WITHDRAWN = "WITHDRAWN", "已撤下"
    VOID = "VOID", "已作废"


class Stage(TextChoices):
    """三审: by the unit's head, by 局办公室, by a leader."""

    FIRST = "FIRST", "一审"
    SECOND = "SECOND", "二审"
    THIRD = "THIRD", "三审"


class FirstReview(TextChoices):
    """Who reads first: the unit's head; a leader where the head wrote it himself or there is none."""

    HEAD = "HEAD", "单位负责人"
    LEADER = "LEADER", "分管领导"


class Stamp(TextChoices):
    """发现一起、查处一起、通报一起."""

    FOUND = "FOUND", "发现"
    HANDLED = "HANDLED", "查处"
    NOTIFIED = "NOTIFIED", "通报"


AUTHOR, UNIT, OFFICE, CHIEF = "author", "unit", "office", "chief"
FIRST, SECOND, THIRD = "first", "second", "third"
"""Roles: who wrote it, the head of the writing unit, 局办公室, 主要领导; the three who may read it next."""

OPEN = frozenset({State.DRAFT, State.FIRST, State.SECOND, State.THIRD, State.REVIEWED})
WAITING = frozenset({State.FIRST, State.SECOND, State.THIRD})
VISIBLE = frozenset({State.PUBLISHED, State.REPLACED})
"""States in which everybody in the bureau reads it: what stands, and what a correction replaced."""
STAGES: dict[str, tuple[State, State, str]] = {
    Stage.FIRST: (State.FIRST, State.SECOND, FIRST),
    Stage.SECOND: (State.SECOND, State.THIRD, SECOND),
    Stage.THIRD: (State.THIRD, State.REVIEWED, THIRD),
}
"""A stage: the state it waits in, the state after it, and the role that reads."""

MOVES = {
    "edit": Move(frozenset({State.DRAFT}), None, frozenset({AUTHOR, OFFICE}), "修改稿件"),
    "submit": Move(frozenset({State.DRAFT}), State.FIRST, frozenset({AUTHOR, OFFICE}), "送审"),
    "review_first": Move(frozenset({State.FIRST}), State.SECOND, frozenset({FIRST}), "一审通过"),
    "review_second": Move(frozenset({State.SECOND}), State.THIRD, frozenset({SECOND}), "二审通过"),
    "review_third": Move(frozenset({State.THIRD}), State.REVIEWED, frozenset({THIRD}), "三审通过"),
    "give_back": Move(
        frozenset({*WAITING, State.REVIEWED}), State.DRAFT, frozenset({FIRST, SECOND, THIRD, OFFICE}), "退回修改",
        reason=True,
    ),
    "widen": Move(OPEN, None, frozenset({OFFICE}), "登记公开决定"),
    "stamp": Move(OPEN, None, frozenset({AUTHOR, OFFICE}), "登记案例环节"),
    "publish": Move(frozenset({State.REVIEWED}), State.PUBLISHED, frozenset({OFFICE}), "发布"),
    "correct": Move(frozenset({State.PUBLISHED}), None, frozenset({AUTHOR, OFFICE}), "更正"),
    "withdraw": Move(frozenset({State.PUBLISHED}), State.WITHDRAWN, frozenset({OFFICE, CHIEF}), "撤下", reason=True),
    "add_outlet": Move(frozenset({State.PUBLISHED}), None, frozenset({AUTHOR, UNIT, OFFICE}), "登记刊发"),
    "adopt": Move(frozenset({State.PUBLISHED}), None, frozenset({AUTHOR, UNIT, OFFICE}), "登记推广应用"),
    "void": Move(OPEN, State.VOID, frozenset({AUTHOR, OFFICE}), "作废", reason=True),
}  # fmt: skip

READERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.HANDLER, Duty.VERIFIER, Duty.INSPECTOR,
           Duty.DISCIPLINE, Duty.WINDOW)  # fmt: skip
"""Whoever works in the bureau reads what is published; the three administrators handle no business."""
WORKERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.HANDLER)
REVIEWERS = (*WORKERS, Duty.VERIFIER)
