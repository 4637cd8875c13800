"""What was heard and what came of it, as forms: lines of opinions and problems, a matter by its number, 成果转化."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from django import forms
from django.db.models import QuerySet

from luoshi.activities.forms.recording import chips
from luoshi.activities.rules import ConversionKind
from luoshi.activities.services.visits import Finding
from luoshi.matters.models import Matter
from luoshi.problems.models import Problem
from luoshi.ui.forms import ActForm

NUMBER = re.compile(r"^(\D*)(\d{4})-(\d{1,6})$")
LINE_MOST = 300


class LinesField(forms.CharField):
    """Several sentences, one a line; numbering that people type before them is taken off."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> list[str]:
        told = super().clean(value)
        lines = [re.sub(r"^\s*(?:[(（]?\d{1,2}[)）.、．]|[-•·])\s*", "", one).strip() for one in told.splitlines()]
        lines = [one for one in lines if one]
        long = [one for one in lines if len(one) > LINE_MOST]
        if long:
            raise forms.ValidationError(f"“{long[0][:20]}…”这一行超过{LINE_MOST}字，请分成几行。")
        return lines


class MatterField(forms.CharField):
    """A matter by its number (2026-0007), of those that the person sees."""

    matters: QuerySet[Matter] | None = None

    def clean(self, value: Any) -> Matter | None:
        words = super().clean(value).strip()
        if not words:
            return None
        told = NUMBER.match(words)
        found = None
        if told is not None and self.matters is not None:
            series, year, number = told.groups()
            rows = self.matters.filter(year=int(year), number=int(number))
            found = (rows.filter(series=series) if series else rows).order_by("pk").first()
        if found is None:
            raise forms.ValidationError(f"没有编号为“{words[:20]}”的事项，编号写成 2026-0007 这样。")
        return found


@dataclass(frozen=True, slots=True)
class Near:
    """A line that resembles problems of the ledger: which ones, and what was answered."""

    name: str
    words: str
    found: list[Problem]
    answer: str

    @property
    def problem(self) -> Problem | None:
        """The one that it is said to be; None: a new one."""
        return next((one for one in self.found if str(one.pk) == self.answer), None)

    @property
    def chosen(self) -> int | None:
        return self.problem.pk if self.problem is not None else None


class Findings:
    """Lines that become opinions and problems; of each problem, whether it stands in the ledger already."""

    data: Any
    cleaned_data: dict[str, Any]
    near: tuple[Near, ...] | list[Near] = ()

    def likes(self, near: list[tuple[str, list[Problem]]]) -> bool:
        """Offer the problems that lines resemble; True where one of them has not been answered yet."""
        near_lines: list[Near] = []
        for words, found in near:
            name = f"seen_{crc32(words.encode())}"
            if found:
                near_lines.append(Near(name, words, found, self.data.get(name, "")))
        self.near = near_lines
        return any(one.name not in self.data for one in self.near)

    def findings(self) -> list[Finding]:
        """The lines: opinions, new problems, and problems that stand in the ledger already."""
        chosen = {one.words: one.problem for one in self.near}
        told = self.cleaned_data
        return [
            *(Finding(one, problem=True, seen=chosen.get(one)) for one in told["problems"]),
            *(Finding(one) for one in told["opinions"]),
        ]


class HearForm(Findings, ActForm):
    """补记: what was heard on a visit that is entered already."""

    act_label = "补记"
    problems = LinesField(label="发现的问题", help_text="一行一个，保存后列入问题台账待确认。")
    opinions = LinesField(label="听到的意见建议", help_text="一行一条，只记在这次走访里。")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("problems") and not cleaned.get("opinions"):
            self.add_error("problems", "请写发现的问题或听到的意见。")
        return cleaned


class TakeBackForm(ActForm):
    """撤回: one opinion or conversion that was entered by mistake; says why."""

    act_label = "撤回"
    reason = forms.CharField(label="撤回理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class ConvertForm(ActForm):
    """成果转化: what an activity was turned into."""

    act_label = "登记转化"
    kind = forms.ChoiceField(label="转成了什么", choices=ConversionKind, widget=chips(ConversionKind.choices))
    matter = MatterField(label="事项编号", max_length=20, required=False, help_text="转为事项的填，如 2026-0007。")
    text = forms.CharField(label="说明", max_length=300, required=False)

    def __init__(self, data: Any = None, *, matters: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["matter"].matters = matters  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"kind": told["kind"], "matter": told["matter"], "words": told["text"]}
