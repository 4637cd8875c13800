"""The bureau's once-only decisions: what holds now, what was decided, what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.plan.models import Rule
from luoshi.plan.once import ONCE, Once
from luoshi.plan.queries.ruling import rules_of
from luoshi.plan.rules import RuleValue
from luoshi.plan.slot import Slot
from luoshi.plan.slots import RULED


@dataclass(frozen=True, slots=True)
class OnceLine:
    """One decision: the question, its slot, the rule that speaks today, and the bureau's own open decision."""

    once: Once
    slot: Slot
    spoke: RuleValue | None
    decided: Rule | None

    @property
    def open(self) -> bool:
        """Whether the bureau never decided it: then the default holds (a plan's clause may speak above it)."""
        return self.decided is None


def once_lines(*, bureau_id: int, on: date) -> list[OnceLine]:
    """All once-only decisions of a bureau in their order, in two queries."""
    found = rules_of(bureau_id=bureau_id, on=on)
    rows = Rule.objects.filter(bureau_id=bureau_id, plan=None, source="BUREAU", void=False, until_on=None)
    own = {row.slot: row for row in rows.select_related("decided_by", "confirmed_by", "paper").order_by("number")}
    return [OnceLine(one, RULED[key], found[key], own.get(key)) for key, one in ONCE.items()]


def undecided(bureau_id: int) -> list[str]:
    """The slots that the bureau has still to decide, in the order in which they are asked."""
    rows = Rule.objects.filter(bureau_id=bureau_id, plan=None, source="BUREAU", void=False, until_on=None)
    decided = set(rows.filter(slot__in=ONCE).values_list("slot", flat=True))
    return [key for key in ONCE if key not in decided]


def last_citation(bureau_id: int) -> str:
    """The paper of the bureau's latest decision: what the next one in a row most likely rests on too."""
    rows = Rule.objects.filter(bureau_id=bureau_id, plan=None, source="BUREAU", void=False)
    return rows.order_by("-pk").values_list("citation", flat=True).first() or ""
