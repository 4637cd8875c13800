"""异议 as forms: one point with its ground; who answers; the answer with its correction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.appraisal.forms.base import ActForm, EvidenceField, PickSelect, prose
from luoshi.appraisal.models import Objection
from luoshi.appraisal.queries.objections import WORDS, Point, reviewers_for
from luoshi.appraisal.rules.board_life import WHY_MOST, Effect, PointKind
from luoshi.org.models import User


class ObjectionForm(ActForm):
    """提出异议: one record or one indicator of one's own score, and why."""

    act_label = "提出异议"
    point = forms.ChoiceField(
        label="对哪一项有异议", widget=PickSelect({"data-filter": "输入编号、名称或指标"}),
        help_text="一次一项。记录没有列出来的，选那项指标。",
    )  # fmt: skip
    ground = prose("理由", most=WHY_MOST, help_text="写明应当怎样计、凭什么，如：9月28日已批准延期到10月15日，漏登。")

    def __init__(self, data: Any = None, *, points: Sequence[Point], chosen: str = "", **kwargs: Any) -> None:
        super().__init__(data, initial={"point": chosen}, **kwargs)
        records = [(one.key, f"{one.words}（现在{WORDS[one.good]}）") for one in points if one.kind == PointKind.RECORD]
        others = [(one.key, one.words) for one in points if one.kind == PointKind.INDICATOR]
        self.fields["point"].choices = [("", "请选择"), ("某一件记录", records), ("某一项指标", others)]  # type: ignore[attr-defined]
        self.fields["files"] = EvidenceField()
        self.speak_plainly()


class DesignateForm(ActForm):
    act_label = "指定复核人"
    reviewer = forms.ModelChoiceField(
        User.objects.none(), label="复核人", empty_label="请选择", widget=PickSelect(),
        help_text="没有参加测算、不在提出异议的单位任职的分管领导、核查人、督查组成员或主要领导。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, objection: Objection, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": objection.version, "reviewer": objection.reviewer_id}, **kwargs)
        self.fields["reviewer"].queryset = reviewers_for(objection, on)  # type: ignore[attr-defined]


class AnswerForm(ActForm):
    """答复: upheld with the correction of one record, or rejected; reasons in either case."""

    act_label = "答复异议"
    outcome = forms.ChoiceField(
        label="复核结论", widget=forms.RadioSelect, choices=[("yes", "异议成立，予以更正"), ("no", "异议不成立，维持")]
    )
    correction = forms.ChoiceField(label="更正哪一件记录（成立的填）", required=False, widget=PickSelect())
    effect = forms.ChoiceField(
        label="怎样更正（成立的填）", choices=Effect.choices, required=False, widget=forms.RadioSelect
    )
    said = prose("复核意见", most=WHY_MOST, help_text="写明核实了什么、依据是什么。")

    def __init__(self, data: Any = None, *, objection: Objection, points: Sequence[Point], **kwargs: Any) -> None:
        first = points[0].key if len(points) == 1 else ""
        super().__init__(data, initial={"version": objection.version, "correction": first}, **kwargs)
        told = [(one.key, f"{one.words}（现在{WORDS[one.good]}）") for one in points]
        self.fields["correction"].choices = [("", "请选择"), *told]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == "yes":
            for name, words in (("correction", "异议成立的，请选择更正哪一件记录。"), ("effect", "请选择怎样更正。")):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        return cleaned


class CorrectForm(ActForm):
    """更正 a published board: one record of one unit, and why."""

    act_label = "更正"
    correction = forms.ChoiceField(label="更正哪一件记录", widget=PickSelect({"data-filter": "输入编号、名称或指标"}))
    effect = forms.ChoiceField(label="怎样更正", choices=Effect.choices, widget=forms.RadioSelect)
    reason = prose("更正理由", most=300, rows=2, help_text="写在新的一版上，和原来那版一并保留。")

    def __init__(self, data: Any = None, *, version: int, points: Sequence[Point], **kwargs: Any) -> None:
        super().__init__(data, initial={"version": version}, **kwargs)
        told = [(one.key, f"{one.words}（现在{WORDS[one.good]}）") for one in points]
        self.fields["correction"].choices = [("", "请选择"), *told]  # type: ignore[attr-defined]
