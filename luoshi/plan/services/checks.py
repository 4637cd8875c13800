"""What every verb of the room asks first: may this person, and is the row still what the form was opened on."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty as Held
from luoshi.plan.models import Duty, PlanVersion
from luoshi.plan.queries.versions import successor
from luoshi.plan.rules import STATES
from luoshi.records import queries as records


def require_office(actor: User | None, bureau_id: int, on: date) -> None:
    """Refuse whoever is not the bureau's office that day; the console (None) may."""
    if actor is not None and Held.OFFICE not in org.duties(actor, bureau_id, on):
        raise NotAllowed("方案由本局办公室导入、确认，您目前没有这项职责。")


def leaders_of(bureau_id: int, on: date) -> QuerySet[User]:
    """Who may answer for a duty as 责任领导: the bureau's chief and its leaders of that day."""
    return org.holders(Held.CHIEF, bureau_id, on) | org.holders(Held.LEADER, bureau_id, on)


def require_newest(version: PlanVersion) -> None:
    """Refuse to decide anything on a version that another one has taken the place of."""
    newest = successor(version)
    if newest is not None:
        raise NotAllowed(f"这是第{version.number}版（旧版），方案已采用第{newest.number}版，请到新版中办理。")


def stale(duty: Duty) -> Stale:
    """What happened to a duty since the form was opened, for the conflict page."""
    now = Duty.objects.only("version", "state").get(pk=duty.pk)
    words = settings.LUOSHI_ACT_WORDS
    told = [
        f"{clock.local(one.at):%m-%d %H:%M} {one.actor}：{words.get(one.act, '更新')}"
        for one in records.trail(duty, limit=3)
    ]
    return Stale(now.version, [f"“{duty.act[:30]}”现在是“{STATES[now.state]}”", *told])
