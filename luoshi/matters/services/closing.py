"""核查, 退回, 办结, 归档, 反弹重办."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Unpack

from luoshi.matters import queries
from luoshi.matters.models import Matter
from luoshi.matters.services import deadlines
from luoshi.matters.services.moves import Form, TimedForm, ask, move
from luoshi.matters.services.parties import begin_again
from luoshi.matters.services.roadmap import end_roadmaps
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act


@act
def verify(matter: Matter, *, note: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """核查通过: another person looked; `note` says how (材料核查、现场核查、回访) and what was found."""
    step = move(matter, "verify", by=by, on=on, note=note, **form)
    step.tell([matter.leader, *org.holders(Duty.OFFICE, matter.bureau_id, on)], "核查通过，待办结")
    return step.done()


@act
def send_back(matter: Matter, *, reason: str, by: User, on: date, **form: Unpack[TimedForm]) -> Matter:
    """退回: not finished; back to 办理中 with the reason, counted in `returns`; 办结时限 runs on as it was."""
    turn = ask(matter, "send_back", by=by, on=on, note=reason, **form)
    step = turn.make(changes={"returns": matter.returns + 1, "submitted_on": None})
    step.rows += deadlines.run_again(step.matter)
    step.tell(queries.unit_people(step.matter, on), "核查未通过，已退回")
    return step.done()


@act
def close(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[TimedForm]) -> Matter:
    """办结: the assigning leader agrees that it is done."""
    step = move(matter, "close", by=by, on=on, note=note, changes={"closed_on": on}, **form)
    people = [*queries.unit_people(step.matter, on), *org.holders(Duty.OFFICE, matter.bureau_id, on)]
    step.tell(people, "已办结")
    return step.done()


@act
def archive(matter: Matter, *, by: User, on: date, note: str = "", **form: Unpack[TimedForm]) -> Matter:
    """归档: into the files; nothing moves any more but 反弹重办."""
    return move(matter, "archive", by=by, on=on, note=note, changes={"archived_on": on}, **form).done()


@act
def reopen(
    matter: Matter, *, reason: str, due_on: date, by: User, on: date, now: datetime, **form: Unpack[Form]
) -> Matter:
    """反弹重办: it came up again; same number, next cycle, new day 0 and new dates.

    The 承办人 stays while he is still of the lead unit; the earlier cycle keeps its events, dates and roadmap, the new
    one begins without a roadmap, and the assisting units are asked anew.
    """
    turn = ask(matter, "reopen", by=by, on=on, now=now, note=reason, **form)
    dates = deadlines.hand_out(matter, now=now, on=on, due_on=due_on)
    stays = matter.handler is not None and org.people_of([matter.lead_unit_id], on).contains(matter.handler)
    changes: dict[str, Any] = dates.fields(now) | {
        "cycle": matter.cycle + 1,
        "accepted_on": on,
        "handler": matter.handler if stays else None,
        "next_step_on": None,
        "submitted_on": None,
        "closed_on": None,
        "archived_on": None,
    }
    step = turn.make(changes=changes, data=dates.words())
    step.rows += [*deadlines.start(step.matter, dates), *end_roadmaps(step.matter), *begin_again(step.matter, on)]
    step.tell(queries.unit_people(step.matter, on), "事项反弹，请重新办理")
    assists = [one.pk for one in queries.assist_units(step.matter)]
    step.tell(queries.receivers(assists, on), "事项反弹，请重新签收协办事项")
    return step.done()
