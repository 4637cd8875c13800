"""What the forms of this room share: days, prose, and a decision of 主要领导 that the office enters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.commitments import queries
from luoshi.org.models import User
from luoshi.ui.forms import ActForm, DayInput, EvidenceField

__all__ = ["ActForm", "DayInput", "EvidenceField", "PaperForm", "Rows", "day", "prose"]


def day(label: str, **kwargs: Any) -> forms.DateField:
    """A civil day by the browser's picker."""
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def prose(label: str, *, rows: int = 3, most: int = 500, **kwargs: Any) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class PaperForm(ActForm):
    """An act that 主要领导 decides: his own click is enough, the office says who decided, when, and where it stands."""

    def add_paper(self, *, bureau_id: int, on: date, paper: bool) -> None:
        self.on, self.paper = on, paper
        if not paper:
            return
        chiefs = queries.chiefs(bureau_id, on)
        first = chiefs.first()
        self.fields["decided_by"] = forms.ModelChoiceField(
            chiefs, label="审定人", initial=first.pk if first else None, empty_label=None if first else "没有主要领导"
        )
        self.fields["decided_on"] = day("审定日期", initial=on)
        self.fields["source_note"] = forms.CharField(
            label="审定出处", max_length=200, help_text="如：局党委会纪要第18期。"
        )
        self.speak_plainly()

    def clean_decided_on(self) -> date:
        told: date = self.cleaned_data["decided_on"]
        if told > self.on:
            raise forms.ValidationError("审定日期不能晚于今天。")
        return told


class Rows:
    """Rows of like fields on a form (`words_0`, `words_1` …): how many, and which are blank."""

    least, most = 5, 15
    fields: dict[str, Any]
    data: Any
    is_bound: bool

    def places(self, known: int) -> range:
        """The rows to draw: those filled and some empty ones; what was sent is drawn again whole."""
        if self.is_bound:
            sent = [int(key[6:]) for key in self.data if key.startswith("words_") and key[6:].isdigit()]
            return range(min(self.most, max([*sent, self.least - 1]) + 1))
        return range(min(self.most, max(known + 3, self.least)))


def choose(rows: Sequence[User]) -> list[tuple[str, str]]:
    """People as choices."""
    return [(str(one.pk), str(one)) for one in rows]
