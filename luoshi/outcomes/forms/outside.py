"""外部数据 as forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from luoshi.outcomes.rules import START, OutsideKind, Period
from luoshi.ui.forms import ActForm, EvidenceField


class FigureForm(ActForm):
    """登记外部数据: which, of which quarter, how much, from which paper."""

    act_label = "登记"
    kind = forms.ChoiceField(label="指标", choices=OutsideKind.choices)
    period = forms.ChoiceField(label="季度")
    value = forms.DecimalField(
        label="数值", min_value=0, max_digits=9, decimal_places=2,
        help_text="审批平均用时填工作日数，差评填件数，满意度填百分数（如96.5）。",
    )  # fmt: skip
    document = forms.CharField(label="出处", max_length=200, help_text="如：县行政审批局三季度政务服务通报。")

    def __init__(self, data: Any = None, *, periods: Sequence[Period], **kwargs: Any) -> None:
        whole = [one.key for one in periods if not one.running]
        super().__init__(data, initial={"period": whole[-1] if whole else START}, **kwargs)
        told = [(one.key, one.label) for one in reversed(periods)]
        self.fields["period"].choices = [*told, (START, "活动之前（起点）")]  # type: ignore[attr-defined]
        self.fields["files"] = EvidenceField(label="出处文件（可不传）", help_text="通报或系统截图一份即可。")
        self.speak_plainly()


class VoidForm(ActForm):
    act_label = "作废"
    reason = forms.CharField(label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, version: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": version}, **kwargs)
