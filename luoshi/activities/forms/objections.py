"""异议 as forms: what is wrong with an entry under one's own name, and the answer."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.activities.forms.recording import chips
from luoshi.activities.models import Objection
from luoshi.activities.services import VERDICTS
from luoshi.ui.forms import ActForm


class ObjectForm(ActForm):
    """提出异议: what is wrong with an entry under one's own name."""

    act_label = "提出异议"
    text = forms.CharField(label="哪里不对，实际情况是什么", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(ActForm):
    """答复异议."""

    act_label = "答复"
    verdict = forms.ChoiceField(label="异议是否成立", choices=list(VERDICTS.items()), widget=chips(VERDICTS.items()))
    half_days = forms.IntegerField(
        label="实际时长（半天）", required=False, min_value=0, help_text="改时长的才填，1天为2个半天。"
    )
    answer = forms.CharField(label="答复", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, objection: Objection, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": objection.version}, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == "change" and cleaned.get("half_days") is None and "half_days" not in self.errors:
            self.add_error("half_days", "请填写实际时长。")
        return cleaned

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("verdict", "answer", "half_days", "version")}
