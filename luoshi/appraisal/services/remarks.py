"""上级通报: entered by 局办公室 from the document, voided with its reason, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.appraisal.models import RemarkEvidence, SuperiorRemark
from luoshi.appraisal.rules.remarking import RemarkKind, why_not_remark
from luoshi.appraisal.services.moves import must_hold, reasoned
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.matters.models import Matter
from luoshi.matters.queries.people import receivers
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.services import act, keep, record, turn


@act
def enter_remark(
    *,
    bureau: Unit,
    unit: Unit,
    kind: str,
    issuer: str,
    document: str,
    issued_on: date,
    words: str,
    by: User,
    on: date,
    number: str = "",
    matter: Matter | None = None,
    source_note: str = "",
    staged: Sequence[str] = (),
) -> SuperiorRemark:
    """登记上级通报: who said what of which unit, in which document of which day."""
    must_hold(Duty.OFFICE, bureau.pk, by=by, on=on, act="登记上级通报")
    if kind not in RemarkKind.values:
        raise NotAllowed("请选择表扬或批评。")
    if not issuer.strip():
        raise NotAllowed("请写明通报单位。")
    refused = why_not_remark(issued_on=issued_on, words=words, document=document, on=on)
    if refused:
        raise NotAllowed(refused)
    if not org.units_of(bureau.pk, issued_on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}在{issued_on:%Y-%m-%d}不是本局的股室或局直单位，请核对单位。")
    if matter is not None and not matters.visible_to(by, on).filter(pk=matter.pk, bureau=bureau).exists():
        raise NotAllowed("没有找到这件事项，或您看不到它。请在列表里重新选择。")
    twice = SuperiorRemark.objects.filter(
        bureau=bureau, unit=unit, kind=kind, document=document.strip()[:160], issued_on=issued_on, void_reason=""
    )
    if twice.exists():
        raise NotAllowed("同一份文件对这个单位的通报已经登记，请不要重复登记。")
    found = SuperiorRemark.objects.create(
        bureau=bureau, unit=unit, kind=kind, issuer=issuer.strip()[:80], document=document.strip()[:160],
        number=number.strip()[:60], issued_on=issued_on, words=words.strip()[:500], matter=matter,
        source_note=source_note.strip()[:200], entered_by=by, entered_on=on,
    )  # fmt: skip
    files = keep(staged, by=by, bureau=bureau.pk) if staged else []
    proofs = [RemarkEvidence.objects.create(remark=found, evidence=one) for one in files]
    record(by, "appraisal.enter_remark", found, bureau=bureau.pk, rows=[*files, *proofs], note=found.words[:200])
    notify(
        [one for one in receivers([unit.pk], on) if one != by], bureau=bureau.pk, kind="appraisal.remark",
        key=f"appraisal:remark:{found.pk}", title=f"上级通报已登记：{found}", url=found.get_absolute_url(),
    )  # fmt: skip
    return found


@act
def void_remark(remark: SuperiorRemark, *, reason: str, version: int | None, by: User, on: date) -> SuperiorRemark:
    """作废: entered by mistake; it stays, struck out, with the reason. A score already frozen keeps its facts."""
    must_hold(Duty.OFFICE, remark.bureau_id, by=by, on=on, act="上级通报作废")
    why = reasoned(reason, "作废")
    remark.refresh_from_db()
    if remark.void_reason:
        raise NotAllowed("这条通报已经作废。")
    turn(remark, version, void_reason=why[:300], voided_by=by, voided_on=on)
    record(by, "appraisal.void_remark", remark, bureau=remark.bureau_id, note=why)
    return remark
