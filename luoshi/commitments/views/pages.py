"""承诺公示: the team of a year, one leader's promises, the whole notice, and 兑现 at year-end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.commitments import queries
from luoshi.commitments.models import Commitment
from luoshi.commitments.rules import MOVES, READERS
from luoshi.commitments.views.loaders import Request, load_commitment
from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.org.access import route
from luoshi.org.rules import Duty

PAGE_ACTS = ("publish", "submit", "edit", "settle", "give_back", "void")
"""The acts on a whole commitment, in the order of their buttons."""
PROMISE_ACTS = (("commitments:progress", "note_progress", "登记进展"), ("commitments:fulfil", "fulfil", "登记兑现"),
                ("commitments:link", "link", "关联事项"), ("commitments:amend", "amend", "变更承诺"))  # fmt: skip
"""The acts on one promise: address, move, word."""


def asked_year(request: Request) -> int:
    """The year that the address names, else this one."""
    told = request.GET.get("year", "")
    today = clock.today()
    return int(told) if told.isascii() and told.isdigit() and len(told) == 4 and int(told) >= 2000 else today.year


def year_chips(request: Request, year: int) -> list[dict[str, Any]]:
    years = queries.years_of(request.user, request.held, request.bureau, clock.today())
    return [{"label": f"{one}年", "url": f"?year={one}", "on": one == year} for one in sorted({*years, year})[::-1]]


@route(may=READERS)
@require_safe
def listing(request: Request) -> HttpResponse:
    """The team, each member with his promises of the year or without."""
    on, year = clock.today(), asked_year(request)
    lines = queries.team_lines(request.user, request.held, request.bureau, year, on)
    may_open = year in (on.year, on.year + 1)
    missing = [one for one in lines if not one.published]
    office = Duty.OFFICE in request.duties
    own = {one.principal_id or request.user.pk for one in request.held if one.duty in (Duty.CHIEF, Duty.LEADER)}
    context = {
        "lines": [(one, may_open and (office or one.person.pk in own)) for one in lines],
        "year": year,
        "chips": year_chips(request, year),
        "missing": missing,
        "may_publish": bool(request.duties & {Duty.OFFICE, Duty.CHIEF}),
    }
    return render(request, "commitments/list.html", context)


@route(may=READERS)
@require_safe
def notice(request: Request) -> HttpResponse:
    """承诺公示 of a year as one page, ready to print."""
    on, year = clock.today(), asked_year(request)
    facts = queries.notice_facts(request.user, request.held, request.bureau, year, on)
    context = {"facts": facts, "chips": year_chips(request, year), "year": year}
    return render(request, "commitments/notice.html", context)


@route(may=READERS)
@require_safe
def fulfilment(request: Request) -> HttpResponse:
    """兑现情况 of a year: figures that open to the promises they count, in the team's order and in no other."""
    on, year, key = clock.today(), asked_year(request), request.GET.get("outcome", "")
    facts = queries.notice_facts(request.user, request.held, request.bureau, year, on, fulfilment=True)
    tallies = queries.fulfilment_tallies(facts)
    if key not in {one.key for one in tallies}:
        key = ""
    context = {
        "facts": facts,
        "year": year,
        "chips": year_chips(request, year),
        "tallies": tallies,
        "key": key,
        "label": next(one.label for one in tallies if one.key == key),
        "rows": queries.only(facts, key),
    }
    return render(request, "commitments/fulfilment.html", context)


@route(may=READERS)
@require_safe
@load_commitment
def detail(request: Request, commitment: Commitment) -> HttpResponse:
    """One leader's promises of a year, with what I may do of them."""
    on = clock.today()
    mine = queries.roles_in(request.user, request.held, commitment, on)
    moves = set(open_moves(MOVES, state=commitment.state, duties=mine))
    promises = queries.promise_views([commitment], request.user, request.held, on)[commitment.pk]
    seen = queries.concerns_seen(request.user, request.held, on).filter(commitment=commitment)
    asked = list(seen.select_related("leader", "unit").order_by("-pk")[:20])
    context = {
        "commitment": commitment,
        "promises": promises,
        "title": commitment.duty_title or queries.title_of(commitment.person, commitment.bureau_id, on),
        "field": commitment.field or queries.field_of(commitment.person, commitment.bureau_id, on),
        "acts": [(MOVES[name].label, reverse(f"commitments:{name}", args=[commitment.public_id]))
                 for name in PAGE_ACTS if name in moves and not (name == "settle" and open_ones(promises))],
        "promise_acts": [(where, word) for where, move, word in PROMISE_ACTS if move in moves],
        "may_unlink": "link" in moves,
        "may_tell": "note_progress" in moves,
        "concerns": queries.concern_lines(asked, on),
        "left": len(open_ones(promises)) if "settle" in moves else 0,
    }  # fmt: skip
    return render(request, "commitments/detail.html", context)


def open_ones(promises: list[Any]) -> list[Any]:
    """The promises whose outcome nobody stated yet."""
    return [one for one in promises if not one.outcome and not one.ended]
