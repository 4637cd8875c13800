"""走访、调研、蹲点 as one form: where, whom with, what was heard; days, stay and problems follow from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.activities.forms.findings import Findings, LinesField, MatterField
from luoshi.activities.forms.people import NamesField
from luoshi.activities.forms.recording import EntryForm, chips
from luoshi.activities.models import Activity
from luoshi.activities.rules import ActivityKind, PlaceKind, VisitForm
from luoshi.activities.services import What
from luoshi.matters.models import Matter
from luoshi.ui.forms import DayInput


class VisitEntryForm(Findings, EntryForm):
    """登记走访: a line under 发现的问题 becomes a problem, or is told to be one that stands in the ledger already."""

    rare = (
        "form", "counterpart", "title", "outcome", "until_on", "leave", "difficult", "counts_research",
        "counts_frontline", "unit", "matter", "files",
    )  # fmt: skip
    unasked = ("theme", "content", "speaker", "core_group", "leader_lesson", "relay", "meeting")
    more_label = "更多：见了谁、座谈会、调研成果、难点地点、对应事项"
    kind = forms.ChoiceField(label="类别")
    place = forms.CharField(label="去了哪里", max_length=120)
    place_kind = forms.ChoiceField(label="地点类别", choices=PlaceKind, widget=chips(PlaceKind.choices), required=False)
    problems = LinesField(label="发现的问题", help_text="一行一个，保存后列入问题台账待确认。")
    opinions = LinesField(label="听到的意见建议", help_text="一行一条，只记在这次走访里。")
    nothing_found = forms.BooleanField(label="没有意见和问题", required=False)
    form = forms.ChoiceField(label="方式", choices=VisitForm, widget=chips(VisitForm.choices), required=False)
    counterpart = forms.CharField(label="见了谁", max_length=200, required=False)
    title = forms.CharField(label="名称", max_length=200, required=False, help_text="不填的，按“走访＋地点”自动取名。")
    outcome = forms.CharField(
        label="调研成果、解决的问题", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    until_on = forms.DateField(
        label="结束日期", required=False, widget=DayInput, help_text="连续几天的才填，时长相应改。"
    )
    leave = NamesField(label="请假人员", widget=forms.HiddenInput)
    difficult = forms.BooleanField(label="难点、矛盾集中的地方", required=False)
    counts_research = forms.BooleanField(label="计入调研天数", required=False)
    counts_frontline = forms.BooleanField(label="算一次入企业、下基层、一线蹲点", required=False)
    matter = MatterField(label="对应的交办事项编号", max_length=20, required=False, help_text="如 2026-0007，可不填。")
    field_order = (
        "kind", "place", "held_on", "half_days", "place_kind", "people", "problems", "opinions", "nothing_found",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, matters: QuerySet[Matter], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        kinds = (ActivityKind.VISIT, ActivityKind.RESEARCH, ActivityKind.FRONTLINE)
        choices = [(one.value, one.label) for one in kinds]
        self.fields["kind"].widget = chips(choices)
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        self.fields["matter"].matters = matters  # type: ignore[attr-defined]
        if self.activity is not None:
            for name in ("problems", "opinions", "matter"):
                del self.fields[name]

    def defaults(self) -> dict[str, Any]:
        told = super().defaults()
        return told | {"kind": "VISIT", "people": [self.user.pk], "counts_research": True, "counts_frontline": True}

    def filled(self, activity: Activity) -> dict[str, Any]:
        told = super().filled(activity) | {
            "kind": activity.kind, "difficult": activity.difficult, "counts_research": activity.as_research,
            "counts_frontline": activity.as_frontline,
        }  # fmt: skip
        if self.activity is None:
            return told | {"outcome": "", "title": ""}
        return told | {"nothing_found": activity.nothing_found}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.activity is None and not self.errors:
            heard = bool(cleaned.get("problems") or cleaned.get("opinions"))
            if not heard and not cleaned.get("nothing_found") and not cleaned.get("outcome"):
                self.add_error("problems", "请写发现的问题或听到的意见；确实没有的，勾选“没有意见和问题”。")
            if heard and cleaned.get("nothing_found"):
                self.add_error("nothing_found", "已写了意见或问题，请取消这个勾。")
        return cleaned

    def what(self) -> What:
        """The activity in the words of its service."""
        told = self.cleaned_data
        word = ActivityKind(told["kind"]).label
        ticked = [name for name in ("research", "frontline") if told[f"counts_{name}"]]
        what = What(
            kind=told["kind"], title=told["title"] or f"{word}{told['place']}", unit=told["unit"],
            half_days=told["half_days"], until_on=told["until_on"], place=told["place"],
            place_kind=told["place_kind"], difficult=told["difficult"], form=told["form"],
            counterpart=told["counterpart"], outcome=told["outcome"], nothing_found=told["nothing_found"],
            ticked=tuple(ticked),
        )  # fmt: skip
        return self.kept(what)
