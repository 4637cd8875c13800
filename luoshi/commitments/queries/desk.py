"""What of promises, concerns and livelihood work a person owes today (protocol: `lib.ondesk`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from luoshi.commitments.models import Commitment, Concern, LivelihoodItem, Promise
from luoshi.commitments.queries.access import principals
from luoshi.commitments.queries.basis import members
from luoshi.commitments.queries.lists import OPEN, ConcernLine, concern_lines, item_face
from luoshi.commitments.rules import NEAR, ConcernState, State, promise_face
from luoshi.lib.ondesk import LINES, Part, Todo
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held


def on_desk(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """To answer, to end, to publish, near promises and works; parts without lines are left out."""
    leaders = principals(user, held)
    units = sorted({one.unit_id for one in held if one.duty in (Duty.HEAD, Duty.HANDLER)})
    deciding = sorted({one.bureau_id for one in held if one.duty in (Duty.OFFICE, Duty.CHIEF)})
    office = sorted({one.bureau_id for one in held if one.duty == Duty.OFFICE})
    parts: list[Part] = []
    if leaders or units:
        parts += _concerns(leaders, units, on)
    if leaders:
        parts += _own(leaders, on)
    if deciding:
        parts.append(_waiting(deciding))
    if office:
        parts += _office(office, on)
    if leaders or units:
        parts.append(_works(leaders, units, on))
    return [one for one in parts if one.lines]


def _concerns(leaders: set[int], units: Sequence[int], on: date) -> list[Part]:
    mine = Concern.objects.filter(Q(leader__in=leaders) | Q(unit__in=units), state__in=OPEN)
    rows = mine.select_related("leader", "unit").order_by("-state", "answer_due_on", "pk")  # WAITING, then ANSWERED
    lines = concern_lines(list(rows[: 2 * LINES + 1]), on)
    found = []
    for key, label, state, act in (
        ("answer", "待答复的诉求", ConcernState.WAITING, "答复"),
        ("close", "已答复、待办结的诉求", ConcernState.ANSWERED, "办结"),
    ):
        todo = [_concern(one, key, act) for one in lines if one.concern.state == state]
        found.append(Part.of(key, label, todo, reverse("commitments:concerns")))
    return found


def _concern(line: ConcernLine, key: str, act: str) -> Todo:
    one, waits = line.concern, line.concern.state == ConcernState.WAITING
    return Todo(
        title=one.title,
        url=one.get_absolute_url(),
        act=act,
        act_url=reverse(f"commitments:{key}", args=[one.public_id]),
        whose=str(one.unit or one.leader),
        on=one.answer_due_on if waits else None,
        lamp=line.face.lamp if waits else "",
        words=line.face.words if waits else "",
        said=one.words if waits else one.answer,
    )


def _own(leaders: set[int], on: date) -> list[Part]:
    near = Promise.objects.filter(
        commitment__person__in=leaders, commitment__state=State.PUBLISHED, outcome="", ended_on=None,
        due_now_on__lte=on + NEAR,
    ).select_related("commitment__person")  # fmt: skip
    lines = []
    for one in near.order_by("due_now_on", "pk")[: LINES + 1]:
        face = promise_face(one.due_now_on, "", ended=False, on=on)
        url = reverse("commitments:fulfil", args=[one.pk])
        lines.append(
            Todo(one.words, one.get_absolute_url(), "登记兑现", url, str(one.commitment.person), one.due_now_on,
                 face.lamp, face.words)
        )  # fmt: skip
    drafts = Commitment.objects.filter(person__in=leaders, state=State.DRAFT).select_related("person")
    back = [
        Todo(str(one), one.get_absolute_url(), "修改", reverse("commitments:edit", args=[one.public_id]),
             str(one.person), said=f"退回修改：{one.returned}" if one.returned else "还没有送审")
        for one in drafts.order_by("pk")[: LINES + 1]
    ]  # fmt: skip
    return [Part.of("promises", "快到期的承诺", lines), Part.of("drafts", "我起草的承诺", back)]


def _waiting(bureaus: Sequence[int]) -> Part:
    rows = Commitment.objects.filter(bureau__in=bureaus, state=State.SUBMITTED).select_related("person")
    lines = [
        Todo(str(one), one.get_absolute_url(), "公示", reverse("commitments:publish", args=[one.public_id]),
             str(one.person))
        for one in rows.order_by("pk")[: LINES + 1]
    ]  # fmt: skip
    return Part.of("publish", "待审定公示的承诺", lines)


def _office(bureaus: Sequence[int], on: date) -> list[Part]:
    """评诺 where every promise has its outcome; the members without a set, once the team has begun."""
    open_one = Promise.objects.filter(commitment=OuterRef("pk"), outcome="", ended_on=None)
    ready = Commitment.objects.filter(~Exists(open_one), bureau__in=bureaus, state=State.PUBLISHED)
    judge = [
        Todo(str(one), one.get_absolute_url(), "评诺", reverse("commitments:settle", args=[one.public_id]),
             str(one.person), said="各条兑现情况已登记齐")
        for one in ready.select_related("person").order_by("pk")[: LINES + 1]
    ]  # fmt: skip
    return [Part.of("settle", "待评诺的承诺", judge), *[_missing(one, on) for one in bureaus[:1]]]


def _missing(bureau_id: int, on: date) -> Part:
    sets: QuerySet[Commitment] = Commitment.objects.filter(bureau=bureau_id, year=on.year).exclude(state=State.VOID)
    told = dict(sets.values_list("person_id", "state"))
    begun = any(state in (State.PUBLISHED, State.SETTLED) for state in told.values())
    people = [one for one in members(bureau_id, on) if one.pk not in told] if begun else []
    url = reverse("commitments:new")
    lines = [
        Todo(f"{one}还没有{on.year}年公开承诺", reverse("commitments:list"), "起草", f"{url}?person={one.pk}", str(one))
        for one in people
    ]
    return Part.of("missing", "还没有承诺的班子成员", lines)


def _works(leaders: set[int], units: Sequence[int], on: date) -> Part:
    rows = LivelihoodItem.objects.filter(
        Q(leader__in=leaders) | Q(unit__in=units), done_on=None, void_reason="", due_on__lte=on + NEAR
    ).select_related("batch", "unit", "leader")
    lines = []
    for one in rows.order_by("due_on", "pk")[: LINES + 1]:
        face = item_face(one, on)
        url = reverse("commitments:item_finish", args=[one.pk])
        lines.append(
            Todo(one.name, one.get_absolute_url(), "登记完成", url, str(one.unit), one.due_on, face.lamp, face.words)
        )
    return Part.of("works", "快到期的民生实事", lines)
