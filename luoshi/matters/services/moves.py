"""The one executor of moves: `ask` whether, `Turn.make` it, `Step.done` writes it down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db.models import Model

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale, destination
from luoshi.matters import queries, rules
from luoshi.matters.models import EventEvidence, Matter, MatterEvent
from luoshi.matters.services.feeding import feed
from luoshi.notices.services import notify
from luoshi.org.models import User
from luoshi.records.services import keep, record


class Form(TypedDict, total=False):
    """What every verb may be given beside its own words.

    `version`: the matter's version when the form was opened (None skips the version check, never the state check).
    `staged`: tokens of staged uploads that become evidence.
    `decided_by`, `decided_on`, `source_note`: a leader decided off screen and the office enters it; the evidence
    file or the note (会议纪要、批示出处) is then required.
    """

    version: int | None
    staged: Sequence[str]
    decided_by: User | None
    decided_on: date | None
    source_note: str


class TimedForm(Form, total=False):
    """With `now`, the moment (aware), for verbs that can do without it: then it is the clock's."""

    now: datetime | None


PEOPLED = Matter.objects.select_related("bureau", "leader", "handler", "verifier", "lead_unit")


@dataclass(slots=True)
class Step:
    """A move that was won: the matter as it now stands, its event, and every row that changed with it."""

    matter: Matter
    event: MatterEvent
    by: User | None
    rows: list[Model] = field(default_factory=list)
    told: list[tuple[list[User], str]] = field(default_factory=list)

    def tell(self, people: Iterable[User | None], title: str) -> None:
        """Leave a notice with these people, the one who acted excepted."""
        known = {one.pk: one for one in people if one is not None and one != self.by}
        self.told.append((list(known.values()), title))

    def done(self) -> Matter:
        """Write the record and the notices; the last line of every verb."""
        event, matter = self.event, self.matter
        feed([matter, *self.rows])
        record(
            self.by,
            f"matters.{event.move}",
            matter,
            bureau=matter.bureau_id,
            rows=[event, *self.rows],
            note=event.note,
            decided_by=event.decided_by,
            decided_on=event.decided_on,
        )
        for people, title in self.told:
            notify(
                people,
                bureau=matter.bureau_id,
                kind=f"matters.{event.move}",
                key=f"matters:{matter.pk}:event:{event.pk}",
                title=f"{title}：{matter.title}",
                url=matter.get_absolute_url(),
            )
        return matter


@dataclass(slots=True)
class Turn:
    """A move that this person may make now, asked for and not yet made: the time for a verb's own checks."""

    matter: Matter
    name: str
    by: User
    on: date
    to: str
    roles: dict[str, str]
    """The person's roles in the matter, with whom he stands in for (`rules.roles`)."""
    note: str
    at: datetime
    staged: Sequence[str]
    decided_by: User | None
    decided_on: date | None
    source_note: str

    def make(self, *, changes: Mapping[str, Any] | None = None, data: Mapping[str, Any] | None = None) -> Step:
        """Make it: one conditional UPDATE on state and version, so of two people one wins and the other gets `Stale`.

        The matter handed in is brought up to date. Words (`rules.WORDS`) change no row of it.
        """
        matter = self.matter
        if self.name not in rules.WORDS:
            won = Matter.objects.filter(pk=matter.pk, state=matter.state, version=matter.version).update(
                state=self.to, version=matter.version + 1, **(changes or {})
            )
            if won != 1:
                _refuse_stale(matter, since=matter.version, by=self.by, on=self.on)
            matter.refresh_from_db(from_queryset=PEOPLED.all())
        another = self.decided_by is not None and self.decided_by != self.by
        event = MatterEvent.objects.create(
            matter=matter,
            cycle=matter.cycle,
            move=self.name,
            at=self.at,
            on=self.on,
            operator=self.by,
            standing_in_for=standing(self.name, self.roles, own=not another),
            decided_by=self.decided_by,
            decided_on=self.decided_on,
            note=self.note,
            data={**(data or {}), **({"source_note": self.source_note} if another and self.source_note else {})},
            version=matter.version,
        )
        step = Step(matter, event, self.by)
        attach(step, self.staged)
        return step


def ask(
    matter: Matter,
    name: str,
    *,
    by: User,
    on: date,
    note: str = "",
    version: int | None = None,
    now: datetime | None = None,
    staged: Sequence[str] = (),
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
) -> Turn:
    """Ask for one move of `rules.MOVES`, within the caller's act; what may not be is refused before anything else.

    `Stale` where the matter's state is not that of the object handed in, or its version not that of the form (words
    disturb nobody and are never stale). `NotAllowed` where the person's roles, the state, a missing reason or a
    missing paper forbid it.
    """
    now_at = Matter.objects.filter(pk=matter.pk).values_list("state", "version").get()
    if name not in rules.WORDS and (now_at[0] != matter.state or version not in (None, now_at[1])):
        _refuse_stale(matter, since=matter.version if version is None else version, by=by, on=on)
    matter.refresh_from_db(from_queryset=PEOPLED.all())
    roles = queries.roles_of(by, matter, on)
    states = {str(value): str(label) for value, label in rules.State.choices}
    to = destination(rules.MOVES, name, state=matter.state, duties=roles, states=states)
    note, label = note.strip(), rules.MOVES[name].label
    if rules.MOVES[name].reason and not note:
        raise NotAllowed(f"“{label}”要写明原因或要求，请补充后再办。")
    source_note = source_note.strip() or (matter.source_title if name == "approve" else "")
    decided = decision(
        name, roles, by, on, decided_by, decided_on, bool(staged or source_note),
        lambda who, day: queries.roles_of(who, matter, day),
    )  # fmt: skip
    return Turn(matter, name, by, on, to, roles, note, now or clock.now(), staged, *decided, source_note)


def refuse_idle(turn: Turn) -> None:
    """Refuse a move that has nothing to act upon, in the words of `queries.idle`; within the caller's act."""
    why = queries.idle(turn.matter, turn.by, turn.on).get(turn.name)
    if why:
        raise NotAllowed(why)


def move(
    matter: Matter,
    name: str,
    *,
    by: User,
    on: date,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    changes: Mapping[str, Any] | None = None,
    **form: Unpack[TimedForm],
) -> Step:
    """Ask for a move and make it at once, within the caller's act."""
    return ask(matter, name, by=by, on=on, note=note, **form).make(changes=changes, data=data)


def attach(step: Step, staged: Sequence[str]) -> None:
    """Turn staged uploads into evidence of the step's event."""
    if not staged:
        return
    for evidence in keep(staged, by=step.by, bureau=step.matter.bureau_id):
        proof = EventEvidence.objects.create(event=step.event, evidence=evidence)
        step.rows += [evidence, proof]


def _refuse_stale(matter: Matter, *, since: int, by: User, on: date) -> None:
    """Say what happened since the form was opened, as far as this person may see it; within the caller's act."""
    now = Matter.objects.get(pk=matter.pk)
    seen = queries.visible_to(by, on).filter(pk=now.pk).exists()
    raise Stale(now.version, queries.changes_since(now, since) if seen else [])


def standing(name: str, mine: Mapping[str, str], *, own: bool) -> str:
    """Whom the actor stands in for: nobody, where a role of his own allows the move."""
    allowed = set(rules.MOVES[name].duties & mine.keys())
    if name in rules.PAPER and own:
        allowed -= {rules.OFFICE}
    names = [mine[role] for role in sorted(allowed)]
    return "" if "" in names or not names else names[0]


def decision(
    name: str,
    mine: Mapping[str, str],
    by: User,
    on: date,
    decided_by: User | None,
    decided_on: date | None,
    proven: bool,
    roles_then: Callable[[User, date], Mapping[str, str]],
) -> tuple[User | None, date | None]:
    """Who decided and when; within the caller's act. A leader's own click is his decision; the office needs paper."""
    label = rules.MOVES[name].label
    allowed = rules.MOVES[name].duties & mine.keys()
    if decided_by is None or decided_by == by:
        if name in rules.PAPER and allowed == {rules.OFFICE}:
            raise NotAllowed(
                f"“{label}”由交办领导决定。代录领导已作的决定，请填写决定人、决定日期，并附批示件或写明出处。"
            )
        own = name in rules.PAPER and rules.LEADER in allowed
        return (by, on) if own else (None, None)
    day = decided_on or on
    if rules.OFFICE not in mine:
        raise NotAllowed("只有局办公室可以代录领导的决定，请用自己的名义办理。")
    if day > on:
        raise NotAllowed("决定日期不能晚于今天，请核对批示或纪要上的日期。")
    if rules.LEADER not in roles_then(decided_by, day):
        raise NotAllowed(f"{decided_by}在{day:%Y-%m-%d}不是本事项的交办领导或主要领导，请核对决定人。")
    if not proven:
        raise NotAllowed("代录领导的决定须附批示件等佐证，或写明出处（如会议纪要、批示日期）。")
    return decided_by, day
