"""导入以往活动 as forms: the file, then the word, with a tick for what looks recorded already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from luoshi.activities.taking_in import PastRow
from luoshi.ui.forms import ActForm, EvidenceField


class ImportFileForm(ActForm):
    """The list kept before."""

    act_label = "查看内容"
    file = EvidenceField(label="活动台账（.xlsx）", required=True, help_text="先逐行列出，核对后再导入。")


class ImportForm(ActForm):
    """Import what was shown: `seen` is its digest, `sheet` the file's token."""

    act_label = "导入"
    sheet = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, fresh: int, doubtful: Sequence[PastRow], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if fresh:
            self.act_label = f"导入{fresh}次" + ("和勾选的" if doubtful else "")
        else:
            self.act_label = "导入勾选的"
        if doubtful:
            self.fields["take"] = forms.MultipleChoiceField(
                label=f"这{len(doubtful)}行好像已经登记过，不会导入；确实不是同一次的才勾选",
                choices=[(str(one.draft.row), told_alike(one)) for one in doubtful],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.speak_plainly()

    @property
    def taken(self) -> set[int]:
        """The rows that the person says are others."""
        return {int(one) for one in self.cleaned_data.get("take", ())}


def told_alike(row: PastRow) -> str:
    """The row, and what it looks like."""
    one = row.draft
    return f"第{one.row}行 {one.held_on} {row.kind}“{one.title[:40]}”：{row.alike}"
