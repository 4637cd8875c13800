"""The board's acts as forms: approved by its body, made wider, corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.appraisal.forms.base import ActForm, EvidenceField, day, prose
from luoshi.appraisal.models import Board
from luoshi.appraisal.rules.board_life import Approver
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty


class DecisionForm(ActForm):
    """What a body decided: 主要领导 by his click for himself; the office says who, when, and where it stands."""

    body = forms.ChoiceField(label="审定机构", choices=Approver.choices, widget=forms.RadioSelect)
    decided_by = forms.ModelChoiceField(
        User.objects.none(), label="审定人", empty_label="没有主要领导", help_text="集体研究的，填主持会议的主要领导。"
    )
    decided_on = day("审定日期")
    source_note = forms.CharField(
        label="审定出处", max_length=200, required=False, help_text="如：局党委会纪要第18期。上传了纪要的可不填。"
    )

    def __init__(self, data: Any = None, *, board: Board, on: date, own: bool = False, **kwargs: Any) -> None:
        self.on = on
        chiefs = org.holders(Duty.CHIEF, board.bureau_id, on)
        first = chiefs.first()
        initial = {"version": board.version, "body": Approver.PARTY, "decided_on": on,
                   "decided_by": first.pk if first else None}  # fmt: skip
        super().__init__(data, initial=initial, **kwargs)
        people: Any = self.fields["decided_by"]
        people.queryset = chiefs
        if first is not None:
            people.empty_label = None
        if own:
            self.fields["source_note"].help_text = "由主要领导本人审定的可不填；集体研究的写明纪要第几期。"
        self.fields["files"] = EvidenceField(label="会议纪要（可不传）")
        self.speak_plainly()

    def clean_decided_on(self) -> date:
        told: date = self.cleaned_data["decided_on"]
        if told > self.on:
            raise forms.ValidationError("不能晚于今天。")
        return told

    def words(self) -> dict[str, Any]:
        return {name: value for name, value in super().words().items() if name != "files"}


class ApproveForm(DecisionForm):
    act_label = "审定"


class WidenForm(DecisionForm):
    """扩大公开范围: decided by the Party committee alone, with its paper."""

    act_label = "扩大公开范围"
    reason = prose("理由", most=300, rows=2)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        del self.fields["body"]
        self.fields["source_note"].required = True
        self.fields["source_note"].help_text = "局党委决定的出处，如：局党委会纪要第18期。"
        self.order_fields(["reason", "decided_by", "decided_on", "source_note", "files"])
