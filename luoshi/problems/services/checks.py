"""What a problem may say and name. Each check raises `NotAllowed` with the way out."""

from __future__ import annotations

from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty
from luoshi.plan.models import Clause
from luoshi.problems.rules import Channel, Pace, Source, StyleKind


def check_words(
    *, title: str, source: str, found_on: date, on: date, style_kind: str = "", channel: str = "", pace: str = ""
) -> None:
    """A title, and words of the closed lists; a problem is not found tomorrow."""
    if not title.strip():
        raise NotAllowed("请写明是什么问题。")
    if len(title.strip()) > 200:
        raise NotAllowed("问题一句话写明，不超过200字；细节请写在具体表现里。")
    if source not in Source.values:
        raise NotAllowed("请选择问题来源。")
    if found_on > on:
        raise NotAllowed("发现日期不能晚于今天，请核对。")
    if style_kind and style_kind not in StyleKind.values:
        raise NotAllowed("请在六类作风问题中选择一类。")
    if channel and channel not in Channel.values:
        raise NotAllowed("请选择查摆渠道：群众提、自己找、同事帮或组织点。")
    if pace and pace not in Pace.values:
        raise NotAllowed("请选择整改类型：立行立改、限期整改或长期坚持。")


def check_place(
    bureau: Unit,
    *,
    unit: Unit | None,
    owner: User | None,
    leader: User | None,
    clause: Clause | None,
    due_on: date | None,
    on: date,
) -> None:
    """A unit, an owner and a leader of the bureau, a clause of its plans, a date that is not past."""
    if unit is not None and (unit.bureau_id != bureau.pk or (unit.until_on is not None and unit.until_on < on)):
        raise NotAllowed(f"{unit}不是{bureau}现有的单位，请另选责任单位。")
    if owner is not None:
        duties = org.duties(owner, bureau.pk, on)
        if not duties or duties & ADMINISTRATORS:
            raise NotAllowed(f"{owner}不是{bureau}的工作人员，请另选责任人。")
    if leader is not None and not org.duties(leader, bureau.pk, on) & {Duty.LEADER, Duty.CHIEF}:
        raise NotAllowed(f"{leader}目前不是{bureau}的局领导，请另选责任领导。")
    if clause is not None and clause.version.plan.bureau_id != bureau.pk:
        raise NotAllowed("依据条款不属于本局的方案，请重新选择。")
    if due_on is not None and due_on < on:
        raise NotAllowed(f"整改时限{due_on:%Y-%m-%d}已经过去，请核对日期。")
