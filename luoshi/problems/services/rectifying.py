"""确认, 定整改措施, 交办整改, 整改进展, 修改, 调整时限, 不作问题处理."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Unpack

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import services as matters
from luoshi.matters.models import Matter
from luoshi.matters.rules import Source as MatterSource
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.problems import queries, rules
from luoshi.problems.models import Problem, ProblemClass, Rectification
from luoshi.problems.rules import State
from luoshi.problems.services.checks import check_place, check_words
from luoshi.problems.services.moves import Form, Turn, ask, move
from luoshi.records.services import act

AMENDABLE = {
    "title": "问题", "detail": "具体表现", "source": "来源", "source_note": "来源说明", "place": "地点",
    "found_on": "发现日期", "raiser": "反映人", "style_kind": "作风问题种类", "channel": "查摆渠道", "tags": "作风表现",
    "pace": "整改类型", "problem_class": "问题类别", "cause": "原因", "measure": "整改措施", "leader": "责任领导",
    "unit": "责任单位", "owner": "责任人", "due_on": "整改时限", "clause": "依据条款",
}  # fmt: skip
OWN_WORDS = frozenset({"cause", "measure", "detail"})
"""What whoever puts it right may still reword while he does."""


@act
def confirm(problem: Problem, *, by: User, on: date, note: str = "", **form: Unpack[Form]) -> Problem:
    """确认问题: it is so, and it is this unit's; whoever answers for it hears of it."""
    step = move(problem, "confirm", by=by, on=on, note=note, **form)
    step.tell(queries.doers(step.problem, on), "问题已确认，请定整改措施")
    return step.done()


@act
def start_rectifying(
    problem: Problem,
    *,
    cause: str,
    measure: str,
    due_on: date,
    by: User,
    on: date,
    pace: str = "",
    unit: Unit | None = None,
    owner: User | None = None,
    leader: User | None = None,
    problem_class: ProblemClass | None = None,
    **form: Unpack[Form],
) -> Problem:
    """定整改措施: cause, measure, who and until when; confirms it in the same step where that was not done.

    "问题清单…整改台帐": each problem has its measure, its responsible unit or person and its date (2.2.2.2b).
    What is left out stays as it was; without a leader the unit's 分管领导 is.
    """
    turn = ask(problem, "start", by=by, on=on, **form)
    changes = _plan(turn, cause=cause, measure=measure, due_on=due_on, unit=unit, owner=owner, leader=leader, pace=pace)
    if problem_class is not None:
        changes["problem_class"] = problem_class
    step = turn.make(changes=changes, data=_told(changes))
    step.tell(queries.doers(step.problem, on), "请整改问题")
    return step.done()


@dataclass(frozen=True, slots=True)
class Order:
    """What one unit is ordered to put right; what is left out is the problem's own."""

    unit: Unit
    task: str = ""
    due_on: date | None = None


@act
def order_rectification(
    problem: Problem,
    orders: Sequence[Order],
    *,
    by: User,
    on: date,
    cause: str = "",
    measure: str = "",
    due_on: date | None = None,
    leader: User | None = None,
    source_note: str = "",
    **form: Unpack[Form],
) -> list[Matter]:
    """交办整改: a matter for each unit, handed out with its dates; the problem runs until all are closed and accepted.

    The office enters what `decided_by` decided, with the paper or where it is written (`source_note`). He is 交办领导
    of the matters; where the 主要领导 decided, each unit's 分管领导 is.
    """
    decided_by, staged = form.get("decided_by"), form.get("staged", ())
    turn = ask(problem, "order", by=by, on=on, **form)
    if not orders:
        raise NotAllowed("请选择至少一个整改单位。")
    if len({one.unit.pk for one in orders}) != len(orders):
        raise NotAllowed("整改单位有重复，请核对。")
    if decided_by is None:
        raise NotAllowed("交办整改由局领导决定，请选择作出决定的领导。")
    if not source_note.strip() and not staged:
        raise NotAllowed("请写明交办决定的出处（如会议纪要、批示日期），或附上批示、纪要。")
    for known in Rectification.objects.filter(problem=problem, matter__state__in=queries.MATTER_OPEN):
        if any(one.unit.pk == known.matter.lead_unit_id for one in orders):
            raise NotAllowed(f"已经交给{known.matter.lead_unit}整改，还没办结，不用再交办。")
    first, by_chief = orders[0].unit, Duty.CHIEF in org.duties(decided_by, problem.bureau_id, on)
    changes = _plan(
        turn,
        cause=cause or problem.cause,
        measure=measure or problem.measure,
        due_on=due_on or problem.due_on,
        unit=problem.unit or first,
        owner=None,
        leader=leader,
        keep_date=problem.state == State.RECTIFYING,
    )
    step = turn.make(changes=changes, data=_told(changes) | {"units": [str(one.unit) for one in orders]})
    found = step.problem
    handed: list[Matter] = []
    for one in orders:
        matter = matters.hand_out(
            bureau=found.bureau,
            title=f"整改：{found.title}"[:200],
            requirement="\n".join(filter(None, [one.task.strip(), found.measure, found.detail])),
            source=MatterSource.PLAN if found.clause_id else MatterSource.KEY_WORK,
            source_title=f"问题台账{found.number_label}",
            clause=found.clause,
            lead_unit=one.unit,
            leader=(org.leader_of(one.unit.pk, on) if by_chief else None) or decided_by,
            due_on=one.due_on or found.due_on,
            decided_by=decided_by,
            decided_on=form.get("decided_on") or on,
            source_note=source_note.strip() or f"见{found.number_label}所附材料",
            by=by,
            on=on,
            now=turn.at,
        )
        handed.append(matter)
        step.rows.append(Rectification.objects.create(problem=found, matter=matter, cycle=found.cycle))
    step.done()
    return handed


@act
def report_progress(problem: Problem, *, note: str, by: User, on: date, **form: Unpack[Form]) -> Problem:
    """整改进展: words on the timeline; they disturb nobody's form."""
    step = move(problem, "report", by=by, on=on, note=note, **form)
    step.tell([step.problem.leader], "整改有进展")
    return step.done()


@act
def amend(problem: Problem, *, changes: dict[str, Any], by: User, on: date, **form: Unpack[Form]) -> Problem:
    """修改问题: `changes` holds any of AMENDABLE; what was there before stays on the timeline.

    Who entered it may until it is confirmed; who puts it right may reword cause, measure and detail; which unit
    answers for it only the office or a leader changes; a running date only `reschedule`.
    """
    unknown = set(changes) - AMENDABLE.keys()
    if unknown:
        raise TypeError(f"not a word of a problem: {sorted(unknown)}")
    turn = ask(problem, "amend", by=by, on=on, **form)
    wanted: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in changes.items()
    }
    wanted = {name: value for name, value in wanted.items() if value != getattr(problem, name)}
    if not wanted:
        raise NotAllowed("没有改动，不用保存。")
    _may_change(turn, wanted)
    told = {name: wanted.get(name, getattr(problem, name)) for name in ("title", "source", "found_on")}
    words = {name: wanted.get(name, getattr(problem, name)) for name in ("style_kind", "channel", "pace")}
    check_words(on=on, **told, **words)
    check_place(
        problem.bureau,
        unit=wanted.get("unit"),
        owner=wanted.get("owner"),
        leader=wanted.get("leader"),
        clause=wanted.get("clause"),
        due_on=wanted.get("due_on"),
        on=on,
    )
    kept = [[AMENDABLE[name], _word(getattr(problem, name)), _word(value)] for name, value in wanted.items()]
    if "due_on" in wanted and problem.original_due_on is None:
        wanted["original_due_on"] = wanted["due_on"]
    moved = wanted.get("unit") if wanted.get("unit") != problem.unit else None
    step = turn.make(changes=wanted, data={"changed": kept})
    if moved is not None:
        step.tell(queries.doers(step.problem, on), "问题由您单位负责，请整改")
    return step.done()


@act
def reschedule(problem: Problem, *, due_on: date, reason: str, by: User, on: date, **form: Unpack[Form]) -> Problem:
    """调整整改时限: by the office or a leader, with the reason; the original date is kept for ever."""
    turn = ask(problem, "reschedule", by=by, on=on, note=reason, **form)
    if due_on < on:
        raise NotAllowed(f"新的时限{due_on:%Y-%m-%d}已经过去，请核对日期。")
    if due_on == problem.due_on:
        raise NotAllowed("新的时限和现在的一样，不用调整。")
    data = {"from": problem.due_on.isoformat() if problem.due_on else "", "to": due_on.isoformat()}
    changes = {"due_on": due_on, "original_due_on": problem.original_due_on or problem.due_on}
    step = turn.make(changes=changes, data=data)
    step.tell(queries.doers(step.problem, on), f"整改时限调整为{due_on:%Y-%m-%d}")
    return step.done()


@act
def dismiss(problem: Problem, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Problem:
    """不作问题处理: with the reason, kept for ever. Who entered it may take it back until it is confirmed."""
    turn = ask(problem, "dismiss", by=by, on=on, note=reason, **form)
    if turn.roles.keys().isdisjoint({rules.OFFICE, rules.LEADER, rules.REVIEWER}) and problem.state != State.FOUND:
        raise NotAllowed("问题已经确认，不能自行撤下；确有不当的请报局办公室处理。")
    refuse_open_matters(problem, "不作问题处理")
    step = turn.make()
    step.tell([step.problem.entered_by, *queries.doers(step.problem, on)], "已不作问题处理")
    return step.done()


@act
def restore(problem: Problem, *, reason: str, by: User, on: date, **form: Unpack[Form]) -> Problem:
    """重新列为问题: what was dismissed is looked at once more, under its number."""
    step = move(problem, "restore", by=by, on=on, note=reason, changes={"applied_on": None, "applied_by": None}, **form)
    step.tell(queries.doers(step.problem, on), "重新列为问题，请确认")
    return step.done()


def refuse_open_matters(problem: Problem, word: str) -> None:
    """Refuse while a linked matter is with a unit; within the caller's act."""
    running = [one for one in queries.matters_of(problem) if one.state in queries.MATTER_OPEN]
    if running:
        names = "、".join(f"{one.lead_unit}（{one.get_state_display()}）" for one in running[:3])
        raise NotAllowed(f"还有{len(running)}件整改事项没有办结：{names}，不能“{word}”。请先办结或撤销这些事项。")


def _plan(
    turn: Turn,
    *,
    cause: str,
    measure: str,
    due_on: date | None,
    unit: Unit | None,
    owner: User | None,
    leader: User | None,
    pace: str = "",
    keep_date: bool = False,
) -> dict[str, Any]:
    """What a problem must have before it is put right; within the caller's act."""
    problem, on = turn.problem, turn.on
    if not cause.strip():
        raise NotAllowed("请写明原因：为什么会有这个问题。")
    if not measure.strip():
        raise NotAllowed("请写明整改措施：怎么改。")
    if due_on is None:
        raise NotAllowed("请定整改时限。")
    unit, owner = unit or problem.unit, owner or problem.owner
    if unit is None and owner is None:
        raise NotAllowed("请定责任单位或责任人。")
    if unit != problem.unit and problem.unit is not None and turn.roles.keys().isdisjoint({rules.OFFICE, rules.LEADER}):
        raise NotAllowed("责任单位由局办公室或局领导调整；不属于本单位的，请写明理由报局办公室。")
    if leader is None:
        leader = problem.leader or (org.leader_of(unit.pk, on) if unit is not None else None)
    fresh = None if keep_date and due_on == problem.due_on else due_on
    check_place(problem.bureau, unit=unit, owner=owner, leader=None, clause=None, due_on=fresh, on=on)
    changes: dict[str, Any] = {
        "cause": cause.strip(),
        "measure": measure.strip(),
        "due_on": due_on,
        "original_due_on": problem.original_due_on or due_on,
        "unit": unit,
        "owner": owner,
        "leader": None if problem.self_check_id else leader,
        "started_on": problem.started_on or on,
    }
    if pace:
        changes["pace"] = pace
    return changes


def _told(changes: dict[str, Any]) -> dict[str, Any]:
    return {
        "due_on": changes["due_on"].isoformat(),
        "unit": _word(changes["unit"]),
        "owner": _word(changes["owner"]),
        "measure": changes["measure"],
        "cause": changes["cause"],
    }


def _may_change(turn: Turn, wanted: dict[str, Any]) -> None:
    problem, roles = turn.problem, turn.roles.keys()
    if "due_on" in wanted and problem.state == State.RECTIFYING:
        raise NotAllowed("整改时限用“调整整改时限”来改，写明理由，原定日期保留。")
    if roles & {rules.OFFICE, rules.LEADER, rules.REVIEWER}:
        return
    if (
        "unit" in wanted
        and problem.unit_id is not None
        and not (rules.FINDER in roles and problem.state == State.FOUND)
    ):
        raise NotAllowed("责任单位由局办公室或局领导调整；不属于本单位的，请写明理由报局办公室。")
    if rules.HEAD in roles or (rules.FINDER in roles and problem.state == State.FOUND):
        return
    if problem.self_check_id is not None and problem.state != State.RECTIFYING:
        return
    if set(wanted) - OWN_WORDS:
        raise NotAllowed("问题确认以后，责任人只能补充具体表现、原因和措施；其他内容请单位负责人或局办公室修改。")


def _word(value: Any) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, list):
        return "、".join(map(str, value)) or "（空）"
    return str(value)[:500]
