"""刊发, 推广应用 and 本季度无."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.publicity import services
from luoshi.publicity.forms import acts as forms
from luoshi.publicity.forms.base import ReasonForm
from luoshi.publicity.models import Adoption, Article, Outlet
from luoshi.publicity.rules import WORKERS
from luoshi.publicity.views.acting import act_page, posted
from luoshi.publicity.views.loaders import Request, load_adoption, load_article, load_outlet
from luoshi.records.once import once


@route(may=WORKERS, act="publicity.add_outlet")
@once
@load_article
def outlet(request: Request, article: Article) -> HttpResponse:
    """登记刊发."""
    on = clock.today()
    form = forms.OutletForm(posted(request), on=on)

    def do(form: Any) -> None:
        told = {name: form.cleaned_data[name] for name in ("medium", "ran_on", "link")}
        services.add_outlet(article, by=request.user, on=on, **told)

    return act_page(
        request, form, do, title=f"登记刊发：{article}", back=article.get_absolute_url(), done="已登记。",
        lead="只登记在哪家媒体、哪天刊出；不统计阅读、转发、点赞。",
    )  # fmt: skip


@route(may=WORKERS, act="publicity.void_outlet")
@once
@load_outlet
def outlet_void(request: Request, outlet: Outlet) -> HttpResponse:
    """刊发记录作废."""
    article = outlet.article
    form = ReasonForm(posted(request), version=article.version, act_label="作废这条记录", label="作废理由")

    def do(form: Any) -> None:
        services.void_outlet(outlet, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"作废刊发记录：{outlet}", back=article.get_absolute_url(), done="已作废，记录保留。"
    )


@route(may=WORKERS, act="publicity.adopt")
@once
@load_article
def adopt(request: Request, article: Article) -> HttpResponse:
    """登记推广应用."""
    on = clock.today()
    mine = [one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER)]
    form = forms.AdoptForm(posted(request), article=article, on=on, own=next(iter(mine), None))

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.adopt(
            article, unit=told["unit"], adopted_on=told["adopted_on"], words=told["said"], by=request.user, on=on
        )

    return act_page(
        request, form, do, title=f"登记推广应用：{article}", back=article.get_absolute_url(), done="已登记。"
    )


@route(may=WORKERS, act="publicity.void_adoption")
@once
@load_adoption
def adoption_void(request: Request, adoption: Adoption) -> HttpResponse:
    """推广记录作废."""
    article = adoption.article
    form = ReasonForm(posted(request), version=article.version, act_label="作废这条记录", label="作废理由")

    def do(form: Any) -> None:
        services.void_adoption(adoption, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"作废应用记录：{adoption}", back=article.get_absolute_url(), done="已作废，记录保留。"
    )


@route(may=Duty.OFFICE, act="publicity.say_none")
@once
def say_none(request: Request, year: int, quarter: int) -> HttpResponse:
    """登记本季度无."""
    on = clock.today()
    if not 2000 <= year <= on.year or quarter not in (1, 2, 3, 4):
        raise Http404
    form = forms.NoneForm(posted(request))

    def do(form: Any) -> None:
        services.say_none(
            bureau=request.bureau, year=year, quarter=quarter, words=form.cleaned_data["said"], by=request.user, on=on
        )

    back = f"{reverse('publicity:experiences')}?year={year}&quarter={quarter}"
    return act_page(
        request, form, do, title=f"{year}年第{quarter}季度没有经验材料", back=back, done="已登记。",
        lead="没有就登记没有，不凑数；以后这个季度发布了经验材料，这条自动取消。",
    )  # fmt: skip
