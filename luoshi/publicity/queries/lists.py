"""宣传台账 and 经验材料 as lists, some at a time, any number at the same cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.publicity.models import Adoption, Article, EmptyQuarter, Outlet, Review
from luoshi.publicity.queries.access import articles_seen, public_articles
from luoshi.publicity.rules import Kind, State, quarter_days

PAGE, CAP, MOST = 50, 1000, 1000
PUBLIC_PAGE = 20
FILTERS: dict[str, Q] = {
    "": ~Q(state__in=[State.VOID, State.REPLACED, State.WITHDRAWN]),
    "published": Q(state=State.PUBLISHED),
    "review": Q(state__in=[State.FIRST, State.SECOND, State.THIRD, State.REVIEWED]),
    "draft": Q(state=State.DRAFT),
    "withdrawn": Q(state__in=[State.WITHDRAWN, State.REPLACED]),
    "all": Q(),
}
WORDS = {
    "": "在用",
    "published": "已发布",
    "review": "审校中",
    "draft": "起草",
    "withdrawn": "已撤下、已更正",
    "all": "全部",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of articles, the counts of every filter (capped), and the key of the next page."""

    rows: list[Article]
    counts: dict[str, int]
    next_key: str


def _told(rows: QuerySet[Article]) -> QuerySet[Article]:
    outlets = Prefetch("outlets", Outlet.objects.filter(void_reason=""), to_attr="ran")
    return rows.select_related("unit", "opened_by").prefetch_related(outlets)


def ledger(user: User, held: Sequence[Held], bureau_id: int, *, key: str = "", kind: str = "") -> QuerySet[Article]:
    """The articles a person sees, by state and kind, newest first."""
    rows = articles_seen(user, held).filter(FILTERS[key], bureau=bureau_id)
    return rows.filter(kind=kind) if kind in Kind.values else rows


def ledger_page(
    user: User, held: Sequence[Held], bureau_id: int, *, key: str = "", kind: str = "", after: str = ""
) -> Page:
    """One page of the ledger."""
    counts = {
        name: ledger(user, held, bureau_id, key=name, kind=kind).order_by().values("pk")[: CAP + 1].count()
        for name in FILTERS
    }
    rows = ledger(user, held, bureau_id, key=key, kind=kind)
    if after.isascii() and after.isdigit() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(_told(rows).order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], counts, str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def ledger_rows(rows: QuerySet[Article]) -> list[Article]:
    """The whole ledger for a sheet, with who reviewed; three queries."""
    reviews = Prefetch("reviews", Review.objects.filter(passed=True).select_related("by"), to_attr="read")
    return list(_told(rows).select_related("clause").prefetch_related(reviews).order_by("-pk")[:MOST])


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """The experiences of one quarter, those still being written, and the office's word that there are none."""

    year: int
    quarter: int
    published: list[Article]
    writing: list[Article]
    none: EmptyQuarter | None


def quarter_page(user: User, held: Sequence[Held], bureau_id: int, year: int, quarter: int) -> QuarterPage:
    """经验材料 published in a quarter, and what was begun in it and is not out yet; three queries."""
    begins, ends = quarter_days(year, quarter)
    seen = articles_seen(user, held).filter(bureau=bureau_id, kind=Kind.EXPERIENCE)
    adopted = Count("adoptions", filter=Q(adoptions__void_reason=""))
    rows = seen.select_related("unit", "opened_by").annotate(adopted=adopted).order_by("-pk")
    published = rows.filter(state=State.PUBLISHED, published_on__range=(begins, ends))
    open_ones = [State.DRAFT, State.FIRST, State.SECOND, State.THIRD, State.REVIEWED]
    writing = rows.filter(state__in=open_ones, opened_on__lte=ends)
    none = EmptyQuarter.objects.filter(bureau=bureau_id, year=year, quarter=quarter, void=False).select_related("by")
    return QuarterPage(year, quarter, list(published[:200]), list(writing[:200]), none.first())


def live_adoptions(article: Article) -> list[Adoption]:
    """Who uses an experience."""
    return list(article.adoptions.filter(void_reason="").select_related("unit", "by"))


def public_page(after: str) -> tuple[list[Article], str]:
    """One page of what anybody may read, the latest first, and the key of the next page; two queries at most.

    The key is the last article's own public mark: an address without a log-in tells no number of ours.
    """
    rows = public_articles().select_related("bureau").order_by("-published_on", "-pk")
    if after and (mark := _mark(after)):
        last = public_articles().filter(public_id=mark).only("published_on", "pk").first()
        if last is not None:
            rows = rows.filter(
                Q(published_on__lt=last.published_on) | Q(published_on=last.published_on, pk__lt=last.pk)
            )
    found = list(rows[: PUBLIC_PAGE + 1])
    return found[:PUBLIC_PAGE], str(found[PUBLIC_PAGE - 1].public_id) if len(found) > PUBLIC_PAGE else ""


def _mark(told: str) -> UUID | None:
    try:
        return UUID(told)
    except ValueError:
        return None
