"""长期离岗、未达原因 as forms, and what the table of gaps may be asked for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.activities.models import Absence
from luoshi.activities.rules import AbsenceKind
from luoshi.org import directory
from luoshi.org.models import Unit, User
from luoshi.ui.forms import ActForm, DayInput, PickSelect


class AbsenceForm(ActForm):
    """登记长期离岗."""

    act_label = "登记离岗"
    person = forms.ModelChoiceField(User.objects.none(), label="谁", empty_label="请选择", widget=PickSelect)
    kind = forms.ChoiceField(label="类别", choices=[("", "请选择"), *AbsenceKind.choices])
    from_on = forms.DateField(label="从哪天起", widget=DayInput)
    until_on = forms.DateField(
        label="到哪天止", widget=DayInput, required=False, help_text="还不知道哪天返岗的先不填，返岗后再补。"
    )
    reason = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, data: Any = None, *, bureau_id: int, on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"].queryset = directory.people_in_office(bureau_id, on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "不能早于开始日期。")
        return cleaned


class AbsenceEndForm(ActForm):
    """返岗, or an end put right."""

    act_label = "登记返岗"
    until_on = forms.DateField(label="离岗到哪天止", widget=DayInput, help_text="最后一个不在岗的日子。")

    def __init__(self, data: Any = None, *, absence: Absence, on: date, **kwargs: Any) -> None:
        told = {"version": absence.version, "until_on": absence.until_on or on}
        super().__init__(data, initial=told, **kwargs)


class AbsenceVoidForm(ActForm):
    """作废: entered by mistake."""

    act_label = "作废"
    reason = forms.CharField(label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, absence: Absence, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": absence.version}, **kwargs)


class ShortfallForm(ActForm):
    """填写未达原因: once, in a sentence."""

    act_label = "填写原因"
    reason = forms.CharField(
        label="为什么没有达到", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一两句话即可，如“3月抽调防汛值守”。只给本人、单位负责人和局办公室看，填写后不再改。",
    )  # fmt: skip


class GapForm(forms.Form):
    """Year, unit, only those short: read from the address; what makes no sense is left out."""

    year = forms.IntegerField(required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), required=False)
    short = forms.BooleanField(required=False)
    after = forms.IntegerField(required=False, min_value=0)

    def __init__(self, data: Any, *, units: Any) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def wanted(self, on: date) -> dict[str, Any]:
        """The year (this one, or one of the last few), the unit, whether only gaps, the key of the page."""
        self.is_valid()
        told = self.cleaned_data
        year = told.get("year")
        return {
            "year": year if year and on.year - 4 <= year <= on.year else on.year,
            "unit": told.get("unit"),
            "short": bool(told.get("short")),
            "after": told.get("after") or 0,
        }
