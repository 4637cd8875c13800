"""宣传台账, 经验材料 by quarter, and one article with what I may do of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from luoshi.lib import clock
from luoshi.lib.lifecycle import open_moves
from luoshi.org.access import route
from luoshi.org.rules import Duty
from luoshi.publicity import queries
from luoshi.publicity.models import Article
from luoshi.publicity.rules import MOVES, READERS, WORKERS, Kind, Scope, blocks, may_give_back, quarter_days, quarter_of
from luoshi.publicity.views.loaders import Request, load_article
from luoshi.records.queries import trail

BUTTONS = ("review_first", "review_second", "review_third", "publish", "submit", "edit", "stamp", "add_outlet", "adopt",
           "widen", "correct", "give_back", "withdraw", "void")  # fmt: skip
"""The acts of a page, in the order of their buttons."""
PAGES = {"review_first": "review", "review_second": "review", "review_third": "review", "add_outlet": "outlet"}
"""The address of an act where it is not its own name."""


def query(**words: str) -> str:
    """An address of the list with these filters."""
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in words.items() if value})
    return f"?{kept.urlencode()}"


def asked(request: Request) -> tuple[str, str]:
    """The state and the kind that the address asks for."""
    key, kind = request.GET.get("show", ""), request.GET.get("kind", "")
    return key if key in queries.FILTERS else "", kind if kind in Kind.values else ""


@route(may=READERS)
@require_safe
def posts(request: Request) -> HttpResponse:
    """The ledger as far as a person sees it."""
    key, kind = asked(request)
    after = request.GET.get("after", "")
    page = queries.ledger_page(request.user, request.held, request.bureau.pk, key=key, kind=kind, after=after)
    chips = [
        {"label": word, "url": query(show=name, kind=kind), "on": name == key,
         "count": "1000+" if page.counts[name] > 1000 else str(page.counts[name])}
        for name, word in queries.WORDS.items() if page.counts[name] or name in ("", key)
    ]  # fmt: skip
    kinds = [{"label": "全部种类", "url": query(show=key), "on": not kind}]
    kinds += [{"label": word, "url": query(show=key, kind=value), "on": value == kind} for value, word in Kind.choices]
    context = {
        "rows": page.rows, "chips": chips, "kinds": kinds, "here": query(show=key, kind=kind), "first": bool(after),
        "next": query(show=key, kind=kind, after=page.next_key) if page.next_key else "",
        "may_write": bool(frozenset(WORKERS) & request.duties), "may_export": Duty.OFFICE in request.duties,
    }  # fmt: skip
    return render(request, "publicity/list.html", context)


def asked_quarter(request: Request) -> tuple[int, int]:
    """The quarter that the address names, else this one; none that has not begun."""
    here = quarter_of(clock.today())
    year, quarter = request.GET.get("year", ""), request.GET.get("quarter", "")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and quarter in ("1", "2", "3", "4")):
        return here
    return min((max(int(year), 2000), int(quarter)), here)


def earlier(year: int, quarter: int) -> tuple[int, int]:
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


@route(may=READERS)
@require_safe
def experiences(request: Request) -> HttpResponse:
    """经验材料 of a quarter; none is allowed and is said."""
    year, quarter = asked_quarter(request)
    page = queries.quarter_page(request.user, request.held, request.bureau.pk, year, quarter)
    known = quarter_of(clock.today())
    quarters = [known]
    while len(quarters) < 4:
        quarters.append(earlier(*quarters[-1]))
    chips = [
        {"label": f"{one}年第{nth}季度", "url": query(year=str(one), quarter=str(nth)),
         "on": (one, nth) == (year, quarter)}
        for one, nth in sorted({*quarters, (year, quarter)}, reverse=True)
    ]  # fmt: skip
    office = Duty.OFFICE in request.duties
    context = {
        "page": page, "chips": chips, "days": quarter_days(year, quarter),
        "may_write": bool(frozenset(WORKERS) & request.duties),
        "none_url": reverse("publicity:say_none", args=[year, quarter])
        if office and not page.published and page.none is None else "",
    }  # fmt: skip
    return render(request, "publicity/experiences.html", context)


@route(may=READERS)
@require_safe
@load_article
def post(request: Request, article: Article) -> HttpResponse:
    """One article: its text as it is read, and for who writes and reviews it how far it is."""
    return render(request, "publicity/detail.html", shown(request, article))


def shown(request: Request, article: Article) -> dict[str, Any]:
    """What the page of an article prints."""
    on = clock.today()
    mine = queries.roles_in(request.user, request.held, article, on)
    lines, hidden = queries.source_lines(article, request.user, request.held, on)
    reviews = list(article.reviews.select_related("by"))
    inside = bool(mine)
    words = settings.LUOSHI_ACT_WORDS
    return {
        "article": article,
        "blocks": blocks(article.body),
        "sources": lines,
        "hidden": hidden,
        "inside": inside,
        "steps": queries.review_steps(article, reviews) if inside else [],
        "reviews": reviews if inside else [],
        "waits_for": queries.waits_for(article) if inside else "",
        "stamps": list(article.stamps.select_related("problem")) if inside and article.kind == Kind.CASE else [],
        "scope_why": queries.why_scope(article, on) if inside else [],
        "outlets": list(article.outlets.filter(void_reason="")),
        "adoptions": queries.live_adoptions(article) if article.kind == Kind.EXPERIENCE else [],
        "editions": queries.editions(article),
        "later": queries.later(article) if article.state != "DRAFT" else None,
        "acts": acts_of(article, mine, request),
        "may_outlet": "add_outlet" in open_moves(MOVES, state=article.state, duties=mine),
        "may_adoption": "adopt" in open_moves(MOVES, state=article.state, duties=mine),
        "events": [
            {"at": one.at, "title": words.get(one.act, one.act), "who": one.actor, "note": one.note,
             "decided": one.decided_by}
            for one in trail(article)
        ] if inside else [],
    }  # fmt: skip


def acts_of(article: Article, mine: frozenset[str], request: Request) -> list[tuple[str, str]]:
    """The acts that are open to me, as word and address."""
    moves = set(open_moves(MOVES, state=article.state, duties=mine))
    if not may_give_back(article.state, mine):
        moves.discard("give_back")
    if article.kind != Kind.CASE:
        moves.discard("stamp")
    if article.scope != Scope.PUBLIC:
        moves.discard("add_outlet")
    if article.kind != Kind.EXPERIENCE:
        moves.discard("adopt")
    elif article.state == "PUBLISHED" and request.duties & {Duty.HEAD, Duty.HANDLER}:
        moves.add("adopt")  # another unit says for itself that it uses it
    return [
        (MOVES[name].label, reverse(f"publicity:{PAGES.get(name, name)}", args=[article.public_id]))
        for name in BUTTONS if name in moves
    ]  # fmt: skip
