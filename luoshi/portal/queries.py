"""Figures of the desk, over everything a person sees, and how well the installation is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Q

from luoshi.matters import queries as matters
from luoshi.matters.models import Deadline, Feedback, MatterEvent
from luoshi.matters.queries.lists import lamp_query
from luoshi.matters.queries.story import details
from luoshi.matters.rules import Lamp, State
from luoshi.notices.models import OutboxMessage
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held

LOW_DISK = 500 * 1024 * 1024
"""Below so many free bytes evidence may fail to be written: not ready."""
OLD_MAIL_MINUTES = 60
"""A message that waits longer than this says that nobody sends."""
OLD_BACKUP_HOURS = 48


@dataclass(frozen=True, slots=True)
class Recount:
    """One matter whose dates were counted again: what moved, from when to when, and when it was done."""

    on: date
    label: str
    url: str
    note: str
    lines: list[str]


def recounts(user: User, held: list[Held], on: date, limit: int = 200) -> list[Recount]:
    """The latest dates that a newly published or amended calendar moved, of matters a person sees; newest first."""
    seen = matters.visible(user, held, on)
    events = MatterEvent.objects.filter(move="recount", matter__in=seen).select_related("matter").order_by("-id")
    return [
        Recount(one.on, str(one.matter), one.matter.get_absolute_url(), one.note, details(one))
        for one in events[:limit]
    ]


def waiting_dates(user: User, held: list[Held], on: date) -> int:
    """How many running dates are 暂定, waiting for a year's notice, among matters a person sees."""
    seen = matters.visible(user, held, on)
    return Deadline.objects.filter(matter__in=seen, provisional=True, ended_on=None, met_on=None).count()


@dataclass(frozen=True, slots=True)
class Tally:
    """One figure of the desk with the list it counts."""

    label: str
    number: int
    query: str
    late: bool = False


def tallies(user: User, held: list[Held], bureau_id: int, on: date) -> list[Tally]:
    """逾期, 临期, 待交办, 待签收 … over everything a person sees, in one query; zeros are left out but of two."""
    clock = matters.clock_of(bureau_id, on)
    told = matters.visible(user, held, on).aggregate(
        late=Count("pk", filter=lamp_query(Lamp.RED, on, clock)),
        near=Count("pk", filter=lamp_query(Lamp.AMBER, on, clock)),
        unsigned=Count("pk", filter=Q(state=State.ASSIGNED)),
        unsent=Count("pk", filter=Q(state=State.APPROVED)),
        check=Count("pk", filter=Q(state__in=[State.SUBMITTED, State.VERIFIED])),
        running=Count("pk", filter=Q(state=State.ACCEPTED)),
    )
    over = any(one.duty in (Duty.OFFICE, Duty.LEADER, Duty.CHIEF) for one in held)
    found = [
        Tally("逾期", told["late"], f"?lamp={Lamp.RED}", late=True),
        Tally("临期", told["near"], f"?lamp={Lamp.AMBER}"),
        Tally("待交办", told["unsent"] if over else 0, "?state=approved"),
        Tally("待签收", told["unsigned"], "?state=assigned"),
        Tally("办理中", told["running"], "?state=running"),
        Tally("待核查、待办结", told["check"], "?state=check"),
    ]
    return [one for one in found if one.number or one.label in ("逾期", "办理中")]


def last_words(keys: list[int]) -> dict[int, str]:
    """The last feedback of each of these matters, with its progress; one query."""
    told = Feedback.objects.filter(matter__in=keys).order_by("id").values_list("matter_id", "progress", "done")
    return {pk: f"进展{progress}%：{done}" for pk, progress, done in told}


def database_ready() -> str:
    """Empty where the database takes a write and holds every migration; otherwise what is wrong."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE luoshi_ready (one integer)")
            cursor.execute("DROP TABLE luoshi_ready")
            if connection.vendor == "sqlite":  # a temporary table lies elsewhere: take the file's own write lock
                cursor.execute("UPDATE django_migrations SET name = name WHERE id = -1")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations pending"
    except Exception as why:  # any failure of the engine means: not ready
        return type(why).__name__
    return ""


def oldest_waiting(now: datetime) -> int:
    """Minutes that the oldest message due in the outbox waits; 0 where none does."""
    due = OutboxMessage.objects.filter(state="WAITING", next_try_at__lte=now).order_by("next_try_at")
    first = due.values_list("next_try_at", flat=True).first()
    return int((now - first).total_seconds() // 60) if first else 0


def backup_age(now: datetime) -> int | None:
    """Hours since the newest backup of `LUOSHI_DATA_DIR/backups`; None where there is none."""
    folder = Path(settings.DATA_DIR) / "backups"
    try:
        newest = max((one.stat().st_mtime for one in folder.iterdir()), default=None)
    except OSError:
        return None
    return None if newest is None else int((now.timestamp() - newest) // 3600)


def health(now: datetime) -> tuple[bool, dict[str, Any]]:
    """Whether this process can serve, and the figures behind it; no names, paths or secrets.

    Not ready: the database refuses a write or lacks a migration, or less than 500 MB are free for evidence.
    Old mail and old backups are told, but do not take a working server out of service.
    """
    wrong = database_ready()
    free = shutil.disk_usage(settings.DATA_DIR).free
    told: dict[str, Any] = {"database": wrong or "ok", "disk_free_mb": free // 1024 // 1024}
    if not wrong:
        minutes = oldest_waiting(now)
        told["outbox_oldest_minutes"] = minutes
        told["outbox"] = "ok" if minutes < OLD_MAIL_MINUTES else "slow"
    hours = backup_age(now)
    told["backup_age_hours"] = hours
    told["backup"] = "none" if hours is None else "ok" if hours < OLD_BACKUP_HOURS else "old"
    ready = not wrong and free >= LOW_DISK
    return ready, {"ok": ready, **told}
