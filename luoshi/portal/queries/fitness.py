"""How well the installation is: whether it can serve, and the figures behind it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from luoshi.notices.models import OutboxMessage

LOW_DISK = 500 * 1024 * 1024
"""Below so many free bytes evidence may fail to be written: not ready."""
OLD_MAIL_MINUTES = 60
"""A message that waits longer than this says that nobody sends."""
OLD_BACKUP_HOURS = 48


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
