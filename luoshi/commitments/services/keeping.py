"""践诺: amendments in the open, progress, linked matters, and what came of each promise; 评诺 at year-end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.commitments import queries
from luoshi.commitments.models import Amendment, Commitment, Progress, ProgressEvidence, Promise, PromiseMatter
from luoshi.commitments.rules import OFFICE, Outcome, ProgressKind, State
from luoshi.commitments.services.drafting import Words, check_promise
from luoshi.commitments.services.feeding import feed
from luoshi.commitments.services.moves import decision, may
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import queries as matters
from luoshi.matters import services as errands
from luoshi.matters.models import Matter
from luoshi.notices.services import notify
from luoshi.org.models import Unit, User
from luoshi.records.services import act, keep, record, turn


@act
def amend(
    promise: Promise,
    *,
    words: str,
    measure: str,
    due_on: date | None,
    reason: str,
    ends: bool = False,
    version: int | None,
    by: User,
    on: date,
    decided_by: User | None = None,
    decided_on: date | None = None,
    source_note: str = "",
) -> Amendment:
    """变更承诺: new words, measure or date, or the promise's end; what stood before stays readable beside it."""
    commitment = promise.commitment
    _, mine = may(commitment, "amend", by=by, on=on, reason=reason)
    promise.refresh_from_db()
    if promise.ended_on is not None or promise.outcome:
        raise NotAllowed("这一条已经终止或登记了兑现情况，不能再变更。")
    who, day, note = decision(
        mine, bureau=commitment.bureau, by=by, on=on, decided_by=decided_by, decided_on=decided_on,
        source_note=source_note,
    )  # fmt: skip
    old_words, old_measure, old_due = queries.standing_words(promise)
    if ends:
        told: dict[str, Any] = {"new_words": "", "new_measure": "", "new_due_on": None, "ends": True}
    else:
        check_promise(Words(words, measure, due_on), commitment.year, on, nth=promise.order)
        told = {"new_words": words.strip(), "new_measure": measure.strip(), "new_due_on": due_on, "ends": False}
        if (told["new_words"], told["new_measure"], due_on) == (old_words, old_measure, old_due):
            raise NotAllowed("内容和时限都没有改动，不用变更。")
    changes = {"ended_on": on} if ends else {"due_now_on": due_on}
    turn(promise, version, **changes)
    amendment = Amendment.objects.create(
        promise=promise, number=promise.amendments.count() + 1, old_words=old_words, old_measure=old_measure,
        old_due_on=old_due, reason=reason.strip()[:300], on=on, by=by, decided_by=who, decided_on=day,
        source_note=note[:200], **told,
    )  # fmt: skip
    feed(commitments=[commitment.pk])
    record(
        by, "commitments.amend", promise, bureau=commitment.bureau_id, rows=[amendment], note=reason.strip(),
        decided_by=who, decided_on=day,
    )  # fmt: skip
    notify(
        [one for one in [commitment.person] if one != by], bureau=commitment.bureau_id, kind="commitments.amend",
        key=f"commitments:amendment:{amendment.pk}", title=f"承诺已变更：{old_words}",
        url=promise.get_absolute_url(),
    )  # fmt: skip
    return amendment


@act
def note_progress(
    promise: Promise, *, words: str, happened_on: date, by: User, on: date, staged: Sequence[str] = ()
) -> Progress:
    """登记进展: one line, entered once; proof may be added and is never asked for."""
    may(promise.commitment, "note_progress", by=by, on=on)
    if promise.ended_on is not None:
        raise NotAllowed("这一条承诺已经终止，不用再登记进展。")
    found, rows = _line(promise, ProgressKind.PROGRESS, words, happened_on, "", by, on, staged)
    record(by, "commitments.note_progress", promise, bureau=promise.commitment.bureau_id, rows=[found, *rows],
           note=found.words)  # fmt: skip
    return found


@act
def void_progress(progress: Progress, *, reason: str, by: User, on: date) -> Progress:
    """A line entered by mistake: it stays, struck out, with the reason. Whoever entered it may, and the office."""
    promise = progress.promise
    _, mine = may(promise.commitment, "note_progress", by=by, on=on)
    if progress.by_id != by.pk and OFFICE not in mine:
        raise NotAllowed("只有登记人本人或局办公室可以作废这条记录。")
    if progress.kind != ProgressKind.PROGRESS:
        raise NotAllowed("兑现情况有误的，请重新登记兑现，以最后一次为准。")
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    won = Progress.objects.filter(pk=progress.pk, void_reason="").update(void_reason=reason.strip()[:200])
    progress.refresh_from_db()
    if not won:
        raise NotAllowed("这条记录已经作废。")
    record(by, "commitments.void_progress", promise, bureau=promise.commitment.bureau_id, rows=[progress],
           note=reason.strip())  # fmt: skip
    return progress


@act
def link(promise: Promise, matter: Matter, *, by: User, on: date) -> PromiseMatter:
    """关联事项: a supervised matter of the bureau, which the person sees, through which the promise is kept."""
    commitment = promise.commitment
    may(commitment, "link", by=by, on=on)
    if promise.ended_on is not None:
        raise NotAllowed("这一条承诺已经终止，不能再关联事项。")
    if matter.bureau_id != commitment.bureau_id or not matters.visible_to(by, on).filter(pk=matter.pk).exists():
        raise NotAllowed("没有找到这件事项，或您看不到它。请在列表里重新选择。")
    try:
        with transaction.atomic():
            found = PromiseMatter.objects.create(promise=promise, matter=matter, by=by, on=on)
    except IntegrityError:
        raise NotAllowed("这件事项已经关联到这一条承诺。") from None
    record(by, "commitments.link", promise, bureau=commitment.bureau_id, rows=[found], note=str(matter))
    return found


@act
def unlink(found: PromiseMatter, *, by: User, on: date) -> PromiseMatter:
    """取消关联: linked by mistake; the row stays."""
    commitment = found.promise.commitment
    may(commitment, "link", by=by, on=on)
    if not PromiseMatter.objects.filter(pk=found.pk, ended_on=None).update(ended_on=on):
        raise NotAllowed("这件事项的关联已经取消。")
    found.refresh_from_db()
    record(by, "commitments.unlink", found.promise, bureau=commitment.bureau_id, rows=[found], note=str(found.matter))
    return found


@act
def open_matter(promise: Promise, *, unit: Unit, due_on: date | None, by: User, on: date, now: datetime) -> Matter:
    """立事项: the promise becomes a supervised matter (拟办) of the leader's, and is linked with it."""
    commitment = promise.commitment
    may(commitment, "link", by=by, on=on)
    words, measure, due = queries.standing_words(promise)
    matter = errands.open_matter(
        bureau=commitment.bureau, title=words[:200], source="PLAN" if commitment.clause else "KEY_WORK",
        source_title=f"{commitment}第{promise.order}条", requirement=f"完成标志：{measure}", lead_unit=unit,
        leader=commitment.person, clause=commitment.clause, due_on=due_on or due, by=by, on=on, now=now,
    )  # fmt: skip
    link(promise, matter, by=by, on=on)
    return matter


@act
def fulfil(
    promise: Promise,
    *,
    outcome: str,
    words: str,
    version: int | None,
    by: User,
    on: date,
    staged: Sequence[str] = (),
) -> Progress:
    """登记兑现: kept, partly or not, in words; said again before 评诺 the last word counts and the earlier stays."""
    commitment = promise.commitment
    may(commitment, "fulfil", by=by, on=on)
    promise.refresh_from_db()
    if outcome not in Outcome.values:
        raise NotAllowed("请选择已兑现、部分兑现或未兑现。")
    if promise.ended_on is not None:
        raise NotAllowed("这一条承诺已经终止，不用登记兑现。")
    turn(promise, version, outcome=outcome, outcome_on=on)
    found, rows = _line(promise, ProgressKind.FULFILMENT, words, on, outcome, by, on, staged)
    record(by, "commitments.fulfil", promise, bureau=commitment.bureau_id, rows=[found, *rows],
           note=f"{Outcome(outcome).label}：{found.words}")  # fmt: skip
    return found


@act
def settle(commitment: Commitment, *, note: str, version: int | None, by: User, on: date) -> Commitment:
    """评诺: every promise has its outcome, and it was judged: where, how, with which words."""
    to, _ = may(commitment, "settle", by=by, on=on)
    if not note.strip():
        raise NotAllowed("请写明评诺方式和意见（如：年度考核会上逐条评议，同意兑现情况）。")
    if commitment.state == State.PUBLISHED:
        missing = commitment.promises.filter(outcome="", ended_on=None).order_by("order").first()
        if missing is not None:
            raise NotAllowed(f"第{missing.order}条还没有登记兑现情况，请先逐条登记。")
    turn(commitment, version, state=to, settled_on=on, settled_note=note.strip()[:500], settled_by=by)
    record(by, "commitments.settle", commitment, bureau=commitment.bureau_id, note=note.strip())
    notify(
        [one for one in [commitment.person] if one != by], bureau=commitment.bureau_id, kind="commitments.settle",
        key=f"commitments:{commitment.pk}:settle", title=f"已评诺：{commitment}", url=commitment.get_absolute_url(),
    )  # fmt: skip
    return commitment


def _line(
    promise: Promise, kind: str, words: str, happened_on: date, outcome: str, by: User, on: date, staged: Sequence[str]
) -> tuple[Progress, list[ProgressEvidence]]:
    if not words.strip():
        raise NotAllowed("请写明情况。")
    if happened_on > on:
        raise NotAllowed("日期不能晚于今天。")
    found = Progress.objects.create(
        promise=promise, kind=kind, on=happened_on, words=words.strip()[:500], outcome=outcome, by=by, entered_on=on
    )
    files = keep(staged, by=by, bureau=promise.commitment.bureau_id) if staged else []
    proofs = [ProgressEvidence.objects.create(progress=found, evidence=one) for one in files]
    return found, [*files, *proofs]  # type: ignore[list-item]


__all__ = ["Commitment", "amend", "fulfil", "link", "note_progress", "open_matter", "settle", "unlink",
           "void_progress"]  # fmt: skip
