"""A plan's versions: which one speaks, what a new one changes, what of the old one still waits for a decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from luoshi.plan.difference import ClauseChange, DutyChange, Said, compare_clauses, compare_duties
from luoshi.plan.lineage import Passage, Place, passages, plain, same_clauses, share_kept
from luoshi.plan.models import Clause, Duty, Plan, PlanVersion, Rule
from luoshi.plan.queries.ruling import stated_value
from luoshi.plan.rules import LIVE
from luoshi.plan.slots import RULED

ANOTHER_PLAN = 1 / 3
"""Where less of the smaller text than this stands in the other one, it is most likely another plan."""


SAYS = ("PROPOSED", "CONFIRMED")
"""The states in which a duty says something: not dropped, not merged or split away."""


@dataclass(frozen=True, slots=True)
class Side:
    """One text in a comparison: its words, its clauses and its duties, each in the text's order."""

    text: str
    clauses: list[Clause]
    duties: list[Duty]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts side by side. Keys of clauses and duties are their places in the lists of their side."""

    old: Side
    new: Side
    taken: dict[int, int]
    clauses: list[ClauseChange]
    duties: list[DutyChange]
    share: float

    @property
    def another(self) -> bool:
        """Whether the new text is most likely another plan."""
        return self.share < ANOTHER_PLAN

    @property
    def changed(self) -> bool:
        """Whether anything changed that a reader would see."""
        return any(one.state != "SAME" for one in self.clauses)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many clauses and duties each state has."""
        told: dict[str, dict[str, int]] = {"clauses": {}, "duties": {}}
        for name, rows in (("clauses", self.clauses), ("duties", self.duties)):
            for one in rows:
                told[name][one.state] = told[name].get(one.state, 0) + 1
        return told


def newest_of(plan: Plan) -> PlanVersion:
    """The version of a plan that was adopted last: the one that is read, decided and counted."""
    return plan.versions.select_related("plan").order_by("-number")[0]


def successor(version: PlanVersion) -> PlanVersion | None:
    """The newest version where `version` is an old one; None where it is the newest itself."""
    later = PlanVersion.objects.filter(plan=version.plan_id, number__gt=version.number).defer("text")
    return later.select_related("plan").order_by("-number").first()


def counterpart(clause: Clause) -> Clause | None:
    """The same clause in the plan's newest version, by its lineage; None where the newest has none, or is its own."""
    newest = successor(clause.version)
    return newest.clauses.filter(lineage=clause.lineage).first() if newest is not None else None


def stored(version: PlanVersion) -> Side:
    """A stored version as a side. Duties that were merged or split away are left out."""
    clauses = list(version.clauses.order_by("order"))
    by_key = {one.pk: one for one in clauses}
    duties = list(
        Duty.objects.filter(clause__version=version, state__in=LIVE).select_related("owner_unit", "leader")
        .order_by("order", "pk")
    )  # fmt: skip
    for one in duties:
        one.clause = by_key[one.clause_id]
    return Side(version.text, clauses, duties)


def compare(old: Side, new: Side, *, by_lineage: bool = False) -> Difference:
    """What `new` changes in `old`; between stored versions clauses are known by the lineage they were given."""
    before, after = _passages(old), _passages(new)
    if by_lineage:
        known = {one.lineage: at for at, one in enumerate(old.clauses)}
        taken = {at: known[one.lineage] for at, one in enumerate(new.clauses) if one.lineage in known}
    else:
        taken = same_clauses(before, after)
    return Difference(
        old,
        new,
        taken,
        compare_clauses(before, after, taken),
        duty_changes(old, new, taken),
        share_kept(before, after, taken),
    )


def duty_changes(old: Side, new: Side, taken: Mapping[int, int]) -> list[DutyChange]:
    """What became of the duties of two sides whose clauses are known."""
    return compare_duties(_said(old), _said(new), taken)


def difference_of(version: PlanVersion) -> Difference | None:
    """What a stored version changed in the one before it; None for the first."""
    before = PlanVersion.objects.filter(plan=version.plan_id, number__lt=version.number).order_by("-number").first()
    return compare(stored(before), stored(version), by_lineage=True) if before is not None else None


def lineages_gone(version: PlanVersion) -> dict[str, UUID]:
    """Lineages that earlier versions had and `version` has not, by the clause's own words: text may come back."""
    used = set(version.clauses.values_list("lineage", flat=True))
    found: dict[str, UUID] = {}
    for earlier in PlanVersion.objects.filter(plan=version.plan_id, number__lt=version.number).order_by("number"):
        clauses = list(earlier.clauses.order_by("order"))
        for one in _passages(Side(earlier.text, clauses, [])):
            if clauses[one.key].lineage not in used:
                found[one.plain] = clauses[one.key].lineage
    return found


def words_of(side: Side, at: int) -> str:
    """A clause's own words, as clauses are compared."""
    return _passages(side)[at].plain


def _places(clauses: Sequence[Clause]) -> dict[int, int]:
    return {id(one): at for at, one in enumerate(clauses)}


def _passages(side: Side) -> list[Passage]:
    at = _places(side.clauses)
    keys = {one.pk: place for place, one in enumerate(side.clauses) if one.pk}
    told = []
    for place, one in enumerate(side.clauses):
        above = keys.get(one.parent_id) if one.parent_id else at.get(id(one.parent)) if one.parent else None
        marker = "" if one.path == "0" else one.marker
        told.append(Place(place, one.path, marker, one.title, one.start, one.end, above))
    return passages(side.text, told)


def _said(side: Side) -> list[Said]:
    at = _places(side.clauses)
    return [Said(place, at[id(one.clause)], one.quote, one.act) for place, one in enumerate(side.duties)]


def carriable(version: PlanVersion) -> list[Duty]:
    """The proposals of a version whose sentence was decided before, word for word, and that nobody touched since."""
    rows = Duty.objects.filter(
        clause__version=version, state="PROPOSED", version=1, carried_from__state__in=("CONFIRMED", "DROPPED")
    )
    found = rows.select_related("clause__version", "carried_from", "owner_unit").order_by("order")
    return [one for one in found if one.carried_from and plain(one.quote) == plain(one.carried_from.quote)]


@dataclass(frozen=True, slots=True)
class RuleEffect:
    """What a new text means for a rule in force: KEPT, CHANGED (it says another value), or GONE (it says none).

    `said` is the duty of the new text that states the slot, `value` what it states; both None where none does.
    """

    rule: Rule
    state: str
    said: Duty | None = None
    value: Mapping[str, Any] | None = None

    @property
    def waits(self) -> bool:
        """Whether the new value only waits for its duty to be confirmed."""
        return self.state == "CHANGED" and self.said is not None and self.said.state != "CONFIRMED"


def running_rules(plan: Plan) -> list[Rule]:
    """The rules of a plan that nobody ended, in the order of the slots."""
    rows = Rule.objects.filter(plan=plan, source="PLAN", until_on=None, void=False)
    return sorted(
        rows.select_related("clause__version", "duty__clause", "plan", "confirmed_by", "paper", "kept_in"),
        key=lambda one: list(RULED).index(one.slot),
    )


def rule_effects(rules: Sequence[Rule], new: Sequence[Duty]) -> list[RuleEffect]:
    """For each rule in force what the duties of a new text say of its slot; one that says the same keeps it."""
    effects = []
    for rule in rules:
        stated = [(one, stated_value(one)) for one in new if one.slot == rule.slot and one.state in SAYS]
        said = [(one, value) for one, value in stated if value is not None]
        said.sort(key=lambda two: (two[1] != rule.value, two[0].state != "CONFIRMED"))
        if not said:
            effects.append(RuleEffect(rule, "GONE"))
        else:
            state = "KEPT" if said[0][1] == rule.value else "CHANGED"
            effects.append(RuleEffect(rule, state, *said[0]))
    return effects


def loose_rules(plan: Plan) -> list[RuleEffect]:
    """The rules in force that the newest version no longer says, or says otherwise, and nobody decided about yet.

    One that the newest version says as well is left out; while its duty waits for confirmation, so does the rule.
    """
    newest = newest_of(plan)
    rules = [one for one in running_rules(plan) if not _of(one, newest) and one.kept_in_id != newest.pk]
    if not rules:
        return []
    slots = {one.slot for one in rules}
    open_duties = Duty.objects.filter(clause__version=newest, slot__in=slots, state__in=SAYS)
    return [one for one in rule_effects(rules, list(open_duties.select_related("clause"))) if one.state != "KEPT"]


def _of(rule: Rule, version: PlanVersion) -> bool:
    return rule.clause is not None and rule.clause.version_id == version.pk
