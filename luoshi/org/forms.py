"""Forms of the organisation: what is typed, parsed and explained; who may do what is the services' affair."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms

from luoshi.lib import clock
from luoshi.org.models import Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty, PersonnelType, UnitKind
from luoshi.ui.forms import ActForm, DayInput, EvidenceField, PickSelect

BUSINESS = [(one.value, one.label) for one in Duty if one not in ADMINISTRATORS]
ALL = [(one.value, one.label) for one in Duty]
BELOW = [(one.value, one.label) for one in UnitKind if one not in (UnitKind.COUNTY, UnitKind.BUREAU)]


def pick(label: str, rows: Any, **kwargs: Any) -> forms.ModelChoiceField:
    """A list of units or people that filters by word or pinyin initials."""
    return forms.ModelChoiceField(rows, label=label, widget=PickSelect, empty_label="请选择", **kwargs)


class _Dated(ActForm):
    """A form whose day is today unless another is chosen."""

    day_field = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = kwargs.setdefault("initial", {})
        if self.day_field:
            initial.setdefault(self.day_field, clock.today())
        super().__init__(*args, **kwargs)


class _Placed(_Dated):
    """A form that places somebody into a unit with a duty; which units and duties is the view's to say."""

    day_field = "from_on"

    def __init__(self, *args: Any, units: Any, duties: Iterable[tuple[str, str]] = BUSINESS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, duty = self.fields["unit"], self.fields["duty"]
        assert isinstance(unit, forms.ModelChoiceField) and isinstance(duty, forms.ChoiceField)
        unit.queryset, duty.choices = units, list(duties)


class PersonForm(_Placed):
    act_label = "登记人员"
    day_field = "joined_on"
    name = forms.CharField(label="姓名", max_length=40)
    username = forms.RegexField(
        r"^[0-9A-Za-z_.-]{2,40}$", label="登录名", max_length=40, help_text="工号或手机号，全系统不重复。",
        error_messages={"invalid": "登录名只能是 2–40 位字母、数字（工号或手机号）。"},
    )  # fmt: skip
    unit = pick("单位", Unit.objects.none())
    duty = forms.ChoiceField(label="职责", initial=Duty.HANDLER)
    personnel_type = forms.ChoiceField(label="人员类别", choices=PersonnelType, initial=PersonnelType.CIVIL_SERVANT)
    title = forms.CharField(label="职务（可不填）", max_length=60, required=False)
    mobile = forms.RegexField(
        r"^1[3-9]\d{9}$", label="手机号（可不填）", required=False, error_messages={"invalid": "手机号应是 11 位数字。"}
    )
    joined_on = forms.DateField(label="到岗日期", widget=DayInput)


class EditPersonForm(ActForm):
    act_label = "更正"
    name = forms.CharField(label="姓名", max_length=40)
    personnel_type = forms.ChoiceField(label="人员类别", choices=PersonnelType)
    mobile = forms.RegexField(
        r"^1[3-9]\d{9}$", label="手机号（可不填）", required=False, error_messages={"invalid": "手机号应是 11 位数字。"}
    )
    email = forms.EmailField(label="邮箱（可不填）", required=False)


class AppointForm(_Placed):
    act_label = "任职"
    unit = pick("单位", Unit.objects.none())
    duty = forms.ChoiceField(label="职责")
    title = forms.CharField(label="职务（可不填）", max_length=60, required=False)
    basis = forms.CharField(label="依据（可不填）", max_length=100, required=False, help_text="任职文件或会议，如有。")
    from_on = forms.DateField(label="从哪天起", widget=DayInput)


class ProposeForm(AppointForm):
    act_label = "提出授权"
    basis = forms.CharField(label="依据", max_length=100, help_text="任职文件、会议或申请。")


class TransferForm(AppointForm):
    act_label = "调动"


class RelieveForm(_Dated):
    act_label = "免职"
    day_field = "ends_on"
    ends_on = forms.DateField(label="从哪天起不再担任", widget=DayInput, help_text="选今天即刻生效。")
    reason = forms.CharField(label="依据或原因（可不填）", max_length=200, required=False)


class LeaveForm(_Dated):
    act_label = "办理离岗"
    day_field = "left_on"
    left_on = forms.DateField(label="从哪天起离岗", widget=DayInput, help_text="任职、分管、代理同日结束，不能再登录。")
    reason = forms.CharField(label="原因", max_length=200, help_text="例如“退休”“调往外单位”。")


class PortfolioForm(_Dated):
    act_label = "定分管"
    day_field = "from_on"
    unit = pick("分管单位", Unit.objects.none())
    field = forms.CharField(label="分管领域（可不填）", max_length=100, required=False)
    from_on = forms.DateField(label="从哪天起", widget=DayInput, help_text="原分管领导自这一天起自动结束。")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EndPortfolioForm(_Dated):
    act_label = "结束分管"
    day_field = "ends_on"
    ends_on = forms.DateField(label="从哪天起不再分管", widget=DayInput)


class DelegateForm(_Dated):
    """For the principal himself: choose the deputy and press; the rest is filled."""

    act_label = "委托代理"
    day_field = "from_on"
    duty = forms.ChoiceField(label="代理职责")
    deputy = pick("代理人", User.objects.none())
    from_on = forms.DateField(label="起", widget=DayInput)
    until_on = forms.DateField(label="止", widget=DayInput, help_text="这一天仍由代理人代行；提前回来可随时结束。")
    reason = forms.CharField(label="事由", max_length=200, initial="公务外出")

    def __init__(self, *args: Any, people: Any, duties: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("until_on", clock.today() + timedelta(days=7))
        super().__init__(*args, **kwargs)
        self.fields["duty"].choices = list(duties)  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]


class EnterDelegationForm(DelegateForm):
    """For the office, which enters what the principal decided."""

    act_label = "登记代理"
    principal = pick("委托人", User.objects.none())
    field_order = ["principal", "duty", "deputy", "from_on", "until_on", "reason"]

    def __init__(self, *args: Any, people: Any, duties: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, people=people, duties=duties, **kwargs)
        self.fields["principal"].queryset = people  # type: ignore[attr-defined]


class EndDelegationForm(ActForm):
    act_label = "结束代理"


class UnitForm(_Dated):
    act_label = "设立单位"
    day_field = "from_on"
    parent = pick("上级单位", Unit.objects.none())
    kind = forms.ChoiceField(label="类别", choices=BELOW)
    name = forms.CharField(label="全称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=40)
    rank = forms.IntegerField(label="排序", min_value=0, max_value=9999, initial=100, help_text="数字小的排在前面。")
    from_on = forms.DateField(label="设立日期", widget=DayInput)

    def __init__(self, *args: Any, parents: Any, kinds: Iterable[tuple[str, str]] = BELOW, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class EditUnitForm(ActForm):
    act_label = "更名"
    name = forms.CharField(label="全称", max_length=100)
    short_name = forms.CharField(label="简称", max_length=40)
    rank = forms.IntegerField(label="排序", min_value=0, max_value=9999, help_text="数字小的排在前面。")


class MoveUnitForm(ActForm):
    act_label = "调整上级"
    parent = pick("新的上级", Unit.objects.none())

    def __init__(self, *args: Any, parents: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]


class CloseUnitForm(_Dated):
    act_label = "撤销单位"
    day_field = "until_on"
    until_on = forms.DateField(label="最后一天", widget=DayInput)
    reason = forms.CharField(label="依据或原因", max_length=200)


class ConfirmGrantForm(ActForm):
    act_label = "确认授权"


class RefuseGrantForm(ActForm):
    act_label = "不同意"
    reason = forms.CharField(label="不同意的原因", max_length=200)


class UploadForm(ActForm):
    act_label = "上传并检查"
    file = EvidenceField(label="花名册（.xlsx 或 .csv）", help_text="先检查，不会改动任何人员；没有问题后再导入。")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.staged and not self.errors:
            self.add_error("file", "请选择花名册文件。")
        return cleaned


class ConfirmImportForm(ActForm):
    act_label = "导入"
