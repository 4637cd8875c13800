"""Whom a matter concerns: who gets a notice of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from luoshi.matters.models import Matter, MatterParty
from luoshi.org import queries as org
from luoshi.org.models import Post, User
from luoshi.org.rules import Duty


def receivers(unit_ids: Iterable[int], on: date) -> list[User]:
    """Who takes in what comes to these units: the head, and where a unit has none, its handlers."""
    return [user for _, user in receivers_by_unit(unit_ids, on)]


def receivers_by_unit(unit_ids: Iterable[int], on: date) -> list[tuple[int, User]]:
    """The same with the unit each takes in for, in one query."""
    posts = Post.objects.filter(
        org.in_force(on), unit_id__in=list(unit_ids), duty__in=[Duty.HEAD, Duty.HANDLER], user__is_active=True
    )
    by_unit: dict[int, dict[str, list[User]]] = {}
    for post in posts.select_related("user"):
        by_unit.setdefault(post.unit_id, {}).setdefault(post.duty, []).append(post.user)
    return [
        (unit_id, user) for unit_id, one in by_unit.items() for user in one.get(Duty.HEAD) or one.get(Duty.HANDLER, [])
    ]


def unit_people(matter: Matter, on: date) -> list[User]:
    """The lead unit's side: 承办人 and 单位负责人."""
    handler = [matter.handler] if matter.handler is not None else []
    return list(dict.fromkeys([*handler, *receivers([matter.lead_unit_id], on)]))


def part_people(parts: Iterable[MatterParty], on: date) -> list[User]:
    """The assisting units' side: each its own 承办人 where one is named, and who takes in what comes to the unit."""
    found = list(parts)
    named = [one.handler for one in found if one.handler is not None]
    return list(dict.fromkeys([*named, *receivers([one.unit_id for one in found], on)]))


def verifiers(matter: Matter, on: date) -> list[User]:
    """Who may be asked to verify: the named 核查人, otherwise everyone with that duty in the issuing bureau."""
    if matter.verifier is not None:
        return [matter.verifier]
    return list(org.holders(Duty.VERIFIER, matter.bureau_id, on))


def office(matter: Matter, on: date) -> list[User]:
    """局办公室 of the issuing bureau."""
    return list(org.holders(Duty.OFFICE, matter.bureau_id, on))
