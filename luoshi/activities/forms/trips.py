"""走出去、请进来 as forms: asking, deciding, reporting, answering a lesson."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.activities.forms.people import PeopleField
from luoshi.activities.forms.visits import LinesField, MatterField
from luoshi.activities.models import Lesson, Trip
from luoshi.activities.queries import Roster
from luoshi.activities.rules import ActivityKind, LessonAnswer
from luoshi.activities.rules.travelling import FORMS, TOPICS
from luoshi.activities.services.trips import Journey, Verdict
from luoshi.matters.forms.base import DayField, ProseField, leaders_of
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit
from luoshi.problems.models import Institution
from luoshi.ui.forms import ActForm, EvidenceField, PickSelect


def buttons() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "phrase"})


class Folded:
    """Fields that may stay empty stand folded under `more_label`."""

    rare: tuple[str, ...] = ()
    more_label = "更多（可不填）"

    @property
    def shown(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name not in self.rare]  # type: ignore[attr-defined]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name in self.rare]  # type: ignore[attr-defined]

    @property
    def folded_open(self) -> bool:
        return bool(self.is_bound) and any(one.errors for one in self.folded)  # type: ignore[attr-defined]


class PaperDecision(Folded):
    """What a leader decided off screen, as the office enters it."""

    fields: dict[str, Any]

    def add_decision(self, bureau_id: int, on: date, *, required: bool) -> None:
        """Who decided, when, and where it is written."""
        self.fields["decided_by"] = forms.ModelChoiceField(
            leaders_of(bureau_id, on), label="作出决定的领导", required=required, empty_label="请选择"
        )
        self.fields["decided_on"] = DayField(label="决定日期", required=False, initial=on)


class TripForm(PaperDecision, ActForm):
    """申请走出去、请进来. The office may enter with it that a leader has agreed already."""

    act_label = "申请"
    more_label = "公函、费用、已有批件（没有的不填）"
    rare = ("letter_number", "cost", "unit", "files", "decided_by", "decided_on", "source_note")
    kind = forms.CharField(widget=forms.HiddenInput)
    host = forms.CharField(label="去哪里", max_length=100, help_text="对方单位全称，如：青山县住房和城乡建设局。")
    form = forms.CharField(label="形式", max_length=60, required=False)
    topics = forms.MultipleChoiceField(
        label="专题", choices=[(one, one) for one in TOPICS], widget=forms.CheckboxSelectMultiple, required=False
    )
    other = forms.CharField(label="其他专题", max_length=100, required=False, help_text="几个的用顿号隔开。")
    held_on = DayField(label="开始日期")
    until_on = DayField(label="结束日期", required=False, help_text="当天来回的不填。")
    people = PeopleField(label="参加人员")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="组织单位", empty_label=None)
    letter_number = forms.CharField(label="公函文号", max_length=60, required=False)
    cost = forms.DecimalField(label="预计费用（元）", min_value=0, max_digits=10, decimal_places=2, required=False)
    sure = forms.BooleanField(label="不是同一次，仍要登记", required=False)

    def __init__(
        self, data: Any = None, *, kind: str, bureau: Unit, roster: Roster, own_unit: Unit | None, on: date,
        office: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {"kind": kind, "unit": own_unit or bureau, **(kwargs.get("initial") or {})}
        super().__init__(data, **kwargs)
        self.bureau, self.on, self.outgoing = bureau, on, kind == ActivityKind.OUTGOING
        self.fields["people"].offer(roster)
        units = org.units_of(bureau.pk, on) | Unit.objects.filter(pk=bureau.pk)
        self.fields["unit"].queryset = units.order_by("rank", "id")
        if self.outgoing:
            del self.fields["form"]
        else:
            self.fields["host"].label, self.fields["host"].help_text = "请谁来", "专家姓名、单位，可写几位。"
            self.fields["form"].widget.attrs["list"] = "trip-forms"
            self.fields["form"].help_text = f"如：{'、'.join(FORMS)}。"
            self.fields["people"].label = "听课、陪同人员"
        self.fields["files"] = EvidenceField(label="公函、批件（可不传）")
        if office:
            self.add_decision(bureau.pk, on, required=False)
            self.fields["decided_by"].help_text = "领导已在纸上批准的才填；没批的不填，由领导在系统里批。"
            self.fields["source_note"] = forms.CharField(label="批示或会议出处", max_length=200, required=False)
        self.speak_plainly()

    @property
    def shown(self) -> list[forms.BoundField]:
        again = "仍要登记" in str(self.non_field_errors()) or bool(self["sure"].value())
        return [one for one in super().shown if one.name != "sure" or again]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        other = cleaned.get("other", "").replace("，", "、").replace(",", "、").split("、")
        cleaned["topics"] = [*cleaned.get("topics", []), *(one.strip() for one in other if one.strip())]
        if not cleaned["topics"]:
            self.add_error("topics", "请选择专题，或在“其他专题”里填写。")
        start, end = cleaned.get("held_on"), cleaned.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", "不能早于开始日期。")
        if cleaned.get("decided_by") and not cleaned.get("source_note") and not self.staged:
            self.add_error("source_note", "请写明出处，或附上批件。")
        return cleaned

    def journey(self) -> Journey:
        told = self.cleaned_data
        return Journey(
            kind=ActivityKind.OUTGOING if self.outgoing else ActivityKind.EXPERT, host=told["host"],
            held_on=told["held_on"], until_on=told["until_on"], people=told["people"], unit=told["unit"],
            topics=told["topics"], form=told.get("form", ""), letter_number=told["letter_number"], cost=told["cost"],
        )  # fmt: skip

    def verdict(self) -> Verdict | None:
        told = self.cleaned_data
        if told.get("decided_by") is None:
            return None
        return Verdict(
            approved=True, decided_by=told["decided_by"], decided_on=told["decided_on"] or self.on,
            source=told["source_note"] or "批件附后",
        )  # fmt: skip


class DecideTripForm(PaperDecision, ActForm):
    """审批; the office enters what a leader decided on paper."""

    act_label = "审批"
    approved = forms.ChoiceField(
        label="意见", choices=[("yes", "批准"), ("no", "不批准")], widget=buttons(), initial="yes"
    )
    opinion = forms.CharField(label="审批意见", max_length=200, required=False, help_text="不批准的写明理由。")

    def __init__(self, data: Any = None, *, trip: Trip, on: date, paper: bool, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": trip.version}, **kwargs)
        self.paper = paper
        if paper:
            self.act_label = "登记审批结果"
            self.add_decision(trip.activity.bureau_id, on, required=True)
            self.fields["source_note"] = forms.CharField(label="批示或会议出处", max_length=200, required=False)
            self.fields["files"] = EvidenceField(label="批件（写明出处的可不传）")
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("approved") == "no" and not cleaned.get("opinion"):
            self.add_error("opinion", "不批准的，请写明理由。")
        if self.paper and not cleaned.get("source_note") and not self.staged:
            self.add_error("source_note", "请写明出处，或附上批件。")
        return cleaned

    def verdict(self) -> Verdict:
        told = self.cleaned_data
        return Verdict(
            approved=told["approved"] == "yes", words=told["opinion"], decided_by=told.get("decided_by"),
            decided_on=told.get("decided_on"), source=told.get("source_note", ""),
        )  # fmt: skip


class WithdrawTripForm(ActForm):
    """撤回."""

    act_label = "撤回"
    reason = forms.CharField(label="撤回理由", max_length=300)

    def __init__(self, data: Any = None, *, trip: Trip, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": trip.version}, **kwargs)


class ReportTripForm(ActForm):
    """报成果."""

    act_label = "报成果"
    held_on = DayField(label="实际开始日期")
    until_on = DayField(label="实际结束日期", required=False, help_text="当天来回的不填。")
    people = PeopleField(label="实际参加人员")
    summary = ProseField(label="成果摘要", rows=4, help_text="看了什么、学到什么，几句话即可；考察报告可由此生成。")
    lessons = LinesField(label="可借鉴的做法、专家建议", help_text="一行一条；每条都会请领导答复采纳与否。")
    cost = forms.DecimalField(label="实际费用（元）", min_value=0, max_digits=10, decimal_places=2, required=False)

    def __init__(self, data: Any = None, *, trip: Trip, roster: Roster, **kwargs: Any) -> None:
        activity = trip.activity
        people = list(activity.attendances.filter(void=False).values_list("person_id", flat=True))
        given = {"held_on": activity.held_on, "until_on": activity.until_on, "people": people, "cost": trip.cost}
        super().__init__(data, initial={"version": trip.version, **given}, **kwargs)
        self.fields["people"].offer(roster)  # type: ignore[attr-defined]
        self.fields["files"] = EvidenceField(label="考察报告、照片等（可不传）")
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "lessons" in cleaned and not cleaned["lessons"]:
            self.add_error("lessons", "请至少写一条；确实没有的，写明“没有可借鉴的”和原因。")
        return cleaned

    def told(self) -> dict[str, Any]:
        """What the service takes."""
        cleaned = {name: value for name, value in self.words().items() if name != "files"}
        summary = cleaned.pop("summary")
        return {**cleaned, "words": summary}


class LessonForm(ActForm):
    """补一条."""

    act_label = "补一条"
    said = forms.CharField(label="做法或建议", max_length=300)


class AnswerLessonForm(PaperDecision, ActForm):
    """采纳与否."""

    act_label = "答复"
    more_label = "对应的事项、制度（没有的不填）"
    rare = ("matter", "institution")
    answer = forms.ChoiceField(label="采纳与否", choices=LessonAnswer.choices, widget=buttons())
    where = forms.CharField(
        label="用在哪里", max_length=200, required=False, help_text="采纳的填，如：写进物业考核办法。"
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="落实单位", widget=PickSelect, required=False, empty_label="未定"
    )
    why = forms.CharField(label="不采纳的理由", max_length=200, required=False)
    matter = MatterField(label="转为事项的编号", max_length=20, required=False, help_text="如 2026-0007。")
    institution = forms.ModelChoiceField(
        Institution.objects.none(), label="写进的制度", required=False, empty_label="无"
    )

    def __init__(
        self, data: Any = None, *, lesson: Lesson, matters: QuerySet[Matter], on: date, paper: bool, **kwargs: Any
    ) -> None:
        names = ("answer", "where", "why", "version", "unit", "institution")
        given = {name: getattr(lesson, name) for name in names}
        given |= {"matter": lesson.matter.number_label if lesson.matter else ""}
        super().__init__(data, initial=given, **kwargs)
        bureau_id = lesson.trip.activity.bureau_id
        self.fields["unit"].queryset = org.units_of(bureau_id, on)
        self.fields["matter"].matters = matters
        rows = Institution.objects.filter(bureau=bureau_id, void=False)
        self.fields["institution"].queryset = rows
        if paper:
            self.act_label = "登记答复"
            self.add_decision(bureau_id, on, required=True)
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        adopted = cleaned.get("answer") == LessonAnswer.ADOPTED
        if adopted and not any(cleaned.get(one) for one in ("where", "unit", "matter", "institution")):
            self.add_error("where", "采纳的，请写用在哪里，或选落实单位。")
        if cleaned.get("answer") == LessonAnswer.DECLINED and not cleaned.get("why"):
            self.add_error("why", "不采纳的，请写明理由。")
        return cleaned


class VoidLessonForm(ActForm):
    """撤销一条."""

    act_label = "撤销这一条"
    reason = forms.CharField(label="撤销理由", max_length=300)

    def __init__(self, data: Any = None, *, lesson: Lesson, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": lesson.version}, **kwargs)


def first_unit(held: list[Any], bureau_id: int, on: date) -> Unit | None:
    """The working unit that somebody asks for: his own."""
    own = [one.unit_id for one in held if one.bureau_id == bureau_id and not one.standing_in_for]
    return org.units_of(bureau_id, on).filter(pk__in=own).first()
