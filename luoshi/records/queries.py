"""Reading the trail: the entries of an object, the heads of the chains."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from luoshi.lib import seal
from luoshi.records.models import ChainHead, Entry, EntryValue, StagedUpload


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of an object's trail as a page shows it."""

    at: datetime
    actor: str
    act: str
    note: str
    decided_by: str
    decided_on: str


def trail(subject: models.Model, limit: int = 200, *, through: models.Model | None = None) -> list[Trace]:
    """What was done to an object, newest first; also by acts on `through` that changed its row (one act for many)."""
    table, pk = subject._meta.db_table, str(subject.pk)
    wanted = models.Q(subject_table=table, subject_pk=pk)
    if through is not None:
        named = seal.canonical([table, pk])[:-1] + ","  # as the entry's body names a row
        whole = models.Q(subject_table=through._meta.db_table, subject_pk=str(through.pk))
        wanted |= whole & models.Q(body__contains=named)
    rows = Entry.objects.filter(wanted).order_by("-id")
    found = []
    for at, actor, name, body in rows.values_list("at", "actor_label", "act", "body")[:limit]:
        told = json.loads(body)
        decided = told["decided"] or ["", ""]
        found.append(Trace(at, actor, name, told["note"], decided[0], decided[1]))
    return found


def heads() -> dict[int, tuple[int, str]]:
    """The last link of every chain: bureau id → (seq, mac); exported daily as an outside anchor."""
    return {bureau: (seq, mac) for bureau, seq, mac in ChainHead.objects.values_list("bureau_id", "seq", "mac")}


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a chain with its neighbours' links: what its own link is made of, and what the next is made of."""

    seq: int
    at: datetime
    actor: str
    act: str
    note: str
    body: str
    prev: str
    mac: str
    next_prev: str
    """The link that the entry after it names as its predecessor's; empty where it is the last."""


def links_about(bureau: int, wanted: Mapping[str, Collection[str]]) -> list[Link]:
    """Every entry of a bureau's chain that is about one of the wanted rows (table → keys), in the chain's order.

    Acts on many rows at once have another subject; they are found by the rows that their body names.
    """
    first: list[int] = []
    tables = Q()
    for table, keys in wanted.items():
        own = Entry.objects.filter(bureau_id=bureau, subject_table=table, subject_pk__in=list(keys))
        first += own.order_by("seq").values_list("seq", flat=True)[:1]
        tables |= Q(body__contains=f'"{table}"')
    if not first:
        return []
    found = []
    for entry in Entry.objects.filter(tables, bureau_id=bureau, seq__gte=min(first)).order_by("seq").iterator(500):
        told = json.loads(entry.body)
        named = [told["subject"][:2], *(row[:2] for row in told["rows"])]
        if any(pk in wanted.get(table, ()) for table, pk in named):
            found.append((entry, told["note"]))
    after: dict[int, str] = {}
    places = [entry.seq + 1 for entry, _ in found]
    for start in range(0, len(places), 500):
        part = Entry.objects.filter(bureau_id=bureau, seq__in=places[start : start + 500])
        after |= dict(part.values_list("seq", "prev"))
    return [
        Link(one.seq, one.at, one.actor_label, one.act, note, one.body, one.prev, one.mac, after.get(one.seq + 1, ""))
        for one, note in found
    ]


def values_of(entry: Entry) -> dict[str, Any] | None:
    """The values kept with an entry, None where there are none or their key was deleted."""
    kept = EntryValue.objects.select_related("key").filter(entry=entry).first()
    if kept is None or kept.key is None:
        return None
    secret = bytes.fromhex(
        seal.unseal(settings.LUOSHI_VALUES_KEY, bytes(kept.key.wrapped), f"{kept.key.table}:{kept.key.row}")
    )
    return dict(json.loads(seal.unseal(secret, bytes(kept.sealed), f"entry:{entry.pk}")))


def staged_names(tokens: Iterable[str], *, by: Any) -> list[tuple[str, str]]:
    """The sender's own staged files among `tokens`, as (token, file name) in the order given; others are left out."""
    wanted = []
    for token in dict.fromkeys(tokens):
        try:
            wanted.append(uuid.UUID(token))
        except ValueError:
            continue
    found = StagedUpload.objects.filter(pk__in=wanted, by_id=by.pk if by else None).in_bulk()
    return [(str(one), found[one].name) for one in wanted if one in found]
