"""The only doors to commitments, concerns and livelihood work, and the only source of roles in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.commitments import rules
from luoshi.commitments.models import Commitment, Concern, LivelihoodBatch, PromiseMatter
from luoshi.commitments.rules import OVERSEERS, READERS, State
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held, bureaus

PUBLIC = Q(state__in=[State.PUBLISHED, State.SETTLED])


def commitments_seen(user: User, held: Iterable[Held]) -> QuerySet[Commitment]:
    """What was published is read by everybody in the bureau; a draft by its leader, 局办公室 and 主要领导."""
    found = list(held)
    drafts = Q(bureau__in=bureaus(found, (Duty.OFFICE, Duty.CHIEF)))
    drafts |= Q(person__in=principals(user, found), bureau__in=bureaus(found, (Duty.LEADER, Duty.CHIEF)))
    return Commitment.objects.filter((PUBLIC & Q(bureau__in=bureaus(found, READERS))) | drafts)


def principals(user: User, held: Iterable[Held]) -> set[int]:
    """The leaders that a person is or stands in for."""
    leading = (Duty.LEADER, Duty.CHIEF)
    return {one.principal_id or user.pk for one in held if one.duty in leading}


def sees_drafts(held: Iterable[Held], bureau_id: int) -> bool:
    """Whether a person sees the whole team's drafts."""
    return any(one.bureau_id == bureau_id and one.duty in (Duty.OFFICE, Duty.CHIEF) for one in held)


def concerns_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[Concern]:
    """Whoever oversees the bureau sees all its concerns; a leader his own and those of his units; a unit its own."""
    found = list(held)
    seen = Q(bureau__in=bureaus(found, OVERSEERS))
    leaders = principals(user, found)
    if leaders:
        seen |= Q(leader__in=leaders, bureau__in=bureaus(found, (Duty.LEADER, Duty.CHIEF)))
    units = {one.unit_id for one in found if one.duty in (Duty.HEAD, Duty.HANDLER)}
    if any(one.duty == Duty.LEADER for one in found):
        units |= set(org.led_units(user, on))
    if units:
        seen |= Q(unit__in=sorted(units))
    return Concern.objects.filter(seen)


def batches_seen(held: Iterable[Held]) -> QuerySet[LivelihoodBatch]:
    """Livelihood work is read by everybody in the bureau."""
    return LivelihoodBatch.objects.filter(bureau__in=bureaus(held, READERS))


def units_of(commitment: Commitment, on: date) -> set[int]:
    """The units that keep a promise: those in the leader's portfolio, and those that lead a linked matter."""
    linked = PromiseMatter.objects.filter(promise__commitment=commitment, ended_on=None)
    return {
        *org.led_units(commitment.person, on),
        *linked.values_list("matter__lead_unit_id", flat=True),
    }


def roles_in(user: User, held: Iterable[Held], commitment: Commitment, on: date) -> frozenset[str]:
    """A person's roles in a commitment on a day."""
    return rules.roles(
        user.pk, held, bureau_id=commitment.bureau_id, person_id=commitment.person_id, units=units_of(commitment, on)
    )


def concern_roles(user: User, held: Iterable[Held], concern: Concern) -> frozenset[str]:
    """A person's roles in a concern."""
    units = [concern.unit_id] if concern.unit_id is not None else []
    return rules.roles(user.pk, held, bureau_id=concern.bureau_id, person_id=concern.leader_id, units=units)
