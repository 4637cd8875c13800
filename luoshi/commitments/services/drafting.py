"""起草、送审、退回、公示、作废: from the first words of a commitment to the day they are frozen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from luoshi.commitments import queries
from luoshi.commitments.models import Commitment, Promise
from luoshi.commitments.rules import OFFICE, OWNER, WORDS_MOST, roles
from luoshi.commitments.services.feeding import feed
from luoshi.commitments.services.moves import decision, may
from luoshi.lib.lifecycle import NotAllowed
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record, turn


@dataclass(frozen=True, slots=True)
class Words:
    """One promise as it is written: what, how it shows that it was done, by when."""

    words: str
    measure: str
    due_on: date | None


@act
def open_commitment(
    *, bureau: Unit, person: User, year: int, promises: Sequence[Words], phone: str, by: User, on: date
) -> Commitment:
    """起草: the leader writes his own, or 局办公室 writes it down for him. One set a leader and year."""
    mine = roles(by.pk, org.held(by, on), bureau_id=bureau.pk, person_id=person.pk, units=())
    if not mine & {OWNER, OFFICE}:
        raise NotAllowed("公开承诺由班子成员本人或局办公室起草，您目前没有这项职责。")
    if person not in queries.members(bureau.pk, on):
        raise NotAllowed(f"{person}目前不是本局班子成员，请核对承诺人。")
    _check(promises, phone, year, on)
    clause = queries.clause_for("public_promise", bureau)
    try:
        with transaction.atomic():
            found = Commitment.objects.create(
                bureau=bureau, person=person, year=year, clause=clause, phone=phone.strip(), opened_by=by, opened_on=on
            )
    except IntegrityError:
        raise NotAllowed(f"{person}{year}年的公开承诺已经登记，请打开原来的那份修改。") from None
    rows = _write(found, promises)
    record(by, "commitments.open", found, bureau=bureau.pk, rows=rows)
    return found


@act
def edit_commitment(
    commitment: Commitment, *, promises: Sequence[Words], phone: str, version: int | None, by: User, on: date
) -> Commitment:
    """修改: while it is a draft every word may change."""
    may(commitment, "edit", by=by, on=on)
    _check(promises, phone, commitment.year, on)
    turn(commitment, version, phone=phone.strip())
    dropped = list(commitment.promises.filter(order__gt=len(promises)).values_list("pk", flat=True))
    Promise.objects.filter(pk__in=dropped).delete()
    rows = _write(commitment, promises)
    batch = [(Promise, dropped)] if dropped else []
    record(by, "commitments.edit", commitment, bureau=commitment.bureau_id, rows=rows, batch=batch)
    return commitment


@act
def submit(commitment: Commitment, *, version: int | None, by: User, on: date) -> Commitment:
    """送审: the leader has finished; 主要领导 and 局办公室 are told."""
    to, _ = may(commitment, "submit", by=by, on=on)
    turn(commitment, version, state=to, returned="")
    record(by, "commitments.submit", commitment, bureau=commitment.bureau_id)
    deciding = [
        *queries.chiefs(commitment.bureau_id, on),
        *org.holders(Duty.OFFICE, commitment.bureau_id, on),
    ]
    _tell(commitment, [one for one in deciding if one != by], "submit", "待审定")
    return commitment


@act
def give_back(commitment: Commitment, *, reason: str, version: int | None, by: User, on: date) -> Commitment:
    """退回修改, with what is to be changed."""
    to, _ = may(commitment, "give_back", by=by, on=on, reason=reason)
    turn(commitment, version, state=to, returned=reason.strip()[:300])
    record(by, "commitments.give_back", commitment, bureau=commitment.bureau_id, note=reason.strip())
    _tell(commitment, [commitment.person], "give_back", "退回修改")
    return commitment


@act
def publish(
    commitment: Commitment,
    *,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
) -> Commitment:
    """公示: from here on the words, 职务 and 分管领域 stand as they are; every later change is an amendment."""
    to, mine = may(commitment, "publish", by=by, on=on)
    who, day, note = decision(
        mine, bureau=commitment.bureau, by=by, on=on, decided_by=decided_by, decided_on=decided_on,
        source_note=source_note,
    )  # fmt: skip
    title = queries.title_of(commitment.person, commitment.bureau_id, on)
    field = queries.field_of(commitment.person, commitment.bureau_id, on)
    if not title:
        raise NotAllowed(f"{commitment.person}目前不是本局班子成员，不能公示。")
    if not field:
        raise NotAllowed(f"{commitment.person}还没有登记分管单位。请先在“单位和人员”里登记分管，再公示。")
    past = commitment.promises.filter(due_on__lt=on).first()
    if past is not None:
        raise NotAllowed(f"第{past.order}条的时限{past.due_on:%Y-%m-%d}已经过去，请先修改再公示。")
    turn(
        commitment, version, state=to, duty_title=title[:60], field=field, published_on=on, decided_by=who,
        decided_on=day, source_note=note[:200],
        clause=commitment.clause or queries.clause_for("public_promise", commitment.bureau),
    )  # fmt: skip
    feed(commitments=[commitment.pk])
    record(
        by, "commitments.publish", commitment, bureau=commitment.bureau_id, note=note, decided_by=who, decided_on=day
    )
    _tell(commitment, [one for one in [commitment.person] if one != by], "publish", "已公示")
    return commitment


@act
def void_commitment(commitment: Commitment, *, reason: str, version: int | None, by: User, on: date) -> Commitment:
    """作废 of what was never published; published words are amended in the open instead."""
    to, _ = may(commitment, "void", by=by, on=on, reason=reason)
    turn(commitment, version, state=to, void_reason=reason.strip()[:300])
    record(by, "commitments.void", commitment, bureau=commitment.bureau_id, note=reason.strip())
    return commitment


def check_promise(one: Words, year: int, on: date, *, nth: int) -> None:
    """A promise says what, how it shows, and by which day of its year; within the caller's act."""
    name = f"第{nth}条"
    if not one.words.strip() or not one.measure.strip():
        raise NotAllowed(f"{name}要写明承诺事项和完成标志（怎样算做到）。")
    if len(one.words.strip()) > WORDS_MOST or len(one.measure.strip()) > WORDS_MOST:
        raise NotAllowed(f"{name}的承诺事项、完成标志各不超过{WORDS_MOST}字。")
    if one.due_on is None:
        raise NotAllowed(f"{name}要写明完成时限。")
    if one.due_on < on:
        raise NotAllowed(f"{name}的时限{one.due_on:%Y-%m-%d}已经过去，请核对。")
    if one.due_on.year > year:
        raise NotAllowed(f"{name}的时限超出{year}年。跨年的工作请写明本年做到哪一步，年底好逐条兑现。")


def _check(promises: Sequence[Words], phone: str, year: int, on: date) -> None:
    if not promises:
        raise NotAllowed("至少写一条承诺。")
    if not phone.strip():
        raise NotAllowed("请填写监督电话。")
    if year not in (on.year, on.year + 1):
        raise NotAllowed(f"只能登记{on.year}年或{on.year + 1}年的承诺，请核对年度。")
    for nth, one in enumerate(promises, 1):
        check_promise(one, year, on, nth=nth)


def _write(commitment: Commitment, promises: Sequence[Words]) -> list[Promise]:
    """The draft's rows, in their order; a row that stood there takes the new words."""
    rows = []
    for nth, one in enumerate(promises, 1):
        told = {"words": one.words.strip(), "measure": one.measure.strip(), "due_on": one.due_on,
                "due_now_on": one.due_on}  # fmt: skip
        row, _ = Promise.objects.update_or_create(commitment=commitment, order=nth, defaults=told)
        rows.append(row)
    return rows


def _tell(commitment: Commitment, people: list[User], move: str, words: str) -> None:
    notify(
        dict.fromkeys(people), bureau=commitment.bureau_id, kind=f"commitments.{move}",
        key=f"commitments:{commitment.pk}:{move}:{commitment.version}", title=f"{words}：{commitment}",
        url=commitment.get_absolute_url(),
    )  # fmt: skip
