"""One act on many problems with one reason: each with its own event and record, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.services import SomeRefused
from luoshi.org.models import Unit, User
from luoshi.problems.models import Problem
from luoshi.problems.rules import State
from luoshi.problems.services.rectifying import amend, confirm, dismiss, reschedule
from luoshi.records.services import act, record

LABELS = {"confirm": "确认", "assign": "指定责任和时限", "dismiss": "不作问题处理"}
"""The acts that may be made on many problems at once, in the words of the buttons."""
MOST = 200


@act
def act_on_many(
    chosen: Sequence[tuple[Problem, int]],
    name: str,
    *,
    bureau: Unit,
    by: User,
    on: date,
    now: datetime,
    words: Mapping[str, Any],
) -> list[Problem]:
    """Make the act on each problem, opened on its version; `SomeRefused` where any of them is refused or stale.

    `words`: for `assign` any of unit, owner, due_on, and the reason where a running date is moved; for `dismiss` the
    reason; for `confirm` a note that may be empty.
    """
    if name not in LABELS:
        raise NotAllowed("这个动作不能批量办理，请逐件办理。")
    if not 0 < len(chosen) <= MOST:
        raise NotAllowed(f"一次办理1至{MOST}件，请重新选择。")
    refused: dict[int, str] = {}
    for problem, version in chosen:
        told: dict[str, Any] = {"by": by, "on": on, "now": now, "version": version}
        try:
            if name == "confirm":
                confirm(problem, note=words.get("reason", ""), **told)
            elif name == "dismiss":
                dismiss(problem, reason=words.get("reason", ""), **told)
            else:
                _assign(problem, words, told)
        except NotAllowed as why:
            refused[problem.pk] = str(why)
        except Stale as stale:
            refused[problem.pk] = f"您打开后有变动：{'；'.join(stale.changes) or '请看最新进展'}"
    if refused:
        raise SomeRefused(refused)
    reason = words.get("reason", "")
    note = f"批量{LABELS[name]}{len(chosen)}件{f'：{reason}' if reason else ''}"
    record(by, "problems.act_on_many", bureau, bureau=bureau.pk, note=note[:500])
    return [problem for problem, _ in chosen]


def _assign(problem: Problem, words: Mapping[str, Any], told: dict[str, Any]) -> None:
    """Who answers for it and until when; of a running problem the date is moved with its reason."""
    wanted = {name: words[name] for name in ("unit", "owner", "due_on") if words.get(name)}
    if not wanted:
        raise NotAllowed("请至少选定责任单位、责任人或时限中的一项。")
    changes = {name: value for name, value in wanted.items() if value != getattr(problem, name)}
    if not changes:
        raise NotAllowed("和现在的一样，没有要改的。")
    day = changes.pop("due_on", None) if problem.state == State.RECTIFYING else None
    if changes:
        amend(problem, changes=changes, **told)
        told = {**told, "version": problem.version}
    if day is not None:
        reschedule(problem, due_on=day, reason=words.get("reason", ""), **told)
