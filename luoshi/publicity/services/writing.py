"""起草、修改、送审、作废、更正: an article's text until three people have read it, and its next edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.publicity import queries, rules
from luoshi.publicity.models import Article, ArticleSource, CaseStamp, ScopeDecision
from luoshi.publicity.models.article import WORDS_MOST
from luoshi.publicity.rules import FirstReview, Kind, Scope
from luoshi.publicity.services.moves import feed, may, tell
from luoshi.records.services import act, record, turn


@act
def write(
    *, bureau: Unit, unit: Unit, kind: str, title: str, body: str, by: User, on: date, scope: str = Scope.INTERNAL,
    sources: Mapping[str, Any] | None = None,
) -> Article:  # fmt: skip
    """起草: who writes for his unit; the clause is the one of the plan that asks for this kind.

    `sources`: the record it is drawn from, by its word (`queries.NAMED`).
    """
    if unit.pk not in queries.writing_units(by, org.held(by, on), bureau.pk, on):
        raise NotAllowed(f"您目前不能替{unit}写稿件，请选择本单位，或请局办公室起草。")
    if kind not in Kind.values:
        raise NotAllowed("请选择稿件种类。")
    title, body = _checked(title, body, scope)
    if kind == Kind.CASE:
        title, body = _without_names(bureau.pk, title, body)
    article = Article.objects.create(
        bureau=bureau, unit=unit, kind=kind, title=title, body=body, scope=scope,
        clause=queries.clause_of(kind, bureau), opened_by=by, opened_on=on,
    )  # fmt: skip
    told = sources or {}
    rows: list[Any] = [ArticleSource.objects.create(article=article, **{name: row}) for name, row in told.items()]
    rows += _decided(article, told.get("board"), by, on)
    feed(article)
    record(by, "publicity.write", article, bureau=bureau.pk, rows=rows)
    return article


@act
def edit(
    article: Article, *, title: str, body: str, scope: str, version: int | None, by: User, on: date
) -> Article:  # fmt: skip
    """修改: while it is a draft every word may change."""
    may(article, "edit", by=by, on=on)
    title, body = _checked(title, body, scope)
    if article.kind == Kind.CASE and not article.decisions.filter(names=True).exists():
        title, body = _without_names(article.bureau_id, title, body)
    turn(article, version, title=title, body=body, scope=scope)
    feed(article)
    record(by, "publicity.edit", article, bureau=article.bureau_id)
    return article


@act
def submit(article: Article, *, version: int | None, by: User, on: date) -> Article:
    """送审: from here the words stand until three people have read them, or one sends them back."""
    to, _ = may(article, "submit", by=by, on=on)
    heads = queries.heads_of(article.unit_id, on)
    first = rules.first_review(article.opened_by_id, [one.pk for one in heads])
    turn(article, version, state=to, round=article.round + 1, first_review=first, returned="")
    record(by, "publicity.submit", article, bureau=article.bureau_id, note=f"一审：{first.label}")
    readers = heads if first == FirstReview.HEAD else queries.leaders_for(article.unit_id, article.bureau_id, on)
    tell(article, [one for one in readers if one.pk != article.opened_by_id], "first", "待一审的稿件")
    return article


@act
def void(article: Article, *, reason: str, version: int | None, by: User, on: date) -> Article:
    """作废: what will not go out; the row stays with its reason."""
    to, _ = may(article, "void", by=by, on=on, reason=reason)
    turn(article, version, state=to, void_reason=reason.strip()[:300])
    feed(article)
    record(by, "publicity.void", article, bureau=article.bureau_id, note=reason.strip())
    return article


@act
def correct(article: Article, *, reason: str, version: int | None, by: User, on: date) -> Article:
    """更正: the next edition as a draft beside the one that stands; it takes its place when it is published itself."""
    may(article, "correct", by=by, on=on)
    if not reason.strip():
        raise NotAllowed("请写明更正什么（如：第二段数字有误），发布后和原文一并看得到。")
    turn(article, version)
    try:
        with transaction.atomic():
            fresh = Article.objects.create(
                bureau=article.bureau, unit=article.unit, kind=article.kind, title=article.title, body=article.body,
                scope=article.scope, clause=article.clause, opened_by=by, opened_on=on, edition=article.edition + 1,
                corrects=article, correction=reason.strip()[:300],
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("这篇稿件的更正稿已经在写，请打开那一份接着改。") from None
    rows = [*_copies(article, fresh), article]
    feed(fresh)
    record(by, "publicity.correct", fresh, bureau=article.bureau_id, rows=rows, note=reason.strip())
    return fresh


def _decided(article: Article, board: Any, by: User, on: date) -> list[ScopeDecision]:
    """What the committee decided of a board's scope holds for its 通报 too; it is not entered twice."""
    if board is None:
        return []
    return [
        ScopeDecision.objects.create(
            article=article, scope=Scope.PUBLIC, decided_by=one.decided_by, decided_on=one.decided_on,
            document=one.source_note, evidence=one.paper, by=by, entered_on=on,
        )
        for one in board.scopes.filter(scope=Scope.PUBLIC.label).order_by("pk")
    ]  # fmt: skip


def _copies(old: Article, fresh: Article) -> list[Any]:
    """The sources, decisions and stamps of the edition before, for the next one."""
    made: list[Any] = []
    for model, names in (
        (ArticleSource, queries.NAMED),
        (ScopeDecision, ("scope", "names", "decided_by", "decided_on", "document", "evidence", "by", "entered_on")),
        (CaseStamp, ("stamp", "on", "document", "concluded", "problem", "evidence", "by", "entered_on")),
    ):
        for one in model.objects.filter(article=old).order_by("pk"):
            made.append(model.objects.create(article=fresh, **{name: getattr(one, name) for name in names}))
    return made


def _checked(title: str, body: str, scope: str) -> tuple[str, str]:
    title, body = title.strip(), body.strip()
    if not title or len(title) > 120:
        raise NotAllowed("请填写标题，不超过120字。")
    if not body:
        raise NotAllowed("请填写正文。")
    if len(body) > WORDS_MOST:
        raise NotAllowed(f"正文最多{WORDS_MOST}字，请精简。")
    if scope not in Scope.values:
        raise NotAllowed("请选择公开范围。")
    return title, body


def _without_names(bureau_id: int, title: str, body: str) -> tuple[str, str]:
    """典型案例 hide the names of staff unless the committee decided to name them."""
    names = queries.staff_names(bureau_id)
    return rules.hide_names(title, names)[0], rules.hide_names(body, names)[0]


__all__ = ["correct", "edit", "submit", "void", "write"]
