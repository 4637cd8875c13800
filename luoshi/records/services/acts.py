"""The one way to change anything: an act is atomic, recorded, and sent only once.

    @act
    def close(matter, *, by, on):
        ...change rows...
        record(by, "matters.close", matter, rows=[event])

The outermost `@act` opens the transaction, takes the form's idempotency key (where a form was sent),
and appends all entries as the last statements before the commit.
"""

from __future__ import annotations

import functools
import secrets
import uuid
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ParamSpec, Protocol, TypeVar

from django.conf import settings
from django.db import IntegrityError, models, transaction

from luoshi.lib import clock, seal
from luoshi.records import rows as row_reader
from luoshi.records.models import ChainHead, Entry, EntryValue, StagedUpload, Submission, TypedDraft, ValueKey
from luoshi.records.rules import RowSeal, body_text, link

P = ParamSpec("P")
R = TypeVar("R")


class Actor(Protocol):
    """Whoever acts: a person of `org`; None stands for the system's own jobs."""

    pk: Any

    def __str__(self) -> str: ...


class Repeated(Exception):
    """The same form was sent before; `location` is the page of what it made then."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class Altered(Exception):
    """The same key came with another content; nothing was saved."""


@dataclass(frozen=True, slots=True)
class FormKey:
    """The idempotency key of the form being handled, with the digest of its content."""

    actor_id: int
    key: uuid.UUID
    digest: str


@dataclass(slots=True)
class _Pending:
    actor: Actor | None
    act: str
    subject: models.Model
    rows: list[models.Model]
    bureau_id: int
    note: str
    decided: tuple[str, str] | None
    values: dict[str, Any] | None
    batch: list[tuple[type[models.Model], list[Any]]]


@dataclass(slots=True)
class _Ledger:
    group: str = ""
    pending: list[_Pending] = field(default_factory=list)


_ledger: ContextVar[_Ledger | None] = ContextVar("luoshi_ledger", default=None)
_form_key: ContextVar[FormKey | None] = ContextVar("luoshi_form_key", default=None)
"""The key of the form being handled until an act has taken it; later acts of the same request go without."""


@contextmanager
def sent_form(key: FormKey) -> Any:
    """While a view handles a form: the first act inside takes its key in the same transaction."""
    token = _form_key.set(key)
    try:
        yield
    finally:
        _form_key.reset(token)


def earlier(key: FormKey) -> str | None:
    """The page that an earlier sending of this form made, None where there was none; `Altered` on other content."""
    found = Submission.objects.filter(actor_id=key.actor_id, key=key.key).values_list("digest", "location").first()
    if found is None:
        return None
    if found[0] != key.digest:
        raise Altered
    return found[1]


def act(function: Callable[P, R]) -> Callable[P, R]:
    """Make a service one act: one transaction, one idempotency key, its entries appended last."""

    @functools.wraps(function)
    def once(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _ledger.get()
        if outer is not None:  # an act within an act: the outer one commits
            noted = len(outer.pending)
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except BaseException:
                del outer.pending[noted:]  # what the savepoint undid was not done
                raise
        ledger = _Ledger(group=uuid.uuid4().hex)
        token = _ledger.set(ledger)
        try:
            with transaction.atomic():
                submission = _take_form_key()
                result = function(*args, **kwargs)
                _append(ledger)
                if submission is not None:
                    _remember_location(submission, ledger)
            if submission is not None:
                _form_key.set(None)
            return result
        finally:
            _ledger.reset(token)

    once.is_act = True  # type: ignore[attr-defined]
    return once


def record(
    by: Actor | None,
    act: str,
    subject: models.Model,
    *,
    bureau: int,
    rows: Iterable[models.Model] = (),
    note: str = "",
    decided_by: Actor | None = None,
    decided_on: date | None = None,
    values: dict[str, Any] | None = None,
    batch: Iterable[tuple[type[models.Model], list[Any]]] = (),
) -> None:
    """Write down one act on `subject` in the bureau's chain (0 = the installation).

    `rows` are the further protected rows that changed with it; `batch` names rows of a bulk step by
    table and keys; `values` keeps what is worth reading later (before and after), sealed apart.
    Only inside an `@act`.
    """
    ledger = _ledger.get()
    if ledger is None:
        raise RuntimeError("record() outside of an @act")
    decided = (str(decided_by), decided_on.isoformat() if decided_on else "") if decided_by else None
    ledger.pending.append(_Pending(by, act, subject, list(rows), bureau, note, decided, values, list(batch)))


def _take_form_key() -> Submission | None:
    key = _form_key.get()
    if key is None:
        return None
    location = earlier(key)
    if location is not None:
        raise Repeated(location)
    try:
        with transaction.atomic():
            return Submission.objects.create(actor_id=key.actor_id, key=key.key, digest=key.digest, at=clock.now())
    except IntegrityError:  # another process committed the same key while we waited
        raise Repeated(earlier(key) or "") from None


def _remember_location(submission: Submission, ledger: _Ledger) -> None:
    for one in ledger.pending:
        url = getattr(one.subject, "get_absolute_url", None)
        if url is not None:
            submission.location = url()
            submission.save(update_fields=["location"])
            return


def _row_seals(one: _Pending) -> list[RowSeal]:
    """Digests of every row the act touched, read back from the database so that they are what is stored."""
    wanted: dict[type[models.Model], dict[Any, None]] = {}
    for row in [one.subject, *one.rows]:
        wanted.setdefault(row._meta.model, {})[row.pk] = None  # not type(): `request.user` is a lazy wrapper
    for model, pks in one.batch:
        wanted.setdefault(model, {}).update(dict.fromkeys(pks))
    found: list[RowSeal] = []
    for model, known in wanted.items():
        if not row_reader.protected(model):
            continue
        keys = list(known)
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            seals = {one.pk: one for one in row_reader.seals(model, part)}
            for pk in part:
                name = str(row_reader.plain(pk))
                found.append(seals.get(name, RowSeal(model._meta.db_table, name, "")))
    return found


def _append(ledger: _Ledger) -> None:
    """Append the entries, chain by chain in a fixed order, holding each head until the commit."""
    chain_key = settings.LUOSHI_CHAIN_KEY
    for bureau_id in sorted({one.bureau_id for one in ledger.pending}):
        mine = [one for one in ledger.pending if one.bureau_id == bureau_id]
        seals = [_row_seals(one) for one in mine]
        ChainHead.objects.get_or_create(bureau_id=bureau_id)
        head = ChainHead.objects.select_for_update().get(bureau_id=bureau_id)
        seq, prev = head.seq, head.mac
        for one, rows in zip(mine, seals, strict=True):
            seq += 1
            at = clock.now()
            meta = one.subject._meta
            subject = (meta.db_table, str(row_reader.plain(one.subject.pk)), str(one.subject)[:200])
            actor = (one.actor.pk if one.actor else None, str(one.actor)[:100] if one.actor else "系统")
            plain_values = seal.canonical(one.values) if one.values else ""
            body = body_text(
                bureau_id=bureau_id,
                seq=seq,
                at=at.isoformat(timespec="microseconds"),
                actor=actor,
                act=one.act,
                subject=subject,
                rows=rows,
                note=one.note,
                decided=one.decided,
                values_digest=seal.mac(chain_key, plain_values) if plain_values else "",
                group=ledger.group,
            )
            mac = link(chain_key, prev, body)
            entry = Entry.objects.create(
                bureau_id=bureau_id,
                seq=seq,
                at=at,
                actor_id=actor[0],
                actor_label=actor[1],
                act=one.act,
                subject_table=subject[0],
                subject_pk=subject[1],
                subject_label=subject[2],
                body=body,
                prev=prev,
                mac=mac,
            )
            if plain_values:
                _keep_values(entry, plain_values)
            prev = mac
        ChainHead.objects.filter(bureau_id=bureau_id).update(seq=seq, mac=prev)


def _keep_values(entry: Entry, plain_values: str) -> None:
    place = f"{entry.subject_table}:{entry.subject_pk}"
    key = ValueKey.objects.filter(table=entry.subject_table, row=entry.subject_pk).first()
    if key is None:
        fresh = secrets.token_bytes(32)
        key = ValueKey.objects.create(
            table=entry.subject_table,
            row=entry.subject_pk,
            wrapped=seal.seal(settings.LUOSHI_VALUES_KEY, fresh.hex(), place),
        )
    secret = bytes.fromhex(seal.unseal(settings.LUOSHI_VALUES_KEY, bytes(key.wrapped), place))
    EntryValue.objects.create(entry=entry, key=key, sealed=seal.seal(secret, plain_values, f"entry:{entry.pk}"))


def keep_typed(*, path: str, typed: dict[str, list[str]]) -> TypedDraft:
    """Keep what an expired session typed, to be given back after log-in (swept after a day)."""
    return TypedDraft.objects.create(path=path, typed=typed, at=clock.now())


def sweep(*, days: int = 7) -> dict[str, int]:
    """Forget spent idempotency keys and abandoned uploads older than `days`, and typed drafts older than one day."""
    now = clock.now()
    before = now - timedelta(days=days)
    return {
        "submissions": Submission.objects.filter(at__lt=before).delete()[0],
        "staged": StagedUpload.objects.filter(at__lt=before).delete()[0],
        "typed": TypedDraft.objects.filter(at__lt=now - timedelta(days=1)).delete()[0],
    }
