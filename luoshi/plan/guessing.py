"""What the reader says of a stretch that a person chose: who, what, which mechanism, which measures.

Nothing here decides: the clerk sees the guess in the form and may change every word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from luoshi.plan.slots import SLOTS
from luoshi.plan.spans import Span, plain
from luoshi.plantext import compile_plan
from luoshi.plantext.slots import slot_of

_HEAD = "一、工作措施\n"


@dataclass(frozen=True, slots=True)
class Guess:
    """The words of a duty as read from one stretch; `obligations` have their places in the whole text."""

    act: str
    actor: str = ""
    output: str = ""
    slot: str = ""
    obligations: list[dict[str, Any]] = field(default_factory=list)


def guess(text: str, span: Span, *, titles: Iterable[str] = (), path: str = "") -> Guess:
    """Read one stretch by itself; `titles` are those of its clause and the clauses above, outermost first.

    >>> one = guess("局办公室每季度通报1次进展。", (0, 13))
    >>> one.actor, one.act, [row["period"] for row in one.obligations]
    ('局办公室', '每季度通报1次进展', ['每季度'])
    """
    words = text[span[0] : span[1]]
    reading = compile_plan(f"{_HEAD}{words}。").to_json()
    duties, shift = reading["duties"], span[0] - len(_HEAD)
    actor = next((str(one["actor"]) for one in duties if one["actor"] and str(one["actor"]) in words), "")
    line = plain(text, span)
    slot = slot_of(line, " ".join(titles), line)
    obligations = [
        row | {"start": row["start"] + shift, "end": row["end"] + shift, "clause": path, "slot": slot}
        for row in reading["obligations"]
    ]
    return Guess(
        act=(str(duties[0]["act"]) if len(duties) == 1 else line.removeprefix(actor))[:300],
        actor=actor[:100],
        output=next((str(one["output"]) for one in duties if one["output"]), "")[:200],
        slot=slot if slot in SLOTS else "",
        obligations=obligations,
    )
