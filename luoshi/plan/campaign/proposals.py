"""Proposals that a person confirms in one act: phases, gate checks, leading group, responsibility list, header.

Read from the newest text of the plan, its confirmed duties and the bureau's posts and portfolios of the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries
from luoshi.plan.campaign import schedule, wording
from luoshi.plan.models import Clause, Duty, Phase, Plan, PlanVersion
from luoshi.plan.rules import RESPONSIBILITIES

FEW = 12
"""Up to so many proposed gate checks all are ticked; of more, those with a measure or an output."""


def newest(plan: Plan) -> PlanVersion:
    """The newest text of a plan."""
    return plan.versions.select_related("plan").latest("number")


def reader_of(plan: Plan) -> wording.Reader:
    """The newest text with its clauses."""
    version = newest(plan)
    return wording.Reader(version, list(queries.clauses_of(version)))


@dataclass(frozen=True, slots=True)
class PhaseProposal:
    """A phase as the text names it, with the dates of its heading where it gives any."""

    clause: Clause
    name: str
    from_on: date | None
    until_on: date | None


def phases(plan: Plan) -> list[PhaseProposal]:
    """第一阶段, 第二阶段 … of the newest text, each once."""
    found: dict[str, PhaseProposal] = {}
    for clause in queries.clauses_of(newest(plan)):
        if schedule.is_phase(clause.marker) and clause.marker not in found:
            name = schedule.phase_name(clause.marker, clause.title)
            found[clause.marker] = PhaseProposal(clause, name, *schedule.period_in(clause.title))
    return list(found.values())


def duties_within(clause: Clause | None, version: PlanVersion) -> list[Duty]:
    """The confirmed duties of a clause and all below it in a text; the clause is known again by its lineage."""
    rows = Duty.objects.filter(clause__version=version, state="CONFIRMED").select_related(
        "clause", "owner_unit", "leader"
    )
    if clause is None:
        return []
    here = Clause.objects.filter(version=version, lineage=clause.lineage).order_by("order").first()
    if here is None:
        return []
    return [one for one in rows.order_by("order") if one.clause_id == here.pk or _below(one.clause, here)]


def _below(clause: Clause, above: Clause) -> bool:
    return clause.path.startswith(f"{above.path}/")


def checks(phase: Phase) -> list[tuple[Duty, bool]]:
    """The confirmed duties of a phase that are no gate check yet, each with whether it is ticked at first."""
    taken = taken_duties(phase)
    found = [one for one in duties_within(phase.clause, newest(phase.plan)) if one.pk not in taken]
    few = len(found) + phase.checks.filter(void=False).count() <= FEW
    return [(one, few or bool(one.output or one.obligations)) for one in found]


def taken_duties(phase: Phase) -> set[int]:
    """The duties that are gate checks of a phase already, and what became of them in later texts of the plan."""
    taken: set[int] = set()
    fresh = set(phase.checks.filter(void=False, duty__isnull=False).values_list("duty__pk", flat=True))
    while fresh:
        taken |= fresh
        fresh = set(Duty.objects.filter(carried_from__in=fresh).values_list("pk", flat=True)) - taken
    return taken


@dataclass(frozen=True, slots=True)
class Seat:
    """Who heads a unit on a day, by which post; nobody where the post is empty."""

    unit: Unit
    person: User | None
    title: str

    @property
    def post(self) -> str:
        """The post in words, the unit's name once: 规建股股长, 办公室主任."""
        return self.title if self.unit.short_name in self.title else f"{self.unit.short_name}{self.title}"


def seats(bureau_id: int, on: date) -> list[Seat]:
    """Every working unit with its head; the bureau's office is headed by the one post of 局办公室 in it."""
    posts = Post.objects.filter(org.in_force(on), bureau_id=bureau_id, duty__in=[Held.HEAD, Held.OFFICE])
    heads: dict[int, Post] = {}
    clerks: dict[int, list[Post]] = {}
    for one in posts.select_related("user").order_by("pk"):
        if not one.user.is_active:
            continue
        if one.duty == Held.HEAD:
            heads[one.unit_id] = one
        else:
            clerks.setdefault(one.unit_id, []).append(one)
    found = []
    for unit in org.units_of(bureau_id, on):
        own = clerks.get(unit.pk, [])
        post = heads.get(unit.pk) or (own[0] if len(own) == 1 else None)
        found.append(Seat(unit, post.user if post else None, post.title if post else ""))
    return found


def left_out(plan: Plan, on: date) -> set[int]:
    """The units that do not take part in a plan on a day."""
    return set(plan.exclusions.filter(org.in_force(on)).values_list("unit_id", flat=True))


@dataclass(frozen=True, slots=True)
class GroupProposal:
    """The leading group as the text sets it up; `said_office` are its words for the office's seat, each once."""

    said: wording.Said | None
    said_members: wording.Said | None
    said_office: tuple[str, ...]
    name: str
    office_unit_id: int | None
    office_clause: Clause | None
    seats: tuple[Seat, ...]


def group(plan: Plan, on: date) -> GroupProposal:
    """Name and office read from the text; members are the heads of all units that take part."""
    reader = reader_of(plan)
    said, offices = wording.group(reader), wording.offices(reader)
    units = queries.unit_names(plan.bureau_id, on)
    seat = next((pk for one in offices if (pk := wording.office_unit(one.value, units)) is not None), None)
    out = left_out(plan, on)
    return GroupProposal(
        said,
        wording.members(reader),
        tuple(dict.fromkeys(one.value for one in offices)),
        wording.group_name(said.value if said else "领导小组", plan.short_name)[:120],
        seat,
        offices[0].clause if offices else None,
        tuple(one for one in seats(plan.bureau_id, on) if one.unit.pk not in out),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line proposed for the responsibility list; `person` is None where a post is empty: somebody must say who."""

    kind: str
    person: User | None
    unit: Unit | None
    clause: Clause | None
    words: str
    duties: int = 0

    @property
    def key(self) -> str:
        """What makes it this line: the same line is not proposed twice."""
        of = (self.person, self.unit, self.clause)
        return ":".join([self.kind, *(str(one.pk) if one is not None else "" for one in of)])

    @property
    def kind_label(self) -> str:
        return RESPONSIBILITIES[self.kind]


def responsibilities(plan: Plan, on: date) -> list[Row]:
    """按分管和职责生成: leaders first, then heads of units, then who owns the duties; what is listed is left out."""
    said = wording.answers(reader_of(plan))
    first = said.get("FIRST") or said.get("TEAM") or said.get("UNIT")
    clauses = {kind: (said.get(kind) or first) for kind in wording.ANSWERS}
    of = {kind: one.clause if one else None for kind, one in clauses.items()}
    out = left_out(plan, on)
    heads = {one.unit.pk: one for one in seats(plan.bureau_id, on)}
    rows = [
        Row("FIRST", one, None, of["FIRST"], f"履行第一责任人职责，对“{plan.short_name}”负总责。")
        for one in org.holders(Held.CHIEF, plan.bureau_id, on)
    ]
    rows += _team(plan, of["TEAM"], on)
    rows += [
        Row("UNIT", one.person, one.unit, of["UNIT"], f"带领{one.unit.short_name}落实本方案的各项任务。")
        for one in heads.values()
        if one.unit.pk not in out
    ]
    owned: dict[tuple[int, int], list[Duty]] = {}
    for duty in Duty.objects.filter(
        clause__version=newest(plan), state="CONFIRMED", owner_unit__isnull=False
    ).select_related("clause", "owner_unit"):
        owned.setdefault((duty.clause_id, duty.owner_unit_id or 0), []).append(duty)
    for (_, unit_id), mine in sorted(owned.items(), key=lambda one: one[1][0].order):
        seat, one = heads.get(unit_id), mine[0]
        words = "；".join(duty.act.rstrip("。；") for duty in mine)
        words = words if len(words) <= 300 else f"{words[:299]}…"
        rows.append(Row("DUTY", seat.person if seat else None, one.owner_unit, one.clause, words, len(mine)))
    return _not_listed(plan, rows)


def _team(plan: Plan, clause: Clause | None, on: date) -> Iterable[Row]:
    """一岗双责 of every 分管领导 by his portfolio."""
    led: dict[int, list[str]] = {}
    portfolios = Portfolio.objects.filter(org.in_force(on), bureau_id=plan.bureau_id).select_related("unit")
    for one in portfolios.order_by("unit__rank", "unit_id"):
        led.setdefault(one.leader_id, []).append(one.unit.short_name)
    for leader in org.holders(Held.LEADER, plan.bureau_id, on):
        units = "、".join(led.get(leader.pk, [])) or "分管领域"
        yield Row("TEAM", leader, None, clause, f"落实一岗双责，抓好{units}的落实，带头查摆和改进。"[:300])


def _not_listed(plan: Plan, rows: Iterable[Row]) -> list[Row]:
    """Without what is listed already: a leader by his kind, a unit's head by his unit, a duty by clause and unit."""
    listed: set[tuple[object, ...]] = set()
    for one in plan.responsibilities.filter(until_on=None).select_related("clause"):
        listed.add(_same(one.kind, one.person_id, one.unit_id, one.clause))
    found = []
    for row in rows:
        person, unit = row.person.pk if row.person else None, row.unit.pk if row.unit else None
        if _same(row.kind, person, unit, row.clause) not in listed:
            found.append(row)
    return found


def _same(kind: str, person: int | None, unit: int | None, clause: Clause | None) -> tuple[object, ...]:
    if kind in ("FIRST", "TEAM"):
        return kind, person
    return (kind, unit) if kind == "UNIT" else (kind, unit, clause.lineage if clause else None)


def header(plan: Plan) -> tuple[dict[str, wording.Said], date | None]:
    """What the text says of the plan's decision for fields that are still empty, and the date under it."""
    reader = reader_of(plan)
    found = {name: said for name, said in wording.header(reader).items() if not getattr(plan, name)}
    return found, wording.dated(reader.text) if plan.issued_on is None else None
