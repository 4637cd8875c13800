"""What every verb of the campaign page asks first: may this person, is the row still as it was, where is the paper."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db.models import Model

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty as Held
from luoshi.org.rules import last_day
from luoshi.plan.models import Plan
from luoshi.records import queries as records
from luoshi.records.models import Evidence
from luoshi.records.services import BadFile, keep

DECIDERS = frozenset({Held.CHIEF, Held.LEADER})


def locked(plan_id: int) -> Plan:
    """The plan, held for the rest of the act: its phases, group and list change one act after the other."""
    return Plan.objects.select_for_update(of=("self",)).select_related("bureau").get(pk=plan_id)


def require_keeper(actor: User | None, plan: Plan, on: date) -> None:
    """Refuse whoever is not the bureau's office that day; the console (None) may."""
    if actor is not None and Held.OFFICE not in org.duties(actor, plan.bureau_id, on):
        raise NotAllowed("活动的组织由本局办公室登记，您目前没有这项职责。")


def stale(row: Model, now: int, words: str) -> Stale:
    """What happened to a row since the form was opened, for the conflict page."""
    told = [
        f"{clock.local(one.at):%m-%d %H:%M} {one.actor}：{settings.LUOSHI_ACT_WORDS.get(one.act, '更新')}"
        for one in records.trail(row, limit=3)
    ]
    return Stale(now, [words, *told])


def one_paper(staged: Iterable[uuid.UUID | str], *, by: User | None, plan: Plan) -> Evidence | None:
    """Take up the one staged file that an act rests on, within the caller's act; the caller records the row."""
    try:
        kept = keep(staged, by=by, bureau=plan.bureau_id)
    except BadFile as why:
        raise NotAllowed(str(why)) from None
    if len(kept) > 1:
        raise NotAllowed("依据文件只附一份即可，请留下最能说明决定的一份。")
    return kept[0] if kept else None


def require_text(words: str, ask: str) -> str:
    """Words without their outer spaces; `NotAllowed` where there are none."""
    if not words.strip():
        raise NotAllowed(ask)
    return words.strip()


def in_office(person: User, plan: Plan, on: date) -> None:
    """Refuse whoever has no own post of business in the bureau that day."""
    own = {one.duty for one in org.held(person, on) if one.bureau_id == plan.bureau_id and not one.standing_in_for}
    if not own or own <= {Held.SYSTEM_ADMIN, Held.SECURITY_ADMIN, Held.AUDIT_ADMIN}:
        raise NotAllowed(f"{person}目前不在本局任职，请另选一人。")


def ending(from_on: date, ends_on: date) -> tuple[date, bool]:
    """The last day of something that holds no more from `ends_on` on, and whether it never held (登记有误)."""
    return max(last_day(ends_on), from_on), ends_on <= from_on
