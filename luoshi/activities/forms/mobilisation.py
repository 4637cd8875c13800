"""动员部署 as forms: the county's meeting, the bureau's, a unit's."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.activities.forms.people import PeopleField
from luoshi.activities.models import Activity
from luoshi.activities.queries import Roster
from luoshi.activities.rules import Relay
from luoshi.activities.rules.mobilising import COUNTY
from luoshi.matters.forms.base import DayField, ProseField
from luoshi.matters.models import Meeting
from luoshi.org.models import User
from luoshi.ui.forms import ActForm, EvidenceField


class CountyMeetingForm(ActForm):
    """登记县里动员会."""

    act_label = "登记县里动员会"
    held_on = DayField(label="召开或收到通知的日期", help_text="局动员部署会的时限从这一天起算。")
    title = forms.CharField(label="会议名称", max_length=150, initial="全县动员部署会")
    body = forms.CharField(label="哪里召开的", max_length=100, initial=COUNTY)
    people = PeopleField(label="本局参会人员")
    spirit = ProseField(label="会议精神摘要", rows=4, required=False, help_text="传达时用，可以后补。")

    def __init__(self, data: Any = None, *, roster: Roster, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"held_on": on}, **kwargs)
        self.fields["people"].offer(roster)  # type: ignore[attr-defined]
        self.fields["files"] = EvidenceField(label="会议通知、材料（可不传）")
        self.speak_plainly()


class BureauMeetingForm(ActForm):
    """登记局动员部署会."""

    act_label = "登记局动员部署会"
    held_on = DayField(label="召开日期")
    title = forms.CharField(label="会议名称", max_length=150, initial="局动员部署会")
    place = forms.CharField(label="地点", max_length=120, required=False)
    people = PeopleField(label="参会人员")
    joint = forms.BooleanField(
        label="与各单位合并召开", required=False, help_text="勾选后，有人参会的单位不用再单独开。"
    )
    meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label="会议登记（任务分工清单由它带出）", required=False, empty_label="没有登记"
    )
    speech = ProseField(label="统一思想、任务分工摘要", rows=4, required=False)

    def __init__(
        self, data: Any = None, *, roster: Roster, meetings: QuerySet[Meeting], on: date, **kwargs: Any
    ) -> None:
        super().__init__(data, initial={"held_on": on}, **kwargs)
        self.fields["people"].offer(roster)  # type: ignore[attr-defined]
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["files"] = EvidenceField(label="讲话稿、会议记录（可不传）")
        self.speak_plainly()


class RelayForm(ActForm):
    """登记本单位的动员、转达学习; everybody sat in but those who are ticked."""

    act_label = "登记"
    held_on = DayField(label="日期")
    relay = forms.ChoiceField(
        label="方式", choices=Relay.choices, initial=Relay.RELAYED, widget=forms.RadioSelect(attrs={"class": "phrase"})
    )
    away = forms.ModelMultipleChoiceField(
        User.objects.none(), label="谁没参加（都参加的不勾）", widget=forms.CheckboxSelectMultiple, required=False
    )
    title = forms.CharField(
        label="名称", max_length=150, required=False, help_text="不填的，按“传达学习…精神”自动取名。"
    )

    def __init__(self, data: Any = None, *, people: QuerySet[User], county: Activity, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"held_on": on}, **kwargs)
        self.fields["away"].queryset = people  # type: ignore[attr-defined]
        self.fields["held_on"].offer(earliest=county.held_on)  # type: ignore[attr-defined]


class QuickRelayForm(ActForm):
    """转达学习 in one press: today, the whole unit."""

    act_label = "转达学习"
    held_on = forms.DateField(widget=forms.HiddenInput)
    relay = forms.CharField(widget=forms.HiddenInput, initial=Relay.RELAYED)

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"held_on": on}, auto_id=False, **kwargs)
