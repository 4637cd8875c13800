"""What people type about the leading group and the responsibility list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.plan.campaign import proposals
from luoshi.plan.campaign.forms import choose_from, day, leaders, read_from, staff
from luoshi.plan.models import Clause, LeadingGroup, Plan, Responsibility
from luoshi.plan.rules import MEMBER_ROLES, RESPONSIBILITIES
from luoshi.ui.forms import ActForm, EvidenceField, PickSelect


class GroupForm(ActForm):
    """The leading group: what it is called, where its office is, by which paper."""

    act_label = "保存领导小组"
    name = forms.CharField(label="名称", max_length=120)
    office_unit = forms.ModelChoiceField(
        Unit.objects.none(), label="办公室设在", widget=PickSelect, empty_label="请选择"
    )
    document = forms.CharField(
        label="成立文件", required=False, max_length=200, help_text="文件名或文号；写在方案里的，可填方案文号。"
    )
    paper = EvidenceField(label="成立文件原件（可不传）", help_text="一份即可。")

    def __init__(self, *args: Any, plan: Plan, on: date, group: LeadingGroup | None = None, **kwargs: Any) -> None:
        if group is not None:
            names = ("name", "document", "version")
            first = {name: getattr(group, name) for name in names} | {"office_unit": group.office_unit_id}
            kwargs["initial"] = first | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        choose_from(self, "office_unit", org.units_of(plan.bureau_id, on))

    def words(self) -> dict[str, Any]:
        names = ("name", "office_unit", "document")
        return {name: self.cleaned_data[name] for name in names} | {"staged": self.staged}


class NewGroupForm(GroupForm):
    """成立领导小组: name and office read from the plan, members the heads of units, 组长 left to be chosen."""

    act_label = "成立领导小组"
    head: Any = forms.ModelChoiceField(User.objects.none(), label="组长", empty_label="请选择")
    deputies: Any = forms.ModelMultipleChoiceField(
        User.objects.none(), label="副组长", required=False, widget=forms.CheckboxSelectMultiple
    )
    seats = forms.MultipleChoiceField(label="成员", required=False, widget=forms.CheckboxSelectMultiple)
    office_head: Any = forms.ModelChoiceField(
        User.objects.none(), label="办公室主任", required=False, widget=PickSelect, empty_label="待定"
    )
    from_on = day("成立日期")
    field_order = ["name", "head", "deputies", "seats", "office_unit", "office_head", "from_on", "document", "paper"]

    def __init__(self, *args: Any, plan: Plan, on: date, proposed: proposals.GroupProposal, **kwargs: Any) -> None:
        self.proposed = proposed
        named = [one for one in proposed.seats if one.person is not None]
        kwargs["initial"] = {
            "name": proposed.name, "office_unit": proposed.office_unit_id,
            "seats": [str(one.unit.pk) for one in named],
            "office_head": next((one.person for one in named if one.unit.pk == proposed.office_unit_id), None),
            "from_on": plan.issued_on or on, "document": plan.document_no,
        }  # fmt: skip
        super().__init__(*args, plan=plan, on=on, **kwargs)
        choose_from(self, "head", leaders(plan.bureau_id, on))
        choose_from(self, "deputies", leaders(plan.bureau_id, on))
        choose_from(self, "office_head", staff(plan.bureau_id, on))
        field = self.fields["seats"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(str(one.unit.pk), f"{one.person}（{one.post}）") for one in named]
        if proposed.said is not None:
            self.fields["name"].help_text = read_from(proposed.said)
        if proposed.said_members is not None:
            field.help_text = read_from(proposed.said_members)
        if len(proposed.said_office) > 1:
            places = "、".join(proposed.said_office)
            self.fields[
                "office_unit"
            ].help_text = f"方案写了{len(proposed.said_office)}处（{places}），按一个办公室登记。"
        elif proposed.said_office:
            self.fields["office_unit"].help_text = f"方案写的是“{proposed.said_office[0]}”，请核对。"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        head = cleaned.get("head")
        if head is not None and head in (cleaned.get("deputies") or []):
            self.add_error("deputies", f"{head}已选为组长，不能同时是副组长。")
        return cleaned

    def chosen(self) -> list[tuple[User, str, Unit | None]]:
        """(person, role, unit) of everybody chosen; who leads is no plain member beside."""
        given = self.cleaned_data
        found: list[tuple[User, str, Unit | None]] = [(given["head"], "HEAD", None)]
        found += [(one, "DEPUTY", None) for one in given["deputies"]]
        leading = {one[0].pk for one in found}
        for one in self.proposed.seats:
            if one.person is not None and str(one.unit.pk) in given["seats"] and one.person.pk not in leading:
                leading.add(one.person.pk)
                found.append((one.person, "MEMBER", one.unit))
        if given["office_head"] is not None:
            found.append((given["office_head"], "OFFICE_HEAD", given["office_unit"]))
        return found


class MemberForm(ActForm):
    """Somebody more in the group or its office."""

    act_label = "增加成员"
    person = forms.ModelChoiceField(User.objects.none(), label="人员", widget=PickSelect, empty_label="请选择")
    role = forms.ChoiceField(label="小组职务", choices=list(MEMBER_ROLES.items()), initial="MEMBER")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="代表单位", required=False, widget=PickSelect, empty_label="不代表单位"
    )
    from_on = day("从哪天起")

    def __init__(self, *args: Any, group: LeadingGroup, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"from_on": on}
        super().__init__(*args, **kwargs)
        choose_from(self, "person", staff(group.plan.bureau_id, on))
        choose_from(self, "unit", org.units_of(group.plan.bureau_id, on))


class LineForm(ActForm):
    """One line of the responsibility list, by hand."""

    act_label = "列入责任清单"
    kind = forms.ChoiceField(label="责任", choices=list(RESPONSIBILITIES.items()), initial="DUTY")
    person = forms.ModelChoiceField(User.objects.none(), label="责任人", widget=PickSelect, empty_label="请选择")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="单位", required=False, widget=PickSelect, empty_label="不限单位"
    )
    words_text = forms.CharField(
        label="责任事项", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="写结果，不写表态。"
    )
    clause = forms.ModelChoiceField(
        Clause.objects.none(), label="条款", required=False, widget=PickSelect, empty_label="不对应条款"
    )

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "person", staff(plan.bureau_id, on))
        choose_from(self, "unit", org.units_of(plan.bureau_id, on))
        choose_from(self, "clause", proposals.newest(plan).clauses.order_by("order").select_related("version"))


class EditLineForm(ActForm):
    """The words of a line, or another person."""

    act_label = "保存"
    person = forms.ModelChoiceField(
        User.objects.none(), label="责任人", widget=PickSelect, help_text="换人的，原责任人到昨天为止，新的从今天起。"
    )
    words_text = forms.CharField(label="责任事项", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, row: Responsibility, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"person": row.person_id, "words_text": row.words, "version": row.version}
        super().__init__(*args, **kwargs)
        choose_from(self, "person", staff(row.plan.bureau_id, on) | User.objects.filter(pk=row.person_id))


class ProposedForm(ActForm):
    """按分管和职责生成: which of the proposed lines are taken."""

    act_label = "所选列入责任清单"
    picks = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, rows: Sequence[proposals.Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [one for one in rows if one.person is not None]
        field = self.fields["picks"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.key, one.words) for one in self.rows]
        field.error_messages["invalid_choice"] = "清单或任职刚有变动，请重新核对后再列入。"

    def clean_picks(self) -> list[str]:
        if not self.cleaned_data["picks"]:
            raise forms.ValidationError("请至少选一项。")
        return list(self.cleaned_data["picks"])

    def chosen(self) -> list[proposals.Row]:
        return [one for one in self.rows if one.key in self.cleaned_data["picks"]]
