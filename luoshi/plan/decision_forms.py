"""What is typed when the bureau decides: the fields of each shape of parameter, and the paper it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from luoshi.plan.forms import ParameterForm, leaders_of
from luoshi.plan.parameters import MOST_ROWS
from luoshi.plan.rules import DEADLINE_UNITS, NUMBER_UNITS, QUOTA_UNITS, BadValue, Number, Weights
from luoshi.plan.slot import Column, Slot
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect

BLANK_ROWS = 3
ONE_PAPER = "只附一份：PDF、OFD、Word、WPS或图片。"


class GridInput(forms.Widget):
    """A small table to fill in: a cell for each column, blank rows at the end; works without script."""

    template_name = "plan/grid.html"
    use_fieldset = True
    columns: Sequence[Column] = ()
    fixed = False
    """Fixed: the first column is given, and no row can be added."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[list[str]]:
        rows = []
        for place in range(MOST_ROWS + BLANK_ROWS):
            cells = [data.get(f"{name}-{place}-{at}") for at in range(len(self.columns))]
            if any(cell is not None for cell in cells):
                rows.append([(cell or "").strip() for cell in cells])
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        rows = [list(row) for row in value or ()]
        filled = [row for row in rows if any(row)] if not self.fixed else rows
        blank = [] if self.fixed else [[""] * len(self.columns)] * min(BLANK_ROWS, MOST_ROWS - len(filled))
        context["widget"] |= {
            "columns": self.columns,
            "rows": [
                [self._cell(name, place, at, cell) for at, cell in enumerate(row)]
                for place, row in enumerate([*filled, *blank])
            ],
        }
        return context

    def _cell(self, name: str, place: int, at: int, value: str) -> dict[str, Any]:
        column = self.columns[at]
        return {
            "name": f"{name}-{place}-{at}",
            "value": value,
            "label": f"第{place + 1}行 {column.name}",
            "number": column.number,
            "options": column.options,
            "fixed": self.fixed and at == 0,
        }


class GridField(forms.Field):
    """The rows of a table; rows left empty are no rows."""

    widget = GridInput

    def __init__(self, *, columns: Sequence[Column], fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        assert isinstance(self.widget, GridInput)
        self.widget.columns, self.widget.fixed = columns, fixed
        self.columns: Sequence[Column] = columns

    def clean(self, value: Any) -> list[list[str]]:
        rows = [row for row in value or () if any(row)]
        if not rows:
            raise forms.ValidationError("请至少填一行。")
        for place, row in enumerate(rows, 1):
            for cell, column in zip(row, self.columns, strict=True):
                if not cell:
                    raise forms.ValidationError(f"第{place}行没有填“{column.name}”，请填上或整行清空。")
        return rows


class DecideForm(ParameterForm):
    """本局决定: a slot's parameter with the paper it rests on."""

    act_label = "登记本局决定"
    field_order = [
        "choice", "choices", "grid", "number", "unit", "period", "steps", "citation", "from_on", "decided_by",
        "decided_on", "paper",
    ]  # fmt: skip
    citation = forms.CharField(label="依据", max_length=300, help_text="如：局党委会2026年第12号纪要。")
    from_on = forms.DateField(label="从何日起", widget=DayInput)
    decided_by: Any = forms.ModelChoiceField(
        label="决定人",
        required=False,
        queryset=None,
        widget=PickSelect,
        empty_label="集体决定",
        help_text="集体决定可不填。",
    )
    decided_on = forms.DateField(label="决定日期", required=False, widget=DayInput)
    paper = EvidenceField(label="依据文件（可不传）", help_text=ONE_PAPER)

    def __init__(
        self, *args: Any, slot: Slot, value: dict[str, Any] | None, bureau_id: int, on: date,
        citation: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        self.slot = slot
        own = self.filled(value) if slot.shape in ("DEADLINE", "QUOTA", "LADDER", "NUMBER") else {}
        kwargs["initial"] = {"from_on": on, "citation": citation, **own}
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].queryset = leaders_of(bureau_id, on)  # type: ignore[attr-defined]
        kept = {"DEADLINE": {"number", "unit"}, "QUOTA": {"number", "unit", "period"}, "LADDER": {"steps"}}
        kept["NUMBER"] = {"number"}
        for name in {"number", "unit", "period", "steps"} - kept.get(slot.shape, set()):
            del self.fields[name]
        for name in kept.get(slot.shape, ()):
            self.fields[name].required = True
        if slot.optional:
            self.fields["number"] = forms.IntegerField(label="数量", min_value=0, help_text="填0表示不作要求。")
        units = {"DEADLINE": DEADLINE_UNITS, "QUOTA": QUOTA_UNITS}.get(slot.shape, {})
        if units:
            self.fields["unit"].choices = list(units.items())  # type: ignore[attr-defined]
        self._shaped(value or {})
        self.order_fields(self.field_order)

    def _shaped(self, value: dict[str, Any]) -> None:
        """The fields of the shapes that only a bureau decides."""
        slot, options = self.slot, [(one.key, one.label) for one in self.slot.options]
        told = "".join(f"“{one.label}”：{one.help}" for one in slot.options if one.help)
        if slot.shape == "NUMBER" and isinstance(slot.default, Number):
            number = self.fields["number"]
            number.label = f"{slot.label}（{NUMBER_UNITS[slot.default.unit]}）"
            number.min_value = Decimal(0)  # type: ignore[attr-defined]
        elif slot.shape == "CHOICE":
            self.fields["choice"] = forms.ChoiceField(
                label=slot.label, choices=options, widget=forms.RadioSelect, initial=value.get("choice"),
                help_text=told, error_messages={"required": "请选择。"},
            )  # fmt: skip
        elif slot.shape == "SEVERAL":
            self.fields["choices"] = forms.MultipleChoiceField(
                label=slot.label, choices=options, widget=forms.CheckboxSelectMultiple, initial=value.get("choices"),
                error_messages={"required": "请至少选一项。"},
            )  # fmt: skip
        elif slot.shape == "WEIGHTS":
            rows = [[name, f"{share:g}"] for name, share in value.get("weights", ())]
            columns = (Column("板块"), Column("权重（%）", number=True))
            self.fields["grid"] = GridField(
                label=slot.label, columns=columns, fixed=True, initial=rows, help_text="加起来应为100。"
            )
        elif slot.shape == "TABLE":
            self.fields["grid"] = GridField(
                label=slot.label, columns=slot.columns, initial=value.get("rows"),
                help_text="一行一类；不要的整行清空，要加的填在后面的空行，填满后保存再改还可以加。",
            )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["value"] = self._value(cleaned)
        return cleaned

    def _value(self, given: dict[str, Any]) -> dict[str, Any] | None:
        slot = self.slot
        if slot.shape in ("DEADLINE", "QUOTA", "LADDER"):
            return self.parameter(slot.key)
        labels = {one.key: one.label for one in slot.options}
        try:
            if slot.shape == "NUMBER" and isinstance(slot.default, Number):
                number = given["number"]
                exact = int(number) if number == int(number) else float(number)
                return slot.checked({"number": exact, "unit": slot.default.unit})
            if slot.shape == "CHOICE":
                return slot.checked({"choice": given["choice"], "label": labels[given["choice"]]})
            if slot.shape == "SEVERAL":
                return slot.checked({"choices": given["choices"], "labels": [labels[one] for one in given["choices"]]})
            if slot.shape == "WEIGHTS" and isinstance(slot.default, Weights):
                return slot.checked({"weights": _weights(slot.default, given["grid"])})
            return slot.checked({"columns": [one.name for one in slot.columns], "rows": given["grid"]})
        except BadValue as why:
            where = {"NUMBER": "number", "CHOICE": "choice", "SEVERAL": "choices"}.get(slot.shape, "grid")
            self.add_error(where, str(why))
            return None

    def words(self) -> dict[str, Any]:
        names = ("value", "citation", "from_on", "decided_by", "decided_on")
        return {name: self.cleaned_data[name] for name in names} | {"staged": self.staged}


def _weights(default: Weights, rows: list[list[str]]) -> list[list[Any]]:
    """The typed shares beside the blocks that the product names; a cell that is no number is said by its block."""
    found: list[list[Any]] = []
    for name, row in zip(default.names, rows, strict=False):
        if not row[1].isdecimal():
            raise BadValue(f"“{name}”的权重应填整数。")
        found.append([name, int(row[1])])
    return found


class AcceptForm(ActForm):
    """按默认定下: one paper for all decisions that are still open."""

    act_label = "按默认定下"
    citation = forms.CharField(label="依据", max_length=300, help_text="如：局党委会2026年第12号纪要。")
    decided_by: Any = forms.ModelChoiceField(
        label="决定人",
        required=False,
        queryset=None,
        widget=PickSelect,
        empty_label="集体决定",
        help_text="集体决定可不填。",
    )
    decided_on = forms.DateField(label="决定日期", required=False, widget=DayInput)
    paper = EvidenceField(label="依据文件（可不传）", help_text=ONE_PAPER)

    def __init__(self, *args: Any, bureau_id: int, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_by"].queryset = leaders_of(bureau_id, on)  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        names = ("citation", "decided_by", "decided_on")
        return {name: self.cleaned_data[name] for name in names} | {"staged": self.staged}


class SetAsideForm(ActForm):
    """列为不改, with the reason."""

    act_label = "列为不改"
    reason = forms.CharField(
        label="为什么不改", max_length=300, widget=forms.Textarea, help_text="如：县委文件已有同样要求，附文号。"
    )
