"""The checks that every act on articles begins with, and the one conditional UPDATE that decides who wins."""

from __future__ import annotations

from datetime import date

from luoshi.lib.lifecycle import NotAllowed, destination
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.publicity import queries, rules
from luoshi.publicity.models import Article
from luoshi.publicity.queries.searched import ARTICLES
from luoshi.search import services as search

STATES = {str(value): str(label) for value, label in rules.State.choices}


def may(article: Article, name: str, *, by: User, on: date, reason: str | None = None) -> tuple[str, frozenset[str]]:
    """The state after a move and the person's roles, or `NotAllowed`; within the caller's act."""
    article.refresh_from_db()
    mine = queries.roles_in(by, org.held(by, on), article, on)
    to = destination(rules.MOVES, name, state=article.state, duties=mine, states=STATES)
    if rules.MOVES[name].reason and not (reason or "").strip():
        raise NotAllowed(f"“{rules.MOVES[name].label}”要写明理由，请补充后再办。")
    return to, mine


def tell(article: Article, people: list[User], what: str, words: str) -> None:
    """One notice each, once a sending."""
    notify(
        dict.fromkeys(people), bureau=article.bureau_id, kind=f"publicity.{what}",
        key=f"publicity:{article.pk}:{article.round}:{what}", title=f"{words}：{article.title}",
        url=article.get_absolute_url(),
    )  # fmt: skip


def feed(*articles: Article) -> None:
    """What the search finds of these, brought up to date."""
    search.index(ARTICLES, [one.pk for one in articles])
