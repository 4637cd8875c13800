"""总结 as forms: opened, edited chapter by chapter, redrawn, sent, decided."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.outcomes import queries
from luoshi.outcomes.models import Summary, SummarySection
from luoshi.outcomes.rules import SummaryKind
from luoshi.outcomes.services.summaries import CHAPTER
from luoshi.plan.models import Plan
from luoshi.ui.forms import ActForm, DayInput


class NewForm(ActForm):
    """起草: kind, title and days are filled in; the records write the rest."""

    act_label = "按记录起草"
    kind = forms.ChoiceField(label="种类", choices=SummaryKind.choices)
    title = forms.CharField(label="标题", max_length=200)
    since = forms.DateField(label="起", widget=DayInput())
    until = forms.DateField(label="止", widget=DayInput())

    def __init__(
        self, data: Any = None, *, plan: Plan, kind: str, span: tuple[date, date], on: date, **kwargs: Any
    ) -> None:  # fmt: skip
        self.on = on
        word = "中期总结" if kind == SummaryKind.MID else "总结报告"
        initial = {"kind": kind, "title": f"{plan.short_name}{word}"[:200], "since": span[0], "until": span[1]}
        super().__init__(data, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if until and until > self.on:
            self.add_error("until", "不能晚于今天。")
        elif since and until and until < since:
            self.add_error("until", "止日早于起日，请核对。")
        return cleaned


class EditForm(ActForm):
    """修改 one chapter; what the others have is counted with it as one types."""

    act_label = "保存这一章"
    text = forms.CharField(label="正文", max_length=CHAPTER, widget=forms.Textarea(attrs={"rows": 16}))

    def __init__(
        self, data: Any = None, *, section: SummarySection, others: int, values: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"text": section.text, "version": section.version}, **kwargs)
        told = {"data-others": str(others), "data-values": json.dumps(values, ensure_ascii=False)}
        self.fields["text"].widget.attrs.update({"data-count-text": "", **told})


class RedrawForm(ActForm):
    """重新取数: which of the edited chapters take the fresh draft in place of the office's words."""

    act_label = "按新的数更新"

    def __init__(
        self, data: Any = None, *, summary: Summary, edited: Sequence[SummarySection] = (), **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"version": summary.version}, **kwargs)
        if edited:
            self.fields["take"] = forms.MultipleChoiceField(
                label="您改过的章节：勾选的用新草稿替换，不勾的保留您的文字", required=False,
                choices=[(one.key, one.heading) for one in edited], widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
            self.speak_plainly()


class VersionForm(ActForm):
    """An act in one click; its word is the button's."""

    def __init__(self, data: Any = None, *, summary: Summary, act_label: str, **kwargs: Any) -> None:
        self.act_label = act_label
        super().__init__(data, initial={"version": summary.version}, **kwargs)


class ReasonForm(VersionForm):
    """退回, 更正, 作废: only why."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, label: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["reason"].label = label


class IssueForm(VersionForm):
    """审定印发: 主要领导's click is enough; the office says who decided, when, and where it stands."""

    def __init__(self, data: Any = None, *, summary: Summary, on: date, paper: bool, **kwargs: Any) -> None:
        super().__init__(data, summary=summary, act_label="审定印发", **kwargs)
        self.on = on
        if not paper:
            return
        chiefs = queries.chiefs(summary.bureau_id, on)
        first = chiefs.first()
        self.fields["decided_by"] = forms.ModelChoiceField(
            chiefs, label="审定人", initial=first.pk if first else None, empty_label=None if first else "没有主要领导"
        )
        self.fields["decided_on"] = forms.DateField(label="审定日期", initial=on, widget=DayInput())
        self.fields["source_note"] = forms.CharField(
            label="审定出处", max_length=200, help_text="如：局党委会纪要第18期。"
        )
        self.speak_plainly()

    def clean_decided_on(self) -> date:
        told: date = self.cleaned_data["decided_on"]
        if told > self.on:
            raise forms.ValidationError("审定日期不能晚于今天。")
        return told
