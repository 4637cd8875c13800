"""What of this room may be looked up, in words that whoever sees the row may read."""

from __future__ import annotations

from collections.abc import Sequence

from luoshi.commitments.models import Commitment, Concern, LivelihoodBatch
from luoshi.commitments.queries.access import PUBLIC
from luoshi.search.rules import Doc, Source, in_order


def commitment_docs(keys: Sequence[int]) -> list[Doc]:
    """Each published commitment with its promises, first and later words alike."""
    rows = Commitment.objects.filter(PUBLIC, pk__in=keys).select_related("person")
    found = []
    for one in rows.prefetch_related("promises__amendments"):
        said = [one.field]
        for promise in one.promises.all():
            said += [promise.words, promise.measure]
            said += [text for later in promise.amendments.all() for text in (later.new_words, later.new_measure)]
        found.append(Doc("commitment", one.pk, one.bureau_id, str(one), "\n".join(filter(None, said))))
    return found


def concern_docs(keys: Sequence[int]) -> list[Doc]:
    """Each concern with what was asked, answered and done; never who asked."""
    return [
        Doc("concern", one.pk, one.bureau_id, one.title, "\n".join(filter(None, [one.words, one.answer, one.measure])))
        for one in Concern.objects.filter(pk__in=keys)
    ]


def batch_docs(keys: Sequence[int]) -> list[Doc]:
    """Each list of livelihood work with its items."""
    found = []
    for one in LivelihoodBatch.objects.filter(pk__in=keys).prefetch_related("items"):
        said = [one.document]
        for item in one.items.all():
            said += [item.name, item.beneficiaries, item.result, item.feedback]
        found.append(Doc("livelihood", one.pk, one.bureau_id, one.title, "\n".join(filter(None, said))))
    return found


COMMITMENTS = Source("commitment", in_order(lambda: Commitment.objects.filter(PUBLIC)), commitment_docs)
CONCERNS = Source("concern", in_order(Concern.objects.all), concern_docs)
BATCHES = Source("livelihood", in_order(LivelihoodBatch.objects.all), batch_docs)
SEARCHED = (COMMITMENTS, CONCERNS, BATCHES)
