"""实绩档案, 我的档案 and 七种能力; a dated result entered and reviewed; records marked as evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.cadres import queries, services
from luoshi.cadres.forms import merits as forms
from luoshi.cadres.forms.base import ReasonForm
from luoshi.cadres.models import AbilityTag, MeritEntry, MeritProof
from luoshi.cadres.queries import files
from luoshi.cadres.queries.sources import source_row
from luoshi.cadres.rules import MERIT_MOVES, READERS, Ability
from luoshi.cadres.views.acting import act_page, posted
from luoshi.cadres.views.loaders import Request, load_merit
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.matters.views.loaders import file_answer
from luoshi.org import queries as org
from luoshi.org.access import route
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.once import once

OVERSEE = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.LEADER})


def asked(request: Request, name: str) -> int | None:
    """A whole number of the address, None where there is none."""
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else None


def asked_year(request: Request) -> int:
    """The year that the address names, else this one."""
    told, today = asked(request, "year"), clock.today()
    return told if told is not None and 2000 <= told <= today.year else today.year


def seen_person(request: Request, pk: int) -> User:
    """A person whose file the reader opens, else a 404."""
    rows = queries.people_seen(request.user, request.held, request.bureau.pk, clock.today())
    return get_object_or_404(rows, pk=pk)


@route(may=READERS)
@require_safe
def mine(request: Request) -> HttpResponse:
    """我的档案: everybody's own."""
    return _file(request, request.user, own=True)


@route(may=READERS)
@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    """One person's file."""
    return _file(request, seen_person(request, pk), own=pk == request.user.pk)


def _file(request: Request, person: User, *, own: bool) -> HttpResponse:
    on, year = clock.today(), asked_year(request)
    told = files.person_file(person, request.bureau, year, request.user, request.held, on, whole=True)
    context = {
        "file": told,
        "own": own,
        "years": [
            {"label": f"{one}年", "url": f"?year={one}", "on": one == year} for one in range(on.year, on.year - 4, -1)
        ],
        "overseer": bool(OVERSEE & request.duties),
    }
    return render(request, "cadres/file.html", context)


@route(may=READERS)
@require_safe
def listing(request: Request) -> HttpResponse:
    """实绩档案: the people whose files one reads, in the bureau's order."""
    on, unit = clock.today(), asked(request, "unit")
    page = files.seats(
        request.user, request.held, request.bureau, on, unit=unit, start=asked(request, "start") or 0
    )  # fmt: skip
    lines = files.file_lines(page.seats, request.user, request.held, request.bureau, on)
    context = {"lines": lines, **_units(request, unit, page.next), "overseer": bool(OVERSEE & request.duties)}
    return render(request, "cadres/merits.html", context)


@route(may=READERS)
@require_safe
def abilities(request: Request) -> HttpResponse:
    """七种能力 by evidence; nothing is counted or compared."""
    on, unit = clock.today(), asked(request, "unit")
    page = files.seats(
        request.user, request.held, request.bureau, on, unit=unit, start=asked(request, "start") or 0
    )  # fmt: skip
    rows = files.matrix(page.seats, request.bureau, request.user, request.held, on)
    context = {"rows": rows, "abilities": list(Ability), **_units(request, unit, page.next)}
    return render(request, "cadres/abilities.html", context)


def _units(request: Request, unit: int | None, further: int | None) -> dict[str, Any]:
    """The chips of units for whoever oversees several, and the next page."""
    chips: list[dict[str, Any]] = []
    if OVERSEE & request.duties:
        chips = [{"label": "全部单位", "url": "?", "on": unit is None}]
        for one in org.units_of(request.bureau.pk, clock.today()):
            chips.append({"label": str(one), "url": f"?unit={one.pk}", "on": one.pk == unit})
    where = f"unit={unit}&" if unit is not None else ""
    return {"chips": chips, "next": f"?{where}start={further}" if further is not None else ""}


@route(may=READERS, act="cadres.enter_merit")
@once
def new(request: Request) -> HttpResponse:
    """登记实绩: one's own, or of somebody whose file one reads."""
    on = clock.today()
    people = queries.people_seen(request.user, request.held, request.bureau.pk, on).order_by("pinyin", "pk")
    several = bool(OVERSEE & request.duties)
    whose = people.filter(pk=asked(request, "person") or request.user.pk).first()
    form = forms.MeritForm(posted(request), on=on, people=people if several else None, whose=whose)

    def do(form: Any) -> str:
        person = form.cleaned_data["person"] if several else request.user
        found = services.enter_merit(
            bureau=request.bureau, person=person, by=request.user, on=on, staged=form.staged, **form.words()
        )
        return found.get_absolute_url()

    return act_page(
        request, form, do, title="登记实绩", back=reverse("cadres:merits" if several else "cadres:mine"),
        done="已登记，待审核入档。", lead="督办、问题、承诺里已有的结果会自动列入档案，不用再登记。",
    )  # fmt: skip


@route(may=READERS)
@require_safe
@load_merit
def merit(request: Request, entry: MeritEntry) -> HttpResponse:
    """One entry."""
    moves = open_moves(MERIT_MOVES, state=entry.state, duties=queries.merit_roles(request.user, entry, clock.today()))
    context = {
        "entry": entry,
        "tags": list(entry.tags.filter(void_reason="")),
        "acts": [(MERIT_MOVES[one].label, reverse(f"cadres:merit_{one}", args=[entry.public_id])) for one in moves],
        "proofs": [
            {"name": one.evidence.name, "size": one.evidence.size,
             "url": reverse("cadres:merit_proof", args=[entry.public_id, one.pk])}
            for one in entry.proofs.select_related("evidence")
        ],
    }  # fmt: skip
    return render(request, "cadres/merit.html", context)


@route(may=READERS)
@require_safe
@load_merit
def proof(request: Request, entry: MeritEntry, pk: int) -> HttpResponse:
    """A file of an entry."""
    found = get_object_or_404(MeritProof.objects.filter(entry=entry).select_related("evidence"), pk=pk)
    services.take_copy(request.bureau, what="下载实绩佐证", by=request.user, on=clock.today())
    return file_answer(found.evidence)


@route(may=READERS, act="cadres.review_merit")
@once
@load_merit
def review(request: Request, entry: MeritEntry) -> HttpResponse:
    """审核入档."""
    form = forms.ReviewForm(posted(request), version=entry.version)

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.review_merit(entry, note=told["note"], version=told["version"], by=request.user, on=clock.today())

    return act_page(
        request,
        form,
        do,
        title=f"审核实绩：{entry}",
        back=entry.get_absolute_url(),
        done="已入档。",
        lead=entry.words[:200],
    )


@route(may=READERS, act="cadres.return_merit")
@once
@load_merit
def give_back(request: Request, entry: MeritEntry) -> HttpResponse:
    """退回."""
    form = ReasonForm(posted(request), version=entry.version, label="要补充什么", act_label="退回")

    def do(form: Any) -> None:
        told = form.cleaned_data
        services.return_merit(entry, reason=told["reason"], version=told["version"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"退回实绩：{entry}", back=entry.get_absolute_url(), done="已退回。"
    )  # fmt: skip


@route(may=READERS, act="cadres.correct_merit")
@once
@load_merit
def correct(request: Request, entry: MeritEntry) -> HttpResponse:
    """补充后再报."""
    on = clock.today()
    form = forms.MeritForm(posted(request), on=on, entry=entry)

    def do(form: Any) -> None:
        version = form.cleaned_data["version"]
        services.correct_merit(entry, version=version, by=request.user, on=on, staged=form.staged, **form.words())

    return act_page(
        request, form, do, title=f"补充实绩：{entry}", back=entry.get_absolute_url(), done="已再报，待审核。",
        lead=f"退回意见：{entry.review_note}",
    )  # fmt: skip


@route(may=READERS, act="cadres.tag_ability")
@once
def tag(request: Request, pk: int) -> HttpResponse:
    """标能力."""
    on, person = clock.today(), seen_person(request, pk)
    choices = files.taggable(person, request.bureau, request.user, request.held, on)
    form = forms.TagForm(posted(request), choices=choices, ability=request.GET.get("ability", ""))

    def do(form: Any) -> None:
        told = form.cleaned_data
        source = source_row(told["source"])
        services.tag_ability(
            bureau=request.bureau, person=person, ability=told["ability"], source=source, note=told["note"],
            by=request.user, on=on,
        )  # fmt: skip

    return act_page(
        request, form, do, title=f"标注能力佐证：{person}", back=reverse("cadres:file", args=[person.pk]),
        done="已标注。", lead="从已有记录里选一条，说明它体现了哪种能力。只作佐证，不计数、不排名。",
    )  # fmt: skip


@route(may=READERS, act="cadres.untag_ability")
@once
def untag(request: Request, pk: int) -> HttpResponse:
    """取消标注."""
    found = get_object_or_404(AbilityTag.objects.filter(void_reason="", bureau=request.bureau), pk=pk)
    person = seen_person(request, found.person_id)
    form = ReasonForm(posted(request), version=None, label="取消理由", act_label="取消标注")

    def do(form: Any) -> None:
        services.untag_ability(found, reason=form.cleaned_data["reason"], by=request.user, on=clock.today())

    return act_page(
        request, form, do, title=f"取消能力佐证：{person}", back=reverse("cadres:file", args=[person.pk]),
        done="已取消，记录保留。",
    )  # fmt: skip
