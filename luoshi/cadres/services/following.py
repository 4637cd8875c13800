"""跟踪考察: facts are drawn and the person reads and answers them; what examiners say is kept apart, in confidence.

No note and no value of these acts says anything of facts or opinions: the trail tells who did what, and when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from luoshi.cadres import queries
from luoshi.cadres.models import Examination, Examiner, FactAnswer, FollowUp
from luoshi.cadres.queries.results import follow_up_facts
from luoshi.cadres.rules import (
    BODY,
    EXAMINERS_LEAST,
    FOLLOW_MOVES,
    LONG_MOST,
    WORDS_MOST,
    AnswerState,
    FollowState,
    digest,
    of_circle,
)
from luoshi.cadres.services.moves import move, tell, written
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record, turn

EARLY = timedelta(days=14)
"""Facts may be drawn so long before the follow-up's day."""


@act
def draw(follow_up: FollowUp, *, version: int | None, by: User, on: date) -> FollowUp:
    """抽取事实: the person's dated results in the period, as they stand today; then he reads them."""
    to = _may(follow_up, "draw", by, on)
    if on < follow_up.due_on - EARLY:
        raise NotAllowed(f"考察时间是{follow_up.due_on:%Y-%m-%d}，最早提前{EARLY.days}天抽取。")
    earlier = FollowUp.objects.filter(posting=follow_up.posting_id, number__lt=follow_up.number)
    if earlier.filter(state=FollowState.PLANNED).exists():
        raise NotAllowed("上一次跟踪考察还没有抽取事实，请先办上一次。")
    last = earlier.order_by("-number").first()
    since = last.period_until + timedelta(days=1) if last is not None else follow_up.posting.from_on
    until = min(on, follow_up.period_until)
    if until < since:
        raise NotAllowed("考察期还没有开始，请晚些再抽取。")
    facts = follow_up_facts(follow_up, since, until)
    turn(
        follow_up, version, state=to, facts=[one.plain() for one in facts], digest=digest(facts), drawn_by=by,
        drawn_on=on, period_from=since, period_until=until,
    )  # fmt: skip
    record(by, "cadres.draw", follow_up, bureau=follow_up.posting.bureau_id)
    _tell(follow_up, [follow_up.posting.cadre], "draw", "跟踪考察的事实待您核对", by)
    return follow_up


@act
def read_facts(follow_up: FollowUp, *, version: int | None, by: User, on: date) -> FollowUp:
    """核对: the person has read the facts about himself; he may still answer them until he is examined."""
    to = _may(follow_up, "read", by, on)
    turn(follow_up, version, state=to, read_on=on)
    record(by, "cadres.read_facts", follow_up, bureau=follow_up.posting.bureau_id)
    _tell(follow_up, _conducting(follow_up, on), "read", "本人已核对事实，待考察", by)
    return follow_up


@act
def serve(follow_up: FollowUp, *, reason: str, version: int | None, by: User, on: date) -> FollowUp:
    """书面送达: the person is away; the facts were handed to him on paper, how and when is written down."""
    to = _may(follow_up, "serve", by, on, reason)
    turn(follow_up, version, state=to, read_on=on, served_note=written(reason, WORDS_MOST, "送达情况"))
    record(by, "cadres.serve", follow_up, bureau=follow_up.posting.bureau_id)
    return follow_up


@act
def answer_fact(follow_up: FollowUp, *, key: str, words: str, by: User, on: date) -> FactAnswer:
    """本人意见 on one fact."""
    _may(follow_up, "answer", by, on)
    if key not in {one["key"] for one in follow_up.facts}:
        raise NotAllowed("没有找到这条事实，请刷新页面再提。")
    try:
        with transaction.atomic():
            found = FactAnswer.objects.create(
                follow_up=follow_up, key=key, words=written(words, WORDS_MOST, "您的意见"), by=by, on=on
            )
    except IntegrityError:
        raise NotAllowed("对这一条已经提过意见，请等核实结果。") from None
    record(by, "cadres.answer_fact", follow_up, bureau=follow_up.posting.bureau_id, rows=[found])
    _tell(follow_up, _conducting(follow_up, on), f"answer:{found.pk}", "本人对考察事实提了意见，待核实", by)
    return found


@act
def settle_fact(answer: FactAnswer, *, upheld: bool, words: str, by: User, on: date) -> FactAnswer:
    """核实: the correction stands beside the fact, which stays as it was drawn; or why it is not corrected."""
    follow_up = answer.follow_up
    _may(follow_up, "settle", by, on)
    state = AnswerState.UPHELD if upheld else AnswerState.DISMISSED
    won = FactAnswer.objects.filter(pk=answer.pk, state=AnswerState.OPEN).update(
        state=state, answer=written(words, WORDS_MOST, "核实情况"), answered_by=by, answered_on=on
    )
    answer.refresh_from_db()
    if not won:
        raise NotAllowed("这条意见已经核实过了。")
    record(by, "cadres.settle_fact", follow_up, bureau=follow_up.posting.bureau_id, rows=[answer])
    _tell(follow_up, [follow_up.posting.cadre], f"settle:{answer.pk}", "您对考察事实的意见已核实", by)
    return answer


@act
def appoint_examiners(
    follow_up: FollowUp, *, people: Sequence[User], version: int | None, by: User, on: date
) -> FollowUp:
    """指定考察人: at least two of the bureau, never the person examined; the list replaces the earlier one."""
    _may(follow_up, "appoint", by, on)
    posting, wanted = follow_up.posting, list(dict.fromkeys(people))
    if len(wanted) < EXAMINERS_LEAST:
        raise NotAllowed(f"每次考察至少{EXAMINERS_LEAST}名考察人，请再选一名。")
    if posting.cadre in wanted:
        raise NotAllowed("被考察的干部不能做考察人，请重新选择。")
    keys = [one.pk for one in wanted]
    if queries.nameable(posting.bureau_id, on).filter(pk__in=keys).count() != len(keys):
        raise NotAllowed("考察人应是本局在职干部，请重新选择。")
    turn(follow_up, version)
    gone = list(Examiner.objects.filter(follow_up=follow_up).exclude(person__in=keys).values_list("pk", flat=True))
    Examiner.objects.filter(pk__in=gone).delete()
    known = set(Examiner.objects.filter(follow_up=follow_up).values_list("person_id", flat=True))
    rows = [Examiner.objects.create(follow_up=follow_up, person=one) for one in wanted if one.pk not in known]
    record(by, "cadres.appoint_examiners", follow_up, bureau=posting.bureau_id, rows=rows,
           batch=[(Examiner, gone)] if gone else [])  # fmt: skip
    _tell(follow_up, wanted, f"appoint:{follow_up.version}", "请您参加一次跟踪考察", by)
    return follow_up


@act
def examine(
    follow_up: FollowUp, *, opinion: str, examined_on: date, version: int | None, by: User, on: date
) -> Examination:
    """考察意见, in confidence: entered by an examiner or the office once the person has read the facts."""
    to = _may(follow_up, "examine", by, on)
    mine = queries.follow_roles(by, org.held(by, on), follow_up)
    if not of_circle(mine):
        raise NotAllowed("考察意见由考察人或局办公室登记；导师没有被指定为考察人的，不登记考察意见。")
    if Examiner.objects.filter(follow_up=follow_up).count() < EXAMINERS_LEAST:
        raise NotAllowed(f"请先指定至少{EXAMINERS_LEAST}名考察人，再登记考察意见。")
    if FactAnswer.objects.filter(follow_up=follow_up, state=AnswerState.OPEN).exists():
        raise NotAllowed("本人对事实提的意见还没有核实，请先核实再登记考察意见。")
    if not (follow_up.drawn_on or on) <= examined_on <= on:
        raise NotAllowed("考察日期应在抽取事实之后，不晚于今天。")
    turn(follow_up, version, state=to)
    found = Examination.objects.create(
        follow_up=follow_up, opinion=written(opinion, LONG_MOST, "考察意见"), by=by, on=examined_on
    )
    record(by, "cadres.examine", follow_up, bureau=follow_up.posting.bureau_id, rows=[found])
    return found


@act
def report(follow_up: FollowUp, *, reported_on: date, body: str, version: int | None, by: User, on: date) -> FollowUp:
    """报告: the facts and the opinion went before 局党委, on which day."""
    to = _may(follow_up, "report", by, on)
    examined = follow_up.examination.on
    if not examined <= reported_on <= on:
        raise NotAllowed("报告日期应在考察之后，不晚于今天。")
    turn(follow_up, version, state=to, reported_on=reported_on, reported_by=by, reported_to=body.strip()[:60] or BODY)
    record(by, "cadres.report", follow_up, bureau=follow_up.posting.bureau_id)
    return follow_up


def _may(follow_up: FollowUp, name: str, by: User, on: date, reason: str | None = None) -> str:
    follow_up.refresh_from_db()
    mine = queries.follow_roles(by, org.held(by, on), follow_up)
    return move(FOLLOW_MOVES, name, follow_up.state, mine, FollowState, reason)


def _conducting(follow_up: FollowUp, on: date) -> list[User]:
    """Who conducts it: the examiners, and the office; never the person himself."""
    bureau = follow_up.posting.bureau_id
    named = [one.person for one in follow_up.examiners.select_related("person")]
    people = [*named, *org.holders(Duty.OFFICE, bureau, on)]
    return [one for one in dict.fromkeys(people) if one.pk != follow_up.posting.cadre_id]


def _tell(follow_up: FollowUp, people: list[User], key: str, title: str, by: User) -> None:
    tell(people, bureau_id=follow_up.posting.bureau_id, key=f"{key}:{follow_up.pk}", title=title,
         url=follow_up.get_absolute_url(), but=by)  # fmt: skip
