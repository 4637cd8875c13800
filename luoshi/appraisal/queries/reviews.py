"""Who sees a review, who may rate which units, and how every unit's result is counted from ballots and records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from luoshi.appraisal.models import Rater, RaterGroup, Review, ReviewResult, YearObjection
from luoshi.appraisal.queries.access import own_units
from luoshi.appraisal.queries.review_facts import Told, campaign, frozen, quarters
from luoshi.appraisal.rules import reviews as rules
from luoshi.appraisal.rules.board_life import why_not_review
from luoshi.appraisal.rules.doors import OVERSEERS, READERS
from luoshi.appraisal.rules.pools import PoolState
from luoshi.appraisal.rules.reviews import GroupCount, PartKey, ReviewState, tally
from luoshi.lib.seal import canonical
from luoshi.org import queries as org
from luoshi.org.models import Post, Unit, User
from luoshi.org.rules import Duty, Held, bureaus
from luoshi.plan.queries.ruling import rule

OPEN_TO_ALL = (ReviewState.OPEN, ReviewState.CLOSED, ReviewState.SHOWN, ReviewState.APPROVED)
RESULTS_OPEN = (ReviewState.SHOWN, ReviewState.APPROVED)


def reviews_seen(user: User, held: Iterable[Held]) -> QuerySet[Review]:
    """Whoever works in the bureau reads its review once it has begun; a draft is the office's and 主要领导's."""
    found = list(held)
    drafts = Q(bureau__in=bureaus(found, (Duty.OFFICE, Duty.CHIEF)))
    return Review.objects.filter(drafts | Q(state__in=OPEN_TO_ALL, bureau__in=bureaus(found, READERS)))


def results_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[ReviewResult]:
    """Before they are shown: who oversees. While shown, a unit's own basis; approved, everybody's."""
    found = list(held)
    seen = Q(review__bureau__in=bureaus(found, OVERSEERS))
    seen |= Q(review__state=ReviewState.APPROVED, review__bureau__in=bureaus(found, READERS))
    units = own_units(user, found, on)
    if units:
        seen |= Q(review__state=ReviewState.SHOWN, unit__in=sorted(units))
    return ReviewResult.objects.filter(seen).exclude(review__state=ReviewState.VOID)


def roles(user: User, held: Iterable[Held], review: Review) -> frozenset[str]:
    """A person's roles in a review."""
    found = set()
    for one in held:
        if one.bureau_id == review.bureau_id and one.duty == Duty.OFFICE:
            found.add(rules.OFFICE)
        if one.bureau_id == review.bureau_id and one.duty == Duty.CHIEF:
            found.add(rules.CHIEF)
    return frozenset(found)


def rater_of(review: Review, user: User) -> Rater | None:
    """Whether, and in which group, a person has a ballot."""
    return Rater.objects.filter(review=review, person=user.pk).select_related("group", "review").first()


def own_units_of(user: User, on: date) -> set[int]:
    """The units in which a person has a post of his own: he rates none of them."""
    return set(Post.objects.filter(org.in_force(on), user=user.pk).values_list("unit_id", flat=True))


def units_for(review: Review, user: User, on: date) -> list[Unit]:
    """The units that a person rates: every working unit but his own."""
    own = own_units_of(user, on)
    return [one for one in org.units_of(review.bureau_id, on) if one.pk not in own]


def reckon_all(review: Review, counts: Mapping[int, Mapping[int, Sequence[Mapping[str, str]]]], on: date) -> list[
    dict[str, Any]
]:  # fmt: skip
    """Every unit's result with its frozen basis: a fixed number of queries however many units and ballots."""
    units = list(org.units_of(review.bureau_id, on).order_by("rank", "pk"))
    keys = [one.pk for one in units]
    items = [(one.words, one.points) for one in review.items.order_by("order")]
    groups = list(review.groups.order_by("order"))
    told = {
        PartKey.QUARTERS: quarters(review.bureau_id, review.year, keys),
        PartKey.CAMPAIGN: campaign(review.bureau_id, review.year, keys, on),
    }
    together = rule("peer_groups", bureau_id=review.bureau_id, on=on).value.get("choice") == "TOGETHER"
    found = []
    for unit in units:
        heard = [
            GroupCount(one.name, one.weight, one.least, len(counts.get(one.pk, {}).get(unit.pk, ())),
                       tally(items, counts.get(one.pk, {}).get(unit.pk, ())))
            for one in groups
        ]  # fmt: skip
        found.append(_result(review, unit, heard, told, "ALL" if together else unit.kind))
    for group in {one["group"] for one in found}:
        peers = [one for one in found if one["group"] == group]
        places = rules.ranks({one["unit"].pk: one["total"] for one in peers})
        for one in peers:
            one["rank"] = places[one["unit"].pk]
    return found


def _result(
    review: Review, unit: Unit, heard: Sequence[GroupCount], told: Mapping[PartKey, Mapping[int, Told]], group: str
) -> dict[str, Any]:
    value, words = rules.evaluation(heard)
    parts: list[dict[str, Any]] = []
    for key in PartKey:
        body = {
            "value": None if value is None else str(value),
            "words": words,
            "groups": [_heard(one) for one in heard],
        }
        if key != PartKey.EVALUATION:
            body = frozen(told[key][unit.pk])
        parts.append({"key": str(key), "label": key.label, "share": review.shares[key], **body})
    facts: dict[str, Any] = {"rule": rules.RULE, "year": review.year, "unit": unit.name, "parts": parts}
    total, facts["words"] = rules.result(rules.parts_of(facts))
    digest = hashlib.sha256(canonical(facts).encode()).hexdigest()
    return {"unit": unit, "group": group, "total": total, "rank": None, "facts": facts, "digest": digest}


def _heard(one: GroupCount) -> dict[str, Any]:
    """A group as it is frozen: of one with too few ballots nothing but that."""
    base: dict[str, Any] = {"name": one.name, "weight": one.weight, "least": one.least, "counted": one.counted}
    if not one.counted:
        return base
    items = [{"words": item.words, "points": item.points, "counts": dict(item.counts),
              "mean": None if item.mean is None else str(item.mean)} for item in one.tallies]  # fmt: skip
    return base | {"ballots": one.ballots, "items": items, "score": str(one.score)}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One review in the list with how many sent their ballots."""

    review: Review
    raters: int
    sent: int


def review_lines(user: User, held: Iterable[Held], bureau_id: int) -> list[ReviewLine]:
    """The reviews of a bureau that somebody sees, the newest first."""
    rows = reviews_seen(user, held).filter(bureau=bureau_id)
    rows = rows.annotate(
        number=Count("raters", distinct=True),
        given=Count("raters", filter=Q(raters__sent_on__isnull=False), distinct=True),
    )
    return [ReviewLine(one, one.number, one.given) for one in rows.order_by("-year", "-pk")]


def results_of(review: Review) -> list[ReviewResult]:
    """The results of a review, group by group, each in its place."""
    rows = review.results.select_related("unit").annotate(asked=Count("objections"))
    return list(rows.order_by("group", "rank", "unit__rank", "pk"))


def objections_of(review: Review) -> list[YearObjection]:
    """What was objected, in the order it came."""
    rows = YearObjection.objects.filter(result__review=review)
    return list(rows.select_related("result__unit", "by", "answered_by").order_by("pk"))


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with how many rate and how many have sent; of who sent what, nothing."""

    group: RaterGroup
    raters: int
    sent: int


def group_lines(review: Review) -> list[GroupLine]:
    """The groups of a review in their order."""
    rows = review.groups.annotate(
        number=Count("raters"), given=Count("raters", filter=Q(raters__sent_on__isnull=False))
    )
    return [GroupLine(one, one.number, one.given) for one in rows.order_by("order")]


def objection_about(objection: YearObjection) -> list[str]:
    """What an objection is about, for whoever answers it."""
    if objection.result is not None:
        return [f"{objection.result.unit}：{objection.get_point_display()}", objection.words]
    return [f"公示人选：{objection.nomination.person if objection.nomination else ''}", objection.words]


def objection_bureau(objection: YearObjection) -> int:
    """The bureau an objection belongs to."""
    if objection.result is not None:
        return objection.result.review.bureau_id
    return objection.nomination.pool.bureau_id if objection.nomination is not None else 0


def objection_url(objection: YearObjection) -> str:
    """The page on which it stands."""
    if objection.result is not None:
        return objection.result.review.get_absolute_url()
    return objection.nomination.get_absolute_url() if objection.nomination is not None else "/"


def why_not_answer(objection: YearObjection, by: User, on: date) -> str:
    """Why this person may not answer; empty where he may."""
    result, nomination = objection.result, objection.nomination
    bureau_id = objection_bureau(objection)
    held = org.held(by, on)
    duties = {one.duty for one in held if one.bureau_id == bureau_id}
    units = {one.unit_id for one in held if one.bureau_id == bureau_id}
    if by.pk == objection.by_id:
        return "不能答复自己提出的异议。"
    if result is not None:
        review = result.review
        if review.state != ReviewState.SHOWN:
            return "评议已不在公示中，不能再答复异议。"
        if by.pk in (review.closed_by_id, review.opened_by_id):
            return "评议由本人组织或计算，不能再由本人答复异议，请改由其他人复核。"
        return why_not_review(person_id=by.pk, units=units, duties=duties, computed_by=set(), unit_id=result.unit_id)
    if nomination is None:
        return ""
    if nomination.pool.state != PoolState.SHOWN:
        return "名单已不在公示中，不能再答复意见。"
    if by.pk in (nomination.proposed_by_id, nomination.person_id):
        return "推荐人和本人不能核实这条意见，请由他人办理。"
    if not duties & {Duty.OFFICE, Duty.DISCIPLINE, Duty.CHIEF, Duty.INSPECTOR}:
        return "意见由局办公室、督查组、派驻纪检监察组或主要领导核实答复。"
    return ""
