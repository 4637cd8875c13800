"""The difference page's data: what changed clause by clause, with its duties, and what it means for the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from luoshi.plan.difference import STATES, ClauseChange, DutyChange, Run, compare_words
from luoshi.plan.lineage import plain
from luoshi.plan.models import Duty
from luoshi.plan.page import measure_words
from luoshi.plan.queries import stated_value
from luoshi.plan.queries.versions import Difference, RuleEffect
from luoshi.plan.rules import STATES as DECIDED
from luoshi.plan.rules import parse
from luoshi.plan.slots import RULED

QUIET = ("SAME", "MOVED")


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty that is new, gone or changed: its sentence with the marks, and what was decided about the earlier one."""

    state: str
    label: str
    runs: list[Run]
    measures: str
    was: str


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """A clause that has to be read: its words with the marks, and its duties that are not the same."""

    change: ClauseChange
    title: str
    runs: list[Run]
    duties: list[DutyLine]
    url: str
    was_url: str


def clause_lines(found: Difference) -> list[ClauseLine]:
    """The clauses that changed, are new or gone, or hold a duty that did; in the text's order."""
    duties = _by_clause(found)
    lines = []
    for change in found.clauses:
        own = duties.get(_key(change), [])
        if change.state in QUIET and not own:
            continue
        new = found.new.clauses[change.new.key] if change.new else None
        old = found.old.clauses[change.old.key] if change.old else None
        shown = new or old
        lines.append(
            ClauseLine(
                change,
                f"{change.path}　{shown.title}" if shown and shown.title and shown.path != "0" else "标题和前言",
                change.runs(),
                [_duty_line(one, found) for one in own],
                new.get_absolute_url() if new and new.pk else "",
                old.get_absolute_url() if old and old.pk else "",
            )
        )
    return lines


def _key(change: ClauseChange) -> tuple[bool, int]:
    return (True, change.new.key) if change.new else (False, change.old.key if change.old else -1)


def _by_clause(found: Difference) -> dict[tuple[bool, int], list[DutyChange]]:
    """The duties that are not the same, by the line of their clause: a gone one stands with the clause as it is now."""
    new = {id(one): at for at, one in enumerate(found.new.clauses)}
    old = {id(one): at for at, one in enumerate(found.old.clauses)}
    now = {was: at for at, was in found.taken.items()}
    told: dict[tuple[bool, int], list[DutyChange]] = {}
    for one in found.duties:
        if one.state == "SAME":
            continue
        if one.new is not None:
            key = (True, new[id(found.new.duties[one.new].clause)])
        else:
            at = old[id(found.old.duties[one.old or 0].clause)]
            key = (True, now[at]) if at in now else (False, at)
        told.setdefault(key, []).append(one)
    return told


def _duty_line(change: DutyChange, found: Difference) -> DutyLine:
    old = found.old.duties[change.old] if change.old is not None else None
    new = found.new.duties[change.new] if change.new is not None else None
    shown = new or old
    assert shown is not None
    runs = compare_words(old.quote if old else "", new.quote if new else "")
    label = STATES[change.state].removeprefix("文字")
    return DutyLine(change.state, label, runs, measures(shown), decided_words(old) if old else "")


def measures(duty: Duty) -> str:
    """What a duty measures, in words: the parameter it states for its slot, else what was read."""
    value = stated_value(duty)
    if value is not None:
        return f"{RULED[duty.slot].label} {parse(RULED[duty.slot].shape, value)}"
    return "；".join(dict.fromkeys(filter(None, (measure_words(one) for one in duty.obligations))))


def decided_words(duty: Duty) -> str:
    """What was decided about a duty of an earlier version, in one line.

    >>> decided_words(Duty(state="DROPPED", act="不接待", reason="是禁令"))
    '原为不是任务：是禁令'
    """
    said = [f"原{DECIDED[duty.state]}" if duty.state != "DROPPED" else "原为不是任务"]
    if duty.state == "DROPPED":
        return f"{said[0]}：{duty.reason}" if duty.reason else said[0]
    told = [duty.act, str(duty.owner_unit) if duty.owner_unit_id else "", measures(duty)]
    return f"{said[0]}：{'，'.join(one for one in told if one)}"


def earlier(duty: Duty) -> dict[str, Any] | None:
    """Beside a proposal of a next version: what the duty it was carried from said, and how it was decided."""
    was = duty.carried_from if duty.state == "PROPOSED" else None
    if was is None:
        return None
    if plain(was.quote) != plain(duty.quote):
        return {"runs": compare_words(was.quote, duty.quote), "words": decided_words(was)}
    if was.state not in ("CONFIRMED", "DROPPED"):
        return None  # nothing was decided, nothing has changed
    return {"runs": [], "words": decided_words(was) if was.state == "DROPPED" else "原已确认"}


def moved_lines(found: Difference) -> list[ClauseChange]:
    """The clauses that only stand in another place."""
    return [one for one in found.clauses if one.state == "MOVED"]


def figures(found: Difference) -> list[dict[str, Any]]:
    """The numbers at the top: clauses and duties by what became of them."""
    told = found.counts()
    return [
        {"label": label, "clauses": told["clauses"].get(key, 0), "duties": told["duties"].get(key, 0), "key": key}
        for key, label in STATES.items()
    ]


def brought(found: Difference) -> dict[str, int]:
    """How the duties whose sentence is the same were decided before: so many confirmed, dropped, still open."""
    same = [found.old.duties[one.old] for one in found.duties if one.state == "SAME" and one.old is not None]
    return {key: sum(one.state == key for one in same) for key in ("CONFIRMED", "DROPPED", "PROPOSED")}


def rule_lines(effects: Iterable[RuleEffect]) -> list[dict[str, Any]]:
    """Rules in force that a new text changes or says no more, as rows."""
    return [
        {
            "pk": one.rule.pk,
            "slot": RULED[one.rule.slot].label,
            "words": str(parse(RULED[one.rule.slot].shape, one.rule.value)),
            "said": str(parse(RULED[one.rule.slot].shape, one.value)) if one.value else "",
            "path": one.said.clause.path if one.said else "",
            "url": one.said.get_absolute_url() if one.said and one.said.pk else "",
            "citation": one.rule.citation,
            "clause_url": one.rule.clause.get_absolute_url() if one.rule.clause else "",
            "state": one.state,
            "waits": one.waits,
        }
        for one in effects
        if one.state != "KEPT"
    ]


def affected_url(found: Difference, changes: Sequence[ClauseChange]) -> str:
    """Where the hall lists the open matters of the old clauses that change or go; empty without matters."""
    keys = [found.old.clauses[one.old.key].pk for one in changes if one.old and one.state in ("CHANGED", "GONE")]
    try:
        return f"{reverse('portal:affected')}?clauses={','.join(map(str, keys))}" if keys else ""
    except NoReverseMatch:
        return ""
