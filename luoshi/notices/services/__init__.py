"""Writing notices, marking them read, and sending what leaves the house."""

from luoshi.notices.services.inside import mark_all_read, mark_read, notify
from luoshi.notices.services.outbox import compose_digests, send_due, sweep

__all__ = ["compose_digests", "mark_all_read", "mark_read", "notify", "send_due", "sweep"]
