"""条款有着落: a clause either has a confirmed duty in it or below it, or a person says that it holds none."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import User
from luoshi.plan.models import Clause, Duty
from luoshi.plan.services.deciding import clear_marks, drop_many, open_plan, restore_many
from luoshi.records.services import act, record

NOTHING_HERE = "本条没有任务"


@act
def mark_no_duty(clause: Clause, *, by: User | None, on: date) -> Clause:
    """本条没有任务: nothing in this clause or below it is to be done; what was proposed there is dropped so.

    `NotAllowed` where a duty is confirmed there, and where it was said already.
    """
    plan = open_plan([clause.pk], by=by, on=on)
    duties = Duty.objects.filter(clause__in=_within(clause))
    kept = duties.filter(state="CONFIRMED").select_related("clause").first()
    if kept is not None:
        where = "本条" if kept.clause_id == clause.pk else f"下级条款“{kept.clause}”"
        raise NotAllowed(f"{where}已有确认的任务“{kept}”，请先把它退回待确认。")
    if Clause.objects.filter(pk=clause.pk, no_duty=False).update(no_duty=True) != 1:
        raise NotAllowed("本条已标为没有任务，请刷新页面查看。")
    proposed = [(one, one.version) for one in duties.filter(state="PROPOSED")]
    drop_many(proposed, by=by, on=on, reason=NOTHING_HERE)
    below = list(_within(clause).filter(no_duty=False))
    Clause.objects.filter(pk__in=[one.pk for one in below]).update(no_duty=True)
    clause.refresh_from_db()
    told = f"连同下级条款{len(below)}条" if below else ""
    record(by, "plan.mark_no_duty", clause, bureau=plan.bureau_id, rows=below, note=told)
    return clause


@act
def unmark_no_duty(clause: Clause, *, by: User | None, on: date) -> Clause:
    """Take 本条没有任务 back: from the clause, those below and those above; what it dropped is proposed again."""
    plan = open_plan([clause.pk], by=by, on=on)
    if not Clause.objects.filter(pk=clause.pk, no_duty=True).exists():
        raise NotAllowed("本条没有标为“无任务”，不用取消，请刷新页面查看。")
    marked = list(_within(clause).filter(no_duty=True))
    rows = [*marked, *clear_marks(clause.pk)]
    Clause.objects.filter(pk__in=[one.pk for one in marked]).update(no_duty=False)
    dropped = Duty.objects.filter(clause__in=_within(clause), state="DROPPED", reason=NOTHING_HERE)
    restore_many([(one, one.version) for one in dropped], by=by, on=on)
    clause.refresh_from_db()
    record(by, "plan.unmark_no_duty", clause, bureau=plan.bureau_id, rows=rows)
    return clause


def _within(clause: Clause) -> QuerySet[Clause]:
    """A clause and those below it."""
    same = Clause.objects.filter(version=clause.version_id)
    return same.filter(Q(pk=clause.pk) | Q(path__startswith=f"{clause.path}/")).order_by("order")
