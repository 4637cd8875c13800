"""What people type on the campaign page. Every field that was read from the plan says from which clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.org import queries as org
from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import ADMINISTRATORS
from luoshi.org.rules import Duty as Held
from luoshi.plan.campaign import proposals, wording
from luoshi.plan.models import Phase, Plan
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect


def leaders(bureau_id: int, on: date) -> QuerySet[User]:
    """主要领导 and 分管领导 of a bureau on a day."""
    return (org.holders(Held.CHIEF, bureau_id, on) | org.holders(Held.LEADER, bureau_id, on)).distinct()


def staff(bureau_id: int, on: date) -> QuerySet[User]:
    """Everybody with a post of business in a bureau on a day."""
    posts = Post.objects.filter(org.in_force(on), bureau_id=bureau_id).exclude(duty__in=ADMINISTRATORS)
    return User.objects.filter(is_active=True, pk__in=posts.values("user_id"))


def read_from(said: wording.Said) -> str:
    """From where a field was filled in, for its help line."""
    place = said.clause.path if said.clause else "前言"
    return f"读自{'前言' if place == '0' else place}：“{said.sentence[:60]}”，请核对。"


def choose_from(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Which rows a field offers."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def day(label: str, **kwargs: Any) -> forms.DateField:
    """A day by the browser's picker."""
    return forms.DateField(label=label, widget=DayInput, **kwargs)


class HeaderForm(ActForm):
    """方案概况: what the paper's head says, who decided it, when it was issued, from when until when it runs."""

    act_label = "保存方案概况"
    FIELDS = (
        "title", "short_name", "document_no", "issued_by", "follows", "scope", "decided_body", "decision", "decided_on",
        "issued_on", "from_on", "until_on",
    )  # fmt: skip
    title = forms.CharField(label="标题", max_length=200)
    short_name = forms.CharField(label="简称", max_length=40)
    document_no = forms.CharField(label="文号", required=False, max_length=60)
    issued_by = forms.CharField(label="制发机关", required=False, max_length=100)
    follows = forms.CharField(label="上级依据", required=False, max_length=200, help_text="贯彻落实的会议、文件。")
    scope = forms.CharField(
        label="适用范围", required=False, max_length=200, help_text="如：全局各单位、全体干部职工。"
    )
    decided_body = forms.CharField(label="决定机关", required=False, max_length=100, help_text="如：局党委。")
    decision = forms.CharField(
        label="决定会议或文件", required=False, max_length=200, help_text="如：局党委会2026年第12号纪要。"
    )
    decided_on = day("决定日期", required=False)
    paper = EvidenceField(label="决定文件（可不传）", help_text="会议纪要或批示的扫描件，一份即可。")
    issued_on = day("印发日期", required=False)
    from_on = day("实施起", required=False)
    until_on = day(
        "实施止", required=False, help_text="改实施起止，已经起算的时限一个也不动；方案的规则到实施止当天为止。"
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        said, dated = proposals.header(plan)
        first = {name: getattr(plan, name) for name in self.FIELDS}
        first |= {name: one.value for name, one in said.items()}
        kwargs["initial"] = {**first, "version": plan.version}
        super().__init__(*args, **kwargs)
        for name, one in said.items():
            self.fields[name].help_text = read_from(one)
        if dated is not None:
            self.fields["issued_on"].help_text = f"文末落款是{dated.isoformat()}；印发当天或之后登记。"
        if plan.decision_paper is not None:
            self.fields["paper"].label = f"换决定文件（现有“{plan.decision_paper.name}”）"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", "实施止早于实施起，请核对。")
        decided, issued = cleaned.get("decided_on"), cleaned.get("issued_on")
        if decided and issued and issued < decided:
            self.add_error("issued_on", "印发日期早于决定日期，请核对。")
        if decided and not cleaned.get("decided_body"):
            self.add_error("decided_body", "填了决定日期，请写明决定机关。")
        if decided and not cleaned.get("decision"):
            self.add_error("decision", "填了决定日期，请写明决定会议或文件。")
        return cleaned

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.FIELDS} | {"staged": self.staged}


class ExcludeForm(ActForm):
    """A unit that does not take part, with the reason."""

    act_label = "标为不参加"
    unit = forms.ModelChoiceField(Unit.objects.none(), label="单位", widget=PickSelect, empty_label="请选择")
    reason = forms.CharField(label="不参加的理由", max_length=200, help_text="如：机构已划转，人员不在本局。")

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = org.units_of(plan.bureau_id, on).exclude(pk__in=proposals.left_out(plan, on))
        choose_from(self, "unit", rest)


class BareForm(ActForm):
    """An act in one click; its word is the button's."""

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act_label = label


class PhaseForm(ActForm):
    """A phase's name and dates."""

    act_label = "保存阶段"
    name = forms.CharField(label="阶段名称", max_length=60)
    from_on = day("起", required=False)
    until_on = day("止", required=False)
    overlap_reason = forms.CharField(
        label="与前一阶段交叉的说明", required=False, max_length=200, help_text="日期不交叉的不用填。"
    )

    def __init__(self, *args: Any, phase: Phase | None = None, **kwargs: Any) -> None:
        if phase is not None:
            names = ("name", "from_on", "until_on", "overlap_reason", "version")
            kwargs["initial"] = {name: getattr(phase, name) for name in names}
        super().__init__(*args, **kwargs)
        if phase is None:
            self.act_label = "增设阶段"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("from_on"), cleaned.get("until_on")
        if begins and ends and ends < begins:
            self.add_error("until_on", "止日早于起日，请核对。")
        if ends and not begins and "from_on" not in self.errors:
            self.add_error("from_on", "写了止日，请补上起日。")
        return cleaned


class PhasesForm(ActForm):
    """All phases that the plan names, in one act: which to keep, their names and dates."""

    act_label = "设定阶段"
    overlap_reason = forms.CharField(
        label="阶段日期有交叉的，写明为什么", required=False, max_length=200, help_text="日期不交叉的不用填。"
    )

    def __init__(self, *args: Any, proposed: Sequence[proposals.PhaseProposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposed = proposed
        for one in proposed:
            pk = one.clause.pk
            self.fields[f"keep-{pk}"] = forms.BooleanField(label=f"设{one.name}", required=False, initial=True)
            self.fields[f"name-{pk}"] = forms.CharField(label="名称", max_length=60, initial=one.name, required=False)
            self.fields[f"from-{pk}"] = day("起", required=False, initial=one.from_on)
            self.fields[f"until-{pk}"] = day("止", required=False, initial=one.until_on)
        self.order_fields([*(name for name in self.fields if name != "overlap_reason"), "overlap_reason"])

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each proposed phase with its four fields, for the table."""
        names = ("keep", "name", "from", "until")
        return [
            {"said": one, **{f"{name}_field": self[f"{name}-{one.clause.pk}"] for name in names}}
            for one in self.proposed
        ]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        for one in self.proposed:
            pk = one.clause.pk
            if not cleaned.get(f"keep-{pk}"):
                continue
            if not cleaned.get(f"name-{pk}"):
                self.add_error(f"name-{pk}", "请填写阶段名称。")
            begins, ends = cleaned.get(f"from-{pk}"), cleaned.get(f"until-{pk}")
            if begins and ends and ends < begins:
                self.add_error(f"until-{pk}", "止日早于起日，请核对。")
        if not any(cleaned.get(f"keep-{one.clause.pk}") for one in self.proposed):
            self.add_error(None, "请至少保留一个阶段。")
        return cleaned

    def rows(self) -> list[dict[str, Any]]:
        """The phases that are kept, as the service takes them."""
        given = self.cleaned_data
        kept = [one for one in self.proposed if given[f"keep-{one.clause.pk}"]]
        return [
            {
                "clause": one.clause,
                "name": given[f"name-{one.clause.pk}"],
                "from_on": given[f"from-{one.clause.pk}"],
                "until_on": given[f"until-{one.clause.pk}"],
                "overlap_reason": given["overlap_reason"],
            }
            for one in kept
        ]


class ReasonForm(ActForm):
    """An act that asks for its reason."""

    reason = forms.CharField(label="理由", max_length=200)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act_label = label


class EndForm(ReasonForm):
    """Something ends: from which day on, and why."""

    ends_on = day("从哪天起不再担任", help_text="登记有误的，填它开始的那一天，就不算数。")
    field_order = ["ends_on", "reason"]
