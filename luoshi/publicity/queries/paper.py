"""An article and the ledger in plain values, for files."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.documents.articles import ArticleFacts
from luoshi.publicity.models import Article
from luoshi.publicity.rules import VISIBLE, Scope, Stage, State, blocks


def article_facts(article: Article, *, inside: bool) -> ArticleFacts:
    """One article, for who works on it (`inside`) with who wrote, reviewed and published it; one query."""
    read = {one.stage: str(one.by) for one in article.reviews.select_related("by")
            if one.passed and one.round == article.round}  # fmt: skip
    signed = [("撰稿", str(article.opened_by)), *((one.label, read.get(one, "")) for one in Stage)]
    return ArticleFacts(
        bureau=article.bureau.name,
        title=article.title,
        unit=str(article.unit),
        internal=article.scope != Scope.PUBLIC or article.state not in VISIBLE,
        draft="" if article.state in VISIBLE else State(article.state).label,
        lines=[(one.kind, one.words) for one in blocks(article.body)],
        correction=article.correction,
        published_on=article.published_on,
        signed=[*signed, ("发布", str(article.published_by or ""))] if inside else [],
    )


def ledger_cells(rows: Sequence[Article]) -> list[tuple[str, ...]]:
    """The lines of 宣传台账; `rows` as `lists.ledger_rows` makes them."""
    found: list[tuple[str, ...]] = []
    for nth, one in enumerate(rows, 1):
        read = [f"{told.get_stage_display()} {told.by}" for told in one.read if told.round == one.round]  # type: ignore[attr-defined]
        ran = [f"{told.medium} {told.on:%Y-%m-%d}" for told in one.ran]  # type: ignore[attr-defined]
        title = one.title if one.edition == 1 else f"{one.title}（第{one.edition}版）"
        found.append((
            str(nth), title, one.get_kind_display(), str(one.unit), one.get_scope_display(), one.get_state_display(),
            "、".join(read), f"{one.published_on:%Y-%m-%d}" if one.published_on else "", "；".join(ran),
        ))  # fmt: skip
    return found
