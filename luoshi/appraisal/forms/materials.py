"""个人年度材料 and 优秀名额 as forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from luoshi.appraisal.forms.base import ActForm, PickSelect, prose
from luoshi.appraisal.models import MaterialAnswer, Pool, YearMaterial
from luoshi.appraisal.rules.pools import BASES, MOST, POOLED, USUAL
from luoshi.org.models import User
from luoshi.org.rules import PersonnelType


class DrawForm(ActForm):
    """提取: everybody who has none yet; one person by choice."""

    act_label = "提取材料"
    person = forms.ModelChoiceField(
        User.objects.none(), label="人员", required=False, empty_label="全体人员", widget=PickSelect(),
        help_text="已送本人核对、已报送的不会重新提取。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, people: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class HandInForm(ActForm):
    """报送: those that may be handed in, all ticked; to whom."""

    act_label = "报送"
    to = forms.CharField(label="报送给", max_length=60, initial="局党委（考核委员会）")
    chosen = forms.MultipleChoiceField(label="材料", widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, ready: Sequence[YearMaterial], **kwargs: Any) -> None:
        super().__init__(data, initial={"chosen": [str(one.pk) for one in ready]}, **kwargs)
        self.ready = {str(one.pk): one for one in ready}
        words = [(str(one.pk), f"{one.unit} {one.person}（{one.get_state_display()}）") for one in ready]
        self.fields["chosen"].choices = words  # type: ignore[attr-defined]

    @property
    def materials(self) -> list[YearMaterial]:
        return [self.ready[one] for one in self.cleaned_data["chosen"]]


class CheckForm(ActForm):
    """本人核对: a line under each kind of fact, all empty where nothing is wrong; what one says of the year."""

    act_label = "核对完毕"

    def __init__(self, data: Any = None, *, material: YearMaterial, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": material.version}, **kwargs)
        for fact in material.facts:
            self.fields[f"says_{fact['key']}"] = prose(f"{fact['label']}：哪里不对", most=500, rows=2, required=False)
        self.fields["statement"] = prose("本人说明（可不填）", most=800, rows=4, required=False)
        self.speak_plainly()

    @property
    def says(self) -> list[forms.BoundField]:
        """The boxes, one for each kind of fact."""
        return [self[name] for name in self.fields if name.startswith("says_")]

    @property
    def answers_open(self) -> bool:
        """Whether something stands in one of them, so that they are not folded away."""
        return any(one.value() for one in self.says)

    @property
    def answers(self) -> dict[str, str]:
        said = {key[5:]: words for key, words in self.cleaned_data.items() if key.startswith("says_")}
        return {key: words for key, words in said.items() if words}


class ReplyForm(ActForm):
    """答复本人意见."""

    act_label = "答复"
    reply = prose("核实情况和答复", help_text="台账确有错误的，先到原处更正，再重新提取材料。")

    def __init__(self, data: Any = None, *, answer: MaterialAnswer, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": answer.version}, **kwargs)


class FiguresForm(ActForm):
    """修改名额: how many take part, which share, on which ground."""

    act_label = "保存名额"
    eligible = forms.IntegerField(label="应参加考核人数（不填为按任职算出的人数）", min_value=0, required=False)
    eligible_reason = forms.CharField(
        label="人数调整理由", max_length=300, required=False, help_text="如：两人长期病假不参加考核。"
    )
    percent = forms.IntegerField(label="优秀比例（%）", min_value=1, max_value=MOST, initial=USUAL)
    consent = forms.CharField(
        label="提高比例的书面同意", max_length=200, required=False, help_text=f"比例超过{USUAL}%的必填，写明文号。"
    )

    def __init__(self, data: Any = None, *, pool: Pool | None = None, **kwargs: Any) -> None:
        names = ("eligible", "eligible_reason", "percent", "consent", "version")
        initial = {name: getattr(pool, name) for name in names} if pool is not None else {}
        super().__init__(data, initial=initial, **kwargs)


class PoolForm(FiguresForm):
    """登记名额 of one kind of personnel."""

    act_label = "登记名额"
    personnel_type = forms.ChoiceField(
        label="人员类别", choices=[(one.value, one.label) for one in POOLED],
        help_text="各类人员分开算，不能互相调剂。领导班子成员由县委组织部门考核，不在这里评等次。",
    )  # fmt: skip

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.order_fields(["personnel_type"])


class NominateForm(ActForm):
    """推荐: one person and why. The list is by name."""

    act_label = "推荐"
    person = forms.ModelChoiceField(User.objects.none(), label="人员", empty_label="请选择", widget=PickSelect())
    reasons = prose("推荐理由", help_text="用办成的事说话，可对照本人的年度材料。")

    def __init__(self, data: Any = None, *, people: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


def basis_of(kind: str) -> str:
    """On what the places of a kind rest."""
    return BASES[PersonnelType(kind)]
