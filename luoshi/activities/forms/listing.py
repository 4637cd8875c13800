"""What the list of activities may be asked for, read from its address; what makes no sense is left out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.activities.queries import ActivityFilter
from luoshi.activities.rules import GROUPS, ActivityKind
from luoshi.org import directory
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.ui.forms import PickSelect

MONTHS = 36
"""Months offered, the present one first."""


class ListForm(forms.Form):
    """Group, month, unit, person, words."""

    template_name = "ui/form.html"
    group = forms.ChoiceField(choices=[("", ""), *((key, key) for key in GROUPS)], required=False)
    kind = forms.ChoiceField(choices=[("", ""), *ActivityKind.choices], required=False)
    month = forms.ChoiceField(label="月份", required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", required=False, empty_label="全部单位")
    person = forms.ModelChoiceField(
        User.objects.none(), label="人员", required=False, empty_label="全部人员", widget=PickSelect
    )
    q = forms.CharField(label="名称或地点", required=False, max_length=60)
    void = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, bureau_id: int, on: date) -> None:
        super().__init__(data, auto_id="find-%s")
        first = on.year * 12 + on.month - 1
        months = [divmod(first - back, 12) for back in range(MONTHS)]
        told = [(f"{year}-{month + 1:02d}", f"{year}年{month + 1}月") for year, month in months]
        self.fields["month"].choices = [("", "全部月份"), *told]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = org.units_of(bureau_id, on)  # type: ignore[attr-defined]
        self.fields["person"].queryset = directory.people_in_office(bureau_id, on)  # type: ignore[attr-defined]

    def clean_month(self) -> date | None:
        try:
            year, _, month = self.cleaned_data["month"].partition("-")
            return date(int(year), int(month), 1) if year else None
        except ValueError:
            return None

    def wanted(self) -> ActivityFilter:
        """The filter; a field that made no sense is as if it were empty."""
        self.is_valid()
        told = self.cleaned_data
        unit, person = told.get("unit"), told.get("person")
        return ActivityFilter(
            group=told.get("group") or "",
            kind=told.get("kind") or "",
            month=told.get("month"),
            unit_id=unit.pk if unit else None,
            person_id=person.pk if person else None,
            words=told.get("q") or "",
            void=bool(told.get("void")),
        )
