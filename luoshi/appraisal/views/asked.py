"""The request as the middlewares leave it, for readers and the type checker."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from luoshi.org.models import User
from luoshi.org.rules import Held


class Request(HttpRequest):
    """What the middlewares add."""

    user: User
    duties: frozenset[str]
    held: list[Held]
    bureau: Any
