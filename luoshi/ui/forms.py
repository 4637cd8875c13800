"""Forms that are safe to send twice: every act's form carries a one-time key and the version it was opened on."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "ui/files_input.html"


class EvidenceField(forms.Field):
    """Files of proof: freshly chosen ones were already staged by `@once`; the value is the list of staged tokens."""

    widget = FilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("label", "佐证材料（可不传）")
        super().__init__(**kwargs)


class ActForm(forms.Form):
    """Base of every form that acts: `submission` (one-time key), `version` (opened on), `staged` (files kept safe).

    `act_label` is the word on the primary button: the act itself, never 提交 or 确定 alone.
    """

    act_label = ""
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    template_name = "ui/form.html"
    required_css_class = "required"
    error_css_class = "has-error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    @property
    def staged(self) -> list[str]:
        """Tokens of the uploads that came with this form or were kept from an earlier try."""
        getter = getattr(self.data, "getlist", None)
        return getter("staged") if getter else []

    def words(self) -> dict[str, Any]:
        """The cleaned values without the form's own machinery: what a service takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("submission", "version")}
