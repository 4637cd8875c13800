"""延期申请: asked by the unit, answered by the leader (or entered by the office from paper), withdrawn."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.matters import queries
from luoshi.matters.forms.base import DayField, MatterForm, PhraseField, ProseField, due_chips, with_phrase


class AskExtensionForm(MatterForm):
    wanted_on = DayField(label="申请延至")
    reason = ProseField(label="延期理由", help_text="为什么到期办不完，延到那时怎样办完。")

    def set_up(self) -> None:
        due = self.matter.due_on or self.on
        chips = [(f"再加{word}", day) for word, day in due_chips(self.matter.bureau_id, due)]
        self.offer_days("wanted_on", earliest=self.on, chips=chips)
        self.fields["wanted_on"].help_text = f"现定办结时限 {due}；批准之前仍按这个日期。"

    def clean_wanted_on(self) -> date:
        day: date = self.cleaned_data["wanted_on"]
        if self.matter.due_on is not None and day <= self.matter.due_on:
            raise forms.ValidationError(f"要晚于现在的办结时限 {self.matter.due_on}。")
        return day


class _Answer(MatterForm):
    """An answer to the open request, which stands beside it."""

    rows_template = "matters/extension_asked.html"

    def set_up(self) -> None:
        self.asked = queries.asked_extension(self.matter)


class GrantExtensionForm(_Answer):
    due_on = DayField(label="批准延至", help_text="可以改成别的日期。")
    note = ProseField(label="意见（可不填）", required=False, rows=2)

    def set_up(self) -> None:
        super().set_up()
        due = self.matter.due_on or self.on
        chips = [(f"再加{word}", day) for word, day in due_chips(self.matter.bureau_id, due) if day >= self.on]
        self.offer_days("due_on", earliest=self.on, chips=chips)
        self.initial.setdefault("due_on", self.asked.wanted_on if self.asked else None)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if self.matter.due_on is not None and day <= self.matter.due_on:
            raise forms.ValidationError(f"要晚于现在的办结时限 {self.matter.due_on}；不同意延期请选“不批准延期”。")
        return day


class RefuseExtensionForm(_Answer):
    phrase = PhraseField("仍按原时限办理。", "请增加力量，按期完成。", "理由不充分，请补充后再报。")
    reason = ProseField(label="不批准的理由", rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        return with_phrase(self, super().clean(), "reason", "请写明不批准的理由，或点一句常用语。")

    def words(self) -> dict[str, Any]:
        words = super().words()
        words.pop("phrase")
        return words


class WithdrawExtensionForm(_Answer):
    note = forms.CharField(label="说明（可不填）", max_length=200, required=False)


FORMS: dict[str, type[MatterForm]] = {
    "ask_extension": AskExtensionForm,
    "withdraw_extension": WithdrawExtensionForm,
    "grant_extension": GrantExtensionForm,
    "refuse_extension": RefuseExtensionForm,
}
