"""登记问题 and 修改问题: the title and the unit; all else has its default or may stay empty."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import Filling
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause
from luoshi.problems.forms.base import DayField, ProseField, due_chips, fault_choices, leaders_of
from luoshi.problems.models import Problem
from luoshi.problems.rules import MOVES, Channel, Pace, Source, State, StyleKind
from luoshi.ui.forms import ActForm, EvidenceField, PickSelect

SHOWN = ("title", "unit", "source", "detail")
FOLDED = ("found_on", "place", "raiser", "source_note", "tags", "style_kind", "channel", "files")


class ProblemFields(Filling, ActForm):
    """What a problem says: shared by writing one down and by amending it."""

    title = forms.CharField(
        label="是什么问题", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="一句话写明。已有相近的问题会列在下面，同一件事不用重复登记。",
    )  # fmt: skip
    unit = forms.ModelChoiceField(Unit.objects.none(), label="哪个单位负责整改", empty_label="请选择")
    source = forms.ChoiceField(label="从哪里发现的", choices=Source.choices)
    detail = ProseField(label="具体表现", required=False, rows=3)
    found_on = DayField(label="发现日期")
    place = forms.CharField(label="地点", max_length=100, required=False)
    raiser = forms.CharField(
        label="反映人", max_length=100, required=False, help_text="写了反映人的，销号前要回访他；不愿留名的可不填。"
    )
    source_note = forms.CharField(
        label="来源文件或场合", max_length=200, required=False, help_text="如：督查通报第3期、向阳小区座谈会。"
    )
    tags = forms.MultipleChoiceField(label="作风表现", required=False, widget=forms.CheckboxSelectMultiple)
    style_kind = forms.ChoiceField(
        label="六类作风问题", required=False, choices=[("", "不属于作风问题"), *StyleKind.choices]
    )
    channel = forms.ChoiceField(label="查摆渠道", required=False, choices=[("", "不填"), *Channel.choices])

    def place_in(self, *, bureau: Unit, on: date) -> None:
        """Fill the choices of one bureau on a day."""
        self.bureau, self.on = bureau, on
        self.choose_from("unit", org.units_of(bureau.pk, on))
        self.fields["tags"].choices = fault_choices(bureau.pk, on)
        self.fields["found_on"].widget.attrs["max"] = on.isoformat()

    def clean_found_on(self) -> date:
        day: date = self.cleaned_data["found_on"]
        if day > self.on:
            raise forms.ValidationError("不能晚于今天。")
        return day

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields always in sight, below the title."""
        return [self[name] for name in SHOWN if name != "title" and name in self.fields]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields under 更多, each with its default or empty."""
        return [self[name] for name in FOLDED if name in self.fields]

    @property
    def folded_open(self) -> bool:
        return self.is_bound and any(one.errors or (one.value() and one.name != "found_on") for one in self.folded)


class OpenForm(ProblemFields):
    """登记问题: the writer's own unit and the likeliest source are set beforehand."""

    act_label = "登记问题"

    def __init__(
        self,
        data: Any = None,
        *,
        bureau: Unit,
        on: date,
        duties: frozenset[str],
        mine: list[int],
        clause: Clause | None = None,
        **kwargs: Any,
    ) -> None:
        self.clause = clause
        first = {"found_on": on, "source": Source.CLAUSE if clause else _likely(duties)}
        if len(mine) == 1:
            first["unit"] = mine[0]
        kwargs["initial"] = {**first, **(kwargs.get("initial") or {})}
        super().__init__(data, **kwargs)
        self.place_in(bureau=bureau, on=on)
        self.fields["files"] = EvidenceField(label="照片或材料（可不传）")
        self.speak_plainly()

    def words(self) -> dict[str, Any]:
        """What `open_problem` takes."""
        return {name: value for name, value in super().words().items() if name != "files"} | {"clause": self.clause}


def _likely(duties: frozenset[str]) -> str:
    if duties & {Duty.INSPECTOR, Duty.VERIFIER, Duty.DISCIPLINE}:
        return Source.INSPECTION
    return Source.VISIT if duties & {Duty.LEADER, Duty.CHIEF} else Source.OPINION


class AmendForm(ProblemFields):
    """修改问题: the same fields as they stand, with the plan once there is one."""

    act_label = MOVES["amend"].label
    cause = ProseField(label="原因", required=False, rows=2)
    measure = ProseField(label="整改措施", required=False, rows=3)
    owner = forms.ModelChoiceField(
        User.objects.none(), label="责任人", required=False, empty_label="单位负责人", widget=PickSelect
    )
    leader = forms.ModelChoiceField(User.objects.none(), label="责任领导", required=False, empty_label="未定")
    pace = forms.ChoiceField(label="整改类型", required=False, choices=[("", "未定"), *Pace.choices])
    due_on = DayField(label="整改时限", required=False)

    def __init__(self, data: Any = None, *, problem: Problem, on: date, **kwargs: Any) -> None:
        self.problem = problem
        names = [name for name in self.base_fields if name not in ("submission", "version")]
        now = {name: getattr(problem, name) for name in names if hasattr(problem, name)}
        now |= {name: getattr(problem, f"{name}_id") for name in ("unit", "owner", "leader")}
        kwargs["initial"] = {**now, "version": problem.version}
        super().__init__(data, **kwargs)
        self.place_in(bureau=problem.bureau, on=on)
        self.choose_from("leader", leaders_of(problem.bureau_id, on))
        units = [one.pk for one in org.units_of(problem.bureau_id, on)]
        self.choose_from("owner", org.people_of(units, on))
        self.offer_days("due_on", earliest=on, chips=due_chips(problem.bureau_id, on))
        if problem.unit_id is None:
            self.fields["unit"].required = False
        if problem.self_check_id is not None:
            for name in ("unit", "owner", "leader", "raiser"):
                del self.fields[name]
        if problem.state == State.RECTIFYING:
            del self.fields["due_on"]
            self.fields["cause"].required = self.fields["measure"].required = True
        self.speak_plainly()

    @property
    def shown(self) -> list[forms.BoundField]:
        names = ("unit", "owner", "detail", "cause", "measure", "due_on")
        return [self[name] for name in names if name in self.fields]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in ("source", "leader", "pace", *FOLDED) if name in self.fields]

    @property
    def folded_open(self) -> bool:
        return self.is_bound and any(one.errors for one in self.folded)

    def changes(self) -> dict[str, Any]:
        """What `amend` takes: the fields that were changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data
                and name not in ("submission", "version")}  # fmt: skip
