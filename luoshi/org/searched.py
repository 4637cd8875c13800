"""Whom the search finds: people by name, pinyin initials and log-in name."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.org.models import User
from luoshi.search.rules import Doc, Source, in_order


def person_docs(keys: Sequence[int]) -> list[Doc]:
    """Each person; bureau 0, as a person may sit in several."""
    people = User.objects.filter(pk__in=keys)
    return [Doc("person", one.pk, 0, one.name, codes=(one.pinyin, one.username)) for one in people]


PEOPLE = Source("person", in_order(User.objects.all), person_docs)
SEARCHED = (PEOPLE,)
