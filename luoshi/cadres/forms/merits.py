"""实绩 and 能力佐证 as forms: entered, corrected, reviewed, marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.cadres.forms.base import ActForm, EvidenceField, day, person, prose
from luoshi.cadres.models import MeritEntry
from luoshi.cadres.rules import LONG_MOST, TITLE_MOST, Ability
from luoshi.org.models import User


class MeritForm(ActForm):
    """登记实绩, 补充后再报."""

    act_label = "登记实绩"
    happened_on = day("日期")
    title = forms.CharField(label="实绩", max_length=TITLE_MOST, help_text="一句话：做成了什么。")
    said = prose("具体情况", rows=4, most=LONG_MOST, help_text="怎样做的，结果怎样。学习天数、登录次数等不算实绩。")
    basis = forms.CharField(
        label="凭据", max_length=200, required=False, help_text="如：县政府通报、验收意见的名称文号。"
    )

    def __init__(
        self, data: Any = None, *, on: date, people: QuerySet[User] | None = None, whose: User | None = None,
        entry: MeritEntry | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.on = on
        initial: dict[str, Any] = {"happened_on": on}
        if entry is not None:
            self.act_label = "补充后再报"
            initial = {"happened_on": entry.happened_on, "title": entry.title, "said": entry.words,
                       "basis": entry.basis, "version": entry.version}  # fmt: skip
        super().__init__(data, initial=initial, **kwargs)
        if people is not None:
            self.fields["person"] = person("干部", people, initial=whose.pk if whose else None)
            self.order_fields(["person"])
        if entry is None:
            self.fields["abilities"] = forms.MultipleChoiceField(
                label="体现哪种能力（可不选）",
                choices=Ability.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["files"] = EvidenceField()
        self.speak_plainly()

    def clean_happened_on(self) -> date:
        told: date = self.cleaned_data["happened_on"]
        if told > self.on:
            raise forms.ValidationError("不能晚于今天。")
        return told

    def words(self) -> dict[str, Any]:
        told = super().words()
        told.pop("files", None)
        told.pop("person", None)
        words = told.pop("said")
        return {**told, "words": words}


class ReviewForm(ActForm):
    act_label = "审核入档"
    note = prose("审核意见", rows=2, required=False)

    def __init__(self, data: Any = None, *, version: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": version}, **kwargs)


class TagForm(ActForm):
    """标能力: which record shows which ability."""

    act_label = "标注"
    ability = forms.ChoiceField(label="能力", choices=Ability.choices, widget=forms.RadioSelect)
    note = prose("体现在哪里", rows=2, required=False)

    def __init__(
        self, data: Any = None, *, choices: Sequence[tuple[str, str]], ability: str = "", **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"ability": ability}, **kwargs)
        self.fields["source"] = forms.ChoiceField(label="哪一条记录", choices=[("", "请选择"), *choices])
        self.order_fields(["source", "ability", "note"])
        self.speak_plainly()
