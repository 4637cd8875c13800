"""交办清单 as forms: the head of a new list, further items, handing out the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import PAPER_FILES, DayField, PaperFields, due_chips, leaders_of
from luoshi.matters.models import Meeting, TaskList
from luoshi.matters.rules import SERIES, Block, MeetingKind, Source, State
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.ui.forms import ActForm, EvidenceField

BUTTONS = {
    "hand_out": ("登记、立项并交办", State.ASSIGNED), "approve": ("登记并立项", State.APPROVED),
    "draft": ("只登记清单", State.DRAFT),
}  # fmt: skip
"""The acts that save a list: the button's word and how far the items go."""
OF_MEETING = {MeetingKind.COMMITTEE: Source.COMMITTEE, MeetingKind.TEAM: Source.TEAM_MEETING}
"""The source that a meeting's kind gives; other meetings hand out 重点工作."""


class ListFields(PaperFields, ActForm):
    """What goes with every act on a list: who verifies, and the decision on paper that the office enters."""

    due_on = DayField(label="统一办结时限", required=False, help_text="表格里没有写时限的事项用它。")
    verifier = forms.ModelChoiceField(User.objects.none(), label="核查人", required=False, empty_label="由核查岗办理")
    more: tuple[str, ...] = ()

    def place(self, bureau: Unit, on: date, duties: Collection[str], issuer: int | None) -> None:
        """Fill the choices of one bureau on a day."""
        self.bureau, self.on = bureau, on
        self.is_office = Duty.OFFICE in duties
        self.is_leader = bool({Duty.LEADER, Duty.CHIEF} & set(duties))
        self.choose_from("verifier", org.holders(Duty.VERIFIER, bureau.pk, on))
        if "due_on" in self.fields:
            self.offer_days("due_on", earliest=on, chips=due_chips(bureau.pk, on))
        if self.is_office:
            self.add_paper(bureau_id=bureau.pk, leader=issuer, on=on)
            self.fields["decided_by"].required = self.fields["decided_on"].required = False
            self.fields["decided_by"].empty_label = "即交办领导"
            self.fields["source_note"].help_text = "不填即上面的来源文件或会议。"
        self.fields["files"] = EvidenceField(label=PAPER_FILES if self.is_office else "清单原件（可不传）")
        self.fields["files"].widget.staged = list(getattr(self.data, "staged_names", ()))
        wanted = self.data.get("act", "") if self.is_bound else ""
        self.wanted = wanted if wanted in dict(self.buttons) else ""

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """What this person may do at once, the furthest first: (value, word)."""
        may = {"hand_out": self.is_office, "approve": self.is_office or self.is_leader, "draft": True}
        return [(value, word) for value, (word, _) in BUTTONS.items() if may[value]]

    @property
    def upto(self) -> str:
        return BUTTONS[self.wanted][1]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields always in sight."""
        rest = ("decided_by", "decided_on", "source_note", "files", *self.more)
        return [one for one in self.visible_fields() if one.name not in rest]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more if name in self.fields]

    @property
    def folded_open(self) -> bool:
        return any(one.errors for one in self.folded)

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        names = ("decided_by", "decided_on", "source_note", "files")
        return [self[name] for name in names if name in self.fields]

    def proven_by(self) -> str:
        """Where the decision stands, if nobody says so below."""
        return ""

    def decided(self, issuer: User | None) -> dict[str, Any]:
        """The leader's decision that the office enters; empty where a leader clicks for himself."""
        if not self.is_office or self.upto == State.DRAFT:
            return {}
        return {
            "decided_by": self.cleaned_data.get("decided_by") or issuer,
            "decided_on": self.cleaned_data.get("decided_on") or self.on,
            "source_note": self.cleaned_data.get("source_note") or self.proven_by(),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.wanted in ("hand_out", "approve") and self.is_office:
            told = {**cleaned, "source_note": cleaned.get("source_note") or self.proven_by()}
            self.check_paper(told, on=self.on, staged=self.staged)
        return cleaned


class ListForm(ListFields):
    """The head of a new list."""

    more = ("title", "block", "series", "verifier")
    more_label = "更多：清单名称、考评板块、编号系列、核查人"
    document = forms.CharField(label="来源文件或会议", max_length=200, help_text="如：局党委会2026年第18次会议纪要。")
    source = forms.ChoiceField(label="来源", choices=[("", "请选择"), *Source.choices])
    issuer = forms.ModelChoiceField(User.objects.none(), label="交办领导", empty_label="请选择")
    issued_on = DayField(label="交办日期")
    title = forms.CharField(
        label="清单名称", max_length=200, required=False, help_text="不填即“来源文件或会议”加“交办清单”。"
    )
    block = forms.ChoiceField(label="考评板块", choices=[("", "按来源自动归入"), *Block.choices], required=False)
    series = forms.CharField(
        label="编号系列", max_length=20, initial=SERIES, help_text="一般不改；各系列的编号各自从1连续。"
    )
    field_order = ["document", "source", "issuer", "issued_on", "due_on"]

    def __init__(
        self, data: Any = None, *, bureau: Unit, on: date, duties: Collection[str], person: User,
        meeting: Meeting | None = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.meeting = meeting
        given: dict[str, Any] = {"issued_on": on}
        if meeting is not None:
            given |= {
                "document": meeting.title, "source": OF_MEETING.get(MeetingKind(meeting.kind), Source.KEY_WORK),
                "issuer": meeting.chair_id, "issued_on": min(meeting.held_on, on),
            }  # fmt: skip
        elif {Duty.LEADER, Duty.CHIEF} & set(duties):
            given["issuer"] = person.pk
        kwargs["initial"] = given | (kwargs.get("initial") or {})
        super().__init__(data, **kwargs)
        self.place(bureau, on, duties, None)
        self.choose_from("issuer", leaders_of(bureau.pk, on))

    def proven_by(self) -> str:
        return str(self.cleaned_data.get("document", ""))

    def clean_issued_on(self) -> date:
        day: date = self.cleaned_data["issued_on"]
        if day > self.on:
            raise forms.ValidationError("交办日期不能晚于今天。")
        return day

    def words(self) -> dict[str, Any]:
        """What `services.open_list` takes beside the items."""
        names = ("document", "source", "issuer", "issued_on", "title", "block", "series", "verifier")
        told = {name: self.cleaned_data[name] for name in names}
        return told | self.decided(told["issuer"]) | {"meeting": self.meeting, "upto": self.upto}


class MoreItemsForm(ListFields):
    """Further items of a list that stands."""

    more = ("verifier",)
    more_label = "更多：核查人"

    def __init__(
        self, data: Any = None, *, task_list: TaskList, on: date, duties: Collection[str], **kwargs: Any
    ) -> None:
        self.task_list = task_list
        kwargs["initial"] = {"version": task_list.version, **(kwargs.get("initial") or {})}
        super().__init__(data, **kwargs)
        self.place(task_list.bureau, on, duties, task_list.issuer_id)

    def proven_by(self) -> str:
        return self.task_list.document

    def words(self) -> dict[str, Any]:
        """What `services.add_items` takes beside the items."""
        told = {"verifier": self.cleaned_data["verifier"], "version": self.cleaned_data["version"], "upto": self.upto}
        return told | self.decided(self.task_list.issuer)


class CarryOnForm(MoreItemsForm):
    """立项、交办其余: what is still waiting in a list, in one act."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    due_on = None  # type: ignore[assignment]

    def __init__(
        self, data: Any = None, *, waiting: Sequence[Any], drafts: int, **kwargs: Any
    ) -> None:  # the matters that wait; how many of them are drafts
        self.drafts = drafts
        kwargs["initial"] = {"seen": ",".join(f"{one.pk}.{one.version}" for one in waiting)}
        super().__init__(data, **kwargs)
        if not drafts:
            for name in ("decided_by", "decided_on", "source_note", "files"):
                self.fields.pop(name, None)
        if not self.is_office:
            for name in ("verifier", "files"):
                self.fields.pop(name, None)

    @property
    def buttons(self) -> list[tuple[str, str]]:
        if not self.drafts:
            return [("hand_out", "交办其余")]
        return [("hand_out", "立项并交办其余")] * self.is_office + [("approve", "立项其余")]

    def clean_seen(self) -> dict[int, int]:
        pairs = [one.split(".") for one in self.cleaned_data["seen"].split(",") if one]
        try:
            return {int(pk): int(version) for pk, version in pairs}
        except ValueError:
            raise forms.ValidationError("页面不完整，请刷新后再办。") from None

    def clean(self) -> dict[str, Any]:
        return super().clean() if self.drafts else self.cleaned_data

    def words(self) -> dict[str, Any]:
        told = {"version": self.cleaned_data["version"], "upto": self.upto, "seen": self.cleaned_data["seen"]}
        told["verifier"] = self.cleaned_data.get("verifier")
        return told | (self.decided(self.task_list.issuer) if self.drafts else {})


class EditListForm(PaperFields, ActForm):
    """修改清单信息: the head; the matters keep what they were opened with."""

    act_label = "保存修改"
    title = forms.CharField(label="清单名称", max_length=200)
    document = forms.CharField(label="来源文件或会议", max_length=200, required=False)
    source = forms.ChoiceField(label="来源", choices=Source.choices)
    issuer = forms.ModelChoiceField(User.objects.none(), label="交办领导", empty_label=None)
    issued_on = DayField(label="交办日期")
    block = forms.ChoiceField(label="考评板块", choices=[("", "按来源自动归入"), *Block.choices], required=False)

    def __init__(self, data: Any = None, *, task_list: TaskList, on: date, **kwargs: Any) -> None:
        names = ("title", "document", "source", "issued_on", "block", "version")
        kwargs["initial"] = {name: getattr(task_list, name) for name in names} | {"issuer": task_list.issuer_id}
        super().__init__(data, **kwargs)
        self.choose_from("issuer", leaders_of(task_list.bureau_id, on))

    def changes(self) -> dict[str, Any]:
        """What `services.edit_list` takes: the fields that were changed."""
        return {name: value for name, value in self.words().items() if name in self.changed_data}


class PlainListForm(ActForm):
    """An act on a list or a meeting that needs no word."""

    def __init__(self, data: Any = None, *, version: int, label: str, **kwargs: Any) -> None:
        self.act_label = label
        super().__init__(data, initial={"version": version}, **kwargs)
