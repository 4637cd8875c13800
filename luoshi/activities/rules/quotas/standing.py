"""What is asked of a person in each period, what is on record, and where he stands on a day.

Amounts are whole numbers: half-days where days are asked, half-hours where hours are, records where times are.
The year (and half-year, quarter) is asked pro rata of the working days on which the person was in this bureau, not on
long leave, and a rule spoke; always rounded down, in the person's favour. A week or month is asked whole or not at all:
not where the rule did not speak on all its working days, not where the person had no such day in it, or of a month less
than half of them. The yearly and the weekly figure are two tests; neither derives from the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from luoshi.activities.rules.quotas.periods import Grid, Period
from luoshi.activities.rules.quotas.spans import Away, Span, clipped, joined, meet, minus, spread

PRO_RATA = frozenset({"YEAR", "HALF_YEAR", "QUARTER"})
IN_ONE = {"DAY": 2, "HOUR": 2}
"""Counted parts in one of a unit; times and all else are counted as they are."""
PER_HALF_DAY = {"DAY": 1, "HOUR": 6}
"""Counted parts that a half-day on record is worth (a half-day is three hours)."""


class State(StrEnum):
    """MET 已达到 · OPEN 进行中 · SHORT 未达到 · VOID 不计 · AHEAD 未开始."""

    MET = "MET"
    OPEN = "OPEN"
    SHORT = "SHORT"
    VOID = "VOID"
    AHEAD = "AHEAD"


class Credit(NamedTuple):
    """What one record brings: its first day, its last where it took several, and its half-days."""

    on: date
    until: date | None
    half_days: int


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the rule: the days on which it speaks, its number, and where it says so."""

    first: date
    last: date
    number: float
    source: str
    rule_id: int | None = None
    clause_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """One quota: the slot, its name, unit and rhythm, and the versions in order; a period keeps that of its start.

    `whole_days` counts only whole days (本局决定“按整天记”); `least` is the shortest record that counts as a time, in
    half-days.
    """

    slot: str
    label: str
    unit: str
    rhythm: str
    versions: tuple[Version, ...]
    whole_days: bool = False
    least: int = 1

    @property
    def step(self) -> int:
        """What amounts are rounded down to: half a day or a whole one, an hour, one time."""
        return (2 if self.whole_days else 1) if self.unit == "DAY" else IN_ONE.get(self.unit, 1)

    def version(self, period: Period) -> Version | None:
        """The version of a period: the first that speaks in it."""
        return next((one for one in self.versions if one.first <= period.last and period.first <= one.last), None)

    def parts(self, number: float) -> int:
        """A number of the rule in counted parts."""
        return int(number * IN_ONE.get(self.unit, 1))


@dataclass(frozen=True, slots=True)
class Share:
    """What falls to a person: for each period the working days on which he owed it, and what is asked."""

    spans: tuple[Span, ...]
    days: tuple[int, ...]
    needs: tuple[int, ...]


@dataclass(slots=True)
class Asked:
    """A quota over the working days of a year; remembers what falls to people of the same dates."""

    ask: Ask
    grid: Grid
    _shares: dict[tuple[tuple[Span, ...], tuple[Span, ...]], Share] = field(default_factory=dict)
    _members: dict[tuple[tuple[date, date | None], ...], tuple[Span, ...]] = field(default_factory=dict)
    _speaks: tuple[Span, ...] = ()
    _spoken: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        spoken = ((one.first, one.last) for one in self.ask.versions)
        self._speaks = clipped(spoken, self.grid.first, self.grid.last)
        self._spoken = self.grid.within(self._speaks)

    @property
    def speaks(self) -> tuple[Span, ...]:
        """The days of the year on which some version of the rule speaks."""
        return self._speaks

    def spoken(self, place: int) -> int:
        """On how many working days of a period the rule speaks."""
        return self._spoken[place]

    def member(self, spans: tuple[tuple[date, date | None], ...]) -> tuple[Span, ...]:
        """The days of this year within a person's spans in the bureau."""
        known = self._members.get(spans)
        if known is None:
            known = self._members[spans] = clipped(spans, self.grid.first, self.grid.last)
        return known

    def share(self, member: tuple[Span, ...], away: tuple[Span, ...]) -> Share:
        """What falls to a person who was here on these days and on leave on those."""
        known = self._shares.get((member, away))
        if known is None:
            known = self._shares[member, away] = self._share(member, away)
        return known

    def _share(self, member: tuple[Span, ...], away: tuple[Span, ...]) -> Share:
        spans = minus(meet(joined(member), self._speaks), away)
        days = self.grid.within(spans)
        return Share(spans, days, tuple(self._need(place, own) for place, own in enumerate(days)))

    def full(self, place: int) -> int:
        """What a period asks of one who owed it on every working day."""
        version = self.ask.version(self.grid.periods[place])
        return self.ask.parts(version.number) if version else 0

    def _need(self, place: int, own: int) -> int:
        full, of = self.full(place), self.grid.workdays[place]
        if not own or not full:
            return 0
        if self.ask.rhythm not in PRO_RATA:
            return full if self._spoken[place] == of and (self.ask.rhythm == "WEEK" or own * 2 >= of) else 0
        if own == of:
            return full
        return full * own // of // self.ask.step * self.ask.step


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands with one quota on a day. `member` and `away` are his own dates; `outside` is what was
    recorded on days on which he was not of this bureau, and does not count."""

    asked: Asked
    on: date
    member: tuple[Span, ...]
    away: tuple[Away, ...]
    share: Share
    done: tuple[int, ...]
    outside: int = 0

    @property
    def ask(self) -> Ask:
        """The quota."""
        return self.asked.ask

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods of the year."""
        return self.asked.grid.periods

    def state(self, place: int) -> State:
        """How one period stands."""
        period, need = self.periods[place], self.share.needs[place]
        if not need:
            return State.VOID
        if self.done[place] >= need:
            return State.MET
        if period.last < self.on:
            return State.SHORT
        return State.OPEN if period.first <= self.on else State.AHEAD

    @property
    def states(self) -> tuple[State, ...]:
        """How each period stands."""
        return tuple(map(self.state, range(len(self.periods))))

    @property
    def now(self) -> int | None:
        """The place of the period in which the day lies."""
        return self.asked.grid.at.get(self.on)

    @property
    def owed(self) -> int:
        """Of the periods that have begun by the day, how many asked for something."""
        begun = zip(self.periods, self.share.needs, strict=True)
        return sum(1 for one, need in begun if need and one.first <= self.on)

    @property
    def met(self) -> int:
        """Of those, how many were reached."""
        both = zip(self.periods, self.share.needs, self.done, strict=True)
        return sum(1 for one, need, done in both if need and done >= need and one.first <= self.on)

    @property
    def short(self) -> tuple[Period, ...]:
        """The periods that are over and were not reached."""
        both = zip(self.periods, self.share.needs, self.done, strict=True)
        return tuple(one for one, need, done in both if done < need and one.last < self.on)

    @property
    def need(self) -> int:
        """What the year asks in all, where it is one period."""
        return sum(self.share.needs)

    @property
    def total(self) -> int:
        """What is on record in all."""
        return sum(self.done)

    @property
    def left(self) -> int:
        """What the running period still asks; 0 where it is reached, void, or no period runs."""
        place = self.now
        return max(0, self.share.needs[place] - self.done[place]) if place is not None else 0

    @property
    def nothing_asked(self) -> bool:
        """Whether the whole year asks nothing of this person."""
        return not any(self.share.needs)

    def pace(self) -> int | None:
        """What the running period comes to if it goes on as so far; None where it is too early, over, or reached.

        Only where the period is long (a year, half a year, a quarter) and at least a twelfth of it has passed.
        """
        place = self.now
        if place is None or self.ask.rhythm not in PRO_RATA or self.state(place) is not State.OPEN:
            return None
        own = self.share.days[place]
        past = self.asked.grid.within(clipped(self.share.spans, self.periods[place].first, self.on))[place]
        if past * 12 < own or not past:
            return None
        return self.done[place] * own // past // self.ask.step * self.ask.step


def standing(
    asked: Asked,
    *,
    member: Iterable[tuple[date, date | None]],
    away: Iterable[Away] = (),
    credits: Iterable[tuple[date, date | None, int]],
    on: date,
) -> Standing:
    """Where a person stands: the days he was of this bureau, his long leave, what is on record, and the day asked.

    Records of days outside this bureau do not count (they belong to another's books); those of rest days and of leave
    do. A record of several days counts by days on each of them, by times once in every period that it touches.
    """
    here, leave = asked.member(tuple(member)), tuple(away)
    grid, ask = asked.grid, asked.ask
    everywhere = here == ((grid.first, grid.last),)
    done, outside, at = [0] * len(grid.periods), 0, grid.at
    if everywhere and ask.unit in PER_HALF_DAY and not ask.whole_days:
        credits = _put(done, at, credits)
    for day, number in _laid(ask, grid, credits):
        place = at.get(day)
        if place is None:
            continue
        if everywhere or any(first <= day <= last for first, last in here):
            done[place] += number
        else:
            outside += number
    worth = PER_HALF_DAY.get(ask.unit, 1)
    gone = tuple([(one.first, one.last) for one in leave])
    return Standing(
        asked, on, here, leave, asked.share(here, gone), tuple([one * worth for one in done]), outside * worth
    )


def _put(
    done: list[int], at: dict[date, int], credits: Iterable[tuple[date, date | None, int]]
) -> list[tuple[date, date | None, int]]:
    """Add the records of one day to their periods at once, the many; what takes several days is left to be laid out."""
    left = []
    for one in credits:
        first, last, half_days = one
        if last is not None:
            left.append(one)
        elif first in at:
            done[at[first]] += half_days
    return left


def _laid(ask: Ask, grid: Grid, credits: Iterable[tuple[date, date | None, int]]) -> Iterable[tuple[date, int]]:
    """What each record brings on which days: its half-days, or one time."""
    if ask.unit not in PER_HALF_DAY:
        return _touched(ask, grid, credits)
    found: list[tuple[date, int]] = []
    for first, last, half_days in credits:
        if last is None or last == first:
            found.append((first, half_days))
        else:
            found += spread(first, last, half_days)
    return _whole(found) if ask.whole_days and ask.unit == "DAY" else found


def _touched(ask: Ask, grid: Grid, credits: Iterable[tuple[date, date | None, int]]) -> Iterator[tuple[date, int]]:
    for first, last, half_days in credits:
        if half_days < ask.least:
            continue
        yield first, 1
        for period in grid.periods if last is not None and last > first else ():
            if last is not None and first < period.first <= last:
                yield period.first, 1


def _whole(laid: Iterable[tuple[date, int]]) -> Iterable[tuple[date, int]]:
    """Half-days put together by day; what does not make a whole day is left out."""
    found: dict[date, int] = {}
    for on, half_days in laid:
        found[on] = found.get(on, 0) + half_days
    return ((on, half_days // 2 * 2) for on, half_days in found.items())
