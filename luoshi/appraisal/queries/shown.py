"""What the pages of schemes, runs and scores show, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from luoshi.appraisal.models import Rehearsal, Scheme, Score
from luoshi.appraisal.queries.facts import frozen
from luoshi.appraisal.queries.schemes import boards_on, parts_of
from luoshi.appraisal.rules.facts import as_words
from luoshi.appraisal.rules.indicators import INDICATORS, LABELS, MATTER, PROBLEM
from luoshi.appraisal.rules.quarters import Quarter, quarter_of, read, row
from luoshi.appraisal.rules.words import Group, SchemeState
from luoshi.matters.rules import Block
from luoshi.org.rules import Duty, Held

KINDS = {MATTER[0]: "事项", PROBLEM[0]: "问题", "r": "上级通报"}


@dataclass(frozen=True, slots=True)
class SchemeLine:
    """A row of the list."""

    scheme: Scheme
    span: str
    standing: str


def span_words(scheme: Scheme) -> str:
    """From which quarter to which a scheme applies."""
    until = scheme.until
    return f"{scheme.since}起" if until is None else f"{scheme.since}至{until}"


def scheme_standing(scheme: Scheme, now: Quarter) -> str:
    """Where a scheme stands today, in words."""
    if scheme.state == SchemeState.ADOPTED and scheme.since > now:
        return "已公布，未到起用季度"
    if scheme.state == SchemeState.SUPERSEDED and scheme.until is not None and scheme.until >= now:
        return "执行中，下季度起由新版取代"
    return "执行中" if scheme.state == SchemeState.ADOPTED else str(scheme.get_state_display())


def scheme_lines(rows: QuerySet[Scheme], on: date) -> list[SchemeLine]:
    """The editions of a bureau."""
    now = quarter_of(on)
    return [SchemeLine(one, span_words(one), scheme_standing(one, now)) for one in rows.select_related("decided_by")]


def scheme_page(scheme: Scheme, held: Iterable[Held], on: date) -> dict[str, Any]:
    """One scheme: its table, its runs for those who draft and decide, and what may be done with it."""
    duties = {one.duty for one in held if one.bureau_id == scheme.bureau_id}
    parts = parts_of(scheme)
    blocks = [block for block, _ in parts]
    rows: dict[str, dict[str, Any]] = {}
    for block, indicators in parts:
        for one in indicators:
            row = rows.setdefault(one.key, {"indicator": INDICATORS[one.key], "label": one.label or LABELS[one.key],
                                            "clause": one.clause, "weights": {}})  # fmt: skip
            row["weights"][block.block] = one.weight
    table = [{**rows[key], "cells": [(block.get_block_display(), rows[key]["weights"].get(block.block))
                                     for block in blocks]} for key in INDICATORS if key in rows]  # fmt: skip
    drafts = bool(duties & {Duty.OFFICE, Duty.CHIEF, Duty.LEADER})
    draft, adopted = scheme.state == SchemeState.DRAFT, scheme.state == SchemeState.ADOPTED
    return {
        "blocks": blocks, "rows": table, "span": span_words(scheme),
        "standing": scheme_standing(scheme, quarter_of(on)),
        "runs": _runs(scheme) if drafts else [],
        "boards": boards_on(scheme).count(), "edit": draft and Duty.OFFICE in duties,
        "adopt": draft and bool(duties & {Duty.OFFICE, Duty.CHIEF}),
        "withdraw": Duty.OFFICE in duties and (draft or (adopted and on < scheme.since.first)),
    }  # fmt: skip


def _runs(scheme: Scheme) -> list[tuple[Rehearsal, str]]:
    rows = scheme.rehearsals.select_related("by").defer("result")[:20]
    return [(one, row([read(key) for key in one.quarters])) for one in rows]


def rehearsal_page(run: Rehearsal) -> dict[str, Any]:
    """A run, quarter by quarter, by peer group."""
    quarters = []
    for key in run.quarters:
        told = run.result[key]
        groups: dict[str, list[dict[str, Any]]] = {}
        for unit in told["rows"]:
            groups.setdefault(str(Group(unit["group"]).label), []).append(unit)
        quarters.append({"quarter": read(key), **told, "groups": list(groups.items())})
    return {"quarters": quarters, "labels": [str(label) for _, label in _blocks(run)]}


def _blocks(run: Rehearsal) -> list[tuple[str, str]]:
    first: list[dict[str, Any]] = next((unit["blocks"] for told in run.result.values() for unit in told["rows"]), [])
    return [(one["block"], str(Block(one["block"]).label)) for one in first]


def score_page(score: Score, *, whole: bool) -> dict[str, Any]:
    """A score's records by kind, each with what it counts as; titles only for whoever may read all of the unit's."""
    told = {part["key"]: part["label"] for block in score.basis["blocks"] for part in block["parts"]}
    labels = {**LABELS, **told}
    groups: dict[str, list[dict[str, Any]]] = {}
    for fact in frozen(score):
        row = {
            "label": fact["label"], "title": fact["title"] if whole else "", "url": fact["url"] if whole else "",
            "block": str(Block(fact["block"]).label) if fact["block"] else "", "days": list(fact["days"].items()),
            "returns": fact.get("returns", 0), "as": as_words(fact, labels), "was": fact.get("was"),
            "before": as_words({"as": {key: good for key, good in (fact.get("was") or {}).items() if good is not None}},
                               labels), "why": fact.get("why", ""),
        }  # fmt: skip
        groups.setdefault(KINDS[fact["id"][0]], []).append(row)
    formulas = [INDICATORS[key] for key in INDICATORS if key in told]
    return {"basis": score.basis, "groups": list(groups.items()), "formulas": formulas, "whole": whole,
            "group": score.get_group_display(), "quarter": score.board.quarter_of}  # fmt: skip
