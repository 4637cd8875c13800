"""表扬奖励: proposed on evidence, publicised, objections answered, decided by the body, told inside the bureau."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from luoshi.cadres import queries
from luoshi.cadres.models import Commendation, CommendationObjection, CommendationProof, MeritEntry
from luoshi.cadres.rules import (
    BODY,
    COMMEND_MOVES,
    LONG_MOST,
    PROPOSERS,
    TITLE_MOST,
    WORDS_MOST,
    CommendKind,
    CommendState,
    MeritState,
    ObjectionState,
)
from luoshi.cadres.services.feeding import feed
from luoshi.cadres.services.moves import decision, move, tell, written
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.matters.models import Matter
from luoshi.matters.rules import reckon
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.problems import queries as problems
from luoshi.problems.models import Problem
from luoshi.records.services import act, keep, record, turn
from luoshi.workdays import queries as workdays

SLOT = "rewards"


@act
def commend(
    *,
    bureau: Unit,
    kind: str,
    title: str,
    reasons: str,
    by: User,
    on: date,
    person: User | None = None,
    unit: Unit | None = None,
    merits: Sequence[MeritEntry] = (),
    linked: Sequence[Matter] = (),
    cured: Sequence[Problem] = (),
    staged: Sequence[str] = (),
) -> Commendation:
    """提出: a person or a unit, the deeds in words, and the records they stand on."""
    duties = {one.duty for one in org.held(by, on) if one.bureau_id == bureau.pk}
    if not duties & set(PROPOSERS):
        raise NotAllowed("表扬奖励由单位负责人、分管领导、主要领导或局办公室提出，您目前没有这项职责。")
    if kind not in CommendKind.values:
        raise NotAllowed("请选择表扬通报、绩效奖励建议或优先使用建议。")
    if (person is None) == (unit is None):
        raise NotAllowed("请选择一名个人，或一个单位。")
    if person is not None and (person == by or not queries.nameable(bureau.pk, on).filter(pk=person.pk).exists()):
        raise NotAllowed("表扬的应是本局其他在职干部，请核对。")
    if unit is not None and unit.bureau_id != bureau.pk:
        raise NotAllowed("表扬的应是本局的单位，请核对。")
    _not_barred(person, unit, bureau, on)
    if not (merits or linked or cured or staged):
        raise NotAllowed("请至少选一条凭据：实绩、督办事项、问题或材料。")
    found = Commendation.objects.create(
        bureau=bureau, kind=kind, person=person, unit=unit, title=written(title, TITLE_MOST, "事由"),
        reasons=written(reasons, LONG_MOST, "事迹"), clause=queries.clause_for(SLOT, bureau), proposed_by=by,
        proposed_on=on,
    )  # fmt: skip
    rows = _proofs(found, merits, linked, cured, staged, by, on)
    record(by, "cadres.commend", found, bureau=bureau.pk, rows=rows)
    tell(list(org.holders(Duty.OFFICE, bureau.pk, on)), bureau_id=bureau.pk, key=f"commend:{found.pk}",
         title=f"有一项表扬奖励待公示：{found}", url=found.get_absolute_url(), but=by)  # fmt: skip
    return found


@act
def put_on_notice(commendation: Commendation, *, version: int | None, by: User, on: date) -> Commendation:
    """公示: from today for the rule's days; everybody in the bureau reads it and may object."""
    to, _ = _may(commendation, "notice", by, on)
    _not_barred(commendation.person, commendation.unit, commendation.bureau, on)
    plan_id = commendation.clause.version.plan_id if commendation.clause is not None else None
    counted = queries.notice_days(commendation.bureau_id, plan_id, on)
    turn(
        commendation, version, state=to, notice_from_on=counted.day0, notice_until_on=counted.until.due,
        notice_basis=counted.until.basis, provisional=counted.until.provisional, rule_id=counted.rule.rule_id,
        citation=counted.rule.citation[:300],
    )  # fmt: skip
    record(by, "cadres.notice", commendation, bureau=commendation.bureau_id,
           note=f"公示到{counted.until.due:%Y-%m-%d}")  # fmt: skip
    return commendation


@act
def object_to(commendation: Commendation, *, words: str, by: User, on: date) -> CommendationObjection:
    """提出异议, while the notice stands; only the personnel side and who raised it read who did."""
    _may(commendation, "object", by, on)
    if commendation.notice_until_on is not None and on > commendation.notice_until_on:
        raise NotAllowed(f"公示已于{commendation.notice_until_on:%Y-%m-%d}结束，请直接向局办公室反映。")
    found = CommendationObjection.objects.create(
        commendation=commendation, words=written(words, WORDS_MOST, "异议内容"), by=by, on=on
    )
    record(by, "cadres.object", commendation, bureau=commendation.bureau_id, rows=[found])
    tell(_deciding(commendation, on), bureau_id=commendation.bureau_id, key=f"object:{found.pk}",
         title=f"公示收到异议：{commendation}", url=commendation.get_absolute_url(), but=by)  # fmt: skip
    return found


@act
def settle_objection(
    objection: CommendationObjection, *, upheld: bool, words: str, by: User, on: date
) -> CommendationObjection:
    """答复异议: by somebody who did not propose it."""
    commendation = objection.commendation
    _may(commendation, "settle_objection", by, on)
    if by.pk in (commendation.proposed_by_id, objection.by_id):
        raise NotAllowed("提出表扬的人和提出异议的人不能自己答复，请由局办公室其他人或主要领导答复。")
    state = ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED
    won = CommendationObjection.objects.filter(pk=objection.pk, state=ObjectionState.OPEN).update(
        state=state, answer=written(words, WORDS_MOST, "答复"), answered_by=by, answered_on=on
    )
    objection.refresh_from_db()
    if not won:
        raise NotAllowed("这条异议已经答复过了。")
    record(by, "cadres.settle_objection", commendation, bureau=commendation.bureau_id, rows=[objection])
    tell([objection.by], bureau_id=commendation.bureau_id, key=f"objection:{objection.pk}",
         title=f"您的公示异议已答复：{commendation}", url=commendation.get_absolute_url(), but=by)  # fmt: skip
    return objection


@act
def approve(
    commendation: Commendation,
    *,
    agreed: bool,
    said: str,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
    body: str = BODY,
) -> Commendation:
    """决定: agreed or not, once the notice is over and every objection is answered."""
    to, mine = _may(commendation, "approve", by, on)
    until = commendation.notice_until_on
    if until is not None and on <= until:
        raise NotAllowed(f"公示到{until:%Y-%m-%d}，期满后再登记决定。")
    if commendation.objections.filter(state=ObjectionState.OPEN).exists():
        raise NotAllowed("还有异议没有答复，请先逐条答复。")
    if agreed:
        _not_barred(commendation.person, commendation.unit, commendation.bureau, on)
    elif not said.strip():
        raise NotAllowed("没有通过的，请写明理由。")
    who, day, note = decision(
        mine, bureau=commendation.bureau, by=by, on=on, decided_by=decided_by, decided_on=decided_on,
        source_note=source_note,
    )  # fmt: skip
    if until is not None and day <= until:
        raise NotAllowed(f"公示到{until:%Y-%m-%d}，决定日期应在期满之后，请核对纪要。")
    turn(
        commendation, version, state=to if agreed else CommendState.REFUSED, said=said.strip()[:WORDS_MOST],
        decided_by=who, decided_on=day, source_note=note[:200], body=body.strip()[:60] or BODY,
    )  # fmt: skip
    record(by, "cadres.approve", commendation, bureau=commendation.bureau_id, note="同意" if agreed else "未通过",
           decided_by=who, decided_on=day)  # fmt: skip
    return commendation


@act
def publish(commendation: Commendation, *, version: int | None, by: User, on: date) -> Commendation:
    """印发: inside the bureau; the person or the unit's head is told."""
    to, _ = _may(commendation, "publish", by, on)
    _not_barred(commendation.person, commendation.unit, commendation.bureau, on)
    turn(commendation, version, state=to, published_by=by, published_on=on)
    feed(commendations=[commendation.pk])
    record(by, "cadres.publish", commendation, bureau=commendation.bureau_id)
    head = org.head_of(commendation.unit_id, on) if commendation.unit_id is not None else commendation.person
    tell([head] if head is not None else [], bureau_id=commendation.bureau_id, key=f"published:{commendation.pk}",
         title=f"{commendation.get_kind_display()}：{commendation.title}", url=commendation.get_absolute_url(),
         but=by)  # fmt: skip
    return commendation


@act
def withdraw(commendation: Commendation, *, reason: str, version: int | None, by: User, on: date) -> Commendation:
    """撤回 of what was not decided; the row stays with the reason."""
    to, _ = _may(commendation, "withdraw", by, on, reason)
    turn(commendation, version, state=to, void_reason=written(reason, WORDS_MOST, "理由"))
    record(by, "cadres.withdraw", commendation, bureau=commendation.bureau_id)
    return commendation


@act
def recount_notices(*, on: date, by: User | None) -> int:
    """Count the provisional ends of running notices again once a year's calendar is published; how many moved."""
    moved = 0
    for one in Commendation.objects.filter(state=CommendState.NOTICED, provisional=True).order_by("pk"):
        again = reckon(one.notice_basis, workdays.calendar(one.bureau_id))
        if (again.due, again.provisional) == (one.notice_until_on, one.provisional):
            continue
        turn(one, None, notice_until_on=again.due, notice_basis=again.basis, provisional=again.provisional)
        record(by, "cadres.recount", one, bureau=one.bureau_id, note=f"公示到{again.due:%Y-%m-%d}")
        moved += 1
    return moved


def _may(one: Commendation, name: str, by: User, on: date, reason: str | None = None) -> tuple[str, frozenset[str]]:
    one.refresh_from_db()
    mine = queries.commend_roles(by, org.held(by, on), one)
    return move(COMMEND_MOVES, name, one.state, mine, CommendState, reason), mine


def _not_barred(person: User | None, unit: Unit | None, bureau: Unit, on: date) -> None:
    keys = (person.pk if person else None, unit.pk if unit else None)
    if queries.barred(*keys, bureau_id=bureau.pk, on=on):
        raise NotAllowed(f"{person or unit}{queries.BARRED}")


def _deciding(commendation: Commendation, on: date) -> list[User]:
    people = [*org.holders(Duty.OFFICE, commendation.bureau_id, on), *queries.chiefs(commendation.bureau_id, on)]
    return [one for one in dict.fromkeys(people) if one.pk != commendation.person_id]


def _proofs(
    found: Commendation, merits: Sequence[MeritEntry], linked: Sequence[Matter], cured: Sequence[Problem],
    staged: Sequence[str], by: User, on: date,
) -> list[Any]:  # fmt: skip
    here = found.bureau_id
    good = queries.merits_seen(by, org.held(by, on), on).filter(state=MeritState.KEPT, bureau=here)
    doors = (
        ("merit", merits, good),
        ("matter", linked, matters.visible_to(by, on).filter(bureau=here)),
        ("problem", cured, problems.public_to(by, on).filter(bureau=here)),
    )
    rows: list[Any] = []
    for name, chosen, door in doors:
        keys = {one.pk for one in chosen}
        if keys and door.filter(pk__in=keys).count() != len(keys):
            raise NotAllowed("所选凭据中有您看不到的，或还没有审核入档的，请重新选择。")
        rows += [CommendationProof.objects.create(commendation=found, **{name: one}) for one in chosen]
    files = keep(staged, by=by, bureau=here) if staged else []
    rows += files
    rows += [CommendationProof.objects.create(commendation=found, evidence=one) for one in files]
    return rows
