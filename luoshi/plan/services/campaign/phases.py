"""阶段: set in one act from the plan's 第N阶段, added by hand, their dates moved by the bureau (2.0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.models import User
from luoshi.plan.campaign.schedule import Span, wrong_dates
from luoshi.plan.models import Clause, Phase, Plan
from luoshi.plan.services.campaign.asking import locked, require_keeper, require_text, stale
from luoshi.records.services import act, record


@dataclass(frozen=True, slots=True)
class PhaseWords:
    """A phase as the bureau sets it."""

    name: str
    from_on: date | None
    until_on: date | None
    overlap_reason: str = ""
    clause: Clause | None = None


@act
def set_phases(plan: Plan, *, rows: Sequence[PhaseWords], by: User | None, on: date) -> list[Phase]:
    """设定阶段: all phases of a plan that has none yet, in their order; all or none."""
    plan = locked(plan.pk)
    require_keeper(by, plan, on)
    if plan.phases.filter(void=False).exists():
        raise NotAllowed("本方案已设定阶段，请在各阶段上调整，或增设阶段。")
    if not rows:
        raise NotAllowed("请至少保留一个阶段。")
    _fits(plan, [_span(one) for one in rows])
    made = [_make(plan, one, place) for place, one in enumerate(rows, 1)]
    record(by, "plan.set_phases", made[0], bureau=plan.bureau_id, rows=made[1:], note=f"共{len(made)}个阶段")
    return made


@act
def add_phase(plan: Plan, *, words: PhaseWords, by: User | None, on: date) -> Phase:
    """增设阶段 behind the last."""
    plan = locked(plan.pk)
    require_keeper(by, plan, on)
    live = plan.phases.filter(void=False).order_by("order")
    _fits(plan, [*(_kept(one) for one in live), _span(words)])
    last = plan.phases.aggregate(last=Max("order"))["last"] or 0
    phase = _make(plan, words, last + 1)
    record(by, "plan.add_phase", phase, bureau=plan.bureau_id)
    return phase


@act
def edit_phase(phase: Phase, *, words: PhaseWords, version: int | None, by: User | None, on: date) -> Phase:
    """调整阶段: its name and dates. A phase that passed its gate stays as it was decided."""
    plan = locked(phase.plan_id)
    require_keeper(by, plan, on)
    was = standing(phase, version)
    if was.signed_on is not None:
        raise NotAllowed(f"{was.name}已过关，日期不再改动。确需改动的，请先撤回过关。")
    live = plan.phases.filter(void=False).order_by("order")
    _fits(plan, [_span(words) if one.pk == was.pk else _kept(one) for one in live])
    fields = ("name", "from_on", "until_on", "overlap_reason")
    before = {name: str(getattr(was, name) or "") for name in fields}
    changes = {
        "name": require_text(words.name, "请填写阶段名称。")[:60],
        "from_on": words.from_on,
        "until_on": words.until_on,
        "overlap_reason": words.overlap_reason.strip()[:200],
    }
    after = {name: str(changes[name] or "") for name in fields}
    if before == after:
        raise NotAllowed("内容没有变化，不用保存。")
    move(phase, was, **changes)
    told = {name: one for name, one in before.items() if after[name] != one}
    record(
        by, "plan.edit_phase", phase, bureau=plan.bureau_id,
        values={"before": told, "after": {name: after[name] for name in told}},
    )  # fmt: skip
    return phase


@act
def void_phase(phase: Phase, *, reason: str, version: int | None, by: User | None, on: date) -> Phase:
    """取消阶段 that was set by mistake or is no longer wanted; it stays in the records with the reason."""
    plan = locked(phase.plan_id)
    require_keeper(by, plan, on)
    was = standing(phase, version)
    if was.signed_on is not None:
        raise NotAllowed(f"{was.name}已过关，不能取消。确需取消的，请先撤回过关。")
    reason = require_text(reason, "请写明为什么取消这个阶段。")
    move(phase, was, void=True)
    record(by, "plan.void_phase", phase, bureau=plan.bureau_id, note=reason[:200])
    return phase


def standing(phase: Phase, version: int | None) -> Phase:
    """The phase as it is now; `Stale` where it is not what the form was opened on, `NotAllowed` where it is void."""
    now = Phase.objects.select_related("plan").get(pk=phase.pk)
    if now.void:
        raise NotAllowed(f"{now.name}已取消，请刷新页面查看。")
    if version != now.version:
        raise stale(now, now.version, f"{now.name}已有改动")
    return now


def move(phase: Phase, was: Phase, **changes: object) -> None:
    """Write a phase's change on the version it was read in, within the caller's act."""
    won = Phase.objects.filter(pk=was.pk, version=was.version).update(**changes, version=was.version + 1)
    if won != 1:
        raise stale(was, was.version, f"{was.name}已有改动")
    phase.refresh_from_db()


def _make(plan: Plan, words: PhaseWords, order: int) -> Phase:
    return Phase.objects.create(
        plan=plan,
        clause=words.clause,
        order=order,
        name=require_text(words.name, "请填写阶段名称。")[:60],
        from_on=words.from_on,
        until_on=words.until_on,
        overlap_reason=words.overlap_reason.strip()[:200],
    )


def _span(words: PhaseWords) -> Span:
    return Span(words.name.strip(), words.from_on, words.until_on, words.overlap_reason)


def _kept(phase: Phase) -> Span:
    return Span(phase.name, phase.from_on, phase.until_on, phase.overlap_reason)


def _fits(plan: Plan, spans: Sequence[Span]) -> None:
    if wrong := wrong_dates(spans, plan.from_on, plan.until_on):
        raise NotAllowed("".join(wrong))
