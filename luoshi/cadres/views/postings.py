"""一线锻炼: the roster, one posting, and the acts on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.cadres import queries, services
from luoshi.cadres.forms import postings as forms
from luoshi.cadres.forms.base import ReasonForm
from luoshi.cadres.models import Posting
from luoshi.cadres.queries.roster import FILTERS, batches, follow_face, roster
from luoshi.cadres.rules import CHIEF, PERSONNEL, POSTING_MOVES, READERS, of_circle
from luoshi.cadres.views.acting import act_page, posted
from luoshi.cadres.views.loaders import Request, load_posting
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters import queries as matters
from luoshi.org.access import route
from luoshi.problems import queries as problems
from luoshi.records.once import once

LIST = "cadres:postings"


@route(may=READERS)
@require_safe
def listing(request: Request) -> HttpResponse:
    """一线锻炼名册."""
    on, key, batch = clock.today(), request.GET.get("show", ""), request.GET.get("batch", "")
    key = key if key in FILTERS else ""
    lines = roster(request.user, request.held, request.bureau, on, key=key, batch=batch)
    every = batches(request.user, request.held, request.bureau, on)
    context = {
        "lines": lines,
        "chips": [{"label": word, "url": f"?show={name}", "on": name == key} for name, word in FILTERS.items()],
        "batches": [{"label": "全部批次", "url": f"?show={key}", "on": not batch}]
        + [{"label": one, "url": f"?show={key}&batch={one}", "on": one == batch} for one in every],
        "query": f"?show={key}&batch={batch}",
        "may_open": bool(frozenset(PERSONNEL) & request.duties),
    }
    return render(request, "cadres/postings.html", context)


@route(may=READERS)
@require_safe
@load_posting
def posting(request: Request, posting: Posting) -> HttpResponse:
    """One posting: what was decided, when it is followed up, what may be done."""
    return render(request, "cadres/posting.html", shown(request, posting))


def shown(request: Request, posting: Posting) -> dict[str, Any]:
    """What the page prints; recommendations only for the circle, linked matters as far as the reader sees them."""
    on = clock.today()
    mine = queries.posting_roles(request.user, request.held, posting)
    moves = open_moves(POSTING_MOVES, state=posting.state, duties=mine)
    linked = matters.visible(request.user, request.held, on).filter(pk__in=posting.links.values("matter_id"))
    steps = posting.follow_ups.defer("facts").select_related("posting").order_by("number")
    seen = set(
        queries.follow_ups_seen(request.user, request.held, on).filter(posting=posting).values_list("pk", flat=True)
    )
    recs = queries.recommendations_seen(request.user, request.held).filter(posting=posting)
    circle = of_circle(queries.rec_roles(request.user, request.held, posting))
    examined = posting.follow_ups.filter(state__in=["EXAMINED", "REPORTED"]).exists() if circle else False
    problem = posting.problem
    if problem is not None and not problems.public(request.user, request.held, on).filter(pk=problem.pk).exists():
        problem = None
    return {
        "posting": posting,
        "acts": [
            (POSTING_MOVES[one].label, reverse(f"cadres:posting_{one}", args=[posting.public_id])) for one in moves
        ],
        "linked": list(linked),
        "hidden": posting.links.count() - len(linked),
        "problem": problem,
        "steps": [(one, one.pk in seen, *follow_face(one, on), queries.why_follow_up(one)) for one in steps],
        "circle": circle,
        "recommendations": list(recs.select_related("proposed_by")),
        "may_recommend": circle and examined and not recs.filter(state="PROPOSED").exists(),
    }


@route(may=PERSONNEL, act="cadres.propose")
@once
def new(request: Request) -> HttpResponse:
    """提出."""
    on = clock.today()
    form = forms.PostingForm(
        posted(request), bureau=request.bureau, on=on, matters=matters.visible(request.user, request.held, on),
        problems=problems.public(request.user, request.held, on),
    )  # fmt: skip

    def do(form: Any) -> str:
        told = form.words()
        matter = told.pop("matter")
        linked = [matter] if matter is not None else []
        found = services.propose_posting(bureau=request.bureau, linked=linked, by=request.user, on=on, **told)
        return found.get_absolute_url()

    return act_page(request, form, do, title="提出一线锻炼", back=reverse(LIST), done="已提出，待局党委研究。")


@route(may=PERSONNEL, act="cadres.edit_posting")
@once
@load_posting
def edit(request: Request, posting: Posting) -> HttpResponse:
    """修改."""
    on = clock.today()
    form = forms.PostingForm(posted(request), bureau=posting.bureau, on=on, posting=posting)

    def do(form: Any) -> None:
        services.edit_posting(posting, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"修改：{posting}", back=posting.get_absolute_url(), done="已保存。"
    )  # fmt: skip


def _paper(request: Request, posting: Posting) -> bool:
    return CHIEF not in queries.posting_roles(request.user, request.held, posting)


@route(may=PERSONNEL, act="cadres.assign")
@once
@load_posting
def assign(request: Request, posting: Posting) -> HttpResponse:
    """确定: 局党委's decision is entered."""
    on = clock.today()
    form = forms.AssignForm(posted(request), posting=posting, on=on, paper=_paper(request, posting))

    def do(form: Any) -> None:
        services.assign(posting, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"确定锻炼：{posting}", back=posting.get_absolute_url(),
        done="已确定，已通知本人和导师，考察时间已排好。", lead="登记局党委的研究决定。", posting=posting,
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.extend")
@once
@load_posting
def extend(request: Request, posting: Posting) -> HttpResponse:
    """延长."""
    on = clock.today()
    form = forms.ExtendForm(posted(request), posting=posting, on=on, paper=_paper(request, posting))

    def do(form: Any) -> None:
        services.extend(posting, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"延长锻炼：{posting}", back=posting.get_absolute_url(),
        done="已延长，考察时间重新排过。", posting=posting,
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.end")
@once
@load_posting
def end(request: Request, posting: Posting) -> HttpResponse:
    """结束."""
    on = clock.today()
    form = forms.EndForm(posted(request), posting=posting, on=on)

    def do(form: Any) -> None:
        services.end(posting, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"结束锻炼：{posting}", back=posting.get_absolute_url(), done="已结束。",
        posting=posting,
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.link")
@once
@load_posting
def link(request: Request, posting: Posting) -> HttpResponse:
    """关联事项."""
    on = clock.today()
    form = forms.LinkForm(posted(request), posting=posting, seen=matters.visible(request.user, request.held, on))

    def do(form: Any) -> None:
        services.link(posting, form.cleaned_data["matter"], by=request.user, on=on)

    return act_page(
        request, form, do, title=f"关联事项：{posting}", back=posting.get_absolute_url(), done="已关联。"
    )  # fmt: skip


@route(may=PERSONNEL, act="cadres.withdraw_posting")
@once
@load_posting
def withdraw(request: Request, posting: Posting) -> HttpResponse:
    """撤回."""
    form = ReasonForm(posted(request), version=posting.version, label="撤回理由", act_label="撤回")

    def do(form: Any) -> None:
        services.withdraw_posting(
            posting, reason=form.cleaned_data["reason"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"撤回：{posting}", back=posting.get_absolute_url(), done="已撤回，记录保留。"
    )  # fmt: skip
