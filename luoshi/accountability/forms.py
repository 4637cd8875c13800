"""评优限制 as forms: written down with its ground, lifted with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.accountability.models import Bar
from luoshi.accountability.rules import Effect
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


class BarForm(ActForm):
    """登记限制: by default the whole present year, decided by 局党委 and 主要领导 today."""

    act_label = "登记限制"
    person = forms.ModelChoiceField(
        User.objects.none(), label="人员", required=False, widget=PickSelect(), empty_label="不是对个人",
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="单位", required=False, empty_label="不是对单位",
        help_text="人员、单位只选一个。",
    )  # fmt: skip
    effect = forms.ChoiceField(label="限制内容", choices=Effect.choices, widget=forms.RadioSelect)
    from_on = _day("起")
    until_on = _day("止", help_text="取消当年资格的，填全年；规定另有影响期的，按规定填。")
    basis = forms.CharField(label="事由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    document = forms.CharField(label="决定文书", max_length=200, help_text="如：局党委会纪要第20期。")
    citation = forms.CharField(
        label="依据的规定（限制优秀等次必填）", max_length=200, required=False,
        help_text="写明哪部规定、第几条。取消评先评优资格可填方案条款，也可不填。",
    )  # fmt: skip
    body = forms.CharField(label="决定机构", max_length=60, initial="局党委")
    decided_by = forms.ModelChoiceField(
        User.objects.none(), label="决定人（上级机关决定的可不填）", required=False, empty_label="上级机关决定",
    )  # fmt: skip
    decided_on = _day("决定日期")
    original = EvidenceField(label="决定原件（可不传）")

    def __init__(self, data: Any = None, *, bureau: Unit, on: date, **kwargs: Any) -> None:
        chiefs = org.holders(Duty.CHIEF, bureau.pk, on)
        first = chiefs.first()
        initial = {"from_on": date(on.year, 1, 1), "until_on": date(on.year, 12, 31), "decided_on": on,
                   "effect": Effect.COMMENDATION, "decided_by": first.pk if first else None}  # fmt: skip
        super().__init__(data, initial=initial, **kwargs)
        people = User.objects.filter(is_active=True, posts__bureau=bureau, posts__void=False).distinct()
        told = {"person": people, "unit": org.units_of(bureau.pk, on), "decided_by": chiefs}
        for name, rows in told.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        told = super().words()
        told.pop("original")
        return told | {"staged": self.staged}


class LiftForm(ActForm):
    """解除."""

    act_label = "解除限制"
    reason = forms.CharField(label="解除理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    decided_by = forms.ModelChoiceField(User.objects.none(), label="决定人", empty_label=None)
    decided_on = _day("决定日期")
    note = forms.CharField(
        label="出处", max_length=200, required=False, help_text="如：局党委会纪要第21期。本人决定的可不填。"
    )

    def __init__(self, data: Any = None, *, bar: Bar, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": bar.version, "decided_on": on}, **kwargs)
        self.fields["decided_by"].queryset = org.holders(Duty.CHIEF, bar.bureau_id, on)  # type: ignore[attr-defined]
