"""起草、修改、送审、作废、更正."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from luoshi.lib import clock
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.publicity import queries, services
from luoshi.publicity.forms.base import ReasonForm, TurnForm
from luoshi.publicity.forms.writing import ArticleForm
from luoshi.publicity.models import Article
from luoshi.publicity.rules import WORKERS, Kind
from luoshi.publicity.views.acting import act_page, posted
from luoshi.publicity.views.loaders import Request, load_article
from luoshi.records.once import once


def named(request: Request) -> tuple[str, Any]:
    """The record that the address names; one that is not there or not his to see is a 404."""
    kind = next((one for one in queries.NAMED if request.GET.get(one)), "")
    if not kind:
        return "", None
    row = queries.source_of(kind, request.GET[kind], request.user, request.held, clock.today())
    if row is None:
        raise Http404
    return kind, row


@route(may=WORKERS, act="publicity.write")
@once
def new(request: Request) -> HttpResponse:
    """起草: an empty page, or one filled from a record."""
    on = clock.today()
    keys = queries.writing_units(request.user, request.held, request.bureau.pk, on)
    units = org.units_of(request.bureau.pk, on).filter(pk__in=keys)
    name, row = named(request)
    if row is not None and (why := queries.lacking(name, row, on)):
        messages.warning(request, why)
        return redirect(reverse("publicity:experiences"))
    draft = queries.draft_from(name, row) if row is not None else None
    kind = draft.article_kind if draft else request.GET.get("kind", "")
    own = next((one.unit_id for one in request.held if one.bureau_id == request.bureau.pk), None)
    initial: dict[str, Any] = {"unit": draft.unit_id if draft and draft.unit_id in keys else own}
    if draft:
        initial |= {"title": draft.title, "body": draft.body, "scope": draft.scope}
    form = ArticleForm(posted(request), units=units, kind=kind if kind in Kind.values else "", initial=initial)

    def do(form: Any) -> str:
        told = {name: form.cleaned_data[name] for name in ("kind", "unit", "title", "scope", "body")}
        sources = {draft.kind: draft.source} if draft else {}
        made = services.write(bureau=request.bureau, sources=sources, by=request.user, on=on, **told)
        return made.get_absolute_url()

    lead = "已按记录带出内容，请核对、补充后保存；来源自动关联。" if draft else "先存为草稿，再送审。"
    title = f"写稿件：{Kind(kind).label}" if kind in Kind.values else "写稿件"
    return act_page(
        request, form, do, title=title, back=reverse("publicity:posts"), done="已存为草稿。", lead=lead, wide=True
    )


@route(may=WORKERS, act="publicity.edit")
@once
@load_article
def edit(request: Request, article: Article) -> HttpResponse:
    """修改."""
    form = ArticleForm(posted(request), article=article)

    def do(form: Any) -> None:
        told = {name: form.cleaned_data[name] for name in ("title", "scope", "body", "version")}
        services.edit(article, by=request.user, on=clock.today(), **told)

    return act_page(
        request, form, do, title=f"修改：{article}", back=article.get_absolute_url(), done="已保存。", wide=True,
        lead=f"退回意见：{article.returned}" if article.returned else "",
    )  # fmt: skip


@route(may=WORKERS, act="publicity.submit")
@once
@load_article
def submit(request: Request, article: Article) -> HttpResponse:
    """送审."""
    form = TurnForm(posted(request), version=article.version, act_label="送审")

    def do(form: Any) -> None:
        services.submit(article, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"送审：{article}", back=article.get_absolute_url(), done="已送审。", article=article,
        lead="送审后不能改动；一审、二审、三审由三个不同的人完成，撰稿人不审自己的稿件。",
    )  # fmt: skip


@route(may=WORKERS, act="publicity.void")
@once
@load_article
def void(request: Request, article: Article) -> HttpResponse:
    """作废."""
    form = ReasonForm(posted(request), version=article.version, act_label="作废这篇稿件", label="作废理由")

    def do(form: Any) -> None:
        told = {name: form.cleaned_data[name] for name in ("reason", "version")}
        services.void(article, by=request.user, on=clock.today(), **told)

    return act_page(
        request, form, do, title=f"作废：{article}", back=reverse("publicity:posts"), done="已作废，记录保留。"
    )


@route(may=WORKERS, act="publicity.correct")
@once
@load_article
def correct(request: Request, article: Article) -> HttpResponse:
    """更正."""
    form = ReasonForm(
        posted(request),
        version=article.version,
        act_label="写更正稿",
        label="更正什么",
        help_text="如：第二段数字有误。",
    )

    def do(form: Any) -> str:
        told = {name: form.cleaned_data[name] for name in ("reason", "version")}
        return services.correct(article, by=request.user, on=clock.today(), **told).get_absolute_url()

    return act_page(
        request, form, do, title=f"更正：{article}", back=article.get_absolute_url(), done="更正稿已起草，改好后送审。",
        lead="更正另出一版，重新三审；发布后替换原稿，原稿仍可查看。",
    )  # fmt: skip
