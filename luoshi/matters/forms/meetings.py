"""会议 as forms: a meeting registered, amended, withdrawn; an item of an earlier one gone through."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import DayField, PaperFields, ProseField, leaders_of
from luoshi.matters.models import Meeting, MeetingItem
from luoshi.matters.rules import OUTCOMES, MeetingKind
from luoshi.org.models import Unit, User
from luoshi.ui.forms import ActForm, EvidenceField


class MeetingForm(PaperFields, ActForm):
    """登记会议, 修改会议."""

    act_label = "登记会议"
    kind = forms.ChoiceField(label="会议", choices=[("", "请选择"), *MeetingKind.choices])
    title = forms.CharField(label="会议名称", max_length=120, help_text="如：局党委会2026年第18次会议。")
    held_on = DayField(label="召开日期")
    chair = forms.ModelChoiceField(User.objects.none(), label="主持人", required=False, empty_label="未定")

    def __init__(
        self, data: Any = None, *, bureau: Unit, on: date, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        if meeting is not None:
            self.act_label = "保存修改"
            names = ("kind", "title", "held_on", "version")
            kwargs["initial"] = {name: getattr(meeting, name) for name in names} | {"chair": meeting.chair_id}
        else:
            kwargs.setdefault("initial", {"held_on": on})
        super().__init__(data, **kwargs)
        self.choose_from("chair", leaders_of(bureau.pk, on))
        replaced = meeting is not None and meeting.minutes is not None
        self.fields["files"] = EvidenceField(
            label="会议纪要（重新上传即替换）" if replaced else "会议纪要（可以后再传）"
        )
        self.fields["files"].widget.staged = list(getattr(self.data, "staged_names", ()))

    def words(self) -> dict[str, Any]:
        return {name: value for name, value in super().words().items() if name != "files"}


class VoidMeetingForm(ActForm):
    """会议作废: entered by mistake; says why."""

    act_label = "作废"
    reason = ProseField(label="作废理由", rows=2, max_length=300)

    def __init__(self, data: Any = None, *, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": meeting.version}, **kwargs)


class GoThroughForm(PaperFields, ActForm):
    """过项: what the meeting said of one item; 批示 only where a leader said so."""

    act_label = "登记"
    outcome = forms.ChoiceField(label="会上怎么定", choices=list(OUTCOMES.items()), widget=forms.RadioSelect)
    said = forms.CharField(label="会上说明", max_length=300, required=False)
    said_by = forms.ModelChoiceField(
        User.objects.none(), label="作为批示登记", required=False, empty_label="不是批示",
        help_text="领导明确要作为批示的才选；批示会通知承办单位。",
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, matter_id: int, leaders: Any, item: MeetingItem | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        initial = {"version": item.version, "outcome": item.outcome, "said": item.words} if item else {}
        super().__init__(data, initial=initial, auto_id=f"item-{matter_id}-%s", **kwargs)
        self.choose_from("said_by", leaders)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("said_by") and not cleaned.get("said"):
            self.add_error("said", "登记为批示的，请写明领导说了什么。")
        return cleaned

    def words(self) -> dict[str, Any]:
        told = super().words()
        return {"outcome": told["outcome"], "words": told["said"], "said_by": told["said_by"]}
