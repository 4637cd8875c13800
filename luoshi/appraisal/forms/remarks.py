"""上级通报 as forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.appraisal.forms.base import ActForm, EvidenceField, PickSelect, day, prose
from luoshi.appraisal.rules.remarking import WORDS_MOST, RemarkKind
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit

OFFERED = 300
"""Matters offered to be linked, the newest first; a page must not grow with the years."""


class RemarkForm(ActForm):
    """登记上级通报: as the document says it."""

    act_label = "登记通报"
    unit = forms.ModelChoiceField(Unit.objects.none(), label="被通报的单位", widget=PickSelect(), empty_label="请选择")
    kind = forms.ChoiceField(label="种类", choices=RemarkKind.choices, widget=forms.RadioSelect)
    issuer = forms.CharField(label="通报单位", max_length=80, help_text="如：县委督查室、市住建局。")
    document = forms.CharField(
        label="通报文件", max_length=160, help_text="文件名称；没有成文的，写明在什么会议上、由谁提出。"
    )
    number = forms.CharField(label="文号（没有不填）", max_length=60, required=False)
    issued_on = day("通报日期")
    said = prose("通报内容", most=WORDS_MOST, help_text="照文件写对本单位说了什么。")
    matter = forms.ModelChoiceField(
        Matter.objects.none(), label="有关的督办事项（没有不选）", required=False, empty_label="没有",
        widget=PickSelect({"data-filter": "输入事项名称或编号"}), help_text="列出最近的300件。",
    )  # fmt: skip
    source_note = forms.CharField(label="出处（不传原件时填）", max_length=200, required=False)

    def __init__(self, data: Any = None, *, bureau: Unit, seen: QuerySet[Matter], on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(data, initial={"issued_on": on}, **kwargs)
        self.fields["unit"].queryset = org.units_of(bureau.pk, on)  # type: ignore[attr-defined]
        newest = list(seen.filter(bureau=bureau).order_by("-pk").values_list("pk", flat=True)[:OFFERED])
        self.fields["matter"].queryset = Matter.objects.filter(pk__in=newest).order_by("-pk")  # type: ignore[attr-defined]
        self.fields["files"] = EvidenceField(label="通报原件（可不传）")
        self.speak_plainly()

    def clean_issued_on(self) -> date:
        told: date = self.cleaned_data["issued_on"]
        if told > self.on:
            raise forms.ValidationError("不能晚于今天。")
        return told

    def words(self) -> dict[str, Any]:
        told = super().words()
        return {**{name: value for name, value in told.items() if name not in ("said", "files")}, "words": told["said"]}
