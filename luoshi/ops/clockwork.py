"""The scheduler thread of the server: the outbox every minute, the daily round once on a working day's morning."""

from __future__ import annotations

import fcntl
import logging
import threading
from datetime import date, time
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import close_old_connections

from luoshi.lib import clock

log = logging.getLogger("luoshi.scheduler")
EVERY_SECONDS = 60
MORNING = time(8, 30)
"""Not before the office opens; a server started later in the day catches up at once."""


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
        if self.last_round != now.date() and now.time() >= MORNING and works(now.date()):
            self.last_round = now.date()
            jobs.run_daily(now.date().isoformat())

    def stop(self) -> None:
        self.over.set()


def works(on: date) -> bool:
    """Whether offices work on a day, by the national calendar."""
    from luoshi.workdays.queries import calendar
    from luoshi.workdays.rules import is_workday

    return is_workday(on, calendar())
