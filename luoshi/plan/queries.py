"""Reading plans, clauses and duties, and asking which rule holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import ADMINISTRATORS
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion, Rule
from luoshi.plan.rules import RuleValue, choose, holds
from luoshi.plan.slots import RULED, SLOTS


class NoRule(LookupError):
    """Nothing rules this slot on that day; the message is a Chinese sentence that says what to do."""


def visible_to(user: User, on: date) -> QuerySet[Plan]:
    """The plans a person may read: those of the bureaus he works in. Administrators hold no business of a bureau."""
    bureaus = {one.bureau_id for one in org.held(user, on) if one.duty not in ADMINISTRATORS}
    return Plan.objects.filter(bureau_id__in=bureaus)


def versions_for(user: User, on: date) -> QuerySet[PlanVersion]:
    """The plan texts a person may read."""
    return PlanVersion.objects.filter(plan__in=visible_to(user, on)).select_related("plan__bureau")


def clauses_for(user: User, on: date) -> QuerySet[Clause]:
    """The clauses a person may read."""
    return Clause.objects.filter(version__plan__in=visible_to(user, on)).select_related("version__plan")


def duties_for(user: User, on: date) -> QuerySet[Duty]:
    """The read duties a person may see."""
    seen = Duty.objects.filter(clause__version__plan__in=visible_to(user, on))
    return seen.select_related("clause__version__plan__bureau", "owner_unit", "decided_by")


def rules_for(user: User, on: date) -> QuerySet[Rule]:
    """The rules a person may see: those of the bureaus whose plans he reads."""
    bureaus = {one.bureau_id for one in org.held(user, on) if one.duty not in ADMINISTRATORS}
    return Rule.objects.filter(bureau_id__in=bureaus).select_related("plan", "clause", "confirmed_by", "paper")


def clauses_of(version: PlanVersion) -> QuerySet[Clause]:
    """The clauses of a text in its order."""
    return version.clauses.order_by("order")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a text's proposed duties are decided."""

    total: int
    confirmed: int
    dropped: int

    @property
    def decided(self) -> int:
        """Confirmed and dropped together: 73 of `73 / 109`."""
        return self.confirmed + self.dropped

    @property
    def open(self) -> int:
        """What still waits for the office."""
        return self.total - self.decided

    @property
    def share(self) -> int:
        """Per cent decided, rounded down so that 100 means all."""
        return self.decided * 100 // self.total if self.total else 0


def progress(version: PlanVersion) -> Progress:
    """How far a text is decided."""
    return progresses([version.pk])[version.pk]


def progresses(version_ids: Iterable[int]) -> dict[int, Progress]:
    """`progress` of several texts in one query."""
    wanted = list(version_ids)
    counts = (
        Duty.objects.filter(clause__version__in=wanted)
        .values_list("clause__version")
        .annotate(
            all=Count("pk"),
            confirmed=Count("pk", filter=Q(state="CONFIRMED")),
            dropped=Count("pk", filter=Q(state="DROPPED")),
        )
    )
    found = {version_id: Progress(*numbers) for version_id, *numbers in counts}
    return {one: found.get(one, Progress(0, 0, 0)) for one in wanted}


def with_newest(plans: QuerySet[Plan]) -> list[tuple[Plan, PlanVersion, Progress]]:
    """Plans with their newest text and how far it is decided, in three queries."""
    newest: dict[int, PlanVersion] = {}
    texts = PlanVersion.objects.filter(plan__in=plans).defer("text").order_by("number")
    for one in texts.select_related("plan__bureau"):
        newest[one.plan_id] = one
    told = progresses(one.pk for one in newest.values())
    return [(one.plan, one, told[one.pk]) for one in sorted(newest.values(), key=lambda one: -one.plan_id)]


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A heading with its depth and how many duties below it are decided, of how many."""

    clause: Clause
    depth: int
    decided: int
    total: int


def outline(version: PlanVersion) -> list[OutlineLine]:
    """The headings of a text, items like 一是 left out (their duties count for the heading above)."""
    told = {
        one.pk: (one.decided, one.total)
        for one in clauses_of(version).annotate(
            total=Count("read_duties"), decided=Count("read_duties", filter=~Q(read_duties__state="PROPOSED"))
        )
    }
    rows = list(clauses_of(version))
    sums = {one.pk: [0, 0] for one in rows}
    parents = {one.pk: one.parent_id for one in rows}
    for pk, (decided, total) in told.items():
        at: int | None = pk
        while at is not None:
            sums[at][0] += decided
            sums[at][1] += total
            at = parents[at]
    return [OutlineLine(one, one.path.count("/"), *sums[one.pk]) for one in rows if not one.marker.endswith("是")]


def above(clause: Clause) -> list[Clause]:
    """The clauses that hold a clause, outermost first."""
    parts = clause.path.split("/")
    paths = ["/".join(parts[:place]) for place in range(1, len(parts))]
    return list(Clause.objects.filter(version=clause.version_id, path__in=paths).order_by("order"))


def around(clause: Clause) -> tuple[Clause | None, Clause | None]:
    """The clauses before and after in the text's order."""
    rows = Clause.objects.filter(version=clause.version_id)
    return (
        rows.filter(order__lt=clause.order).order_by("-order").first(),
        rows.filter(order__gt=clause.order).order_by("order").first(),
    )


def rules_by_duty(version_id: int) -> dict[int, Rule]:
    """The rule each duty of a text made last, whether it still holds or was superseded."""
    rows = Rule.objects.filter(duty__clause__version=version_id, void=False).select_related("confirmed_by", "paper")
    return {one.duty_id: one for one in rows.order_by("number") if one.duty_id is not None}


@dataclass(frozen=True, slots=True)
class ClauseChip:
    """A clause as other rooms show it: its place, its first words, and where it is read."""

    plan: str
    label: str
    sentence: str
    url: str


def clause_chip(clause: Clause) -> ClauseChip:
    """The facts of a clause's chip. Wants `version__plan` selected to cost no query."""
    own = clause.version.text[clause.start : clause.end].strip().replace("\n", "")
    return ClauseChip(str(clause.version.plan), clause.path, own[:120], clause.get_absolute_url())


def by_clause(version: PlanVersion) -> dict[int, list[Duty]]:
    """A text's duties by clause, both in the text's order."""
    found: dict[int, list[Duty]] = {}
    for duty in Duty.objects.filter(clause__version=version).select_related("owner_unit").order_by("order"):
        found.setdefault(duty.clause_id, []).append(duty)
    return found


def unit_names(bureau_id: int, on: date) -> dict[str, int]:
    """Names and short names of a bureau's units, for `unit_named`."""
    found: dict[str, int] = {}
    for unit in org.units_of(bureau_id, on):
        found[unit.name] = found[unit.short_name] = unit.pk
    return found


def unit_named(actor: str, act: str, units: Mapping[str, int]) -> int | None:
    """The one unit that an actor names, or with which an act begins; None for none or several (各单位).

    >>> units = {"局办公室": 4, "规划建设股": 5}
    >>> unit_named("局办公室牵头", "", units), unit_named("", "规划建设股建立整改台账", units)
    (4, 5)
    >>> unit_named("局办公室、规划建设股", "", units) is None
    True
    """
    named = {pk for name, pk in units.items() if (name in actor if actor else act.startswith(name))}
    return named.pop() if len(named) == 1 else None


def as_value(row: Rule) -> RuleValue:
    """A stored rule as the value that is applied; a plan's rule ends with its plan at the latest."""
    until = row.until_on or (row.plan.until_on if row.plan else None)
    return RuleValue(
        row.slot,
        row.value,
        row.source,
        row.citation,
        row.pk,
        row.number,
        row.clause_id,
        row.from_on,
        until,
        row.plan_id,
    )


def _speaking(rows: Iterable[Rule], *, plan_id: int | None, on: date) -> list[RuleValue]:
    """The rows that may speak: another plan's never; without a plan, a plan's only where a single one speaks."""
    values = [as_value(row) for row in rows]
    plans = {one.plan_id for one in values if one.source == "PLAN" and holds(one, on)}
    if plan_id is None and len(plans) == 1:
        plan_id = plans.pop()
    return [one for one in values if one.source != "PLAN" or one.plan_id == plan_id]


def _rows(bureau_id: int) -> QuerySet[Rule]:
    whose = Q(bureau_id=bureau_id) | Q(bureau=None)
    return Rule.objects.filter(whose, void=False).select_related("plan")


def find_rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue | None:
    """As `rule`, but None where nothing rules the slot on that day."""
    standing = SLOTS[slot].standing()
    spoken = _speaking(_rows(bureau_id).filter(slot=slot), plan_id=plan_id, on=on)
    return choose([*spoken, *([standing] if standing else [])], on)


def rule(slot: str, *, bureau_id: int, on: date, plan_id: int | None = None) -> RuleValue:
    """The rule of a slot that holds for a bureau (and plan) on a day, by the precedence of `plan.rules`.

    Without a plan, a plan's rule still speaks where exactly one plan of the bureau has one that day: the
    bureau's plan rules its ordinary work too. `KeyError` for a slot that is not in `slots.SLOTS`; `NoRule`
    where neither plan, bureau, regulation nor default says anything.
    """
    found = find_rule(slot, bureau_id=bureau_id, on=on, plan_id=plan_id)
    if found is None:
        raise NoRule(f"“{SLOTS[slot].label}”还没有规则，请在方案中确认相应条款，或由本局作出决定。")
    return found


def rules_of(*, bureau_id: int, on: date, plan_id: int | None = None) -> dict[str, RuleValue | None]:
    """Which rule holds for every slot that has a parameter, in one query."""
    by_slot: dict[str, list[Rule]] = {}
    for row in _rows(bureau_id):
        by_slot.setdefault(row.slot, []).append(row)
    found: dict[str, RuleValue | None] = {}
    for key, slot in RULED.items():
        standing = slot.standing()
        spoken = _speaking(by_slot.get(key, []), plan_id=plan_id, on=on)
        found[key] = choose([*spoken, *([standing] if standing else [])], on)
    return found


def history(*, bureau_id: int, slot: str = "") -> QuerySet[Rule]:
    """Every version of a bureau's rules, newest first; also those withdrawn."""
    rows = Rule.objects.filter(bureau_id=bureau_id).select_related("plan", "clause", "confirmed_by", "paper")
    return (rows.filter(slot=slot) if slot else rows).order_by("slot", "-pk")
