"""What the forms of this room share: days, prose, a reason, and a decision of a body that somebody enters."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.cadres import queries
from luoshi.cadres.rules import BODY, WORDS_MOST
from luoshi.org.models import User
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect

__all__ = ["ActForm", "DayInput", "EvidenceField", "PaperForm", "PickSelect", "ReasonForm", "day", "person", "prose"]


def day(label: str, **kwargs: Any) -> forms.DateField:
    """A civil day by the browser's picker."""
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


def prose(label: str, *, rows: int = 3, most: int = WORDS_MOST, **kwargs: Any) -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def person(label: str, people: QuerySet[User], **kwargs: Any) -> forms.ModelChoiceField[User]:
    """One of the bureau's people, found by word or pinyin initials."""
    kwargs.setdefault("empty_label", "请选择")
    return forms.ModelChoiceField(people, label=label, widget=PickSelect(), **kwargs)


class ReasonForm(ActForm):
    """Only why."""

    reason = prose("理由", rows=2)

    def __init__(self, data: Any = None, *, version: int | None, label: str, act_label: str, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)
        self.fields["reason"].label = label


class PaperForm(ActForm):
    """What a body decided: which one, who presided, on which day, and where it stands."""

    def add_paper(self, *, bureau_id: int, on: date, paper: bool) -> None:
        self.on = on
        chiefs = queries.chiefs(bureau_id, on)
        first = chiefs.first()
        self.fields["body"] = forms.CharField(label="决定机构", max_length=60, initial=BODY)
        if paper:
            self.fields["decided_by"] = forms.ModelChoiceField(
                chiefs,
                label="主持人",
                initial=first.pk if first else None,
                empty_label=None if first else "没有主要领导",
            )
        self.fields["decided_on"] = day("决定日期", initial=on)
        self.fields["source_note"] = forms.CharField(
            label="决定出处", max_length=200, help_text="如：局党委会纪要第21期。"
        )
        self.speak_plainly()

    def clean_decided_on(self) -> date:
        told: date = self.cleaned_data["decided_on"]
        if told > self.on:
            raise forms.ValidationError("决定日期不能晚于今天。")
        return told
