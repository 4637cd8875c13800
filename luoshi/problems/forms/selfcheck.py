"""个人问题清单 as forms: the list on one page, six kinds, one sentence, one measure and one date an item."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.org.models import Unit, User
from luoshi.problems.models import Problem, SelfCheck, Suggestion
from luoshi.problems.queries import selfcheck as queries
from luoshi.problems.rules import Channel, StyleKind
from luoshi.problems.rules.selfcheck import HELP, HINTS, MEASURE_MOST, TITLE_MOST, usual_date
from luoshi.problems.services.selfcheck import ItemWords
from luoshi.ui.forms import ActForm, DayInput, PickSelect

BLANKS = 2
"""Empty rows offered under each kind; saving offers two more."""


@dataclass(slots=True)
class Row:
    """One row of a kind: its fields, and what it is about (an item, something brought up, or empty)."""

    key: str
    kind: str
    item: Problem | None = None
    told: Suggestion | None = None
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def nth(self) -> str:
        return self.key[-1]


@dataclass(slots=True)
class Part:
    """One of the six kinds on the page."""

    kind: str
    label: str
    hint: str
    none: Any
    rows: list[Row]
    blanks: list[Row]

    @property
    def opened(self) -> bool:
        """Whether the empty rows are shown: something was typed into them."""
        return any(one.errors or (one.form.is_bound and one.value()) for row in self.blanks for one in _typed(row))


def _typed(row: Row) -> list[Any]:
    return [row.fields[name] for name in ("title", "measure")]


class FillForm(ActForm):
    """填写清单: rows of the items there are, of what others brought up, and empty ones; or 没有此类问题."""

    act_label = "提交审核"

    def __init__(self, data: Any = None, *, check: SelfCheck, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": check.version}, **kwargs)
        self.check, self.on = check, on
        self.submits = bool(data) and data.get("act") != "save"
        parts = queries.parts_by_kind(check)
        told = list(queries.open_suggestions(check))
        self._parts: list[tuple[str, str, list[Row], list[Row]]] = []
        for part in parts:
            self.fields[f"none-{part.kind}"] = forms.BooleanField(
                label="没有此类问题", required=False, initial=part.none
            )
            rows = [self._row(f"i{one.pk}", part.kind, item=one) for one in part.items]
            rows += [self._row(f"s{one.pk}", part.kind, told=one) for one in told if one.kind == part.kind]
            blanks = [self._row(f"n{part.kind}{at}", part.kind) for at in range(BLANKS)]
            self._parts.append((part.kind, part.label, rows, blanks))
        self.speak_plainly()
        for *_, rows, blanks in self._parts:
            for row in [*rows, *blanks]:
                for name in row.fields:
                    row.fields[name] = self[f"{name}-{row.key}"]

    def _row(self, key: str, kind: str, *, item: Problem | None = None, told: Suggestion | None = None) -> Row:
        due = item.due_on if item is not None else usual_date(self.on)
        title = item.title if item is not None else told.words if told is not None else ""
        made: dict[str, forms.Field] = {
            "title": forms.CharField(
                label="问题（一句话）", max_length=TITLE_MOST, initial=title,
                required=False,
            ),
            "measure": forms.CharField(
                label="整改措施", max_length=MEASURE_MOST, widget=forms.Textarea(attrs={"rows": 2}),
                initial=item.measure if item else "", required=False,
            ),
            "due": forms.DateField(label="整改时限", widget=DayInput(), initial=due, required=False),
        }  # fmt: skip
        if told is None:
            made["channel"] = forms.ChoiceField(
                label="怎么找到的",
                choices=Channel.choices,
                initial=item.channel if item else Channel.SELF,
                required=False,
            )
        else:
            made["decline"] = forms.CharField(label="不列入的，写一句理由", max_length=TITLE_MOST, required=False)
        for name, one in made.items():
            self.fields[f"{name}-{key}"] = one
        return Row(key, kind, item, told, dict.fromkeys(made))

    @property
    def parts(self) -> list[Part]:
        """The six kinds as the template draws them."""
        return [
            Part(kind, label, HINTS[kind], self[f"none-{kind}"], rows, blanks)
            for kind, label, rows, blanks in self._parts
        ]

    def _told(self, row: Row, name: str) -> Any:
        return self.cleaned_data.get(f"{name}-{row.key}") or ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for kind, label, rows, blanks in self._parts:
            kept = [row for row in [*rows, *blanks] if self._kept(row)]
            for row in kept:
                self._check(row)
            if kept and self.fields[f"none-{kind}"].initial:
                cleaned[f"none-{kind}"] = False  # ticked at an earlier time; what is written now holds
            if cleaned.get(f"none-{kind}") and kept:
                self.add_error(f"none-{kind}", f"“{label}”写了问题又勾了“没有此类问题”，请留一样。")
            elif self.submits and not cleaned.get(f"none-{kind}") and not kept:
                self.add_error(f"none-{kind}", f"“{label}”还没有查摆：写出问题，没有的勾“没有此类问题”。")
            if self.submits:
                for row in rows:
                    if row.told is not None and row not in kept and not self._told(row, "decline"):
                        self.add_error(f"decline-{row.key}", "请写整改措施列入清单，或写明不列入的理由。")
        return cleaned

    def _kept(self, row: Row) -> bool:
        """Whether a row stands on the list: something is written in it, and it is not declined."""
        title, measure = self._told(row, "title"), self._told(row, "measure")
        if row.told is not None:
            return bool(measure) and not self._told(row, "decline")
        return bool(title or measure)

    def _check(self, row: Row) -> None:
        if not self._told(row, "title"):
            self.add_error(f"title-{row.key}", "写了措施还没有写问题；要去掉这一项，请把措施也清空。")
        if self.submits and not self._told(row, "measure"):
            self.add_error(f"measure-{row.key}", "请写整改措施。")
        due = self.cleaned_data.get(f"due-{row.key}")
        if due is None:
            if self.submits and f"due-{row.key}" not in self.errors:
                self.add_error(f"due-{row.key}", "请写整改时限。")
        elif due < self.on and (row.item is None or row.item.due_on != due):
            self.add_error(f"due-{row.key}", f"整改时限不能早于今天（{self.on}）。")

    def words(self) -> dict[str, Any]:
        rows = []
        for kind, _, told, blanks in self._parts:
            for row in [*told, *blanks]:
                if row.item is not None or self._kept(row) or self._told(row, "decline"):
                    rows.append(self._item(kind, row))
        none = [kind for kind in StyleKind.values if self.cleaned_data.get(f"none-{kind}")]
        return {"rows": rows, "none": none, "submit": self.submits}

    def _item(self, kind: str, row: Row) -> ItemWords:
        return ItemWords(
            kind=kind,
            title=self._told(row, "title"),
            measure=self._told(row, "measure"),
            due_on=self.cleaned_data.get(f"due-{row.key}"),
            channel=self._told(row, "channel") or Channel.SELF,
            item=row.item.pk if row.item else None,
            suggestion=row.told.pk if row.told else None,
            decline=self._told(row, "decline"),
        )


class AddItemForm(ActForm):
    """补充一项, perhaps what somebody else brought up."""

    act_label = "补充到清单"
    kind = forms.ChoiceField(label="哪一类", choices=[("", "请选择"), *StyleKind.choices])
    title = forms.CharField(label="问题（一句话）", max_length=TITLE_MOST)
    measure = forms.CharField(label="整改措施", max_length=MEASURE_MOST, widget=forms.Textarea(attrs={"rows": 3}))
    due = forms.DateField(label="整改时限", widget=DayInput())
    channel = forms.ChoiceField(label="怎么找到的", choices=Channel.choices, initial=Channel.SELF)

    def __init__(
        self, data: Any = None, *, check: SelfCheck, on: date, told: Suggestion | None = None, **kwargs: Any
    ) -> None:
        self.on, self.told = on, told
        initial: dict[str, Any] = {"version": check.version, "due": usual_date(on)}
        if told is not None:
            initial |= {"kind": told.kind, "title": told.words}
        super().__init__(data, initial=initial, **kwargs)
        if told is not None:
            del self.fields["channel"]

    def clean_due(self) -> date:
        day: date = self.cleaned_data["due"]
        if day < self.on:
            raise forms.ValidationError(f"整改时限不能早于今天（{self.on}）。")
        return day

    def row(self) -> ItemWords:
        told = self.cleaned_data
        return ItemWords(
            kind=told["kind"], title=told["title"], measure=told["measure"], due_on=told["due"],
            channel=told.get("channel") or Channel.SELF, suggestion=self.told.pk if self.told else None,
        )  # fmt: skip


class ReasonForm(ActForm):
    """One sentence of reason: 退回清单, 不列入."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, act_label: str, label: str, version: int, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)
        self.fields["reason"].label = label


class JustForm(ActForm):
    """An act without words: accept, take back."""

    def __init__(self, data: Any = None, *, act_label: str, version: int, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)


class SuggestForm(ActForm):
    """给同事提一条."""

    act_label = "送给本人"
    check_list = forms.ModelChoiceField(
        SelfCheck.objects.none(), label="提给谁", widget=PickSelect, empty_label="请选择"
    )
    kind = forms.ChoiceField(label="哪一类", choices=[("", "请选择"), *StyleKind.choices])
    words_said = forms.CharField(
        label="看到了什么", max_length=TITLE_MOST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="对事不对人，写具体的事。只有本人和审核人看得到，不显示您的名字。",
    )  # fmt: skip
    channel = forms.ChoiceField(label="渠道", choices=[], initial=Channel.PEER)

    def __init__(self, data: Any = None, *, lists: QuerySet[SelfCheck], organisation: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        picks: Any = self.fields["check_list"]
        picks.queryset = lists
        picks.label_from_instance = lambda one: str(one.person)
        channels = [one for one in HELP if organisation or one != Channel.ORGANISATION]
        choices: Any = self.fields["channel"]
        choices.choices = [(one.value, one.label) for one in channels]


class PublishItemForm(ActForm):
    """转入问题台账: in words that everybody may read."""

    act_label = "转入问题台账"
    title = forms.CharField(label="问题（公开的说法）", max_length=TITLE_MOST)
    detail = forms.CharField(
        label="具体表现（可不填）", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任单位", required=False, empty_label="只由我本人整改")

    def __init__(self, data: Any = None, *, item: Problem, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(data, initial={"version": item.version, "title": item.title}, **kwargs)
        picks: Any = self.fields["unit"]
        picks.queryset = units


class ReviewerForm(ActForm):
    """指定审核人."""

    act_label = "指定审核人"
    check_list = forms.ModelChoiceField(
        SelfCheck.objects.none(), label="谁的清单", widget=PickSelect, empty_label="请选择"
    )
    reviewer = forms.ModelChoiceField(User.objects.none(), label="审核人", widget=PickSelect, empty_label="请选择")

    def __init__(
        self, data: Any = None, *, lists: QuerySet[SelfCheck], people: QuerySet[User], first: int | None, **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"check_list": first}, **kwargs)
        picks: Any = self.fields["check_list"]
        picks.queryset = lists
        picks.label_from_instance = lambda one: (
            f"{one.person}（现在：{one.reviewer or '没有审核人'}，{one.get_state_display()}）"
        )
        people_field: Any = self.fields["reviewer"]
        people_field.queryset = people

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check, reviewer = cleaned.get("check_list"), cleaned.get("reviewer")
        if check is not None and reviewer is not None and check.person_id == reviewer.pk:
            self.add_error("reviewer", "自己的清单不能由自己审核。")
        return cleaned
