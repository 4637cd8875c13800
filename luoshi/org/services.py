"""Changing the organisation: units, people, posts, portfolios, delegation, number series."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from pypinyin import Style, lazy_pinyin

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries, rules
from luoshi.org.models import Delegation, NumberSeries, Portfolio, Post, Unit, User
from luoshi.records.services import Actor, act, record


def initials(name: str) -> str:
    """The pinyin initials by which a person is found.

    >>> initials("张三丰")
    'zsf'
    """
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()[:40]


@act
def add_unit(
    *,
    kind: str,
    name: str,
    short_name: str,
    parent: Unit | None,
    by: Actor | None,
    on: date,
    rank: int = 100,
) -> Unit:
    """Set up a county, a bureau or a unit of a bureau."""
    unit = Unit(kind=kind, name=name, short_name=short_name, parent=parent, rank=rank, from_on=on)
    unit.bureau = parent.bureau if parent is not None and kind != rules.UnitKind.BUREAU else None
    unit.save()
    if kind == rules.UnitKind.BUREAU:
        unit.bureau = unit
        unit.save(update_fields=["bureau"])
    record(by, "org.add_unit", unit, bureau=unit.bureau_id or 0)
    return unit


@act
def add_person(
    *,
    username: str,
    name: str,
    personnel_type: str,
    by: Actor | None,
    on: date,
    mobile: str = "",
    email: str = "",
    password: str | None = None,
) -> User:
    """Put a person on the staff list; without a password the account cannot log in until one is set."""
    user = User(username=username, name=name, pinyin=initials(name), personnel_type=personnel_type)
    user.mobile, user.email, user.joined_on = mobile, email, on
    user.set_password(password) if password else user.set_unusable_password()
    user.save()
    record(by, "org.add_person", user, bureau=0)
    return user


@act
def appoint(
    user: User,
    *,
    unit: Unit,
    duty: str,
    by: Actor | None,
    on: date,
    title: str = "",
    basis: str = "",
) -> Post:
    """Give a person a duty in a unit from a day on; administrators' duties never mix with others."""
    assert unit.bureau is not None
    others = {one.duty for one in queries.held(user, on)} | {duty}
    why = rules.clash(others)
    if why:
        raise NotAllowed(why)
    try:
        with transaction.atomic():
            post = Post.objects.create(
                user=user, unit=unit, bureau=unit.bureau, duty=duty, title=title, basis=basis, from_on=on
            )
    except IntegrityError:
        raise NotAllowed(f"{unit}已有在任的{rules.Duty(duty).label}，请先办理免职再任命。") from None
    record(by, "org.appoint", post, bureau=unit.bureau.pk)
    return post


@act
def give_portfolio(leader: User, *, unit: Unit, by: Actor | None, on: date, field: str = "") -> Portfolio:
    """Put a unit into a leader's portfolio (分管) from a day on."""
    assert unit.bureau is not None
    portfolio = Portfolio.objects.create(leader=leader, unit=unit, bureau=unit.bureau, field=field, from_on=on)
    record(by, "org.give_portfolio", portfolio, bureau=unit.bureau.pk)
    return portfolio


@act
def delegate(
    principal: User,
    *,
    deputy: User,
    bureau: Unit,
    duty: str,
    from_on: date,
    until_on: date,
    reason: str,
    by: Actor | None,
) -> Delegation:
    """Let a deputy act for a principal in one duty between two dates."""
    row = Delegation.objects.create(
        principal=principal, deputy=deputy, bureau=bureau, duty=duty, from_on=from_on, until_on=until_on, reason=reason
    )
    record(by, "org.delegate", row, bureau=bureau.pk, note=reason)
    return row


def next_number(bureau_id: int, *, year: int, series: str) -> int:
    """Take the next number of a series, within the caller's act: unique and gap-free, as a refused act gives it back."""
    NumberSeries.objects.get_or_create(bureau_id=bureau_id, year=year, series=series)
    row = NumberSeries.objects.select_for_update().get(bureau_id=bureau_id, year=year, series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last
