"""承诺 as forms: drafted, sent, decided, amended, kept, judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.commitments import queries
from luoshi.commitments.forms.base import ActForm, EvidenceField, PaperForm, Rows, choose, day, prose
from luoshi.commitments.models import Commitment, Promise
from luoshi.commitments.rules import WORDS_MOST, Outcome
from luoshi.commitments.services import Words
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.ui.forms import PickSelect

OFFERED = 300
"""Matters offered to be linked, the newest first; a page must not grow with the years."""


class CommitmentForm(Rows, ActForm):
    """起草, 修改: who (where the office writes), the phone, and a row for each promise."""

    act_label = "存为草稿"
    phone = forms.CharField(label="监督电话", max_length=40)

    def __init__(
        self, data: Any = None, *, bureau: Unit, year: int, people: Sequence[User] = (),
        commitment: Commitment | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.year, self.people = year, {str(one.pk): one for one in people}
        standing = list(commitment.promises.all()) if commitment is not None else []
        initial: dict[str, Any] = {"phone": commitment.phone if commitment else queries.phone_of(bureau.pk)}
        if commitment is not None:
            self.act_label = "保存修改"
            initial["version"] = commitment.version
        super().__init__(data, initial={**initial, **(kwargs.pop("initial", None) or {})}, **kwargs)
        if commitment is None and len(people) > 1:
            self.fields["person"] = forms.ChoiceField(label="承诺人", choices=[("", "请选择"), *choose(people)])
            self.order_fields(["person", "phone"])
        self.used = self.places(len(standing))
        for place in self.used:
            self._add_row(place, standing[place] if place < len(standing) else None)
        self.speak_plainly()

    def _add_row(self, place: int, promise: Promise | None) -> None:
        name = f"第{place + 1}条"
        area = lambda hint: forms.Textarea(attrs={"rows": 2, "placeholder": hint})
        told = {
            "words": forms.CharField(
                label=f"{name}承诺事项", max_length=WORDS_MOST, required=False, widget=area("做什么")
            ),
            "measure": forms.CharField(
                label=f"{name}完成标志", max_length=WORDS_MOST, required=False, widget=area("怎样算做到")
            ),
            "due": day(f"{name}时限", required=False),
        }
        for key, field in told.items():
            field.widget.attrs["aria-label"] = field.label
            self.fields[f"{key}_{place}"] = field
        told["due"].widget.attrs["max"] = f"{self.year}-12-31"
        if promise is not None:
            was = {"words": promise.words, "measure": promise.measure, "due": promise.due_on}
            self.initial.update({f"{key}_{place}": value for key, value in was.items()})

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields above the rows."""
        return [self[name] for name in ("person", "phone") if name in self.fields]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows with their bound fields."""
        found = []
        for place in self.used:
            cells = {key: self[f"{key}_{place}"] for key in ("words", "measure", "due")}
            found.append({**cells, "place": place + 1, "blank": not any(one.value() for one in cells.values())})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        found: list[Words] = []
        for place in self.used:
            words = (cleaned.get(f"words_{place}") or "").strip()
            measure = (cleaned.get(f"measure_{place}") or "").strip()
            due = cleaned.get(f"due_{place}")
            if not (words or measure or due) and not any(f"{key}_{place}" in self.errors for key in ("words", "due")):
                continue
            for key, value, missing in (("words", words, "请写明做什么。"), ("measure", measure, "请写明怎样算做到。"),
                                        ("due", due, "请填写时限。")):  # fmt: skip
                if not value and f"{key}_{place}" not in self.errors:
                    self.add_error(f"{key}_{place}", missing)
            found.append(Words(words, measure, due))
        if not found:
            self.add_error("words_0", "至少写一条承诺。")
        cleaned["promises"] = found
        return cleaned

    def words(self) -> dict[str, Any]:
        return {"promises": self.cleaned_data["promises"], "phone": self.cleaned_data["phone"]}

    @property
    def person(self) -> User:
        """Whose promises they are."""
        chosen = self.cleaned_data.get("person") if "person" in self.fields else next(iter(self.people))
        return self.people[str(chosen)]


class SubmitForm(ActForm):
    act_label = "送审"

    def __init__(self, data: Any = None, *, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": commitment.version}, **kwargs)


class ReasonForm(ActForm):
    """退回, 作废: only why."""

    reason = prose("理由", most=300, rows=2)

    def __init__(self, data: Any = None, *, version: int | None, label: str, act_label: str, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": version}, **kwargs)
        self.fields["reason"].label = label


class PublishForm(PaperForm):
    act_label = "公示"

    def __init__(self, data: Any = None, *, commitment: Commitment, on: date, paper: bool, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": commitment.version}, **kwargs)
        self.add_paper(bureau_id=commitment.bureau_id, on=on, paper=paper)


class AmendForm(PaperForm):
    """变更承诺: the words as they stand, ready to be changed; or the end of the promise."""

    act_label = "登记变更"
    said = prose("承诺事项", most=WORDS_MOST, rows=2, required=False)
    measure = prose("完成标志", most=WORDS_MOST, rows=2, required=False)
    due_on = day("完成时限", required=False)
    ends = forms.BooleanField(label="这一条不再承担（如分管调整）", required=False)
    reason = prose("变更理由", most=300, rows=2, help_text="随原文一并公开。")

    def __init__(self, data: Any = None, *, promise: Promise, on: date, paper: bool, **kwargs: Any) -> None:
        words, measure, due_on = queries.standing_words(promise)
        told = {"said": words, "measure": measure, "due_on": due_on, "version": promise.version}
        super().__init__(data, initial=told, **kwargs)
        self.fields["due_on"].widget.attrs["max"] = f"{promise.commitment.year}-12-31"
        self.add_paper(bureau_id=promise.commitment.bureau_id, on=on, paper=paper)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("ends"):
            for name in ("said", "measure", "due_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, "请填写；这一条不再承担的，请勾选下面一项。")
        return cleaned

    def words(self) -> dict[str, Any]:
        told = super().words()
        return {**{name: value for name, value in told.items() if name != "said"}, "words": told["said"]}


class ProgressForm(ActForm):
    """登记进展: one line, today unless said otherwise; proof may be added."""

    act_label = "登记进展"
    said = prose("进展", rows=3)
    happened_on = day("日期")

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(data, initial={"happened_on": on}, **kwargs)
        self.fields["files"] = EvidenceField()
        self.speak_plainly()

    def clean_happened_on(self) -> date:
        told: date = self.cleaned_data["happened_on"]
        if told > self.on:
            raise forms.ValidationError("不能晚于今天。")
        return told


class FulfilForm(ActForm):
    """登记兑现: kept, partly or not, in words."""

    act_label = "登记兑现"
    outcome = forms.ChoiceField(label="兑现情况", choices=Outcome.choices, widget=forms.RadioSelect)
    said = prose("具体情况", rows=3, help_text="对照完成标志写：做到了什么，没做到的为什么、接下来怎么办。")

    def __init__(self, data: Any = None, *, promise: Promise, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": promise.version}, **kwargs)
        self.fields["files"] = EvidenceField()
        self.speak_plainly()


class SettleForm(ActForm):
    act_label = "评诺"
    note = prose("评诺方式和意见", rows=3, help_text="如：2026年度考核会上逐条评议，同意兑现情况。")

    def __init__(self, data: Any = None, *, commitment: Commitment, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": commitment.version}, **kwargs)


class LinkForm(ActForm):
    """关联事项: one that is there already, or a new one made of the promise."""

    act_label = "关联"
    matter = forms.ModelChoiceField(
        Matter.objects.none(),
        label="已有的督办事项",
        required=False,
        empty_label="没有，新立一件",
        widget=PickSelect({"data-filter": "输入事项名称或编号"}),
        help_text="列出最近的300件。",
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="新立一件：牵头单位", required=False, empty_label="请选择",
        help_text="名称、要求、领导、时限按承诺自动带上，存为拟办。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, promise: Promise, seen: QuerySet[Matter], on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        bureau_id = promise.commitment.bureau_id
        linked = promise.links.filter(ended_on=None).values("matter_id")
        rows = seen.filter(bureau=bureau_id).exclude(pk__in=linked).exclude(state="CANCELLED").order_by("-pk")
        newest = list(rows.values_list("pk", flat=True)[:OFFERED])
        self.fields["matter"].queryset = Matter.objects.filter(pk__in=newest).order_by("-pk")  # type: ignore[attr-defined]
        self.fields["unit"].queryset = org.units_of(bureau_id, on)  # type: ignore[attr-defined]
        led = org.led_units(promise.commitment.person, on)
        self.initial.setdefault("unit", led[0] if len(led) == 1 else None)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("matter") and not cleaned.get("unit") and not self.errors:
            self.add_error("unit", "请选择一件已有事项，或选择牵头单位新立一件。")
        return cleaned
