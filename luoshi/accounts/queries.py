"""Accounts and their sessions on one page; the trail as the auditor searches it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from luoshi.accounts.rules import account_state
from luoshi.lib import seal
from luoshi.lib.clock import SHANGHAI
from luoshi.org.models import User
from luoshi.org.queries import held_by
from luoshi.org.rules import names
from luoshi.records.models import Entry, EntryValue, TypedDraft

PAGE = 50


def name_digest(username: str) -> str:
    """The keyed digest under which a typed log-in name is kept; the name itself never is."""
    return seal.mac(settings.LUOSHI_CHAIN_KEY, "login:" + username.strip().lower())[:32]


def has_second_factor(user: User) -> bool:
    """Whether the account asks for a code of its owner's device."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def sessions_of(user: User) -> list[UserSession]:
    """The places where somebody is logged in, the latest first; dead ones are left out."""
    rows = UserSession.objects.filter(user_id=user.pk).order_by("-last_seen_at")
    return [one for one in rows if one.exists()]


def state_of(user: User) -> str:
    """Where an account stands, in words."""
    return account_state(
        left=user.left_on is not None,
        active=user.is_active,
        must_change=user.must_change_password,
        usable=user.has_usable_password(),
    )


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the accounts list."""

    user: User
    duties: str
    state: str
    second_factor: bool
    sessions: int


def accounts(on: date, *, words: str = "", after: int = 0) -> tuple[list[Account], int | None]:
    """A page of all accounts by number, and where the next page begins (None: this was the last)."""
    rows = User.objects.filter(pk__gt=after).order_by("pk")
    sought = words.strip()
    if sought:
        rows = rows.filter(
            Q(name__icontains=sought) | Q(username__startswith=sought) | Q(pinyin__startswith=sought.lower())
        )
    page = list(rows[: PAGE + 1])
    keys = [one.pk for one in page[:PAGE]]
    factors = set(
        Authenticator.objects.filter(user_id__in=keys, type=Authenticator.Type.TOTP).values_list("user_id", flat=True)
    )
    counted = UserSession.objects.filter(user_id__in=keys).values_list("user_id").annotate(n=Count("pk"))
    sessions = dict(counted.values_list("user_id", "n"))
    duties = held_by(page[:PAGE], on)
    lines = [
        Account(
            one,
            names({duty.duty for duty in duties[one.pk]}),
            state_of(one),
            one.pk in factors,
            sessions.get(one.pk, 0),
        )
        for one in page[:PAGE]
    ]
    return lines, (keys[-1] if len(page) > PAGE else None)


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry as the auditor reads it: no value in clear, only whether there are some."""

    pk: int
    place: str
    at: datetime
    actor: str
    act: str
    subject: str
    note: str
    decided_by: str
    has_values: bool
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    """One-time key of the form that opens its values."""


def trail(
    *,
    person: str = "",
    act: str = "",
    subject: str = "",
    since: date | None = None,
    until: date | None = None,
    before: int | None = None,
) -> tuple[list[TrailLine], int | None]:
    """A page of the whole installation's entries, newest first, and the key of the next page."""
    rows: QuerySet[Entry] = Entry.objects.order_by("-pk")
    if person.strip():
        found = list(
            User.objects.filter(Q(username=person.strip()) | Q(name=person.strip())).values_list("pk", flat=True)
        )
        rows = rows.filter(
            Q(actor_id__in=found)
            | Q(subject_table=User._meta.db_table, subject_pk__in=[str(one) for one in found])
            | Q(subject_label=f"登录名摘要 {name_digest(person)[:12]}")
        )
    if act:
        rows = rows.filter(act=act)
    if subject.strip():
        rows = rows.filter(subject_label__icontains=subject.strip())
    if since is not None:
        rows = rows.filter(at__gte=_midnight(since))
    if until is not None:
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    with_values = set(EntryValue.objects.filter(entry__in=page).values_list("entry_id", flat=True))
    lines = [_line(one, one.pk in with_values) for one in page[:PAGE]]
    return lines, (page[PAGE - 1].pk if len(page) > PAGE else None)


def _line(entry: Entry, has_values: bool) -> TrailLine:
    told = json.loads(entry.body)
    return TrailLine(
        pk=entry.pk,
        place=f"{entry.bureau_id}#{entry.seq}",
        at=entry.at,
        actor=entry.actor_label,
        act=settings.LUOSHI_ACT_WORDS.get(entry.act, entry.act),
        subject=entry.subject_label,
        note=told["note"],
        decided_by=told["decided"][0] if told["decided"] else "",
        has_values=has_values,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def typed_draft(key: str | None, *, owner: int | None, user: User) -> TypedDraft | None:
    """What this browser session typed before its log-in expired; somebody else's is not given out."""
    if not key or (owner is not None and owner != user.pk):
        return None
    return TypedDraft.objects.filter(pk=key).first()
