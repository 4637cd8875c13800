"""周期事项 as forms: registered, changed from a day on, ended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import DayField, PaperFields, ProseField, leaders_of
from luoshi.matters.models import Recurrence
from luoshi.matters.rules import RHYTHMS, Source
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.ui.forms import ActForm

KEPT = ("title", "requirement", "source", "source_title", "lead_unit_id", "leader_id", "rhythm", "ahead", "version")


class RecurrenceForm(PaperFields, ActForm):
    """登记周期事项, or a new version of one (`recurrence`) from a day on."""

    act_label = "登记周期事项"
    title = forms.CharField(label="事项", max_length=180, help_text="不用写期次，交办时自动加上，如“（2026年11月）”。")
    requirement = ProseField(label="办理要求", required=False)
    source = forms.ChoiceField(label="来源", choices=[("", "请选择"), *Source.choices])
    source_title = forms.CharField(label="来源文件或会议", max_length=200, required=False)
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label="牵头单位", empty_label="请选择")
    assist_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="协办单位", required=False, widget=forms.CheckboxSelectMultiple
    )
    leader = forms.ModelChoiceField(
        User.objects.none(), label="交办领导", required=False, empty_label="牵头单位的分管领导"
    )
    rhythm = forms.ChoiceField(label="周期", choices=list(RHYTHMS.items()), initial="MONTH")
    counted = forms.ChoiceField(
        label="从哪头数",
        choices=[("start", "从期初数"), ("end", "从期末数")],
        initial="start",
        widget=forms.RadioSelect,
    )
    place = forms.IntegerField(
        label="第几个工作日", min_value=1, max_value=23, initial=5,
        help_text="应完成的那一天；从期末数的，1就是最后一个工作日。当期不足的取最近的一个。",
    )  # fmt: skip
    ahead = forms.IntegerField(label="提前几个工作日交办", min_value=0, max_value=30, initial=5)
    from_on = DayField(label="自何日起")

    def __init__(
        self, data: Any = None, *, bureau: Unit, on: date, duties: frozenset[str],
        recurrence: Recurrence | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.on = on
        initial: dict[str, Any] = {"from_on": on}
        if recurrence is not None:
            self.act_label = "按新规定办"
            initial = {name.removesuffix("_id"): getattr(recurrence, name) for name in KEPT}
            initial |= {"place": abs(recurrence.nth), "counted": "start" if recurrence.nth > 0 else "end"}
            initial["assist_units"] = recurrence.assist_units
        super().__init__(data, initial=initial, **kwargs)
        units = org.units_of(bureau.pk, on)
        self.choose_from("lead_unit", units)
        self.choose_from("assist_units", units)
        self.choose_from("leader", leaders_of(bureau.pk, on))
        self.offer_days("from_on", earliest=on)
        if Duty.OFFICE in duties:
            self.add_paper(bureau_id=bureau.pk, leader=None, on=on)
            self.fields["source_note"].help_text = "如：局党委会纪要第3期。"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lead = cleaned.get("lead_unit")
        if lead is not None:
            cleaned["assist_units"] = [one for one in cleaned.get("assist_units") or [] if one != lead]
            cleaned["leader"] = cleaned.get("leader") or org.leader_of(lead.pk, self.on)
            if cleaned["leader"] is None:
                self.add_error("leader", f"{lead}今天没有登记分管领导，请选择交办领导。")
        if "decided_by" in self.fields:
            self.check_paper(cleaned, on=self.on, staged=())
        return cleaned

    def words(self) -> dict[str, Any]:
        told = super().words()
        place, counted = told.pop("place"), told.pop("counted")
        return {**told, "nth": place if counted == "start" else -place}


class EndRecurrenceForm(PaperFields, ActForm):
    """停办: the last day on which a period may fall due, and why."""

    act_label = "停办"
    until_on = DayField(label="到哪天为止", help_text="应完成日在这天之后的各期不再交办；已经交办的照常办。")
    reason = ProseField(label="停办理由", rows=2, max_length=250)

    def __init__(self, data: Any = None, *, recurrence: Recurrence, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": recurrence.version, "until_on": on}, **kwargs)
        self.offer_days("until_on", earliest=max(on, recurrence.from_on))
