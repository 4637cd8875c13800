"""协办: signing and naming one's own 承办人, giving back, contributing; 调整协办 by the office."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.matters import queries
from luoshi.matters.forms.base import DayField, MatterForm, ProseField
from luoshi.matters.models import MatterParty
from luoshi.matters.rules import ASSIST_HEAD, PartyRole
from luoshi.matters.services import Part
from luoshi.org import queries as org
from luoshi.org.models import Unit, User

NEW_ROWS = 2


class ReceiveForm(MatterForm):
    """协办签收: the head may name the 承办人 at once; a handler takes it himself and sees no field."""

    rows_template = "matters/part_asked.html"
    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", required=False, empty_label="稍后分办")

    def set_up(self) -> None:
        self.parts = [one for one in parts_of(self) if one.accepted_at is None]
        self.choose_from("handler", org.people_of([one.unit_id for one in self.parts], self.on))
        if ASSIST_HEAD not in self.roles:
            del self.fields["handler"]

    def words(self) -> dict[str, Any]:
        return {name: value for name, value in super().words().items() if name != "handler" or value is not None}


def parts_of(form: MatterForm) -> list[MatterParty]:
    """The assisting parts that the form's person may act for."""
    return queries.my_parts(form.person, form.matter, form.on) if form.person is not None else []


class ReturnPartForm(MatterForm):
    rows_template = "matters/part_asked.html"
    reason = ProseField(label="退办理由", help_text="写明为什么不属本单位职责。")

    def set_up(self) -> None:
        self.parts = [one for one in parts_of(self) if one.accepted_at is None]


class AllotPartForm(MatterForm):
    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", empty_label="请选择")
    note = forms.CharField(label="交代的话", max_length=200, required=False)

    def set_up(self) -> None:
        person = self.person
        parts = queries.my_parts(person, self.matter, self.on, head=True) if person is not None else []
        self.choose_from("handler", org.people_of([one.unit_id for one in parts], self.on))
        if len(parts) == 1:
            self.initial.setdefault("handler", parts[0].handler_id)


class ContributeForm(MatterForm):
    """协办反馈: what the unit did, and whether its 分工 is done."""

    rows_template = "matters/part_asked.html"
    rare = ("files",)
    more_label = "可不传：佐证材料"
    evidence_label = "佐证材料（可不传）"
    unit = forms.ModelChoiceField(Unit.objects.none(), label="协办单位", empty_label="请选择")
    done = ProseField(label="配合办理情况")
    finished = forms.ChoiceField(
        label="分工是否完成",
        choices=[("no", "还在配合"), ("yes", "分工已完成")],
        widget=forms.RadioSelect,
        initial="no",
    )

    def set_up(self) -> None:
        self.parts = parts_of(self)
        if len(self.parts) > 1:
            self.choose_from("unit", Unit.objects.filter(pk__in=[one.unit_id for one in self.parts]))
        else:
            del self.fields["unit"]

    def words(self) -> dict[str, Any]:
        words = super().words()
        return {**words, "finished": words["finished"] == "yes"}


class UrgePartForm(MatterForm):
    rows_template = "matters/part_owing.html"
    note = forms.CharField(label="催办内容", max_length=200, required=False)

    def set_up(self) -> None:
        self.owing = queries.owing(self.matter)


def add_part_fields(form: MatterForm, key: object, label: str, *, task: str = "", due_on: Any = None) -> None:
    """分工 and 配合时限 of one assisting unit, as two fields of a row."""
    form.fields[f"task_{key}"] = forms.CharField(label=f"{label}分工", max_length=300, required=False)
    form.fields[f"due_{key}"] = DayField(label=f"{label}配合时限", required=False)
    form.initial.setdefault(f"task_{key}", task)
    form.initial.setdefault(f"due_{key}", due_on)
    for name in (f"task_{key}", f"due_{key}"):
        form.fields[name].widget.attrs["aria-label"] = form.fields[name].label


class AdjustPartiesForm(MatterForm):
    """调整协办: every assisting unit with its 分工 and date, one tick takes it out; empty rows add units."""

    rows_template = "matters/parties_rows.html"
    reason = ProseField(label="调整理由", rows=2)

    def set_up(self) -> None:
        parts = self.matter.parties.filter(role=PartyRole.ASSIST, ended_on=None).select_related("unit")
        self.present = list(parts.order_by("id"))
        self.unanswered = queries.unanswered_return(self.matter)
        for one in self.present:
            add_part_fields(self, one.unit_id, str(one.unit), task=one.task, due_on=one.due_on)
            self.fields[f"drop_{one.unit_id}"] = forms.BooleanField(label=f"{one.unit}不再协办", required=False)
        taken = [self.matter.lead_unit_id, *(one.unit_id for one in self.present)]
        units = org.units_of(self.matter.bureau_id, self.on).exclude(pk__in=taken)
        for place in range(NEW_ROWS):
            self.fields[f"new_{place}"] = forms.ModelChoiceField(
                units, label=f"新增协办单位{place + 1}", required=False, empty_label="增加协办单位"
            )
            self.fields[f"new_{place}"].widget.attrs["aria-label"] = f"新增协办单位{place + 1}"
            add_part_fields(self, f"new{place}", f"新增协办单位{place + 1}")

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The units that assist now, each with its fields."""
        return [
            {
                "unit": one.unit,
                "signed": one.accepted_at,
                **self._cells(one.unit_id),
                "drop": self[f"drop_{one.unit_id}"],
            }
            for one in self.present
        ]

    @property
    def new_rows(self) -> list[dict[str, Any]]:
        return [{"unit": self[f"new_{place}"], **self._cells(f"new{place}")} for place in range(NEW_ROWS)]

    def _cells(self, key: object) -> dict[str, Any]:
        return {"task": self[f"task_{key}"], "due": self[f"due_{key}"]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        parts = [
            Part(one.unit, cleaned.get(f"task_{one.unit_id}") or "", cleaned.get(f"due_{one.unit_id}"))
            for one in self.present
            if not cleaned.get(f"drop_{one.unit_id}")
        ]
        for place in range(NEW_ROWS):
            unit = cleaned.get(f"new_{place}")
            task, due = cleaned.get(f"task_new{place}") or "", cleaned.get(f"due_new{place}")
            if unit is not None and any(one.unit.pk == unit.pk for one in parts):
                self.add_error(f"new_{place}", "这个单位选了两次，请改正。")
            elif unit is not None:
                parts.append(Part(unit, task, due))
            elif task or due:
                self.add_error(f"new_{place}", "写了分工或时限，还要选协办单位。")
        cleaned["parts"] = parts
        return cleaned

    def words(self) -> dict[str, Any]:
        return {"parts": self.cleaned_data["parts"], "reason": self.cleaned_data["reason"]}


FORMS: dict[str, type[MatterForm]] = {
    "receive": ReceiveForm,
    "return_part": ReturnPartForm,
    "allot_part": AllotPartForm,
    "contribute": ContributeForm,
    "urge_part": UrgePartForm,
    "adjust_parties": AdjustPartiesForm,
}
