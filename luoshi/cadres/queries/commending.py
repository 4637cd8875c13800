"""表扬奖励: the list, newest first, and one of them with what it rests on, as far as its reader may open it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.cadres.models import Commendation, CommendationObjection, CommendationProof
from luoshi.cadres.queries.access import commendations_seen
from luoshi.cadres.queries.results import Shown, shown
from luoshi.cadres.rules import PERSONNEL, CommendKind, CommendState, Fact, FactKind
from luoshi.org.models import Unit, User
from luoshi.org.rules import Held, bureaus
from luoshi.records.models import Evidence

FILTERS = {"": "全部", "NOTICED": "公示中", "PUBLISHED": "已通报", "open": "在办"}
_STATES = {
    "": list(CommendState),
    "NOTICED": [CommendState.NOTICED],
    "PUBLISHED": [CommendState.PUBLISHED],
    "open": [CommendState.PROPOSED, CommendState.DECIDED],
}
PAGE = 50


def commendation_list(
    user: User, held: Iterable[Held], bureau: Unit, *, key: str = "", kind: str = "", before: int | None = None
) -> list[Commendation]:
    """One page and one row more, by which the caller knows that there is a next."""
    rows = commendations_seen(user, held).filter(bureau=bureau, state__in=_STATES[key if key in _STATES else ""])
    if kind in CommendKind.values:
        rows = rows.filter(kind=kind)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows.select_related("person", "unit").order_by("-pk")[: PAGE + 1])


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One piece of what a commendation rests on: a record as the reader may read it, or a file."""

    shown: Shown | None
    file: Evidence | None
    pk: int


def proof_lines(commendation: Commendation, user: User, held: Sequence[Held], on: date) -> list[ProofLine]:
    """The records and files, in the order they were given."""
    rows = list(
        CommendationProof.objects.filter(commendation=commendation).select_related(
            "merit__person", "matter", "problem", "evidence"
        )
    )
    facts = []
    for one in rows:
        for source, kind in (("merit", FactKind.MERIT), ("matter", FactKind.MATTER_CLOSED),
                             ("problem", FactKind.PROBLEM_CLOSED)):  # fmt: skip
            row = getattr(one, source)
            if row is not None:
                facts.append(Fact(f"{one.pk}", str(kind), one.commendation.proposed_on, str(row), source, row.pk))
    told = {one.fact.key: one for one in shown(facts, user, held, on)}
    return [ProofLine(told.get(f"{one.pk}"), one.evidence, one.pk) for one in rows]


def objections_of(commendation: Commendation, user: User, held: Iterable[Held]) -> list[CommendationObjection]:
    """The personnel side reads every objection, everybody else his own; so does whoever is commended."""
    rows = commendation.objections.select_related("by", "answered_by")
    whole = commendation.bureau_id in bureaus(held, PERSONNEL) and user.pk != commendation.person_id
    return list(rows if whole else rows.filter(by=user))
