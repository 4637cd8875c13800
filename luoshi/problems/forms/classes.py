"""归类建制 as forms: problems ticked and named as one class, its root cause, how it is cured, the 制度."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.org.models import Unit, User
from luoshi.problems.models import Institution, Problem, ProblemClass
from luoshi.problems.rules import Cure, Reform
from luoshi.ui.forms import ActForm, DayInput, EvidenceField

MADE = [(Cure.NEW.value, Cure.NEW.label), (Cure.REVISED.value, Cure.REVISED.label)]


class GroupForm(ActForm):
    """归类: the ticked problems, into a class there is or a new one."""

    act_label = "归为一类"
    problems = forms.ModelMultipleChoiceField(
        Problem.objects.none(), label="问题", error_messages={"required": "请勾选要归为一类的问题。"}
    )
    row = forms.ModelChoiceField(
        ProblemClass.objects.none(), label="归到已有类别", required=False, empty_label="新起一类"
    )
    name = forms.CharField(label="新类别的名称", max_length=100, required=False, help_text="如：窨井盖管护不到位。")

    def __init__(
        self, data: Any = None, *, rows: QuerySet[Problem], classes: QuerySet[ProblemClass] | None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        picks: Any = self.fields["problems"]
        picks.queryset = rows
        if classes is None:
            del self.fields["row"], self.fields["name"]
            self.act_label = "归到这一类"
        else:
            named: Any = self.fields["row"]
            named.queryset = classes

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in self.fields and not cleaned.get("row") and not cleaned.get("name") and "row" not in self.errors:
            self.add_error("name", "请选择已有类别，或给新类别起个名称。")
        return cleaned

    @property
    def ticked(self) -> set[str]:
        """The keys that were ticked, for drawing the list again."""
        return set(self.data.getlist("problems")) if self.is_bound and hasattr(self.data, "getlist") else set()


class UngroupForm(ActForm):
    """移出."""

    act_label = "移出勾选的"
    problems = forms.ModelMultipleChoiceField(
        Problem.objects.none(), label="问题", error_messages={"required": "请勾选要移出的问题。"}
    )

    def __init__(self, data: Any = None, *, rows: QuerySet[Problem], version: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": version}, **kwargs)
        picks: Any = self.fields["problems"]
        picks.queryset = rows


class ClassForm(ActForm):
    """修改类别."""

    act_label = "保存"
    name = forms.CharField(label="类别", max_length=100)
    root_cause = forms.CharField(
        label="根源", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="为什么这类问题会一再出现：职责不清、没有标准、没人检查……",
    )  # fmt: skip
    unit = forms.ModelChoiceField(Unit.objects.none(), label="建章单位", required=False, empty_label="未定")

    def __init__(self, data: Any = None, *, row: ProblemClass, units: QuerySet[Unit], **kwargs: Any) -> None:
        initial = {"version": row.version, "name": row.name, "root_cause": row.root_cause, "unit": row.unit_id}
        super().__init__(data, initial=initial, **kwargs)
        picks: Any = self.fields["unit"]
        picks.queryset = units


class CureForm(ActForm):
    """定治本办法."""

    act_label = "定治本办法"
    cure = forms.ChoiceField(label="怎么治本", choices=Cure.choices, widget=forms.RadioSelect)
    institution = forms.ModelChoiceField(
        Institution.objects.none(), label="制度", required=False, empty_label="还没登记，名称写在下面"
    )
    title = forms.CharField(label="要建、要修订的制度名称", max_length=200, required=False)
    reason = forms.CharField(
        label="说明（不需要新制度的必须写理由）",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    decided_by = forms.ModelChoiceField(User.objects.none(), label="作出决定的领导", empty_label=None)
    decided_on = forms.DateField(label="决定日期", widget=DayInput())

    def __init__(
        self, data: Any = None, *, row: ProblemClass, made: QuerySet[Institution], leaders: QuerySet[User],
        own: User | None, on: date, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.on = on
        initial = {
            "version": row.version, "cure": row.cure, "institution": row.institution_id, "reason": row.reason,
            "decided_on": row.decided_on or on, "decided_by": row.decided_by_id,
        }  # fmt: skip
        super().__init__(data, initial=initial, **kwargs)
        for name, rows in (("institution", made), ("decided_by", leaders)):
            picks: Any = self.fields[name]
            picks.queryset = rows
        if own is not None:
            del self.fields["decided_by"], self.fields["decided_on"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cure = cleaned.get("cure")
        if cure == Cure.NONE and not cleaned.get("reason"):
            self.add_error("reason", "不需要新制度的，请写明理由。")
        if cure in (Cure.NEW, Cure.REVISED) and not cleaned.get("institution") and not cleaned.get("title"):
            self.add_error("title", "请选择制度，或写明要建、要修订的制度名称。")
        if (day := cleaned.get("decided_on")) is not None and day > self.on:
            self.add_error("decided_on", "决定日期不能晚于今天。")
        return cleaned


class InstitutionForm(ActForm):
    """登记制度, 修改制度."""

    act_label = "登记制度"
    title = forms.CharField(label="制度名称", max_length=200)
    cure = forms.ChoiceField(label="新建或修订", choices=MADE, widget=forms.RadioSelect, initial=Cure.NEW)
    code = forms.CharField(label="文号（印发后填）", max_length=60, required=False)
    issued_on = forms.DateField(label="印发日期（没印发的空着）", widget=DayInput(), required=False)
    in_use_on = forms.DateField(label="施行日期", widget=DayInput(), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="起草单位", required=False, empty_label="未定")
    reform = forms.ChoiceField(label="四改联动", choices=[("", "不属于"), *Reform.choices], required=False)
    note = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(
        self, data: Any = None, *, units: QuerySet[Unit], on: date, made: Institution | None = None, **kwargs: Any
    ) -> None:
        self.on = on
        if made is not None:
            self.act_label = "保存修改"
            names = ("title", "cure", "code", "issued_on", "in_use_on", "reform", "note", "version")
            kwargs["initial"] = {name: getattr(made, name) for name in names} | {"unit": made.unit_id}
        super().__init__(data, **kwargs)
        picks: Any = self.fields["unit"]
        picks.queryset = units
        replaced = made is not None and made.paper_id is not None
        self.fields["files"] = EvidenceField(
            label="制度文件（重新上传即替换）" if replaced else "制度文件（可以后再传）"
        )
        self.speak_plainly()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        issued, used = cleaned.get("issued_on"), cleaned.get("in_use_on")
        if issued is not None and issued > self.on:
            self.add_error("issued_on", "不能晚于今天；还没印发的请空着。")
        if issued is not None and used is not None and used < issued:
            self.add_error("in_use_on", "施行日期不能早于印发日期。")
        return cleaned

    def words(self) -> dict[str, Any]:
        return {name: value for name, value in super().words().items() if name != "files"}


class VoidForm(ActForm):
    """作废, with its reason."""

    act_label = "作废"
    reason = forms.CharField(label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, version: int, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": version}, **kwargs)
