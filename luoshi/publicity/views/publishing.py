"""审校、退回、公开决定、案例环节、发布、撤下."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.problems import queries as problems
from luoshi.publicity import services
from luoshi.publicity.forms import acts as forms
from luoshi.publicity.forms.base import ReasonForm
from luoshi.publicity.models import Article
from luoshi.publicity.rules import REVIEWERS, WORKERS, blocks, waits_at
from luoshi.publicity.views.acting import act_page, posted
from luoshi.publicity.views.loaders import Request, load_article
from luoshi.records.once import once

STAMPED = ("stamp", "stamped_on", "document", "concluded", "problem")


@route(may=REVIEWERS, act="publicity.review")
@once
@load_article
def review(request: Request, article: Article) -> HttpResponse:
    """一审, 二审 or 三审, whichever it waits for; the text stands beside the form."""
    form = forms.ReviewForm(posted(request), article=article)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.review(
            article, words=told["said"], proofread=told["proofread"], version=told["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    stage = waits_at(article.state)
    return act_page(
        request, form, do, title=f"{stage.label if stage else '审校'}：{article}", back=article.get_absolute_url(),
        done="已登记审校意见。", article=article, blocks=blocks(article.body), back_out=True,
    )  # fmt: skip


@route(may=REVIEWERS, act="publicity.give_back")
@once
@load_article
def give_back(request: Request, article: Article) -> HttpResponse:
    """退回修改."""
    form = ReasonForm(posted(request), version=article.version, act_label="退回修改", label="要改什么")

    def do(form: Any) -> None:
        told = {name: form.cleaned_data[name] for name in ("reason", "version")}
        services.give_back(article, by=request.user, on=clock.today(), **told)

    return act_page(
        request, form, do, title=f"退回修改：{article}", back=article.get_absolute_url(), done="已退回撰稿人。",
        article=article, blocks=blocks(article.body),
    )  # fmt: skip


@route(may=Duty.OFFICE, act="publicity.widen")
@once
@load_article
def widen(request: Request, article: Article) -> HttpResponse:
    """登记公开决定."""
    on = clock.today()
    form = forms.WidenForm(posted(request), article=article, on=on)

    def do(form: Any) -> None:
        told = {name: value for name, value in form.words().items() if name != "files"}
        services.widen(article, staged=form.staged, by=request.user, on=on, **told)

    return act_page(
        request, form, do, title=f"登记公开决定：{article}", back=article.get_absolute_url(), done="已登记。",
        lead="比本局规定公开得更广、或者要列明姓名的，由局党委决定；这里登记决定，不在这里作决定。",
    )  # fmt: skip


@route(may=WORKERS, act="publicity.stamp")
@once
@load_article
def stamp(request: Request, article: Article) -> HttpResponse:
    """登记案例环节."""
    on = clock.today()
    seen = problems.public(request.user, request.held, on)
    form = forms.StampForm(posted(request), article=article, seen=seen, on=on)

    def do(form: Any) -> None:
        told = {name: form.cleaned_data[name] for name in STAMPED}
        services.stamp(article, staged=form.staged, by=request.user, on=on, **told)

    return act_page(
        request, form, do, title=f"登记案例环节：{article}", back=article.get_absolute_url(), done="已登记。",
        lead="发现、查处、通报三个环节齐全、查处有结论，才能发布。重新登记同一环节，以后一次为准。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="publicity.publish")
@once
@load_article
def publish(request: Request, article: Article) -> HttpResponse:
    """发布."""
    form = forms.PublishForm(posted(request), article=article)

    def do(form: Any) -> None:
        told = {name: form.cleaned_data[name] for name in ("no_secrets", "no_burden", "version")}
        services.publish(article, by=request.user, on=clock.today(), **told)

    return act_page(
        request, form, do, title=f"发布：{article}", back=article.get_absolute_url(), done="已发布。", article=article,
        blocks=blocks(article.body), lead=f"发布后{article.get_scope_display()}，文字不再改动；有误用“更正”另出一版。",
    )  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="publicity.withdraw")
@once
@load_article
def withdraw(request: Request, article: Article) -> HttpResponse:
    """撤下."""
    form = ReasonForm(posted(request), version=article.version, act_label="撤下", label="撤下理由")

    def do(form: Any) -> None:
        told = {name: form.cleaned_data[name] for name in ("reason", "version")}
        services.withdraw(article, by=request.user, on=clock.today(), **told)

    return act_page(
        request, form, do, title=f"撤下：{article}", back=article.get_absolute_url(), done="已撤下。",
        lead="撤下后，本局人员和社会公开页面都看不到这篇稿件和它以前各版；记录保留。",
    )  # fmt: skip
