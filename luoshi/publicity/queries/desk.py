"""What of articles a person owes today (protocol: `lib.ondesk`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from luoshi.lib.ondesk import LINES, Part, Todo
from luoshi.org import queries as org
from luoshi.org.models import Portfolio, Post, User
from luoshi.org.rules import Duty, Held
from luoshi.publicity.models import Article, EmptyQuarter, Review
from luoshi.publicity.rules import FirstReview, Kind, State, quarter_asked, quarter_days, waits_at


def on_desk(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """To review, to publish, sent back, and the quarter's experiences near its end; five queries at most."""
    parts = []
    if any(one.duty in (Duty.HEAD, Duty.LEADER, Duty.CHIEF, Duty.OFFICE, Duty.VERIFIER) for one in held):
        parts.append(_to_review(user, held, on))
    office = sorted({one.bureau_id for one in held if one.duty == Duty.OFFICE})
    if office:
        parts.append(_to_publish(office))
        parts.append(_quarter(office[0], on))
    if any(one.duty in (Duty.HEAD, Duty.HANDLER, Duty.LEADER, Duty.CHIEF, Duty.OFFICE) for one in held):
        parts.append(_sent_back(user))
    return [one for one in parts if one.lines]


def _waiting(user: User, held: Sequence[Held], on: date) -> QuerySet[Article]:
    """What waits for this person's reading: never his own, never what he read in this sending."""
    heads = {one.unit_id for one in held if one.duty == Duty.HEAD}
    wanted = Q(state=State.FIRST, first_review=FirstReview.HEAD, unit__in=heads)
    office = {one.bureau_id for one in held if one.duty == Duty.OFFICE}
    wanted |= Q(state=State.SECOND, bureau__in=office)
    checks = {one.bureau_id for one in held if one.duty == Duty.VERIFIER}
    if checks:
        clerks = Post.objects.filter(org.in_force(on), duty=Duty.OFFICE, bureau=OuterRef("bureau"))
        mine = Exists(clerks.filter(user=OuterRef("opened_by")))
        wanted |= Q(mine, state=State.SECOND, bureau__in=checks)
    leading = Q(state=State.THIRD) | Q(state=State.FIRST, first_review=FirstReview.LEADER)
    chief = {one.bureau_id for one in held if one.duty == Duty.CHIEF}
    led = Portfolio.objects.filter(org.in_force(on), unit=OuterRef("unit"))
    read = Review.objects.filter(article=OuterRef("pk"), round=OuterRef("round"), passed=True)
    if chief:  # where nobody leads the unit, or its leader wrote it or has read it
        others = Exists(led.exclude(leader=OuterRef("opened_by")).exclude(leader__in=read_by()))
        wanted |= Q(leading & ~others, bureau__in=chief)
    leaders = {one.principal_id or user.pk for one in held if one.duty == Duty.LEADER}
    if leaders:
        wanted |= Q(leading & Exists(led.filter(leader__in=leaders)))
    rows = Article.objects.filter(wanted).exclude(opened_by=user)
    return rows.filter(~Exists(read.filter(by=user))).select_related("unit").order_by("pk")


def read_by() -> Any:
    """Who has passed the article of the query outside, two levels up."""
    told = Review.objects.filter(article=OuterRef(OuterRef("pk")), round=OuterRef(OuterRef("round")), passed=True)
    return told.values("by")


def _to_review(user: User, held: Sequence[Held], on: date) -> Part:
    lines = []
    for one in _waiting(user, held, on)[: LINES + 1]:
        stage = waits_at(one.state)
        url = reverse("publicity:review", args=[one.public_id])
        lines.append(
            Todo(one.title, one.get_absolute_url(), stage.label if stage else "审校", url, str(one.unit),
                 said=one.get_kind_display())
        )  # fmt: skip
    return Part.of("review", "待审的稿件", lines, reverse("publicity:posts") + "?show=review")


def _to_publish(bureaus: Sequence[int]) -> Part:
    rows = Article.objects.filter(bureau__in=bureaus, state=State.REVIEWED).select_related("unit").order_by("pk")
    lines = [
        Todo(one.title, one.get_absolute_url(), "发布", reverse("publicity:publish", args=[one.public_id]),
             str(one.unit), said=f"{one.get_kind_display()}，三审已过")
        for one in rows[: LINES + 1]
    ]  # fmt: skip
    return Part.of("publish", "可以发布的稿件", lines, reverse("publicity:posts") + "?show=review")


def _sent_back(user: User) -> Part:
    rows = Article.objects.filter(opened_by=user, state=State.DRAFT).select_related("unit").order_by("pk")
    lines = [
        Todo(one.title, one.get_absolute_url(), "修改" if one.returned else "送审",
             reverse(f"publicity:{'edit' if one.returned else 'submit'}", args=[one.public_id]), str(one.unit),
             said=f"退回修改：{one.returned}" if one.returned else "还没有送审")
        for one in rows[: LINES + 1]
    ]  # fmt: skip
    return Part.of("articles", "我起草的稿件", lines, reverse("publicity:posts") + "?show=draft")


def _quarter(bureau_id: int, on: date) -> Part:
    """Near a quarter's end: nothing written and nothing said yet."""
    label, asked = "本季度经验材料", quarter_asked(on)
    if asked is None:
        return Part.of("quarter", label, [])
    year, quarter = asked
    begins, ends = quarter_days(year, quarter)
    written = Article.objects.filter(bureau=bureau_id, kind=Kind.EXPERIENCE).filter(
        Q(published_on__range=(begins, ends)) | Q(state__in=[State.FIRST, State.SECOND, State.THIRD, State.REVIEWED])
    )
    said = EmptyQuarter.objects.filter(bureau=bureau_id, year=year, quarter=quarter, void=False)
    if written.exists() or said.exists():
        return Part.of("quarter", label, [])
    url = f"{reverse('publicity:experiences')}?year={year}&quarter={quarter}"
    line = Todo(
        f"{year}年第{quarter}季度还没有经验材料", url, "去看看", url, on=ends, said="有好做法就写，没有就登记“本季度无”"
    )
    return Part.of("quarter", label, [line])
