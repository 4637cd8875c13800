"""The only writer of the index: the services of the rooms above hand in what they changed, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from luoshi.search.models import Gram, Item
from luoshi.search.queries import FIELDS, item_of, left_over, missing_pairs, same
from luoshi.search.rules import Source, bigrams

BATCH = 400
ROWS = 5_000


def index(source: Source, keys: Sequence[int]) -> int:
    """Bring the items of these keys up to date with what their room now says; how many changed. Part of the act.

    The items are held first and the room is read after that, so of two acts on one thing the later one tells all.
    What stands already costs two looks; of a changed text only the pairs that came or went are written. A key that
    the room tells no more is forgotten.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the index is written with what it is about, in one transaction")
    wanted = sorted(set(keys))
    return sum(_index(source, wanted[start : start + BATCH]) for start in range(0, len(wanted), BATCH))


def forget(kind: str, keys: Sequence[int]) -> None:
    """Take items out of the index, with the act that made them no longer findable."""
    for start in range(0, len(keys), BATCH):
        items = Item.objects.filter(kind=kind, key__in=keys[start : start + BATCH])
        _drop({one.pk: bigrams(one.folded) for one in items})
        items._raw_delete(items.db)


def settle(source: Source, keys: Sequence[int], *, after: int, last: bool) -> int:
    """One stretch of a rebuild, committed by itself: these are all the keys after `after` up to the last of them.

    With `last` also whatever stands beyond is forgotten. Done again it changes nothing, so a rebuild that was broken
    off is simply started again. Returns how many items changed.
    """
    with transaction.atomic():
        gone = left_over(source, after, None if last else keys[-1], keys)
        forget(source.kind, gone)
        changed = len(gone) + index(source, keys)
        for item in Item.objects.filter(kind=source.kind, key__in=keys):
            if lacking := missing_pairs(item):
                Gram.objects.bulk_create([Gram(gram=pair, item_id=item.pk) for pair in sorted(lacking)])
                changed += 1
        return changed


def _index(source: Source, keys: Sequence[int]) -> int:
    held = Item.objects.select_for_update().filter(kind=source.kind, key__in=keys).order_by("pk")
    present = {one.key: one for one in held}
    fresh, altered = [], []
    came: list[Gram] = []
    gone: dict[int, set[str]] = {}
    told = {doc.key: item_of(doc) for doc in source.docs(keys)}
    for key, made in told.items():
        item = present.get(key)
        if item is None:
            fresh.append(made)
        elif not same(item, made):
            old, new = bigrams(item.folded), bigrams(made.folded)
            made.pk = item.pk
            altered.append(made)
            came += [Gram(gram=pair, item_id=item.pk) for pair in sorted(new - old)]
            gone[item.pk] = old - new
    for made in Item.objects.bulk_create(fresh):
        came += [Gram(gram=pair, item_id=made.pk) for pair in sorted(bigrams(made.folded))]
    if altered:
        Item.objects.bulk_update(altered, FIELDS)
    _drop(gone)
    Gram.objects.bulk_create(came, batch_size=ROWS)
    lost = [key for key in present if key not in told]
    forget(source.kind, lost)
    return len(fresh) + len(altered) + len(lost)


def _drop(pairs: dict[int, set[str]]) -> None:
    """Delete these pairs of these items; the primary key finds them, no second index is kept."""
    for pk, grams in pairs.items():
        if grams:
            rows = Gram.objects.filter(item_id=pk, gram__in=sorted(grams))
            rows._raw_delete(rows.db)
