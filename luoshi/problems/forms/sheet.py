"""导入台账 as forms: the file, then one reason for all that is shown."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.matters.forms.base import ProseField
from luoshi.ui.forms import ActForm, EvidenceField


class SheetForm(ActForm):
    """The file that came back, or a ledger kept before."""

    act_label = "查看内容"
    file = EvidenceField(label="台账（.xlsx）", required=True, help_text="先列出改动和新增，核对后再保存。")


class SaveSheetForm(ActForm):
    """Save what was shown: `seen` is its digest, `sheet` the file's token."""

    sheet = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)
    failed = forms.CharField(widget=forms.HiddenInput, required=False)
    """The keys of problems that a first try could not change."""

    def __init__(self, data: Any = None, *, edits: int, new: int, reasoned: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        told = [f"保存{edits}处改动"] if edits else []
        told += [f"新增{new}件" if edits else f"导入{new}件"] if new else []
        self.act_label = "，".join(told)
        self.fields["reason"] = ProseField(
            label="调整时限的理由（用于全部改动）" if reasoned else "说明（可不填）",
            rows=2,
            required=reasoned,
            max_length=300,
        )
        if self["failed"].value():
            self.fields["leave_out"] = forms.BooleanField(label="跳过上面保存不了的，先保存其余的", required=False)
        self.speak_plainly()

    @property
    def left_out(self) -> set[int]:
        """The problems that the person leaves out after a first try."""
        if not self.cleaned_data.get("leave_out"):
            return set()
        return {int(one) for one in self.cleaned_data["failed"].split(",") if one.isdigit()}
