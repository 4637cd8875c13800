"""What there is to act upon today: the moves that the table allows and that can only be refused, each with its why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.matters.models import Matter, RoadmapStep
from luoshi.matters.queries.extensions import asked_extension
from luoshi.matters.queries.parties import my_parts, owing
from luoshi.matters.rules import State
from luoshi.org.models import User
from luoshi.org.rules import Held

RUNNING = (State.APPROVED, State.ASSIGNED, State.ACCEPTED)


def idle(matter: Matter, user: User, on: date, held: Sequence[Held] | None = None) -> dict[str, str]:
    """Moves with nothing to act upon, and the sentence that says why and what to do instead.

    The page leaves their buttons out, the act's address says the sentence, and the service refuses with it.
    """
    found: dict[str, str] = {}
    if matter.state not in RUNNING:
        return found
    if matter.state == State.ACCEPTED:
        found |= _roadmap(matter) | _extension(matter, on)
    return found | _parts(matter, user, on, held)


def _roadmap(matter: Matter) -> dict[str, str]:
    found: dict[str, str] = {}
    steps = RoadmapStep.objects.filter(roadmap__matter=matter, roadmap__state__in=["ACCEPTED", "PROPOSED"])
    known = {(state, done is not None) for state, done in steps.order_by().values_list("roadmap__state", "done_on")}
    if not {("PROPOSED", True), ("PROPOSED", False)} & known:
        words = "现在没有等待审核的路线图，可能已由他人审核，请看事项页上的路线图。"
        found |= dict.fromkeys(("accept_roadmap", "return_roadmap"), words)
    if ("ACCEPTED", False) not in known:
        found["finish_step"] = "没有待完成的步骤；路线图经局办公室同意后才能登记完成。"
    if ("ACCEPTED", True) not in known:
        found["undo_step"] = "还没有登记完成的步骤，不用更正。"
    return found


def _extension(matter: Matter, on: date) -> dict[str, str]:
    if asked_extension(matter) is not None:
        return {"ask_extension": "已有一项延期申请等待批准，一件事项同时只能有一项；要改请先撤回。"}
    words = "现在没有等待批准的延期申请，可能已经答复或撤回，请看事项页上的延期申请。"
    found = dict.fromkeys(("grant_extension", "refuse_extension", "withdraw_extension"), words)
    if matter.due_on is not None and on > matter.due_on:
        found["ask_extension"] = (
            f"办结时限{matter.due_on:%Y-%m-%d}已过，延期要在到期之前申请。请尽快办理并如实反馈，考核仍按原时限计算；"
            "领导在到期前已经批准的，请局办公室“登记延期”。"
        )
    return found


def _parts(matter: Matter, user: User, on: date, held: Sequence[Held] | None) -> dict[str, str]:
    found = {}
    mine = my_parts(user, matter, on, held)
    if not any(one.accepted_at is None for one in mine):
        found["receive"] = "本单位已经签收过协办事项。"
        found["return_part"] = "本单位已经签收，不能再退办；确实不该由本单位配合的，请联系局办公室“调整协办”。"
    if not owing(matter):
        found["urge_part"] = "没有需要催办的协办单位：没有协办单位，或者都已完成分工。"
    return found
