"""个人年度材料: the office's list, one person's material, everybody's own page."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.appraisal.forms import materials as forms
from luoshi.appraisal.forms.base import PlainForm
from luoshi.appraisal.models import MaterialAnswer, YearMaterial
from luoshi.appraisal.queries import materials as told
from luoshi.appraisal.rules.doors import READERS
from luoshi.appraisal.rules.materials import MaterialState
from luoshi.appraisal.services import materials as services
from luoshi.appraisal.views.acting import act_page, posted
from luoshi.appraisal.views.asked import Request
from luoshi.commitments.queries.basis import clause_for
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.records.once import once

View = Callable[..., HttpResponse]


def asked_year(request: Request, on: date) -> int:
    """The year of the address, else this one; in January the last one."""
    told_year = request.GET.get("year", "")
    if told_year.isascii() and told_year.isdigit() and 2000 < int(told_year) <= on.year:
        return int(told_year)
    return on.year - (on.month == 1)


def load_material(view: View) -> View:
    """Hand the view a person's material; one that may not be seen is not there."""

    @functools.wraps(view)
    def loaded(request: Request, public_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = told.materials_seen(request.user, request.held).select_related(
            "bureau", "person", "unit", "clause__version__plan", "drawn_by", "handed_in_by"
        )
        return view(request, get_object_or_404(rows, public_id=public_id), *args, **kwargs)

    return loaded


@route(may=READERS)
@require_safe
def materials(request: Request) -> HttpResponse:
    """The staff with their materials, by unit and name; whoever keeps none goes to his own."""
    on = clock.today()
    year = asked_year(request, on)
    if not request.duties & set(told.KEEPERS):
        return redirect(told.my_url(year))
    here = reverse("appraisal:materials")
    chips = [{"label": f"{one}年", "url": f"{here}?year={one}", "on": one == year} for one in (on.year, on.year - 1)]
    lines = told.material_lines(request.bureau.pk, year, on)
    drawn = any(one.material and one.material.state == MaterialState.DRAWN for one in lines)
    context = {"lines": lines, "year": year, "chips": chips, "drawn": drawn, "office": Duty.OFFICE in request.duties}
    return render(request, "appraisal/materials.html", context)


@route(may=READERS)
@require_safe
@load_material
def material(request: Request, material: YearMaterial) -> HttpResponse:
    """One person's material."""
    return render(request, "appraisal/material.html", shown(request, material))


def shown(request: Request, material: YearMaterial) -> dict[str, Any]:
    """What the page of a material needs, whoever reads it."""
    office = any(one.duty == Duty.OFFICE and one.bureau_id == material.bureau_id for one in request.held)
    bars = material.bars if told.sees_bars(request.user, request.held, material) else None
    answers: dict[str, list[MaterialAnswer]] = {}
    for one in material.answers.select_related("replied_by"):
        answers.setdefault(one.key, []).append(one)
    facts = [{**fact, "answers": answers.get(fact["key"], [])} for fact in material.facts]
    may_reply = office and material.state == MaterialState.ANSWERED and material.person_id != request.user.pk
    return {"material": material, "facts": facts, "bars": bars, "office": office, "may_reply": may_reply}


@route(may=READERS, act=("appraisal.answer_material", "appraisal.agree_material"))
@once
def my_material(request: Request) -> HttpResponse:
    """Everybody's own: what the records tell of his year, to be checked; and what was decided of him."""
    on = clock.today()
    year = asked_year(request, on)
    seen = told.materials_seen(request.user, request.held).filter(person=request.user, year=year)
    mine = seen.select_related("bureau", "person", "unit", "clause__version__plan", "drawn_by").order_by("pk").first()
    result = told.told_result(request.user, request.bureau.pk, year)
    if mine is not None and mine.state == MaterialState.DRAWN:
        mine = None  # whoever keeps them sees his own earlier in the list; here it waits for the showing
    if mine is None:
        if request.method == "POST":
            raise Http404
        return render(request, "appraisal/my_material.html", {"material": None, "year": year, "result": result})
    form = forms.CheckForm(posted(request), material=mine)

    def do(form: Any) -> None:
        services.answer_material(
            mine, answers=form.answers, statement=form.cleaned_data["statement"],
            version=form.cleaned_data["version"], by=request.user, on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"我的{year}年度材料", back=told.my_url(year), done="已核对。",
        template="appraisal/my_material.html", year=year, result=result,
        may_check=mine.state == MaterialState.SHOWN, **shown(request, mine),
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.draw_materials")
@once
def materials_draw(request: Request) -> HttpResponse:
    """提取."""
    on = clock.today()
    year = asked_year(request, on)
    people = told.staff(request.bureau.pk, on)
    form = forms.DrawForm(posted(request), people=people)

    def do(form: Any) -> None:
        one = form.cleaned_data["person"]
        who = [one] if one else told.undrawn(request.bureau.pk, year, on)
        services.draw_materials(
            bureau=request.bureau, year=year, people=who, clause=clause_for("appraisal_basis", request.bureau),
            by=request.user, on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"提取{year}年度材料", back=f"{reverse('appraisal:materials')}?year={year}",
        done="已提取。看过以后送本人核对。",
        lead="从事项、问题、承诺和上级通报的台账里提取，不用填写。不含学习、调研、考勤和谈话，不打分、不排名。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.show_materials")
@once
def materials_show(request: Request) -> HttpResponse:
    """送本人核对: all that are drawn."""
    on = clock.today()
    year = asked_year(request, on)
    form = PlainForm(posted(request), version=None, act_label="送本人核对")

    def do(form: Any) -> None:
        services.show_materials(bureau=request.bureau, year=year, by=request.user, on=on)

    return act_page(
        request, form, do, title=f"{year}年度材料送本人核对", back=f"{reverse('appraisal:materials')}?year={year}",
        done="已送本人核对，已通知。", lead="已提取的材料全部送本人。本人在公示期限内核对，可以逐项提意见。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.hand_in_materials")
@once
def materials_hand_in(request: Request) -> HttpResponse:
    """报送 to who decides."""
    on = clock.today()
    year = asked_year(request, on)
    form = forms.HandInForm(posted(request), ready=told.ready(request.bureau.pk, year, on))

    def do(form: Any) -> None:
        services.hand_in_materials(
            bureau=request.bureau, year=year, materials=form.materials, to=form.cleaned_data["to"], by=request.user,
            on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"报送{year}年度材料", back=f"{reverse('appraisal:materials')}?year={year}",
        done="已报送。", lead="领导班子成员的材料报县委组织部门，本系统不评等次。",
    )  # fmt: skip


@route(may=Duty.OFFICE, act="appraisal.reply_material")
@once
def material_reply(request: Request, pk: int) -> HttpResponse:
    """答复本人意见."""
    seen = told.materials_seen(request.user, request.held)
    answer = get_object_or_404(MaterialAnswer.objects.select_related("material__person"), pk=pk, material__in=seen)
    form = forms.ReplyForm(posted(request), answer=answer)

    def do(form: Any) -> None:
        services.reply_material(
            answer, reply=form.cleaned_data["reply"], version=form.cleaned_data["version"], by=request.user,
            on=clock.today(),
        )  # fmt: skip

    return act_page(
        request, form, do, title="答复本人意见", back=answer.material.get_absolute_url(), done="已答复。",
        about=[f"{answer.material.person}：{answer.words}"],
    )  # fmt: skip
