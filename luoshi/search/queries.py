"""What contains the words asked for: a query over keys, over which the hall lays the owner's `visible_to`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from luoshi.search.models import Gram, Item
from luoshi.search.rules import Doc, Source, bigrams, fold, head_of

PAIRS_MOST = 3
"""How many of a question's rarest pairs choose the candidates; the text decides about those."""
COMMON = 5_000
"""A pair in more items than this chooses nothing: reading the texts in order is then as fast."""
FIELDS = ("bureau", "title", "text", "head", "folded")
EXACT, TITLE, TEXT = 0, 1, 2
"""The order of answers: known by exactly this code; in the title; in the text."""


def rare_pairs(asked: Sequence[str]) -> list[str] | None:
    """The rarest pairs of the words by how many items hold them, rarest first; None where one is in no item at all.

    Empty where there are none (one character) or all are common.
    """
    pairs = set().union(*(bigrams(word) for word in asked)) if asked else set()
    if not pairs:
        return []
    counts = dict(Gram.objects.filter(gram__in=pairs).values_list("gram").annotate(number=Count("item_id")))
    if len(counts) < len(pairs):
        return None
    return [one for one in sorted(counts, key=lambda pair: (counts[pair], pair)) if counts[one] <= COMMON][:PAIRS_MOST]


def candidates(asked: Sequence[str]) -> dict[str, list[int]] | None:
    """By kind the items that contain the words, found by their pairs; None where no pair chooses: texts are read.

    Handed on as keys, not as a subquery: a planner cannot know how rare a pair is and would read every text.
    """
    pairs = rare_pairs(asked)
    if pairs is None:
        return {}
    if not pairs:
        return None
    rows = Gram.objects.filter(gram=pairs[0])
    for pair in pairs[1:]:
        rows = rows.filter(item_id__in=Gram.objects.filter(gram=pair).values("item_id"))
    found: dict[str, list[int]] = {}
    keys = list(rows.values_list("item_id", flat=True))
    for kind, pk in Item.objects.filter(_whole(asked), pk__in=keys).values_list("kind", "pk"):
        found.setdefault(kind, []).append(pk)
    return found


def containing(asked: Sequence[str], kind: str, chosen: dict[str, list[int]] | None) -> QuerySet[Any]:
    """The items of a kind that contain every one of these words, each with its `rank`; `chosen`: their `candidates`."""
    found = Item.objects.filter(kind=kind)
    found = found.filter(_whole(asked)) if chosen is None else found.filter(pk__in=chosen.get(kind, []))
    title = Q()
    for word in asked:
        title &= Q(head__contains=word)
    code = Q(head__contains=f" {' '.join(asked)} ")
    ranks = [When(code, then=Value(EXACT)), When(title, then=Value(TITLE))]
    return found.annotate(rank=Case(*ranks, default=Value(TEXT), output_field=IntegerField()))


def _whole(asked: Sequence[str]) -> Q:
    found = Q()
    for word in asked:
        found &= Q(folded__contains=word)
    return found


def item_of(doc: Doc) -> Item:
    """The item that a doc makes, not saved."""
    head = head_of(doc)
    title, text = doc.title.replace("\x00", ""), doc.text.replace("\x00", "")
    folded = f"{head}\n{fold(text)}"
    return Item(kind=doc.kind, key=doc.key, bureau=doc.bureau, title=title, text=text, head=head, folded=folded)


def same(one: Item, other: Item) -> bool:
    """Whether two items say the same."""
    return all(getattr(one, name) == getattr(other, name) for name in FIELDS)


def missing_pairs(item: Item) -> set[str]:
    """The pairs of an item's text that the index lacks. One too many would do no harm: the text decides."""
    pairs = bigrams(item.folded)
    return pairs - set(Gram.objects.filter(item_id=item.pk, gram__in=sorted(pairs)).values_list("gram", flat=True))


def differing(source: Source, keys: Sequence[int]) -> list[int]:
    """The keys of a stretch whose items, or the pairs of whose items, are not as their room tells them now."""
    told = {doc.key: item_of(doc) for doc in source.docs(keys)}
    there = {one.key: one for one in Item.objects.filter(kind=source.kind, key__in=keys)}
    return [
        key
        for key in sorted(told.keys() | there.keys())
        if key not in told or key not in there or not same(told[key], there[key]) or missing_pairs(there[key])
    ]


def left_over(source: Source, after: int, upto: int | None, keys: Sequence[int]) -> list[int]:
    """The keys of items between two keys (or to the end) that their room does not tell any more."""
    there = Item.objects.filter(kind=source.kind, key__gt=after)
    if upto is not None:
        there = there.filter(key__lte=upto)
    return sorted(set(there.values_list("key", flat=True)) - set(keys))
