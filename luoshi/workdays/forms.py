"""Forms of the calendar: loading a notice, ordering a day, office hours, and counting."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from django import forms

from luoshi.ui.forms import ActForm, DayInput
from luoshi.workdays import reading
from luoshi.workdays.models import CalendarDay, YearStatus
from luoshi.workdays.rules import DAY, WORKDAY, OfficeHours
from luoshi.workdays.sheet import BadSheet, lines

SCOPES = [("bureau", "本局"), ("nation", "全国")]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ScopedForm(ActForm):
    """An act on the bureau's calendar, or (the system administrator) on the national one."""

    scope = forms.ChoiceField(label="适用范围", choices=SCOPES, initial="bureau")

    def __init__(self, *args: Any, national: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not national:
            del self.fields["scope"]

    @property
    def for_nation(self) -> bool:
        return self.cleaned_data.get("scope") == "nation"


class LoadForm(ScopedForm):
    """A year's notice, pasted or from a file; number, date and year are read from the text where it says them."""

    act_label = "载入放假安排"
    text = forms.CharField(
        label="通知正文或放假表",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="直接粘贴国务院办公厅通知全文即可；也可每行一天：日期、放假或上班、事由。",
    )
    file = forms.FileField(label="或上传表格（可不传）", required=False, help_text="Excel（.xlsx）或 .csv，三列同上。")
    year = forms.IntegerField(label="年度（可不填，从正文读取）", required=False, min_value=2001, max_value=2100)
    notice_no = forms.CharField(label="通知文号（可不填，从正文读取）", required=False, max_length=100)
    notice_on = forms.DateField(label="发文日期（可不填，从正文读取）", required=False, widget=DayInput)
    status = forms.ChoiceField(
        label="状态",
        choices=[("OFFICIAL", "正式（通知已公布）"), ("PROVISIONAL", "暂定（通知未公布，先行测算）")],
        initial=YearStatus.OFFICIAL,
    )
    table: reading.Table | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file"):
            try:
                cleaned["file"].seek(0)
                cleaned["text"] = lines(cleaned["file"], cleaned["file"].name)
            except BadSheet as why:
                self.add_error("file", str(why))
                return cleaned
        if not (cleaned.get("text") or "").strip():
            self.add_error("text", "请粘贴通知正文，或上传表格。")
            return cleaned
        official = cleaned.get("status") == YearStatus.OFFICIAL
        self.table = reading.read(cleaned["text"], cleaned.get("year"), complete=official)
        cleaned["year"] = cleaned.get("year") or self.table.year
        if cleaned["year"] is None:
            self.table = None
            self.add_error("year", "正文里没有读到年度，请填写。")
            return cleaned
        cleaned["notice_no"] = cleaned.get("notice_no") or self.table.number
        cleaned["notice_on"] = cleaned.get("notice_on") or self.table.on
        if official and not cleaned["notice_no"]:
            self.add_error("notice_no", "正文里没有读到文号，请填写，例如“国办发明电〔2025〕7号”。")
        if official and not cleaned["notice_on"]:
            self.add_error("notice_on", "正文里没有读到发文日期，请填写。")
        return cleaned

    @property
    def good(self) -> bool:
        """Everything was read and nothing is wrong: it may be loaded."""
        return self.is_valid() and self.table is not None and not self.table.faults

    def again(self) -> dict[str, Any]:
        """What the second step sends: the text as read, and what was read from it."""
        kept = {name: self.cleaned_data.get(name) for name in self.fields if name not in ("file", "submission")}
        return {name: value for name, value in kept.items() if value is not None}


class DayForm(ScopedForm):
    """One day ordered: worked or off, why, by which document."""

    act_label = "登记单日安排"
    day = forms.DateField(label="日期", widget=DayInput)
    works = forms.TypedChoiceField(
        label="安排", choices=[("1", "上班"), ("0", "放假")], coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    name = forms.CharField(label="事由", max_length=60, help_text="例如：防汛值守、县庆日、国庆节。")
    source = forms.CharField(label="依据文号", max_length=100, help_text="例如：县防指〔2026〕3号。")

    @staticmethod
    def of(kept: CalendarDay) -> dict[str, Any]:
        """What the form begins with where a day is ordered already."""
        return {
            "day": kept.day, "works": "1" if kept.is_workday else "0", "name": kept.name, "source": kept.source,
            "scope": "bureau" if kept.year.bureau_id else "nation", "version": kept.year.version,
        }  # fmt: skip


class RemoveForm(ActForm):
    """An order for one day withdrawn."""

    act_label = "取消这一天的安排"
    source = forms.CharField(label="取消依据", max_length=100, help_text="文号，或一句话事由。")


class HoursForm(ActForm):
    """Office hours from a day on."""

    act_label = "定办公时间"
    from_on = forms.DateField(label="起用日期", widget=DayInput)
    morning_from = forms.TimeField(label="上午上班", widget=TimeInput)
    morning_until = forms.TimeField(label="上午下班", widget=TimeInput)
    afternoon_from = forms.TimeField(label="下午上班", widget=TimeInput)
    afternoon_until = forms.TimeField(label="下午下班", widget=TimeInput)
    digest_at = forms.TimeField(
        label="每日提醒时间", widget=TimeInput, help_text="有新待办的人每个工作日最多收到一条，从这时起发出。"
    )

    @staticmethod
    def of(now: OfficeHours) -> dict[str, Any]:
        """The hours that hold now, to be changed."""
        return dataclasses.asdict(now)


class CountForm(forms.Form):
    """算一算: a start, a number, and what is counted. Sent by GET: nothing is changed."""

    start = forms.DateField(label="从哪一天起（第0日）", widget=DayInput)
    number = forms.IntegerField(label="数多少", min_value=0, max_value=999)
    unit = forms.ChoiceField(label="单位", choices=[(WORKDAY, "个工作日"), (DAY, "日（自然日，末日遇休息日顺延）")])
    at = forms.TimeField(
        label="几点送达（可不填）",
        required=False,
        widget=TimeInput,
        help_text="下班后或休息日送达的，自下一工作日起算。",
    )
    label_suffix = ""

    def clean_start(self) -> date:
        start: date = self.cleaned_data["start"]
        if not 2000 <= start.year <= 2099:
            raise forms.ValidationError("请填写2000年至2099年之间的日期。")
        return start
