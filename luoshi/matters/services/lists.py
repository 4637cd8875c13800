"""交办清单: a list's items written down, approved and handed out in one act; more items; the list's end (2.2.5.1a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Unpack

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries
from luoshi.matters.models import Matter, MatterEvent, MatterParty, Meeting, TaskList
from luoshi.matters.pasting import ROWS_MOST
from luoshi.matters.rules import LIST_ACTS, MAKERS, SERIES, PartyRole, Source, State, default_block
from luoshi.matters.services.bulk import (
    BATCH,
    Batch,
    Crowd,
    Paper,
    approve_all,
    assign_all,
    locked,
    prove,
    tell_receivers,
)
from luoshi.matters.services.checks import check_date, check_leader, check_units, check_words
from luoshi.matters.services.feeding import feed
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Clause
from luoshi.records.services import act, keep, record

FINISHED = frozenset({State.CLOSED, State.ARCHIVED, State.CANCELLED})
"""A list all of whose matters stand so may be archived."""
EDITABLE = {"title", "document", "source", "block", "issuer", "issued_on"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, read and checked: what one matter is opened with."""

    title: str
    lead_unit: Unit
    leader: User
    due_on: date
    requirement: str = ""
    assist_units: tuple[Unit, ...] = ()
    clause: Clause | None = None


@act
def open_list(
    *,
    bureau: Unit,
    source: str,
    issuer: User,
    issued_on: date,
    items: Sequence[Item],
    by: User,
    on: date,
    now: datetime,
    title: str = "",
    document: str = "",
    meeting: Meeting | None = None,
    block: str = "",
    series: str = SERIES,
    upto: str = State.DRAFT,
    verifier: User | None = None,
    staged: Sequence[str] = (),
    **paper: Unpack[Paper],
) -> TaskList:
    """登记清单: all items as drafts (`upto` DRAFT), or approved, or handed out as well; all of them or none.

    Numbers follow each other in the order of the list. The first file is the list's paper; every file is shown with
    each matter. Who decided is the leader who clicks, or `paper` that the office enters.
    """
    document, title = document.strip(), title.strip()
    title = title or (f"{document.removesuffix('纪要')}交办清单" if document else "")
    if not title:
        raise NotAllowed("请填写来源文件或会议，或给清单起个名称。")
    if issued_on > on:
        raise NotAllowed("交办日期不能晚于今天。")
    _check_may("open_list", bureau, by, on)
    check_words(title=title, source=source, block=block)
    check_leader(issuer, bureau, on)
    if meeting is not None and (meeting.bureau_id != bureau.pk or meeting.void):
        raise NotAllowed("这个会议已作废或不是本局的，请重新选择。")
    if not series.strip() or len(series.strip()) > 20:
        raise NotAllowed("编号系列不超过20字，一般用“督办”。")
    kept = keep(staged, by=by, bureau=bureau.pk) if staged else []
    found = TaskList.objects.create(
        bureau=bureau,
        title=title[:200],
        source=source,
        document=document,
        meeting=meeting,
        issuer=issuer,
        issued_on=issued_on,
        block=block,
        series=series.strip(),
        paper=kept[0] if kept else None,
        opened_by=by,
    )
    batch = Batch(rows=[*kept])
    crowd = Crowd(by, on, now, Paper(**paper), bool(kept))
    matters, events = _lay(found, items, 0, crowd, batch)
    _carry(found, matters, events, upto, crowd, batch, verifier, kept)
    batch.record(by, _act("open", upto), found, bureau.pk, _told(matters, upto), _decided(crowd, upto))
    return found


@act
def add_items(
    task_list: TaskList,
    *,
    items: Sequence[Item],
    version: int | None,
    by: User,
    on: date,
    now: datetime,
    upto: str = State.DRAFT,
    verifier: User | None = None,
    staged: Sequence[str] = (),
    **paper: Unpack[Paper],
) -> TaskList:
    """增加事项: further items after those the list has, as far as `upto` says."""
    _check_whole("add_items", task_list, by, on)
    _turn(task_list, version)
    if task_list.archived_on is not None:
        raise NotAllowed("清单已归档，不能再增加事项，请另立一份清单。")
    kept = keep(staged, by=by, bureau=task_list.bureau_id) if staged else []
    batch = Batch(rows=[*kept])
    crowd = Crowd(by, on, now, Paper(**paper), bool(kept))
    last = Matter.objects.filter(task_list=task_list).order_by("-place").values_list("place", flat=True).first()
    matters, events = _lay(task_list, items, last or 0, crowd, batch)
    _carry(task_list, matters, events, upto, crowd, batch, verifier, kept)
    batch.record(by, "matters.add_items", task_list, task_list.bureau_id, _told(matters, upto), _decided(crowd, upto))
    return task_list


@act
def carry_on(
    task_list: TaskList,
    *,
    upto: str,
    version: int | None,
    by: User,
    on: date,
    now: datetime,
    seen: Mapping[int, int] | None = None,
    verifier: User | None = None,
    staged: Sequence[str] = (),
    **paper: Unpack[Paper],
) -> TaskList:
    """立项 or 交办 the rest: what is still a draft is approved, and with `upto` ASSIGNED all approved is handed out.

    `seen` are the matters that the form named, with their versions: where one has moved or changed meanwhile,
    nothing is done. A leader approves only what is his; the office enters what a leader decided.
    """
    _check_may("carry_on", task_list.bureau, by, on)
    _turn(task_list, version)
    waiting = {State.DRAFT, State.APPROVED} if upto == State.ASSIGNED else {State.DRAFT}
    matters = locked(Matter.objects.filter(task_list=task_list, state__in=waiting))
    if seen is not None and seen != {one.pk: one.version for one in matters}:
        raise Stale(task_list.version, ["清单里有事项已由别人立项、交办或修改，请看最新的清单。"])
    kept = keep(staged, by=by, bureau=task_list.bureau_id) if staged else []
    batch = Batch(rows=[*kept])
    crowd = Crowd(by, on, now, Paper(**paper), bool(kept))
    first = "approve" if any(one.state == State.DRAFT for one in matters) else "assign"
    mine = crowd.mine(matters, first)
    if not matters:
        raise NotAllowed("清单里没有待立项、待交办的事项了。")
    if not mine:
        raise NotAllowed("清单里没有由您立项的事项；交办由局办公室办理。")
    drafts = any(one.state == State.DRAFT for one in mine)
    _carry(task_list, mine, [], upto, crowd, batch, verifier, kept)
    done = _decided(crowd, upto) if drafts else None
    batch.record(by, _act("", upto), task_list, task_list.bureau_id, _told(mine, upto), done)
    return task_list


@act
def edit_list(task_list: TaskList, *, changes: Mapping[str, Any], version: int | None, by: User, on: date) -> TaskList:
    """修改清单信息: the head of the list; the matters keep what they were opened with."""
    if unknown := set(changes) - EDITABLE:
        raise TypeError(f"not a word of a list: {sorted(unknown)}")
    _check_whole("edit_list", task_list, by, on)
    if task_list.archived_on is not None:
        raise NotAllowed("清单已归档，不能再修改。")
    words = {name: changes.get(name, getattr(task_list, name)) for name in ("title", "source", "block")}
    check_words(**words)
    if "issuer" in changes:
        check_leader(changes["issuer"], task_list.bureau, on)
    if changes.get("issued_on", on) > on:
        raise NotAllowed("交办日期不能晚于今天。")
    _turn(task_list, version, **changes)
    feed([task_list])
    record(by, "matters.edit_list", task_list, bureau=task_list.bureau_id, note="、".join(sorted(changes)))
    return task_list


@act
def archive_list(task_list: TaskList, *, version: int | None, by: User, on: date, now: datetime) -> TaskList:
    """清单归档: all its matters are closed or cancelled; the closed ones are archived with it."""
    _check_may("archive_list", task_list.bureau, by, on)
    if task_list.archived_on is not None:
        raise NotAllowed("清单已经归档。")
    matters = locked(Matter.objects.filter(task_list=task_list))
    still = [one for one in matters if one.state not in FINISHED]
    if still:
        raise NotAllowed(f"还有{len(still)}件没有办结或撤销（如“{still[0].title[:30]}”），办完后再归档。")
    _turn(task_list, version, archived_on=on)
    batch, closed = Batch(), [one for one in matters if one.state == State.CLOSED]
    if closed:
        events = Crowd(by, on, now).move(closed, "archive", changes=lambda one: {"archived_on": on})
        batch.add(closed)
        batch.add(events)
    batch.record(by, "matters.archive_list", task_list, task_list.bureau_id, f"共{len(matters)}件，归档{len(closed)}件")
    return task_list


@act
def take_list_copy(task_list: TaskList, *, what: str, by: User, on: date) -> None:
    """A file of the list leaves the house (its paper downloaded, a form printed): who took what is on record."""
    record(by, "matters.take_copy", task_list, bureau=task_list.bureau_id, note=what[:200])


def _check_may(name: str, bureau: Unit, by: User, on: date) -> None:
    duties = LIST_ACTS[name]
    if not duties & org.duties(by, bureau.pk, on):
        who = "局办公室" if duties == {Duty.OFFICE} else "局办公室或局领导"
        raise NotAllowed(f"清单由{who}办理，您目前没有这项职责。")


def _check_whole(name: str, task_list: TaskList, by: User, on: date) -> None:
    """A leader changes the list that he issued; another's only the office and 主要领导. Within the caller's act."""
    _check_may(name, task_list.bureau, by, on)
    if not queries.sees_whole(by, org.held(by, on), task_list):
        raise NotAllowed(f"这份清单由{task_list.issuer}交办，由其本人、主要领导或局办公室修改，您目前没有这项职责。")


def _turn(task_list: TaskList, version: int | None, **changes: Any) -> None:
    """Take the next version of the list, so that of two people one wins; within the caller's act."""
    known = task_list.version if version is None else version
    won = TaskList.objects.filter(pk=task_list.pk, version=known).update(version=known + 1, **changes)
    task_list.refresh_from_db()
    if won != 1:
        raise Stale(task_list.version, queries.said_of(task_list))


def _lay(
    task_list: TaskList, items: Sequence[Item], after: int, crowd: Crowd, batch: Batch
) -> tuple[list[Matter], list[MatterEvent]]:
    """Write the items down as drafts with their parties and first events; within the caller's act."""
    if not items:
        raise NotAllowed("清单里还没有事项，请先粘贴或填写。")
    if len(items) > ROWS_MOST:
        raise NotAllowed(f"一次最多{ROWS_MOST}项，请分成几份清单。")
    bureau, by, on = task_list.bureau, crowd.by, crowd.on
    for leader in {one.leader for one in items}:
        check_leader(leader, bureau, on)
    for place, one in enumerate(items, start=1):
        try:
            check_words(title=one.title, source=task_list.source, block=task_list.block)
            check_units(bureau, one.lead_unit, one.assist_units, on)
            check_date(one.due_on, on)
            if one.clause is not None and one.clause.version.plan.bureau_id != bureau.pk:
                raise NotAllowed("依据条款不属于本局的方案。")
        except NotAllowed as why:
            raise NotAllowed(f"第{place}项“{one.title[:30]}”：{why}") from None
    block = task_list.block or default_block(task_list.source)
    matters = Matter.objects.bulk_create(
        [
            Matter(
                bureau=bureau,
                series=task_list.series,
                title=one.title.strip(),
                requirement=one.requirement.strip(),
                source=Source.PLAN if one.clause is not None else task_list.source,
                source_title=task_list.document,
                block=block,
                clause=one.clause,
                task_list=task_list,
                place=place,
                lead_unit=one.lead_unit,
                leader=one.leader,
                opened_by=by,
                opened_on=on,
                due_on=one.due_on,
            )
            for place, one in enumerate(items, start=after + 1)
        ],
        batch_size=BATCH,
    )
    held = [one for one in org.held(by, on) if one.bureau_id == bureau.pk and one.duty in MAKERS]
    own = any(not one.standing_in_for for one in held)
    events = MatterEvent.objects.bulk_create(
        [
            MatterEvent(
                matter=one, cycle=1, move="open", at=crowd.now, on=on, operator=by, version=one.version,
                standing_in_for="" if own else held[0].standing_in_for,
            )
            for one in matters
        ],
        batch_size=BATCH,
    )  # fmt: skip
    parties = [
        MatterParty(matter=matter, unit=unit, role=role)
        for matter, one in zip(matters, items, strict=True)
        for unit, role in [(one.lead_unit, PartyRole.LEAD), *[(unit, PartyRole.ASSIST) for unit in one.assist_units]]
    ]
    for several in (matters, events, MatterParty.objects.bulk_create(parties, batch_size=BATCH)):
        batch.add(several)
    return matters, events


def _carry(
    task_list: TaskList,
    matters: Sequence[Matter],
    opened: Sequence[MatterEvent],
    upto: str,
    crowd: Crowd,
    batch: Batch,
    verifier: User | None,
    kept: Sequence[Any],
) -> None:
    """Take the matters as far as `upto` says; the files prove the leader's decision; within the caller's act."""
    drafts = [one for one in matters if one.state == State.DRAFT]
    proven = list(opened)
    if upto != State.DRAFT and drafts:
        proven = approve_all(drafts, crowd, batch)
    if upto == State.ASSIGNED:
        assigned = assign_all(matters, crowd, batch, verifier=verifier)
        proven = proven or assigned
        key = f"matters:list:{task_list.pk}:assign:{assigned[0].pk}"
        tell_receivers(matters, task_list.title, task_list.get_absolute_url(), crowd, key)
    elif upto == State.APPROVED and proven:
        office = [one for one in org.holders(Duty.OFFICE, task_list.bureau_id, crowd.on) if one != crowd.by]
        notify(
            office, bureau=task_list.bureau_id, kind="matters.approve", url=task_list.get_absolute_url(),
            key=f"matters:list:{task_list.pk}:approve:{proven[0].pk}",
            title=f"《{task_list.title[:60]}》{len(drafts)}件已立项，待交办",
        )  # fmt: skip
    prove(proven, kept, batch)


def _act(stage: str, upto: str) -> str:
    """The act's name in the trail: the furthest step that it took."""
    return {State.ASSIGNED: "matters.assign_list", State.APPROVED: "matters.approve_list"}.get(
        State(upto), f"matters.{stage}_list"
    )


def _told(matters: Sequence[Matter], upto: str) -> str:
    """What the record says: how many, how far, which numbers."""
    word = {State.DRAFT: "登记", State.APPROVED: "立项", State.ASSIGNED: "交办"}[State(upto)]
    numbers = [one.number_label for one in matters if one.number]
    span = f"，编号{numbers[0]}至{numbers[-1]}" if len(numbers) > 1 else f"，编号{numbers[0]}" if numbers else ""
    return f"{word}{len(matters)}件{span}"


def _decided(crowd: Crowd, upto: str) -> Paper | None:
    """Who decided, for the record: nobody where nothing was approved, the leader himself where he clicked."""
    if upto == State.DRAFT:
        return None
    if crowd.paper.get("decided_by") is None:
        return Paper(decided_by=crowd.by, decided_on=crowd.on)
    return Paper(decided_by=crowd.paper["decided_by"], decided_on=crowd.paper.get("decided_on") or crowd.on)
