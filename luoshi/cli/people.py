"""user add, list, password, disable, roles: what is done at the console, above all the first administrator."""

from __future__ import annotations

import argparse
import getpass
import sys
from typing import TYPE_CHECKING, Any

from luoshi.cli.door import GOOD, Failed, WrongUse, show, start_django

if TYPE_CHECKING:
    from luoshi.org.models import Unit, User


def person(username: str) -> User:
    """The person with this log-in name, or one line."""
    from luoshi.org.models import User

    found = User.objects.filter(username=username).first()
    if found is None:
        raise WrongUse(f"没有登录名为“{username}”的人员：请用 luoshi user list 查看。")
    return found


def _ask_password(options: argparse.Namespace, user: User) -> str:
    """A good password from the console or standard input; there is no default."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if options.password_stdin:
        word = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        word = getpass.getpass("密码（至少 12 位，不显示）：")
        if word != getpass.getpass("再输一遍："):
            raise WrongUse("两次输入的密码不一样，没有保存。")
    else:
        raise WrongUse("这里不能输入密码：请加 --password-stdin，从标准输入给出。")
    try:
        validate_password(word, user)
    except ValidationError as why:
        raise WrongUse(f"密码不合要求：{''.join(why.messages)}") from None
    return word


def _unit(options: argparse.Namespace) -> Unit:
    """The unit of the new person's post; the bureau is set up where it is not there yet."""
    from luoshi.lib import clock
    from luoshi.org import services
    from luoshi.org.models import Unit
    from luoshi.org.rules import UnitKind

    bureaus = Unit.objects.filter(kind=UnitKind.BUREAU)
    if not options.bureau and bureaus.count() != 1:
        raise WrongUse("请用 --bureau 写明局的全称。")
    bureau = bureaus.filter(name=options.bureau).first() if options.bureau else bureaus.get()
    if bureau is None:
        name = options.bureau
        bureau = services.add_unit(
            kind=UnitKind.BUREAU, name=name, short_name=name[:40], parent=None, by=None, on=clock.today()
        )
    if not options.unit:
        return bureau
    unit = Unit.objects.filter(bureau=bureau, name=options.unit).first()
    if unit is None:
        raise WrongUse(f"“{bureau.name}”没有单位“{options.unit}”：请先在“设置 → 单位”中设立。")
    return unit


def add(options: argparse.Namespace) -> int:
    """Make an account with one duty, on the console's authority."""
    start_django()
    from django.db import transaction

    from luoshi.lib import clock
    from luoshi.lib.lifecycle import NotAllowed
    from luoshi.org import rules, services
    from luoshi.org.models import User

    if options.duty not in rules.Duty.values:
        raise WrongUse(f"没有“{options.duty}”这项职责：可用 {'、'.join(rules.Duty.values)}。")
    if User.objects.filter(username=options.username).exists():
        raise WrongUse(f"登录名“{options.username}”已有人用：请换一个。")
    word = _ask_password(options, User(username=options.username, name=options.name))
    try:
        with transaction.atomic():
            user = services.add_person(
                username=options.username,
                name=options.name,
                personnel_type=rules.PersonnelType.CIVIL_SERVANT,
                by=None,
                on=clock.today(),
                password=word,
            )
            services.appoint(user, unit=_unit(options), duty=options.duty, by=None, on=clock.today())
    except NotAllowed as why:
        raise Failed(str(why)) from None
    print(f"已新增 {user.name}（{user.username}），职责：{rules.Duty(options.duty).label}。")
    return GOOD


def listing(options: argparse.Namespace) -> int:
    """Every account with today's duties."""
    start_django()
    from luoshi.lib import clock
    from luoshi.org import queries, rules
    from luoshi.org.models import User

    people: list[dict[str, Any]] = [
        {
            "username": one.username,
            "name": one.name,
            "active": one.is_active,
            "can_log_in": one.is_active and one.has_usable_password(),
            "duties": sorted({held.duty for held in queries.held(one, clock.today())}),
        }
        for one in User.objects.order_by("username")
    ]
    if options.json:
        show(people)
    else:
        for told in people:
            state = "在用" if told["can_log_in"] else "未设密码" if told["active"] else "停用"
            print(f"{told['username']}\t{told['name']}\t{state}\t{rules.names(told['duties'])}")
    return GOOD


def password(options: argparse.Namespace) -> int:
    """Set a one-time password, to be changed at the next log-in."""
    start_django()
    from django.contrib.auth.hashers import make_password

    from luoshi.lib import clock
    from luoshi.org import services

    user = person(options.username)
    encoded = make_password(_ask_password(options, user))
    services.issue_password(user, encoded=encoded, now=clock.now(), by=None, on=clock.today())
    print(f"已为 {user.name} 设置一次性密码：72 小时内有效，登录后须改成本人的密码。")
    return GOOD


def disable(options: argparse.Namespace) -> int:
    """Close an account."""
    start_django()
    from luoshi.lib import clock
    from luoshi.lib.lifecycle import NotAllowed
    from luoshi.org import services

    user = person(options.username)
    try:
        services.disable(user, version=user.version, reason="控制台停用", by=None, on=clock.today())
    except NotAllowed as why:
        raise Failed(str(why)) from None
    print(f"已停用 {user.name}（{user.username}）。")
    return GOOD


def roles(options: argparse.Namespace) -> int:
    """The duties there are, or those somebody holds today."""
    if not options.username:
        from luoshi.org.rules import Duty

        told: list[dict[str, Any]] = [{"code": one.value, "name": one.label} for one in Duty]
    else:
        start_django()
        from luoshi.lib import clock
        from luoshi.org import queries
        from luoshi.org.models import Unit
        from luoshi.org.rules import Duty

        found = queries.held(person(options.username), clock.today())
        units = dict(Unit.objects.values_list("pk", "name"))
        told = [
            {
                "code": one.duty,
                "name": Duty(one.duty).label,
                "unit": units[one.unit_id],
                "bureau": units[one.bureau_id],
                "standing_in_for": one.standing_in_for,
            }
            for one in found
        ]
    if options.json:
        show(told)
    else:
        for one in told:
            print("\t".join(str(value) for value in one.values() if value))
    return GOOD
