"""What of summaries a person owes today (protocol: `lib.ondesk`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from luoshi.lib.ondesk import LINES, Part, Todo
from luoshi.org.models import Unit, User
from luoshi.org.rules import Duty, Held
from luoshi.outcomes.models import Summary
from luoshi.outcomes.queries.panel import plan_of
from luoshi.outcomes.queries.summaries import due
from luoshi.outcomes.rules import SummaryKind, SummaryState


def on_desk(user: User, held: Sequence[Held], on: date) -> list[Part]:
    """To write, to finish, to decide; parts without lines are left out."""
    office = sorted({one.bureau_id for one in held if one.duty == Duty.OFFICE})
    deciding = sorted({one.bureau_id for one in held if one.duty in (Duty.OFFICE, Duty.CHIEF)})
    parts: list[Part] = []
    if deciding:
        parts.append(_waiting(deciding))
    if office:
        parts += [_drafts(office), _due(user, office[0], on)]
    return [one for one in parts if one.lines]


def _waiting(bureaus: Sequence[int]) -> Part:
    rows = Summary.objects.filter(bureau__in=bureaus, state=SummaryState.SUBMITTED).order_by("pk")
    lines = [
        Todo(str(one), one.get_absolute_url(), "审定印发", reverse("outcomes:issue", args=[one.public_id]),
             said=f"{one.submitted_on:%Y-%m-%d}送审")
        for one in rows[: LINES + 1]
    ]  # fmt: skip
    return Part.of("summaries_decide", "待审定的总结", lines, reverse("outcomes:summaries"))


def _drafts(bureaus: Sequence[int]) -> Part:
    rows = Summary.objects.filter(bureau__in=bureaus, state=SummaryState.DRAFT).order_by("pk")
    lines = [
        Todo(str(one), one.get_absolute_url(), "接着写", one.get_absolute_url(),
             said=f"退回修改：{one.returned}" if one.returned else "还没有送审")
        for one in rows[: LINES + 1]
    ]  # fmt: skip
    return Part.of("summaries_draft", "起草中的总结", lines, reverse("outcomes:summaries"))


def _due(user: User, bureau_id: int, on: date) -> Part:
    plan = plan_of(user, bureau_id, on)
    told = due(plan, on) if plan is not None and Unit.objects.filter(pk=bureau_id).exists() else []
    url = reverse("outcomes:new")
    lines = [
        Todo(f"{SummaryKind(kind).label}该写了：{plan}", reverse("outcomes:summaries"), "起草", f"{url}?kind={kind}",
             said=f"{why}。系统按记录起草，只需修改、补充")
        for kind, why in told
    ]  # fmt: skip
    return Part.of("summaries_due", "该写的总结", lines)
