"""The daily round: a visible list of jobs in order, each safe to repeat (`luoshi daily --on DATE`)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import close_old_connections, connection

from luoshi.lib import clock

log = logging.getLogger("luoshi.daily")


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the round: its name, its Chinese title, and what does it."""

    name: str
    title: str
    work: Callable[[date], Any]


@dataclass(frozen=True, slots=True)
class Done:
    """How one job went: what it counted, or why it failed."""

    name: str
    title: str
    seconds: float
    result: Any
    error: str = ""


def _sweep_records(on: date) -> Any:
    from luoshi.records.services import sweep

    return sweep()


def _recompute(on: date) -> Any:
    from luoshi.matters.services import recompute_provisional

    return len(recompute_provisional(on=on, by=None))


def _recur(on: date) -> Any:
    from luoshi.matters.services import hand_out_recurring

    return hand_out_recurring(on=on, now=clock.now())


def _remind(on: date) -> Any:
    from luoshi.matters.services import remind

    return remind(on=on, now=clock.now())


def _remind_talks(on: date) -> Any:
    from luoshi.activities.services.talk_follow_ups import remind_talks

    return remind_talks(on=on)


def _remind_checks(on: date) -> Any:
    from luoshi.problems.services.check_reminders import remind_checks

    return remind_checks(on)


def _remind_gaps(on: date) -> Any:
    from luoshi.activities.services.reminding import remind_gaps

    return remind_gaps(on)


def _remind_problems(on: date) -> Any:
    from luoshi.problems.services import remind

    return remind(on=on, now=clock.now())


def _recount_answers(on: date) -> Any:
    from luoshi.commitments.services import recount_answers

    return recount_answers(on=on, by=None)


def _remind_promises(on: date) -> Any:
    from luoshi.commitments.services import remind

    return remind(on=on)


def _recount_cadres(on: date) -> Any:
    from luoshi.cadres.services import recount_follow_ups, recount_notices

    return recount_follow_ups(on=on, by=None) + recount_notices(on=on, by=None)


def _remind_cadres(on: date) -> Any:
    from luoshi.cadres.services.clockwork import remind

    return remind(on=on)


def _sweep_outbox(on: date) -> Any:
    from luoshi.notices.services import sweep

    return sweep(clock.now())


def _digest(on: date) -> Any:
    from luoshi.notices.services import compose_digests

    return compose_digests(clock.now())


def _outbox(on: date) -> Any:
    return send_outbox()


def _remind_boards(on: date) -> Any:
    from luoshi.appraisal.services.board_clockwork import remind_boards

    return remind_boards(on)


JOBS = (
    Job("records.sweep", "清理过期的提交标识、暂存文件和草稿", _sweep_records),
    Job("matters.recompute", "放假安排公布后重算暂定日期", _recompute),
    Job("matters.recur", "周期事项到时自动交办", _recur),
    Job("matters.remind", "按台阶提醒：承办人、单位负责人、分管领导", _remind),
    Job("problems.remind", "提醒问题整改到期、该回头看", _remind_problems),
    Job("activities.talks", "谈话提醒、整改到期提醒谈话双方", _remind_talks),
    Job("problems.remind_checks", "个人问题清单到期前提醒本人一次", _remind_checks),
    Job("activities.remind", "学习、调研有差额的，期末前提醒本人一次", _remind_gaps),
    Job("commitments.recount", "放假安排公布后重算答复时限", _recount_answers),
    Job("commitments.remind", "诉求答复、承诺、民生实事到期提醒", _remind_promises),
    Job("appraisal.remind", "红黑榜公示期满、异议答复、黑榜整改到期提醒一次", _remind_boards),
    Job("cadres.recount", "放假安排公布后重算考察时间、公示期", _recount_cadres),
    Job("cadres.remind", "跟踪考察到期、事实未核对提醒", _remind_cadres),
    Job("notices.sweep", "收回中断的待发消息，清理一年前的提醒", _sweep_outbox),
    Job("notices.digest", "汇总每人当日待办提醒", _digest),
    Job("notices.outbox", "发出待发消息", _outbox),
)


def send_outbox() -> int:
    """Make the digests that are due and send what may leave now; returns how many went out."""
    from luoshi.notices.services import send_due

    return send_due(clock.now())


def run(on: date) -> list[Done]:
    """Run every job of the list; one that fails is told and does not stop the others."""
    found = []
    for job in JOBS:
        if not connection.in_atomic_block:
            close_old_connections()  # a connection that broke in one job does not fail the next
        began = time.monotonic()
        try:
            result, error = job.work(on), ""
        except Exception as why:
            log.exception("daily job %s failed", job.name)
            result, error = None, f"{type(why).__name__}: {why}"[:300]
        found.append(Done(job.name, job.title, round(time.monotonic() - began, 3), result, error))
    return found
