"""常用筛选 as forms."""

from __future__ import annotations

from django import forms

from luoshi.ui.forms import ActForm


class KeepFilterForm(ActForm):
    """Keep the conditions of the list under a name."""

    act_label = "存为常用筛选"
    name = forms.CharField(label="名称", max_length=30, help_text="用已有的名称，就换成现在的条件。")
    query = forms.CharField(widget=forms.HiddenInput, max_length=1000, required=False)


class RenameFilterForm(ActForm):
    """Another name."""

    act_label = "改名"
    name = forms.CharField(label="名称", max_length=30)


class DropFilterForm(ActForm):
    """Put it away: no word needed, it can be kept again."""

    act_label = "删除"
