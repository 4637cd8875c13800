"""Who sees a matter, and in which role: the only door to rows, and the only source of roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, Q, QuerySet

from luoshi.lib import lifecycle
from luoshi.matters import rules
from luoshi.matters.models import Matter, MatterEvent, MatterParty
from luoshi.matters.rules import Parts, PartyRole
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty, Held

OVERSEERS = frozenset({Duty.INSPECTOR, Duty.VERIFIER, Duty.DISCIPLINE})
UNCONCERNED = ADMINISTRATORS | {Duty.WINDOW}
"""Duties that see no matter."""
OPENERS = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.LEADER})
"""Duties that see what is not approved yet."""


def visible_to(user: User, on: date) -> QuerySet[Matter]:
    """The matters a person may see on a day; everything else answers 404."""
    return visible(user, org.held(user, on), on)


def visible(user: User, held: Iterable[Held], on: date) -> QuerySet[Matter]:
    """The same, where the duties held are already known (`request.held`).

    局办公室 and 主要领导 see all of their bureau; 督查组, 核查人 and 派驻组 all that has been approved (立项). A leader
    sees what he assigned and what the units in his portfolio do, own or stood in for; heads and handlers what
    their unit leads or assists. Of a hand-out across bureaus both sides see it and nobody else. 窗口 and the three
    administrators see none. What is not approved yet is seen by the office and the leader concerned only.
    """
    duties = [one for one in held if one.duty not in UNCONCERNED]
    if not duties:
        return Matter.objects.none()

    def bureaus(*wanted: str) -> list[int]:
        return sorted({one.bureau_id for one in duties if one.duty in wanted})

    whole = bureaus(Duty.OFFICE, Duty.CHIEF)
    leaders = {one.principal_id or user.pk for one in duties if one.duty == Duty.LEADER}
    units = {one.unit_id for one in duties if one.duty in (Duty.HEAD, Duty.HANDLER)}
    approved = Q(verifier=user, bureau__in=sorted({one.bureau_id for one in duties}))
    approved |= Q(bureau__in=bureaus(*OVERSEERS))
    if whole:
        approved |= Q(lead_unit__bureau__in=whole) | _party(Q(unit__bureau__in=whole))
    if leaders:
        units |= set(org.led_units(user, on))
    if units:
        approved |= Q(lead_unit__in=units) | _party(Q(unit__in=units))
    seen = Q(bureau__in=whole) | (approved & Q(number__isnull=False))
    if leaders:
        seen |= Q(leader__in=leaders, bureau__in=bureaus(Duty.LEADER))
    return Matter.objects.filter(seen)


def states_seen(held: Iterable[Held]) -> frozenset[str]:
    """The states in which somebody with these duties can ever see a matter; the other half of `visible`.

    >>> from luoshi.matters.rules import State
    >>> [sorted(set(State) - states_seen([Held(duty, 3, 1)])) for duty in ("OFFICE", "INSPECTOR")]
    [[], [State.DRAFT]]
    >>> states_seen([Held("WINDOW", 3, 1)])
    frozenset()
    """
    duties = {one.duty for one in held} - UNCONCERNED
    if not duties:
        return frozenset()
    return frozenset(rules.State) - (frozenset() if duties & OPENERS else {rules.State.DRAFT})


def _party(unit: Q) -> Q:
    return Q(pk__in=MatterParty.objects.filter(unit, ended_on=None).values("matter_id"))


def assist_units(matter: Matter) -> list[Unit]:
    """协办单位 at present."""
    parties = MatterParty.objects.filter(matter=matter, role=PartyRole.ASSIST, ended_on=None)
    return [one.unit for one in parties.select_related("unit").order_by("unit__rank", "id")]


def parts_of(matters: Sequence[Matter]) -> dict[int, Parts]:
    """Whom each matter names, for any number of matters in two queries."""
    keys = [one.pk for one in matters]
    assists: dict[int, set[int]] = defaultdict(set)
    named: dict[int, set[tuple[int, int]]] = defaultdict(set)
    spoke: dict[int, set[int]] = defaultdict(set)
    parties = MatterParty.objects.filter(matter__in=keys, role=PartyRole.ASSIST, ended_on=None)
    for pk, unit_id, handler_id in parties.values_list("matter_id", "unit_id", "handler_id"):
        assists[pk].add(unit_id)
        if handler_id is not None:
            named[pk].add((unit_id, handler_id))
    words = MatterEvent.objects.filter(matter__in=keys, move__in=rules.SPOKEN, cycle=F("matter__cycle"))
    for pk, user_id in words.order_by().values_list("matter_id", "operator_id").distinct():
        if user_id is not None:
            spoke[pk].add(user_id)
    return {
        one.pk: Parts(
            bureau_id=one.bureau_id,
            leader_id=one.leader_id,
            lead_unit_id=one.lead_unit_id,
            handler_id=one.handler_id,
            verifier_id=one.verifier_id,
            assist_units=frozenset(assists[one.pk]),
            part_handlers=frozenset(named[one.pk]),
            spoke=frozenset(spoke[one.pk]),
        )
        for one in matters
    }


def roles_of(user: User, matter: Matter, on: date) -> dict[str, str]:
    """A person's roles in a matter on a day (`rules.roles`): role → whom he stands in for, empty for his own."""
    return rules.roles(user.pk, org.held(user, on), parts_of([matter])[matter.pk])


def relation(user: User, matter: Matter, on: date) -> frozenset[str]:
    """The roles of a person in a matter; `reader` for whoever sees it and does nothing; empty for whoever does not."""
    found = frozenset(roles_of(user, matter, on))
    if found:
        return found
    return frozenset({rules.READER}) if visible_to(user, on).filter(pk=matter.pk).exists() else frozenset()


def open_moves(user: User, matter: Matter, on: date) -> list[str]:
    """The moves a person may make now, in the order of `rules.MOVES`.

    The office's moves in `rules.PAPER` are there too: it enters what a leader decided on paper.
    """
    return lifecycle.open_moves(rules.MOVES, state=matter.state, duties=roles_of(user, matter, on))
