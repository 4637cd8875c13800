"""起草, 修改: kind, unit, title, scope and a plain text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.org.models import Unit
from luoshi.publicity.forms.base import ActForm, prose
from luoshi.publicity.models import Article
from luoshi.publicity.models.article import WORDS_MOST
from luoshi.publicity.rules import Kind, Scope

HELP = "直接写正文。“一、”“（一）”开头、单独成行的短句自动作为标题，其余每行是一段。"
SCOPE_HELP = "社会公开的，发布后不登录也能看。"


class ArticleForm(ActForm):
    """The words of an article; a kind and a unit only where there is something to choose."""

    act_label = "存为草稿"
    kind = forms.ChoiceField(label="种类", choices=Kind.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="撰稿单位", empty_label=None)
    title = forms.CharField(label="标题", max_length=120)
    scope = forms.ChoiceField(
        label="公开范围", choices=Scope.choices, widget=forms.RadioSelect, help_text=SCOPE_HELP, initial=Scope.INTERNAL
    )
    body = prose("正文", rows=18, most=WORDS_MOST, help_text=HELP)

    def __init__(
        self, data: Any = None, *, units: QuerySet[Unit] | None = None, article: Article | None = None,
        kind: str = "", **kwargs: Any,
    ) -> None:  # fmt: skip
        initial: dict[str, Any] = kwargs.pop("initial", None) or {}
        if article is not None:
            self.act_label = "保存修改"
            initial = {name: getattr(article, name) for name in ("title", "scope", "body", "version")}
        super().__init__(data, initial=initial, **kwargs)
        if article is not None:
            del self.fields["kind"], self.fields["unit"]
            return
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if kind:
            self.fields["kind"].choices = [(kind, Kind(kind).label)]  # type: ignore[attr-defined]
            self.fields["kind"].widget = forms.HiddenInput()
            self.initial["kind"] = kind
        self.speak_plainly()
