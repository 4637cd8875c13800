"""批量办理: one form for many problems, with one reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import DayField, PaperFields, ProseField, due_chips
from luoshi.org import queries as org
from luoshi.problems.models import Problem
from luoshi.problems.rules import State
from luoshi.problems.services.many import LABELS
from luoshi.ui.forms import ActForm, PickSelect

SENDS = ("pick", "act", "back")


class ManyForm(PaperFields, ActForm):
    """One act on the picked problems (`pick` holds each one's public id and the version it was shown in)."""

    pick = forms.Field(widget=forms.MultipleHiddenInput, required=False)
    act = forms.CharField(widget=forms.HiddenInput)
    back = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, act: str, problems: Sequence[Problem], bureau_id: int, on: date, back: str = ""
    ) -> None:
        self.on, self.name = on, act
        self.running = [one for one in problems if one.state == State.RECTIFYING]
        picks = [f"{one.public_id}:{one.version}" for one in problems]
        super().__init__(data, initial={"act": act, "back": back, "pick": picks})
        count = f"这{len(problems)}件"
        self.act_label = {"confirm": f"确认{count}", "assign": f"给{count}{LABELS[act]}"}.get(
            act, f"{count}{LABELS[act]}"
        )
        if act == "assign":
            self._assign(bureau_id)
        elif act == "dismiss":
            self.fields["reason"] = ProseField(label="理由（用于全部问题）")
        else:
            self.fields["reason"] = forms.CharField(
                label="说明（用于全部问题，可不填）", max_length=200, required=False
            )
        self.speak_plainly()

    def _assign(self, bureau_id: int) -> None:
        units = org.units_of(bureau_id, self.on)
        people = org.people_of([one.pk for one in units], self.on)
        told: dict[str, Any] = {"required": False, "empty_label": "不改", "widget": PickSelect}
        self.fields["unit"] = forms.ModelChoiceField(units, label="责任单位", **told)
        self.fields["owner"] = forms.ModelChoiceField(people, label="责任人", **told)
        self.fields["due_on"] = DayField(label="整改时限（不改的不填）", required=False)
        self.offer_days("due_on", earliest=self.on, chips=due_chips(bureau_id, self.on))
        label = "理由（用于全部问题；调整整改中的时限时必填）" if self.running else "说明（可不填）"
        self.fields["reason"] = ProseField(label=label, rows=2, required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.name == "assign" and not self.errors:
            if not any(cleaned.get(name) for name in ("unit", "owner", "due_on")):
                self.add_error(None, "请至少选定责任单位、责任人或时限中的一项。")
            if cleaned.get("due_on") and self.running and not cleaned.get("reason"):
                self.add_error("reason", f"有{len(self.running)}件正在整改，调整时限要写理由。")
        return cleaned

    def words(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: value for name, value in super().words().items() if name not in SENDS}
