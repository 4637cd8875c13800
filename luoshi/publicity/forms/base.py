"""What the forms of this room share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.ui.forms import ActForm, DayInput, EvidenceField

__all__ = ["ActForm", "EvidenceField", "PastForm", "ReasonForm", "TurnForm", "day", "prose"]


def day(label: str, **kwargs: Any) -> forms.DateField:
    """A civil day by the browser's picker."""
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def prose(label: str, *, rows: int = 3, most: int = 300, **kwargs: Any) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class TurnForm(ActForm):
    """An act that asks nothing but that one means it."""

    def __init__(self, data: Any = None, *, version: int, act_label: str, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)


class ReasonForm(TurnForm):
    """An act that says why."""

    reason = prose("理由")

    def __init__(
        self, data: Any = None, *, version: int, act_label: str, label: str = "理由", help_text: str = ""
    ) -> None:
        super().__init__(data, version=version, act_label=act_label)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class PastForm(ActForm):
    """A form with one day that is not later than today."""

    past = ""

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(data, initial={self.past: on, **(kwargs.pop("initial", None) or {})}, **kwargs)
        self.fields[self.past].widget.attrs["max"] = on.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (told := cleaned.get(self.past)) and told > self.on:
            self.add_error(self.past, "日期不能晚于今天。")
        return cleaned
