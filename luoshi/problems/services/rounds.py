"""查摆轮次: opened by the office in one act for all or some units; who reviews whose list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause, Plan
from luoshi.problems.models import SelfCheck, SelfCheckRound
from luoshi.problems.queries import selfcheck as queries
from luoshi.problems.rules import CheckState
from luoshi.problems.rules.selfcheck import OUTSIDE
from luoshi.records.services import act, record


@act
def open_round(
    *,
    bureau: Unit,
    title: str,
    due_on: date,
    by: User,
    on: date,
    plan: Plan | None = None,
    clause: Clause | None = None,
    units: Collection[Unit] = (),
) -> SelfCheckRound:
    """发起查摆 (2.2.3.7): a list for everybody of the bureau (of these units only, where some are named).

    Each gets his usual reviewer (`rules.selfcheck.usual_reviewer`) and one notice. `NotAllowed`: not the office, a
    title that was used before, a day that is past, nobody to ask.
    """
    _office(by, bureau, on)
    _check(bureau, title, due_on, on, plan, clause, units)
    if SelfCheckRound.objects.filter(bureau=bureau, title=title.strip()).exists():
        raise NotAllowed(f"已经有一轮叫“{title.strip()}”，请换个名称；新来的同志请到那一轮里“补发清单”。")
    found = SelfCheckRound.objects.create(
        bureau=bureau, title=title.strip(), due_on=due_on, plan=plan, clause=clause, opened_by=by, opened_on=on
    )
    lists = _hand_out(found, units, on)
    if not lists:
        raise NotAllowed("所选单位没有需要查摆的人员，请重新选择单位。")
    record(by, "problems.open_round", found, bureau=bureau.pk, batch=[(SelfCheck, [one.pk for one in lists])])
    return found


@act
def widen_round(round_: SelfCheckRound, *, by: User, on: date, version: int | None = None) -> SelfCheckRound:
    """补发清单: a list for everybody in office who has none in this round."""
    _office(by, round_.bureau, on)
    if round_.due_on < on:
        raise NotAllowed("这一轮的提交时限已过，请先改时限再补发。")
    _turn(round_, version)
    lists = _hand_out(round_, (), on)
    if not lists:
        raise NotAllowed("在岗人员都已有清单，不用补发。")
    bureau_id = round_.bureau_id
    record(by, "problems.widen_round", round_, bureau=bureau_id, batch=[(SelfCheck, [one.pk for one in lists])])
    return round_


@act
def change_round(
    round_: SelfCheckRound, *, title: str, due_on: date, by: User, on: date, version: int | None = None
) -> SelfCheckRound:
    """修改轮次: its name and the day by which lists are due; lists already accepted keep theirs."""
    _office(by, round_.bureau, on)
    title = title.strip()
    _check(round_.bureau, title, due_on, on, None, None, ())
    others = SelfCheckRound.objects.filter(bureau=round_.bureau, title=title).exclude(pk=round_.pk)
    if others.exists():
        raise NotAllowed(f"已经有一轮叫“{title}”，请换个名称。")
    keys = list(queries.lists_of(round_).values_list("pk", flat=True))
    _turn(round_, version, title=title, due_on=due_on)
    SelfCheck.objects.filter(pk__in=keys).update(round=title)
    SelfCheck.objects.filter(pk__in=keys).exclude(state=CheckState.ACCEPTED).update(due_on=due_on)
    record(by, "problems.change_round", round_, bureau=round_.bureau_id, batch=[(SelfCheck, keys)])
    return round_


@act
def name_reviewer(check: SelfCheck, *, reviewer: User, by: User, on: date, version: int | None = None) -> SelfCheck:
    """指定审核人: the office says who looks through a list; the one before sees it no more. It reads nothing of it."""
    _office(by, check.bureau, on)
    known = check.version if version is None else version
    if reviewer.pk == check.person_id:
        raise NotAllowed("自己的清单不能由自己审核，请另选审核人。")
    if not org.duties(reviewer, check.bureau_id, on) - OUTSIDE:
        raise NotAllowed(f"{reviewer}不是{check.bureau}的在岗人员，请另选审核人。")
    won = SelfCheck.objects.filter(pk=check.pk, version=known).update(reviewer=reviewer, version=known + 1)
    check.refresh_from_db()
    if won != 1:
        raise Stale(check.version, ["清单的状态或审核人已有变化。"])
    record(by, "problems.name_reviewer", check, bureau=check.bureau_id)
    if check.state == CheckState.SUBMITTED:
        notify(
            [reviewer], bureau=check.bureau_id, kind="problems.check_submit", url=check.get_absolute_url(),
            key=f"problems:check:{check.pk}:{check.version}:reviewer", title=f"请审核{check.person}的个人问题清单",
        )  # fmt: skip
    return check


def _hand_out(round_: SelfCheckRound, units: Iterable[Unit], on: date) -> list[SelfCheck]:
    chosen = [one.pk for one in units]
    wanted = queries.usual_reviewers(round_.bureau_id, on, chosen or None)
    have = set(queries.lists_of(round_).values_list("person_id", flat=True))
    fresh = SelfCheck.objects.bulk_create(
        SelfCheck(
            bureau_id=round_.bureau_id, person_id=pk, reviewer_id=reviewer, round=round_.title, plan_id=round_.plan_id,
            due_on=round_.due_on,
        )
        for pk, reviewer in wanted.items() if pk not in have
    )  # fmt: skip
    notify(
        User.objects.filter(pk__in=[one.person_id for one in fresh]), bureau=round_.bureau_id,
        kind="problems.check_open", key=f"problems:round:{round_.pk}:open", url=reverse("problems:self_checks"),
        title=f"请填写个人问题清单（{round_.title}），{round_.due_on:%m-%d}前提交",
    )  # fmt: skip
    return fresh


def _office(by: User, bureau: Unit, on: date) -> None:
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("个人查摆由局办公室发起和调整，您目前没有这项职责。")


def _check(
    bureau: Unit, title: str, due_on: date, on: date, plan: Plan | None, clause: Clause | None, units: Iterable[Unit]
) -> None:
    if not title.strip() or len(title.strip()) > 60:
        raise NotAllowed("请写明这一轮的名称，不超过60字。")
    if due_on < on:
        raise NotAllowed(f"提交时限{due_on:%Y-%m-%d}已经过去，请核对日期。")
    if plan is not None and plan.bureau_id != bureau.pk:
        raise NotAllowed("方案不属于本局，请重新选择。")
    if clause is not None and clause.version.plan.bureau_id != bureau.pk:
        raise NotAllowed("依据条款不属于本局的方案，请重新选择。")
    if any(one.bureau_id != bureau.pk for one in units):
        raise NotAllowed("所选单位不属于本局，请重新选择。")


def _turn(round_: SelfCheckRound, version: int | None, **changes: object) -> None:
    """Take the next version of the round, so that of two people one wins; within the caller's act."""
    known = round_.version if version is None else version
    won = SelfCheckRound.objects.filter(pk=round_.pk, version=known).update(version=known + 1, **changes)
    round_.refresh_from_db()
    if won != 1:
        raise Stale(round_.version, [f"现在是“{round_.title}”，提交时限{round_.due_on:%Y-%m-%d}。"])
