"""审校、公开决定、案例环节、发布、撤下: what lets an article out, and what takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.problems.models import Problem
from luoshi.publicity import queries, rules
from luoshi.publicity.models import Article, CaseStamp, EmptyQuarter, Review, ScopeDecision
from luoshi.publicity.rules import Kind, Scope, Stage, Stamp, State
from luoshi.publicity.services.moves import feed, may, tell
from luoshi.records.services import act, keep, record, turn


@act
def review(
    article: Article, *, words: str, proofread: bool, version: int | None, by: User, on: date
) -> Review:  # fmt: skip
    """审校通过: whoever's turn it is, in words; the author and whoever read it before read it no more."""
    article.refresh_from_db()
    stage = rules.waits_at(article.state)
    if stage is None:
        raise NotAllowed(f"现在是“{State(article.state).label}”状态，不用审校。请刷新页面查看最新进展。")
    _another_person(article, by)
    to, _ = may(article, f"review_{stage.lower()}", by=by, on=on)
    if not words.strip():
        raise NotAllowed("请写明审校意见（如：事实、数字已核对，同意）。")
    if not proofread:
        raise NotAllowed("请先校对文字、数字、人名和单位名称，再勾选通过。")
    turn(article, version, state=to)
    found = Review.objects.create(
        article=article, round=article.round, stage=stage, passed=True, words=words.strip()[:300], by=by, on=on
    )
    record(by, "publicity.review", article, bureau=article.bureau_id, rows=[found],
           note=f"{stage.label}通过：{found.words}")  # fmt: skip
    _next(article, by, on)
    return found


def _another_person(article: Article, by: User) -> None:
    """三审 are three people, none of them the author; said in words before the roles are looked at."""
    if by.pk == article.opened_by_id:
        raise NotAllowed("自己写的稿件不能自己审，请由其他人审校。")
    if by.pk in queries.passed_by(article):
        raise NotAllowed("这一稿您已经审过。三审要由三个不同的人完成，请由其他人审校。")


def _next(article: Article, by: User, on: date) -> None:
    office = list(org.holders(Duty.OFFICE, article.bureau_id, on))
    if article.state == State.SECOND:
        readers = [one for one in office if one.pk != article.opened_by_id]
        readers = readers or list(org.holders(Duty.VERIFIER, article.bureau_id, on))
        tell(article, [one for one in readers if one != by], "second", "待二审的稿件")
    elif article.state == State.THIRD:
        read = {article.opened_by_id, *queries.passed_by(article)}
        leaders = [*queries.leaders_for(article.unit_id, article.bureau_id, on), *queries.chiefs(article.bureau_id, on)]
        tell(article, [one for one in leaders if one.pk not in read][:1], "third", "待三审的稿件")
    else:
        tell(article, office, "reviewed", "可以发布的稿件")


@act
def give_back(article: Article, *, reason: str, version: int | None, by: User, on: date) -> Article:
    """退回修改, with what is to be changed; after that it is read again from the first."""
    article.refresh_from_db()
    stage = rules.waits_at(article.state)
    to, mine = may(article, "give_back", by=by, on=on, reason=reason)
    if not rules.may_give_back(article.state, mine):
        raise NotAllowed("还没有轮到您审校，请等前面审完再退回；确需退回的请局办公室办理。")
    turn(article, version, state=to, returned=reason.strip()[:300])
    rows = []
    if stage is not None:
        rows = [
            Review.objects.create(
                article=article,
                round=article.round,
                stage=stage,
                passed=False,
                words=reason.strip()[:300],
                by=by,
                on=on,
            )
        ]
    record(by, "publicity.give_back", article, bureau=article.bureau_id, rows=rows, note=reason.strip())
    tell(article, [one for one in [article.opened_by] if one != by], "back", "退回修改的稿件")
    return article


@act
def widen(
    article: Article, *, scope: str, document: str, decided_by: User, decided_on: date, by: User, on: date,
    names: bool = False, staged: Sequence[str] = (),
) -> ScopeDecision:  # fmt: skip
    """登记公开决定: how far the Party committee lets this article go, or that it may name people; on which paper."""
    may(article, "widen", by=by, on=on)
    if scope not in Scope.values:
        raise NotAllowed("请选择公开范围。")
    if not document.strip():
        raise NotAllowed("请写明决定文件（如：局党委会纪要第18期）。")
    if decided_on > on:
        raise NotAllowed("决定日期不能晚于今天，请核对纪要上的日期。")
    if Duty.CHIEF not in {one.duty for one in org.held(decided_by, decided_on) if one.bureau_id == article.bureau_id}:
        raise NotAllowed(f"{decided_by}在{decided_on:%Y-%m-%d}不是本局主要领导，请核对决定人。")
    files = keep(staged, by=by, bureau=article.bureau_id) if staged else []
    found = ScopeDecision.objects.create(
        article=article, scope=scope, names=names, decided_by=decided_by, decided_on=decided_on,
        document=document.strip()[:200], evidence=files[0] if files else None, by=by, entered_on=on,
    )  # fmt: skip
    record(by, "publicity.widen", article, bureau=article.bureau_id, rows=[found, *files], note=str(found),
           decided_by=decided_by, decided_on=decided_on)  # fmt: skip
    return found


@act
def stamp(
    article: Article, *, stamp: str, stamped_on: date, document: str, by: User, on: date, concluded: bool = False,
    problem: Problem | None = None, staged: Sequence[str] = (),
) -> CaseStamp:  # fmt: skip
    """登记案例环节: 发现, 查处 or 通报 with its record and day; entered again it replaces what was entered."""
    may(article, "stamp", by=by, on=on)
    if article.kind != Kind.CASE:
        raise NotAllowed("只有典型案例通报要登记发现、查处、通报三个环节。")
    if stamp not in Stamp.values:
        raise NotAllowed("请选择环节。")
    if not document.strip():
        raise NotAllowed("请写明记录或文书（如：督查记录、处理决定文号）。")
    if stamped_on > on:
        raise NotAllowed("环节日期不能晚于今天。")
    files = keep(staged, by=by, bureau=article.bureau_id) if staged else []
    told = {"on": stamped_on, "document": document.strip()[:200], "problem": problem, "by": by, "entered_on": on,
            "concluded": concluded and stamp == Stamp.HANDLED}  # fmt: skip
    if files:
        told["evidence"] = files[0]
    found, _ = CaseStamp.objects.update_or_create(article=article, stamp=stamp, defaults=told)
    record(by, "publicity.stamp", article, bureau=article.bureau_id, rows=[found, *files],
           note=f"{Stamp(stamp).label}：{found.document}")  # fmt: skip
    return found


@act
def publish(
    article: Article, *, no_secrets: bool, no_burden: bool, version: int | None, by: User, on: date
) -> Article:  # fmt: skip
    """发布: three have read it, it goes no further than it may, a case has its stamps, and it holds no secret."""
    to, _ = may(article, "publish", by=by, on=on)
    if not no_secrets:
        raise NotAllowed("请先确认稿件不涉密、不含不宜公开的内容，再发布。")
    if not no_burden:
        raise NotAllowed("请先确认减负一致：不要求基层转发、点赞、打卡、报数，不重复要材料。")
    if set(Stage) - set(article.reviews.filter(round=article.round, passed=True).values_list("stage", flat=True)):
        raise NotAllowed("三审还没有完成，不能发布。")
    table = queries.scope_table(queries.scope_rule(article.bureau_id, on))
    decided = article.decisions.values_list("scope", flat=True)
    if why := rules.too_wide(article.kind, article.scope, table, decided):
        raise NotAllowed(why)
    if article.kind == Kind.CASE and (why := rules.case_lacks(queries.stamped(article), on)):
        raise NotAllowed(why)
    clause = article.clause or queries.clause_of(article.kind, article.bureau)
    turn(
        article, version, state=to, no_secrets=True, no_burden=True, clause=clause, published_on=on, published_by=by
    )  # fmt: skip
    replaced = _replace(article)
    rows = [*replaced, *_take_back_none(article, on)]
    feed(article)
    record(by, "publicity.publish", article, bureau=article.bureau_id, rows=rows,
           note=f"{Scope(article.scope).label}，已确认不涉密、减负一致")  # fmt: skip
    tell(article, [one for one in [article.opened_by] if one != by], "published", "稿件已发布")
    return article


def _replace(article: Article) -> list[Article]:
    """The edition before stands no more; it stays to be read."""
    old = article.corrects
    if old is None or not Article.objects.filter(pk=old.pk, state=State.PUBLISHED).update(
        state=State.REPLACED, version=old.version + 1
    ):
        return []
    old.refresh_from_db()
    return [old]


def _take_back_none(article: Article, on: date) -> list[EmptyQuarter]:
    """An experience that is published now takes back the word that the quarter has none."""
    if article.kind != Kind.EXPERIENCE:
        return []
    year, quarter = rules.quarter_of(on)
    said = list(EmptyQuarter.objects.filter(bureau=article.bureau_id, year=year, quarter=quarter, void=False))
    for one in said:
        EmptyQuarter.objects.filter(pk=one.pk).update(void=True)
    return said


@act
def withdraw(article: Article, *, reason: str, version: int | None, by: User, on: date) -> Article:
    """撤下: nobody but the office, 主要领导 and its writers reads it any more, nor the editions before it."""
    to, _ = may(article, "withdraw", by=by, on=on, reason=reason)
    told = {"withdrawn_on": on, "withdrawn_reason": reason.strip()[:300]}
    turn(article, version, state=to, **told)
    rows, one = [], article.corrects
    while one is not None:
        if one.state == State.REPLACED:
            Article.objects.filter(pk=one.pk).update(state=to, version=one.version + 1, **told)
            rows.append(one)
        one = one.corrects
    record(by, "publicity.withdraw", article, bureau=article.bureau_id, rows=rows, note=reason.strip())
    tell(article, [one for one in [article.opened_by] if one != by], "withdrawn", "稿件已撤下")
    return article


__all__ = ["give_back", "publish", "review", "stamp", "widen", "withdraw"]
