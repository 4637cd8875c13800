"""优秀名额: the pools of a bureau, one pool with who is put forward, the acts on both."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms import materials as forms
from luoshi.appraisal.forms.base import PlainForm, ReasonForm
from luoshi.appraisal.forms.reviews import DecideForm, OpinionForm
from luoshi.appraisal.models import Nomination, Pool
from luoshi.appraisal.queries import pools as told
from luoshi.appraisal.queries.windows import why_window
from luoshi.appraisal.rules import pools as rules
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.rules.pools import NominationState
from luoshi.appraisal.services import pools, year_objections
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.appraisal.views.materials import asked_year
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

View = Callable[..., HttpResponse]
ACTS = (("nominate", "appraisal:nominate"), ("show", "appraisal:pool_show"), ("decide", "appraisal:pool_decide"),
        ("change", "appraisal:pool_change"))  # fmt: skip


def load_pool(view: View) -> View:
    """Hand the view its pool; one that may not be seen is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = told.pools_seen(request.held).select_related("bureau", "decided_by", "opened_by")
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


def load_nomination(view: View) -> View:
    """Hand the view one proposal."""

    @functools.wraps(view)
    def loaded(request: Request, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = told.nominations_seen(request.user, request.held).select_related("pool__bureau", "person", "unit")
        return view(request, get_object_or_404(rows, pk=pk), *args, **kwargs)

    return loaded


@route(may=READERS)
@require_safe
def pool_list(request: Request) -> HttpResponse:
    """The pools of the bureau, each kind of personnel apart."""
    lines = told.pool_lines(request.held, request.bureau.pk)
    return render(request, "appraisal/pools.html", {"lines": lines, "office": Duty.OFFICE in request.duties})


@route(may=READERS)
@require_safe
@load_pool
def pool(request: Request, pool: Pool) -> HttpResponse:
    """One pool: how its places were reckoned, who is put forward by whom and why, what was said and decided."""
    roles = told.roles(request.user, request.held, pool)
    moves = set(open_moves(rules.MOVES, state=pool.state, duties=roles))
    rows = told.nominations_of(pool, request.user, request.held)
    keeper = any(one.duty in told.SEES_ALL and one.bureau_id == pool.bureau_id for one in request.held)
    acts = [(rules.MOVES[name].label, reverse(url, args=[pool.public_id])) for name, url in ACTS if name in moves]
    until = pool.objection_until
    may_say = "object" in moves and until is not None and clock.today() <= until
    context = {
        "pool": pool, "rows": rows, "acts": acts, "moves": moves, "keeper": keeper, "may_say": may_say,
        "basis": forms.basis_of(pool.personnel_type), "window": why_window(pool.objection_basis, until),
        "opinions": told.opinions_of(pool) if keeper else [],
    }  # fmt: skip
    return render(request, "appraisal/pool.html", context)


@route(may=Duty.OFFICE, act="appraisal.open_pool")
@once
def pool_new(request: Request) -> HttpResponse:
    """登记名额."""
    on = clock.today()
    year = asked_year(request, on)
    form = forms.PoolForm(posted(request))

    def do(form: Any) -> str:
        made = pools.open_pool(bureau=request.bureau, year=year, by=request.user, on=on, **form.words())
        return made.get_absolute_url()

    return act_page(
        request, form, do, title=f"登记{year}年度优秀名额", back=reverse("appraisal:pools"), done="名额已算出。",
        lead="人数按今天的任职算出，可以改，改了要写理由。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.change_pool")
@once
@load_pool
def pool_change(request: Request, pool: Pool) -> HttpResponse:
    """修改名额."""
    form = forms.FiguresForm(posted(request), pool=pool)

    def do(form: Any) -> None:
        pools.change_pool(
            pool, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        )  # fmt: skip

    return act_page(request, form, do, title=f"修改：{pool}", back=pool.get_absolute_url(), done="名额已重新算出。",
                    lead=f"按任职算出{pool.counted}人。")  # fmt: skip


@route(may=(Duty.OFFICE, Duty.HEAD), act="appraisal.nominate")
@once
@load_pool
def nominate(request: Request, pool: Pool) -> HttpResponse:
    """推荐."""
    on = clock.today()
    form = forms.NominateForm(posted(request), people=told.proposable(request.user, request.held, pool, on))

    def do(form: Any) -> None:
        pools.nominate(pool, by=request.user, on=on, **form.words())

    return act_page(request, form, do, title=f"推荐：{pool}", back=pool.get_absolute_url(), done="已推荐。",
                    lead=f"名额{pool.places}个。名单按姓名排列，不分先后。")  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.show_pool")
@once
@load_pool
def pool_show(request: Request, pool: Pool) -> HttpResponse:
    """公示."""
    form = PlainForm(posted(request), version=pool.version, act_label="公示")

    def do(form: Any) -> None:
        pools.show_pool(pool, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(request, form, do, title=f"公示：{pool}", back=pool.get_absolute_url(), done="已公示。",
                    lead="公示推荐的人选，本局干部职工都能看到，可以提出意见。")  # fmt: skip


@route(may=(Duty.OFFICE, Duty.CHIEF), act="appraisal.decide_pool")
@once
@load_pool
def pool_decide(request: Request, pool: Pool) -> HttpResponse:
    """决定."""
    on = clock.today()
    rows = told.nominations_of(pool, request.user, request.held)
    people = [(one.pk, f"{one.unit} {one.person}") for one in rows if one.state == NominationState.PROPOSED]
    form = DecideForm(
        posted(request), people=people, bureau_id=pool.bureau_id, on=on, version=pool.version, act_label="决定"
    )

    def do(form: Any) -> None:
        pools.decide_pool(
            pool, chosen=form.picked, paper=form.paper, version=form.cleaned_data["version"], by=request.user, on=on
        )

    return act_page(request, form, do, title=f"决定：{pool}", back=pool.get_absolute_url(),
                    done="已决定，已书面告知本人。", lead=f"名额{pool.places}个，不能超过。")  # fmt: skip


@route(may=(Duty.OFFICE, Duty.HEAD), act="appraisal.withdraw_nomination")
@once
@load_nomination
def nomination_withdraw(request: Request, nomination: Nomination) -> HttpResponse:
    """撤回推荐."""
    form = ReasonForm(posted(request), version=nomination.version, label="撤回理由", act_label="撤回推荐")

    def do(form: Any) -> None:
        pools.withdraw_nomination(
            nomination, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(request, form, do, title=f"撤回推荐：{nomination.person}", back=nomination.pool.get_absolute_url(),
                    done="已撤回。")  # fmt: skip


@route(may=READERS, act="appraisal.object_year")
@once
@load_nomination
def nomination_object(request: Request, nomination: Nomination) -> HttpResponse:
    """提出意见, while the names are shown."""
    if nomination.state != NominationState.PROPOSED:
        raise Http404
    form = OpinionForm(posted(request))

    def do(form: Any) -> None:
        year_objections.object_to_nomination(
            nomination, words=form.cleaned_data["said"], by=request.user, on=clock.today()
        )  # fmt: skip

    return act_page(request, form, do, title=f"对公示人选提出意见：{nomination.person}",
                    back=nomination.pool.get_absolute_url(), done="意见已收到，将核实答复。",
                    lead="只有局办公室、主要领导和派驻纪检监察组看得到您的意见。")  # fmt: skip
