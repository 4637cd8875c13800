"""Forms of the door: reasons, and what the auditor looks for."""

from __future__ import annotations

from django import forms
from django.conf import settings

from luoshi.ui.forms import ActForm, DayInput


class IssuePasswordForm(ActForm):
    act_label = "发一次性密码"


class DisableForm(ActForm):
    act_label = "停用账号"
    reason = forms.CharField(label="停用原因", max_length=200, help_text="记入留痕，例如“借调期满返回原单位”。")


class EnableForm(ActForm):
    act_label = "启用账号"


class ClearSecondFactorForm(ActForm):
    act_label = "解除二次验证"
    reason = forms.CharField(
        label="解除原因", max_length=200, help_text="须先当面核实本人，例如“手机遗失，已当面核对工作证”。"
    )


class EndSessionsForm(ActForm):
    act_label = "结束登录"


class ReadValuesForm(ActForm):
    act_label = "查看前后内容"


class TrailForm(forms.Form):
    """What the auditor looks for; all of it optional."""

    person = forms.CharField(label="人员", required=False, max_length=40, help_text="姓名或登录名")
    act = forms.ChoiceField(label="动作", required=False)
    subject = forms.CharField(label="对象", required=False, max_length=60)
    since = forms.DateField(label="从", required=False, widget=DayInput)
    until = forms.DateField(label="到", required=False, widget=DayInput)
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        acts = self.fields["act"]
        assert isinstance(acts, forms.ChoiceField)
        acts.choices = [("", "全部"), *settings.LUOSHI_ACT_WORDS.items()]
