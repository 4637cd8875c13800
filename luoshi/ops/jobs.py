"""Background jobs. The queue may lose a job when its process dies, so no job is the truth: the outbox table and the
daily list are, and both are swept again. In one process the queue lives in memory; `LUOSHI_QUEUE` moves it to
PostgreSQL or Redis, and `luoshi worker` then helps."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from datetime import date
from typing import Any

import huey
from django.conf import settings
from django.db import close_old_connections
from huey.consumer import Consumer

log = logging.getLogger("luoshi.jobs")


def make_queue() -> huey.Huey:
    """The queue that `LUOSHI_QUEUE` names: memory, postgres or redis."""
    kind = settings.LUOSHI_QUEUE
    if kind == "postgres":
        from luoshi.ops.database import dsn

        return huey.PostgresHuey("luoshi", dsn=dsn(), results=False)
    if kind == "redis":
        location = settings.CACHES["default"]["LOCATION"]
        return huey.PriorityRedisHuey("luoshi", url=str(location), results=False)
    return huey.MemoryHuey("luoshi", results=False)


queue = make_queue()


def job(function: Callable[..., Any]) -> Any:
    """A job of ours: a failure is logged by name and never stops the worker; database connections are given back."""

    @functools.wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        close_old_connections()
        try:
            function(*args, **kwargs)
        except Exception:
            log.exception("job %s failed; the next sweep tries again", function.__name__)
        finally:
            close_old_connections()

    return queue.task()(guarded)


@job
def sweep_outbox() -> None:
    """Send what waits in the outbox."""
    from luoshi.ops import daily

    daily.send_outbox()


@job
def run_daily(on: str) -> None:
    """One day's round."""
    from luoshi.ops import daily

    daily.run(date.fromisoformat(on))


class Threads(Consumer):
    """huey's consumer as threads of our process, which keeps its own signal handlers."""

    def _set_signal_handlers(self) -> None:
        """Leave signals to the server."""


def consumer(threads: int) -> Threads:
    logging.getLogger("huey").setLevel(logging.WARNING)
    return Threads(queue, workers=threads, periodic=False, max_delay=1.0, check_worker_health=False)
