"""What people type about a phase's gate: which checks, what was found of each, the leader's decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.org.models import User
from luoshi.plan.campaign.forms import day, leaders
from luoshi.plan.campaign.schedule import DROPPED, FOUND, UNMET
from luoshi.plan.models import Duty, GateCheck, Phase
from luoshi.plan.services.campaign.gates import Finding, standing_of
from luoshi.ui.forms import ActForm, EvidenceField


class ChecksForm(ActForm):
    """定过关事项: which confirmed duties of the phase must be done, and what else, one a line."""

    act_label = "定为过关事项"
    duties = forms.MultipleChoiceField(label="本阶段已确认的任务", required=False, widget=forms.CheckboxSelectMultiple)
    own = forms.CharField(
        label="另加过关事项", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一项，如：阶段小结已报领导小组。",
    )  # fmt: skip

    def __init__(self, *args: Any, phase: Phase, proposed: Sequence[tuple[Duty, bool]], **kwargs: Any) -> None:
        self.offered = {str(one.pk): one for one, _ in proposed}
        kwargs["initial"] = {"version": phase.version, "duties": [str(one.pk) for one, ticked in proposed if ticked]}
        super().__init__(*args, **kwargs)
        field = self.fields["duties"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, f"{one.act}（{one.clause.path}）") for key, one in self.offered.items()]
        if not proposed:
            del self.fields["duties"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("duties") and not cleaned.get("own", "").strip():
            self.add_error("own", "请至少选一项任务，或写一条过关事项。")
        return cleaned

    def chosen(self) -> tuple[list[Duty], list[str]]:
        """The duties ticked and the lines written."""
        given = self.cleaned_data
        return [self.offered[key] for key in given.get("duties", [])], given["own"].splitlines()


class FindingsForm(ActForm):
    """核对过关事项: all checks of a phase on one page, each with what was found and a note."""

    act_label = "保存核对情况"
    met_on = day("核对日期")

    def __init__(self, *args: Any, phase: Phase, checks: Sequence[GateCheck], on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": phase.version, "met_on": on}
        super().__init__(*args, **kwargs)
        self.checks = checks
        for one in checks:
            self.fields[f"found-{one.pk}"] = forms.ChoiceField(
                label=f"{one.words[:30]}：情况", choices=list(FOUND.items()), initial=standing_of(one)
            )
            self.fields[f"note-{one.pk}"] = forms.CharField(
                label=f"{one.words[:30]}：说明", required=False, max_length=300, initial=one.note
            )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each check with its two fields, for the table."""
        return [{"check": one, "found": self[f"found-{one.pk}"], "note": self[f"note-{one.pk}"]} for one in self.checks]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        for one in self.checks:
            found, note = cleaned.get(f"found-{one.pk}"), cleaned.get(f"note-{one.pk}") or ""
            if found in (UNMET, DROPPED) and not note.strip():
                self.add_error(f"note-{one.pk}", "请写明理由。")
        return cleaned

    def findings(self) -> dict[int, Finding]:
        """What was found of each, by its key."""
        given = self.cleaned_data
        return {one.pk: Finding(given[f"found-{one.pk}"], given[f"note-{one.pk}"]) for one in self.checks}


class DecisionForm(ActForm):
    """过关, or 撤回过关: a leader's own, or entered by the office with who decided, when, and where it is written."""

    decided_by = forms.ModelChoiceField(User.objects.none(), label="作出决定的领导", empty_label="请选择")
    decided_on = day("决定日期")
    source = forms.CharField(
        label="会议或批示出处",
        required=False,
        max_length=200,
        help_text="如：领导小组会议纪要第3期。附上原件的可不填。",
    )
    note = forms.CharField(label="过关意见", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    paper = EvidenceField(label="批示、纪要（可不传）", help_text="一份即可。")

    def __init__(self, *args: Any, phase: Phase, on: date, own: bool, withdraw: bool = False, **kwargs: Any) -> None:
        self.own = own
        group = phase.plan.groups.filter(until_on=None).first()
        head = group.members.filter(until_on=None, role="HEAD").first() if group else None
        first = {"version": phase.version, "decided_on": on, "decided_by": head.person_id if head else None}
        kwargs["initial"] = first
        super().__init__(*args, **kwargs)
        self.act_label = "撤回过关" if withdraw else "过关"
        if withdraw:
            self.fields["note"].label, self.fields["note"].required = "撤回的理由", True
        if own:
            for name in ("decided_by", "decided_on", "source"):
                del self.fields[name]
            return
        self.act_label = f"登记{self.act_label}"
        field = self.fields["decided_by"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = leaders(phase.plan.bureau_id, on)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if not self.own and not self.errors and not cleaned.get("source") and not self.staged:
            self.add_error("source", "请写明会议或批示的出处，或在下面附上原件。")
        return cleaned

    def words(self) -> dict[str, Any]:
        names = ("decided_by", "decided_on", "source", "note")
        return {name: self.cleaned_data[name] for name in names if name in self.fields} | {"staged": self.staged}
