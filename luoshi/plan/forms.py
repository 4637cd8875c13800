"""What people type about plans: the text to import, a duty's words, a slot's parameter, a decision of the bureau."""

from __future__ import annotations

import functools
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty as Held
from luoshi.org.services.people import initials
from luoshi.plan.models import Duty
from luoshi.plan.rules import DEADLINE_UNITS, PERIODS, QUOTA_UNITS, BadValue, dump
from luoshi.plan.slots import GROUPS, RULED, SLOTS
from luoshi.plan.spans import Span, plain
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect

UNITS = {"WORKDAY": "个工作日", "DAY": "天（日）", "MONTH": "个月", "YEAR": "年"} | {
    key: label for key, label in QUOTA_UNITS.items() if key not in DEADLINE_UNITS
}


def slot_choices() -> list[tuple[str, Any]]:
    """Every mechanism that a clause can drive by group, those with a parameter first."""
    groups = [
        (name, [(one.key, one.label) for one in SLOTS.values() if one.group == name and one.by_clause])
        for name in GROUPS
    ]
    return [("", "不对应机制"), *((name, slots) for name, slots in groups if slots)]


@functools.lru_cache(maxsize=2000)
def _initials(label: str) -> str:
    return initials(label)


class InitialsSelect(PickSelect):
    """A list that filters by the pinyin initials of its labels too: units and mechanisms have none of their own."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-filter": "输入名称或拼音首字母", **(attrs or {})}, choices)

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, label, *args, **kwargs)
        option["attrs"].setdefault("data-pinyin", _initials(str(label)))
        return option


class ImportForm(ActForm):
    """A plan's text: a file, or pasted; the rest is read from it where it is left empty."""

    act_label = "导入方案"
    file = EvidenceField(label="方案文件", help_text="选一个.txt、.md或.docx文件。")
    text = forms.CharField(
        label="或者粘贴方案全文",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        strip=False,
        help_text="原文一字不改地保存。",
    )
    document_no = forms.CharField(label="文号", required=False, max_length=60)
    from_on = forms.DateField(
        label="实施起", required=False, widget=DayInput, help_text="规则从这一天起执行；不填则从确认之日起。"
    )
    until_on = forms.DateField(label="实施止", required=False, widget=DayInput)
    title = forms.CharField(label="标题", required=False, max_length=200, help_text="不填则从原文读取。")
    short_name = forms.CharField(label="简称", required=False, max_length=40)
    issued_by = forms.CharField(label="制发机关", required=False, max_length=100, help_text="不填则为本局。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".txt,.md,.docx"
        self.fields["file"].widget.allow_multiple_selected = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        text = cleaned.get("text", "")
        if not self.staged and not text.strip() and not self.errors:
            self.add_error("file", "请选择方案文件，或在下面粘贴方案全文。")
        if self.staged and text.strip():
            self.add_error("text", "文件和文字只要一样，请清空其中一个。")
        return cleaned

    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        names = ("document_no", "from_on", "until_on", "title", "short_name", "issued_by")
        return {name: given[name] for name in names} | {"content": given["text"], "staged": self.staged}


class ParameterForm(ActForm):
    """The fields of a parameter, whatever its shape; `parameter(slot)` puts them together."""

    number = forms.DecimalField(label="数量", required=False, min_value=Decimal("0.5"), max_digits=6, decimal_places=1)
    unit = forms.ChoiceField(label="单位", required=False, choices=[("", "—"), *UNITS.items()])
    period = forms.ChoiceField(label="周期", required=False, choices=[("", "—"), *PERIODS.items()])
    steps = forms.CharField(
        label="分级处理",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一级：第一次、第二次……",
    )

    @staticmethod
    def filled(value: dict[str, Any] | None) -> dict[str, Any]:
        """A stored parameter as the fields' first content."""
        if not value:
            return {}
        return {"steps": "\n".join(value["steps"])} if "steps" in value else dict(value)

    def parameter(self, slot: str) -> dict[str, Any] | None:
        """The slot's parameter as JSON; None where nothing was filled in. What is wrong becomes a field's error."""
        given = self.cleaned_data
        number, steps = given.get("number"), [one.strip() for one in given.get("steps", "").splitlines() if one.strip()]
        found = RULED.get(slot)
        if found is None or (number is None and not steps):
            return None
        if number is not None:
            number = int(number) if number == int(number) else float(number)
        value = {"number": number, "unit": given.get("unit"), "period": given.get("period"), "steps": steps}
        try:
            return dump(found.read(value))
        except BadValue as why:
            self.add_error("steps" if found.shape == "LADDER" else "number", str(why))
            return None


def leaders_of(bureau_id: int, on: date) -> Any:
    """Who may answer for a duty: the chief and the leaders of that day."""
    return org.holders(Held.CHIEF, bureau_id, on) | org.holders(Held.LEADER, bureau_id, on)


def _of_bureau(form: forms.Form, bureau_id: int, on: date) -> None:
    """The bureau's own units and leaders, no others."""
    for name, rows in (("owner_unit", org.units_of(bureau_id, on)), ("leader", leaders_of(bureau_id, on))):
        field = form.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class DutyForm(ParameterForm):
    """A duty's words: confirm them as they are, or put them right first."""

    field_order = ["act", "actor", "owner_unit", "leader", "slot", "number", "unit", "period", "steps", "output"]
    act = forms.CharField(label="做什么", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    actor = forms.CharField(label="谁来做", required=False, max_length=100)
    owner_unit = forms.ModelChoiceField(
        label="责任单位", required=False, queryset=Unit.objects.none(), widget=InitialsSelect, empty_label="待定"
    )
    leader = forms.ModelChoiceField(
        label="责任领导", required=False, queryset=User.objects.none(), widget=PickSelect, empty_label="待定"
    )
    slot = forms.ChoiceField(label="对应机制", required=False, choices=slot_choices, widget=InitialsSelect)
    output = forms.CharField(label="成果", required=False, max_length=200)

    def __init__(self, *args: Any, duty: Duty, value: dict[str, Any] | None, on: date, **kwargs: Any) -> None:
        self.duty, self.stated = duty, value
        kwargs["initial"] = {
            "version": duty.version, "act": duty.act, "actor": duty.actor, "owner_unit": duty.owner_unit_id,
            "leader": duty.leader_id, "slot": duty.slot, "output": duty.output, **self.filled(value),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        _of_bureau(self, duty.clause.version.plan.bureau_id, on)
        self.shapes = " ".join(f"{key}:{slot.shape}" for key, slot in RULED.items())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        value = self.parameter(cleaned.get("slot", ""))
        same = value == self.stated and cleaned.get("slot") == self.duty.slot
        cleaned["value"] = self.duty.value if same else value
        return cleaned

    def words(self) -> dict[str, Any]:
        names = ("act", "actor", "output", "slot", "owner_unit", "leader", "value")
        return {name: self.cleaned_data[name] for name in names}


class DropForm(ActForm):
    """不是任务, with the reason; also for taking a decision back, where none is asked."""

    act_label = "不是任务"
    reason = forms.CharField(label="理由", required=False, max_length=200)


class PickForm(ActForm):
    """Which rows of the list are meant: the one whose button was pressed, or all that are ticked."""

    only = forms.CharField(required=False, widget=forms.HiddenInput)
    pick = forms.CharField(required=False, widget=forms.HiddenInput)

    def pairs(self) -> list[tuple[int, int]]:
        """(key of the duty, version it was shown in); what is neither is left out."""
        data: Any = self.data
        names = [data["only"]] if data.get("only") else data.getlist("pick")
        split = [one.split(":") for one in names]
        return [(int(two[0]), int(two[1])) for two in split if len(two) == 2 and all(part.isdecimal() for part in two)]


class EndForm(ActForm):
    """Stop a decision of the bureau."""

    act_label = "停止执行"
    reason = forms.CharField(label="为什么停止执行", max_length=200)


NOBODY = "-"
"""In a palette: take the unit, the leader or the mechanism away again (an empty choice means: leave it)."""


class AssignForm(PickForm):
    """指定责任单位、责任领导、机制 for the rows that are meant: only what is chosen changes."""

    owner_unit = forms.ModelChoiceField(
        label="责任单位", required=False, queryset=Unit.objects.none(), widget=InitialsSelect, empty_label=""
    )
    leader = forms.ModelChoiceField(
        label="责任领导", required=False, queryset=User.objects.none(), widget=PickSelect, empty_label=""
    )
    slot = forms.ChoiceField(label="对应机制", required=False, widget=InitialsSelect)

    def __init__(self, data: Any = None, *, bureau_id: int, on: date, **kwargs: Any) -> None:
        self.cleared = {name for name in ("owner_unit", "leader", "slot") if data and data.get(name) == NOBODY}
        if self.cleared:
            data = data.copy()
            for name in self.cleared:
                data[name] = ""
        super().__init__(data, **kwargs)
        _of_bureau(self, bureau_id, on)
        choices: Any = [("", ""), *slot_choices()[1:]]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        given = {name: value for name in ("owner_unit", "leader", "slot") if (value := self.cleaned_data.get(name))}
        return given | {name: "" if name == "slot" else None for name in self.cleared}


class SpanField(forms.MultipleChoiceField):
    """Stretches of the text, each ticked or not; a value is `start-end` in code points."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        spans = [tuple(map(int, one.split("-"))) for one in super().clean(value)]
        return (min(one[0] for one in spans), max(one[1] for one in spans)) if spans else None


class AddForm(ActForm):
    """添加任务: which sentences of the clause (or the stretch that was selected), and what is left to say of it."""

    act_label = "添加并确认"
    chosen = forms.RegexField(regex=r"^\d{1,7}-\d{1,7}$", required=False, widget=forms.HiddenInput)
    sentences = SpanField(label="选一句或几句", required=False)
    act = forms.CharField(
        label="做什么",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不填则用所选的话。",
    )
    actor = forms.CharField(label="谁来做", required=False, max_length=100, help_text="不填则从所选的话里读。")
    slot = forms.ChoiceField(label="对应机制", required=False, choices=slot_choices, widget=InitialsSelect)

    def __init__(
        self, *args: Any, text: str, sentences: list[tuple[Span, str]], chosen: Span | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = [(f"{one[0]}-{one[1]}", plain(text, one) + (f"（{told}）" if told else "")) for one, told in sentences]
        self.fields["sentences"].choices = labels  # type: ignore[attr-defined]
        self.stretch = plain(text, chosen) if chosen else ""
        if chosen:
            del self.fields["sentences"]
            self.initial["chosen"] = f"{chosen[0]}-{chosen[1]}"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        chosen = cleaned.get("chosen")
        cleaned["span"] = tuple(map(int, chosen.split("-"))) if chosen else cleaned.get("sentences")
        if not cleaned["span"] and not self.errors:
            self.add_error("sentences" if "sentences" in self.fields else None, "请选一句话。")
        return cleaned

    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        typed = {name: given[name].strip() for name in ("act", "actor", "slot") if given.get(name, "").strip()}
        return {"start": given["span"][0], "end": given["span"][1], **typed}


class SplitForm(ActForm):
    """拆分: before which pieces a new duty begins."""

    act_label = "拆分"
    cuts = forms.TypedMultipleChoiceField(
        label="从哪里拆开",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一处。"},
    )

    def __init__(self, *args: Any, text: str, pieces: list[Span], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = plain(text, pieces[0]) if pieces else ""
        labels = [(one[0], plain(text, one)) for one in pieces[1:]]
        self.fields["cuts"].choices = labels  # type: ignore[attr-defined]
