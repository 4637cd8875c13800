"""查摆轮次 as forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.org.models import Unit
from luoshi.plan.models import Plan
from luoshi.problems.models import SelfCheckRound
from luoshi.ui.forms import ActForm, DayInput


class RoundForm(ActForm):
    """发起查摆."""

    act_label = "发起查摆"
    title = forms.CharField(label="这一轮的名称", max_length=60)
    due_on = forms.DateField(label="提交时限", widget=DayInput())
    plan = forms.ModelChoiceField(Plan.objects.none(), label="依据方案", required=False, empty_label="不依据方案")
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="只在这些单位开展", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="一个都不勾，就是全局（含局领导）。",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, title: str, on: date, due_on: date, plans: QuerySet[Plan], units: QuerySet[Unit],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.on = on
        initial = {"title": title, "due_on": due_on, "plan": plans.first()}
        super().__init__(data, initial=initial, **kwargs)
        for name, rows in (("plan", plans), ("units", units)):
            picks: Any = self.fields[name]
            picks.queryset = rows

    def clean_due_on(self) -> date:
        return not_past(self.cleaned_data["due_on"], self.on)


class ChangeRoundForm(ActForm):
    """修改轮次."""

    act_label = "保存修改"
    title = forms.CharField(label="这一轮的名称", max_length=60)
    due_on = forms.DateField(label="提交时限", widget=DayInput())

    def __init__(self, data: Any = None, *, round_: SelfCheckRound, on: date, **kwargs: Any) -> None:
        self.on = on
        initial = {"version": round_.version, "title": round_.title, "due_on": round_.due_on}
        super().__init__(data, initial=initial, **kwargs)

    def clean_due_on(self) -> date:
        return not_past(self.cleaned_data["due_on"], self.on)


def not_past(day: date, on: date) -> date:
    """A day by which something is due is today or later."""
    if day < on:
        raise forms.ValidationError(f"不能早于今天（{on}）。")
    return day
