"""Units: set up, renamed, moved, closed; a closed unit stays in the past it belongs to."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries
from luoshi.org.models import Portfolio, Post, Unit, User
from luoshi.org.rules import Duty, UnitKind
from luoshi.org.services.authority import require_manager, won_or_stale
from luoshi.records.services import act, record


@act
def add_unit(
    *,
    kind: str,
    name: str,
    short_name: str,
    parent: Unit | None,
    by: User | None,
    on: date,
    rank: int = 100,
    from_on: date | None = None,
) -> Unit:
    """Set up a county, a bureau or a unit of a bureau, existing from `from_on` (the day of the act where not given)."""
    top = kind in (UnitKind.COUNTY, UnitKind.BUREAU)
    _require_keeper(by, None if top or parent is None else parent.bureau_id, on)
    if not top and (parent is None or parent.bureau_id is None):
        raise NotAllowed("股室、局直单位和领导班子须设在某个局之下，请先选上级单位。")
    if kind == UnitKind.BUREAU and parent is not None and parent.kind != UnitKind.COUNTY:
        raise NotAllowed("局只能设在县（区）之下。")
    if parent is not None and parent.until_on is not None:
        raise NotAllowed(f"{parent}已撤销，不能在其下设单位。")
    unit = Unit(kind=kind, name=name, short_name=short_name, parent=parent, rank=rank, from_on=from_on or on)
    unit.bureau = parent.bureau if parent is not None and not top else None
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise _name_taken(name, parent) from None
    if kind == UnitKind.BUREAU:
        unit.bureau = unit
        unit.save(update_fields=["bureau"])
    record(by, "org.add_unit", unit, bureau=unit.bureau_id or 0, values={"after": _words(unit)})
    return unit


@act
def edit_unit(
    unit: Unit,
    *,
    name: str,
    short_name: str,
    version: int | None,
    by: User | None,
    on: date,
    rank: int | None = None,
) -> Unit:
    """Rename a unit or change its place in the order; what it was called before stays in the record."""
    _require_keeper(by, unit.bureau_id if unit.bureau_id != unit.pk else None, on, unit=unit)
    before, seen = _words(unit), version or 0
    try:
        with transaction.atomic():
            won = Unit.objects.filter(pk=unit.pk, version=seen).update(
                name=name, short_name=short_name, rank=unit.rank if rank is None else rank, version=seen + 1
            )
    except IntegrityError:
        raise _name_taken(name, unit.parent) from None
    won_or_stale(won, unit)
    unit.refresh_from_db()
    record(by, "org.edit_unit", unit, bureau=unit.bureau_id or 0, values={"before": before, "after": _words(unit)})
    return unit


@act
def move_unit(unit: Unit, *, parent: Unit, version: int | None, by: User | None, on: date) -> Unit:
    """Put a unit under another one of the same bureau; its posts and history go with it."""
    if unit.kind in (UnitKind.COUNTY, UnitKind.BUREAU):
        raise NotAllowed("县（区）和局不能调整上级。")
    _require_keeper(by, unit.bureau_id, on)
    if parent.bureau_id != unit.bureau_id:
        raise NotAllowed("只能在本局之内调整上级；划归别的局，请撤销后在那边重新设立。")
    if parent.until_on is not None:
        raise NotAllowed(f"{parent}已撤销，不能作为上级。")
    above: Unit | None = parent
    while above is not None:
        if above.pk == unit.pk:
            raise NotAllowed("不能把单位放到它自己的下级里。")
        above = above.parent
    before, seen = str(unit.parent), version or 0
    try:
        with transaction.atomic():
            won = Unit.objects.filter(pk=unit.pk, version=seen).update(parent=parent, version=seen + 1)
    except IntegrityError:
        raise _name_taken(unit.name, parent) from None
    won_or_stale(won, unit)
    unit.refresh_from_db()
    record(
        by,
        "org.move_unit",
        unit,
        bureau=unit.bureau_id or 0,
        values={"before": {"上级": before}, "after": {"上级": str(parent)}},
    )
    return unit


@act
def close_unit(
    unit: Unit, *, version: int | None, reason: str, by: User | None, on: date, until_on: date | None = None
) -> Unit:
    """Close a unit after its last day; nobody may still sit in it and no unit stand below it."""
    _require_keeper(by, unit.bureau_id if unit.bureau_id != unit.pk else None, on, unit=unit)
    last, seen = until_on or on, version or 0
    if last < unit.from_on:
        raise NotAllowed(f"撤销日期不能早于设立日期 {unit.from_on.isoformat()}。")
    if unit.until_on is not None:
        raise NotAllowed(f"{unit}已于 {unit.until_on.isoformat()} 撤销。")
    if Unit.objects.filter(parent=unit, until_on__isnull=True).exists():
        raise NotAllowed("下面还有未撤销的单位，请先调整它们的上级。")
    staying = Post.objects.filter(queries.not_over(last), unit=unit).exclude(until_on=last).count()
    if staying:
        raise NotAllowed(f"{unit}还有 {staying} 项在任职务，请先办理调动或免职。")
    if Portfolio.objects.filter(queries.not_over(last), unit=unit).exclude(until_on=last).exists():
        raise NotAllowed(f"{unit}还有分管领导，请先结束分管。")
    won = Unit.objects.filter(pk=unit.pk, version=seen, until_on__isnull=True).update(until_on=last, version=seen + 1)
    won_or_stale(won, unit)
    unit.refresh_from_db()
    record(
        by, "org.close_unit", unit, bureau=unit.bureau_id or 0, note=reason,
        values={"before": {"撤销日期": ""}, "after": {"撤销日期": last.isoformat()}},
    )  # fmt: skip
    return unit


def _require_keeper(actor: User | None, bureau_id: int | None, on: date, unit: Unit | None = None) -> None:
    """A county or a bureau itself is the system administrator's; what stands below, also the bureau's office."""
    if actor is None or any(one.duty == Duty.SYSTEM_ADMIN for one in queries.held(actor, on)):
        return
    if bureau_id is None:
        raise NotAllowed("县（区）和局由系统管理员维护。")
    require_manager(actor, bureau_id, on)


def _name_taken(name: str, parent: Unit | None) -> NotAllowed:
    where = f"{parent}之下" if parent is not None else "最上级"
    return NotAllowed(f"{where}已有“{name}”，请换一个全称。")


def _words(unit: Unit) -> dict[str, str]:
    return {"全称": unit.name, "简称": unit.short_name, "上级": str(unit.parent or ""), "排序": str(unit.rank)}
