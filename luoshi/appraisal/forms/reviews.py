"""年底工作评议 as forms: drawn up in rows, raters ticked, a whole group's units on one ballot, objections, approval."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from luoshi.appraisal.forms.base import ActForm, EvidenceField, day, prose
from luoshi.appraisal.models import RaterGroup, Review, ReviewItem, YearObjection
from luoshi.appraisal.rules.reviews import ITEMS_MOST, UNKNOWN, Grade, PartKey
from luoshi.appraisal.services.deciding import Paper
from luoshi.appraisal.services.reviews import GroupWords, Words
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty

ITEMS = (("工作成效", 40), ("服务群众、办事效率", 20), ("协作配合", 20), ("作风纪律", 20))
GROUPS = (("局领导班子", 60, 3), ("单位互评", 40, 3))
"""What stands in a new review before anything is typed."""
GROUPS_MOST = 5
GRADES = [("", "—"), *Grade.choices, (UNKNOWN, "不了解")]


def _number(label: str, *, most: int = 100, **kwargs: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=0, max_value=most, **kwargs)
    field.widget.attrs |= {"aria-label": label, "inputmode": "numeric"}
    return field


def _line(label: str, most: int) -> forms.CharField:
    field = forms.CharField(label=label, max_length=most, required=False)
    field.widget.attrs["aria-label"] = label
    return field


class ReviewForm(ActForm):
    """起草, 修改: the shares, the items with points, the groups with weights; whatever is usual is filled in."""

    title = forms.CharField(label="评议名称", max_length=120)
    quarters = _number("季度考评占比")
    evaluation = _number("评议得分占比")
    campaign = _number("专项活动占比", help_text="按到期问题的按期销号率算。三项合计100，学习时间不计入。")
    late_reason = prose("年度开始后才定占比的理由", most=300, rows=2, required=False)

    def __init__(
        self, data: Any = None, *, year: int, on: date, review: Review | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        self.act_label = "保存修改" if review is not None else "存为草稿"
        initial: dict[str, Any] = {"title": f"{year}年度工作评议", "quarters": 50, "evaluation": 30, "campaign": 20}
        items, groups = list(ITEMS), list(GROUPS)
        if review is not None:
            initial = {"title": review.title, "quarters": review.quarters_share, "version": review.version,
                       "evaluation": review.evaluation_share, "campaign": review.campaign_share,
                       "late_reason": review.late_reason}  # fmt: skip
            items = [(one.words, one.points) for one in review.items.order_by("order")]
            groups = [(one.name, one.weight, one.least) for one in review.groups.order_by("order")]
        super().__init__(data, initial=initial, **kwargs)
        if on.year < year:
            del self.fields["late_reason"]
        else:
            self.fields["late_reason"].required = True
        self._rows("item", ("words", "points"), items, ITEMS_MOST)
        self._rows("group", ("name", "weight", "least"), groups, GROUPS_MOST)
        self.speak_plainly()

    def _rows(self, kind: str, names: Sequence[str], filled: Sequence[Sequence[Any]], most: int) -> None:
        labels = {"words": "评议内容", "points": "分值", "name": "评议组", "weight": "权重", "least": "最少有效票"}
        for place in range(most):
            values = filled[place] if place < len(filled) else [None] * len(names)
            for name, value in zip(names, values, strict=True):
                label = f"第{place + 1}行{labels[name]}"
                text = name in ("words", "name")
                field = _line(label, 60 if name == "words" else 40) if text else _number(label, required=False)
                field.initial = value
                self.fields[f"{kind}_{name}_{place}"] = field

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields above the rows."""
        names = ("title", "quarters", "evaluation", "campaign", "late_reason")
        return [self[name] for name in names if name in self.fields]

    def cells(self, kind: str, names: Sequence[str], most: int) -> list[dict[str, Any]]:
        """Rows of bound fields; one that is empty folds away."""
        rows = [[self[f"{kind}_{name}_{place}"] for name in names] for place in range(most)]
        return [{"cells": row, "blank": not any(one.value() for one in row)} for row in rows]

    @property
    def items(self) -> list[dict[str, Any]]:
        return self.cells("item", ("words", "points"), ITEMS_MOST)

    @property
    def groups(self) -> list[dict[str, Any]]:
        return self.cells("group", ("name", "weight", "least"), GROUPS_MOST)

    @property
    def told(self) -> Words:
        """The review as it is written; rows left empty do not count."""
        data = self.cleaned_data
        items = [(data[f"item_words_{n}"], data[f"item_points_{n}"] or 0) for n in range(ITEMS_MOST)]
        groups = [
            GroupWords(data[f"group_name_{n}"], data[f"group_weight_{n}"] or 0, data[f"group_least_{n}"] or 3)
            for n in range(GROUPS_MOST)
        ]
        return Words(
            title=data["title"], shares=(data["quarters"], data["evaluation"], data["campaign"]),
            items=[one for one in items if one[0] or one[1]],
            groups=[one for one in groups if one.name or one.weight], late_reason=data.get("late_reason", ""),
        )  # fmt: skip


class RatersForm(ActForm):
    """确定评议人 of one group: ticks, by unit; who sits in another group is not offered."""

    act_label = "确定评议人"
    people = forms.ModelMultipleChoiceField(
        User.objects.none(), label="评议人", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="本人所在单位不出现在他的评议票上。",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, review: Review, group: RaterGroup, people: Any, **kwargs: Any
    ) -> None:  # fmt: skip
        chosen = list(group.raters.values_list("person_id", flat=True))
        super().__init__(data, initial={"version": review.version, "people": chosen}, **kwargs)
        elsewhere = review.raters.exclude(group=group).values("person_id")
        self.fields["people"].queryset = people.exclude(pk__in=elsewhere)  # type: ignore[attr-defined]


class BeginForm(ActForm):
    """开始评议."""

    act_label = "开始评议"
    closes_on = day("截止日期", help_text="到这天24时。")

    def __init__(self, data: Any = None, *, review: Review, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": review.version, "closes_on": on + timedelta(days=7)}, **kwargs)


class BallotForm(ActForm):
    """评议票: a row for each unit, empty to begin with; one choice for all items, or item by item.

    `salt` makes the digest that guards against a second sending say nothing of what was chosen.
    """

    salt = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, data: Any = None, *, units: Sequence[Unit], items: Sequence[ReviewItem], version: int, again: bool,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.act_label = "重新交票" if again else "交票"
        self.units, self.items = list(units), list(items)
        super().__init__(data, initial={"version": version, "salt": secrets.token_hex(16)}, **kwargs)
        for unit in self.units:
            self._choice(f"all_{unit.pk}", f"{unit}总体")
            for item in self.items:
                self._choice(f"item_{unit.pk}_{item.order}", f"{unit}{item.words}")

    def _choice(self, name: str, label: str) -> None:
        field = forms.ChoiceField(label=label, choices=GRADES, required=False)
        field.widget.attrs["aria-label"] = label
        self.fields[name] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each unit with its field for all items and those item by item."""
        return [
            {"unit": unit, "all": self[f"all_{unit.pk}"], "named": any(
                self[f"item_{unit.pk}_{item.order}"].value() for item in self.items),
             "items": [(item, self[f"item_{unit.pk}_{item.order}"]) for item in self.items]}
            for unit in self.units
        ]  # fmt: skip

    @property
    def marks(self) -> dict[int, dict[str, str]]:
        """Unit → item's place → grade; a choice item by item goes before the one for all."""
        found: dict[int, dict[str, str]] = {}
        for unit in self.units:
            whole = self.cleaned_data.get(f"all_{unit.pk}", "")
            row = {str(one.order): self.cleaned_data.get(f"item_{unit.pk}_{one.order}", "") or whole
                   for one in self.items}  # fmt: skip
            told = {place: grade for place, grade in row.items() if grade}
            if told:
                found[unit.pk] = told
        return found


class CloseForm(ActForm):
    """截止并计算; before the day, with the reason."""

    act_label = "截止并计算"

    def __init__(self, data: Any = None, *, review: Review, early: bool, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": review.version}, **kwargs)
        if early:
            self.fields["reason"] = prose("提前截止的理由", most=200, rows=2)
            self.speak_plainly()


class ShowForm(ActForm):
    """公示, with what people propose to make of the result."""

    act_label = "公示"
    proposals = prose("奖惩建议（可不填）", most=1000, rows=4, required=False,
                      help_text="只是建议，由局党委研究决定；名次靠后本身不是处理理由。")  # fmt: skip

    def __init__(self, data: Any = None, *, review: Review, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": review.version, "proposals": review.proposals}, **kwargs)


class ObjectForm(ActForm):
    """提出异议, to one part of one's own result."""

    act_label = "提出异议"
    point = forms.ChoiceField(label="对哪一部分", choices=PartKey.choices, widget=forms.RadioSelect)
    said = prose("哪里不对，实际情况是什么")


class OpinionForm(ActForm):
    """提出意见, while names are shown."""

    act_label = "提出意见"
    said = prose("意见和事实", help_text="写明事实，便于核实。")


class AnswerForm(ActForm):
    """答复: upheld or not, in words; where a figure was wrong, what it is."""

    act_label = "答复"
    upheld = forms.ChoiceField(label="核实结果", choices=[("yes", "成立"), ("no", "不成立")], widget=forms.RadioSelect)
    answer = prose("核实情况和答复")

    def __init__(self, data: Any = None, *, objection: YearObjection, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": objection.version}, **kwargs)
        if objection.point in (PartKey.QUARTERS, PartKey.CAMPAIGN):
            self.fields["corrected_to"] = forms.DecimalField(
                label=f"{objection.get_point_display()}更正为（不改可不填）", required=False, max_digits=5,
                decimal_places=2, min_value=0, max_value=100,
            )  # fmt: skip
            self.speak_plainly()

    @property
    def told(self) -> dict[str, Any]:
        data = self.cleaned_data
        corrected: Decimal | None = data.get("corrected_to")
        return {"upheld": data["upheld"] == "yes", "answer": data["answer"], "corrected_to": corrected}


class PaperForm(ActForm):
    """A decision of the body: who, when, where it stands; 主要领导 finds himself and today filled in."""

    body = forms.CharField(label="审定机构", max_length=60, initial="局党委")
    decided_by = forms.ModelChoiceField(User.objects.none(), label="审定人", empty_label=None)
    decided_on = day("审定日期")
    source_note = forms.CharField(
        label="审定出处", max_length=200, required=False, help_text="如：局党委会纪要第30期。上传了纪要的可不填。"
    )
    minutes = EvidenceField(label="会议纪要（可不传）")

    def __init__(
        self, data: Any = None, *, bureau_id: int, on: date, version: int, act_label: str, **kwargs: Any
    ) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version, "decided_on": on}, **kwargs)
        self.fields["decided_by"].queryset = org.holders(Duty.CHIEF, bureau_id, on)  # type: ignore[attr-defined]

    @property
    def paper(self) -> Paper:
        data = self.cleaned_data
        return Paper(data["body"], data["decided_by"], data["decided_on"], data["source_note"], self.staged)


class DecideForm(PaperForm):
    """决定优秀名单: who of those shown, and the body's paper. Nobody is ticked beforehand."""

    chosen = forms.MultipleChoiceField(
        label="确定为优秀", widget=forms.CheckboxSelectMultiple, required=False,
        help_text="照会议决定勾选；没有勾选的，为未确定。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["chosen"].choices = [(str(pk), words) for pk, words in people]  # type: ignore[attr-defined]
        self.order_fields(["chosen"])

    @property
    def picked(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["chosen"]]
