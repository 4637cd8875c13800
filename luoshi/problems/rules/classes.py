"""归类建制, pure: which problems look like one class, and what a class or an institution still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.org.rules import Duty
from luoshi.problems.rules.words import Cure
from luoshi.search.rules import bigrams, fold

READERS = frozenset(
    {Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.VERIFIER, Duty.INSPECTOR, Duty.DISCIPLINE}
)  # fmt: skip
"""Who reads classes and institutions; of the problems in them each sees what he may see anyway."""
KEEPERS = frozenset({Duty.OFFICE})
DECIDERS = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.LEADER})
"""Who decides how a class is cured: a leader, or the office for him."""
ALIKE, TAG = 0.3, 0.15
"""The share of pairs of characters from which two problems are shown together; a tag in common helps by so much, so
that two share words as well or several tags."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a problem says, as far as it is compared."""

    pk: int
    words: str
    tags: tuple[str, ...] = ()


def likeness(one: Told, other: Told) -> float:
    """How alike two problems are: the share of pairs of characters in common, more where they share a tag.

    >>> a, b = Told(1, "窨井盖松动无人管"), Told(2, "向阳路窨井盖松动")
    >>> round(likeness(a, b), 2)
    0.57
    >>> likeness(Told(1, "甲乙", ("推",)), Told(2, "丙丁", ("推",)))
    0.15
    """
    mine, theirs = bigrams(fold(one.words)), bigrams(fold(other.words))
    least = min(len(mine), len(theirs))
    share = len(mine & theirs) / least if least else 0.0
    return share + TAG * len(set(one.tags) & set(other.tags))


def clusters(told: Sequence[Told]) -> list[list[Told]]:
    """Problems put beside what they look like, the largest group first; those that stand alone come last.

    >>> [[one.pk for one in group] for group in
    ...  clusters([Told(1, "电梯常坏"), Told(2, "窨井盖松动"), Told(3, "路口窨井盖松动")])]
    [[2, 3], [1]]
    """
    found: list[list[Told]] = []
    for one in told:
        best = max(found, key=lambda group: likeness(group[0], one), default=None)
        if best is not None and likeness(best[0], one) >= ALIKE:
            best.append(one)
        else:
            found.append([one])
    return sorted(found, key=lambda group: -len(group))


def nearest(of: Iterable[Told], candidates: Iterable[Told], most: int = 20) -> list[Told]:
    """Of the candidates those that look like one of these, the most alike first.

    >>> [one.pk for one in nearest([Told(1, "窨井盖松动")], [Told(2, "路口窨井盖松动"), Told(3, "电梯常坏")])]
    [2]
    """
    known = list(of)
    scored = [(max((likeness(one, other) for other in known), default=0.0), one) for one in candidates]
    return [one for score, one in sorted(scored, key=lambda pair: (-pair[0], -pair[1].pk)) if score >= ALIKE][:most]


def lacks(*, cure: str, institution: bool, issued_on: date | None) -> str:
    """What a class still lacks, in words; empty where it is done: 每类都要有说法——新建、修订，或不需要的理由.

    >>> lacks(cure="", institution=False, issued_on=None), lacks(cure="NEW", institution=True, issued_on=None)
    ('还没定治本办法', '制度还没印发')
    >>> lacks(cure="NONE", institution=False, issued_on=None)
    ''
    """
    if not cure:
        return "还没定治本办法"
    if cure == Cure.NONE:
        return ""
    if not institution:
        return "还没有制度"
    return "" if issued_on is not None else "制度还没印发"


def quarter(day: date) -> int:
    """The quarter of a day.

    >>> quarter(date(2026, 11, 24))
    4
    """
    return (day.month - 1) // 3 + 1
