"""Reading protected rows as plain values, alike on both engines, so that a digest can be taken and compared."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from luoshi.records.rules import RowSeal, row_digest


def plain(value: Any) -> Any:
    """A database value in one spelling whatever the engine."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return value.hex
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def protected(model: type[models.Model]) -> bool:
    return model._meta.label in settings.LUOSHI_PROTECTED_TABLES


def sealed_columns(model: type[models.Model]) -> list[str]:
    """The columns that a row's digest covers, in the table's order."""
    open_columns = settings.LUOSHI_PROTECTED_TABLES[model._meta.label]
    return [field.attname for field in model._meta.concrete_fields if field.name not in open_columns]


def sealed_values(model: type[models.Model], pks: Iterable[Any] | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The key and the values that a row's digest covers, of the named rows (all where `pks` is None)."""
    columns = sealed_columns(model)
    rows = model._base_manager.order_by("pk")
    if pks is not None:
        rows = rows.filter(pk__in=list(pks))
    where = columns.index(model._meta.pk.attname)
    for row in rows.values_list(*columns).iterator(chunk_size=2000):
        values = [plain(value) for value in row]
        yield str(values[where]), dict(zip(columns, values, strict=True))


def seals(model: type[models.Model], pks: Iterable[Any] | None = None) -> Iterator[RowSeal]:
    """The seals of the named rows of a table as they stand in the database now (all rows where `pks` is None)."""
    table, key = model._meta.db_table, settings.LUOSHI_CHAIN_KEY
    for pk, values in sealed_values(model, pks):
        yield RowSeal(table, pk, row_digest(key, table, pk, values))


def protected_models() -> list[type[models.Model]]:
    """Every declared table that exists, in the declared order."""
    return [apps.get_model(label) for label in settings.LUOSHI_PROTECTED_TABLES]
