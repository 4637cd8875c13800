"""工作台: what a person owes and what he waits for, each line with its next act, date and lamp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from luoshi.matters import rules
from luoshi.matters.models import ExtensionRequest, Matter, MatterEvent, MatterParty, Roadmap
from luoshi.matters.queries.access import parts_of
from luoshi.matters.queries.lists import Row, clock_of, row
from luoshi.matters.queries.parties import returned_to_office, unfinished
from luoshi.matters.queries.roadmap import without_roadmap
from luoshi.matters.rules import MOVES, OPEN, PartyRole, State
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held
from luoshi.plan.queries import rule

LINES = 30
LABELS = {
    "grant_extension": "待批延期", "read": "待阅", "approve": "待立项", "close": "待办结", "accept": "待签收",
    "receive": "协办待签收", "verify": "待核查", "finish_step": "步骤到期", "feed_back": "待反馈",
    "contribute": "协办待反馈", "propose_roadmap": "待报路线图", "assign": "待交办", "accept_roadmap": "路线图待审核",
    "adjust_parties": "协办退办待处理", "archive": "待归档", "wait": "等他人办理",
}  # fmt: skip
"""The groups of the desk, what others wait for most first: a leader's answers, then what runs on a date; and their
words. A matter that owes two things stands once, in the first of its groups, with both words."""


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """One heading of the desk: its lines, the nearest date first, and whether there are more than shown."""

    key: str
    label: str
    act: str
    """The move that is owed, empty where one waits for others."""
    rows: list[Row]
    more: bool
    also: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """The further moves that a line owes, by the matter's key."""


@dataclass(frozen=True, slots=True)
class Desk:
    """我要办的 and 等他人办的; headings without lines are left out."""

    owe: list[DeskGroup]
    waiting: list[DeskGroup]

    @property
    def empty(self) -> bool:
        return not self.owe and not self.waiting


@dataclass(frozen=True, slots=True)
class _Mine:
    """Where a person holds which duty, and in whose name (himself and whom he stands in for)."""

    user_id: int
    held: tuple[Held, ...]

    def units(self, *duties: str) -> set[int]:
        return {one.unit_id for one in self.held if one.duty in duties}

    def bureaus(self, *duties: str) -> set[int]:
        return {one.bureau_id for one in self.held if one.duty in duties}

    def names(self, *duties: str) -> set[int]:
        return {one.principal_id or self.user_id for one in self.held if one.duty in duties}


def desk_facts(user: User, on: date) -> Desk:
    """The desk of a person on a day, in a number of queries that does not grow with his matters."""
    mine = _Mine(user.pk, tuple(org.held(user, on)))
    wanted = _owed(mine, on)
    found = {key: _fetch(wanted[key]) for key in LABELS if key in wanted}
    if "verify" in found:
        matters, more = found["verify"]
        parts = parts_of(matters)
        can = [one for one in matters if rules.VERIFIER in rules.roles(user.pk, mine.held, parts[one.pk])]
        found["verify"] = (can, more)
    found, also = _once(found)
    owed = {one.pk for matters, _ in found.values() for one in matters}
    waiting = _waiting(mine)
    others, more = _fetch(waiting, size=LINES + len(owed)) if waiting is not None else ([], False)
    rest = [one for one in others if one.pk not in owed]
    shown = [one for matters, _ in found.values() for one in matters] + rest
    clocks = {pk: clock_of(pk, on) for pk in {one.bureau_id for one in shown}}

    def group(key: str, matters: Sequence[Matter], more: bool, act: str) -> DeskGroup:
        label = MOVES[act].label if act else ""
        ready = [
            row(
                one, on=on, clock=clocks[one.bureau_id], act=act, act_label=label,
                waits_for="" if act else waits_for(one),
            )
            for one in matters[:LINES]
        ]  # fmt: skip
        ready.sort(key=lambda one: (one.next_on is None, one.next_on or on, not one.urgent, one.pk))
        further = {one.pk: also[one.pk] for one in matters if one.pk in also} if act else {}
        return DeskGroup(key, LABELS[key], act, ready, more or len(matters) > LINES, further)

    owe = [group(key, matters, more, key) for key, (matters, more) in found.items() if matters]
    return Desk(owe, [group("wait", rest, more, "")] if rest else [])


def _once(
    found: dict[str, tuple[list[Matter], bool]],
) -> tuple[dict[str, tuple[list[Matter], bool]], dict[int, tuple[str, ...]]]:
    """Each matter in the first group that it stands in, and what else it owes."""
    first: set[int] = set()
    also: dict[int, tuple[str, ...]] = {}
    kept = {}
    for key, (rows, more) in found.items():
        for one in rows:
            if one.pk in first:
                also[one.pk] = (*also.get(one.pk, ()), key)
        kept[key] = ([one for one in rows if one.pk not in first], more)
        first |= {one.pk for one in rows}
    return kept, also


def waits_for(matter: Matter) -> str:
    """Whose turn it is, in words."""
    doer = f"{matter.lead_unit}{matter.handler or ''}"
    return {
        State.DRAFT: f"等{matter.leader}立项",
        State.APPROVED: "等局办公室交办",
        State.ASSIGNED: f"等{matter.lead_unit}签收",
        State.ACCEPTED: f"等{doer}反馈",
        State.SUBMITTED: f"等{matter.verifier or '核查人'}核查",
        State.VERIFIED: f"等{matter.leader}办结",
        State.SUSPENDED: "已中止，等恢复",
        State.CLOSED: "等局办公室归档",
    }.get(State(matter.state), "")


def _fetch(matters: QuerySet[Matter], size: int = LINES) -> tuple[list[Matter], bool]:
    found = list(
        matters.select_related("lead_unit", "leader", "handler", "verifier").order_by(
            F("due_on").asc(nulls_last=True), "id"
        )[: size + 1]
    )
    return found[:size], len(found) > size


def _owed(mine: _Mine, on: date) -> dict[str, QuerySet[Matter]]:
    """What each duty owes, in the order of the desk; duties not held ask nothing."""
    wanted: dict[str, QuerySet[Matter]] = {}
    heads, handlers = mine.units(Duty.HEAD), mine.units(Duty.HANDLER)
    units = mine.units(Duty.HEAD, Duty.HANDLER)
    if units:
        named = Q(handler__in=mine.names(Duty.HEAD, Duty.HANDLER), lead_unit__in=units)
        unnamed = Q(handler=None, lead_unit__in=heads)
        receipt = named | Q(lead_unit__in=heads) | Q(handler=None, lead_unit__in=handlers)
        wanted["accept"] = Matter.objects.filter(receipt, state=State.ASSIGNED)
        parts = MatterParty.objects.filter(
            Q(handler=None) | Q(unit__in=heads) | Q(handler__in=mine.names(Duty.HANDLER)),
            role=PartyRole.ASSIST, unit__in=units, ended_on=None, received_at__isnull=False,
        )  # fmt: skip
        assisted = Matter.objects.filter(state__in=[State.ASSIGNED, State.ACCEPTED])
        wanted["receive"] = assisted.filter(pk__in=parts.filter(accepted_at=None).values("matter_id"))
        mine_to_do = parts.filter(Q(handler=None) | Q(handler__in=mine.names(Duty.HEAD, Duty.HANDLER)))
        taken = unfinished(mine_to_do.filter(accepted_at__isnull=False))
        wanted["contribute"] = assisted.filter(pk__in=taken.values("matter_id"))
        running = Matter.objects.filter(named | unnamed, state=State.ACCEPTED)
        wanted["feed_back"] = running
        wanted["finish_step"] = running.filter(next_step_on__lte=on)
        wanted["propose_roadmap"] = without_roadmap(running.filter(bureau__in=_asking(running, on)))
    if mine.held:
        open_to = Q(verifier=None, bureau__in=mine.bureaus(Duty.VERIFIER)) | Q(verifier=mine.user_id)
        wanted["verify"] = Matter.objects.filter(open_to, state=State.SUBMITTED).exclude(handler=mine.user_id)
    leaders, led = mine.names(Duty.LEADER, Duty.CHIEF), mine.bureaus(Duty.LEADER, Duty.CHIEF)
    offices = mine.bureaus(Duty.OFFICE)
    if leaders:
        own = Matter.objects.filter(leader__in=leaders, bureau__in=led)
        wanted["approve"] = own.filter(state=State.DRAFT)
    if offices:
        wanted["assign"] = Matter.objects.filter(bureau__in=offices, state=State.APPROVED)
    if leaders:
        asked = ExtensionRequest.objects.filter(state="ASKED").values("matter_id")
        wanted["grant_extension"] = own.filter(pk__in=asked, state=State.ACCEPTED)
        wanted["close"] = own.filter(state=State.VERIFIED)
        wanted["read"] = own.filter(unread(), state__in=[State.ACCEPTED, State.SUBMITTED])
    if offices:
        sent = Roadmap.objects.filter(state="PROPOSED").values("matter_id")
        own = Matter.objects.filter(bureau__in=offices)
        wanted["accept_roadmap"] = own.filter(pk__in=sent, state=State.ACCEPTED)
        with_unit = own.filter(state__in=[State.APPROVED, State.ASSIGNED, State.ACCEPTED])
        wanted["adjust_parties"] = returned_to_office(with_unit)
        wanted["archive"] = Matter.objects.filter(bureau__in=offices, state=State.CLOSED)
    return wanted


def _asking(matters: QuerySet[Matter], on: date) -> list[int]:
    """The bureaus of these matters that ask for a roadmap at all (规则“任务分解”)."""
    found = matters.order_by().values_list("bureau_id", flat=True).distinct()
    return [pk for pk in found if rule("task_breakdown", bureau_id=pk, on=on).value["number"]]


def unread() -> Q:
    """Matters with a feedback after which no leader has read, instructed or decided anything."""
    answer = MatterEvent.objects.filter(matter=OuterRef("matter"), decided_by__isnull=False, id__gt=OuterRef("id"))
    told = MatterEvent.objects.filter(
        ~Exists(answer), matter=OuterRef("pk"), move__in=["feed_back", "submit"], cycle=OuterRef("cycle")
    )
    return Q(Exists(told))


def _waiting(mine: _Mine) -> QuerySet[Matter] | None:
    """What others have in hand that this person handed out, handed in or answers for."""
    asked = Q()
    units = mine.units(Duty.HEAD, Duty.HANDLER)
    if units:
        handed_in = Q(state__in=[State.SUBMITTED, State.VERIFIED, State.SUSPENDED])
        named = Q(handler__in=mine.names(Duty.HEAD, Duty.HANDLER), lead_unit__in=units)
        heads = Q(lead_unit__in=mine.units(Duty.HEAD))
        asked |= (named & handed_in) | (heads & (handed_in | Q(state=State.ACCEPTED)))
    leaders = mine.names(Duty.LEADER, Duty.CHIEF)
    if leaders:
        led = mine.bureaus(Duty.LEADER, Duty.CHIEF)
        asked |= Q(leader__in=leaders, bureau__in=led, state__in=[*OPEN, State.APPROVED])
    offices = mine.bureaus(Duty.OFFICE)
    if offices:
        asked |= Q(bureau__in=offices, state__in=[*OPEN, State.DRAFT])
    return Matter.objects.filter(asked) if asked else None
