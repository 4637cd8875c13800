"""评议票: sent without a name, changed while the review is open, counted and cut from every slip when it closes.

That somebody voted is on record, under his name and day; what he gave is in rows that carry neither, with keys without
order. While it is open a slip (keyed, from the review and the rater) finds one's own ballots again, so that they can
be changed; closing wipes the slips and writes the rows anew. What is left open to whoever holds the machine and its
keys is said in docs/threat-model.md.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date

from django.conf import settings

from luoshi.appraisal.models import Ballot, Rater, Review
from luoshi.appraisal.queries import reviews as told
from luoshi.appraisal.rules.reviews import MOVES, SHARE_OF, UNKNOWN, ReviewState
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.lib.seal import canonical, mac
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.records.services import act, record, turn

Counts = dict[int, dict[int, list[Mapping[str, str]]]]
"""Group → unit → the marks of each ballot."""
STATES = {str(value): str(label) for value, label in ReviewState.choices}


def slip_of(rater: Rater) -> str:
    """What finds a rater's ballots again; without the key it leads nowhere."""
    return mac(settings.LUOSHI_VALUES_KEY, canonical(["appraisal.ballot", rater.review_id, rater.pk]))


@act
def rate(review: Review, *, marks: Mapping[int, Mapping[str, str]], version: int | None, by: User, on: date) -> Rater:
    """评议: all units of a group at once (unit → item's place → grade). Sent again, it takes the place of the first."""
    Review.objects.select_for_update().get(pk=review.pk)
    review.refresh_from_db()
    rater = told.rater_of(review, by)
    if rater is None or not org.held_in(by, review.bureau_id, on):
        raise NotAllowed("您不在本次评议的名单里。")
    destination(MOVES, "rate", state=review.state, duties={"rater"}, states=STATES)
    if review.closes_on is not None and on > review.closes_on:
        raise NotAllowed(f"评议已于{review.closes_on:%Y-%m-%d}截止，不能再交票。")
    units = {one.pk: one for one in told.units_for(review, by, on)}
    own = told.own_units_of(by, on)
    places = {str(one) for one in review.items.values_list("order", flat=True)}
    given: dict[int, dict[str, str]] = {}
    for pk, row in marks.items():
        if pk in own:
            raise NotAllowed("不能评议本人所在的单位。")
        if pk not in units or not set(row) <= places or not set(row.values()) <= {*SHARE_OF, UNKNOWN}:
            raise NotAllowed("评议票的内容与本次评议不符，请刷新页面重新填写。")
        known = {place: grade for place, grade in row.items() if grade != UNKNOWN}
        if known:
            given[pk] = known
    if not given:
        raise NotAllowed("还没有评价任何一个单位。对全部单位都不了解的，请告诉局办公室。")
    slip = slip_of(rater)
    before = Ballot.objects.filter(group=rater.group, slip=slip)
    if rater.sent_on is not None and not before.exists():
        raise NotAllowed("找不到您上次交的票，不能改票，以免重复计票。请告诉局办公室。")
    turn(rater, version, sent_on=on)
    before.delete()
    Ballot.objects.bulk_create(
        [Ballot(group=rater.group, unit=units[pk], slip=slip, marks=given[pk]) for pk in sorted(given)]
    )
    record(by, "appraisal.rate", rater, bureau=review.bureau_id)
    return rater


def count_ballots(review: Review) -> Counts:
    """Read every ballot, then write them anew without slips, under new keys in the keys' own order."""
    counts: Counts = {}
    kept = list(Ballot.objects.filter(group__review=review))
    for one in sorted(kept, key=lambda one: canonical(one.marks)):
        counts.setdefault(one.group_id, {}).setdefault(one.unit_id, []).append(one.marks)
    Ballot.objects.filter(group__review=review).delete()
    fresh = [Ballot(id=uuid.uuid4(), group=one.group, unit=one.unit, marks=one.marks) for one in kept]
    Ballot.objects.bulk_create(sorted(fresh, key=lambda one: one.id.hex))
    return counts
