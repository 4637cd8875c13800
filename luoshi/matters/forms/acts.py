"""One form for each move of a matter: as few fields as the move needs, each with its default."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import DayField, MatterForm, PhraseField, ProseField, due_chips, with_phrase
from luoshi.matters.forms.parts import add_part_fields
from luoshi.matters.models import Contribution, Matter
from luoshi.matters.queries import next_feedback_on, to_consolidate
from luoshi.matters.rules import HANDLER, HEAD, MOVES, Block, FeedbackKind, PartyRole
from luoshi.matters.services import Part
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty

VERIFY_WAYS = [("材料核查", "材料核查"), ("现场核查", "现场核查"), ("回访", "回访")]


def people(units: list[int], matter_form: MatterForm) -> Any:
    """Those with a post in the units today, by pinyin."""
    return org.people_of(units, matter_form.on)


class PlainForm(MatterForm):
    """An act that needs no word: 签收（承办人）, 归档, 阅, 协办签收."""


class NoteForm(MatterForm):
    """An act with a remark that may be left out."""

    note = ProseField(label="意见（可不填）", required=False, rows=2)


class ReasonForm(MatterForm):
    """An act that must say why: 退办, 退回, 中止, 恢复, 撤销."""

    reason = ProseField(label="理由")

    def set_up(self) -> None:
        self.fields["reason"].label = f"{self.act_label.removeprefix('登记')}理由"


class ApproveForm(MatterForm):
    block = forms.ChoiceField(label="考评板块", choices=Block.choices)

    def set_up(self) -> None:
        self.initial.setdefault("block", self.matter.block)


class AssignForm(MatterForm):
    """交办: the list's own date, who verifies, and what assisting units are asked for (may be left open)."""

    due_on = DayField(label="办结时限")
    verifier = forms.ModelChoiceField(User.objects.none(), label="核查人", required=False, empty_label="由核查岗办理")

    def set_up(self) -> None:
        self.initial.setdefault("due_on", self.matter.due_on)
        self.initial.setdefault("verifier", self.matter.verifier_id)
        self.offer_days("due_on", earliest=self.on, chips=due_chips(self.matter.bureau_id, self.on))
        self.choose_from("verifier", org.holders(Duty.VERIFIER, self.matter.bureau_id, self.on))
        parts = self.matter.parties.filter(role=PartyRole.ASSIST, ended_on=None).select_related("unit")
        self.parts = list(parts.order_by("id"))
        for one in self.parts:
            add_part_fields(self, one.unit_id, str(one.unit), task=one.task, due_on=one.due_on)
            self.rare += (f"task_{one.unit_id}", f"due_{one.unit_id}")
        self.more_label = f"可不填：{'、'.join(str(one.unit) for one in self.parts)}的分工和配合时限"

    def words(self) -> dict[str, Any]:
        words = super().words()
        asked = [(one.unit, words.pop(f"task_{one.unit_id}"), words.pop(f"due_{one.unit_id}")) for one in self.parts]
        parts = [Part(*one) for one in asked if one[1] or one[2]]
        return {**words, "parts": parts} if parts else words


class AcceptForm(MatterForm):
    """签收 by the head may name the 承办人 at once; a handler who signs takes it himself and sees no field."""

    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", required=False, empty_label="稍后分办")

    def set_up(self) -> None:
        self.choose_from("handler", people([self.matter.lead_unit_id], self))
        self.initial.setdefault("handler", self.matter.handler_id)
        if HANDLER in self.roles and HEAD not in self.roles:
            del self.fields["handler"]

    def words(self) -> dict[str, Any]:
        return {name: value for name, value in super().words().items() if name != "handler" or value is not None}


class AllotForm(MatterForm):
    handler = forms.ModelChoiceField(User.objects.none(), label="承办人", empty_label="请选择")
    note = forms.CharField(label="交代的话", max_length=200, required=False)

    def set_up(self) -> None:
        self.choose_from("handler", people([self.matter.lead_unit_id], self))
        self.initial.setdefault("handler", self.matter.handler_id)


class Consolidating(MatterForm):
    """汇总: what assisting units told since the last feedback is taken over unless its tick is removed."""

    def add_contributions(self) -> None:
        """A tick for each contribution that stands in no feedback yet; none where there is nothing."""
        self.waiting = to_consolidate(self.matter)
        if not self.waiting:
            return
        self.fields["take"] = forms.MultipleChoiceField(
            label="并入协办反馈", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(str(one.pk), _contribution_words(one)) for one, _ in self.waiting],
            help_text="勾选的随本次反馈一并上报；去掉勾选的不上报，下次仍可并入。",
        )  # fmt: skip
        self.initial.setdefault("take", [str(one.pk) for one, fresh in self.waiting if fresh])

    def words(self) -> dict[str, Any]:
        words = super().words()
        taken = set(words.pop("take", ()))
        chosen = [one for one, _ in self.waiting if str(one.pk) in taken]
        return {**words, "contributions": chosen} if chosen else words


def _contribution_words(one: Contribution) -> str:
    done = "，分工已完成" if one.finished else ""
    return f"{one.party.unit}（{one.event.on:%m-%d}{done}）：{one.done}"


class FeedbackForm(Consolidating):
    """反馈: done is what counts; not finished means naming the next day (2.2.5.1e)."""

    rare = ("next_step", "obstacles", "files")
    more_label = "可不填：下步计划、需协调的问题、佐证材料"
    evidence_label = "佐证材料（可不传，一件即可）"
    done = ProseField(label="办理情况", rows=4)
    finished = forms.ChoiceField(
        label="是否办完",
        choices=[("no", "还在办"), ("yes", "已办完，申请办结")],
        widget=forms.RadioSelect,
        initial="no",
    )
    progress = forms.IntegerField(label="进展（%）", min_value=0, max_value=100, required=False)
    next_on = DayField(label="下次反馈日期", required=False, help_text="办完的不用填。")
    next_step = ProseField(label="下步计划", required=False, rows=2)
    obstacles = ProseField(label="存在问题与需协调事项", required=False, rows=2)

    def set_up(self) -> None:
        last = self.matter.feedbacks.order_by("-pk").first()
        self.initial.setdefault("progress", last.progress if last else 0)
        self.initial.setdefault("next_on", next_feedback_on(self.matter, self.on))
        self.offer_days("next_on", earliest=self.on)
        self.add_contributions()

    @property
    def done_label(self) -> str:
        return MOVES["submit"].label if self.cleaned_data["finished"] == "yes" else self.act_label

    def clean_progress(self) -> int:
        return self.cleaned_data.get("progress") or 0

    def words(self) -> dict[str, Any]:
        words = super().words()
        if words.pop("finished") == "yes":
            return {**words, "kind": FeedbackKind.FINAL, "progress": 100, "next_on": None}
        return {**words, "kind": later_kind(self.matter)}


def later_kind(matter: Matter) -> FeedbackKind:
    """An unfinished feedback is 初步 the first time and 阶段 afterwards."""
    return FeedbackKind.STAGE if matter.first_feedback_on else FeedbackKind.PRELIMINARY


class SubmitForm(Consolidating):
    rare = ("obstacles", "files")
    more_label = "可不填：遗留问题、佐证材料"
    evidence_label = "佐证材料（可不传，一件即可）"
    done = ProseField(label="办理结果", rows=4)
    obstacles = ProseField(label="遗留问题", required=False, rows=2)

    def set_up(self) -> None:
        self.add_contributions()


class VerifyForm(MatterForm):
    evidence_label = "核查材料（可不传）"
    rare = ("files",)
    more_label = "可不传：核查材料"
    way = forms.ChoiceField(label="核查方式", choices=VERIFY_WAYS, widget=forms.RadioSelect, initial="材料核查")
    note = ProseField(label="核查情况", rows=2)

    def words(self) -> dict[str, Any]:
        words = super().words()
        way = words.pop("way")
        return {**words, "note": f"{way}：{words['note']}"}


class UrgeForm(MatterForm):
    note = forms.CharField(label="催办内容", max_length=200, required=False)
    urgent = forms.BooleanField(label="加急：下班时间也提醒", required=False)


class InstructForm(MatterForm):
    """批示: the leader's words, one tap or typed; they may open another matter for the same unit."""

    phrase = PhraseField(
        "同意，请抓紧推进。", "请按期办结，结果报我。", "请说明原因和下步措施。", "请局办公室跟踪督办。",
    )  # fmt: skip
    text = ProseField(label="批示内容", required=False)
    follow = forms.BooleanField(label="据此另立一件事项（由局办公室接着办）", required=False)
    follow_title = forms.CharField(label="新事项名称", max_length=200, required=False, help_text="不填则取批示第一句。")

    def clean(self) -> dict[str, Any]:
        return with_phrase(self, super().clean(), "text", "请写下批示内容，或点一句常用语。")

    def words(self) -> dict[str, Any]:
        words = super().words()
        words.pop("phrase")
        title = words.pop("follow_title") or words["text"].split("。")[0].strip()[:200]
        if words.pop("follow"):
            words["follow_up"] = {"title": title, "requirement": words["text"]}
        return words


class ExtendForm(MatterForm):
    due_on = DayField(label="延期至")
    reason = ProseField(label="延期理由")

    def set_up(self) -> None:
        chips = due_chips(self.matter.bureau_id, self.matter.due_on or self.on)
        ahead = [(f"再加{word}", day) for word, day in chips if day >= self.on]
        self.offer_days("due_on", earliest=self.on, chips=ahead)
        if self.matter.due_on:
            self.fields["due_on"].help_text = f"现定办结时限 {self.matter.due_on}，原定日期保留可查。"

    def add_paper(self, *, bureau_id: int, leader: Any, on: date) -> None:
        super().add_paper(bureau_id=bureau_id, leader=leader, on=on)
        if self.matter.due_on is not None and on > self.matter.due_on:
            self.fields["decided_on"].initial = None
            self.fields["decided_on"].help_text = f"办结时限 {self.matter.due_on} 已过，须是这一天或之前作出的决定。"
            self.fields["decided_on"].widget.attrs["max"] = self.matter.due_on.isoformat()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, due = cleaned.get("decided_on"), self.matter.due_on
        if day is not None and due is not None and due < day <= self.on:
            self.add_error("decided_on", f"办结时限 {due} 已过，须是这一天或之前作出的决定。")
        return cleaned


class ReopenForm(MatterForm):
    reason = ProseField(label="重办理由")
    due_on = DayField(label="新的办结时限")

    def set_up(self) -> None:
        self.offer_days("due_on", earliest=self.on, chips=due_chips(self.matter.bureau_id, self.on))


class ReassignForm(MatterForm):
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label="改由哪个单位牵头", empty_label="请选择")
    reason = ProseField(label="调整理由", rows=2)

    def set_up(self) -> None:
        units = org.units_of(self.matter.bureau_id, self.on)
        self.choose_from("lead_unit", units.exclude(pk=self.matter.lead_unit_id))


FORMS: dict[str, type[MatterForm]] = {
    "approve": ApproveForm,
    "assign": AssignForm,
    "accept": AcceptForm,
    "decline": ReasonForm,
    "allot": AllotForm,
    "feed_back": FeedbackForm,
    "submit": SubmitForm,
    "verify": VerifyForm,
    "send_back": ReasonForm,
    "close": NoteForm,
    "archive": PlainForm,
    "urge": UrgeForm,
    "read": PlainForm,
    "instruct": InstructForm,
    "extend": ExtendForm,
    "suspend": ReasonForm,
    "resume": ReasonForm,
    "reassign": ReassignForm,
    "reopen": ReopenForm,
    "cancel": ReasonForm,
}
"""The moves of a matter and of its lead unit; those of parts, roadmaps and requests stand in their own modules."""
