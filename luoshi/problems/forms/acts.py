"""One form for each move of a problem: as few fields as the move needs, each with its default."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems import queries
from luoshi.problems.forms.base import DayField, ProblemForm, ProseField, due_chips
from luoshi.problems.rules import LEADER, OFFICE, Pace, RaiserAnswer, Source, State
from luoshi.problems.services import Order
from luoshi.ui.forms import PickSelect

CHECK_WAYS = [("现场查看", "现场查看"), ("查阅材料", "查阅材料"), ("回访核实", "回访核实")]


class PlainForm(ProblemForm):
    """An act that needs no word: 确认问题."""


class ReasonForm(ProblemForm):
    """An act that must say why: 退回整改, 不作问题处理, 重新列为问题."""

    reason = ProseField(label="理由", rows=2)

    def set_up(self) -> None:
        self.fields["reason"].label = {
            "return_closing": "哪里没改好", "dismiss": "为什么不作问题处理", "restore": "为什么重新列为问题",
        }.get(self.move, "理由")  # fmt: skip


class PlanFields(ProblemForm):
    """Cause, measure and date, as they stand or to be filled in."""

    cause = ProseField(label="原因", rows=2)
    measure = ProseField(label="整改措施", rows=3)
    due_on = DayField(label="整改时限")

    def set_up(self) -> None:
        problem = self.problem
        self.initial.update(cause=problem.cause, measure=problem.measure, due_on=problem.due_on)
        self.offer_days("due_on", earliest=self.on, chips=due_chips(self.problem.bureau_id, self.on))


class StartForm(PlanFields):
    """定整改措施: three fields; who is answerable is known from the registration and may be changed under 更多."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="责任单位", empty_label="请选择")
    owner = forms.ModelChoiceField(
        User.objects.none(), label="责任人", required=False, empty_label="单位负责人", widget=PickSelect
    )
    pace = forms.ChoiceField(label="整改类型", choices=Pace.choices, initial=Pace.BY_DATE)

    def set_up(self) -> None:
        super().set_up()
        problem, on = self.problem, self.on
        self.initial.update(unit=problem.unit_id, owner=problem.owner_id)
        if problem.pace:
            self.initial["pace"] = problem.pace
        if problem.self_check_id is not None:
            del self.fields["unit"], self.fields["owner"]
        else:
            units = org.units_of(problem.bureau_id, on)
            if not {OFFICE, LEADER} & set(self.roles) and problem.unit_id is not None:
                del self.fields["unit"]
            else:
                self.choose_from("unit", units)
            mine = [problem.unit_id] if "unit" not in self.fields else [one.pk for one in units]
            self.choose_from("owner", org.people_of([one for one in mine if one], on))
        self.rare = ("owner", "pace") if problem.unit_id else ("pace",)
        self.more_label = "可不填：责任人、整改类型"


class OrderForm(PlanFields):
    """交办整改: to which units; what the problem already says is filled in; a leader decided it."""

    evidence_label = "批示、纪要扫描件（已写明出处的可不传）"
    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="交给哪些单位", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择至少一个整改单位。"},
    )  # fmt: skip
    field_order = ("units", "cause", "measure", "due_on")

    def set_up(self) -> None:
        super().set_up()
        problem = self.problem
        self.initial["units"] = [problem.unit_id] if problem.unit_id and problem.state != State.RECTIFYING else []
        self.choose_from("units", org.units_of(problem.bureau_id, self.on))
        leader = problem.leader_id or (one.pk if (one := self._leader()) else None)
        self.add_paper(bureau_id=problem.bureau_id, leader=leader, on=self.on)
        if problem.state == State.RECTIFYING:
            self.rare, self.more_label = ("cause", "measure", "due_on"), "已经定好的原因、措施、时限，要改再打开"

    def _leader(self) -> User | None:
        unit_id = self.problem.unit_id
        return org.leader_of(unit_id, self.on) if unit_id is not None else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_paper(cleaned, on=self.on, staged=self.staged)
        return cleaned

    def words(self) -> dict[str, Any]:
        words = super().words()
        units = words.pop("units")
        return {**words, "orders": [Order(one) for one in units]}


class ReportForm(ProblemForm):
    evidence_label = "佐证材料（可不传）"
    rare = ("files",)
    more_label = "可不传：佐证材料"
    note = ProseField(label="整改进展", rows=3)


class ApplyForm(ProblemForm):
    evidence_label = "佐证材料（可不传，一件即可）"
    note = ProseField(label="整改情况：改了什么、现在怎样", rows=4)


class AcceptForm(ProblemForm):
    """验收销号: how it was looked at and what was found; where somebody raised it, what he says."""

    evidence_label = "验收材料（可不传）"
    rare = ("files",)
    more_label = "可不传：验收材料"
    way = forms.ChoiceField(label="验收方式", choices=CHECK_WAYS, widget=forms.RadioSelect, initial="现场查看")
    note = ProseField(label="看了什么、结果怎样", rows=3)
    raiser_answer = forms.ChoiceField(label="反映人意见", choices=RaiserAnswer.choices, widget=forms.RadioSelect)
    raiser_words = forms.CharField(label="反映人怎么说", max_length=300, required=False)

    def set_up(self) -> None:
        raised = queries.raised_by(self.problem)
        if not raised:
            del self.fields["raiser_answer"], self.fields["raiser_words"]
            return
        self.fields["raiser_answer"].label = f"回访{'、'.join(raised[:3])}，反映人意见"
        self.fields["raiser_words"].help_text = "不满意的，请写明他的意见和可以销号的理由；其他可不填。"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("raiser_answer") == RaiserAnswer.BAD and not (cleaned.get("raiser_words") or "").strip():
            self.add_error("raiser_words", "反映人不满意，请写明他的意见，以及为什么可以销号。")
        return cleaned

    def words(self) -> dict[str, Any]:
        words = super().words()
        way = words.pop("way")
        return {**words, "note": f"{way}：{words['note']}"}


class LookBackForm(ProblemForm):
    """回头看: it holds, or it came back; then it is put right again under the same number."""

    evidence_label = "材料（可不传）"
    rare = ("files",)
    more_label = "可不传：材料"
    held = forms.ChoiceField(
        label="看的结果", choices=[("yes", "没有反弹"), ("no", "又出现了，重新整改")], widget=forms.RadioSelect,
        initial="yes",
    )  # fmt: skip
    note = ProseField(label="看到的情况", rows=2, required=False)
    due_on = DayField(label="新的整改时限（又出现时填）", required=False)

    def set_up(self) -> None:
        self.offer_days("due_on", earliest=self.on, chips=due_chips(self.problem.bureau_id, self.on))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("held") == "no":
            if not cleaned.get("note"):
                self.add_error("note", "又出现了，请写明看到的情况。")
            if not cleaned.get("due_on") and "due_on" not in self.errors:
                self.add_error("due_on", "又出现了，请定新的整改时限。")
        return cleaned

    @property
    def service(self) -> str:
        return "rebound" if self.cleaned_data["held"] == "no" else super().service

    def words(self) -> dict[str, Any]:
        words = super().words()
        if words.pop("held") == "no":
            return {"reason": words["note"], "due_on": words["due_on"]}
        return {"note": words["note"]}


class ReboundForm(ProblemForm):
    reason = ProseField(label="又出现了什么情况", rows=2)
    due_on = DayField(label="新的整改时限")

    def set_up(self) -> None:
        self.offer_days("due_on", earliest=self.on, chips=due_chips(self.problem.bureau_id, self.on))


class RescheduleForm(ProblemForm):
    due_on = DayField(label="新的整改时限")
    reason = ProseField(label="调整理由", rows=2)

    def set_up(self) -> None:
        start = max(self.problem.due_on or self.on, self.on)
        self.offer_days("due_on", earliest=self.on, chips=due_chips(self.problem.bureau_id, start))
        self.fields["due_on"].help_text = f"现定 {self.problem.due_on}，原定日期保留可查。"


class SeeAgainForm(ProblemForm):
    """又有人反映: the same problem met once more."""

    source = forms.ChoiceField(label="来源", choices=Source.choices, initial=Source.OPINION)
    seen_on = DayField(label="哪天")
    words_said = ProseField(label="怎么说的", rows=2, required=False)
    raiser = forms.CharField(label="反映人", max_length=100, required=False, help_text="写了反映人的，整改后要回访他。")
    place = forms.CharField(label="地点", max_length=100, required=False)
    rare = ("raiser", "place")
    more_label = "可不填：反映人、地点"

    def set_up(self) -> None:
        self.initial.setdefault("seen_on", self.on)

    def clean_seen_on(self) -> Any:
        day = self.cleaned_data["seen_on"]
        if day > self.on:
            raise forms.ValidationError("不能晚于今天。")
        return day

    def words(self) -> dict[str, Any]:
        words = super().words()
        said = words.pop("words_said")
        return {**words, "words": said}


FORMS: dict[str, type[ProblemForm]] = {
    "confirm": PlainForm,
    "start": StartForm,
    "order": OrderForm,
    "report": ReportForm,
    "apply": ApplyForm,
    "accept": AcceptForm,
    "return_closing": ReasonForm,
    "look_back": LookBackForm,
    "rebound": ReboundForm,
    "reschedule": RescheduleForm,
    "see_again": SeeAgainForm,
    "dismiss": ReasonForm,
    "restore": ReasonForm,
}
