"""表扬奖励 as forms: proposed, put on notice, objected to, answered, decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.cadres import queries
from luoshi.cadres.forms.base import ActForm, EvidenceField, PaperForm, PickSelect, day, person, prose
from luoshi.cadres.forms.postings import newest
from luoshi.cadres.models import Commendation, MeritEntry
from luoshi.cadres.rules import LONG_MOST, TITLE_MOST, CommendKind, MeritState
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit
from luoshi.problems.models import Problem

__all__ = ["ApproveForm", "CommendForm", "ObjectForm", "day"]


class CommendForm(ActForm):
    """提出: whom, for what, on which records; at least one of them."""

    act_label = "提出"
    kind = forms.ChoiceField(label="类别", choices=CommendKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label="事由", max_length=TITLE_MOST, help_text="如：老旧小区改造专班攻坚有力。")
    reasons = prose("事迹", rows=5, most=LONG_MOST, help_text="写事实和结果；绩效奖励建议不写金额。")

    def __init__(
        self, data: Any = None, *, bureau: Unit, on: date, merits: QuerySet[MeritEntry], matters: QuerySet[Matter],
        problems: QuerySet[Problem], but: int, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"kind": CommendKind.PRAISE}, **kwargs)
        people = queries.nameable(bureau.pk, on).exclude(pk=but)
        self.fields["person"] = person("表扬个人", people, required=False, empty_label="不是个人")
        self.fields["unit"] = forms.ModelChoiceField(
            org.units_of(bureau.pk, on), label="表扬单位", required=False, empty_label="不是单位"
        )
        kept = merits.filter(bureau=bureau, state=MeritState.KEPT)
        for name, label, model, rows in (
            ("merit", "凭据：实绩", MeritEntry, kept),
            ("matter", "凭据：督办事项", Matter, matters.filter(bureau=bureau, number__isnull=False)),
            ("problem", "凭据：问题", Problem, problems.filter(bureau=bureau)),
        ):
            self.fields[name] = forms.ModelChoiceField(
                newest(model, rows), label=label, required=False, empty_label="不选",
                widget=PickSelect({"data-filter": "输入名称或编号"}),
            )  # fmt: skip
        self.fields["files"] = EvidenceField()
        self.order_fields(["kind", "person", "unit", "title", "reasons", "merit", "matter", "problem", "files"])
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if bool(cleaned.get("person")) == bool(cleaned.get("unit")) and not self.errors:
            self.add_error("person", "请选择一名个人，或一个单位，二者选一。")
        if not any(cleaned.get(one) for one in ("merit", "matter", "problem")) and not self.staged:
            self.add_error("merit", "请至少选一条凭据，或上传材料。")
        return cleaned


class ObjectForm(ActForm):
    act_label = "提出异议"
    said = prose("异议内容", rows=4, help_text="写明哪里不实、依据什么。只有局办公室和主要领导看得到是谁提的。")


class ApproveForm(PaperForm):
    act_label = "登记决定"
    agreed = forms.ChoiceField(label="结果", choices=[("1", "同意"), ("0", "不通过")], widget=forms.RadioSelect)
    said = prose("决定意见", rows=2, required=False, help_text="不通过的写明理由。")

    def __init__(self, data: Any = None, *, commendation: Commendation, on: date, paper: bool, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": commendation.version}, **kwargs)
        self.add_paper(bureau_id=commendation.bureau_id, on=on, paper=paper)

    def words(self) -> dict[str, Any]:
        told = super().words()
        return {**told, "agreed": told["agreed"] == "1"}
