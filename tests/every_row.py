"""One recorded row of every protected table, whatever tables there come to be: for meta-tests over all models.

A new model needs nothing here unless its constraints ask for a particular value (`WANTED`).
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from luoshi.lib.clock import SHANGHAI
from luoshi.records.services import act, keep, record, stage

DAY = date(2026, 3, 2)
WANTED: dict[str, dict[str, Any]] = {
    "org.PendingGrant": {"state": "PROPOSED", "decided_by": None, "decided_on": None},
    "matters.Matter": {"state": "DRAFT", "number": 9001, "year": 2026},
    "workdays.OfficeHoursOrder": {"digest_at": time(10)},
    "commitments.Amendment": {"decided_on": DAY, "on": DAY},
    "commitments.Promise": {"outcome": ""},
    "commitments.Progress": {"kind": "PROGRESS", "outcome": ""},
    "commitments.LivelihoodItem": {"void_reason": ""},
    "accountability.Bar": {"unit": None},
    "appraisal.Score": {"reason": ""},
    "appraisal.Objection": {"record": "", "effect": ""},
    "appraisal.Comment": {"matter": None},
    "appraisal.Improvement": {"score": None, "case": None, "point": ""},
    "appraisal.CaseLink": {"problem": None, "remark": None},
    "appraisal.Pool": {"personnel_type": "CIVIL_SERVANT", "places": 1},
    "appraisal.YearObjection": {"result": None},
    "appraisal.Review": {"quarters_share": 60, "evaluation_share": 20, "campaign_share": 20},
    "publicity.ArticleSource": dict.fromkeys(
        ("problem", "institution", "lesson", "board", "case", "commendation"), None
    ),
    "publicity.EmptyQuarter": {"quarter": 1},
    "cadres.AbilityTag": {"matter": None, "problem": None, "posting": None},
    "cadres.Commendation": {"unit": None},
}
"""Where the database's own constraints want a particular value."""


def our_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("luoshi.")]


def value_for(field: models.Field, cast: SimpleNamespace, nth: int) -> Any:
    """A fitting value for a column; people differ from column to column."""
    remote = field.remote_field.model if field.remote_field is not None else None
    if remote is not None:
        if remote._meta.label == "org.User":
            people = list(apps.get_model("org.User").objects.order_by("pk"))
            return people[nth % len(people)]
        if remote is field.model:
            return None
        rows = remote._base_manager.order_by("pk")
        if not field.unique:
            return rows.last()
        taken = field.model._base_manager.exclude(**{field.name: None}).values(field.attname)
        return rows.exclude(pk__in=taken).last() or record_one(remote, cast)
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)
    if isinstance(field, models.DateField):
        return DAY + timedelta(days=nth)
    if isinstance(field, models.TimeField):
        return time(6 + nth)  # what is declared later is later, as the constraints of spans want it
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if field.has_default():
        return field.get_default()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.JSONField):
        return {"由来": "示例"}
    if isinstance(field, models.BinaryField):
        return b"sealed"
    if isinstance(field, models.DecimalField):
        return Decimal(7)
    if isinstance(field, models.IntegerField):
        return 2026 if "year" in field.name else 7
    if isinstance(field, models.EmailField):
        return "a@b.cn"
    return uuid.uuid4().hex[: min(field.max_length or 32, 32)]


def make(model: type[models.Model], cast: SimpleNamespace) -> models.Model:
    """Insert one row with every column filled."""
    if model._meta.label == "records.Evidence":
        return evidence(cast)
    for field in model._meta.concrete_fields:
        target = field.remote_field.model if field.remote_field is not None else None
        if target is not None and target is not model and not target._base_manager.exists():
            record_one(target, cast)
    values = {
        field.name: value_for(field, cast, nth)
        for nth, field in enumerate(model._meta.concrete_fields)
        if not isinstance(field, models.AutoField)
    }
    return model._base_manager.create(**{**values, **WANTED.get(model._meta.label, {})})


def evidence(cast: SimpleNamespace) -> models.Model:
    token = stage(SimpleUploadedFile("会议纪要.txt", "同意。".encode()), by=cast.office)
    return keep([token.pk], by=cast.office, bureau=cast.bureau.pk)[0]


@act
def record_one(model: type[models.Model], cast: SimpleNamespace) -> models.Model:
    row = make(model, cast)
    record(None, "test.make", row, bureau=cast.bureau.pk, values={"前": None, "后": "有"})
    return row


def fill(cast: SimpleNamespace) -> None:
    """At least one row in every protected table, each recorded."""
    for label in settings.LUOSHI_PROTECTED_TABLES:
        model = apps.get_model(label)
        if not model._base_manager.exists():
            record_one(model, cast)


def other_value(field: models.Field, row: models.Model, sqlite: bool) -> Any:
    """A different value as raw SQL would write it; `None` where the column has no other value to take."""
    now = getattr(row, field.attname)
    if isinstance(field, models.BooleanField):
        return not now
    if isinstance(field, models.UUIDField):
        fresh = uuid.uuid4()
        return fresh.hex if sqlite else fresh
    if isinstance(field, models.DateTimeField):
        return "2031-01-01 00:00:00" if sqlite else "2031-01-01T00:00:00+00:00"
    if isinstance(field, models.DateField):
        return "2031-01-01"
    if isinstance(field, models.TimeField):
        return "11:11:00"
    if isinstance(field, models.JSONField):
        return '{"z": 9}'
    if isinstance(field, models.DecimalField):
        return 31
    if isinstance(field, models.IntegerField | models.AutoField | models.ForeignKey):
        if isinstance(now, uuid.UUID):
            return uuid.uuid4().hex if sqlite else uuid.uuid4()
        return (now or 0) + 5000
    if field.choices:
        return next((key for key, _ in field.flatchoices if key != now), None)
    return "Z" if now != "Z" else "Y"
