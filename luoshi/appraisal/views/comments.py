"""点评和改进: the page, a comment, the unit's answer, a weak item picked for the ledger."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms.comments import AnswerForm, BelowForm, CommentForm, ImproveForm
from luoshi.appraisal.models import Comment, Improvement
from luoshi.appraisal.queries import comments as queries
from luoshi.appraisal.rules.comments import SPEAKERS, item_of
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.services import comments as services
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.lib import clock
from luoshi.matters import queries as matters
from luoshi.org.access import route
from luoshi.org.models import Unit
from luoshi.org.rules import Duty
from luoshi.problems import queries as problems
from luoshi.problems.queries.listing import rows
from luoshi.records.once import once

PAGE, SHOWN = 20, 50
BELOW = 80
"""What the picking form offers before anything is asked; it lists nothing by itself."""


@route(may=READERS)
@require_safe
def comments_page(request: Request) -> HttpResponse:
    """Units with their open improvements, what was said, and (the office) what may be picked."""
    on = clock.today()
    units = list(queries.units_seen(request.user, request.held, request.bureau, on))
    unit = next((one for one in units if str(one.pk) == request.GET.get("unit")), None)
    improving = queries.improvements_seen(request.user, request.held, on).filter(bureau=request.bureau)
    said = queries.comments_seen(request.user, request.held, on).filter(bureau=request.bureau)
    counts = queries.by_unit(improving)
    if unit is not None:
        improving, said = improving.filter(unit=unit), said.filter(unit=unit)
    if "waiting" in request.GET:
        said = said.filter(answer="")
    context = {
        "unit": unit, "chips": chips(units, unit, counts), "improving": lines(request, improving),
        "page": Paginator(said.select_related("unit", "said_by", "entered_by", "answered_by", "matter", "score__board")
                          .prefetch_related("improvements__problem"), PAGE).get_page(request.GET.get("page")),
        "may_say": bool(request.duties & set(SPEAKERS)), "may_pick": Duty.OFFICE in request.duties,
        "waiting": "waiting" in request.GET, "mine": own(request), "more": after_unit(unit), "units": units,
        **picked(request, unit),
    }  # fmt: skip
    return render(request, "appraisal/comments.html", context)


def own(request: Request) -> set[int]:
    """The units in whose name this person answers."""
    return {one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER)}


def after_unit(unit: Unit | None) -> str:
    """What a further filter's address begins with."""
    return f"?unit={unit.pk}&" if unit is not None else "?"


def chips(units: list[Unit], unit: Unit | None, counts: dict[int, tuple[int, int]]) -> list[dict[str, Any]]:
    """One chip a unit with its open improvements; none where there is nothing to choose from."""
    if len(units) < 2:
        return []
    found: list[dict[str, Any]] = [{"label": "全部单位", "url": "?", "on": unit is None}]
    for one in units:
        opened = counts.get(one.pk, (0, 0))[0]
        found.append({"label": str(one), "url": f"?unit={one.pk}", "on": one == unit, "count": opened or ""})
    return found


def lines(request: Request, found: Any) -> list[dict[str, Any]]:
    """Improvements as lines: the open ones first, each where its problem stands; a link where it may be opened."""
    on = clock.today()
    open_first = found.order_by("problem__closed_on", "-pk").select_related(
        "unit", "problem__unit", "problem__owner", "comment__said_by", "score__board", "case"
    )
    some: list[Improvement] = sorted(open_first[:SHOWN], key=lambda one: one.problem.closed_on is not None)
    keys = [one.problem_id for one in some]
    seen = set(problems.visible(request.user, request.held, on).filter(pk__in=keys).values_list("pk", flat=True))
    told = rows([one.problem for one in some], on)
    return [
        {"one": one, "row": row, "url": row.url if one.problem_id in seen else "", "origin": one.origin}
        for one, row in zip(some, told, strict=True)
    ]


def picked(request: Request, unit: Unit | None) -> dict[str, Any]:
    """For the office: black cases without improvement, and indicators below what it asked for."""
    if Duty.OFFICE not in request.duties:
        return {}
    below = BelowForm.asked(request.GET)
    weak = queries.weak_items(request.bureau.pk, below) if below else []
    cases = queries.cases_to_improve(request.bureau.pk)
    if unit is not None:
        weak, cases = [one for one in weak if one.score.unit_id == unit.pk], cases.filter(unit=unit)
    return {"weak": weak, "cases": cases, "below": below, "offered": below or BELOW}


@route(may=SPEAKERS, act="appraisal.comment")
@once
def comment_new(request: Request, pk: int) -> HttpResponse:
    """点评 one unit."""
    on = clock.today()
    units = queries.units_seen(request.user, request.held, request.bureau, on)
    unit = get_object_or_404(units, pk=pk)
    speakers = queries.speakers(request.bureau.pk, on) if Duty.OFFICE in request.duties else None
    form = CommentForm(
        posted(request), unit=unit, seen=matters.visible(request.user, request.held, on), on=on, by=request.user,
        speakers=speakers,
    )  # fmt: skip

    def do(form: Any) -> None:
        services.comment(bureau=request.bureau, unit=unit, by=request.user, on=on, **form.words())

    return act_page(
        request, form, do, title=f"点评{unit}", back=f"{reverse('appraisal:comments')}?unit={unit.pk}",
        done="已点评，已告知单位。", lead="点评不计分。要整改的，点评后再“列为改进项”，在问题台账登记一次。",
    )  # fmt: skip


@route(may=(Duty.HEAD, Duty.HANDLER), act="appraisal.answer_comment")
@once
def comment_answer(request: Request, public_id: str) -> HttpResponse:
    """The unit answers."""
    on = clock.today()
    seen = queries.comments_seen(request.user, request.held, on)
    told: Comment = get_object_or_404(seen.select_related("unit", "said_by"), public_id=public_id)
    form = AnswerForm(posted(request), version=told.version)

    def do(form: Any) -> None:
        services.answer_comment(
            told, answer=form.cleaned_data["answer"], version=form.cleaned_data["version"], by=request.user, on=on
        )

    return act_page(
        request, form, do, title="回应点评", back=f"{reverse('appraisal:comments')}?unit={told.unit_id}",
        done="已回应。", lead=f"{told.said_by}：{told.words}",
    )  # fmt: skip


@route(may=Duty.OFFICE, act=("appraisal.open_improvement", "problems.open"))
@once
def improve(request: Request, kind: str, key: str) -> HttpResponse:
    """列为改进项: from a comment, an indicator of a score, a black case."""
    on = clock.today()
    origin, first = origin_of(request, kind, key)
    unit = next(iter(origin.values())).unit
    form = ImproveForm(posted(request), unit=unit, on=on, **first)

    def do(form: Any) -> str:
        made = services.open_improvement(
            bureau=request.bureau, plan=form.plan(), by=request.user, on=on, point=request.GET.get("point", ""),
            **origin,
        )  # fmt: skip
        return made.problem.get_absolute_url()

    return act_page(
        request, form, do, title=f"列为改进项：{unit}", back=f"{reverse('appraisal:comments')}?unit={unit.pk}",
        done="已列为改进项，并登记到问题台账。", lead="在问题台账登记一次；措施、时限、验收、回头看都在台账办理。",
    )  # fmt: skip


def origin_of(request: Request, kind: str, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is picked, and what the form begins with; 404 for what this person may not see."""
    on = clock.today()
    if kind == "comment":
        told = get_object_or_404(queries.comments_seen(request.user, request.held, on), pk=key, bureau=request.bureau)
        return {"comment": told}, {"title": told.words}
    if kind == "case":
        case = get_object_or_404(queries.cases_to_improve(request.bureau.pk), pk=key)
        return {"case": case}, {"title": case.title, "due_on": case.rectify_by, "cause": case.cause}
    score = get_object_or_404(queries.scores_to_name(request.bureau.pk), pk=key)
    item = item_of(score.basis, request.GET.get("point", ""))
    if item is None:
        raise Http404
    return {"score": score}, {"title": f"{item.label}偏低（{item.value}分）"}
