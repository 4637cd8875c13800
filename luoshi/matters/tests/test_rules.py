"""The rules without a database: the life, roles, lamps, the arithmetic of dates, the ladder."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.matters.rules import (
    MOVES,
    PAPER,
    WORDS,
    LadderFacts,
    Lamp,
    LampFacts,
    Parts,
    State,
    default_next_on,
    lamp,
    reckon,
    roles,
    rungs,
)
from luoshi.org.rules import Held
from luoshi.workdays.rules import Calendar

WEEKDAYS = Calendar(official_years=frozenset({2026}))
PARTS = Parts(bureau_id=1, leader_id=7, lead_unit_id=3, handler_id=8, verifier_id=5, assist_units=frozenset({4}))


def test_every_state_is_reached_and_only_the_ends_are_left_by_nobody():
    reached = {move.to for move in MOVES.values() if move.to} | {State.DRAFT}
    assert reached == set(State.values)
    left = {state for move in MOVES.values() for state in move.source}
    assert set(State.values) - left == {State.CANCELLED}


def test_words_keep_the_state_and_leaders_decisions_are_moves():
    assert all(MOVES[name].to is None for name in WORDS)
    assert set(MOVES) >= PAPER | WORDS
    assert all({"leader", "office"} <= MOVES[name].duties for name in PAPER)


@pytest.mark.parametrize(
    ("who", "held", "found"),
    [
        (20, [Held("OFFICE", 2, 1)], {"office": ""}),
        (20, [Held("OFFICE", 2, 9)], {}),  # the office of another bureau
        (7, [Held("LEADER", 2, 1)], {"leader": ""}),
        (7, [Held("LEADER", 2, 9)], {}),  # moved to another bureau
        (6, [Held("LEADER", 2, 1)], {}),  # another 分管领导
        (6, [Held("CHIEF", 2, 1)], {"leader": ""}),
        (6, [Held("LEADER", 2, 1), Held("LEADER", 2, 1, "沈知行", 7)], {"leader": "沈知行"}),
        (7, [Held("LEADER", 2, 1, "陆远山", 6), Held("LEADER", 2, 1)], {"leader": ""}),  # one's own role goes first
        (30, [Held("HEAD", 3, 1)], {"head": ""}),
        (8, [Held("HEAD", 3, 1)], {"head": "", "handler": ""}),  # a head who took it himself
        (8, [Held("HANDLER", 4, 1)], {"assist": ""}),  # the handler left the unit
        (40, [Held("HANDLER", 4, 1)], {"assist": ""}),
        (40, [Held("VERIFIER", 2, 1)], {"verifier": ""}),
        (5, [Held("HANDLER", 6, 1)], {"verifier": ""}),  # named for this matter
        (5, [Held("HANDLER", 6, 9)], {}),
        (8, [Held("VERIFIER", 2, 1), Held("HANDLER", 3, 1)], {"handler": ""}),
        (41, [Held("VERIFIER", 2, 1, "林晓舟", 8)], {}),  # stands in for the handler as verifier
        (41, [Held("HANDLER", 3, 1, "林晓舟", 8)], {"handler": "林晓舟"}),
        (50, [Held("WINDOW", 2, 1), Held("INSPECTOR", 2, 1), Held("DISCIPLINE", 2, 1)], {}),
        (50, [Held("SYSTEM_ADMIN", 3, 1)], {}),
    ],
)
def test_roles(who, held, found):
    assert roles(who, held, PARTS) == found


@pytest.mark.clause("2.2.5.1f")
def test_who_vouched_for_the_work_does_not_verify_it():
    """核查由另一人: neither the handler nor whoever fed back, contributed or applied in this cycle."""
    parts = Parts(bureau_id=1, leader_id=7, lead_unit_id=3, handler_id=8, spoke=frozenset({40}))
    assert roles(40, [Held("VERIFIER", 2, 1)], parts) == {}
    assert roles(41, [Held("VERIFIER", 2, 1)], parts) == {"verifier": ""}
    assert roles(41, [Held("VERIFIER", 2, 1, "某人", 40)], parts) == {}
    assert roles(40, [Held("VERIFIER", 2, 1, "白守正", 41)], parts) == {}, "nor standing in for a verifier"


def test_while_nobody_is_named_every_handler_of_the_unit_may_sign():
    parts = Parts(bureau_id=1, leader_id=7, lead_unit_id=3)
    assert roles(9, [Held("HANDLER", 3, 1)], parts) == {"handler": ""}
    assert roles(9, [Held("HANDLER", 4, 1)], parts) == {}


@pytest.mark.clause("2.2.5.1c")
@pytest.mark.parametrize(
    ("facts", "on", "shown"),
    [
        (LampFacts("DRAFT", due_on=date(2026, 11, 2)), date(2026, 11, 24), Lamp.NONE),
        (LampFacts("CANCELLED", due_on=date(2026, 11, 2)), date(2026, 11, 24), Lamp.NONE),
        (LampFacts("SUSPENDED", due_on=date(2026, 11, 2)), date(2026, 11, 24), Lamp.GREY),
        (LampFacts("ASSIGNED", feedback_due_on=date(2026, 11, 30)), date(2026, 11, 24), Lamp.GREEN),
        (LampFacts("ASSIGNED", feedback_due_on=date(2026, 11, 26)), date(2026, 11, 24), Lamp.AMBER),
        # two working days lie before Monday; Friday to Monday is one
        (LampFacts("ACCEPTED", due_on=date(2026, 11, 30)), date(2026, 11, 26), Lamp.AMBER),
        (LampFacts("ACCEPTED", due_on=date(2026, 11, 30)), date(2026, 11, 25), Lamp.GREEN),
        # a late feedback shows red though 办结 is far
        (LampFacts("ACCEPTED", date(2026, 11, 20), date(2026, 12, 31)), date(2026, 11, 23), Lamp.RED),
        (LampFacts("ACCEPTED"), date(2026, 11, 23), Lamp.GREEN),
        # after 申请办结 the unit is measured by the day it applied
        (
            LampFacts("SUBMITTED", due_on=date(2026, 11, 20), submitted_on=date(2026, 11, 20)),
            date(2026, 12, 9),
            Lamp.GREEN,
        ),
        (
            LampFacts("VERIFIED", due_on=date(2026, 11, 20), submitted_on=date(2026, 11, 23)),
            date(2026, 11, 23),
            Lamp.RED,
        ),
        (
            LampFacts("CLOSED", due_on=date(2026, 11, 20), submitted_on=date(2026, 11, 20)),
            date(2027, 1, 4),
            Lamp.DONE,
        ),
        (
            LampFacts("ARCHIVED", due_on=date(2026, 11, 20), submitted_on=date(2026, 11, 23)),
            date(2030, 1, 4),
            Lamp.LATE,
        ),
    ],
)
def test_lamps(facts, on, shown):
    assert lamp(facts, on, WEEKDAYS) == shown


def test_the_default_next_date_is_a_working_day_a_month_on_and_not_beyond_the_due_date():
    assert default_next_on(date(2026, 10, 22), None, WEEKDAYS) == date(2026, 11, 20)  # the 22nd is a Sunday
    assert default_next_on(date(2026, 12, 15), None, WEEKDAYS) == date(2027, 1, 15)
    assert default_next_on(date(2026, 11, 2), date(2026, 11, 20), WEEKDAYS) == date(2026, 11, 20)
    assert default_next_on(date(2026, 11, 23), date(2026, 11, 20), WEEKDAYS) == date(2026, 12, 23)
    assert default_next_on(date(2026, 11, 23), None, WEEKDAYS, every=(15, "DAY")) == date(2026, 12, 8)


def test_pauses_and_extensions_apply_in_their_order():
    first = {"start": "2026-11-02", "number": None, "fixed": "2026-11-20"}
    pause = {"kind": "pause", "from": "2026-11-09", "to": "2026-11-11"}
    longer = {"kind": "extension", "due": "2026-12-11"}
    assert reckon({**first, "moves": [pause]}, WEEKDAYS).due == date(2026, 11, 24)
    assert reckon({**first, "moves": [pause, longer]}, WEEKDAYS).due == date(2026, 12, 11)
    assert reckon({**first, "moves": [longer, pause]}, WEEKDAYS).due == date(2026, 12, 15)
    told = reckon({**first, "moves": [longer, pause]}, WEEKDAYS).basis["moves"][1]
    assert (told["number"], told["due"], told["days"]) == (2, "2026-12-15", ["2026-11-10", "2026-11-11"])


def test_a_count_across_an_unpublished_year_is_provisional_until_a_date_is_named():
    count = {"start": "2026-12-29", "number": 5}
    assert reckon(count, WEEKDAYS).provisional
    assert not reckon({**count, "moves": [{"kind": "extension", "due": "2027-02-01"}]}, WEEKDAYS).provisional
    assert not reckon({"start": "2026-11-02", "number": None, "fixed": "2027-03-01"}, WEEKDAYS).provisional


@pytest.mark.clause("2.2.5.1c")
@pytest.mark.parametrize(
    ("on", "climbs"),
    [
        (date(2026, 11, 23), []),
        (date(2026, 11, 24), [("UNSIGNED", "handler")]),
        (date(2026, 11, 25), [("UNSIGNED", "head")]),
        (date(2026, 11, 26), [("UNSIGNED", "leader")]),
        (date(2026, 11, 27), [("UNSIGNED", "leader"), ("FIRST_FEEDBACK", "handler")]),
        (date(2026, 11, 30), [("UNSIGNED", "leader"), ("FIRST_FEEDBACK", "head")]),
        (date(2026, 12, 1), [("UNSIGNED", "leader"), ("FIRST_FEEDBACK", "leader")]),
    ],
)
def test_the_ladder_of_an_unsigned_matter(on, climbs):
    facts = LadderFacts("ASSIGNED", date(2026, 11, 23), "FIRST_FEEDBACK", date(2026, 11, 30), date(2026, 12, 31))
    assert [(one.kind, one.role) for one in rungs(facts, on, WEEKDAYS)] == climbs


def test_a_date_on_a_rest_day_is_reminded_on_the_working_day_before():
    facts = LadderFacts("ACCEPTED", None, "STAGE", None, date(2026, 11, 28))  # a Saturday
    assert [one.role for one in rungs(facts, date(2026, 11, 27), WEEKDAYS)] == ["head"]
    assert [one.role for one in rungs(facts, date(2026, 11, 26), WEEKDAYS)] == ["handler"]
    assert [one.role for one in rungs(facts, date(2026, 11, 30), WEEKDAYS)] == ["leader"]
