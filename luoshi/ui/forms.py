"""Forms that are safe to send twice: every act's form carries a one-time key and the version it was opened on."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

SILENT = ("csrfmiddlewaretoken", "submission", "version", "again")
"""A form's own machinery: never part of what was typed."""
UNTYPED = ("staged", "back", "act")
"""Sent again with what was typed, but nobody typed them: files kept safe, where to return to, which button."""


class FilesInput(forms.ClearableFileInput):
    """Choose several files; those already safe on the server are ticked boxes that name them."""

    allow_multiple_selected = True
    template_name = "ui/files_input.html"
    staged: list[tuple[str, str]] = []

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        getter = getattr(data, "getlist", None)
        return list(getter("staged")) if getter else list(data.get("staged", []))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"]["staged"] = self.staged
        return context


class EvidenceField(forms.Field):
    """Files of proof: freshly chosen ones were already staged by `@once`; the value is the list of staged tokens."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", "佐证材料（可不传）" if not kwargs["required"] else "佐证材料")
        kwargs.setdefault("help_text", "可一次选多个文件：PDF、OFD、Word、Excel、WPS、图片、压缩包。")
        super().__init__(**kwargs)


class DayInput(forms.DateInput):
    """A date by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class PickSelect(forms.Select):
    """A list of people or units that filters by word or pinyin initials (app.js); a plain list without script.

    The initials come from the row's `pinyin`, where the choices are model rows that have one.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-filter": "输入姓名、单位或拼音首字母", **(attrs or {})}, choices)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        pinyin = getattr(getattr(value, "instance", None), "pinyin", "")  # choices that are model rows carry it
        if pinyin:
            option["attrs"]["data-pinyin"] = pinyin.lower()
        return option


MESSAGES = {
    "required": "请填写。",
    "invalid": "写法有误，请改正。",
    "invalid_choice": "所选的已不在可选范围内，请重新选择。",
    "max_value": "不能大于%(limit_value)s。",
    "min_value": "不能小于%(limit_value)s。",
    "max_length": "最多%(limit_value)d个字，现在有%(show_value)d个字。",
    "min_length": "至少%(limit_value)d个字，现在有%(show_value)d个字。",
}


def _speak_plainly(field: forms.Field) -> None:
    """Errors in an official's words, unless the form gave its own; a text box as high as people write."""
    told = dict(MESSAGES)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        told["required"] = "请选择。"
    elif isinstance(field, EvidenceField):
        told["required"] = "请选择文件。"
    elif isinstance(field, forms.DateField):
        told["invalid"] = "日期写法有误，应为 2026-11-23 这样。"
    elif isinstance(field, forms.IntegerField | forms.DecimalField):
        told["invalid"] = "请填数字。"
    library: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        library.update(getattr(kind, "default_error_messages", {}))
    for code, words in told.items():
        given = field.error_messages.get(code)
        if given is None or given is library.get(code):
            field.error_messages[code] = words
    if isinstance(field.widget, forms.Textarea) and field.widget.attrs.get("rows") == "10":
        field.widget.attrs["rows"] = "4"
        field.widget.attrs.pop("cols", None)


class ActForm(forms.Form):
    """Base of every form that acts: `submission` (one-time key), `version` (opened on), `staged` (files kept safe).

    `act_label` is the word on the primary button: the act itself, never 提交 or 确定 alone. Ids of fields begin
    with the form's own name, so that several acts of one matter can stand on one page.
    """

    act_label = ""
    submission = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=uuid.uuid4,
        error_messages=dict.fromkeys(("required", "invalid"), "这张表单缺少防重标识，请刷新页面后再填。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    template_name = "ui/form.html"
    required_css_class = "required"
    error_css_class = "has-error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        words = re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__.removesuffix("Form")).lower()
        kwargs.setdefault("auto_id", f"{words}-%s")
        super().__init__(*args, **kwargs)
        if self.is_bound and hasattr(self.data, "getlist"):
            self.data.form = self  # type: ignore[attr-defined]  # read by `typed_lines`
        self.speak_plainly()

    def speak_plainly(self) -> None:
        """Errors in an official's words; again where a form adds fields of its own."""
        for field in self.fields.values():
            _speak_plainly(field)
            if isinstance(field.widget, FilesInput):
                field.widget.staged = list(getattr(self.data, "staged_names", ()))

    @property
    def staged(self) -> list[str]:
        """Tokens of the uploads that came with this form or were kept from an earlier try."""
        getter = getattr(self.data, "getlist", None)
        return list(getter("staged")) if getter else []

    def clean(self) -> dict[str, Any] | None:
        """A file that `@once` refused is an error beside the field that it was chosen in."""
        cleaned = super().clean()
        refused = list(getattr(self.data, "bad_files", ()))
        if refused:
            where = next((name for name, one in self.fields.items() if isinstance(one, EvidenceField)), None)
            self.add_error(where, refused)
        return cleaned

    def words(self) -> dict[str, Any]:
        """The cleaned values without the form's own machinery: what a service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("submission", "version")}


def _shown(field: Any, value: str) -> str:
    """What the screen showed for a sent value: the word of a choice, otherwise the value."""
    choices = getattr(getattr(field, "widget", None), "choices", None)
    for key, label in choices or ():
        for inner, word in label if isinstance(label, list | tuple) else [(key, label)]:
            if str(inner) == value:
                return str(word)
    if isinstance(field, forms.BooleanField):
        return "是" if value not in ("", "False", "false") else "否"
    return value


def plain_lines(pairs: Iterable[tuple[str, str]], labels: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Typed pairs as (label, words) lines for reading; a field that no form names is called 填写内容.

    >>> plain_lines([("note", "已到现场"), ("staged", "x"), ("empty", "")])
    [('填写内容', '已到现场')]
    """
    fields = labels or {}
    lines = []
    for name, value in pairs:
        if name in SILENT or (name in UNTYPED and name not in fields) or not value.strip():
            continue
        field = fields.get(name)
        if field is not None and field.widget.is_hidden:
            continue
        lines.append((str(field.label or name) if field else "填写内容", _shown(field, value)))
    return lines


def typed_lines(data: Any) -> list[tuple[str, str]]:
    """Everything a POST carried, in the words of the form that read it (where one did)."""
    form: ActForm | None = getattr(data, "form", None)
    pairs = [(name, value) for name in data for value in data.getlist(name)]
    if form is None:
        return plain_lines(pairs)
    for name, field in form.fields.items():
        field.label = form[name].label
    return plain_lines(pairs, {form.add_prefix(name): field for name, field in form.fields.items()})
