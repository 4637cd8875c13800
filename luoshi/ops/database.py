"""The database as outside programs see it: its address for psql, pg_dump and the shared queue."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote

from django.conf import settings


def dsn() -> str:
    """The PostgreSQL address of this installation, password and all; never printed."""
    one = settings.DATABASES["default"]
    who = quote(str(one.get("USER") or ""), safe="")
    secret = quote(str(one.get("PASSWORD") or ""), safe="")
    where = f"{one.get('HOST') or ''}{':' + str(one['PORT']) if one.get('PORT') else ''}"
    login = f"{who}{':' + secret if secret else ''}@" if who else ""
    return f"postgresql://{login}{where}/{quote(str(one['NAME']), safe='')}"


def outside_environment() -> dict[str, str]:
    """Environment for pg_dump: the password goes here, never on a command line."""
    one: dict[str, Any] = dict(settings.DATABASES["default"])
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {**os.environ, **{name: str(one[key]) for name, key in names.items() if one.get(key)}}
