"""考评办法: drafted by 局办公室, adopted before its first quarter by whom the body empowered, then never changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from luoshi.appraisal import queries
from luoshi.appraisal.models import Scheme, SchemeBlock, SchemeIndicator
from luoshi.appraisal.rules.drafting import Draft, why_not
from luoshi.appraisal.rules.quarters import quarter_of
from luoshi.appraisal.rules.words import SchemeState
from luoshi.appraisal.services.moves import must_hold, reasoned
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.queries.people import receivers
from luoshi.notices.services import notify
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty
from luoshi.plan.models import Plan
from luoshi.records.services import act, keep, record, turn


@act
def draft_scheme(
    *, bureau: Unit, draft: Draft, by: User, on: date, plan: Plan | None = None, follows: Scheme | None = None
) -> Scheme:
    """起草: a new edition; nothing applies it yet."""
    must_hold(Duty.OFFICE, bureau.pk, by=by, on=on, act="起草考评办法")
    _check(draft)
    if follows is not None and follows.bureau_id != bureau.pk:
        raise NotAllowed("上一版不是本局的考评办法，请重新选择。")
    try:
        with transaction.atomic():
            scheme = Scheme.objects.create(
                bureau=bureau, plan=plan, edition=queries.next_edition(bureau.pk), follows=follows, drafted_by=by,
                drafted_on=on, **_told(draft),
            )  # fmt: skip
    except IntegrityError:
        raise NotAllowed("刚有人起草了同一版次，请刷新页面再办。") from None
    rows = _write(scheme, draft)
    record(by, "appraisal.draft_scheme", scheme, bureau=bureau.pk, rows=rows)
    return scheme


@act
def edit_scheme(scheme: Scheme, *, draft: Draft, version: int | None, by: User, on: date) -> Scheme:
    """修改: while it is a draft."""
    must_hold(Duty.OFFICE, scheme.bureau_id, by=by, on=on, act="修改考评办法")
    scheme.refresh_from_db()
    _in(scheme, SchemeState.DRAFT, "修改")
    _check(draft)
    turn(scheme, version, **_told(draft))
    rows = _write(scheme, draft)
    record(by, "appraisal.edit_scheme", scheme, bureau=scheme.bureau_id, rows=rows)
    return scheme


@act
def adopt_scheme(
    scheme: Scheme, *, version: int | None, by: User, on: date, decided_by: User | None = None,
    decided_on: date | None = None, body: str = "", source_note: str = "", late_reason: str = "",
    staged: Sequence[str] = (),
) -> Scheme:  # fmt: skip
    """采用: decided, published to everybody, frozen at the start of its first quarter.

    It must be adopted before that quarter begins. Only a bureau's first scheme may come later, with the reason and
    the leader's decision, and never for a quarter longer gone than the one before today's.
    """
    scheme.refresh_from_db()
    _in(scheme, SchemeState.DRAFT, "采用")
    who, day, note = _decision(
        scheme, by=by, on=on, decided_by=decided_by, decided_on=decided_on, source_note=source_note, staged=staged
    )
    late = _late(scheme, late_reason, on)
    earlier = _earlier(scheme)
    files = keep(staged, by=by, bureau=scheme.bureau_id) if staged else []
    turn(
        scheme, version, state=SchemeState.ADOPTED, decided_by=who, decided_on=day, body=body.strip()[:60],
        source_note=note, paper=files[0] if files else None, late_reason=late, published_on=on,
        frozen_on=max(on, scheme.since.first),
    )  # fmt: skip
    for one in earlier:
        last = scheme.since.previous
        turn(one, None, state=SchemeState.SUPERSEDED, until_year=last.year, until_quarter=last.number)
    record(
        by, "appraisal.adopt_scheme", scheme, bureau=scheme.bureau_id, rows=[*earlier, *files],
        note=f"自{scheme.since}起", decided_by=who, decided_on=day,
    )  # fmt: skip
    heads = receivers(list(org.units_of(scheme.bureau_id, on).values_list("pk", flat=True)), on)
    notify(
        [one for one in heads if one != by], bureau=scheme.bureau_id, kind="appraisal.scheme",
        key=f"appraisal:scheme:{scheme.pk}", title=f"考评办法已公布：{scheme}，自{scheme.since}起",
        url=scheme.get_absolute_url(),
    )  # fmt: skip
    return scheme


@act
def withdraw_scheme(scheme: Scheme, *, reason: str, version: int | None, by: User, on: date) -> Scheme:
    """撤回: a draft, or an adopted one before its first quarter; what it took over from goes on."""
    must_hold(Duty.OFFICE, scheme.bureau_id, by=by, on=on, act="撤回考评办法")
    why = reasoned(reason, "撤回")
    scheme.refresh_from_db()
    if scheme.state not in (SchemeState.DRAFT, SchemeState.ADOPTED):
        raise NotAllowed(f"现在是“{scheme.get_state_display()}”状态，不能撤回。")
    if scheme.state == SchemeState.ADOPTED and on >= scheme.since.first:
        raise NotAllowed(f"{scheme.since}已经开始，当季不改办法。请起草新的一版，自下一季度起用。")
    last = scheme.since.previous
    before = Scheme.objects.filter(
        bureau=scheme.bureau_id, state=SchemeState.SUPERSEDED, until_year=last.year, until_quarter=last.number
    )
    back = list(before) if scheme.state == SchemeState.ADOPTED else []
    turn(scheme, version, state=SchemeState.WITHDRAWN, withdrawn_reason=why[:300])
    for one in back:
        turn(one, None, state=SchemeState.ADOPTED, until_year=None, until_quarter=None)
    record(by, "appraisal.withdraw_scheme", scheme, bureau=scheme.bureau_id, rows=back, note=why)
    return scheme


def _check(draft: Draft) -> None:
    wrong = why_not(draft)
    if wrong:
        raise NotAllowed(" ".join(wrong))


def _in(scheme: Scheme, state: str, act: str) -> None:
    if scheme.state != state:
        raise NotAllowed(f"现在是“{scheme.get_state_display()}”状态，不能{act}。采用以后不再改，要改请起草新的一版。")


def _told(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title.strip()[:120], "from_year": draft.since.year, "from_quarter": draft.since.number,
        "peers": draft.peers, "tie_rule": draft.tie_rule, "min_sample": draft.min_sample,
        "grace_days": draft.grace_days, "bonus_cap": draft.bonus_cap, "praise_points": draft.praise_points,
        "criticism_points": draft.criticism_points, "note": draft.note.strip()[:300],
        "weights_source": draft.sources.get("weights", "")[:300], "peers_source": draft.sources.get("peers", "")[:300],
    }  # fmt: skip


def _write(scheme: Scheme, draft: Draft) -> list[Any]:
    """The blocks and indicators as they are written now; those struck from the draft go, and the record says so."""
    rows: list[Any] = []
    for nth, (block, weight) in enumerate(draft.blocks.items(), 1):
        made, _ = SchemeBlock.objects.update_or_create(
            scheme=scheme, block=block, defaults={"weight": weight, "order": nth}
        )
        rows.append(made)
        stands = []
        for place, one in enumerate(draft.rows, 1):
            if not one.weights.get(block):
                continue
            indicator, _ = SchemeIndicator.objects.update_or_create(
                block=made, key=one.key,
                defaults={
                    "label": one.label.strip()[:40], "weight": one.weights[block], "clause_id": one.clause_id,
                    "from_on": one.from_on, "until_on": one.until_on, "order": place,
                },
            )  # fmt: skip
            stands.append(indicator)
        struck = list(SchemeIndicator.objects.filter(block=made).exclude(pk__in=[one.pk for one in stands]))
        SchemeIndicator.objects.filter(pk__in=[one.pk for one in struck]).delete()
        rows += [*stands, *struck]
    return rows


def _decision(
    scheme: Scheme, *, by: User, on: date, decided_by: User | None, decided_on: date | None, source_note: str,
    staged: Sequence[str],
) -> tuple[User, date, str]:  # fmt: skip
    """Who decided, when, and where that stands: 主要领导 himself, or the office with the paper of the sitting."""
    duties, note = org.duties(by, scheme.bureau_id, on), source_note.strip()
    if decided_by is None or decided_by == by:
        if Duty.CHIEF in duties:
            return by, on, note
        raise NotAllowed("考评办法由局党委会或主要领导审定。请填写审定人、审定日期，并附纪要或写明出处。")
    if Duty.OFFICE not in duties:
        raise NotAllowed("只有局办公室可以代录审定结果，请用自己的名义办理。")
    day = decided_on or on
    if day > on:
        raise NotAllowed("审定日期不能晚于今天，请核对纪要上的日期。")
    if Duty.CHIEF not in {one.duty for one in org.held(decided_by, day) if one.bureau_id == scheme.bureau_id}:
        raise NotAllowed(f"{decided_by}在{day:%Y-%m-%d}不是本局主要领导，请核对审定人。")
    if not note and not staged:
        raise NotAllowed("代录审定结果，请写明出处（如局党委会纪要第几期）或附上纪要。")
    return decided_by, day, note


def _late(scheme: Scheme, reason: str, on: date) -> str:
    since = scheme.since
    if on < since.first:
        return ""
    if queries.scheme_for(scheme.bureau_id, since) is not None:
        raise NotAllowed(f"{since}已经开始，当季不改办法。请把起用季度改为{quarter_of(on).next}。")
    if since < quarter_of(on).previous:
        raise NotAllowed(f"{since}已经过去，不能倒回去定办法。最早可自{quarter_of(on).previous}起用。")
    if not reason.strip():
        raise NotAllowed(f"{since}已经开始。首次采用的可以补定，请写明理由；否则请改为{quarter_of(on).next}起用。")
    return reason.strip()[:300]


def _earlier(scheme: Scheme) -> list[Scheme]:
    """The scheme in force that this one takes over from; one for the same or a later quarter stands in the way."""
    found = list(Scheme.objects.filter(bureau=scheme.bureau_id, state=SchemeState.ADOPTED).exclude(pk=scheme.pk))
    for one in found:
        if one.since >= scheme.since:
            raise NotAllowed(f"{one}已采用，自{one.since}起用。请先撤回那一版，或改这一版的起用季度。")
    return found
