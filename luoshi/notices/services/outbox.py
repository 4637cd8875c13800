"""The outbox: digests made once a person and working day, sent under a lease, tried again where a gateway fails.

Delivery is at least once: a message is marked sent only after the gateway answered, so a process that dies between
the answer and the mark repeats it when the lease ends. The gateway gets the message's key (`Idempotency-Key`) to drop
such a repetition; files of `LUOSHI_MAIL_DIR` carry the key as their name and are simply written again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from luoshi.lib import clock
from luoshi.notices import queries
from luoshi.notices.gateways import Failed, Gateways
from luoshi.notices.models import Notice, OutboxMessage
from luoshi.notices.rules import FAILED, LEASE, MOST_TRIES, SENT, WAITING, digest_time, may_leave, next_try
from luoshi.org.models import User
from luoshi.workdays.queries import calendar
from luoshi.workdays.rules import Calendar, office_opens

log = logging.getLogger("luoshi.notices")
AT_ONCE, MOST_IN_A_ROW = 200, 3
"""Messages of one run (the next, a minute later, takes the rest), and failures in a row that end it."""
KEPT = timedelta(days=366)
NOT_THAT_DAY = "当日未能发出，已并入下一工作日"


def compose_digests(now: datetime) -> int:
    """Make today's digests of every bureau whose time has come; returns how many are new.

    A person with nothing new since the last digest gets none, and nobody gets a second one on the same day: the
    table's unique constraint holds that against any number of callers. Nothing is made where nothing is configured.
    """
    gateways, made, on = Gateways(settings), 0, clock.local(now).date()
    if not gateways.any():
        return 0
    _let_go(now)
    for bureau_id in queries.bureaus_with_unread():
        if not digest_time(now, calendar(bureau_id)):
            continue
        made += _write(
            [
                OutboxMessage(
                    user=one.user, bureau_id=bureau_id, channel=channel, key=f"digest:{one.user.pk}:{on:%Y-%m-%d}",
                    on=on, count=one.count, upto=one.upto, next_try_at=now,
                )
                for one in queries.due_digests(bureau_id, on)
                if (channel := gateways.channel_of(one.user))
            ]
        )  # fmt: skip
    return made


def compose_urgent(users: Iterable[User], *, bureau: int, key: str, now: datetime) -> int:
    """加急: one message for each person that leaves at once, whatever the hour; the row and a log line remember it."""
    gateways, on = Gateways(settings), clock.local(now).date()
    made = _write(
        [
            OutboxMessage(
                user=user, bureau_id=bureau, channel=channel, key=f"urgent:{user.pk}:{key}"[:120], on=on, count=1,
                urgent=True, next_try_at=now,
            )
            for user in users
            if (channel := gateways.channel_of(user))
        ]
    )  # fmt: skip
    log.info(
        "urgent messages: %d, bureau %d, office hours: %s", made, bureau, may_leave(now, calendar(bureau), urgent=False)
    )
    return made


def _write(rows: list[OutboxMessage]) -> int:
    if not rows:
        return 0
    keys = [one.key for one in rows]
    before = OutboxMessage.objects.filter(key__in=keys).count()
    OutboxMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return OutboxMessage.objects.filter(key__in=keys).count() - before


def send_due(now: datetime) -> int:
    """Make the digests that are due and send what may leave now; returns how many a gateway accepted.

    Safe to call every minute and from several processes at once. After some failures in a row the run ends: the
    gateway is down, and the rest keeps its tries.
    """
    gateways, began = Gateways(settings), time.monotonic()
    if not gateways.any():
        return 0
    compose_digests(now)
    due = OutboxMessage.objects.filter(
        Q(lease_until=None) | Q(lease_until__lte=now), state=WAITING, next_try_at__lte=now
    )
    calendars: dict[int, Calendar] = {}
    sent = failures = 0
    for message in due.select_related("user").order_by("-urgent", "next_try_at", "pk")[:AT_ONCE]:
        here = calendars.setdefault(message.bureau_id, calendar(message.bureau_id))
        moment = now + timedelta(seconds=time.monotonic() - began)
        if not may_leave(moment, here, urgent=message.urgent):
            _wait(message, office_opens(moment, here))
        elif _take(message, moment):
            accepted = _send(message, gateways, moment)
            sent, failures = sent + accepted, 0 if accepted else failures + 1
            if failures >= MOST_IN_A_ROW:
                break
    return sent


def _wait(message: OutboxMessage, until: datetime) -> None:
    OutboxMessage.objects.filter(pk=message.pk, state=WAITING, fence=message.fence).update(next_try_at=until)


def _take(message: OutboxMessage, now: datetime) -> bool:
    """Take the message under a lease, unless another sender was faster: his taking raised the fence."""
    won = OutboxMessage.objects.filter(pk=message.pk, state=WAITING, fence=message.fence).update(
        fence=message.fence + 1, lease_until=now + LEASE, attempts=F("attempts") + 1
    )
    message.fence, message.attempts = message.fence + 1, message.attempts + 1
    return won == 1


def _send(message: OutboxMessage, gateways: Gateways, now: datetime) -> int:
    """Send outside of any transaction, then mark: only whoever still holds the fence may mark."""
    mine = OutboxMessage.objects.filter(pk=message.pk, state=WAITING, fence=message.fence)
    try:
        gateways.send(message)
    except Failed as why:
        over = message.attempts >= MOST_TRIES
        log.warning("message %d not sent, try %d: %s", message.pk, message.attempts, why)
        mine.update(
            state=FAILED if over else WAITING, lease_until=None, last_error=str(why)[:200],
            next_try_at=next_try(now, message.attempts),
        )  # fmt: skip
        return 0
    mine.update(state=SENT, sent_at=now, lease_until=None, last_error="")
    return 1


def _let_go(now: datetime) -> int:
    """A digest that did not leave on its day is over: the next one tells what still waits."""
    old = OutboxMessage.objects.filter(state=WAITING, urgent=False, on__lt=clock.local(now).date())
    return old.update(state=FAILED, lease_until=None, last_error=NOT_THAT_DAY) if old.exists() else 0


def sweep(now: datetime) -> dict[str, int]:
    """Re-queue what a dead sender held, let go of digests of earlier days, forget what is older than a year."""
    held = OutboxMessage.objects.filter(state=WAITING, lease_until__lte=now)
    before = now - KEPT
    return {
        "requeued": held.update(lease_until=None),
        "let_go": _let_go(now),
        "messages": OutboxMessage.objects.filter(on__lt=clock.local(before).date()).exclude(state=WAITING).delete()[0],
        "notices": Notice.objects.filter(read_at__lt=before).delete()[0],
    }
