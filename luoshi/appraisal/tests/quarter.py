"""A quarter's board in tests, from its counting to its circular, told by services only."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from luoshi.appraisal.models import Board, BoardCase, Objection, Score
from luoshi.appraisal.queries.objections import records_of
from luoshi.appraisal.services import board_life, cases, objections
from luoshi.appraisal.services.cases import CaseWords, Grounds
from luoshi.appraisal.tests.life import AFTER, computed
from luoshi.lib.clock import SHANGHAI
from luoshi.matters import services as matters
from luoshi.matters.models import Matter

SHOWN, UNTIL, OVER = date(2026, 10, 13), date(2026, 10, 20), date(2026, 10, 21)
"""Shown on a Tuesday; five working days; the first day after the window."""
NOTE = "局党委会纪要第21期"
RED = CaseWords("一次办好老旧小区改造", "三个小区同步开工，群众满意。")
BLACK = CaseWords("渗漏整改久拖不决", "二次返工，住户再次来信。", "责任不清", date(2026, 11, 30), "住户回访满意后下榜")


def done(cast, unit: str, *, head: str, title: str, due: date, closed: date, handler: str = "") -> Matter:
    """A matter handed out, finished and closed in the third quarter."""
    began = date(2026, 7, 6)

    def at(day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), SHANGHAI)

    leader = cast.leader if unit in ("planning", "quality") else cast.second_leader
    person = getattr(cast, head)
    one = matters.open_matter(
        bureau=cast.bureau, title=title, source="KEY_WORK", block="KEY_WORK", requirement="办好。", due_on=due,
        lead_unit=getattr(cast, unit), leader=leader, by=cast.office, on=began, now=at(began, 9),
    )  # fmt: skip
    matters.approve(one, by=leader, on=began, now=at(began, 9))
    matters.assign(one, by=cast.office, on=began, now=at(began, 10), verifier=cast.verifier)
    matters.accept(one, by=person, handler=getattr(cast, handler or head), on=began, now=at(began, 11))
    matters.feed_back(one, by=person, kind="FINAL", progress=100, done="办好了。", on=closed, now=at(closed, 10))
    matters.verify(one, by=cast.verifier, note="属实。", on=closed, now=at(closed, 11))
    return matters.close(one, by=leader, note="同意。", on=closed, now=at(closed, 12))


def records(cast) -> None:
    """Two matters of planning, one of them late; two of quality, both in time; one of housing: too few."""
    early, late = date(2026, 8, 20), date(2026, 9, 10)
    done(cast, "planning", head="chief", title="规划编制", due=late, closed=early)
    done(cast, "planning", head="chief", title="用地梳理", due=early, closed=late)
    done(cast, "quality", head="neighbour", title="塔吊检查", due=late, closed=early)
    done(cast, "quality", head="neighbour", title="深基坑检查", due=late, closed=early)
    done(cast, "housing", head="housing_chief", title="资格复核", due=late, closed=early)


def counted(cast) -> Board:
    records(cast)
    return computed(cast, on=AFTER)


def shown(cast) -> Board:
    return board_life.show(counted(cast), version=None, by=cast.office, on=SHOWN)


def score(board: Board, unit: Any) -> Score:
    return Score.objects.get(board=board, unit=unit)


def late_point(board: Board, unit: Any) -> str:
    """The key of the unit's record that did not count as on time."""
    return next(one.key for one in records_of(score(board, unit)) if one.key.endswith(":on_time") and not one.good)


def contested(cast, board: Board, **words: Any) -> Objection:
    told = {
        "point": late_point(board, cast.planning),
        "ground": "9月5日已批准延期，漏登。",
        "by": cast.chief,
        "on": SHOWN,
    }
    return objections.raise_objection(score(board, cast.planning), **(told | words))


def named(cast, objection: Objection, reviewer: Any = None) -> Objection:
    return objections.designate(
        objection, reviewer=reviewer or cast.verifier, version=None, by=cast.office, on=SHOWN
    )  # fmt: skip


def upheld(cast, objection: Objection, **words: Any) -> Objection:
    told = {"upheld": True, "words": "查到9月5日的延期批示，属实。", "correction": objection.point, "effect": "GOOD",
            "version": None, "by": cast.verifier, "on": SHOWN}  # fmt: skip
    return objections.answer(objection, **(told | words))


def case(cast, board: Board, kind: str = "RED", *, on: date = OVER, **words: Any) -> BoardCase:
    unit = cast.quality if kind == "RED" else cast.planning
    rows = list(Matter.objects.filter(bureau=cast.bureau, lead_unit=unit)[:1])
    told = {"kind": kind, "unit": unit, "words": RED if kind == "RED" else BLACK, "grounds": Grounds(matters=rows),
            "by": cast.office, "on": on}  # fmt: skip
    return cases.add_case(board, **(told | words))


def settled(cast, board: Board) -> Board:
    """Recomputed, with one red case and no black one."""
    board_life.settle(board, version=None, by=cast.office, on=OVER)
    case(cast, board)
    return cases.state_none(
        board, kind="BLACK", words="本季度没有应当列入的情形。", version=None, by=cast.office, on=OVER
    )


def approved(cast, board: Board, **words: Any) -> Board:
    told = {"body": "PARTY", "decided_by": cast.director, "decided_on": OVER, "source_note": NOTE, "version": None,
            "by": cast.office, "on": OVER}  # fmt: skip
    return board_life.approve(board, **(told | words))


def published(cast) -> Board:
    """A whole quarter: one objection upheld, one red case, no black one."""
    board = shown(cast)
    upheld(cast, named(cast, contested(cast, board)))
    approved(cast, settled(cast, board))
    return board_life.publish(board, version=None, by=cast.office, on=OVER)
