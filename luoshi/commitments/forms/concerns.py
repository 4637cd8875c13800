"""急难愁盼 as forms: received in a minute, answered in three taps and some words, ended solved or explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from luoshi.commitments.forms.base import ActForm, choose, day, prose
from luoshi.commitments.models import Concern, Promise
from luoshi.commitments.rules import ConcernKind, Ending
from luoshi.org import queries as org
from luoshi.org.models import Unit, User

STILL = ("", "还要继续办，办好再登记结果")


class ReceiveForm(ActForm):
    """登记诉求."""

    act_label = "登记诉求"
    title = forms.CharField(label="什么事", max_length=120, help_text="一句话，如：安置房三栋顶楼漏雨。")
    kind = forms.ChoiceField(
        label="类别", choices=ConcernKind.choices, initial=ConcernKind.URGENT, widget=forms.RadioSelect
    )
    said = prose("具体诉求（可不填）", most=2000, required=False)
    received_on = day("收到日期", help_text="从这一天起算答复时限。")
    leader = forms.ChoiceField(label="责任领导")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="办理单位", required=False, empty_label="责任领导本人办")
    promise = forms.ModelChoiceField(
        Promise.objects.none(), label="属于哪条承诺（可不选）", required=False, empty_label="不属于某一条"
    )
    from_whom = forms.CharField(label="反映人（可不填）", max_length=60, required=False)
    contact = forms.CharField(label="联系方式（可不填）", max_length=60, required=False)

    def __init__(
        self, data: Any = None, *, bureau: Unit, people: Sequence[User], promises: Any, on: date, own: User | None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        self.on, self.people = on, {str(one.pk): one for one in people}
        initial = {"received_on": on, "leader": own.pk if own else None, "kind": ConcernKind.URGENT}
        super().__init__(data, initial=initial | (kwargs.pop("initial", None) or {}), **kwargs)
        self.fields["leader"].choices = [("", "请选择"), *choose(people)]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = org.units_of(bureau.pk, on)  # type: ignore[attr-defined]
        self.fields["promise"].queryset = promises  # type: ignore[attr-defined]
        self.fields["promise"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.commitment.person}：{one.words[:40]}"
        )
        self.fields["received_on"].widget.attrs["max"] = on.isoformat()

    def clean_received_on(self) -> date:
        told: date = self.cleaned_data["received_on"]
        if told > self.on:
            raise forms.ValidationError("收到日期不能晚于今天。")
        return told

    def clean_leader(self) -> User:
        return self.people[self.cleaned_data["leader"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        promise, leader = cleaned.get("promise"), cleaned.get("leader")
        if promise is not None and leader is not None and promise.commitment.person_id != leader.pk:
            self.add_error("promise", f"这条是{promise.commitment.person}的承诺，请核对责任领导，或不选承诺。")
        return cleaned

    def words(self) -> dict[str, Any]:
        told = super().words()
        return {**{name: value for name, value in told.items() if name != "said"}, "words": told["said"]}


class AnswerForm(ActForm):
    """答复: the words, and whether that ends it; a phone needs no more."""

    act_label = "答复"
    said = prose("怎样答复的", most=2000, rows=4)
    ending = forms.ChoiceField(
        label="办到哪一步", choices=[STILL, *Ending.choices], required=False, widget=forms.RadioSelect
    )
    answered_on = day("答复日期")

    def __init__(self, data: Any = None, *, concern: Concern, on: date, **kwargs: Any) -> None:
        self.on, self.concern = on, concern
        super().__init__(data, initial={"version": concern.version, "answered_on": on, "ending": ""}, **kwargs)
        self.fields["answered_on"].widget.attrs |= {"max": on.isoformat(), "min": concern.received_on.isoformat()}

    def clean_answered_on(self) -> date:
        told: date = self.cleaned_data["answered_on"]
        if told > self.on:
            raise forms.ValidationError("答复日期不能晚于今天。")
        if told < self.concern.received_on:
            raise forms.ValidationError("答复日期不能早于收到日期。")
        return told


class CloseForm(ActForm):
    """办结: solved, with measures and result; or explained, with what was said and how it was taken."""

    act_label = "办结"
    ending = forms.ChoiceField(label="结果", choices=Ending.choices, widget=forms.RadioSelect)
    measure = prose("措施和结果", most=2000, rows=4, help_text="已解释说明的，写明怎样解释的、群众什么态度。")

    def __init__(self, data: Any = None, *, concern: Concern, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": concern.version}, **kwargs)


class HandOverForm(ActForm):
    """转督办: which unit, by when."""

    act_label = "转督办"
    unit = forms.ModelChoiceField(Unit.objects.none(), label="牵头单位", empty_label="请选择")
    due_on = day("办结时限（可以立项时再定）", required=False)

    def __init__(self, data: Any = None, *, concern: Concern, on: date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(data, initial={"version": concern.version, "unit": concern.unit_id}, **kwargs)
        self.fields["unit"].queryset = org.units_of(concern.bureau_id, on)  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        told: date | None = self.cleaned_data["due_on"]
        if told is not None and told < self.on:
            raise forms.ValidationError("这个日期已经过去。")
        return told


class ReassignForm(ActForm):
    """改由他人办."""

    act_label = "改由他人办"
    leader = forms.ChoiceField(label="责任领导")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="办理单位", required=False, empty_label="责任领导本人办")

    def __init__(self, data: Any = None, *, concern: Concern, people: Sequence[User], on: date, **kwargs: Any) -> None:
        self.people = {str(one.pk): one for one in people}
        initial = {"version": concern.version, "leader": concern.leader_id, "unit": concern.unit_id}
        super().__init__(data, initial=initial, **kwargs)
        self.fields["leader"].choices = choose(people)  # type: ignore[attr-defined]
        self.fields["unit"].queryset = org.units_of(concern.bureau_id, on)  # type: ignore[attr-defined]

    def clean_leader(self) -> User:
        return self.people[self.cleaned_data["leader"]]


class ListProblemForm(ActForm):
    act_label = "列入问题台账"

    def __init__(self, data: Any = None, *, concern: Concern, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": concern.version}, **kwargs)
