"""The same move for many matters in one act: the checks of `moves`, written in a number of steps that does not grow.

Callers hold the rows (`locked`) and write one record for all; each matter still gets its own event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypedDict

from django.db.models import Model, QuerySet

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.matters import queries, rules
from luoshi.matters.models import Deadline, EventEvidence, Matter, MatterEvent, MatterParty
from luoshi.matters.services import deadlines
from luoshi.matters.services.checks import check_verifier
from luoshi.matters.services.feeding import feed
from luoshi.matters.services.moves import decision, standing
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.org.services import next_numbers
from luoshi.records.models import Evidence
from luoshi.records.services import record

BATCH = 100
STATES = {str(value): str(label) for value, label in rules.State.choices}


class Paper(TypedDict, total=False):
    """A leader's decision made off screen and entered by the office; evidence kept by the act proves it too."""

    decided_by: User | None
    decided_on: date | None
    source_note: str


@dataclass(slots=True)
class Batch:
    """What one act changed: for its record, table by table."""

    rows: list[Model] = field(default_factory=list)
    many: dict[type[Model], dict[Any, None]] = field(default_factory=dict)

    def add(self, found: Iterable[Model]) -> None:
        for one in found:
            self.many.setdefault(type(one), {})[one.pk] = None

    def record(self, by: User, act: str, subject: Model, bureau_id: int, note: str, paper: Paper | None = None) -> None:
        """Write the one record of the act; the last line of every verb here."""
        told = paper or {}
        feed([subject, *self.rows], self.many)
        record(
            by, act, subject, bureau=bureau_id, note=note, rows=self.rows,
            decided_by=told.get("decided_by"), decided_on=told.get("decided_on"),
            batch=[(model, list(keys)) for model, keys in self.many.items()],
        )  # fmt: skip


def locked(wanted: QuerySet[Matter]) -> list[Matter]:
    """The matters as they stand, held until the commit, within the caller's act; in the order of their list."""
    held = wanted.select_for_update(of=("self",)).order_by("place", "pk")
    return list(held.select_related("bureau", "leader", "lead_unit", "verifier", "handler", "clause__version"))


@dataclass(slots=True)
class Crowd:
    """Who acts, when, and on whose decision; the roles are asked once for all matters."""

    by: User
    on: date
    now: datetime
    paper: Paper = field(default_factory=lambda: Paper())
    proven: bool = False
    """Whether files came with the act: they stand for the paper."""
    held: dict[tuple[int, date], list[Held]] = field(default_factory=dict)

    def roles(self, parts: rules.Parts, who: User, day: date) -> dict[str, str]:
        """The roles of a person in one matter on a day; what he holds is asked once."""
        if (who.pk, day) not in self.held:
            self.held[who.pk, day] = org.held(who, day)
        return rules.roles(who.pk, self.held[who.pk, day], parts)

    def mine(self, matters: Sequence[Matter], name: str) -> list[Matter]:
        """Those of the matters on which this person may make the move, as far as roles decide."""
        parts = queries.parts_of(matters)
        return [one for one in matters if rules.MOVES[name].duties & self.roles(parts[one.pk], self.by, self.on).keys()]

    def move(
        self,
        matters: Sequence[Matter],
        name: str,
        *,
        note: str = "",
        changes: Callable[[Matter], Mapping[str, Any]] = lambda matter: {},
        data: Callable[[Matter], Mapping[str, Any]] = lambda matter: {},
    ) -> list[MatterEvent]:
        """Make one move of `rules.MOVES` on every matter, within the caller's act; a refusal names its matter."""
        parts = queries.parts_of(matters)
        note = note.strip()
        if rules.MOVES[name].reason and not note:
            raise NotAllowed(f"“{rules.MOVES[name].label}”要写明原因或要求，请补充后再办。")
        paper = self.paper if name in rules.PAPER else Paper()
        told, touched = [], {"state", "version"}
        for one in matters:
            mine = self.roles(parts[one.pk], self.by, self.on)
            source_note = paper.get("source_note", "") or (one.source_title if name == "approve" else "")
            try:
                to = destination(rules.MOVES, name, state=one.state, duties=mine, states=STATES)
                who, day = decision(
                    name, mine, self.by, self.on, paper.get("decided_by"), paper.get("decided_on"),
                    self.proven or bool(source_note), partial(self.roles, parts[one.pk]),
                )  # fmt: skip
                changed = changes(one)
                further = data(one)
            except NotAllowed as why:
                raise NotAllowed(f"“{one.title[:30]}”：{why}") from None
            one.state, one.version = to, one.version + 1
            for field_name, value in changed.items():
                setattr(one, field_name, value)
            touched |= set(changed)
            another = who is not None and who != self.by
            noted = {"source_note": source_note} if another and source_note else {}
            told.append(
                MatterEvent(
                    matter=one,
                    cycle=one.cycle,
                    move=name,
                    at=self.now,
                    on=self.on,
                    operator=self.by,
                    standing_in_for=standing(name, mine, own=not another),
                    decided_by=who,
                    decided_on=day,
                    note=note,
                    data={**further, **noted},
                    version=one.version,
                )
            )
        Matter.objects.bulk_update(matters, sorted(touched), batch_size=BATCH)
        return MatterEvent.objects.bulk_create(told, batch_size=BATCH)


def approve_all(matters: Sequence[Matter], crowd: Crowd, batch: Batch) -> list[MatterEvent]:
    """立项: every matter gets the next number of its series, in the order given; within the caller's act."""
    numbers: dict[int, int] = {}
    for series, count in Counter(one.series for one in matters).items():
        taken = next_numbers(matters[0].bureau_id, year=crowd.on.year, series=series, count=count)
        numbers |= zip((one.pk for one in matters if one.series == series), taken, strict=True)

    def numbered(one: Matter) -> dict[str, Any]:
        block = one.block or rules.default_block(one.source)
        return {"year": crowd.on.year, "number": numbers[one.pk], "block": block}

    events = crowd.move(matters, "approve", changes=numbered, data=lambda one: {"number": numbers[one.pk]})
    batch.add(matters)
    batch.add(events)
    return events


def assign_all(
    matters: Sequence[Matter], crowd: Crowd, batch: Batch, *, verifier: User | None = None
) -> list[MatterEvent]:
    """交办: every matter to its units with both dates, counted once for each plan; within the caller's act."""
    counted: dict[int | None, deadlines.Counting] = {}
    dates: dict[int, deadlines.HandOut] = {}
    for named in {one.verifier or verifier for one in matters}:
        check_verifier(named, matters[0], crowd.on)

    def handed(one: Matter) -> dict[str, Any]:
        plan = one.clause.version.plan_id if one.clause is not None else None
        if plan not in counted:
            counted[plan] = deadlines.counting(one.bureau_id, plan, now=crowd.now, on=crowd.on)
        told = deadlines.hand_out(one, now=crowd.now, on=crowd.on, due_on=one.due_on, counted=counted[plan])
        dates[one.pk] = told
        return told.fields(crowd.now) | {"verifier": one.verifier or verifier, "accepted_on": None}

    events = crowd.move(matters, "assign", changes=handed, data=lambda one: dates[one.pk].words())
    rows = [row for one in matters for row in deadlines.rows_of(one, dates[one.pk])]
    batch.add(Deadline.objects.bulk_create(rows, batch_size=BATCH))
    parties = MatterParty.objects.filter(matter__in=matters, ended_on=None, received_at=None)
    sent = list(parties)
    parties.filter(pk__in=[one.pk for one in sent]).update(received_at=crowd.now)
    for several in (matters, events, sent):
        batch.add(several)
    return events


def prove(events: Sequence[MatterEvent], kept: Sequence[Evidence], batch: Batch) -> None:
    """Let each event show the files that came with the act; within the caller's act."""
    proofs = [EventEvidence(event=event, evidence=one) for event in events for one in kept]
    batch.add(EventEvidence.objects.bulk_create(proofs, batch_size=BATCH))


def tell_receivers(matters: Sequence[Matter], title: str, url: str, crowd: Crowd, key: str) -> None:
    """One notice a person for all that reached his units: with one item its own page, with several the list's."""
    sent = MatterParty.objects.filter(matter__in=matters, ended_on=None, received_at=crowd.now)
    units: dict[int, set[int]] = {}
    for unit_id, matter_id in sent.values_list("unit_id", "matter_id"):
        units.setdefault(unit_id, set()).add(matter_id)
    mine: dict[int, set[int]] = {}
    people: dict[int, User] = {}
    for unit_id, user in queries.receivers_by_unit(units, crowd.on):
        people[user.pk] = user
        mine.setdefault(user.pk, set()).update(units[unit_id])
    known = {one.pk: one for one in matters}
    groups: dict[tuple[int, int | None], list[User]] = {}
    for pk, keys in mine.items():
        if people[pk] != crowd.by:
            groups.setdefault((len(keys), min(keys) if len(keys) == 1 else None), []).append(people[pk])
    for (count, only), users in groups.items():
        words = f"请签收交办事项：{known[only].title}" if only else f"请签收《{title[:60]}》交办的{count}件事项"
        where = known[only].get_absolute_url() if only else url
        notify(users, bureau=matters[0].bureau_id, kind="matters.assign", key=key, title=words, url=where)
