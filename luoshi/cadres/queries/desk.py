"""What of cadres a person owes today (protocol: `lib.ondesk`): follow-ups due, facts to read, things to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from luoshi.cadres.models import Commendation, CommendationObjection, FollowUp, MeritEntry, Posting
from luoshi.cadres.queries.access import _examined, _personnel
from luoshi.cadres.queries.roster import NEAR, follow_face
from luoshi.cadres.rules import PERSONNEL, CommendState, FollowState, MeritState, ObjectionState, PostingState
from luoshi.lib.ondesk import LINES, Part, Todo
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held, bureaus

WAITING = {FollowState.PLANNED: "draw", FollowState.EXAMINED: "report"}
"""What the office does next; what examiners do stands in their own part."""


def on_desk(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """Own facts first, then what one examines, then what the personnel side owes; parts without lines are left out."""
    parts = [_own(user, on), _examining(user, on)]
    whole = bureaus(held, PERSONNEL)
    if whole:
        parts += [_due(user, held, on), _undecided(user, held, whole), _commendations(user, whole, on)]
    units = org.led_units(user, on) if any(one.duty == Duty.LEADER for one in held) else []
    if units or whole:
        parts.append(_merits(user, units, whole, on))
    return [one for one in parts if one.lines]


def _todo(one: FollowUp, on: date, label: str, name: str, said: str = "") -> Todo:
    lamp, words = follow_face(one, on)
    posting = one.posting
    return Todo(
        f"{posting.cadre}{one}", one.get_absolute_url(), label, reverse(f"cadres:{name}", args=[one.public_id]),
        str(posting.unit), one.due_on, lamp, words, said or posting.post,
    )  # fmt: skip


def _rows(filters: Q) -> list[FollowUp]:
    rows = FollowUp.objects.filter(filters, posting__state__in=[PostingState.ASSIGNED, PostingState.ENDED])
    return list(
        rows.defer("facts").select_related("posting__cadre", "posting__unit").order_by("due_on", "pk")[: LINES + 1]
    )


def _own(user: User, on: date) -> Part:
    rows = _rows(Q(posting__cadre=user, state=FollowState.DRAWN))
    return Part.of("facts", "待我核对的考察事实", [_todo(one, on, "核对", "follow_up") for one in rows])


def _examining(user: User, on: date) -> Part:
    rows = _rows(Q(pk__in=_examined(user).values("follow_up_id"), state=FollowState.READ))
    return Part.of("examine", "待我登记的考察意见", [_todo(one, on, "登记", "examine") for one in rows])


def _due(user: User, held: Sequence[Held], on: date) -> Part:
    near = Q(
        state__in=[FollowState.PLANNED, FollowState.DRAWN, FollowState.READ], due_on__lte=on + timedelta(days=NEAR)
    )
    rows = _rows(_personnel(user, held, "posting__") & (near | Q(state=FollowState.EXAMINED)))
    labels = {FollowState.PLANNED: "抽取事实", FollowState.EXAMINED: "登记报告"}
    lines = [
        _todo(one, on, labels.get(FollowState(one.state), "查看"), WAITING.get(FollowState(one.state), "follow_up"),
              one.get_state_display())
        for one in rows
    ]  # fmt: skip
    return Part.of("follow_ups", "到期的跟踪考察", lines, reverse("cadres:postings"))


def _undecided(user: User, held: Sequence[Held], whole: Sequence[int]) -> Part:
    rows = Posting.objects.filter(_personnel(user, held), bureau__in=whole, state=PostingState.PROPOSED)
    lines = [
        Todo(str(one), one.get_absolute_url(), "登记决定", reverse("cadres:posting_assign", args=[one.public_id]),
             str(one.unit), said=one.aims)
        for one in rows.select_related("cadre", "unit").order_by("pk")[: LINES + 1]
    ]  # fmt: skip
    return Part.of("postings", "待局党委研究的一线锻炼", lines)


def _commendations(user: User, whole: Sequence[int], on: date) -> Part:
    open_ones = Q(state__in=[CommendState.PROPOSED, CommendState.DECIDED]) | Q(
        state=CommendState.NOTICED, notice_until_on__lt=on
    )
    asked = CommendationObjection.objects.filter(state=ObjectionState.OPEN, commendation__bureau__in=whole)
    rows = Commendation.objects.filter(
        open_ones | Q(pk__in=asked.values("commendation_id")), bureau__in=whole
    ).exclude(person=user)  # fmt: skip
    words = {CommendState.PROPOSED: "公示", CommendState.DECIDED: "印发通报", CommendState.NOTICED: "办理"}
    names = {CommendState.PROPOSED: "commendation_notice", CommendState.DECIDED: "commendation_publish"}
    lines = []
    for one in rows.select_related("person", "unit").order_by("pk")[: LINES + 1]:
        state = CommendState(one.state)
        url = reverse(f"cadres:{names.get(state, 'commendation')}", args=[one.public_id])
        lines.append(Todo(str(one), one.get_absolute_url(), words[state], url, one.get_kind_display(),
                          said=one.get_state_display()))  # fmt: skip
    return Part.of("commendations", "待办的表扬奖励", lines, reverse("cadres:commendations"))


def _merits(user: User, units: Sequence[int], whole: Sequence[int], on: date) -> Part:
    mine = Q(bureau__in=whole) | Q(person__in=org.people_of(units, on).values("pk"))
    rows = MeritEntry.objects.filter(mine, state=MeritState.ENTERED).exclude(person=user).exclude(entered_by=user)
    lines = [
        Todo(str(one), one.get_absolute_url(), "审核", reverse("cadres:merit_review", args=[one.public_id]),
             str(one.person), said=one.words)
        for one in rows.select_related("person").order_by("pk")[: LINES + 1]
    ]  # fmt: skip
    return Part.of("merits", "待审核的实绩", lines)
