"""The only doors to appraisal: which bureaus, units and rows somebody's duties open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from luoshi.appraisal.models import Board, Objection, Scheme, Score
from luoshi.appraisal.rules import FREE, OPEN_TO_ALL, OVERSEERS, READERS, BoardState, SchemeState
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held, bureaus

UNADOPTED = (SchemeState.DRAFT, SchemeState.WITHDRAWN)


def own_units(user: User, held: Iterable[Held], on: date) -> set[int]:
    """The units whose score somebody reads before it is published: where he heads or handles, or which he leads."""
    found = list(held)
    units = {one.unit_id for one in found if one.duty in (Duty.HEAD, Duty.HANDLER)}
    if any(one.duty == Duty.LEADER for one in found):
        units |= set(org.led_units(user, on))
    return units


def schemes_seen(held: Iterable[Held]) -> QuerySet[Scheme]:
    """Everybody in the bureau reads what was adopted; a draft is seen by those who draft and decide."""
    found = list(held)
    seen = Q(pk__in=drafts_seen(found).values("pk"))
    return Scheme.objects.filter(seen | (Q(bureau__in=bureaus(found, READERS)) & ~Q(state__in=UNADOPTED)))


def drafts_seen(held: Iterable[Held]) -> QuerySet[Scheme]:
    """Schemes in every state, for those who draft and decide: they see the runs on past quarters too."""
    return Scheme.objects.filter(bureau__in=bureaus(held, (Duty.OFFICE, Duty.CHIEF, Duty.LEADER)))


def boards_seen(held: Iterable[Held]) -> QuerySet[Board]:
    """Boards from the day they are shown on; before that only those who compute, decide or watch over."""
    found = list(held)
    shown = Q(bureau__in=bureaus(found, READERS)) & ~Q(state__in=[*FREE, BoardState.VOID])
    return Board.objects.filter(shown | Q(bureau__in=bureaus(found, OVERSEERS)))


def scores_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[Score]:
    """Scores: of a published board every unit's; before that one's own units', once shown; all for overseers,
    and the one that somebody was named to answer an objection on."""
    found = list(held)
    seen = Q(board__bureau__in=bureaus(found, OVERSEERS))
    seen |= Q(board__bureau__in=bureaus(found, READERS), board__state__in=OPEN_TO_ALL)
    units = own_units(user, found, on)
    if units:
        seen |= Q(unit__in=sorted(units)) & ~Q(board__state__in=[*FREE, BoardState.VOID])
    seen |= Q(pk__in=Objection.objects.filter(reviewer=user).values("score"))
    return Score.objects.filter(seen)
