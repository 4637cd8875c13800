"""个人问题清单: filled in by its owner, accepted or returned by his reviewer; what others bring up arrives privately.

An item is a problem with `self_check` set. Nothing that these acts record or notify tells a word of a list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import BUSINESS
from luoshi.problems.models import Problem, ProblemEvent, SelfCheck, SelfCheckAnswer, Suggestion
from luoshi.problems.queries import selfcheck as queries
from luoshi.problems.rules import OPEN, Channel, CheckState, Source, State, StyleKind
from luoshi.problems.rules.selfcheck import (
    HELP,
    MEASURE_MOST,
    ROWS_MOST,
    SPEAKS_FOR_ORGANISATION,
    TITLE_MOST,
    SuggestionState,
)
from luoshi.problems.services.moves import PEOPLED, Step, move
from luoshi.problems.services.opening import open_problem
from luoshi.problems.services.rectifying import AMENDABLE
from luoshi.records.services import act, record


@dataclass(frozen=True, slots=True)
class ItemWords:
    """One row of a list as its owner wrote it.

    `item`: the key of the item that it amends (a title left empty takes it off the list); `suggestion`: the key of
    what others brought up, which it takes up, or declines where `decline` says why.
    """

    kind: str
    title: str
    measure: str = ""
    due_on: date | None = None
    channel: str = Channel.SELF
    item: int | None = None
    suggestion: int | None = None
    decline: str = ""


@act
def fill_check(
    check: SelfCheck,
    *,
    rows: Sequence[ItemWords],
    none: Collection[str],
    by: User,
    on: date,
    now: datetime | None = None,
    submit: bool = False,
    version: int | None = None,
) -> SelfCheck:
    """填写清单, and with `submit` hand it to the reviewer: each of the six kinds then has items or 没有此类问题.

    Submitted, every item has its measure and its date, and what others brought up is answered (2.2.3.1–2.2.3.7).
    """
    _owner(check, by)
    if check.state != CheckState.DRAFT:
        raise NotAllowed(f"清单现在是“{check.get_state_display()}”，不能修改。待审核的可以先“收回”再改。")
    if len(rows) > ROWS_MOST:
        raise NotAllowed(f"一份清单最多{ROWS_MOST}项，请合并相近的问题。")
    _turn(check, version)
    for row in rows:
        _write(check, row, by, on, now)
    _answer(check, none)
    if submit:
        _complete(check)
        _set(check, state=CheckState.SUBMITTED, submitted_on=on)
    answers = list(check.answers.all())
    record(
        by, "problems.submit_check" if submit else "problems.fill_check", check, bureau=check.bureau_id, rows=answers
    )
    if submit:
        _tell([check.reviewer], check, "submit", f"{check.person}提交了个人问题清单，请审核")
    return check


@act
def recall_check(check: SelfCheck, *, by: User, on: date, version: int | None = None) -> SelfCheck:
    """收回: the owner takes a list back that nobody has reviewed yet."""
    _owner(check, by)
    if check.state != CheckState.SUBMITTED:
        raise NotAllowed("清单不在待审核，不用收回。")
    _turn(check, version, state=CheckState.DRAFT)
    record(by, "problems.recall_check", check, bureau=check.bureau_id)
    return check


@act
def accept_check(
    check: SelfCheck, *, by: User, on: date, now: datetime | None = None, version: int | None = None
) -> SelfCheck:
    """清单通过: by the reviewer; its items begin to be rectified, by their owner, towards their dates."""
    _reviewer(check, by)
    _turn(check, version, state=CheckState.ACCEPTED, accepted_on=on, return_reason="")
    for item in queries.items_of(check).filter(state__in=[State.FOUND, State.CONFIRMED]):
        due = item.due_on.isoformat() if item.due_on else ""
        told = {"owner": str(check.person), "unit": "", "due_on": due, "measure": item.measure, "cause": item.cause}
        move(item, "start", by=by, on=on, now=now, changes={"started_on": on}, data=told).done()
    record(by, "problems.accept_check", check, bureau=check.bureau_id)
    _tell([check.person], check, "accept", "您的个人问题清单已通过，请按时限整改")
    return check


@act
def return_check(check: SelfCheck, *, reason: str, by: User, on: date, version: int | None = None) -> SelfCheck:
    """退回: with its reason, which the owner and the reviewer alone read."""
    _reviewer(check, by)
    if not reason.strip():
        raise NotAllowed("退回要写明哪里要改，请补充。")
    _turn(check, version, state=CheckState.DRAFT, return_reason=reason.strip(), returns=check.returns + 1)
    record(by, "problems.return_check", check, bureau=check.bureau_id)
    _tell([check.person], check, "return", "您的个人问题清单被退回，请补充后再提交")
    return check


@act
def add_item(
    check: SelfCheck, *, row: ItemWords, by: User, on: date, now: datetime | None = None, version: int | None = None
) -> Problem:
    """补充一项: to a list that was accepted before; the reviewer looks at it and lets it be rectified."""
    _owner(check, by)
    if check.state != CheckState.ACCEPTED:
        raise NotAllowed("清单通过以后才用补充；现在请直接在清单里写。")
    if not row.title.strip() or not row.measure.strip() or row.due_on is None:
        raise NotAllowed("补充的问题要写明问题、整改措施和整改时限。")
    _turn(check, version)
    item = _write(check, row, by, on, now)
    assert item is not None
    check.answers.filter(kind=row.kind).update(none=False)
    record(by, "problems.fill_check", check, bureau=check.bureau_id, rows=list(check.answers.all()))
    if check.reviewer is not None:
        notify(
            [check.reviewer], bureau=check.bureau_id, kind="problems.check_add",
            key=f"problems:{item.pk}:check_add", title=f"{check.person}在个人问题清单里补充了一项，请看",
            url=item.get_absolute_url(),
        )  # fmt: skip
    return item


@act
def suggest(check: SelfCheck, *, kind: str, channel: str, words: str, by: User, on: date) -> Suggestion:
    """提示问题 (群众提、同事帮、组织点): arrives with the person and his reviewer. Who said it is written on no row.

    Anybody of the bureau may, about anybody else; 组织点 only who speaks for it.
    """
    duties = org.duties(by, check.bureau_id, on)
    if not duties & BUSINESS:
        raise NotAllowed(f"您目前不在{check.bureau}任职，不能在这里提示问题。")
    if check.person_id == by.pk:
        raise NotAllowed("自己找到的问题，请直接写进自己的清单。")
    if channel not in HELP:
        raise NotAllowed("请选择是群众提、同事帮还是组织点。")
    if channel == Channel.ORGANISATION and not duties & SPEAKS_FOR_ORGANISATION:
        raise NotAllowed("“组织点”由局领导、单位负责人、局办公室、督查组和派驻组提出，请选“同事帮”或“群众提”。")
    if kind not in StyleKind.values:
        raise NotAllowed("请在六类作风问题中选择一类。")
    if not words.strip() or len(words.strip()) > TITLE_MOST:
        raise NotAllowed(f"请写明看到了什么，对事不对人，不超过{TITLE_MOST}字。")
    found = Suggestion.objects.create(check_list=check, kind=kind, channel=channel, words=words.strip(), given_on=on)
    record(by, "problems.suggest", found, bureau=check.bureau_id)
    notify(
        [one for one in (check.person, check.reviewer) if one is not None and one.pk != by.pk],
        bureau=check.bureau_id, kind="problems.check_suggest", key=f"problems:suggestion:{found.pk}",
        title=f"个人问题清单：{found.get_channel_display()}了一个问题", url=check.get_absolute_url(),
    )  # fmt: skip
    return found


@act
def decline_suggestion(
    suggestion: Suggestion, *, reason: str, by: User, on: date, version: int | None = None
) -> Suggestion:
    """不列入: the person says why what was brought up is not so; his reviewer reads it."""
    _owner(suggestion.check_list, by)
    _answer_suggestion(suggestion, version, state=SuggestionState.DECLINED, reason=_reason(reason))
    record(by, "problems.decline_suggestion", suggestion, bureau=suggestion.check_list.bureau_id)
    return suggestion


@act
def publish_item(
    item: Problem, *, title: str, detail: str, unit: Unit | None, by: User, on: date, version: int | None = None
) -> Problem:
    """转入问题台账: the owner chooses to put right openly, in words of his own. The private item ends; nothing it
    held goes along but its measure, its date and the kind."""
    check = item.self_check
    if check is None or check.person_id != by.pk:
        raise NotAllowed("只有本人可以把自己清单里的问题转入问题台账。")
    if item.state not in OPEN:
        raise NotAllowed("已销号或已去掉的问题不用再转入台账。")
    due_on = item.due_on if item.due_on is not None and item.due_on >= on else None
    public = open_problem(
        bureau=item.bureau, title=title, detail=detail, source=Source.SELF_CHECK, found_on=item.found_on, unit=unit,
        owner=by, clause=item.clause, style_kind=item.style_kind, measure=item.measure, due_on=due_on, by=by, on=on,
    )  # fmt: skip
    _drop(item, by=by, on=on, note=f"转入问题台账：{public.number_label}", version=version)
    record(by, "problems.publish_item", public, bureau=public.bureau_id)
    return public


def _write(check: SelfCheck, row: ItemWords, by: User, on: date, now: datetime | None) -> Problem | None:
    """One row onto the list: a new item, an item amended or taken off, a suggestion answered."""
    title, measure = row.title.strip(), row.measure.strip()
    if len(title) > TITLE_MOST or len(measure) > MEASURE_MOST:
        raise NotAllowed(f"问题不超过{TITLE_MOST}字，措施不超过{MEASURE_MOST}字。")
    told = _suggestion(check, row) if row.suggestion is not None else None
    if told is not None and row.decline.strip():
        _answer_suggestion(told, None, state=SuggestionState.DECLINED, reason=_reason(row.decline))
        record(by, "problems.decline_suggestion", told, bureau=check.bureau_id)
        return None
    if row.item is not None:
        return _amend(check, row, by, on, now)
    if not title:
        return None
    found = queries.round_of(check)
    item = open_problem(
        bureau=check.bureau, title=title, source=Source.SELF_CHECK, found_on=on, style_kind=row.kind,
        channel=told.channel if told is not None else row.channel, cause=StyleKind(row.kind).label, measure=measure,
        due_on=row.due_on, self_check=check, clause=found.clause if found else None, by=by, on=on,
        now=now or clock.now(),
    )  # fmt: skip
    if told is not None:
        _answer_suggestion(told, None, state=SuggestionState.TAKEN, item=item)
        record(by, "problems.fill_check", told, bureau=check.bureau_id)
    return item


def _amend(check: SelfCheck, row: ItemWords, by: User, on: date, now: datetime | None) -> Problem | None:
    item = queries.items_of(check).filter(pk=row.item or 0).first()
    if item is None:
        raise NotAllowed("有一项已经不在清单里，请刷新页面再填。")
    title, measure = row.title.strip(), row.measure.strip()
    if not title:
        _drop(item, by=by, on=on, note="填写时去掉")
        for told in check.suggestions.filter(item=item):  # what others brought up wants its answer again
            Suggestion.objects.filter(pk=told.pk).update(
                state=SuggestionState.OPEN, item=None, version=told.version + 1
            )
            record(by, "problems.fill_check", told, bureau=check.bureau_id)
        return None
    if row.channel not in Channel.values:
        raise NotAllowed("请选择查摆渠道：群众提、自己找、同事帮或组织点。")
    wanted = {"title": title, "measure": measure, "due_on": row.due_on, "channel": row.channel}
    if all(getattr(item, name) == value for name, value in wanted.items()):
        return item
    if row.due_on is not None and row.due_on < on and row.due_on != item.due_on:
        raise NotAllowed(f"整改时限{row.due_on:%Y-%m-%d}已经过去，请核对日期。")
    changed = [
        [AMENDABLE[name], str(getattr(item, name) or "（空）"), str(value or "（空）")]
        for name, value in wanted.items()
        if getattr(item, name) != value
    ]
    changes = {**wanted, "original_due_on": row.due_on}
    return move(item, "amend", by=by, on=on, now=now, changes=changes, data={"changed": changed}).done()


def _drop(item: Problem, *, by: User, on: date, note: str, version: int | None = None) -> None:
    """Its owner takes an item off his own list; within the caller's act. In the ledger others decide this."""
    known = item.version if version is None else version
    won = Problem.objects.filter(pk=item.pk, state=item.state, version=known).update(
        state=State.DISMISSED, version=known + 1
    )
    item.refresh_from_db(from_queryset=PEOPLED.all())
    if won != 1:
        raise Stale(item.version, ["这一项刚有变化。"])
    event = ProblemEvent.objects.create(
        problem=item, cycle=item.cycle, move="dismiss", at=clock.now(), on=on, operator=by, note=note,
        version=item.version,
    )  # fmt: skip
    Step(item, event, by).done()


def _answer(check: SelfCheck, none: Collection[str]) -> None:
    """Of each kind: items, or truthfully none; within the caller's act."""
    have = set(queries.items_of(check).values_list("style_kind", flat=True))
    both = [label for kind, label in StyleKind.choices if kind in none and kind in have]
    if both:
        raise NotAllowed(f"“{both[0]}”写了问题又勾了“没有此类问题”，请留一样。")
    for kind in StyleKind.values:
        SelfCheckAnswer.objects.update_or_create(check_list=check, kind=kind, defaults={"none": kind in none})


def _complete(check: SelfCheck) -> None:
    if check.reviewer_id is None:
        raise NotAllowed("您的清单还没有审核人，请局办公室指定后再提交；已填的可先保存。")
    parts = queries.parts_by_kind(check)
    missing = [one.label for one in parts if not one.considered]
    if missing:
        raise NotAllowed("还有几类没有查摆：" + "；".join(missing) + "。没有的请勾“没有此类问题”。")
    for part in parts:
        for item in part.items:
            if not item.measure or item.due_on is None:
                raise NotAllowed(f"“{item.title[:30]}”还没有写整改措施或整改时限。")
    if queries.open_suggestions(check).exists():
        raise NotAllowed("别人提示的问题还没有处理：请列入清单，或写明不列入的理由。")


def _suggestion(check: SelfCheck, row: ItemWords) -> Suggestion:
    found = check.suggestions.filter(pk=row.suggestion or 0, state=SuggestionState.OPEN).first()
    if found is None:
        raise NotAllowed("这条提示已经处理过，请刷新页面。")
    return found


def _answer_suggestion(one: Suggestion, version: int | None, **changes: Any) -> None:
    known = one.version if version is None else version
    won = Suggestion.objects.filter(pk=one.pk, version=known, state=SuggestionState.OPEN).update(
        version=known + 1, **changes
    )
    one.refresh_from_db()
    if won != 1:
        raise Stale(one.version, [f"这条提示{one.get_state_display()}。"])


def _reason(words: str) -> str:
    if not words.strip():
        raise NotAllowed("不列入要写明理由，请补充。")
    return words.strip()[:TITLE_MOST]


def _owner(check: SelfCheck, by: User) -> None:
    if check.person_id != by.pk:
        raise NotAllowed("个人问题清单由本人填写。")


def _reviewer(check: SelfCheck, by: User) -> None:
    if check.reviewer_id != by.pk:
        raise NotAllowed("这份清单由指定的审核人审核。")
    if check.state != CheckState.SUBMITTED:
        raise NotAllowed(f"清单现在是“{check.get_state_display()}”，不在待审核。请刷新页面查看。")


def _turn(check: SelfCheck, version: int | None, **changes: Any) -> None:
    """Take the next version of the list, so that of two people one wins; within the caller's act."""
    known = check.version if version is None else version
    won = SelfCheck.objects.filter(pk=check.pk, version=known, state=check.state).update(version=known + 1, **changes)
    check.refresh_from_db()
    if won != 1:
        raise Stale(check.version, [f"清单现在是“{check.get_state_display()}”。"])


def _set(check: SelfCheck, **changes: Any) -> None:
    SelfCheck.objects.filter(pk=check.pk).update(**changes)
    check.refresh_from_db()


def _tell(people: Sequence[User | None], check: SelfCheck, what: str, title: str) -> None:
    notify(
        [one for one in people if one is not None], bureau=check.bureau_id, kind=f"problems.check_{what}",
        key=f"problems:check:{check.pk}:{check.version}:{what}", title=title, url=check.get_absolute_url(),
    )  # fmt: skip
