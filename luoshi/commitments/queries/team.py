"""班子承诺 a year: each member with a published set or without one (2.2.1.4a), and the whole notice in words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.commitments.models import Commitment, Promise
from luoshi.commitments.queries.access import PUBLIC, commitments_seen
from luoshi.commitments.queries.basis import LEADING, members
from luoshi.commitments.queries.promises import PromiseView, promise_views
from luoshi.commitments.rules import Face, Outcome, State, promise_face
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import Duty, Held


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One member of the team in one year."""

    person: User
    title: str
    field: str
    commitment: Commitment | None
    promises: int
    outcomes: Counter[str]
    next_due: date | None
    face: Face | None

    @property
    def published(self) -> bool:
        return self.commitment is not None and self.commitment.state in (State.PUBLISHED, State.SETTLED)

    @property
    def state_label(self) -> str:
        return State(self.commitment.state).label if self.commitment is not None else "还没有公示"


def team_lines(user: User, held: Sequence[Held], bureau: Unit, year: int, on: date) -> list[TeamLine]:
    """The team in its own order (主要领导 first), with whoever left it after promising; a fixed number of queries."""
    seen = commitments_seen(user, held).filter(bureau=bureau, year=year).exclude(state=State.VOID)
    own = {one.person_id: one for one in seen.select_related("person")}
    people = {one.pk: one for one in members(bureau.pk, on)}
    people |= {pk: one.person for pk, one in own.items() if pk not in people}
    titles, fields = _places(bureau.pk, on)
    by_commitment: dict[int, list[Promise]] = defaultdict(list)
    for promise in Promise.objects.filter(commitment__in=[one.pk for one in own.values()]):
        by_commitment[promise.commitment_id].append(promise)
    found = []
    for pk, person in people.items():
        commitment = own.get(pk)
        promises = by_commitment[commitment.pk] if commitment is not None else []
        live = [one for one in promises if one.ended_on is None]
        waiting = sorted(one.due_now_on for one in live if not one.outcome)
        found.append(
            TeamLine(
                person=person,
                title=(commitment.duty_title if commitment else "") or titles.get(pk, ""),
                field=(commitment.field if commitment else "") or "、".join(fields.get(pk, [])),
                commitment=commitment,
                promises=len(live),
                outcomes=Counter(one.outcome for one in live if one.outcome),
                next_due=waiting[0] if waiting else None,
                face=promise_face(waiting[0], "", ended=False, on=on) if waiting else None,
            )
        )
    return found


def _places(bureau_id: int, on: date) -> tuple[dict[int, str], dict[int, list[str]]]:
    titles: dict[int, str] = {}
    posts = Post.objects.filter(org.in_force(on), bureau_id=bureau_id, duty__in=LEADING)
    for post in sorted(posts, key=lambda one: LEADING.index(Duty(one.duty))):
        titles.setdefault(post.user_id, post.title or Duty(post.duty).label)
    fields: dict[int, list[str]] = defaultdict(list)
    rows = Portfolio.objects.filter(org.in_force(on), bureau_id=bureau_id).select_related("unit")
    for one in rows.order_by("unit__rank", "pk"):
        name = one.field or str(one.unit)
        if name not in fields[one.leader_id]:
            fields[one.leader_id].append(name)
    return titles, fields


def years_of(user: User, held: Sequence[Held], bureau: Unit, on: date) -> list[int]:
    """The years that have commitments, this one, and towards its end the next; the newest first."""
    told = commitments_seen(user, held).filter(bureau=bureau).order_by().values_list("year", flat=True).distinct()
    return sorted({*told, on.year, *([on.year + 1] if on.month >= 11 else [])}, reverse=True)


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One leader on the notice: who he is, what he promised, as first published and as it stands."""

    commitment: Commitment
    promises: list[PromiseView]


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """承诺公示 or 兑现情况 of a year: what page, print and .docx tell alike."""

    bureau: str
    year: int
    lines: list[NoticeLine]
    phones: tuple[str, ...]
    made_on: date
    fulfilment: bool = False

    @property
    def title(self) -> str:
        return f"{self.year}年领导班子公开承诺" + ("兑现情况" if self.fulfilment else "公示")


def notice_facts(
    user: User, held: Sequence[Held], bureau: Unit, year: int, on: date, *, fulfilment: bool = False
) -> NoticeFacts:
    """Everything published for a year, in the team's order."""
    rows = list(Commitment.objects.filter(PUBLIC, bureau=bureau, year=year).select_related("person", "decided_by"))
    order = {one.pk: place for place, one in enumerate(members(bureau.pk, on))}
    rows.sort(key=lambda one: (order.get(one.person_id, len(order)), one.pk))
    told = promise_views(rows, user, held, on)
    lines = [NoticeLine(one, told[one.pk]) for one in rows]
    phones = tuple(dict.fromkeys(one.phone for one in rows))
    return NoticeFacts(bureau.name, year, lines, phones, on, fulfilment)


@dataclass(frozen=True, slots=True)
class Tally:
    """A figure of 兑现 and the promises it opens to."""

    key: str
    label: str
    number: int


def fulfilment_tallies(facts: NoticeFacts) -> list[Tally]:
    """How many promises were kept, partly, not, not yet stated, ended; all together first."""
    views = [one for line in facts.lines for one in line.promises]
    counts = Counter("ENDED" if one.ended else one.outcome or "OPEN" for one in views)
    words = [("", "全部承诺"), *Outcome.choices, ("OPEN", "未登记"), ("ENDED", "已终止")]
    numbers = {"": len(views), **counts}
    return [Tally(str(key), str(label), numbers.get(str(key), 0)) for key, label in words]


def only(facts: NoticeFacts, key: str) -> list[tuple[NoticeLine, PromiseView]]:
    """The promises behind a figure, each with its leader; the empty key means all."""
    return [
        (line, one)
        for line in facts.lines
        for one in line.promises
        if not key or ("ENDED" if one.ended else one.outcome or "OPEN") == key
    ]
