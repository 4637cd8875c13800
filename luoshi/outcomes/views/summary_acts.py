"""起草、修改、重新取数、送审、退回、审定印发、更正重印、作废."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.outcomes import queries, services
from luoshi.outcomes.forms import summaries as forms
from luoshi.outcomes.models import Summary, SummarySection
from luoshi.outcomes.rules import APPROVERS, MOST, MOVES, SummaryKind, summary_roles
from luoshi.outcomes.rules.access import CHIEF
from luoshi.outcomes.views.acting import act_page, posted
from luoshi.outcomes.views.loaders import Request, asked_plan, load_section, load_summary
from luoshi.records.once import once


@route(may=Duty.OFFICE, act="outcomes.open")
@once
def new(request: Request) -> HttpResponse:
    """起草: kind, title and days are filled in."""
    on, plan = clock.today(), asked_plan(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in SummaryKind.values else str(SummaryKind.MID)
    span = queries.span_of(plan, kind, on) if plan is not None else None
    if plan is None or span is None:
        raise Http404
    form = forms.NewForm(posted(request), plan=plan, kind=kind, span=span, on=on)

    def do(form: Any) -> str:
        return services.open_summary(plan=plan, by=request.user, on=on, **form.words()).get_absolute_url()

    return act_page(
        request, form, do, title="起草总结", back=reverse("outcomes:summaries"),
        done="已按记录起草。请逐章修改、补充，括号里的提示写好后删去。",
        lead=f"{plan}。系统按记录写出初稿，每个数都能点开。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="outcomes.edit")
@once
@load_section
def edit(request: Request, section: SummarySection) -> HttpResponse:
    """修改 one chapter; the length is counted while one types."""
    summary, values = section.summary, queries.values_of(section.summary)
    sections = queries.sections_of(summary)
    others = queries.length(summary, sections) - queries.length_of(section, values)
    form = forms.EditForm(posted(request), section=section, others=others, values=values)

    def do(form: Any) -> str:
        services.edit_section(
            section, text=form.cleaned_data["text"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip
        return section.get_absolute_url()

    return act_page(
        request, form, do, title=f"修改：{section.heading}", back=section.get_absolute_url(), done="已保存。",
        template="outcomes/edit.html", section=section, summary=summary, values=list(values.items()), most=MOST,
        total=queries.length(summary, sections),
    )  # fmt: skip


@route(may=Duty.OFFICE, act="outcomes.redraw")
@once
@load_summary
def redraw(request: Request, summary: Summary) -> HttpResponse:
    """重新取数: what would change is shown first; edited words stay unless they are ticked."""
    on = clock.today()
    scope = queries.scope_of(request.user, summary.bureau_id, on)
    drawn = queries.draw(summary.plan, summary.since, summary.until, scope)
    told = queries.compare(summary, drawn.figures, drawn.texts)
    edited = [section for section, _, touched in told.sections if touched]
    form = forms.RedrawForm(posted(request), summary=summary, edited=edited)

    def do(form: Any) -> None:
        services.redraw(
            summary, take=form.cleaned_data.get("take", ()), version=form.cleaned_data["version"], by=request.user,
            on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"重新取数：{summary}", back=summary.get_absolute_url(), done="已更新。",
        template="outcomes/redraw.html", summary=summary, told=told,
        lead=f"上次取数{summary.drawn_on:%Y-%m-%d}。下面是和现在记录的差别，看清楚再更新。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="outcomes.submit")
@once
@load_summary
def submit(request: Request, summary: Summary) -> HttpResponse:
    """送审."""
    form = forms.VersionForm(posted(request), summary=summary, act_label="送审")

    def do(form: Any) -> None:
        services.submit(summary, version=form.cleaned_data["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"送审：{summary}", back=summary.get_absolute_url(), done="已送审，已提醒主要领导。",
        lead="送审后不能再修改；要改的由主要领导或局办公室退回。",
    )  # fmt: skip


@route(may=APPROVERS, act="outcomes.give_back")
@once
@load_summary
def give_back(request: Request, summary: Summary) -> HttpResponse:
    """退回修改."""
    return _reasoned(request, summary, "give_back", label="哪里要改", done="已退回。")


@route(may=Duty.OFFICE, act="outcomes.void")
@once
@load_summary
def void(request: Request, summary: Summary) -> HttpResponse:
    """作废 of a draft."""
    return _reasoned(request, summary, "void", label="作废理由", done="已作废，记录保留。")


@route(may=Duty.OFFICE, act="outcomes.revise")
@once
@load_summary
def revise(request: Request, summary: Summary) -> HttpResponse:
    """更正重印: the issued one stays, a new edition is drafted beside it."""
    return _reasoned(
        request, summary, "revise", label="更正理由", done="已起草新的一版，原来那版保留。",
        lead="已印发的不改。新的一版文字照旧、数字重新取，改好后送审、印发。",
    )  # fmt: skip


def _reasoned(request: Request, summary: Summary, name: str, *, label: str, done: str, lead: str = "") -> HttpResponse:
    word = MOVES[name].label
    form = forms.ReasonForm(posted(request), summary=summary, act_label=word, label=label)
    verb = {"give_back": services.give_back, "void": services.void_summary, "revise": services.revise}[name]

    def do(form: Any) -> str:
        told = form.cleaned_data
        made: Summary = verb(summary, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())
        return made.get_absolute_url()

    return act_page(
        request, form, do, title=f"{word}：{summary}", back=summary.get_absolute_url(), done=done, lead=lead
    )  # fmt: skip


@route(may=APPROVERS, act="outcomes.issue")
@once
@load_summary
def issue(request: Request, summary: Summary) -> HttpResponse:
    """审定印发: 主要领导 by his click, the office with the minutes it stands on."""
    on = clock.today()
    paper = CHIEF not in summary_roles(request.held, summary.bureau_id)
    form = forms.IssueForm(posted(request), summary=summary, on=on, paper=paper)

    def do(form: Any) -> None:
        services.issue(summary, version=form.cleaned_data["version"], by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"审定印发：{summary}", back=summary.get_absolute_url(),
        done="已印发，文件已存档。从现在起不再修改，要改的请更正重印。",
        lead="印发后文字和数字都固定下来，全局可看。请先读一遍全文。",
    )  # fmt: skip
