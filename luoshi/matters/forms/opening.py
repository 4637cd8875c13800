"""拟办: the hand-out form. Eight fields at most, all but the title and the unit filled beforehand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from luoshi.matters.forms.base import PAPER_FILES, DayField, Filling, PaperFields, ProseField, due_chips, leaders_of
from luoshi.matters.models import Matter
from luoshi.matters.rules import MOVES, Block, PartyRole, Source
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause
from luoshi.ui.forms import ActForm, EvidenceField

WHAT = ("title", "requirement", "source", "source_title", "lead_unit", "leader", "due_on")
MORE = ("assist_units", "block", "urgent")


class MatterFields(Filling, ActForm):
    """What a draft says: shared by writing one down and by amending it."""

    title = forms.CharField(label="事项", max_length=200)
    requirement = ProseField(label="办理要求", required=False, rows=3)
    source = forms.ChoiceField(label="来源", choices=[("", "请选择"), *Source.choices])
    source_title = forms.CharField(label="来源文件或会议", max_length=200, required=False)
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label="牵头单位", empty_label="请选择")
    leader = forms.ModelChoiceField(
        User.objects.none(), label="交办领导", required=False, empty_label="牵头单位的分管领导"
    )
    due_on = DayField(label="办结时限")
    assist_units = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label="协办单位", required=False, widget=forms.CheckboxSelectMultiple
    )
    block = forms.ChoiceField(label="考评板块", choices=[("", "按来源自动归入"), *Block.choices], required=False)
    urgent = forms.BooleanField(label="加急", required=False)
    template_name = "matters/open_form.html"

    def place(self, *, bureau: Unit, on: date) -> None:
        """Fill the choices of one bureau on a day."""
        self.bureau, self.on = bureau, on
        units = org.units_of(bureau.pk, on)
        self.choose_from("lead_unit", units)
        self.choose_from("assist_units", units)
        self.choose_from("leader", leaders_of(bureau.pk, on))
        self.offer_days("due_on", earliest=on, chips=due_chips(bureau.pk, on))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lead = cleaned.get("lead_unit")
        if lead is not None:
            cleaned["assist_units"] = [one for one in cleaned.get("assist_units") or [] if one != lead]
            if cleaned.get("leader") is None:
                cleaned["leader"] = org.leader_of(lead.pk, self.on)
                if cleaned["leader"] is None:
                    self.add_error("leader", f"{lead}今天没有登记分管领导，请选择交办领导。")
        return cleaned

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields always in sight."""
        return [self[name] for name in WHAT if not self[name].is_hidden]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields under 更多: rarely changed, each with its default."""
        return [self[name] for name in MORE]

    @property
    def folded_open(self) -> bool:
        return any(one.errors or one.value() for one in self.folded)


class OpenForm(PaperFields, MatterFields):
    """Write a matter down. From a clause its text and source are given.

    Three buttons by who writes: `draft` 拟办; `approve` 立项 (a leader, by his own click); `hand_out` 交办 (the
    office, entering that a leader agreed on paper).
    """

    def __init__(
        self,
        data: Any = None,
        *,
        bureau: Unit,
        on: date,
        duties: frozenset[str],
        person: User,
        clause: Clause | None = None,
        sentence: str = "",
        **kwargs: Any,
    ) -> None:
        self.clause, self.sentence = clause, sentence
        self.is_leader = bool(duties & {Duty.LEADER, Duty.CHIEF})
        self.is_office = Duty.OFFICE in duties
        super().__init__(data, **kwargs)
        self.place(bureau=bureau, on=on)
        if clause is not None:
            for name in ("source", "source_title"):
                self.fields[name].widget = forms.HiddenInput()
        if self.is_leader:
            self.initial.setdefault("leader", person.pk)
        if self.is_office:
            self.add_paper(bureau_id=bureau.pk, leader=None, on=on)
            self.fields["decided_by"].required = self.fields["decided_on"].required = False
            self.fields["decided_by"].empty_label = "即交办领导"
            self.fields["files"] = EvidenceField(label=PAPER_FILES)
            self.fields["files"].widget.staged = list(getattr(self.data, "staged_names", ()))
        wanted = self.data.get("act", "") if self.is_bound else ""
        self.wanted = wanted if wanted in {value for value, _ in self.buttons} else "draft"

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """What this person may do at once, the plain draft last: (value, word)."""
        found = [("draft", "存为拟办")]
        if self.is_leader:
            found.insert(0, ("approve", MOVES["approve"].label))
        if self.is_office:
            found.append(("hand_out", MOVES["assign"].label))
        return found

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        names = ("decided_by", "decided_on", "source_note", "files")
        return [self[name] for name in names if name in self.fields]

    @property
    def paper_open(self) -> bool:
        return self.is_bound and self.wanted == "hand_out"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.wanted == "hand_out":
            cleaned["decided_by"] = cleaned.get("decided_by") or cleaned.get("leader")
            cleaned["decided_on"] = cleaned.get("decided_on") or self.on
            self.check_paper(cleaned, on=self.on, staged=self.staged)
        return cleaned

    def words(self) -> dict[str, Any]:
        """What `open_matter` takes."""
        return {name: self.cleaned_data[name] for name in (*WHAT, *MORE)} | {"clause": self.clause}

    def paper(self) -> dict[str, Any]:
        """The leader's decision that the office enters."""
        return {name: self.cleaned_data[name] for name in ("decided_by", "decided_on", "source_note")}


class AmendForm(MatterFields):
    """修改拟办: the same fields, as they stand."""

    act_label = MOVES["amend"].label

    def __init__(self, data: Any = None, *, matter: Matter, on: date, **kwargs: Any) -> None:
        assist = matter.parties.filter(role=PartyRole.ASSIST, ended_on=None).values_list("unit_id", flat=True)
        now = {name: getattr(matter, name) for name in ("title", "requirement", "source", "source_title", "due_on")}
        kwargs["initial"] = {
            **now,
            "lead_unit": matter.lead_unit_id,
            "leader": matter.leader_id,
            "assist_units": list(assist),
            "block": matter.block,
            "urgent": matter.urgent,
            "version": matter.version,
        }
        super().__init__(data, **kwargs)
        self.place(bureau=matter.bureau, on=on)
        self.buttons = [("amend", "保存修改")]
        self.paper_fields: list[forms.BoundField] = []

    def changes(self) -> dict[str, Any]:
        """What `update_draft` takes: the fields that were changed."""
        return {name: self.cleaned_data[name] for name in (*WHAT, *MORE) if name in self.changed_data}
