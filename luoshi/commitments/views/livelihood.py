"""民生实事: the batches of a bureau, and one batch with its works."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.commitments import queries
from luoshi.commitments.models import LivelihoodBatch
from luoshi.commitments.rules import OFFICE, OWNER, READERS, UNIT, roles
from luoshi.commitments.views.loaders import Request, load_batch
from luoshi.lib import clock
from luoshi.org.access import route
from luoshi.org.rules import Duty


@route(may=READERS)
@require_safe
def batches(request: Request) -> HttpResponse:
    """The batches, the newest first."""
    seen = queries.batches_seen(request.held).filter(bureau=request.bureau)
    context = {"lines": queries.batch_lines(seen, clock.today()), "office": Duty.OFFICE in request.duties}
    return render(request, "commitments/batches.html", context)


@route(may=READERS)
@require_safe
@load_batch
def batch(request: Request, batch: LivelihoodBatch) -> HttpResponse:
    """One batch: each work with its beneficiaries, its date, its result and their feedback."""
    on = clock.today()
    office = any(one.duty == Duty.OFFICE and one.bureau_id == batch.bureau_id for one in request.held)
    found = []
    for line in queries.item_lines(batch, on):
        item = line.item
        mine = roles(
            request.user.pk, request.held, bureau_id=batch.bureau_id, person_id=item.leader_id, units=[item.unit_id]
        )
        open_one = item.done_on is None and not item.void_reason
        found.append((line, open_one and bool(mine & {OFFICE, OWNER, UNIT}),
                      open_one and item.matter_id is None and bool(mine & {OFFICE, OWNER})))  # fmt: skip
    summed = queries.batch_lines(queries.batches_seen(request.held).filter(pk=batch.pk), on)[0]
    context = {"batch": batch, "rows": found, "sum": summed, "office": office}
    return render(request, "commitments/batch.html", context)
