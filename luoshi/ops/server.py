"""The server: web, background jobs and scheduler in one process tree (gunicorn with threads); static files too."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication

from luoshi.ops.clockwork import Scheduler

GRACE_SECONDS = 10


class Server(BaseApplication):
    """gunicorn with our settings and no configuration file of its own."""

    def __init__(
        self,
        *,
        host: str,
        port: int,
        threads: int,
        scheduler: bool,
        ready: Callable[[], None],
        gone: Callable[[], None],
    ) -> None:
        self.bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.threads, self.scheduling, self.say_ready, self.say_gone = threads, scheduler, ready, gone
        self.running: list[Any] = []
        self.application = get_wsgi_application()
        _ = get_resolver().url_patterns  # every view is imported now: the first request waits for nothing
        gc.collect()
        gc.freeze()  # what is loaded stays: the collector need not look through it at every turn
        gc.set_threshold(50_000, 20, 20)
        super().__init__()

    def load_config(self) -> None:
        chosen = {
            "bind": self.bind,
            "worker_class": "gthread",
            "workers": 1,
            "threads": self.threads,
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": GRACE_SECONDS,
            "keepalive": 15,
            "umask": 0o077,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self.start_threads,
            "worker_exit": self.stop_threads,
            "on_exit": lambda arbiter: self.say_gone(),
        }
        for name, value in chosen.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self.application

    def start_threads(self, worker: Any) -> None:
        """In the worker, after the fork: job threads and the scheduler."""
        from luoshi.ops import jobs

        consumer = jobs.consumer(threads=2)
        consumer.start()
        self.running.append(consumer)
        if self.scheduling:
            scheduler = Scheduler()
            scheduler.start()
            self.running.append(scheduler)
        self.say_ready()

    def stop_threads(self, arbiter: Any, worker: Any) -> None:
        """Let running jobs end; what is cut short is swept again."""
        for one in reversed(self.running):
            one.stop()
        logging.shutdown()

    def serve(self) -> None:
        connections.close_all()  # nothing opened before the fork is shared across it
        self.run()


def help_out(threads: int) -> None:
    """An extra worker for a queue that several processes share; ends on SIGTERM or Ctrl-C, running jobs finished."""
    import signal
    import threading

    from luoshi.ops import jobs

    over = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: over.set())
    consumer = jobs.consumer(threads)
    consumer.start()
    over.wait()
    consumer.stop(graceful=True)
