"""考评办法 as forms: the table of blocks and indicators with its sums, adoption, withdrawal, a run on past quarters."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from luoshi.appraisal import queries
from luoshi.appraisal.forms.base import ActForm, EvidenceField, day, prose
from luoshi.appraisal.models import Scheme
from luoshi.appraisal.queries.schemes import Start
from luoshi.appraisal.rules.drafting import Draft, Row, why_not
from luoshi.appraisal.rules.forbidden import why_not_indicator
from luoshi.appraisal.rules.indicators import INDICATORS
from luoshi.appraisal.rules.quarters import before, quarter_of, read
from luoshi.appraisal.rules.words import Peers, TieRule
from luoshi.matters.rules import Block
from luoshi.org import queries as org
from luoshi.org.rules import Duty

CELL = re.compile(rf"w_(.+)_({'|'.join(Block.values)})$")
USUAL = {"completion": 40, "on_time": 30, "accepted_first_time": 20, "feedback_on_time": 10}
"""What an empty form proposes in each block."""


class SchemeForm(ActForm):
    """One table: a row for each indicator of the registry, a column for each block, each column's sum a hundred."""

    title = forms.CharField(label="办法名称", max_length=120)
    since = forms.ChoiceField(label="自哪个季度起用")
    peers = forms.ChoiceField(label="谁和谁比", choices=Peers.choices)
    tie_rule = forms.ChoiceField(label="得分相同", choices=TieRule.choices)
    min_sample = forms.IntegerField(label="少于几件不参评", min_value=1, max_value=50)
    grace_days = forms.IntegerField(
        label="季末核查宽限（天）", min_value=0, max_value=30, help_text="季末到期、当时待核查的，宽限内办结仍算。"
    )
    praise_points = forms.DecimalField(
        label="上级表扬每次加分", min_value=0, max_value=5, decimal_places=1, max_digits=3
    )
    bonus_cap = forms.DecimalField(
        label="加分最多", min_value=0, max_value=5, decimal_places=1, max_digits=3, help_text="不超过5分。"
    )
    criticism_points = forms.DecimalField(
        label="上级批评每次扣分", min_value=0, max_value=20, decimal_places=1, max_digits=3
    )
    note = prose("说明（可不填）", rows=2, most=300, required=False)

    def __init__(
        self, data: Any = None, *, on: date, start: Start, clause_id: int | None, scheme: Scheme | None = None,
        copied: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.start, self.clause_id = start, clause_id
        super().__init__(data, **kwargs)
        self.act_label = "保存" if scheme is not None and not copied else "存为草稿"
        first = quarter_of(on).previous
        quarters = [first]
        while len(quarters) < 6:
            quarters.append(quarters[-1].next)
        if scheme is not None and scheme.since not in quarters:
            quarters.append(scheme.since)
        since: Any = self.fields["since"]
        since.choices = [(one.key, f"{one}{'（已过）' if one == first else ''}") for one in quarters]
        known = _known(scheme, start)
        told = _told(scheme, start, on) if scheme is None or copied else _told(scheme, start, None)
        self.initial = {**told, **self.initial, "version": None if scheme is None or copied else scheme.version}
        for block in queries.BLOCKS:
            self.fields[f"block_{block}"] = _weight(f"{Block(block).label}板块权重", known["blocks"].get(block))
        for key, one in INDICATORS.items():
            self.fields[f"label_{key}"] = forms.CharField(
                label=f"{one.label}的名称", max_length=40, required=False, initial=known["labels"].get(key) or one.label
            )
            self.fields[f"label_{key}"].widget.attrs["aria-label"] = f"{one.label}：本局怎么称呼"
            for block in queries.BLOCKS:
                field = _weight(f"{one.label}在{Block(block).label}的权重", known["weights"].get((block, key)))
                self.fields[f"w_{key}_{block}"] = field
        self.speak_plainly()

    @property
    def head(self) -> list[forms.BoundField]:
        """The fields above the table."""
        return [self[name] for name in ("title", "since", "peers", "tie_rule")]

    @property
    def foot(self) -> list[forms.BoundField]:
        """The fields below it."""
        names = ("min_sample", "grace_days", "praise_points", "bonus_cap", "criticism_points", "note")
        return [self[name] for name in names]

    @property
    def shares(self) -> list[forms.BoundField]:
        """The row of block weights."""
        return [self[f"block_{block}"] for block in queries.BLOCKS]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row for each indicator."""
        return [
            {
                "indicator": one, "label": self[f"label_{key}"],
                "cells": [(Block(block).label, self[f"w_{key}_{block}"]) for block in queries.BLOCKS],
            }
            for key, one in INDICATORS.items()
        ]  # fmt: skip

    @property
    def labels(self) -> list[str]:
        """The blocks' words in the order of the columns."""
        return [str(Block(block).label) for block in queries.BLOCKS]

    @property
    def sums(self) -> list[dict[str, Any]]:
        """What each column comes to now, and the row of blocks: as typed, whether or not all else is right."""
        found = [_sum("三个板块", [self[f"block_{block}"].value() for block in queries.BLOCKS], needed=True)]
        for block in queries.BLOCKS:
            needed = bool(_number(self[f"block_{block}"].value()))
            told = [self[f"w_{key}_{block}"].value() for key in INDICATORS]
            found.append(_sum(str(Block(block).label), told, needed=needed))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.data:
            found = CELL.match(name)
            if found and found[1] not in INDICATORS:
                self.add_error(None, why_not_indicator(found[1]))
        if self.errors:
            return cleaned
        self.draft = self._draft(cleaned)
        for words in why_not(self.draft):
            self.add_error(None, words)
        return cleaned

    def _draft(self, told: dict[str, Any]) -> Draft:
        rows = []
        for key, one in INDICATORS.items():
            weights = {block: told[f"w_{key}_{block}"] for block in queries.BLOCKS if told[f"w_{key}_{block}"]}
            label = told[f"label_{key}"].strip()
            if weights:
                rows.append(Row(key, weights, "" if label == one.label else label, self.clause_id))
        blocks = {block: told[f"block_{block}"] or 0 for block in queries.BLOCKS}
        same = blocks == self.start.weights
        sources = {
            "weights": self.start.weights_source if same else "本办法自定，与本局“考评三块权重”的决定不同",
            "peers": self.start.peers_source if told["peers"] == self.start.peers else "本办法自定",
        }
        return Draft(
            told["title"], read(told["since"]), blocks, rows, told["peers"], told["tie_rule"], told["min_sample"],
            told["grace_days"], told["bonus_cap"], told["praise_points"], told["criticism_points"], told["note"],
            sources,
        )  # fmt: skip


def _weight(label: str, initial: int | None) -> forms.IntegerField:
    field = forms.IntegerField(label=label, min_value=0, max_value=100, required=False, initial=initial)
    field.widget.attrs |= {"aria-label": label, "inputmode": "numeric"}
    return field


def _number(value: Any) -> int:
    try:
        return int(value or 0)
    except (TypeError, ValueError):
        return 0


def _sum(label: str, values: list[Any], *, needed: bool) -> dict[str, Any]:
    total = sum(_number(one) for one in values)
    fits = total == 100 or (total == 0 and not needed)
    return {"label": label, "total": total, "fits": fits, "left": 100 - total, "over": total - 100}


def _known(scheme: Scheme | None, start: Start) -> dict[str, Any]:
    if scheme is None:
        usual = {(block, key): weight for block in queries.BLOCKS for key, weight in USUAL.items()}
        return {"blocks": start.weights, "weights": usual, "labels": {}}
    parts = queries.parts_of(scheme)
    return {
        "blocks": {block.block: block.weight for block, _ in parts},
        "weights": {(block.block, one.key): one.weight for block, rows in parts for one in rows},
        "labels": {one.key: one.label for _, rows in parts for one in rows},
    }


def _told(scheme: Scheme | None, start: Start, copied_on: date | None) -> dict[str, Any]:
    if scheme is None:
        model = Scheme()
        first = {name: getattr(model, name) for name in NAMES}
        return first | {"title": "季度考评办法", "since": _next(copied_on), "peers": start.peers}
    told = {name: getattr(scheme, name) for name in (*NAMES, "title", "peers", "note")}
    return told | {"since": scheme.since.key if copied_on is None else _next(copied_on)}


NAMES = ("tie_rule", "min_sample", "grace_days", "bonus_cap", "praise_points", "criticism_points")


def _next(on: date | None) -> str:
    return quarter_of(on).next.key if on is not None else ""


class AdoptForm(ActForm):
    """采用: 主要领导's own click, or what the body decided with its paper."""

    act_label = "采用并公布"
    body = forms.CharField(label="审定机构", max_length=60, initial="局党委会")

    def __init__(self, data: Any = None, *, scheme: Scheme, on: date, paper: bool, late: bool, **kwargs: Any) -> None:
        self.on = on
        super().__init__(data, initial={"version": scheme.version}, **kwargs)
        if paper:
            chiefs = org.holders(Duty.CHIEF, scheme.bureau_id, on)
            first = chiefs.first()
            self.fields["decided_by"] = forms.ModelChoiceField(
                chiefs, label="审定人", initial=first.pk if first else None,
                empty_label=None if first else "没有主要领导",
            )  # fmt: skip
            self.fields["decided_on"] = day("审定日期", initial=on)
            self.fields["source_note"] = forms.CharField(
                label="审定出处", max_length=200, required=False, help_text="如：局党委会纪要第18期。附了纪要可不填。"
            )
            self.fields["files"] = EvidenceField(label="纪要（可不传）")
        if late:
            self.fields["late_reason"] = prose(
                f"{scheme.since}已经开始，为什么现在才定", rows=2, most=300,
                help_text="只有首次采用可以补定。以后的办法在季度开始前采用。",
            )  # fmt: skip
        self.speak_plainly()

    def clean_decided_on(self) -> date:
        told: date = self.cleaned_data["decided_on"]
        if told > self.on:
            raise forms.ValidationError("审定日期不能晚于今天。")
        return told


class RehearseForm(ActForm):
    """试算: which past quarters."""

    act_label = "试算"
    quarters = forms.MultipleChoiceField(
        label="用哪几个季度试算", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少勾选一个季度。"},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        row = before(on, 8)
        field: Any = self.fields["quarters"]
        field.choices = [(one.key, str(one)) for one in reversed(row)]
        self.initial.setdefault("quarters", [row[-1].key])


class ComputeForm(ActForm):
    """季度测算: which quarter."""

    act_label = "开始测算"
    quarter = forms.ChoiceField(label="测算哪个季度")

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field: Any = self.fields["quarter"]
        field.choices = [(one.key, str(one)) for one in reversed(before(on, 8))]
