"""What all forms on a problem share: who may be chosen, and the fields that are always in sight."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import DayField, PaperFields, ProseField, due_chips, leaders_of
from luoshi.org.models import User
from luoshi.plan.queries import rule
from luoshi.problems.models import Problem
from luoshi.problems.rules import MOVES
from luoshi.ui.forms import ActForm, EvidenceField

__all__ = ["DayField", "PaperFields", "ProblemForm", "ProseField", "due_chips", "fault_choices", "leaders_of"]


def fault_choices(bureau_id: int, on: date) -> list[tuple[str, str]]:
    """作风表现 that may be ticked, with their meanings, by the bureau's decision."""
    return [(row[0], f"{row[0]}（{row[1]}）") for row in rule("style_faults", bureau_id=bureau_id, on=on).value["rows"]]


class ProblemForm(PaperFields, ActForm):
    """A form of one act on one problem, for somebody with these `roles` in it."""

    evidence_label = ""
    """Where the act takes files: what they are. Empty: it takes none."""
    rare: tuple[str, ...] = ()
    """Fields that may stay empty and are folded away under `more_label`."""
    more_label = ""
    rows_template = ""

    def __init__(
        self,
        data: Any = None,
        *,
        problem: Problem,
        move: str,
        on: date,
        roles: Collection[str] = (),
        person: User | None = None,
        **kwargs: Any,
    ) -> None:
        self.problem, self.move, self.on, self.roles, self.person = problem, move, on, roles, person
        kwargs["initial"] = {"version": problem.version, **(kwargs.get("initial") or {})}
        kwargs.setdefault("auto_id", f"{move.replace('_', '-')}-%s")
        super().__init__(data, **kwargs)
        self.act_label = MOVES[move].label
        self.set_up()
        if self.evidence_label:
            self.fields["files"] = EvidenceField(label=self.evidence_label)
        self.speak_plainly()

    @property
    def opened_on_version(self) -> int | None:
        """The version that the sent form was opened on; None where it was not sent or carries none."""
        try:
            return int(self["version"].data) if self.is_bound else None
        except (TypeError, ValueError):
            return None

    @property
    def route(self) -> str:
        """The URL name of the act."""
        return f"problems:{self.move}"

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields always in sight."""
        return [one for one in self.visible_fields() if one.name not in self.rare]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields folded under `more_label`."""
        return [one for one in self.visible_fields() if one.name in self.rare]

    @property
    def folded_open(self) -> bool:
        return self.is_bound and any(one.errors or one.value() for one in self.folded)

    def set_up(self) -> None:
        """Fill choices and defaults from the problem; what an act's own form overrides."""

    @property
    def service(self) -> str:
        """The verb of `services` that the sent form asks for."""
        return SERVICES.get(self.move, self.move)

    def words(self) -> dict[str, Any]:
        """What the service takes beside who and when."""
        return {name: value for name, value in super().words().items() if name != "files"}


SERVICES = {
    "start": "start_rectifying", "order": "order_rectification", "report": "report_progress", "apply": "apply_closing",
    "accept": "accept_closing", "look_back": "hold_look_back",
}  # fmt: skip
"""The verbs whose names are not their moves'."""
