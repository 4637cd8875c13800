"""改表导入 as forms: the file, then one reason for all edits that are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import PaperFields, ProseField
from luoshi.matters.services import Paper
from luoshi.ui.forms import ActForm, EvidenceField


class SheetForm(ActForm):
    """The file that came back."""

    act_label = "查看改动"
    file = EvidenceField(
        label="改好的台账（.xlsx）", required=True, help_text="在本系统导出的台账上改。先列出改动，核对后再保存。"
    )


class SaveSheetForm(PaperFields, ActForm):
    """Save the edits that were shown: `seen` is their digest, `sheet` the file's token."""

    sheet = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    failed = forms.CharField(widget=forms.HiddenInput, required=False)
    """The keys of matters that a first try could not save."""

    def __init__(
        self, data: Any = None, *, count: int, reasoned: bool, paper: bool, bureau_id: int, on: date, **kwargs: Any
    ) -> None:
        self.on, self.paper = on, paper
        super().__init__(data, **kwargs)
        self.act_label = f"保存这{count}处改动"
        self.fields["reason"] = ProseField(
            label="改动理由（用于全部改动）" if reasoned else "改动理由（可不填）",
            rows=2,
            required=reasoned,
            max_length=300,
        )
        if paper:
            self.add_paper(bureau_id=bureau_id, leader=None, on=on)
            self.fields["decided_by"].label = "批准延期的领导"
            self.fields["source_note"].help_text = "如：局长办公会纪要第3期。"
        if self["failed"].value():
            self.fields["leave_out"] = forms.BooleanField(label="跳过上面保存不了的，先保存其余的", required=False)
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.paper:
            self.check_paper(cleaned, on=self.on, staged=())
        return cleaned

    @property
    def left_out(self) -> set[int]:
        """The matters that the person leaves out after a first try."""
        if not self.cleaned_data.get("leave_out"):
            return set()
        return {int(one) for one in self.cleaned_data["failed"].split(",") if one.isdigit()}

    def decided(self) -> Paper | None:
        """The leader's decision that the office enters with 延期."""
        if not self.paper:
            return None
        told = self.cleaned_data
        return Paper(
            decided_by=told.get("decided_by"), decided_on=told.get("decided_on"), source_note=told["source_note"]
        )
