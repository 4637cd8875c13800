"""What is done with units: set up, renamed, moved, closed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from luoshi.lib import clock
from luoshi.org import directory, forms, queries, services
from luoshi.org.access import route
from luoshi.org.models import Unit
from luoshi.org.rules import Duty, UnitKind
from luoshi.org.views.pages import act_page, load_unit
from luoshi.records.once import once

KEEPERS = (Duty.OFFICE, Duty.SYSTEM_ADMIN)


def _parents(request: Any) -> Any:
    """Where a unit may be put: below the bureaus that one keeps; a bureau below a county, by the administrator."""
    today = clock.today()
    rows = directory.visible_units(request.user, today).filter(queries.standing(today))
    return rows if Duty.SYSTEM_ADMIN in request.duties else rows.filter(bureau=request.bureau)


@route(may=KEEPERS, act="org.add_unit")
@once
def add(request: Any) -> HttpResponse:
    kinds = [*forms.BELOW]
    if Duty.SYSTEM_ADMIN in request.duties:
        kinds.append((UnitKind.BUREAU.value, UnitKind.BUREAU.label))
    initial = {"parent": request.GET.get("parent") or request.bureau}
    form = forms.UnitForm(request.POST or None, initial=initial, parents=_parents(request), kinds=kinds)
    return act_page(
        request, form, title="设立单位", back=reverse("org:people"), said="已设立。",
        do=lambda form: services.add_unit(by=request.user, on=clock.today(), **form.words()),
    )  # fmt: skip


@route(may=KEEPERS, act="org.edit_unit")
@once
@load_unit
def edit(request: Any, unit: Unit) -> HttpResponse:
    names = ("name", "short_name", "rank", "version")
    form = forms.EditUnitForm(request.POST or None, initial={name: getattr(unit, name) for name in names})
    return act_page(
        request, form, title=f"{unit}更名、调序", back=unit, said="已更名。",
        do=lambda form: services.edit_unit(
            unit, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        ),
    )  # fmt: skip


@route(may=KEEPERS, act="org.move_unit")
@once
@load_unit
def move(request: Any, unit: Unit) -> HttpResponse:
    parents = _parents(request).filter(bureau=unit.bureau).exclude(pk=unit.pk)
    form = forms.MoveUnitForm(request.POST or None, initial={"version": unit.version}, parents=parents)
    return act_page(
        request, form, title=f"调整{unit}的上级", lead=f"现在的上级：{unit.parent}", back=unit, said="已调整上级。",
        do=lambda form: services.move_unit(
            unit, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        ),
    )  # fmt: skip


@route(may=KEEPERS, act="org.close_unit")
@once
@load_unit
def close(request: Any, unit: Unit) -> HttpResponse:
    form = forms.CloseUnitForm(request.POST or None, initial={"version": unit.version})
    return act_page(
        request, form, title=f"撤销{unit}", lead="撤销后历史仍可查；有在任人员或下级单位时不能撤销。", back=unit,
        said="已撤销。",
        do=lambda form: services.close_unit(
            unit, version=form.cleaned_data["version"], by=request.user, on=clock.today(), **form.words()
        ),
    )  # fmt: skip
