"""优秀名额: places reckoned, people put forward by people, names shown, the body decides, each is told in writing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.appraisal.models import Nomination, Pool, YearMaterial, YearObjection
from luoshi.appraisal.queries import materials as papers
from luoshi.appraisal.queries import pools as told
from luoshi.appraisal.queries.windows import window
from luoshi.appraisal.rules.pools import (
    MOVES,
    NominationState,
    PoolState,
    quota,
    why_no_pool,
    why_not_share,
    why_over,
)
from luoshi.appraisal.services.deciding import Paper, decision
from luoshi.appraisal.services.moves import reasoned
from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record, turn

STATES = {str(value): str(label) for value, label in PoolState.choices}


def may(pool: Pool, name: str, *, by: User, on: date) -> str:
    """The state after a move, or `NotAllowed`; within the caller's act."""
    pool.refresh_from_db()
    return destination(MOVES, name, state=pool.state, duties=told.roles(by, org.held(by, on), pool), states=STATES)


@act
def open_pool(
    *, bureau: Unit, year: int, personnel_type: str, by: User, on: date, percent: int = 20, consent: str = "",
    eligible: int | None = None, eligible_reason: str = "",
) -> Pool:  # fmt: skip
    """登记名额 of one kind of personnel: counted from the posts of the day, changed only with a reason."""
    if Duty.OFFICE not in org.duties(by, bureau.pk, on):
        raise NotAllowed("优秀名额由局办公室登记，您目前没有这项职责。")
    if year not in (on.year - 1, on.year):
        raise NotAllowed("只能登记今年或去年的名额，请核对年度。")
    refused = why_no_pool(personnel_type)
    if refused:
        raise NotAllowed(refused)
    counted = told.count_staff(bureau.pk, personnel_type, on)
    rule = told.rounding(bureau.pk, on)
    head = {"rounding": rule.value["choice"], "rounding_source": rule.citation[:200]}
    figures = _figures(head["rounding"], counted, eligible, eligible_reason, percent, consent)
    try:
        with transaction.atomic():
            pool = Pool.objects.create(
                bureau=bureau, year=year, personnel_type=personnel_type, counted=counted, counted_on=on, opened_by=by,
                opened_on=on, **head, **figures,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("这类人员本年度的名额已经登记，请打开原来的那份。") from None
    record(by, "appraisal.open_pool", pool, bureau=bureau.pk, note=pool.places_words)
    return pool


@act
def change_pool(
    pool: Pool, *, percent: int, consent: str, eligible: int | None, eligible_reason: str, version: int | None,
    by: User, on: date,
) -> Pool:  # fmt: skip
    """修改名额: the number that takes part, or the share, each with its ground."""
    may(pool, "change", by=by, on=on)
    turn(pool, version, **_figures(pool.rounding, pool.counted, eligible, eligible_reason, percent, consent))
    record(by, "appraisal.change_pool", pool, bureau=pool.bureau_id, note=pool.places_words)
    return pool


@act
def nominate(pool: Pool, *, person: User, reasons: str, by: User, on: date) -> Nomination:
    """推荐: one person, by his unit's head or the office, with reasons from evidence; the barred are refused."""
    may(pool, "nominate", by=by, on=on)
    _may_take(pool, person, by, on)
    if not reasons.strip():
        raise NotAllowed("请写明推荐理由，用办成的事说话。")
    unit = papers.seats([person.pk], pool.bureau_id, pool.year, on).get(person.pk)
    if unit is None:
        raise NotAllowed(f"{person}在{pool.year}年没有在本局任职。")
    material = YearMaterial.objects.filter(bureau=pool.bureau_id, person=person, year=pool.year).first()
    try:
        with transaction.atomic():
            found = Nomination.objects.create(
                pool=pool, person=person, unit=unit, material=material, reasons=reasons.strip()[:500], proposed_by=by,
                proposed_on=on,
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed(f"{person}已经推荐，不用重复推荐。") from None
    record(by, "appraisal.nominate", found, bureau=pool.bureau_id)
    return found


@act
def withdraw_nomination(nomination: Nomination, *, reason: str, version: int | None, by: User, on: date) -> Nomination:
    """撤回推荐, with its reason; by who proposed it or the office."""
    pool = nomination.pool
    may(pool, "withdraw", by=by, on=on)
    why = reasoned(reason, "撤回推荐")
    office = Duty.OFFICE in org.duties(by, pool.bureau_id, on)
    if not office and nomination.proposed_by_id != by.pk:
        raise NotAllowed("推荐由推荐人或局办公室撤回。")
    nomination.refresh_from_db()
    if nomination.state != NominationState.PROPOSED:
        raise NotAllowed("这条推荐已经撤回。")
    turn(nomination, version, state=NominationState.WITHDRAWN, withdraw_reason=why[:200])
    record(by, "appraisal.withdraw_nomination", nomination, bureau=pool.bureau_id, note=why)
    return nomination


@act
def show_pool(pool: Pool, *, version: int | None, by: User, on: date) -> Pool:
    """公示 of the names put forward, not more than there are places."""
    to = may(pool, "show", by=by, on=on)
    rows = _proposed(pool)
    if not rows:
        raise NotAllowed("还没有人被推荐，不能公示。没有合适人选的，可以不用名额。")
    _within(len(rows), pool.places)
    for one in rows:
        _may_take(pool, one.person, by, on, again=True)
    days = window(pool.bureau_id, on)
    turn(pool, version, state=to, shown_on=on, objection_until=days.until, objection_basis=days.basis)
    record(by, "appraisal.show_pool", pool, bureau=pool.bureau_id, note=f"公示到{days.until:%Y-%m-%d}")
    return pool


@act
def decide_pool(pool: Pool, *, chosen: Collection[int], paper: Paper, version: int | None, by: User, on: date) -> Pool:
    """决定: by the body in power, never more than the places; each person put forward is told in writing."""
    Pool.objects.select_for_update().get(pk=pool.pk)
    to = may(pool, "decide", by=by, on=on)
    if pool.objection_until is not None and on <= pool.objection_until:
        raise NotAllowed(f"公示到{pool.objection_until:%Y-%m-%d}才满期，满期后才能决定。")
    if YearObjection.objects.filter(nomination__pool=pool, upheld=None).exists():
        raise NotAllowed("还有公示意见没有核实答复，答复后才能决定。")
    rows = _proposed(pool)
    wanted = set(chosen)
    if not wanted <= {one.pk for one in rows}:
        raise NotAllowed("所选的人不在公示名单里，请刷新页面。")
    _within(len(wanted), pool.places)
    for one in rows:
        if one.pk in wanted:
            _may_take(pool, one.person, by, on, again=True)
            if one.objections.filter(upheld=True).exists():
                raise NotAllowed(f"对{one.person}的公示意见已核实成立，不能确定为优秀。")
    made = decision(pool.bureau, paper, by=by, on=on, after=pool.objection_until)
    turn(pool, version, state=to, decided_by=made.by, decided_on=made.on, body=made.body, source_note=made.note,
         minutes=made.minutes)  # fmt: skip
    for one in rows:
        state = NominationState.EXCELLENT if one.pk in wanted else NominationState.NOT
        turn(one, None, state=state, told_on=on)
    kept: list[Any] = [*rows, made.minutes] if made.minutes else [*rows]
    record(by, "appraisal.decide_pool", pool, bureau=pool.bureau_id, rows=kept, decided_by=made.by,
           decided_on=made.on, note=f"{made.body} {made.note}".strip())  # fmt: skip
    for one in rows:
        notify(
            [one.person], bureau=pool.bureau_id, kind="appraisal.decide_pool", key=f"appraisal:nomination:{one.pk}",
            title=f"{pool.year}年度考核结果通知，请查看", url=papers.my_url(pool.year),
        )  # fmt: skip
    return pool


def _figures(
    rounding: str, counted: int, eligible: int | None, reason: str, percent: int, consent: str
) -> dict[str, Any]:
    number = counted if eligible is None else eligible
    if number < 0:
        raise NotAllowed("人数不能是负数。")
    if number != counted and not reason.strip():
        raise NotAllowed(f"按任职算出{counted}人，改为{number}人要写明理由（如长期病假、新录用不参加）。")
    refused = why_not_share(percent, consent=consent)
    if refused:
        raise NotAllowed(refused)
    found = quota(number, percent, rounding, consent=bool(consent.strip()))
    return {
        "eligible": number, "eligible_reason": reason.strip()[:300] if number != counted else "", "percent": percent,
        "consent": consent.strip()[:200], "places": found.number, "places_words": found.words[:200],
    }  # fmt: skip


def _proposed(pool: Pool) -> list[Nomination]:
    rows = Nomination.objects.filter(pool=pool, state=NominationState.PROPOSED)
    return list(rows.select_related("person", "pool", "unit").order_by("pk"))


def _within(number: int, places: int) -> None:
    refused = why_over(number, places)
    if refused:
        raise NotAllowed(refused)


def _may_take(pool: Pool, person: User, by: User, on: date, *, again: bool = False) -> None:
    """A person of the pool's kind, in office, not barred; a head puts forward his own unit's people, nobody himself."""
    refused = why_no_pool(person.personnel_type)
    if refused:
        raise NotAllowed(f"{person}是领导班子成员。{refused}")
    if person.personnel_type != pool.personnel_type:
        raise NotAllowed(f"{person}是{person.get_personnel_type_display()}，名额分类使用，不能占用{pool}。")
    barred = told.why_barred(person, pool, on)
    if barred:
        raise NotAllowed(barred)
    if again:
        return
    if person.pk == by.pk:
        raise NotAllowed("不能推荐本人。")
    if not told.proposable(by, org.held(by, on), pool, on).filter(pk=person.pk).exists():
        raise NotAllowed(f"{person}不在您可以推荐的范围内：单位负责人推荐本单位的人，局办公室登记各单位的推荐。")
