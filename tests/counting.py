"""Counting the queries of a request, without those that come by the clock and not by the page.

Two things are done by the first request after a while, whatever page it opens: the session notes that it was
used (`SessionLimits`, once in 60 seconds) and the process reads the tide's mark again (`Tide`, once in 30). On a
slow machine that while may pass between two requests of one test, and one of them then costs more.
"""

from __future__ import annotations

import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.accounts import middleware
from luoshi.lib import clock


def settle(client: Client) -> None:
    """As if this person had opened another page a moment ago: nothing falls due at the next request."""
    now = clock.now().timestamp()
    session = client.session
    session["tide"] = middleware.tide.now(now)
    session.setdefault("began", now)
    session["seen"] = now
    session.save()
    middleware.tide.read_at = time.monotonic()


def asked(client: Client) -> CaptureQueriesContext:
    """Use as `with asked(client) as seen:` around one request, GET or POST; `len(seen)` is what it cost."""
    settle(client)
    return CaptureQueriesContext(connection)
