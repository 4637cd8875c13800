"""Frozen facts: a unit's records of a quarter, each with what it counts as; their counts, digest and corrections.

A fact is plain JSON: `id` (kind and key), `label` (number), `title`, `url`, `block`, `days` (what its dates were), `as`
({indicator: 1 went well, 0 not}). What an upheld objection changed keeps its earlier word in `was`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.appraisal.rules.indicators import CRITICISM, INDICATORS, NO_BLOCK, PRAISE
from luoshi.appraisal.rules.scoring import Counts
from luoshi.lib.seal import canonical

Fact = dict[str, Any]
REMARKED = (PRAISE.key, CRITICISM.key)


@dataclass(frozen=True, slots=True)
class Change:
    """What an upheld objection changes of one fact: as which indicator it counts, and whether it went well.

    `counts` False takes the record out of the indicator; else `good` says how it counts there. `why` names the
    objection and its answer in words.
    """

    fact: str
    key: str
    counts: bool = True
    good: bool = True
    why: str = ""


class BadChange(ValueError):
    """A change that fits no frozen fact; the message is a Chinese sentence."""


def count(facts: Iterable[Fact]) -> Counts:
    """The counts of facts, whatever their order.

    >>> facts = [{"id": "m1", "block": "COUNTY", "as": {"on_time": 1}}, {"id": "r9", "block": "", "as": {"praise": 1}},
    ...          {"id": "m2", "block": "COUNTY", "as": {"on_time": 0, "completion": 1}}]
    >>> count(facts)
    Counts(cells={('COUNTY', 'on_time'): (1, 2), ('COUNTY', 'completion'): (1, 1)}, praise=1, criticism=0)
    """
    found = Counts()
    for one in facts:
        for key, good in one["as"].items():
            if key == PRAISE.key:
                found.praise += 1
            elif key == CRITICISM.key:
                found.criticism += 1
            else:
                cell = (one["block"] if INDICATORS[key].by_block else NO_BLOCK, key)
                before = found.cells.get(cell, (0, 0))
                found.cells[cell] = (before[0] + good, before[1] + 1)
    return found


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """Facts in the one order in which they are kept: by kind and key."""
    return sorted(facts, key=lambda one: (one["id"][0], int(one["id"][1:])))


def digest(facts: Iterable[Fact]) -> str:
    """SHA-256 of the facts' one spelling; their order does not matter.

    >>> one, two = {"id": "m1", "as": {}}, {"id": "m2", "as": {}}
    >>> digest([one, two]) == digest([two, one])
    True
    """
    return hashlib.sha256(canonical(ordered(facts)).encode()).hexdigest()


def corrected(facts: Sequence[Fact], changes: Sequence[Change]) -> list[Fact]:
    """The facts after changes; what they said before stays in `was`, why in `why`. Nothing else is touched.

    >>> facts = [{"id": "m1", "block": "COUNTY", "as": {"on_time": 0}}]
    >>> corrected(facts, [Change("m1", "on_time", good=True, why="批准延期漏登")])[0]
    {'id': 'm1', 'block': 'COUNTY', 'as': {'on_time': 1}, 'was': {'on_time': 0}, 'why': '批准延期漏登'}
    >>> corrected(facts, [Change("m1", "on_time", counts=False)])[0]["as"], facts[0]["as"]
    ({}, {'on_time': 0})
    """
    found = {one["id"]: one for one in facts}
    for change in changes:
        if change.fact not in found:
            raise BadChange("要更正的记录不在这个单位固定的事实里，请核对。")
        old = found[change.fact]
        if change.key not in INDICATORS and change.key not in REMARKED:
            raise BadChange("要更正的指标不在本办法里，请核对。")
        if change.key not in old["as"] and (change.key in REMARKED or old["id"][0] != INDICATORS[change.key].kind[0]):
            raise BadChange("这类记录不计入这项指标，请核对。")
        told = dict(old["as"])
        was = {**old.get("was", {})}
        was.setdefault(change.key, told.get(change.key))
        if change.counts:
            told[change.key] = int(change.good)
        else:
            told.pop(change.key, None)
        made = {**old, "as": told, "was": was}
        why = "；".join(one for one in (old.get("why", ""), change.why) if one)
        found[change.fact] = {**made, "why": why} if why else made
    return list(found.values())


def as_words(fact: Mapping[str, Any], labels: Mapping[str, str]) -> list[tuple[str, bool]]:
    """What a fact counts as: the indicator's word and whether it went well, in the registry's order.

    >>> as_words({"as": {"on_time": 0, "completion": 1}}, {"on_time": "按期率", "completion": "办结率"})
    [('办结率', True), ('按期率', False)]
    """
    order = [*INDICATORS, *REMARKED]
    told = sorted(fact["as"].items(), key=lambda one: order.index(one[0]))
    return [(labels.get(key, key), bool(good)) for key, good in told]
