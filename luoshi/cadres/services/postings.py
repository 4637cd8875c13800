"""一线锻炼: proposed, decided by 局党委, extended, ended; each with the days on which it will be followed up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import models

from luoshi.cadres import queries
from luoshi.cadres.models import FollowUp, Posting, PostingMatter
from luoshi.cadres.rules import (
    BODY,
    POSTING_MOVES,
    TITLE_MOST,
    WORDS_MOST,
    FollowState,
    PostingState,
    PostKind,
    followups,
    roles,
)
from luoshi.cadres.services.feeding import feed
from luoshi.cadres.services.moves import decision, move, tell, written
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.matters.models import Matter
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems import queries as problems
from luoshi.problems.models import Problem
from luoshi.records.services import act, record, turn
from luoshi.workdays import queries as workdays

Batch = list[tuple[type[models.Model], list[Any]]]


@act
def propose_posting(
    *,
    bureau: Unit,
    cadre: User,
    kind: str,
    post: str,
    unit: Unit,
    from_on: date,
    until_on: date,
    aims: str,
    by: User,
    on: date,
    mentor: User | None = None,
    batch: str = "",
    problem: Problem | None = None,
    linked: Sequence[Matter] = (),
) -> Posting:
    """提出: the personnel side names the cadre, the post and the aims; nothing holds before 局党委 has decided."""
    mine = roles(by.pk, org.held(by, on), bureau_id=bureau.pk, cadre_id=cadre.pk)
    if not mine & {"office", "chief"}:
        raise NotAllowed("一线锻炼由局办公室或主要领导提出，本人不能给自己提。")
    told = _checked(bureau, cadre, kind, post, unit, from_on, until_on, aims, mentor, on)
    _may_link(linked, problem, bureau, by, on)
    found = Posting.objects.create(
        bureau=bureau, cadre=cadre, batch=batch.strip()[:60], problem=problem, original_until_on=until_on,
        clause=queries.clause_for(queries.FRONT_LINE, bureau), proposed_by=by, proposed_on=on, **told,
    )  # fmt: skip
    rows = [PostingMatter.objects.create(posting=found, matter=one, by=by, on=on) for one in linked]
    record(by, "cadres.propose", found, bureau=bureau.pk, rows=rows, note=found.batch)
    return found


@act
def edit_posting(
    posting: Posting,
    *,
    kind: str,
    post: str,
    unit: Unit,
    from_on: date,
    until_on: date,
    aims: str,
    mentor: User | None,
    batch: str,
    version: int | None,
    by: User,
    on: date,
) -> Posting:
    """修改, while it waits for the decision."""
    _may(posting, "edit", by, on)
    told = _checked(posting.bureau, posting.cadre, kind, post, unit, from_on, until_on, aims, mentor, on, but=posting)
    turn(posting, version, original_until_on=until_on, batch=batch.strip()[:60], **told)
    record(by, "cadres.edit_posting", posting, bureau=posting.bureau_id)
    return posting


@act
def assign(
    posting: Posting,
    *,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
    body: str = BODY,
) -> Posting:
    """确定: what 局党委 decided; the follow-ups get their days, the cadre and his mentor are told."""
    to = _may(posting, "assign", by, on)
    who, day, note = decision(
        queries.posting_roles(by, org.held(by, on), posting), bureau=posting.bureau, by=by, on=on,
        decided_by=decided_by, decided_on=decided_on, source_note=source_note,
    )  # fmt: skip
    if posting.until_on <= on:
        raise NotAllowed(f"结束日期{posting.until_on:%Y-%m-%d}已过，请先修改起止时间再确定。")
    plan_id = posting.clause.version.plan_id if posting.clause is not None else None
    months, spoke = queries.follow_up_rhythm(posting.bureau_id, plan_id, on)
    turn(
        posting, version, state=to, decided_by=who, decided_on=day, source_note=note[:200],
        body=body.strip()[:60] or BODY, months=months, rule_id=spoke.rule_id, citation=spoke.citation[:300],
    )  # fmt: skip
    rows, batch = _plan(posting, posting.until_on)
    feed(postings=[posting.pk])
    record(by, "cadres.assign", posting, bureau=posting.bureau_id, rows=rows, batch=batch, note=note, decided_by=who,
           decided_on=day)  # fmt: skip
    people = [posting.cadre, *([posting.mentor] if posting.mentor else [])]
    tell(people, bureau_id=posting.bureau_id, key=f"assign:{posting.pk}", title=f"一线锻炼已确定：{posting.post}",
         url=posting.get_absolute_url(), but=by)  # fmt: skip
    return posting


@act
def extend(
    posting: Posting,
    *,
    until_on: date,
    reason: str,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
) -> Posting:
    """延长: a later end that the body decided; the first end stays readable, days to come are counted anew."""
    _may(posting, "extend", by, on, reason)
    who, day, note = decision(
        queries.posting_roles(by, org.held(by, on), posting), bureau=posting.bureau, by=by, on=on,
        decided_by=decided_by, decided_on=decided_on, source_note=source_note,
    )  # fmt: skip
    if until_on <= posting.until_on or until_on <= on:
        raise NotAllowed(f"新的结束日期要晚于现在的{posting.until_on:%Y-%m-%d}，也要晚于今天。")
    said = f"{reason.strip()}（{note}）"[:WORDS_MOST]
    turn(posting, version, until_on=until_on, extend_reason=said)
    rows, batch = _plan(posting, until_on)
    record(by, "cadres.extend", posting, bureau=posting.bureau_id, rows=rows, batch=batch,
           note=f"延至{until_on:%Y-%m-%d}", decided_by=who, decided_on=day)  # fmt: skip
    tell([posting.cadre, *([posting.mentor] if posting.mentor else [])], bureau_id=posting.bureau_id,
         key=f"extend:{posting.pk}:{posting.version}", title=f"一线锻炼延长至{until_on:%Y-%m-%d}：{posting.post}",
         url=posting.get_absolute_url(), but=by)  # fmt: skip
    return posting


@act
def end(posting: Posting, *, ended_on: date, reason: str, version: int | None, by: User, on: date) -> Posting:
    """结束: the last day and how it ended; one follow-up at that day remains where it ended early."""
    to = _may(posting, "end", by, on, reason)
    if not posting.from_on <= ended_on <= on:
        raise NotAllowed(f"实际结束日期应在{posting.from_on:%Y-%m-%d}到今天之间。")
    turn(posting, version, state=to, ended_on=ended_on, end_note=written(reason, WORDS_MOST, "结束情况"))
    rows, batch = _plan(posting, ended_on)
    record(by, "cadres.end", posting, bureau=posting.bureau_id, rows=rows, batch=batch, note=f"{ended_on:%Y-%m-%d}")
    tell([posting.cadre, *([posting.mentor] if posting.mentor else [])], bureau_id=posting.bureau_id,
         key=f"end:{posting.pk}", title=f"一线锻炼已结束：{posting.post}", url=posting.get_absolute_url(),
         but=by)  # fmt: skip
    return posting


@act
def withdraw_posting(posting: Posting, *, reason: str, version: int | None, by: User, on: date) -> Posting:
    """撤回 of what was not decided; the row stays with the reason."""
    to = _may(posting, "withdraw", by, on, reason)
    turn(posting, version, state=to, end_note=written(reason, WORDS_MOST, "理由"))
    record(by, "cadres.withdraw_posting", posting, bureau=posting.bureau_id)
    return posting


@act
def link(posting: Posting, matter: Matter, *, by: User, on: date) -> PostingMatter:
    """关联事项: a supervised matter of the bureau that the posting is about."""
    _may(posting, "link", by, on)
    _may_link([matter], None, posting.bureau, by, on)
    found, fresh = PostingMatter.objects.get_or_create(posting=posting, matter=matter, defaults={"by": by, "on": on})
    if not fresh:
        raise NotAllowed("这件事项已经关联到这次锻炼。")
    record(by, "cadres.link", posting, bureau=posting.bureau_id, rows=[found])
    return found


@act
def recount_follow_ups(*, on: date, by: User | None) -> int:
    """Count the provisional days of follow-ups again once a year's calendar is published; how many postings moved."""
    moved = 0
    waiting = FollowUp.objects.filter(state=FollowState.PLANNED, provisional=True).values("posting_id")
    for posting in Posting.objects.filter(pk__in=waiting).order_by("pk"):
        calendar = workdays.calendar(posting.bureau_id)
        until = posting.ended_on or posting.until_on
        again = followups(posting.from_on, until, posting.months or 6, calendar)
        kept = {(one.number, one.due_on, one.provisional) for one in posting.follow_ups.filter(provisional=True)}
        if kept <= {(one.basis["nth"], one.on, one.provisional) for one in again}:
            continue
        rows, batch = _plan(posting, until)
        record(by, "cadres.recount", posting, bureau=posting.bureau_id, rows=rows, batch=batch)
        moved += 1
    return moved


def _may(posting: Posting, name: str, by: User, on: date, reason: str | None = None) -> str:
    posting.refresh_from_db()
    mine = queries.posting_roles(by, org.held(by, on), posting)
    return move(POSTING_MOVES, name, posting.state, mine, PostingState, reason)


def _checked(
    bureau: Unit, cadre: User, kind: str, post: str, unit: Unit, from_on: date, until_on: date, aims: str,
    mentor: User | None, on: date, but: Posting | None = None,
) -> dict[str, Any]:  # fmt: skip
    if kind not in PostKind.values:
        raise NotAllowed("请选择重点项目、重要工作或急难险重任务。")
    names = queries.nameable(bureau.pk, on)
    if not names.filter(pk=cadre.pk).exists():
        raise NotAllowed(f"{cadre}目前不在本局任职，请核对锻炼干部。")
    if mentor is not None and (mentor == cadre or not names.filter(pk=mentor.pk).exists()):
        raise NotAllowed("导师应是本局的另一名干部，请重新选择。")
    if unit.bureau_id != bureau.pk:
        raise NotAllowed("锻炼单位应是本局的单位，请重新选择。")
    if until_on <= from_on:
        raise NotAllowed("结束日期要晚于开始日期，请核对。")
    live = Posting.objects.filter(cadre=cadre, state__in=[PostingState.PROPOSED, PostingState.ASSIGNED])
    if but is not None:
        live = live.exclude(pk=but.pk)
    if live.filter(from_on__lte=until_on, until_on__gte=from_on).exists():
        raise NotAllowed(f"{cadre}在这段时间已经有一项一线锻炼，请先核对。")
    return {
        "kind": kind, "post": written(post, TITLE_MOST, "锻炼岗位"), "unit": unit, "from_on": from_on,
        "until_on": until_on, "aims": written(aims, WORDS_MOST, "锻炼目标"), "mentor": mentor,
    }  # fmt: skip


def _may_link(linked: Sequence[Matter], problem: Problem | None, bureau: Unit, by: User, on: date) -> None:
    keys = {one.pk for one in linked}
    if matters.visible_to(by, on).filter(pk__in=keys, bureau=bureau).count() != len(keys):
        raise NotAllowed("没有找到这件事项，或您看不到它。请在列表里重新选择。")
    if problem is not None and not problems.public_to(by, on).filter(pk=problem.pk, bureau=bureau).exists():
        raise NotAllowed("没有找到这个问题，或您看不到它。请在列表里重新选择。")


def _plan(posting: Posting, until: date) -> tuple[list[FollowUp], Batch]:
    """Lay the follow-ups that are still to come; those whose facts were drawn stay as they are."""
    calendar = workdays.calendar(posting.bureau_id)
    kept = list(posting.follow_ups.exclude(state=FollowState.PLANNED).order_by("number"))
    planned = list(posting.follow_ups.filter(state=FollowState.PLANNED).values_list("pk", flat=True))
    FollowUp.objects.filter(pk__in=planned).delete()
    met = date.fromisoformat(kept[-1].basis["point"]) if kept else None  # its facts may have been drawn before it
    rows: list[FollowUp] = []
    since, number = (kept[-1].period_until + timedelta(days=1), kept[-1].number) if kept else (posting.from_on, 0)
    for due in followups(posting.from_on, until, posting.months or 6, calendar):
        point = date.fromisoformat(due.basis["point"])
        if met is not None and point <= (kept[-1].period_until if due.basis["last"] else met):
            continue
        number += 1
        rows.append(
            FollowUp.objects.create(
                posting=posting, number=number, due_on=due.on, provisional=due.provisional,
                basis={**due.basis, "nth": number}, period_from=since, period_until=point,
            )
        )  # fmt: skip
        since = point + timedelta(days=1)
    return rows, [(FollowUp, planned)] if planned else []
