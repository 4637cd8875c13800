"""跟踪考察 and 推荐 as forms: facts drawn, read, answered and checked; examiners named, their opinion, the decision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.cadres import queries
from luoshi.cadres.forms.base import ActForm, PaperForm, day, prose
from luoshi.cadres.models import FollowUp, Posting, Recommendation
from luoshi.cadres.rules import BODY, EXAMINERS_LEAST, LONG_MOST, Level, Outcome
from luoshi.ui.forms import PickSelect

PLACES = 4
"""Examiners that may be named on the form."""


class StepForm(ActForm):
    """An act that asks nothing but the press of its button."""

    def __init__(self, data: Any = None, *, version: int, act_label: str, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)


class AnswerForm(ActForm):
    act_label = "提交意见"
    said = prose("您的意见", help_text="写明哪里不对、实际是怎样的。")


class SettleForm(ActForm):
    act_label = "登记核实结果"
    upheld = forms.ChoiceField(
        label="核实结果", choices=[("1", "属实，更正"), ("0", "不作更正")], widget=forms.RadioSelect
    )
    said = prose("核实情况", help_text="更正的写明更正为什么；不更正的写明理由。本人看得到。")


class ExaminersForm(ActForm):
    act_label = "指定考察人"

    def __init__(self, data: Any = None, *, follow_up: FollowUp, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": follow_up.version}, **kwargs)
        posting = follow_up.posting
        people = queries.nameable(posting.bureau_id, on).exclude(pk=posting.cadre_id)
        named = list(follow_up.examiners.values_list("person_id", flat=True))
        for place in range(PLACES):
            self.fields[f"person_{place}"] = forms.ModelChoiceField(
                people, label=f"考察人{place + 1}", required=place < EXAMINERS_LEAST, empty_label="请选择",
                initial=named[place] if place < len(named) else None, widget=PickSelect(),
            )  # fmt: skip
        self.speak_plainly()

    @property
    def people(self) -> list[Any]:
        """Whom the form names."""
        told = [self.cleaned_data[f"person_{place}"] for place in range(PLACES)]
        return [one for one in told if one is not None]


class ExamineForm(ActForm):
    act_label = "登记考察意见"
    examined_on = day("考察日期")
    opinion = prose(
        "考察意见", rows=8, most=LONG_MOST, help_text="保密：本人和导师看不到。只写事实依据和看法，不打分。"
    )

    def __init__(self, data: Any = None, *, follow_up: FollowUp, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": follow_up.version, "examined_on": on}, **kwargs)


class ReportForm(ActForm):
    act_label = "登记报告"
    reported_on = day("报告日期")
    body = forms.CharField(label="报告给", max_length=60, initial=BODY)

    def __init__(self, data: Any = None, *, follow_up: FollowUp, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": follow_up.version, "reported_on": on}, **kwargs)


class RecommendForm(ActForm):
    act_label = "提出推荐"
    level = forms.ChoiceField(label="权限", choices=Level.choices, widget=forms.RadioSelect)
    said = prose("推荐意见", rows=2, help_text="如：建议使用为规划建设股副股长人选。")
    reasons = prose("推荐理由", rows=5, most=LONG_MOST, help_text="写清依据哪些事实和考察结果。")

    def __init__(self, data: Any = None, *, posting: Posting, **kwargs: Any) -> None:
        super().__init__(data, initial={"level": Level.SECTION}, **kwargs)


class DecideForm(PaperForm):
    act_label = "登记研究结果"
    outcome = forms.ChoiceField(label="研究结果", choices=Outcome.choices, widget=forms.RadioSelect)
    said = prose("研究意见", rows=2, required=False)

    def __init__(self, data: Any = None, *, rec: Recommendation, on: date, paper: bool, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": rec.version}, **kwargs)
        self.add_paper(bureau_id=rec.posting.bureau_id, on=on, paper=paper)
        if rec.level == Level.ABOVE:
            self.fields["outcome"].help_text = "股级以上由局党委研究后报县里推荐，本局不作任用决定。"
