"""沿用: what was decided on a plan's earlier version, brought to the new one as proposals; then confirmed at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.plan.guessing import guess
from luoshi.plan.lineage import plain
from luoshi.plan.models import Clause, Duty, DutyOrigin, Plan, PlanVersion
from luoshi.plan.queries import versions
from luoshi.plan.queries.ruling import stated_value
from luoshi.plan.queries.versions import Difference, Side, carriable
from luoshi.plan.rules import LIVE
from luoshi.plan.services.checks import leaders_of, require_newest, require_office
from luoshi.plan.services.importing.reading import Draft
from luoshi.plan.services.ruling import rule_of_duty
from luoshi.records.services import act, record

Made = list[tuple[Duty, list[Duty]]]
"""Duties that a person had made by merging or splitting, each with the read ones it stands for."""


def carry(difference: Difference, plan: Plan, *, on: date) -> Made:
    """Give the new text's duties what was decided about them before; nothing is confirmed by it.

    Changes the unsaved rows of `difference.new`. A changed duty only learns which one it was (`carried_from`); one
    whose sentence is the same takes over its words, its slot, who answers for it, and the reason it was dropped for.
    Duties that a person had added, merged or split are proposed again where their sentence still stands.
    """
    old, new = difference.old, difference.new
    units = set(org.units_of(plan.bureau_id, on).values_list("pk", flat=True))
    leaders = set(leaders_of(plan.bureau_id, on).values_list("pk", flat=True))
    made = _made_again(difference)
    for again, sources in made:
        if again.carried_from is not None:
            _take_over(again, again.carried_from, units, leaders)
        for one in sources:
            one.state = "REPLACED"
    again_from = {one.carried_from for one, _ in made}
    before = Side(old.text, old.clauses, [one for one in old.duties if one not in again_from])
    after = Side(new.text, new.clauses, [one for one in new.duties if one.state != "REPLACED"])
    for change in versions.duty_changes(before, after, difference.taken):
        if change.old is not None and change.new is not None:
            duty, was = after.duties[change.new], before.duties[change.old]
            duty.carried_from = was
            if change.state == "SAME":
                _take_over(duty, was, units, leaders)
    new.duties.extend(one for one, _ in made)
    new.duties.sort(key=lambda one: (one.order, one.start, one.end))
    return made


def _take_over(duty: Duty, before: Duty, units: set[int], leaders: set[int]) -> None:
    duty.act, duty.actor, duty.output, duty.slot = before.act, before.actor, before.output, before.slot
    duty.owner_unit = before.owner_unit if before.owner_unit_id in units else None
    duty.leader = before.leader if before.leader_id in leaders else None
    duty.reason = before.reason
    duty.value = before.value
    said = stated_value(before)
    if stated_value(duty) != said:  # another version of the reader: what was decided holds, not what is read now
        duty.value = said


def _made_again(difference: Difference) -> Made:
    """Propose again what a person had made himself, where its sentence stands in the same clause of the new text."""
    new = difference.new
    made = [one for one in difference.old.duties if one.by_person and one.state != "DROPPED"]
    clauses = {difference.old.clauses[old].pk: new.clauses[at] for at, old in difference.taken.items()}
    read = {(id(one.clause), plain(one.quote)) for one in new.duties}
    origins: dict[int, list[int]] = {}
    for duty_id, origin_id in DutyOrigin.objects.filter(duty__in=made).values_list("duty", "origin"):
        origins.setdefault(duty_id, []).append(origin_id)
    replaced = _read_again(origins, difference)
    found: Made = []
    for duty in made:
        clause = clauses.get(duty.clause_id)
        at = new.text.find(duty.quote, clause.start, clause.end) if clause is not None else -1
        wanted = origins.get(duty.pk, [])
        sources = [replaced[one] for one in wanted if one in replaced]
        if clause is None or at < 0 or len(sources) < len(wanted):
            continue
        if not wanted and (id(clause), plain(duty.quote)) in read:
            continue  # the reader finds it by now
        again = Duty(
            clause=clause, start=at, end=at + len(duty.quote), quote=duty.quote, by_person=True, carried_from=duty
        )  # fmt: skip
        _measure(again, sources, difference)
        found.append((again, sources))
    return found


def _measure(duty: Duty, sources: list[Duty], difference: Difference) -> None:
    """The number and the measured parts of a duty made again: those of the read ones it stands for or follows."""
    new = difference.new
    if sources:
        duty.order = min(one.order for one in sources)
        held = [part for one in sources for part in one.obligations]
    else:
        duty.order = max((one.order for one in new.duties if one.start <= duty.start), default=1)
        held = guess(new.text, (duty.start, duty.end), path=duty.clause.path).obligations
    duty.obligations = [one for one in held if duty.start <= int(one.get("start", 0)) < duty.end]


def _read_again(origins: dict[int, list[int]], difference: Difference) -> dict[int, Duty]:
    """The read duties that were merged or split away, by key, as the new text has them word for word."""
    keys = {one for some in origins.values() for one in some}
    clauses = {difference.old.clauses[old].pk: new for new, old in difference.taken.items()}
    places = {id(one): at for at, one in enumerate(difference.new.clauses)}
    free: dict[tuple[int, str], list[Duty]] = {}
    for duty in difference.new.duties:
        free.setdefault((places[id(duty.clause)], plain(duty.quote)), []).append(duty)
    found = {}
    for origin in Duty.objects.filter(pk__in=keys).order_by("order", "pk"):
        waiting = free.get((clauses.get(origin.clause_id, -1), plain(origin.quote)), [])
        if waiting:
            found[origin.pk] = waiting.pop(0)
    return found


def foreseen(plan: Plan, before: PlanVersion, found: Draft, *, on: date) -> Difference:
    """What the text would change if it were adopted now, with what was decided brought along. Uses `found` up."""
    old = versions.stored(before)
    carry(versions.compare(old, found), plan, on=on)
    live = Side(found.text, found.clauses, [one for one in found.duties if one.state in LIVE])
    return versions.compare(old, live)


@act
def carry_over(version: PlanVersion, *, by: User | None, on: date) -> int:
    """沿用未改动的任务: decide every unchanged duty of the newest version as it was decided before, all at once.

    Confirmed ones are confirmed, dropped ones dropped with their reason, 无任务 marks set again. No rule in force is
    touched: where the new text says otherwise, a person decides (`queries.versions.loose_rules`). Answers how many
    duties were decided.
    """
    plan = Plan.objects.select_for_update(of=("self",)).select_related("bureau").get(pk=version.plan_id)
    require_office(by, plan.bureau_id, on)
    require_newest(version)
    duties = carriable(version)
    marked = _mark_again(version)
    if not duties and not marked:
        raise NotAllowed("没有可沿用的任务了，请逐条确认其余任务。")
    confirmed = [one for one in duties if one.carried_from and one.carried_from.state == "CONFIRMED"]
    dropped = [one for one in duties if one.carried_from and one.carried_from.state == "DROPPED"]
    _settle(confirmed, "CONFIRMED", by)
    _settle(dropped, "DROPPED", by)
    ruled = {one.slot for one in versions.running_rules(plan)}
    silent = [one for one in confirmed if one.slot not in ruled and stated_value(one) is not None]
    rules = [rule for one in silent for rule in rule_of_duty(one, plan, by=by, on=on)]
    record(
        by,
        "plan.carry_over",
        version,
        bureau=plan.bureau_id,
        rows=rules,
        batch=[(Duty, [one.pk for one in duties]), (Clause, [one.pk for one in marked])],
        note=f"确认{len(confirmed)}项、标为不是任务{len(dropped)}项、标为没有任务{len(marked)}条",
    )
    return len(duties)


def _settle(duties: list[Duty], state: str, by: User | None) -> None:
    keys, done = [one.pk for one in duties], 0
    for start in range(0, len(keys), 500):
        rows = Duty.objects.filter(pk__in=keys[start : start + 500], state="PROPOSED", version=1)
        done += rows.update(state=state, version=F("version") + 1, decided_by=by, decided_at=clock.now())
    if done != len(keys):
        raise Stale(None, ["有任务刚被别人办理，请刷新后再沿用。"])
    for one in duties:
        one.state = state


def _mark_again(version: PlanVersion) -> list[Clause]:
    """Set 无任务 on the clauses that had it before and still say the same, unless a duty stands in them now."""
    difference = versions.difference_of(version)
    if difference is None:
        return []
    busy = _with_duties(version)
    marked = []
    for one in difference.clauses:
        if one.state in ("SAME", "MOVED") and one.old is not None and one.new is not None:
            before, now = difference.old.clauses[one.old.key], difference.new.clauses[one.new.key]
            if before.no_duty and not now.no_duty and now.pk not in busy:
                marked.append(now)
    Clause.objects.filter(pk__in=[one.pk for one in marked]).update(no_duty=True)
    return marked


def _with_duties(version: PlanVersion) -> set[int]:
    """The clauses in which, or below which, a duty stands that was not dropped before."""
    standing: Iterable[Duty] = Duty.objects.filter(clause__version=version).exclude(state__in=("DROPPED", "REPLACED"))
    parents = dict(version.clauses.values_list("pk", "parent_id"))
    found: set[int] = set()
    for duty in standing:
        dropped = duty.carried_from_id is not None and duty.state == "PROPOSED" and duty.reason
        at: int | None = None if dropped else duty.clause_id
        while at is not None and at not in found:
            found.add(at)
            at = parents[at]
    return found
