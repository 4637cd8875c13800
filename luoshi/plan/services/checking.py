"""列为不改 and back: the office answers a finding with a reason, so that the list becomes empty by work."""

from __future__ import annotations

from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import User
from luoshi.plan import queries
from luoshi.plan.models import Clause, Plan, PlanVersion, SetAside
from luoshi.plan.services.checks import require_office
from luoshi.records.services import act, record


@act
def set_aside(version: PlanVersion, key: str, *, reason: str, by: User | None, on: date) -> SetAside:
    """列为不改: this finding stays as it is, and why. It stands until somebody lists it again or the words change."""
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=version.plan_id)
    require_office(by, plan.bureau_id, on)
    if not reason.strip():
        raise NotAllowed("请写明为什么不改。")
    if SetAside.objects.filter(plan=plan, key=key, ended_on=None).exists():
        raise NotAllowed("这一处已经列为不改，请刷新页面查看。")
    found = next((one for one in queries.checkup(version, on).report.findings if one.key == key), None)
    if found is None:
        raise NotAllowed("这一处已经不在体检结果里了（可能刚改过），请刷新页面查看。")
    row = SetAside.objects.create(
        plan=plan,
        clause=Clause.objects.filter(version=version, path=found.clause).first(),
        key=key,
        kind=found.kind,
        said=found.said,
        reason=reason.strip()[:300],
        decided_by=by,
        set_on=on,
    )
    record(by, "plan.set_aside", row, bureau=plan.bureau_id, note=f"{found.label}：{row.reason}"[:300])
    return row


@act
def list_again(row: SetAside, *, by: User | None, on: date) -> SetAside:
    """重新列出: the reason holds no more."""
    require_office(by, row.plan.bureau_id, on)
    if SetAside.objects.filter(pk=row.pk, ended_on=None).update(ended_on=on) != 1:
        raise NotAllowed("这一处已经重新列出，请刷新页面查看。")
    row.refresh_from_db()
    record(by, "plan.list_again", row, bureau=row.plan.bureau_id)
    return row
