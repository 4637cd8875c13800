"""批量办理: one form for many matters, with one reason; what the move itself needs and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import PAPER_FILES, DayField, PaperFields, ProseField, due_chips
from luoshi.matters.models import Matter
from luoshi.matters.rules import MOVES
from luoshi.matters.services import Paper
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.ui.forms import ActForm, EvidenceField, PickSelect

SENDS = ("pick", "act", "back")


class ManyForm(PaperFields, ActForm):
    """One move on the picked matters (`pick` holds each one's public id and the version it was shown in)."""

    pick = forms.Field(widget=forms.MultipleHiddenInput, required=False)
    act = forms.CharField(widget=forms.HiddenInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, move: str, matters: Sequence[Matter], bureau_id: int, on: date, paper: bool,
        outside: bool = False, back: str = "",
    ) -> None:  # fmt: skip
        self.move, self.on, self.paper = move, on, paper
        picks = [f"{one.public_id}:{one.version}" for one in matters]
        super().__init__(data, initial={"act": move, "back": back, "pick": picks})
        label = MOVES[move].label
        self.act_label = f"{'登记' if paper else ''}{label}这{len(matters)}件"
        getattr(self, f"_{move}", self._reason)(matters, bureau_id)
        if move == "urge" and outside:
            self.fields["urgent"] = forms.BooleanField(
                label="加急：现在不是工作时间，仍要提醒",
                error_messages={"required": "现在不是工作时间，确有急事请勾选“加急”。"},
            )  # fmt: skip
        if paper:
            leaders = {one.leader_id for one in matters}
            self.add_paper(bureau_id=bureau_id, leader=leaders.pop() if len(leaders) == 1 else None, on=on)
            self.fields["files"] = EvidenceField(label=PAPER_FILES)
        self.speak_plainly()

    def _reason(self, matters: Sequence[Matter], bureau_id: int) -> None:
        self.fields["reason"] = ProseField(label=f"{MOVES[self.move].label}理由（用于全部事项）")

    def _urge(self, matters: Sequence[Matter], bureau_id: int) -> None:
        self.fields["note"] = forms.CharField(label="催办内容（用于全部事项，可不填）", max_length=200, required=False)

    def _archive(self, matters: Sequence[Matter], bureau_id: int) -> None:
        self.fields["note"] = forms.CharField(label="备注（可不填）", max_length=200, required=False)

    def _allot(self, matters: Sequence[Matter], bureau_id: int) -> None:
        units = {one.lead_unit_id for one in matters}
        people = org.people_of(units, self.on)
        self.fields["handler"] = forms.ModelChoiceField(people, label="承办人", empty_label="请选择", widget=PickSelect)
        self.fields["note"] = forms.CharField(label="交代的话（可不填）", max_length=200, required=False)

    def _extend(self, matters: Sequence[Matter], bureau_id: int) -> None:
        self.fields["due_on"] = DayField(label="都延期至")
        latest = max((one.due_on for one in matters if one.due_on), default=self.on)
        chips = [(f"再加{word}", day) for word, day in due_chips(bureau_id, max(latest, self.on))]
        self.offer_days("due_on", earliest=self.on, chips=chips)
        self.fields["due_on"].help_text = "要晚于每一件现在的时限；原定日期保留可查。"
        self._reason(matters, bureau_id)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.paper:
            self.check_paper(cleaned, on=self.on, staged=self.staged)
        return cleaned

    def words(self) -> dict[str, Any]:
        """What the verb takes."""
        skip = {*SENDS, "decided_by", "decided_on", "source_note", "files"}
        return {name: value for name, value in super().words().items() if name not in skip}

    def decided(self) -> Paper | None:
        """What the office enters for a leader."""
        if not self.paper:
            return None
        who: User | None = self.cleaned_data.get("decided_by")
        return Paper(
            decided_by=who, decided_on=self.cleaned_data.get("decided_on"),
            source_note=self.cleaned_data.get("source_note") or "",
        )  # fmt: skip
