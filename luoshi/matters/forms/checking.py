"""Each cell of a grid held against the bureau: who is meant, which day, what is missing, what is open already."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from luoshi.matters.forms.grid import TITLE_MOST, Grid, Line, Pick
from luoshi.matters.pasting import CELL_MOST
from luoshi.matters.queries import Intake
from luoshi.matters.readings import EVERYBODY, alike, bare, day, parties, person, unit
from luoshi.workdays.rules import is_workday, why


class Checker:
    """Checks a whole grid; `due_on` stands in for a missing date, `issuer` hands out, `decider` approves."""

    def __init__(
        self, facts: Intake, *, due_on: date | None = None, issuer: int | None = None, decider: int | None = None,
        saving: bool = False,
    ) -> None:  # fmt: skip
        self.facts, self.due_on, self.issuer, self.saving = facts, due_on, issuer, saving
        self.decider = decider or issuer
        self.seen: dict[int, dict[str, int]] = defaultdict(dict)

    def check(self, grid: Grid) -> None:
        """Say of every cell what is to be said, and what each row means where nothing is wrong."""
        for line in grid.lines:
            self._title(line)
            lead, assists = self._units(line)
            leader = self._leader(line, lead)
            due = self._due(line)
            if len(line.words["requirement"]) > CELL_MOST:
                most = f"现在{len(line.words['requirement'])}字，最多{CELL_MOST}字。"
                line.say("requirement", "error", most)
            self._repeated(line, lead)
            if not line.wrong:
                line.item = {
                    "title": line.words["title"].strip().replace("\n", ""),
                    "requirement": line.words["requirement"].strip(),
                    "lead_unit": self.facts.units[lead] if lead else None,
                    "assist_units": tuple(self.facts.units[one] for one in assists),
                    "leader": self.facts.leaders[leader] if leader else None,
                    "due_on": due,
                    "key": line.key,
                }

    def _title(self, line: Line) -> None:
        title = line.words["title"].strip()
        if not title:
            line.say("title", "error", "请填写事项；整行不要的，点“移除”。")
        elif len(title) > TITLE_MOST:
            pick = Pick("后面的移到办理要求", f"title:{line.key}:")
            line.say("title", "error", f"现在{len(title)}字，最多{TITLE_MOST}字。", [pick])

    def _units(self, line: Line) -> tuple[int | None, list[int]]:
        leads, rest = parties(line.words["lead"], line.words["assist"])
        lead = None
        if not leads:
            line.say("lead", "error", "没有牵头单位。")
        elif len(leads) > 1 and not self._whole(line.words["lead"]):
            picks = [
                Pick(
                    f"{one}牵头，其余协办",
                    f"lead:{line.key}:{one}|{'、'.join(other for other in leads if other != one)}",
                )
                for one in leads[:3]
            ]
            line.say("lead", "error", f"写了{len(leads)}个牵头单位，一事只能一个。", picks)
        else:
            word = leads[0] if len(leads) == 1 else line.words["lead"]
            lead = self._unit(line, "lead", word)
        assists = []
        for word in rest:
            key = self._unit(line, "assist", word)
            if key is not None and key == lead:
                line.say("assist", "info", f"{self.facts.shown[key]}已是牵头单位，不再列为协办")
            elif key is not None and key not in assists:
                assists.append(key)
        return lead, assists

    def _whole(self, words: str) -> bool:
        """Whether the cell as a whole names one unit (a name with a dividing mark in it)."""
        return words.strip().lower() in self.facts.unit_names

    def _unit(self, line: Line, name: str, word: str) -> int | None:
        found = unit(word, self.facts.unit_names, self.facts.shown)
        if found.key is not None:
            shown = self.facts.shown[found.key]
            if word not in (shown, self.facts.units[found.key].name):
                line.say(name, "info", f"“{word}”即{shown}")
            return found.key
        if EVERYBODY.match(word):
            line.say(name, "error", f"“{word}”要写明是哪几个单位。")
        else:
            picks = [Pick(one, f"word:{name}:{line.key}:{word}|{one}") for one in found.near if one]
            line.say(name, "error", f"没有叫“{word[:20]}”的单位，请核对。", picks)
        return None

    def _leader(self, line: Line, lead: int | None) -> int | None:
        words = line.words["leader"].strip()
        facts = self.facts
        if words:
            found = person(words, facts.leader_names)
            if found.key is None:
                picks = [Pick(one, f"leader:{line.key}:{one}") for one in found.near]
                line.say("leader", "error", f"局领导中没有“{words[:20]}”，请核对。", picks)
                return None
            key: int | None = found.key
        elif self.issuer is not None and self.issuer not in facts.chiefs:
            key = self.issuer
        else:
            key = facts.in_charge.get(lead) if lead is not None else None
            key = key if key in facts.leaders else next(iter(sorted(facts.chiefs)), None) if lead is not None else None
        if key is None:
            if lead is not None:
                line.say("leader", "error", "牵头单位没有登记分管领导，请填交办领导。")
            return None
        if facts.leaders[key].name != words:
            line.say("leader", "info", f"{facts.leaders[key].name}{'' if words else '（不填即是）'}")
        if self.decider is not None and self.decider not in facts.chiefs and key != self.decider:
            tone = "error" if self.saving else "warn"
            line.say("leader", tone, f"立项要由{facts.leaders[key].name}或主要领导决定。")
        return key

    def _due(self, line: Line) -> date | None:
        words, facts = line.words["due"].strip(), self.facts
        if not words:
            if self.due_on is None:
                line.say("due", "error", "请填办结时限，或在上面填统一时限。")
            else:
                line.say("due", "info", f"{self.due_on}（统一时限）")
            return self.due_on
        told = day(words, facts.on, facts.calendar)
        if told.on is None:
            line.say("due", "error", f"认不出“{words[:16]}”是哪一天，请写成 2026-12-31 这样。")
            return None
        if told.on < facts.on:
            line.say("due", "error", f"{told.on} 已经过去。")
        elif not is_workday(told.on, facts.calendar):
            line.say("due", "warn", f"{told.on} 是休息日（{why(told.on, facts.calendar)}），按这一天执行。")
        elif told.on.isoformat() != words or told.taken:
            line.say("due", "info", f"{told.on}{f'（{told.taken}）' if told.taken else ''}")
        return told.on

    def _repeated(self, line: Line, lead: int | None) -> None:
        title = bare(line.words["title"])
        if lead is None or len(title) < 4:
            return
        mine = self.seen[lead]
        if other := alike(title, mine.keys()):
            line.say("title", "warn", f"与第{mine[other]}行相近，同一牵头单位。")
        elif other := alike(title, self.facts.running.get(lead, {}).keys()):
            line.say("title", "warn", f"{self.facts.shown[lead]}已有相近的事项：{self.facts.running[lead][other]}。")
        mine[title] = line.place


def as_words(found: dict[str, Any]) -> dict[str, Any]:
    """What `services.Item` takes of a checked row."""
    return {name: value for name, value in found.items() if name != "key"}
