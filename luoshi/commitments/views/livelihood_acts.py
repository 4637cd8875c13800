"""民生实事: a batch written down, works added, changed, done, cancelled, handed over."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from luoshi.commitments import queries, services
from luoshi.commitments.forms import livelihood as forms
from luoshi.commitments.forms.promises import ReasonForm
from luoshi.commitments.models import LivelihoodBatch, LivelihoodItem
from luoshi.commitments.rules import AUTHORS, WORKERS
from luoshi.commitments.views.acting import act_page, posted
from luoshi.commitments.views.loaders import Request, load_batch, load_item
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once


@route(may=Duty.OFFICE, act="commitments.open_batch")
@once
def batch_new(request: Request) -> HttpResponse:
    """登记清单."""
    on = clock.today()
    people = queries.members(request.bureau.pk, on)
    form = forms.WorksForm(posted(request), bureau=request.bureau, on=on, people=people)

    def do(form: Any) -> str:
        told = form.cleaned_data
        found = services.open_batch(
            bureau=request.bureau, year=on.year, title=told["title"], document=told["document"], works=told["works"],
            by=request.user, on=on,
        )  # fmt: skip
        return found.get_absolute_url()

    return act_page(
        request, form, do, title="登记民生实事清单", back=reverse("commitments:batches"), done="清单已登记。",
        template="commitments/works.html",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="commitments.add_items")
@once
@load_batch
def batch_add(request: Request, batch: LivelihoodBatch) -> HttpResponse:
    """增加实事."""
    on = clock.today()
    people = queries.members(batch.bureau_id, on)
    form = forms.WorksForm(posted(request), bureau=batch.bureau, on=on, people=people, batch=batch)

    def do(form: Any) -> None:
        services.add_works(batch, works=form.cleaned_data["works"], by=request.user, on=on)

    return act_page(
        request, form, do, title=f"增加实事：{batch}", back=batch.get_absolute_url(), done="已增加。",
        template="commitments/works.html",
    )  # fmt: skip


@route(may=WORKERS, act="commitments.finish_item")
@once
@load_item
def item_finish(request: Request, item: LivelihoodItem) -> HttpResponse:
    """登记完成."""
    on = clock.today()
    form = forms.FinishForm(posted(request), item=item, on=on)

    def do(form: Any) -> None:
        services.finish_item(
            item, version=form.cleaned_data["version"], by=request.user, on=on, **form.words()
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"登记完成：{item}", back=item.get_absolute_url(), done="已登记完成。"
    )  # fmt: skip


@route(may=Duty.OFFICE, act="commitments.edit_item")
@once
@load_item
def item_edit(request: Request, item: LivelihoodItem) -> HttpResponse:
    """修改实事."""
    on = clock.today()
    people = queries.members(item.batch.bureau_id, on)
    form = forms.ItemForm(posted(request), item=item, people=people, on=on)

    def do(form: Any) -> None:
        services.edit_item(item, work=form.work, version=form.cleaned_data["version"], by=request.user, on=on)

    return act_page(request, form, do, title=f"修改：{item}", back=item.get_absolute_url(), done="已保存。")


@route(may=AUTHORS, act=["commitments.hand_over", "matters.open"])
@once
@load_item
def item_hand_over(request: Request, item: LivelihoodItem) -> HttpResponse:
    """转督办."""
    on = clock.today()
    form = forms.HandItemOverForm(posted(request), item=item)

    def do(form: Any) -> None:
        services.hand_item_over(
            item, version=form.cleaned_data["version"], by=request.user, on=on, now=clock.now()
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"转督办：{item}", back=item.get_absolute_url(), done="已存为拟办事项。",
        lead=f"由{item.unit}牵头，{item.leader}负责，{item.due_on}前完成；存为拟办，立项后交办。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="commitments.void_item")
@once
@load_item
def item_void(request: Request, item: LivelihoodItem) -> HttpResponse:
    """取消实事."""
    form = ReasonForm(posted(request), version=item.version, label="取消理由", act_label="取消这件实事")

    def do(form: Any) -> None:
        services.void_item(
            item, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"取消：{item}", back=item.get_absolute_url(), done="已取消，记录保留。"
    )  # fmt: skip
