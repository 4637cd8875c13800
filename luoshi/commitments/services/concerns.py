"""急难愁盼: received, answered within the rule's days, ended solved or explained. To answer is not to close."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from luoshi.commitments import queries
from luoshi.commitments.models import Concern, Promise
from luoshi.commitments.rules import ConcernKind, ConcernState, Ending, roles
from luoshi.commitments.services.feeding import feed
from luoshi.commitments.services.moves import may_concern
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import services as errands
from luoshi.matters.models import Matter
from luoshi.matters.queries.people import receivers
from luoshi.matters.rules import State as MatterState
from luoshi.matters.rules import reckon
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems import services as problems
from luoshi.problems.models import Problem
from luoshi.records.services import act, record, turn
from luoshi.workdays import queries as workdays
from luoshi.workdays.rules import Calendar

ENDED = (MatterState.CLOSED, MatterState.ARCHIVED, MatterState.CANCELLED)


UNNAMED = "诉求反映人（姓名见原诉求）"
"""What the ledger says in place of a name."""


@act
def receive(
    *,
    bureau: Unit,
    kind: str,
    title: str,
    received_on: date,
    leader: User,
    by: User,
    on: date,
    words: str = "",
    from_whom: str = "",
    contact: str = "",
    unit: Unit | None = None,
    promise: Promise | None = None,
) -> Concern:
    """登记: from the day of receipt the clock of the answer runs; the leader and the unit are told."""
    units = [unit.pk] if unit is not None else []
    mine = roles(by.pk, org.held(by, on), bureau_id=bureau.pk, person_id=leader.pk, units=units)
    if not mine:
        raise NotAllowed("群众诉求由局办公室、责任领导或办理单位登记，请核对责任领导和办理单位。")
    _check(bureau, kind, title, received_on, leader, unit, on)
    if promise is not None and (
        promise.commitment.bureau_id != bureau.pk
        or promise.commitment.person_id != leader.pk
        or promise.commitment.published_on is None
    ):
        raise NotAllowed("所选承诺不是责任领导已公示的承诺，请重新选择。")
    if promise is not None:
        clause = promise.commitment.clause
    else:
        clause = queries.clause_for("promise_answer" if kind == ConcernKind.SCOPE else "livelihood_concern", bureau)
    plan_id = clause.version.plan_id if clause is not None else None
    counted = queries.count_answer(bureau.pk, plan_id, received_on, on)
    found = Concern.objects.create(
        bureau=bureau, kind=kind, title=title.strip(), words=words.strip(), from_whom=from_whom.strip(),
        contact=contact.strip(), received_on=received_on, leader=leader, unit=unit, promise=promise,
        commitment=promise.commitment if promise else None, clause=clause, day0_on=counted.day0,
        answer_due_on=counted.due.due, rule_id=counted.rule.rule_id, citation=counted.rule.citation,
        basis=counted.due.basis, provisional=counted.due.provisional, opened_by=by, opened_on=on,
    )  # fmt: skip
    feed(concerns=[found.pk])
    record(by, "commitments.receive", found, bureau=bureau.pk, note=f"由{unit or leader}办理")
    _tell(found, _people(found, on), "receive", f"{found.answer_due_on:%m-%d}前答复", by=by)
    return found


@act
def answer(
    concern: Concern,
    *,
    words: str,
    version: int | None,
    by: User,
    on: date,
    answered_on: date | None = None,
    ending: str = "",
    measure: str = "",
) -> Concern:
    """答复: what was said to whoever raised it; with `ending` the same words also end it."""
    to = may_concern(concern, "answer", by=by, on=on)
    day = answered_on or on
    if not words.strip():
        raise NotAllowed("请写明怎样答复的。")
    if day > on:
        raise NotAllowed("答复日期不能晚于今天。")
    if day < concern.received_on:
        raise NotAllowed(f"答复日期不能早于收到日期{concern.received_on:%Y-%m-%d}。")
    changes: dict[str, object] = {"state": to, "answered_on": day, "answered_by": by, "answer": words.strip()}
    note = "" if day == on else f"答复日期{day:%Y-%m-%d}"
    if ending:
        _may_end(concern, ending)
        changes |= {"state": ConcernState.CLOSED, "ending": ending, "measure": measure.strip() or words.strip(),
                    "closed_on": on, "closed_by": by}  # fmt: skip
        note = f"{note} {Ending(ending).label}".strip()
    turn(concern, version, **changes)
    feed(concerns=[concern.pk])
    record(by, "commitments.answer", concern, bureau=concern.bureau_id, note=note)
    _tell(concern, [concern.leader], "answer", "已答复", by=by)
    return concern


@act
def close(concern: Concern, *, ending: str, measure: str, version: int | None, by: User, on: date) -> Concern:
    """办结: solved, with the result; or explained, with what was explained."""
    to = may_concern(concern, "close", by=by, on=on)
    _may_end(concern, ending)
    if not measure.strip():
        what = "措施和结果" if ending == Ending.SOLVED else "怎样解释的、群众什么态度"
        raise NotAllowed(f"请写明{what}。")
    turn(concern, version, state=to, ending=ending, measure=measure.strip(), closed_on=on, closed_by=by)
    feed(concerns=[concern.pk])
    record(by, "commitments.close", concern, bureau=concern.bureau_id, note=Ending(ending).label)
    _tell(concern, [concern.leader], "close", Ending(ending).label, by=by)
    return concern


@act
def hand_over(
    concern: Concern, *, unit: Unit, due_on: date | None, version: int | None, by: User, on: date, now: datetime
) -> Matter:
    """转督办: what takes longer becomes a supervised matter (拟办); the clock of the answer runs on."""
    may_concern(concern, "hand_over", by=by, on=on)
    if concern.matter_id is not None:
        raise NotAllowed("这件诉求已经转督办。")
    matter = errands.open_matter(
        bureau=concern.bureau, title=concern.title, source="PLAN" if concern.clause else "KEY_WORK",
        source_title=f"{concern.get_kind_display()}（{concern.received_on:%Y-%m-%d}收到）", requirement=concern.words,
        lead_unit=unit, leader=concern.leader, clause=concern.clause, due_on=due_on, by=by, on=on, now=now,
    )  # fmt: skip
    turn(concern, version, matter=matter, unit=unit)
    record(by, "commitments.hand_over", concern, bureau=concern.bureau_id, note=f"由{unit}办理")
    return matter


@act
def list_problem(concern: Concern, *, version: int | None, by: User, on: date, now: datetime) -> Problem:
    """列入问题台账: behind the concern stands something that must be put right; nothing is asked twice.

    Who raised it stays with the concern: more people see the ledger, and whoever closes there is told to ask him.
    """
    may_concern(concern, "list_problem", by=by, on=on)
    if concern.problem is not None:
        raise NotAllowed("这件诉求已经列入问题台账。")
    found = problems.open_problem(
        bureau=concern.bureau, title=concern.title, source="OPINION", channel="MASSES", found_on=concern.received_on,
        detail=concern.words, raiser=UNNAMED if concern.from_whom else "", unit=concern.unit, leader=concern.leader,
        clause=concern.clause, by=by, on=on, now=now,
    )  # fmt: skip
    turn(concern, version, problem=found)
    record(by, "commitments.list_problem", concern, bureau=concern.bureau_id, note=str(found))
    return found


@act
def reassign(concern: Concern, *, leader: User, unit: Unit | None, version: int | None, by: User, on: date) -> Concern:
    """改由他人办: another leader or unit; the date stays as it was counted."""
    may_concern(concern, "reassign", by=by, on=on)
    _check(concern.bureau, concern.kind, concern.title, concern.received_on, leader, unit, on)
    if (leader.pk, unit.pk if unit else None) == (concern.leader_id, concern.unit_id):
        raise NotAllowed("责任领导和办理单位都没有改动。")
    changes: dict[str, object] = {"leader": leader, "unit": unit}
    if leader.pk != concern.leader_id:
        changes |= {"promise": None, "commitment": None}
    turn(concern, version, **changes)
    record(by, "commitments.reassign", concern, bureau=concern.bureau_id, note=f"{leader} {unit or ''}".strip())
    _tell(concern, _people(concern, on), "reassign", f"{concern.answer_due_on:%m-%d}前答复", by=by)
    return concern


@act
def void_concern(concern: Concern, *, reason: str, version: int | None, by: User, on: date) -> Concern:
    """作废: entered twice or by mistake; the row stays with the reason."""
    to = may_concern(concern, "void_concern", by=by, on=on, reason=reason)
    turn(concern, version, state=to, void_reason=reason.strip()[:300])
    record(by, "commitments.void_concern", concern, bureau=concern.bureau_id, note=reason.strip())
    return concern


@act
def recount_answers(*, on: date, by: User | None) -> int:
    """Count the provisional dates of unanswered concerns again once a year's calendar is published; how many moved."""
    moved = 0
    calendars: dict[int, Calendar] = {}
    for one in Concern.objects.filter(state=ConcernState.WAITING, provisional=True).order_by("pk"):
        calendar = calendars.setdefault(one.bureau_id, workdays.calendar(one.bureau_id))
        again = reckon(one.basis, calendar)
        if (again.due, again.provisional) == (one.answer_due_on, one.provisional):
            continue
        note = f"{one.answer_due_on:%Y-%m-%d} → {again.due:%Y-%m-%d}"
        turn(one, None, answer_due_on=again.due, basis=again.basis, provisional=again.provisional)
        record(by, "commitments.recount", one, bureau=one.bureau_id, note=note)
        moved += 1
    return moved


def _may_end(concern: Concern, ending: str) -> None:
    if ending not in Ending.values:
        raise NotAllowed("请选择已解决，或已解释说明。")
    if ending == Ending.SOLVED and concern.matter is not None and concern.matter.state not in ENDED:
        raise NotAllowed("转督办的事项还没有办结。事项办结后，再在这里登记“已解决”。")


def _check(bureau: Unit, kind: str, title: str, received_on: date, leader: User, unit: Unit | None, on: date) -> None:
    if kind not in ConcernKind.values:
        raise NotAllowed("请选择诉求类别。")
    if not title.strip() or len(title.strip()) > 120:
        raise NotAllowed("请写明事由，不超过120字。")
    if received_on > on:
        raise NotAllowed("收到日期不能晚于今天。")
    if leader not in queries.members(bureau.pk, on):
        raise NotAllowed(f"{leader}目前不是本局班子成员，请重新选择责任领导。")
    if unit is not None and not org.units_of(bureau.pk, on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}不是本局现有单位，请重新选择。")


def _people(concern: Concern, on: date) -> list[User]:
    return [concern.leader, *(receivers([concern.unit_id], on) if concern.unit_id is not None else [])]


def _tell(concern: Concern, people: Iterable[User], move: str, words: str, *, by: User) -> None:
    notify(
        dict.fromkeys(one for one in people if one != by), bureau=concern.bureau_id, kind=f"commitments.{move}",
        key=f"commitments:concern:{concern.pk}:{move}:{concern.version}", title=f"{words}：{concern.title}",
        url=concern.get_absolute_url(),
    )  # fmt: skip
