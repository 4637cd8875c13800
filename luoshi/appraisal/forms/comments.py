"""点评, 回应, 列为改进项 as forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.appraisal.forms.base import ActForm, PickSelect, day, prose
from luoshi.appraisal.models import Score
from luoshi.appraisal.queries import comments as queries
from luoshi.appraisal.rules.comments import TITLE_MOST, WORDS_MOST, items
from luoshi.appraisal.services.comments import Plan
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit, User


def point_choices(score: Score | None) -> list[tuple[str, str]]:
    """The indicators of a score as a list offers them, the weakest first; what had nothing to count is left out."""
    found = [one for one in items(score.basis) if one.value is not None] if score is not None else []
    return [(one.key, one.words) for one in sorted(found, key=lambda one: (one.value or 0, one.key))]


class CommentForm(ActForm):
    """点评: the words; whom it is about is the page's unit, who says it is whoever is logged in."""

    act_label = "点评"
    said = prose("点评内容", most=WORDS_MOST, rows=4, help_text="看到什么、要怎样改进，两三句即可。单位可以回应。")
    point = forms.ChoiceField(label="针对哪项指标（不针对的不选）", required=False)
    matter = forms.ModelChoiceField(
        Matter.objects.none(), label="针对哪件事项（不针对的不选）", required=False, empty_label="没有",
        widget=PickSelect({"data-filter": "输入事项名称或编号"}),
    )  # fmt: skip
    said_by = forms.ModelChoiceField(User.objects.none(), label="点评人", widget=PickSelect(), empty_label=None)
    said_on = day("点评日期")

    def __init__(
        self, data: Any = None, *, unit: Unit, seen: Any, on: date, by: User, speakers: Any, **kwargs: Any
    ) -> None:
        self.score = queries.latest_score(unit)
        super().__init__(data, initial={"said_by": by.pk, "said_on": on}, **kwargs)
        points = point_choices(self.score)
        self.fields["point"].choices = [("", "没有"), *points]  # type: ignore[attr-defined]
        if self.score is not None and points:
            self.fields["point"].help_text = f"{self.score.board.quarter_of}的得分，由低到高列出。"
        else:
            del self.fields["point"]
        self.fields["matter"].queryset = queries.matters_to_name(unit, seen)  # type: ignore[attr-defined]
        if speakers is None:
            del self.fields["said_by"]
        else:
            self.fields["said_by"].queryset = speakers  # type: ignore[attr-defined]
            self.fields["said_by"].help_text = "替领导登记口头、书面点评的，选领导本人。"
        self.speak_plainly()

    def words(self) -> dict[str, Any]:
        told = super().words()
        found = {name: value for name, value in told.items() if name != "said"} | {"words": told["said"]}
        return found | {"score": self.score if found.get("point") else None}


class AnswerForm(ActForm):
    """回应点评: once, in the unit's own words."""

    act_label = "回应"
    answer = prose("回应", most=WORDS_MOST, help_text="怎样看、准备怎样做。登记后不能修改。")

    def __init__(self, data: Any = None, *, version: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": version}, **kwargs)


class ImproveForm(ActForm):
    """列为改进项: one line; the rest of the work is told in the ledger, where the unit may also write it."""

    act_label = "列为改进项"
    title = forms.CharField(label="要改进什么", max_length=TITLE_MOST, help_text="一句话；会登记到问题台账。")
    due_on = day("整改时限（可由单位定措施时再定）", required=False)
    cause = prose("原因（可由单位填）", rows=2, required=False)
    measure = prose("措施（可由单位填）", rows=2, required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(), label="责任人（不定的不选）", required=False, widget=PickSelect(), empty_label="未定"
    )

    def __init__(
        self, data: Any = None, *, unit: Unit, title: str, on: date, due_on: date | None = None, cause: str = "",
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"title": title[:TITLE_MOST], "due_on": due_on, "cause": cause}, **kwargs)
        self.on = on
        self.fields["owner"].queryset = org.people_of([unit.pk], on)  # type: ignore[attr-defined]
        self.speak_plainly()

    def clean_due_on(self) -> date | None:
        told: date | None = self.cleaned_data["due_on"]
        if told is not None and told < self.on:
            raise forms.ValidationError("不能早于今天。")
        return told

    def plan(self) -> Plan:
        return Plan(**self.words())


class BelowForm(forms.Form):
    """Below how many points an indicator is listed: what people choose, nothing by itself."""

    below = forms.IntegerField(min_value=1, max_value=100, required=False, label="低于多少分")

    @classmethod
    def asked(cls, query: Any) -> int | None:
        """The number asked for, or None."""
        form = cls(query)
        return form.cleaned_data["below"] if form.is_valid() else None
