"""未达原因: said once by the person or the head of his unit, shown beside the figure, never demanded, never scored."""

from __future__ import annotations

from datetime import date

from luoshi.activities.models import Shortfall
from luoshi.activities.queries.quotas import may_say
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.records.services import act, record


@act
def say_why_short(*, bureau: Unit, person: User, slot: str, period: str, reason: str, by: User, on: date) -> Shortfall:
    """填写未达原因. `NotAllowed` where it is not this person's to say, was said already, or nothing is short."""
    why_not = may_say(by, org.held(by, on), person, bureau.pk, slot, period, on)
    if why_not:
        raise NotAllowed(why_not)
    if not reason.strip() or len(reason.strip()) > 300:
        raise NotAllowed("请用一两句话写明原因，不超过300字。")
    made, fresh = Shortfall.objects.get_or_create(
        bureau=bureau, person=person, slot=slot, period=period,
        defaults={"reason": reason.strip(), "said_by": by, "said_on": on},
    )  # fmt: skip
    if not fresh:
        raise NotAllowed(f"这一项的原因{made.said_by.name}已在{made.said_on}填写过，不用再填：{made.reason}")
    record(by, "activities.say_why_short", made, bureau=bureau.pk, note=f"{person.name}：{made.reason}"[:300])
    return made


@act
def take_gaps(*, bureau: Unit, words: str, count: int, by: User) -> None:
    """The table leaves the house as a file: who took which rows is on record."""
    record(by, "activities.take_gaps", bureau, bureau=bureau.pk, note=f"导出学习差额表{count}人：{words}"[:300])
