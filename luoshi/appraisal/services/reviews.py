"""年底工作评议: drawn up, its raters named, opened, closed and counted, shown, approved by its body, or voided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.appraisal.models import Rater, RaterGroup, Review, ReviewItem, ReviewResult, YearObjection
from luoshi.appraisal.queries import reviews as told
from luoshi.appraisal.queries.windows import window
from luoshi.appraisal.rules import reviews as rules
from luoshi.appraisal.rules.reviews import PartKey, ReviewState
from luoshi.appraisal.services.ballots import count_ballots
from luoshi.appraisal.services.deciding import Paper, decision
from luoshi.appraisal.services.moves import reasoned
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.lib.seal import canonical
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause
from luoshi.records.services import act, record, turn

STATES = {str(value): str(label) for value, label in ReviewState.choices}


@dataclass(frozen=True, slots=True)
class GroupWords:
    """One group as it is written."""

    name: str
    weight: int
    least: int = 3


@dataclass(frozen=True, slots=True)
class Words:
    """A review as it is written: its shares, its items with points, its groups with weights."""

    title: str
    shares: tuple[int, int, int]
    items: Sequence[tuple[str, int]]
    groups: Sequence[GroupWords]
    late_reason: str = ""


def may(review: Review, name: str, *, by: User, on: date) -> str:
    """The state after a move, or `NotAllowed`; within the caller's act."""
    review.refresh_from_db()
    roles = told.roles(by, org.held(by, on), review)
    return destination(rules.MOVES, name, state=review.state, duties=roles, states=STATES)


@act
def open_review(*, bureau: Unit, year: int, words: Words, clause: Clause | None, by: User, on: date) -> Review:
    """起草: one review a year; the shares stand before the year begins, or the reason why not."""
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("年度评议由局办公室登记，您目前没有这项职责。")
    if not on.year - 1 <= year <= on.year + 1:
        raise NotAllowed("只能登记去年、今年或明年的评议，请核对年度。")
    _check(words, year, on)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                bureau=bureau, year=year, clause=clause, opened_by=by, opened_on=on, **_head(words)
            )
    except IntegrityError:
        raise NotAllowed(f"{year}年的评议已经登记，请打开原来的那份。") from None
    record(by, "appraisal.open_review", review, bureau=bureau.pk, rows=_write(review, words))
    return review


@act
def edit_review(review: Review, *, words: Words, version: int | None, by: User, on: date) -> Review:
    """修改: while it is a draft. Who rates is kept where the group's place is kept."""
    may(review, "edit", by=by, on=on)
    _check(words, review.year, on)
    turn(review, version, **_head(words))
    gone = list(review.items.filter(order__gt=len(words.items)).values_list("pk", flat=True))
    ReviewItem.objects.filter(pk__in=gone).delete()
    shut = list(review.groups.filter(order__gt=len(words.groups)).values_list("pk", flat=True))
    left = list(Rater.objects.filter(group__in=shut).values_list("pk", flat=True))
    Rater.objects.filter(pk__in=left).delete()
    RaterGroup.objects.filter(pk__in=shut).delete()
    batch = [(model, keys) for model, keys in ((ReviewItem, gone), (RaterGroup, shut), (Rater, left)) if keys]
    record(by, "appraisal.edit_review", review, bureau=review.bureau_id, rows=_write(review, words), batch=batch)
    return review


@act
def name_raters(
    review: Review, *, group: RaterGroup, people: Sequence[User], version: int | None, by: User, on: date
) -> Review:
    """确定评议人 of one group: who is on the list now; nobody rates in two groups."""
    may(review, "name_raters", by=by, on=on)
    if group.review_id != review.pk:
        raise NotAllowed("这个组不在本次评议里，请刷新页面。")
    elsewhere = Rater.objects.filter(review=review, person__in=people).exclude(group=group).select_related("group")
    for one in elsewhere[:1]:
        raise NotAllowed(f"{one.person}已在“{one.group}”组，一个人只在一个组评议。")
    for person in people:
        if not org.held_in(person, review.bureau_id, on):
            raise NotAllowed(f"{person}目前没有在本局任职，不能作评议人。")
    turn(review, version)
    kept = {one.pk for one in people}
    gone = list(group.raters.exclude(person__in=kept).values_list("pk", flat=True))
    Rater.objects.filter(pk__in=gone).delete()
    known = set(group.raters.values_list("person_id", flat=True))
    fresh = [Rater.objects.create(review=review, group=group, person=one) for one in people if one.pk not in known]
    record(
        by, "appraisal.name_raters", review, bureau=review.bureau_id, rows=fresh, note=f"{group}：{len(kept)}人",
        batch=[(Rater, gone)] if gone else [],
    )  # fmt: skip
    return review


@act
def begin_review(review: Review, *, closes_on: date, version: int | None, by: User, on: date) -> Review:
    """开始评议: the words stand from here on; every rater is told."""
    to = may(review, "open", by=by, on=on)
    if closes_on <= on:
        raise NotAllowed("截止日期应在今天以后。")
    for group in review.groups.all():
        number = group.raters.count()
        if number < group.least:
            raise NotAllowed(f"“{group}”组有{number}人，少于最少有效票{group.least}张，请先确定评议人。")
    turn(review, version, state=to, opens_on=on, closes_on=closes_on)
    record(by, "appraisal.begin_review", review, bureau=review.bureau_id, note=f"{closes_on:%Y-%m-%d}截止")
    people = User.objects.filter(ratings__review=review)
    _tell(review, people, "begin", f"请在{closes_on:%m-%d}前评议：{review}", url=f"{review.get_absolute_url()}rate/")
    return review


@act
def close_review(review: Review, *, version: int | None, by: User, on: date, reason: str = "") -> Review:
    """截止并计算: the ballots lose their slips and their order, and every unit's result is counted and frozen."""
    Review.objects.select_for_update().get(pk=review.pk)  # a ballot is either before this or refused
    to = may(review, "close", by=by, on=on)
    early = review.closes_on is not None and on <= review.closes_on
    waiting = review.raters.filter(sent_on=None).count()
    if early and waiting and not reason.strip():
        raise NotAllowed(f"评议到{review.closes_on:%Y-%m-%d}截止，还有{waiting}人没有交票。提前截止要写明理由。")
    turn(review, version, state=to, closed_by=by, closed_on=on, early_reason=reason.strip()[:200] if early else "")
    counts = count_ballots(review)
    found = told.reckon_all(review, counts, on)
    rows = [ReviewResult.objects.create(review=review, **one) for one in found]
    record(by, "appraisal.close_review", review, bureau=review.bureau_id, rows=rows, note=reason.strip())
    return review


@act
def show_review(review: Review, *, proposals: str, version: int | None, by: User, on: date) -> Review:
    """公示: each unit reads its own basis and may object to single points until the window's last day."""
    to = may(review, "show", by=by, on=on)
    days = window(review.bureau_id, on)
    turn(review, version, state=to, shown_on=on, objection_until=days.until, objection_basis=days.basis,
         proposals=proposals.strip()[:1000])  # fmt: skip
    record(by, "appraisal.show_review", review, bureau=review.bureau_id, note=f"异议到{days.until:%Y-%m-%d}")
    heads = [org.head_of(pk, on) for pk in review.results.values_list("unit_id", flat=True)]
    _tell(review, [one for one in heads if one], "show", f"评议结果公示，{days.until:%m-%d}前可提异议：{review}")
    return review


@act
def approve_review(review: Review, *, paper: Paper, version: int | None, by: User, on: date,
                   proposals: str | None = None) -> Review:  # fmt: skip
    """审定: by the body, after the window and with every objection answered; from here on it is frozen."""
    to = may(review, "approve", by=by, on=on)
    open_one = YearObjection.objects.filter(result__review=review, upheld=None).count()
    if open_one:
        raise NotAllowed(f"还有{open_one}条异议没有答复，答复后才能审定。")
    if review.objection_until is not None and on <= review.objection_until:
        raise NotAllowed(f"公示到{review.objection_until:%Y-%m-%d}才满期，满期后才能审定。")
    made = decision(review.bureau, paper, by=by, on=on, after=review.objection_until)
    rows = [[one.unit_id, str(one.total), one.rank, one.digest] for one in review.results.order_by("unit_id")]
    digest = hashlib.sha256(canonical(rows).encode()).hexdigest()
    changes: dict[str, Any] = {} if proposals is None else {"proposals": proposals.strip()[:1000]}
    turn(review, version, state=to, decided_by=made.by, decided_on=made.on, body=made.body, source_note=made.note,
         minutes=made.minutes, digest=digest, **changes)  # fmt: skip
    record(
        by, "appraisal.approve_review", review, bureau=review.bureau_id, decided_by=made.by, decided_on=made.on,
        note=f"{made.body} {made.note}".strip(), rows=[made.minutes] if made.minutes else [],
    )  # fmt: skip
    heads = [org.head_of(pk, on) for pk in review.results.values_list("unit_id", flat=True)]
    _tell(review, [one for one in heads if one], "approve", f"评议结果已审定：{review}")
    return review


@act
def void_review(review: Review, *, reason: str, version: int | None, by: User, on: date) -> Review:
    """作废: it stays with its reason, and another may be drawn up for the year."""
    to = may(review, "void", by=by, on=on)
    why = reasoned(reason, "作废")
    turn(review, version, state=to, void_reason=why[:300])
    record(by, "appraisal.void_review", review, bureau=review.bureau_id, note=why)
    return review


def _head(words: Words) -> dict[str, Any]:
    quarters, evaluation, campaign = words.shares
    return {"title": words.title.strip()[:120], "quarters_share": quarters, "evaluation_share": evaluation,
            "campaign_share": campaign, "late_reason": words.late_reason.strip()[:300]}  # fmt: skip


def _check(words: Words, year: int, on: date) -> None:
    if not words.title.strip():
        raise NotAllowed("请填写评议名称。")
    if min(words.shares) < 0:
        raise NotAllowed("占比不能是负数。")
    if not words.items or len(words.items) > rules.ITEMS_MOST:
        raise NotAllowed(f"评议内容应有1至{rules.ITEMS_MOST}项。")
    if not words.groups:
        raise NotAllowed("至少设一个评议组。")
    if len({one.name.strip() for one in words.groups}) != len(words.groups):
        raise NotAllowed("评议组的名称不能重复。")
    refused = [
        rules.why_not_hundred(words.shares, "三部分占比"),
        rules.why_not_hundred([points for _, points in words.items], "各项评议内容的分值"),
        rules.why_not_hundred([one.weight for one in words.groups], "各评议组的权重"),
        *[rules.why_no_item(item.strip()) for item, _ in words.items],
    ]
    for why in refused:
        if why:
            raise NotAllowed(why)
    if any(not item.strip() or points < 1 for item, points in words.items):
        raise NotAllowed("每项评议内容要写明内容和分值。")
    if any(not one.name.strip() or one.weight < 1 for one in words.groups):
        raise NotAllowed("每个评议组要写明名称和权重。")
    if any(one.least < 3 for one in words.groups):
        raise NotAllowed("最少有效票不能低于3张，票太少就等于记名。")
    if on.year >= year and not words.late_reason.strip():
        raise NotAllowed(f"占比应在{year}年开始前确定。年度开始后才定的，请写明理由。")


def _write(review: Review, words: Words) -> list[Any]:
    rows: list[Any] = []
    for nth, (item, points) in enumerate(words.items, 1):
        row, _ = ReviewItem.objects.update_or_create(
            review=review, order=nth, defaults={"words": item.strip()[:60], "points": points}
        )
        rows.append(row)
    for nth, one in enumerate(words.groups, 1):
        named = {"name": one.name.strip()[:40], "weight": one.weight, "least": one.least}
        group, _ = RaterGroup.objects.update_or_create(review=review, order=nth, defaults=named)
        rows.append(group)
    return rows


def _tell(review: Review, people: Any, move: str, words: str, *, url: str = "") -> None:
    notify(
        dict.fromkeys(people), bureau=review.bureau_id, kind=f"appraisal.review_{move}",
        key=f"appraisal:review:{review.pk}:{move}", title=words[:200], url=url or review.get_absolute_url(),
    )  # fmt: skip


__all__ = ["GroupWords", "PartKey", "Words", "approve_review", "begin_review", "close_review", "edit_review", "may",
           "name_raters", "open_review", "show_review", "void_review"]  # fmt: skip
