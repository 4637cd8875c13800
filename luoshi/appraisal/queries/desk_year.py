"""What of the year-end a person owes today: a ballot, his own material, replies, what waits for the office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse

from luoshi.appraisal.models import MaterialAnswer, Nomination, Pool, Rater, Review, YearMaterial, YearObjection
from luoshi.appraisal.queries.materials import my_url
from luoshi.appraisal.queries.reviews import objection_about, objection_url
from luoshi.appraisal.rules.materials import MaterialState
from luoshi.appraisal.rules.pools import PoolState
from luoshi.appraisal.rules.reviews import ReviewState
from luoshi.lib.ondesk import LINES, Part, Todo
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty, Held

LIVE_REVIEWS = (ReviewState.OPEN, ReviewState.CLOSED, ReviewState.SHOWN)
LIVE_MATERIALS = (MaterialState.SHOWN, MaterialState.ANSWERED)


def year_parts(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """Ballots and materials of one's own; what the office closes, shows, answers; what waits for 审定 and 决定.

    The year-end has its season: one query finds out whether there is anything of it at all.
    """
    season = _season({one.bureau_id for one in held})
    if not any(season):
        return []
    reviews, materials, pools = season
    office = sorted({one.bureau_id for one in held if one.duty == Duty.OFFICE})
    deciding = sorted({one.bureau_id for one in held if one.duty in (Duty.OFFICE, Duty.CHIEF)})
    parts = [_own(user, held, on)] if reviews or materials else []
    if office:
        parts += _office(user, office, on)
    if deciding and (reviews or pools):
        parts.append(_deciding(deciding, on))
    return [one for one in parts if one.lines]


def _season(bureaus: set[int]) -> tuple[bool, bool, bool]:
    """Whether reviews, materials, pools are under way in these bureaus."""
    alive = (
        Review.objects.filter(bureau=OuterRef("pk"), state__in=LIVE_REVIEWS),
        YearMaterial.objects.filter(bureau=OuterRef("pk"), state__in=LIVE_MATERIALS),
        Pool.objects.filter(bureau=OuterRef("pk"), state=PoolState.SHOWN),
    )
    told = (
        Unit.objects.filter(pk__in=bureaus)
        .order_by()
        .annotate(reviews=Exists(alive[0]), materials=Exists(alive[1]), pools=Exists(alive[2]))
    )
    rows = list(told.values_list("reviews", "materials", "pools"))
    return any(one[0] for one in rows), any(one[1] for one in rows), any(one[2] for one in rows)


def _own(user: User, held: Sequence[Held], on: date) -> Part:
    bureaus = {one.bureau_id for one in held}
    ballots = Rater.objects.filter(
        person=user.pk, sent_on=None, review__state=ReviewState.OPEN, review__closes_on__gte=on,
        review__bureau__in=bureaus,
    ).select_related("review", "group")  # fmt: skip
    lines = [
        Todo(str(one.review), one.review.get_absolute_url(), "评议", one.get_absolute_url(), str(one.group),
             one.review.closes_on, said="不记名，一页评完")
        for one in ballots[:LINES]
    ]  # fmt: skip
    mine = YearMaterial.objects.filter(person=user.pk, state=MaterialState.SHOWN, bureau__in=bureaus)
    lines += [
        Todo(f"我的{one.year}年度材料", my_url(one.year), "核对", my_url(one.year), "本人", one.answer_until)
        for one in mine.defer("facts")[:LINES]
    ]
    return Part.of("year_own", "年度评议和材料", lines)


def _office(user: User, bureaus: Sequence[int], on: date) -> list[Part]:
    due = Review.objects.filter(bureau__in=bureaus, state=ReviewState.OPEN, closes_on__lt=on)
    lines = [
        Todo(str(one), one.get_absolute_url(), "截止并计算", reverse("appraisal:review_close", args=[one.public_id]),
             "局办公室", one.closes_on)
        for one in due[:LINES]
    ]  # fmt: skip
    counted = Review.objects.filter(bureau__in=bureaus, state=ReviewState.CLOSED)
    lines += [
        Todo(str(one), one.get_absolute_url(), "公示", reverse("appraisal:review_show", args=[one.public_id]),
             "局办公室")
        for one in counted[:LINES]
    ]  # fmt: skip
    asked = MaterialAnswer.objects.filter(
        material__bureau__in=bureaus, material__state=MaterialState.ANSWERED, reply=""
    ).exclude(material__person=user.pk)
    said = [
        Todo(f"{one.material}：本人意见", one.material.get_absolute_url(), "答复",
             reverse("appraisal:material_reply", args=[one.pk]), str(one.material.person), said=one.words)
        for one in asked.select_related("material__person")[: LINES + 1]
    ]  # fmt: skip
    opinions = YearObjection.objects.filter(nomination__pool__bureau__in=bureaus, upheld=None).exclude(by=user.pk)
    rows = opinions.select_related("nomination__pool", "nomination__person", "result")
    said += [
        Todo(objection_about(one)[0], objection_url(one), "核实答复", reverse("appraisal:year_answer", args=[one.pk]),
             "局办公室", one.nomination.pool.objection_until if one.nomination else None)
        for one in rows[: LINES + 1]
    ]  # fmt: skip
    return [Part.of("year_review", "年度评议待办", lines), Part.of("year_said", "年度考核意见待答复", said)]


def _deciding(bureaus: Sequence[int], on: date) -> Part:
    open_one = YearObjection.objects.filter(upheld=None)
    ready = Review.objects.filter(bureau__in=bureaus, state=ReviewState.SHOWN, objection_until__lt=on)
    ready = ready.exclude(pk__in=open_one.filter(result__isnull=False).values("result__review"))
    lines = [
        Todo(str(one), one.get_absolute_url(), "审定", reverse("appraisal:review_approve", args=[one.public_id]),
             "局党委", said="公示期满，异议已答复")
        for one in ready[:LINES]
    ]  # fmt: skip
    pools = Pool.objects.filter(bureau__in=bureaus, state=PoolState.SHOWN, objection_until__lt=on)
    waiting = Nomination.objects.filter(pk__in=open_one.filter(nomination__isnull=False).values("nomination"))
    pools = pools.exclude(pk__in=waiting.values("pool"))
    lines += [
        Todo(str(one), one.get_absolute_url(), "决定", reverse("appraisal:pool_decide", args=[one.public_id]),
             "局党委", said="公示期满")
        for one in pools[:LINES]
    ]  # fmt: skip
    return Part.of("year_decide", "年度评议、优秀名单待审定", lines)
