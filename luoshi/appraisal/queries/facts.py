"""The slow path: the records themselves, each with what it counts as, to be frozen with the score.

The same sources and the same expressions as `queries.counting`; a property test holds that both count alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import DateField, IntegerField, Value
from django.urls import reverse

from luoshi.appraisal.models import Board, Score, ScoreFacts, SuperiorRemark
from luoshi.appraisal.queries.counting import cutoff, wanted
from luoshi.appraisal.queries.flags import Source, coalesced, day_of
from luoshi.appraisal.rules import facts as rules
from luoshi.appraisal.rules.facts import Fact
from luoshi.appraisal.rules.indicators import MATTER, NO_BLOCK, PROBLEM
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.scoring import Formula, cells_of
from luoshi.matters.rules import SERIES

UNITS_AT_ONCE = 200
COLUMNS = {
    MATTER: ("public_id", "series", "year", "number", "title", "state", "due_on", "submitted_on", "closed_on",
             "feedback_due_on", "first_feedback_on", "returns", "version"),
    PROBLEM: ("public_id", "series", "year", "number", "title", "state", "due_on", "applied_on", "closed_on",
              "looked_back_on", "raiser_answered_on", "raiser_answer", "cycle", "version"),
}  # fmt: skip
DAYS = {
    "due_on": "办结时限", "submitted_on": "申请办结", "closed_on": "办结", "feedback_due_on": "首次反馈时限",
    "first_feedback_on": "首次反馈", "applied_on": "申请销号", "looked_back_on": "回头看", "raiser_answered_on": "回访",
    "issued_on": "通报日期",
}  # fmt: skip
PROBLEM_DAYS = {**DAYS, "due_on": "整改时限", "closed_on": "销号"}


def records(
    bureau_id: int, units: Iterable[int], quarter: Quarter, by: Formula, *, grace_days: int, on: date
) -> Iterator[tuple[int, list[Fact]]]:
    """Each unit's facts of a quarter, in their order; units without any have an empty list. In parts of some units."""
    wanted_units = list(units)
    until = Value(cutoff(quarter, grace_days, on), output_field=DateField())
    cells = cells_of(by)
    for start in range(0, len(wanted_units), UNITS_AT_ONCE):
        part = wanted_units[start : start + UNITS_AT_ONCE]
        found: dict[int, dict[str, Fact]] = {unit: {} for unit in part}
        for source, keys in wanted(by):
            for unit_id, fact in _of_source(source, keys, bureau_id, part, quarter, until, cells):
                known = found[unit_id].setdefault(fact["id"], fact)
                known["as"].update(fact["as"])
        for unit in part:
            yield unit, rules.ordered(found[unit].values())


def _of_source(
    source: Source, keys: list[str], bureau_id: int, units: list[int], quarter: Quarter, until: Any,
    cells: set[tuple[str, str]],
) -> Iterator[tuple[int, Fact]]:  # fmt: skip
    model: Any = source.model
    rows = model.objects.filter(source.rows, bureau_id=bureau_id, **{f"{source.unit}__in": units})
    rows = rows.annotate(told_on=day_of(source)).filter(told_on__gte=quarter.first, told_on__lte=quarter.last)
    always = Value(1, output_field=IntegerField())
    for key in keys:
        counts = coalesced(source.counted[key]) if source.counted is not None else always
        rows = rows.annotate(**{f"{key}_n": counts, f"{key}_g": coalesced(source.good[key](until))})
    flags = [name for key in keys for name in (f"{key}_n", f"{key}_g")]
    if model is SuperiorRemark:
        columns: tuple[str, ...] = ("issuer", "document", "number", "issued_on", "words", "version")
    else:
        columns = COLUMNS[source.kind]
    block = [source.block] if source.block else []
    for row in rows.order_by("pk").values("pk", source.unit, *block, *columns, *flags):
        place = row[source.block] if source.block else NO_BLOCK
        told = {key: row[f"{key}_g"] for key in keys if row[f"{key}_n"]}
        if model is not SuperiorRemark:
            told = {key: good for key, good in told.items() if (place, key) in cells}
        if told:
            yield row[source.unit], _fact(source, row, place, told)


def _fact(source: Source, row: dict[str, Any], block: str, told: dict[str, int]) -> Fact:
    made: Fact = {"id": f"{source.kind[0]}{row['pk']}", "block": block, "as": told, "version": row["version"]}
    if source.model is SuperiorRemark:
        number = f"（{row['number']}）" if row["number"] else ""
        return made | {
            "label": f"{row['issuer']}《{row['document']}》{number}", "title": row["words"][:120],
            "url": f"{reverse('appraisal:remarks')}#remark-{row['pk']}", "days": {"通报日期": f"{row['issued_on']}"},
        }  # fmt: skip
    problem = source.kind == PROBLEM
    series = row["series"] if problem or row["series"] != SERIES else ""
    words = PROBLEM_DAYS if problem else DAYS
    days = {words[name]: f"{row[name]}" for name in COLUMNS[source.kind] if name in words and row[name]}
    made |= {
        "label": f"{series}{row['year']}-{row['number']:04d}", "title": row["title"], "days": days,
        "url": reverse("problems:detail" if problem else "matters:detail", args=[row["public_id"]]),
    }  # fmt: skip
    return made if problem else made | {"returns": row["returns"]}


def frozen(score: Score) -> list[Fact]:
    """The frozen facts of a score."""
    return list(ScoreFacts.objects.only("facts").get(score=score).facts)


def frozen_of(board: Board) -> Iterator[tuple[int, list[Fact]]]:
    """Every unit's frozen facts of a board, by unit."""
    rows = ScoreFacts.objects.filter(score__board=board).order_by("score__unit_id")
    yield from rows.values_list("score__unit_id", "facts").iterator(chunk_size=500)
