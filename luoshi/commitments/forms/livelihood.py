"""民生实事 as forms: a batch with its rows, one work changed, done, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.commitments.forms.base import ActForm, Rows, choose, day, prose
from luoshi.commitments.models import LivelihoodBatch, LivelihoodItem
from luoshi.commitments.services import Work
from luoshi.org import queries as org
from luoshi.org.models import Unit, User

CELLS = ("words", "beneficiaries", "people", "unit", "leader", "due")


class WorksForm(Rows, ActForm):
    """Rows of works; with `head` also the batch they belong to. The leader may stay empty: the unit's own is taken."""

    least = 4

    def __init__(
        self, data: Any = None, *, bureau: Unit, on: date, people: Sequence[User],
        batch: LivelihoodBatch | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.on, self.batch, self.bureau = on, batch, bureau
        self.people = {str(one.pk): one for one in people}
        self.units = {str(one.pk): one for one in org.units_of(bureau.pk, on)}
        super().__init__(data, **kwargs)
        self.act_label = "增加实事" if batch is not None else "登记清单"
        if batch is None:
            self.fields["title"] = forms.CharField(label="清单名称", max_length=120, initial=f"{on.year}年民生实事")
            self.fields["document"] = forms.CharField(
                label="确定依据（可不填）", max_length=200, required=False, help_text="如：局党委会纪要第18期。"
            )
        self.used = self.places(0)
        for place in self.used:
            self._add_row(place)
        self.speak_plainly()

    def _add_row(self, place: int) -> None:
        name = f"第{place + 1}件"
        told: dict[str, Any] = {
            "words": forms.CharField(label=f"{name}实事", max_length=120, required=False),
            "beneficiaries": forms.CharField(label=f"{name}受益对象", max_length=120, required=False),
            "people": forms.IntegerField(label=f"{name}受益人数", min_value=1, max_value=9_999_999, required=False),
            "unit": forms.ChoiceField(
                label=f"{name}责任单位", required=False,
                choices=[("", "请选择"), *((key, str(one)) for key, one in self.units.items())],
            ),
            "leader": forms.ChoiceField(
                label=f"{name}责任领导", required=False,
                choices=[("", "单位分管领导"), *choose(list(self.people.values()))],
            ),
            "due": day(f"{name}完成时限", required=False),
        }  # fmt: skip
        for key, field in told.items():
            field.widget.attrs["aria-label"] = field.label
            self.fields[f"{key}_{place}"] = field

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields above the rows."""
        return [self[name] for name in ("title", "document") if name in self.fields]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows with their bound fields."""
        found = []
        for place in self.used:
            cells = {key: self[f"{key}_{place}"] for key in CELLS}
            found.append({"cells": cells, "place": place + 1, "blank": not any(one.value() for one in cells.values())})
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        works = []
        for place in self.used:
            told = {key: cleaned.get(f"{key}_{place}") for key in CELLS}
            if not any(told.values()) and not any(f"{key}_{place}" in self.errors for key in CELLS):
                continue
            works.append(self._work(place, told))
        if not works and not self.errors:
            self.add_error("words_0", "至少写一件实事。")
        cleaned["works"] = [one for one in works if one is not None]
        return cleaned

    def _work(self, place: int, told: dict[str, Any]) -> Work | None:
        missing = {"words": "请写明做什么。", "beneficiaries": "请写明谁受益。", "unit": "请选择单位。",
                   "due": "请填写时限。"}  # fmt: skip
        for key, words in missing.items():
            if not told[key] and f"{key}_{place}" not in self.errors:
                self.add_error(f"{key}_{place}", words)
        if any(not told[key] for key in missing):
            return None
        unit = self.units[told["unit"]]
        leader = self.people.get(told["leader"] or "") or org.leader_of(unit.pk, self.on)
        if leader is None:
            self.add_error(f"leader_{place}", "这个单位没有登记分管领导，请选择。")
            return None
        return Work(told["words"], told["beneficiaries"], unit, leader, told["due"], told["people"])


class ItemForm(ActForm):
    """修改实事."""

    act_label = "保存修改"
    name = forms.CharField(label="实事", max_length=120)
    beneficiaries = forms.CharField(label="受益对象", max_length=120)
    people = forms.IntegerField(label="受益人数（可不填）", min_value=1, max_value=9_999_999, required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任单位", empty_label=None)
    leader = forms.ChoiceField(label="责任领导")
    due_on = day("完成时限")

    def __init__(
        self, data: Any = None, *, item: LivelihoodItem, people: Sequence[User], on: date, **kwargs: Any
    ) -> None:
        self.chosen = {str(one.pk): one for one in people}
        names = ("name", "beneficiaries", "people", "due_on", "version")
        initial = {name: getattr(item, name) for name in names} | {"unit": item.unit_id, "leader": item.leader_id}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["unit"].queryset = org.units_of(item.batch.bureau_id, on)  # type: ignore[attr-defined]
        self.fields["leader"].choices = choose(people)  # type: ignore[attr-defined]

    @property
    def work(self) -> Work:
        """The work as it is to be."""
        told = self.words()
        return Work(told["name"], told["beneficiaries"], told["unit"], self.chosen[told["leader"]], told["due_on"],
                    told["people"])  # fmt: skip


class FinishForm(ActForm):
    """登记完成: what was done, and what those it was for say."""

    act_label = "登记完成"
    result = prose("完成情况", rows=3)
    feedback = prose("群众反馈", rows=3, help_text="听了谁的意见、怎么说。没有听到反馈的，还不算办成。")
    done_on = day("完成日期")

    def __init__(self, data: Any = None, *, item: LivelihoodItem, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(data, initial={"version": item.version, "done_on": on}, **kwargs)

    def clean_done_on(self) -> date:
        told: date = self.cleaned_data["done_on"]
        if told > self.on:
            raise forms.ValidationError("完成日期不能晚于今天。")
        return told


class HandItemOverForm(ActForm):
    act_label = "转督办"

    def __init__(self, data: Any = None, *, item: LivelihoodItem, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": item.version}, **kwargs)
