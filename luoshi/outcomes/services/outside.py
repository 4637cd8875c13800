"""外部数据: typed once with its source; a slip is void with the reason and typed anew."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.outcomes.models import OutsideFigure
from luoshi.outcomes.rules import START, OutsideKind
from luoshi.records.services import act, keep, record, turn

QUARTER = re.compile(r"20\d\dQ[1-4]")
MOST = Decimal("999999.99")


@act
def enter_figure(
    *,
    bureau: Unit,
    kind: str,
    period: str,
    value: Decimal,
    document: str,
    by: User,
    on: date,
    staged: Iterable[uuid.UUID | str] = (),
) -> OutsideFigure:
    """登记外部数据: one figure of one quarter, or of before the campaign, with the paper that tells it."""
    _office(bureau, by, on)
    if kind not in OutsideKind.values:
        raise NotAllowed("请选择指标。")
    if period != START and not QUARTER.fullmatch(period):
        raise NotAllowed("请选择季度。")
    if not Decimal(0) <= value <= MOST or (kind == OutsideKind.SURVEY and value > 100):
        raise NotAllowed("请核对数值：不能小于0，满意度不能超过100。")
    if kind == OutsideKind.BAD_REVIEWS and value != value.to_integral_value():
        raise NotAllowed("差评按件登记，请填整数。")
    if not document.strip():
        raise NotAllowed("请写明出处（如县行政审批局三季度通报）。")
    papers = keep(list(staged)[:1], by=by, bureau=bureau.pk)
    try:
        with transaction.atomic():
            found = OutsideFigure.objects.create(
                bureau=bureau, kind=kind, period=period, value=value, document=document.strip()[:200],
                paper=papers[0] if papers else None, entered_by=by, entered_on=on,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("这个季度的这项数据已经登记。登错的请先作废，再重新登记。") from None
    record(by, "outcomes.enter_figure", found, bureau=bureau.pk, rows=papers, note=found.document)
    return found


@act
def void_figure(figure: OutsideFigure, *, reason: str, version: int | None, by: User, on: date) -> OutsideFigure:
    """作废: the figure stays readable with the reason and counts no more."""
    _office(figure.bureau, by, on)
    figure.refresh_from_db()
    if figure.void:
        raise NotAllowed("这一条已经作废。")
    if not reason.strip():
        raise NotAllowed("作废要写明理由，请补充后再办。")
    turn(figure, version, void=True, void_reason=reason.strip()[:300])
    record(by, "outcomes.void_figure", figure, bureau=figure.bureau_id, note=reason.strip())
    return figure


def _office(bureau: Unit, by: User, on: date) -> None:
    if not any(one.duty == Duty.OFFICE and one.bureau_id == bureau.pk for one in org.held(by, on)):
        raise NotAllowed("外部数据由局办公室登记，您目前没有这项职责。")
