"""What of this room may be looked up; who finds it is said by `articles_seen`."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.publicity.models import Article
from luoshi.publicity.rules import State
from luoshi.search.rules import Doc, Source, in_order


def article_docs(keys: Sequence[int]) -> list[Doc]:
    """Each article with its text; what is void is found no more."""
    rows = Article.objects.filter(pk__in=keys).exclude(state=State.VOID)
    return [Doc("article", one.pk, one.bureau_id, one.title, one.body) for one in rows]


ARTICLES = Source("article", in_order(lambda: Article.objects.exclude(state=State.VOID)), article_docs)
SEARCHED = (ARTICLES,)
