"""Records of every kind, scattered over quarters, units and states by a seed, for tests that compare two readings."""

from __future__ import annotations

import random
from datetime import date, timedelta

from luoshi.appraisal.models import SuperiorRemark
from luoshi.matters.models import Matter
from luoshi.matters.rules import Block, State
from luoshi.problems.models import Problem, SelfCheck

SINCE = date(2026, 1, 1)
QUIET = ("DRAFT", "APPROVED", "CANCELLED")


def scatter(cast, seed: int, *, matters: int = 160, problems: int = 80, remarks: int = 12) -> None:
    """Put rows down as they may stand, days on the edges of quarters among them."""
    dice = random.Random(seed)
    units = [cast.planning, cast.quality, cast.property, cast.housing, cast.approval]

    def some(*, may_lack: bool = True) -> date | None:
        if may_lack and dice.random() < 0.15:
            return None
        if dice.random() < 0.3:
            month, day = dice.choice([(3, 31), (4, 1), (6, 30), (7, 10), (9, 30), (10, 1), (10, 10), (12, 31)])
            return date(2026, month, day)
        return SINCE + timedelta(days=dice.randrange(364))

    Matter.objects.bulk_create(_matter(cast, dice, some, units, nth) for nth in range(matters))
    check = SelfCheck.objects.create(bureau=cast.bureau, person=cast.handler, reviewer=cast.chief, round="2026年")
    Problem.objects.bulk_create(
        _problem(cast, dice, some, units, nth, check if nth % 9 == 0 else None) for nth in range(problems)
    )
    for nth in range(remarks):
        day = some(may_lack=False)
        SuperiorRemark.objects.create(
            bureau=cast.bureau, unit=dice.choice(units), kind=dice.choice(["PRAISE", "CRITICISM"]), issuer="县委督查室",
            document=f"通报第{nth}期", issued_on=day, words="点名。", entered_by=cast.office, entered_on=day,
            void_reason="登错" if nth == 0 else "", voided_on=day if nth == 0 else None,
        )  # fmt: skip


def _matter(cast, dice, some, units, nth) -> Matter:
    state = dice.choice([*State.values, "CLOSED", "CLOSED", "ARCHIVED"])
    closed = state in ("CLOSED", "ARCHIVED")
    ended = closed or state in ("SUBMITTED", "VERIFIED")
    return Matter(
        bureau=cast.bureau, title=f"事项{nth}", source="COMMITTEE", lead_unit=dice.choice(units), leader=cast.leader,
        opened_by=cast.office, opened_on=SINCE, state=state, block=dice.choice([*Block.values, ""]),
        number=None if state in QUIET[::2] else nth + 1, year=2026, returns=dice.choice([0, 0, 1, 2]),
        day0_on=SINCE if state not in QUIET or dice.random() < 0.3 else None, due_on=some(may_lack=not ended),
        submitted_on=some(may_lack=False) if ended else None, closed_on=some(may_lack=False) if closed else None,
        suspended_on=SINCE if state == "SUSPENDED" else None, feedback_due_on=some(), first_feedback_on=some(),
    )  # fmt: skip


def _problem(cast, dice, some, units, nth, check) -> Problem:
    state = dice.choice(["FOUND", "CONFIRMED", "RECTIFYING", "CLOSED", "CLOSED", "DISMISSED"])
    closed = state == "CLOSED"
    looked = some() if closed else None
    answer = dice.choice(["GOOD", "FAIR", "BAD", "UNREACHED"]) if closed else ""
    return Problem(
        bureau=cast.bureau, year=2026, number=nth + 1, title=f"问题{nth}", source="OPINION", found_on=SINCE,
        state=state, unit=None if nth % 11 == 5 and state != "RECTIFYING" else dice.choice(units), cause="因",
        measure="法", due_on=some(may_lack=state != "RECTIFYING"), applied_on=some() if closed else None,
        closed_on=some(may_lack=False) if closed else None, closed_by=cast.verifier if closed else None,
        cycle=dice.choice([1, 1, 2]), started_on=some(), looked_back_on=looked,
        look_back_held=True if looked else None, raiser_answer=answer, raiser_answered_on=some() if answer else None,
        self_check=check, entered_by=cast.office, entered_on=SINCE,
    )  # fmt: skip
