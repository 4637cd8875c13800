"""The shapes of what is read: inside, in places of the bare text, and outside, by the contract (结果).

`Duty` and `Obligation` are what the rules hand to each other; `ClauseRow`, `DutyRow`, `ObligationRow` and
`Reading` are what the room hands out, with code points and quotes of the original text.
"""

from dataclasses import asdict, dataclass
from typing import Any

from luoshi.plantext.numerals import Number
from luoshi.plantext.sentences import Span


@dataclass(frozen=True, slots=True)
class Duty:
    """One act: where it stands in the bare text, who is named in it (None: nobody), its words.

    `core` is the span of the piece that holds the verb, without the settings before it.
    """

    start: int
    end: int
    actor: str | None
    act: str
    core: Span


@dataclass(frozen=True, slots=True)
class Obligation:
    """One measured part. Spans are places in the bare text; what the text does not say is None."""

    start: int
    end: int
    clause: int | None
    comparator: str
    quantity: Number | None
    quantity_max: Number | None
    unit: str | None
    period: str | None
    deadline: str | None
    kind: str
    confidence: float
    piece: Span


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause of the plan; `start` and `end` are code points of the text, with all clauses below it."""

    path: str
    marker: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty; `obligations` are indexes into `Reading.obligations`."""

    clause: str
    quote: str
    start: int
    end: int
    actor: str | None
    act: str
    output: str | None
    slot: str | None
    obligations: list[int]


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """A measured part of a duty; fields as in the contract of `luoshi plan compile`."""

    clause: str
    quote: str
    start: int
    end: int
    actor: str | None
    action: str
    comparator: str
    quantity: Number | None
    quantity_max: Number | None
    unit: str | None
    period: str | None
    deadline: str | None
    kind: str
    slot: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan, read: title, clauses, duties, obligations."""

    title: str | None
    clauses: list[ClauseRow]
    duties: list[DutyRow]
    obligations: list[ObligationRow]

    def to_json(self) -> dict[str, Any]:
        """The reading as plain lists and dictionaries, ready for `json.dumps`."""
        return asdict(self)
