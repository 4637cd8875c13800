"""What a matter may name: words, leader, units, verifier. Each check raises `NotAllowed` with the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.models import Matter
from luoshi.matters.rules import Block, Source
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import ADMINISTRATORS, Duty


def check_words(*, title: str, source: str, block: str) -> None:
    """A title, and a source and block of the closed lists."""
    if not title.strip():
        raise NotAllowed("请填写事项名称。")
    if len(title.strip()) > 200:
        raise NotAllowed("事项名称不超过200字，详细内容请写在办理要求里。")
    if source not in Source.values:
        raise NotAllowed("请选择事项来源。")
    if block and block not in Block.values:
        raise NotAllowed("请选择考评板块：重点项目、重点工作或县委县政府交办。")


def check_leader(leader: User, bureau: Unit, on: date) -> None:
    """交办领导 is a leader of the issuing bureau on the day."""
    own = {one.duty for one in org.held(leader, on) if one.bureau_id == bureau.pk and not one.standing_in_for}
    if not own & {Duty.LEADER, Duty.CHIEF}:
        raise NotAllowed(f"{leader}目前不是{bureau}的局领导，请重新选择交办领导。")


def check_date(due_on: date | None, on: date) -> None:
    """A date that is already past is a slip of the pen."""
    if due_on is not None and due_on < on:
        raise NotAllowed(f"办结时限{due_on:%Y-%m-%d}已经过去，请核对清单上的日期。")


def check_units(bureau: Unit, lead: Unit, assists: Sequence[Unit], on: date) -> None:
    """Exactly one lead unit; all of the issuing bureau or of a bureau below it (县级交办), each once."""
    if any(one.pk == lead.pk for one in assists):
        raise NotAllowed(f"{lead}已是牵头单位，不能同时列为协办单位。")
    if len({one.pk for one in assists}) != len(assists):
        raise NotAllowed("协办单位有重复，请核对。")
    for unit in (lead, *assists):
        if unit.until_on is not None and unit.until_on < on:
            raise NotAllowed(f"{unit}已经撤销，请另选单位。")
        if unit.bureau_id != bureau.pk and not _below(unit, bureau):
            raise NotAllowed(f"{unit}不在{bureau}及其下级范围内，不能向其交办。")


def _below(unit: Unit, bureau: Unit) -> bool:
    above: Unit | None = unit
    while above is not None:
        if above.pk == bureau.pk:
            return True
        above = above.parent
    return False


def check_verifier(verifier: User | None, matter: Matter, on: date) -> None:
    """核查 is possible: a named verifier of the issuing bureau who is not the handler, or somebody with that duty."""
    if verifier is None:
        if not org.holders(Duty.VERIFIER, matter.bureau_id, on).exists():
            raise NotAllowed("本局还没有核查人，请在交办时指定一位核查人。")
        return
    duties = org.duties(verifier, matter.bureau_id, on)
    if not duties or duties & ADMINISTRATORS:
        raise NotAllowed(f"{verifier}不是{matter.bureau}的工作人员，不能指定为核查人。")
    if verifier.pk == matter.handler_id:
        raise NotAllowed("核查人不能是承办人，请另选一人。")


def check_handler(handler: User, matter: Matter, on: date) -> None:
    """承办人 belongs to the lead unit and is not the one who will verify."""
    check_member(handler, matter.lead_unit, matter, on)


def check_member(handler: User, unit: Unit, matter: Matter, on: date, *, quiet: bool = False) -> bool:
    """Whether somebody may be 承办人 of a unit's part; `quiet` answers False where he is of another unit."""
    if not org.people_of([unit.pk], on).filter(pk=handler.pk).exists() or any(
        one.duty in ADMINISTRATORS for one in org.held(handler, on)
    ):
        if quiet:
            return False
        raise NotAllowed(f"{handler}不是{unit}的人员，请在本单位人员中选择承办人。")
    if handler.pk == matter.verifier_id:
        raise NotAllowed(f"{handler}是本事项的核查人，不能同时承办。请另选承办人，或请办公室调整核查人。")
    return True
