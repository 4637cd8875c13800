"""What people type about a plan's next version: its text, what it rests on, and why an old rule ends or goes on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.org import queries as org
from luoshi.org.rules import Duty as Held
from luoshi.plan.forms import ImportForm
from luoshi.plan.models import Plan
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect


class NewVersionForm(ImportForm):
    """The next text of a plan: a file, or pasted. Nothing but the text is asked."""

    act_label = "看改了什么"
    field_order = ["file", "text"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - {"submission", "version", "file", "text"}:
            del self.fields[name]
        self.fields["file"].label = "新版文件"
        self.fields["text"].label = "或者粘贴新版全文"


class AdoptForm(ActForm):
    """采用新版, with what it rests on; `version` is the number of the version that the difference was taken from."""

    act_label = "采用新版"
    basis = forms.CharField(
        label="修订依据", max_length=200, help_text="如：云建发〔2027〕3号，或局党委会2027年第2号纪要。"
    )
    decided_by: Any = forms.ModelChoiceField(
        label="决定人", required=False, queryset=None, widget=PickSelect, empty_label="集体决定",
        help_text="集体决定可不填。",
    )  # fmt: skip
    decided_on = forms.DateField(label="决定日期", required=False, widget=DayInput)

    def __init__(self, *args: Any, bureau_id: int, on: date, seen: int, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": seen}
        super().__init__(*args, **kwargs)
        field = self.fields["decided_by"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = org.holders(Held.CHIEF, bureau_id, on) | org.holders(Held.LEADER, bureau_id, on)


class GovernForm(ActForm):
    """定以哪个方案为准 for the ordinary work of the bureau, with the paper it rests on."""

    act_label = "定以该方案为准"
    plan: Any = forms.ModelChoiceField(
        label="日常工作以哪个方案为准", queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    citation = forms.CharField(label="依据", max_length=300, help_text="如：局党委会2026年第12号纪要。")
    from_on = forms.DateField(label="从何日起", widget=DayInput)
    decided_by: Any = forms.ModelChoiceField(
        label="决定人", required=False, queryset=None, widget=PickSelect, empty_label="集体决定",
        help_text="集体决定可不填。",
    )  # fmt: skip
    decided_on = forms.DateField(label="决定日期", required=False, widget=DayInput)
    paper = EvidenceField(label="依据文件（可不传）", help_text="只附一份：PDF、OFD、Word、WPS或图片。")

    def __init__(self, *args: Any, bureau_id: int, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"from_on": on}
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = Plan.objects.filter(bureau=bureau_id)  # type: ignore[attr-defined]
        deciders = org.holders(Held.CHIEF, bureau_id, on) | org.holders(Held.LEADER, bureau_id, on)
        self.fields["decided_by"].queryset = deciders  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        names = ("plan", "citation", "from_on", "decided_by", "decided_on")
        return {name: self.cleaned_data[name] for name in names} | {"staged": self.staged}


class KeepForm(ActForm):
    """Let a rule go on that the newest version says no more."""

    act_label = "继续执行"
    reason = forms.CharField(label="为什么继续执行", max_length=200, help_text="如：局党委会2027年第2号纪要。")
