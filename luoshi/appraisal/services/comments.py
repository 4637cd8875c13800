"""点评: said, answered; 改进项: a weak item that the office picked opens one problem of the ledger. Never by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from luoshi.appraisal.models import BoardCase, Comment, Improvement, Score
from luoshi.appraisal.queries import comments as queries
from luoshi.appraisal.rules.board_life import CaseKind, CaseState
from luoshi.appraisal.rules.comments import SPEAKERS, TITLE_MOST, WORDS_MOST, Item, item_of, why_not_comment
from luoshi.appraisal.services.moves import must_hold
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.matters.models import Matter
from luoshi.matters.queries.people import receivers
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.problems import services as problems
from luoshi.problems.models import Problem
from luoshi.problems.rules import Source
from luoshi.records.services import act, record, turn


@act
def comment(
    *,
    bureau: Unit,
    unit: Unit,
    words: str,
    by: User,
    on: date,
    said_by: User | None = None,
    said_on: date | None = None,
    score: Score | None = None,
    point: str = "",
    matter: Matter | None = None,
) -> Comment:
    """点评 a unit: a leader or the office in his own name; the office also enters what a leader said off screen."""
    duties = org.duties(by, bureau.pk, on)
    if not duties & set(SPEAKERS):
        raise NotAllowed("“点评”由局办公室和局领导办理，您目前没有这项职责。")
    if refused := why_not_comment(words):
        raise NotAllowed(refused)
    _own_unit(bureau, unit, on)
    speaker, day = said_by or by, said_on or on
    if speaker != by and Duty.OFFICE not in duties:
        raise NotAllowed("替别人登记点评由局办公室办理；您可以用自己的名义点评。")
    if speaker != by and not org.duties(speaker, bureau.pk, on) & set(SPEAKERS):
        raise NotAllowed(f"{speaker}不是本局办公室人员或局领导，请核对点评人。")
    if day > on:
        raise NotAllowed("点评日期不能晚于今天，请核对。")
    item = _item(score, point, unit) if point or score is not None else None
    if item is not None and matter is not None:
        raise NotAllowed("一条点评针对一项指标或一件事项，请分开写。")
    if matter is not None and not matters.visible_to(by, on).filter(pk=matter.pk, bureau=bureau).exists():
        raise NotAllowed("没有找到这件事项，或您看不到它。请在列表里重新选择。")
    made = Comment.objects.create(
        bureau=bureau, unit=unit, words=words.strip(), said_by=speaker, said_on=day, matter=matter,
        score=score if item else None, point=item.key if item else "", point_words=item.label if item else "",
        entered_by=by, entered_on=on,
    )  # fmt: skip
    decided = (speaker, day) if speaker != by else (None, None)
    record(
        by, "appraisal.comment", made, bureau=bureau.pk, note=made.words[:200], decided_by=decided[0],
        decided_on=decided[1],
    )  # fmt: skip
    notify(
        [one for one in receivers([unit.pk], on) if one != by], bureau=bureau.pk, kind="appraisal.comment",
        key=f"appraisal:comment:{made.pk}", title=f"收到点评：{made.words[:40]}", url=made.get_absolute_url(),
    )  # fmt: skip
    return made


@act
def answer_comment(told: Comment, *, answer: str, version: int | None, by: User, on: date) -> Comment:
    """回应: the unit says what it makes of a comment, once; who said it hears of it."""
    units = {one.unit_id for one in org.held(by, on) if one.duty in (Duty.HEAD, Duty.HANDLER)}
    if told.unit_id not in units:
        raise NotAllowed(f"这条点评由{told.unit}回应。")
    told.refresh_from_db()
    if told.answer:
        raise NotAllowed(f"{told.answered_by}已经在{told.answered_on:%Y-%m-%d}回应过。")
    if not answer.strip():
        raise NotAllowed("请写明怎样看、准备怎样做。")
    turn(told, version, answer=answer.strip()[:WORDS_MOST], answered_by=by, answered_on=on)
    record(by, "appraisal.answer_comment", told, bureau=told.bureau_id, note=told.answer[:200])
    notify(
        [one for one in {told.said_by, told.entered_by} if one != by], bureau=told.bureau_id,
        kind="appraisal.answer_comment", key=f"appraisal:comment:{told.pk}:answer",
        title=f"{told.unit}回应了点评：{told.answer[:40]}", url=told.get_absolute_url(),
    )  # fmt: skip
    return told


@dataclass(frozen=True, slots=True)
class Plan:
    """What an improvement's problem begins with; cause and measure may be left to the unit."""

    title: str
    due_on: date | None = None
    cause: str = ""
    measure: str = ""
    owner: User | None = None


@act
def open_improvement(
    *,
    bureau: Unit,
    plan: Plan,
    by: User,
    on: date,
    comment: Comment | None = None,
    score: Score | None = None,
    point: str = "",
    case: BoardCase | None = None,
) -> Improvement:
    """列为改进项: from a comment, an indicator of a score, or a black case; one problem in the ledger, once."""
    must_hold(Duty.OFFICE, bureau.pk, by=by, on=on, act="列为改进项")
    title = plan.title.strip()
    if not title:
        raise NotAllowed("请一句话写明要改进什么。")
    if len(title) > TITLE_MOST:
        raise NotAllowed(f"一句话写明，不超过{TITLE_MOST}字。")
    origin = next((one for one in (comment, score, case) if one is not None), None)
    if origin is None or sum(one is not None for one in (comment, score, case)) > 1:
        raise NotAllowed("请从一条点评、一项指标或一个黑榜事例列出改进项。")
    item, unit = _item(score, point, score.unit) if score is not None else None, origin.unit
    if (origin.board.bureau_id if isinstance(origin, Score | BoardCase) else origin.bureau_id) != bureau.pk:
        raise NotAllowed("这条记录不属于本局。")
    if case is not None and (case.kind != CaseKind.BLACK or case.state != CaseState.LISTED):
        raise NotAllowed("只有在榜的黑榜事例列为改进项。")
    same = Q(comment=comment, score=score, point=item.key if item else "", case=case)
    if case is not None and case.problem_id is not None:
        same |= Q(problem=case.problem_id)
    known = Improvement.objects.filter(same).first()
    if known is not None:
        raise NotAllowed(
            f"已经在{known.opened_on:%Y-%m-%d}列为改进项，进展见{known.problem.number_label}，不要重复登记。"
        )
    problem = case.problem if case is not None and case.problem is not None else _problem(
        bureau, unit, plan, title, detail=_detail(comment, item, case), note=_note(comment, score, item, case),
        by=by, on=on,
    )  # fmt: skip
    made = Improvement.objects.create(
        bureau=bureau, unit=unit, title=title, problem=problem, comment=comment, score=score,
        point=item.key if item else "", point_words=item.label if item else "", case=case, opened_by=by, opened_on=on,
    )  # fmt: skip
    record(by, "appraisal.open_improvement", made, bureau=bureau.pk, note=f"{problem.number_label} {title}"[:200])
    return made


def _own_unit(bureau: Unit, unit: Unit, on: date) -> None:
    if not org.units_of(bureau.pk, on).filter(pk=unit.pk).exists():
        raise NotAllowed(f"{unit}不是本局现有的股室或局直单位，请核对单位。")


def _item(score: Score | None, point: str, unit: Unit) -> Item:
    """The indicator that is meant: of a score of this unit that was shown to it."""
    if score is None or score.unit_id != unit.pk:
        raise NotAllowed("请选择这个单位的得分和指标。")
    if not queries.scores_to_name(score.board.bureau_id).filter(pk=score.pk).exists():
        raise NotAllowed("这个季度的得分还没有公示，公示后才能点评或列为改进项。")
    found = item_of(score.basis, point)
    if found is None:
        raise NotAllowed("得分里没有这项指标，请重新选择。")
    return found


def _problem(
    bureau: Unit, unit: Unit, plan: Plan, title: str, *, detail: str, note: str, by: User, on: date
) -> Problem:
    return problems.open_problem(
        bureau=bureau, title=title, source=Source.APPRAISAL, source_note=note, detail=detail, found_on=on, unit=unit,
        owner=plan.owner, due_on=plan.due_on, cause=plan.cause, measure=plan.measure, by=by, on=on,
    )  # fmt: skip


def _detail(comment: Comment | None, item: Item | None, case: BoardCase | None) -> str:
    """What the ledger is told of the origin, so that nobody types it again."""
    if comment is not None:
        return comment.words
    if case is not None:
        return f"{case.words}\n下榜条件：{case.way_off}"
    return item.sentence if item is not None else ""


def _note(comment: Comment | None, score: Score | None, item: Item | None, case: BoardCase | None) -> str:
    if comment is not None:
        return f"{comment.said_by}{comment.said_on:%Y-%m-%d}点评"
    if case is not None:
        return f"{case.board.quarter_of}黑榜：{case.title}"
    return f"{score.board.quarter_of}得分：{item.label}" if score is not None and item is not None else ""
