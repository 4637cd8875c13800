"""Scenarios for the routes of schemes, rehearsals and computing."""

from __future__ import annotations

from typing import Any

from luoshi.appraisal import queries, services
from luoshi.appraisal.models import Board, Scheme
from luoshi.appraisal.rules.drafting import Draft, Row
from luoshi.appraisal.rules.quarters import Quarter, quarter_of
from luoshi.lib import clock
from tests.house.mutations import STORY_DAY, Post, scenario

BLOCKS = ("COUNTY", "KEY_PROJECT", "KEY_WORK")
NEXT, LAST = quarter_of(STORY_DAY).next, quarter_of(STORY_DAY).previous


def draft(world: Any, since: Quarter = NEXT) -> Scheme:
    whole = dict.fromkeys(BLOCKS, 100)
    words = Draft(
        "试写的办法",
        since,
        dict(zip(BLOCKS, (40, 35, 25), strict=True)),
        [Row("completion", whole)],
        "BY_KIND",
        "SHARED",
    )
    return services.draft_scheme(bureau=world.bureau, draft=words, by=world.office, on=STORY_DAY)


def without_boards(world: Any) -> None:
    """Take the story's boards and schemes out of the way of a first one."""
    Board.objects.filter(bureau=world.bureau).update(state="VOID")
    Scheme.objects.filter(bureau=world.bureau).update(state="WITHDRAWN")


def in_force(world: Any) -> None:
    without_boards(world)
    services.adopt_scheme(
        draft(world, LAST), version=None, by=world.director, on=STORY_DAY, late_reason="首次制定办法。"
    )


@scenario("appraisal:scheme_new")
def _(world: Any) -> Post:
    return Post(world.office, data={"title": "试写的办法"})


@scenario("appraisal:scheme_edit")
def _(world: Any) -> Post:
    found = draft(world)
    return Post(world.office, [found.public_id], {"version": found.version, "title": "改名的办法"})


@scenario("appraisal:scheme_adopt")
def _(world: Any) -> Post:
    found = draft(world)
    data = {"version": found.version, "decided_by": world.director.pk, "decided_on": STORY_DAY}
    return Post(world.office, [found.public_id], {**data, "body": "局党委会", "source_note": "局党委会纪要第20期"})


@scenario("appraisal:scheme_withdraw")
def _(world: Any) -> Post:
    found = draft(world)
    return Post(world.office, [found.public_id], {"version": found.version, "reason": "重写。"})


@scenario("appraisal:rehearse")
def _(world: Any) -> Post:
    return Post(world.office, [draft(world).public_id], {"quarters": [LAST.key, LAST.previous.key]})


@scenario("appraisal:board_new")
def _(world: Any) -> Post:
    in_force(world)
    return Post(world.office, data={"quarter": LAST.key})


@scenario("appraisal:board_void")
def _(world: Any) -> Post:
    in_force(world)
    board = services.open_board(bureau=world.bureau, quarter=LAST, by=world.office, on=STORY_DAY, now=clock.now())
    services.start(board)
    board.refresh_from_db()
    assert queries.recomputed(board) == []
    return Post(world.office, [board.public_id], {"version": board.version, "reason": "补录后重算。"})
