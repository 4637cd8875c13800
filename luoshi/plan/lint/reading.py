"""From a plan's text to the draft that lint reads."""

from __future__ import annotations

import re
from datetime import date

from luoshi.plan.lint.dates import day_of, ends_on, signed_on
from luoshi.plan.lint.findings import Draft, Place, Said, Stage
from luoshi.plan.slots import value_from_obligation
from luoshi.plantext.compile import compile_plan
from luoshi.plantext.model import Reading

_STAGE = re.compile(r"第[一二三四五六]+阶段")


def of_text(text: str) -> Draft:
    """Read a text and make a draft of it."""
    return of_reading(text, compile_plan(text))


def of_reading(text: str, reading: Reading) -> Draft:
    """A draft of what was read from a text."""
    duties = []
    for one in reading.duties:
        rows = [reading.obligations[place] for place in one.obligations]
        measures = tuple({**_words(row), "quote": text[row.start : row.end]} for row in rows)
        value = next((found for part in measures if (found := value_from_obligation(one.slot or "", part))), None)
        duties.append(
            Said(
                one.clause, one.start, one.end, one.quote, one.act, one.actor or "", slot=one.slot or "",
                measures=measures, value=value,
            )
        )  # fmt: skip
    clauses = tuple(Place(one.path, one.title, one.start, one.end) for one in reading.clauses)
    phases = tuple(stages(text, clauses, duties))
    return Draft(text, reading.title or "", clauses, tuple(duties), signed_on(text), ends_on(text), phases)


def _words(row: object) -> dict[str, object]:
    names = ("comparator", "quantity", "quantity_max", "unit", "period", "deadline", "kind")
    return {name: getattr(row, name) for name in names}


def stages(text: str, clauses: tuple[Place, ...], duties: list[Said]) -> list[Stage]:
    """The phases that the text dates: a window among the duties of a clause called 第…阶段."""
    found = []
    for one in clauses:
        mark = _STAGE.search(one.path.rpartition("/")[2])
        if mark is None:
            continue
        own = [duty for duty in duties if duty.clause == one.path and duty.start < one.start + len(one.title) + 60]
        window = next((span for duty in own for part in duty.measures if (span := _window(part))), (None, None))
        found.append(Stage(mark[0], one.path, *window))
    return found


def _window(part: object) -> tuple[date | None, date | None] | None:
    deadline = str(part.get("deadline") or "") if isinstance(part, dict) else ""
    first, mark, last = deadline.partition("/")
    begins, ends = day_of(first), day_of(last)
    return (begins, ends) if mark and begins and ends else None
