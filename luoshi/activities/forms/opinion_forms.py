"""征求意见表 as forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.activities.forms.visits import LinesField
from luoshi.activities.models import OpinionForm
from luoshi.activities.rules.tallying import read_line, write_line
from luoshi.matters.forms.base import DayField
from luoshi.org import queries as org
from luoshi.org.models import Unit
from luoshi.ui.forms import ActForm, PickSelect


class IssueForm(ActForm):
    """发放."""

    act_label = "登记发放"
    title = forms.CharField(label="名称", max_length=120, help_text="如：物业服务征求意见表。")
    issued_on = DayField(label="发放日期")
    issued = forms.IntegerField(label="发放份数", min_value=1, max_value=100_000)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="发放单位", empty_label=None)

    def __init__(self, data: Any = None, *, bureau: Unit, own_unit: Unit | None, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"issued_on": on, "unit": own_unit or bureau}, **kwargs)
        units = org.units_of(bureau.pk, on) | Unit.objects.filter(pk=bureau.pk)
        self.fields["unit"].queryset = units.order_by("rank", "id")  # type: ignore[attr-defined]


class TallyForm(ActForm):
    """汇总."""

    act_label = "登记汇总"
    returned = forms.IntegerField(label="收回份数", min_value=0)
    opinions = LinesField(label="收到的意见", help_text="一行一条，几份都提到的在后面写份数，如：电动车没处停 12。")
    none = forms.BooleanField(label="没有意见", required=False)

    def __init__(self, data: Any = None, *, form: OpinionForm, **kwargs: Any) -> None:
        lines = "\n".join(write_line(one["words"], one["count"]) for one in form.tallies)
        given = {"version": form.version, "opinions": lines, "none": bool(form.closed_on and not form.tallies)}
        given |= {"returned": form.returned} if form.closed_on else {}
        super().__init__(data, initial=given, **kwargs)
        self.fields["returned"].max_value = form.issued  # type: ignore[attr-defined]

    def lines(self) -> list[tuple[str, int]]:
        """The opinions with their counts; the same one twice is one."""
        found: dict[str, int] = {}
        for line in self.cleaned_data["opinions"]:
            words, count = read_line(line)
            found[words] = found.get(words, 0) + count
        return list(found.items())


class ListOpinionForm(ActForm):
    """列入问题台账."""

    act_label = "列入问题台账"
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="责任单位", widget=PickSelect, required=False, empty_label="未定"
    )

    def __init__(self, data: Any = None, *, form: OpinionForm, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": form.version}, **kwargs)
        self.fields["unit"].queryset = org.units_of(form.bureau_id, on)  # type: ignore[attr-defined]


class VoidOpinionForm(ActForm):
    """作废."""

    act_label = "作废"
    reason = forms.CharField(label="作废理由", max_length=300)

    def __init__(self, data: Any = None, *, form: OpinionForm, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": form.version}, **kwargs)
