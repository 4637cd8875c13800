"""Promises as pages tell them: as first published, as they stand, how they are kept, and what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from luoshi.commitments.models import Amendment, Commitment, Progress, Promise, PromiseMatter
from luoshi.commitments.rules import Face, Outcome, ProgressKind, promise_face
from luoshi.matters import queries as matters
from luoshi.matters.queries import Row
from luoshi.org.models import User
from luoshi.org.rules import Held


def standing_words(promise: Promise) -> tuple[str, str, date]:
    """Words, measure and date as they stand after the last amendment that changed them."""
    later = [one for one in promise.amendments.all() if not one.ends]
    if not later:
        return promise.words, promise.measure, promise.due_on
    last = later[-1]
    return last.new_words, last.new_measure, last.new_due_on or promise.due_on


@dataclass(frozen=True, slots=True)
class Link:
    """A linked matter: as a row where the reader may open it, else only that there is one."""

    pk: int
    row: Row | None


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One promise with everything that was said of it."""

    pk: int
    order: int
    words: str
    measure: str
    due_on: date
    published: tuple[str, str, date]
    amendments: list[Amendment]
    ended: bool
    face: Face
    links: list[Link]
    progress: list[Progress]
    stated: Progress | None
    """The last word on its fulfilment."""
    outcome: str
    version: int

    @property
    def amended(self) -> bool:
        return bool(self.amendments)

    @property
    def outcome_label(self) -> str:
        return Outcome(self.outcome).label if self.outcome else ""

    @property
    def seen(self) -> list[Row]:
        return [one.row for one in self.links if one.row is not None]

    @property
    def hidden(self) -> int:
        """How many linked matters the reader may not open."""
        return sum(one.row is None for one in self.links)


def promise_views(
    commitments: Sequence[Commitment], user: User, held: Sequence[Held], on: date
) -> dict[int, list[PromiseView]]:
    """The promises of any number of commitments, by the commitment's key; a fixed number of queries."""
    later = Prefetch("amendments", Amendment.objects.select_related("decided_by"))
    told = Prefetch("progress", Progress.objects.select_related("by").prefetch_related("proofs__evidence"))
    rows = Promise.objects.filter(commitment__in=commitments).prefetch_related(later, told)
    found: dict[int, list[PromiseView]] = defaultdict(list)
    promises = list(rows.order_by("order", "pk"))
    links = _links([one.pk for one in promises], user, held, on)
    for one in promises:
        found[one.commitment_id].append(_view(one, links[one.pk], on))
    return found


def _view(promise: Promise, links: list[Link], on: date) -> PromiseView:
    words, measure, due_on = standing_words(promise)
    told = list(promise.progress.all())
    stated = [one for one in told if one.kind == ProgressKind.FULFILMENT]
    return PromiseView(
        pk=promise.pk,
        order=promise.order,
        words=words,
        measure=measure,
        due_on=due_on,
        published=(promise.words, promise.measure, promise.due_on),
        amendments=list(promise.amendments.all()),
        ended=promise.ended_on is not None,
        face=promise_face(due_on, promise.outcome, ended=promise.ended_on is not None, on=on),
        links=links,
        progress=told,
        stated=stated[-1] if stated else None,
        outcome=promise.outcome,
        version=promise.version,
    )


def _links(promises: Sequence[int], user: User, held: Sequence[Held], on: date) -> dict[int, list[Link]]:
    linked = list(PromiseMatter.objects.filter(promise__in=promises, ended_on=None).order_by("pk"))
    keys = {one.matter_id for one in linked}
    found: dict[int, list[Link]] = defaultdict(list)
    if not keys:
        return found
    seen = matters.visible(user, held, on).filter(pk__in=keys).select_related("lead_unit", "leader", "handler")
    rows = {one.pk: one for one in matters.rows(list(seen), on)}
    for one in linked:
        found[one.promise_id].append(Link(one.pk, rows.get(one.matter_id)))
    return found
