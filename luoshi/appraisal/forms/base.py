"""What the forms of this room share: days, prose, a reason, a decision that the office enters for its body."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect

__all__ = ["ActForm", "DayInput", "EvidenceField", "PickSelect", "PlainForm", "ReasonForm", "day", "prose"]


def day(label: str, **kwargs: Any) -> forms.DateField:
    """A civil day by the browser's picker."""
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def prose(label: str, *, rows: int = 3, most: int = 500, **kwargs: Any) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class PlainForm(ActForm):
    """An act without words: its button alone."""

    def __init__(self, data: Any = None, *, version: int | None, act_label: str, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)


class ReasonForm(ActForm):
    """An act that asks only why."""

    reason = prose("理由", most=300, rows=2)

    def __init__(self, data: Any = None, *, version: int | None, label: str, act_label: str, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)
        self.fields["reason"].label = label
