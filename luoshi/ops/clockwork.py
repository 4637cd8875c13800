"""The scheduler thread of the server: the outbox every minute, the daily round once a working day, as soon as the
office is open; a server started later in the day catches up in its office hours."""

from __future__ import annotations

import fcntl
import logging
import threading
from datetime import date, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import close_old_connections

from luoshi.lib import clock

log = logging.getLogger("luoshi.scheduler")
EVERY_SECONDS = 60


class Scheduler(threading.Thread):
    """Enqueues, never works itself. One a data directory: whoever holds the lock file, until its process ends."""

    def __init__(self) -> None:
        super().__init__(name="scheduler", daemon=True)
        self.over = threading.Event()
        self.lock: IO[str] | None = None
        self.last_round: date | None = None

    def run(self) -> None:
        while not self.over.is_set():
            try:
                if self.mine():
                    self.tick()
            except Exception:
                log.exception("the scheduler will try again")
            finally:
                close_old_connections()
            self.over.wait(EVERY_SECONDS)

    def mine(self) -> bool:
        """Whether this process is the one that schedules."""
        if self.lock is None:
            file = (Path(settings.DATA_DIR) / "scheduler.lock").open("w")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                file.close()
                return False
            self.lock = file
        return True

    def tick(self) -> None:
        from luoshi.ops import jobs

        jobs.sweep_outbox()
        now = clock.local(clock.now())
        if self.last_round != now.date() and office_open(now):
            self.last_round = now.date()
            jobs.run_daily(now.date().isoformat())

    def stop(self) -> None:
        self.over.set()


def office_open(moment: datetime) -> bool:
    """Whether the office is open, by the national calendar: reminders go out in office hours only (domain rules §9)."""
    from luoshi.workdays.queries import calendar
    from luoshi.workdays.rules import is_office_time

    return is_office_time(moment, calendar())
