"""Dated results of people, drawn from the rooms where the work was done. Only what came of work; in order of days only.

Study, attendance, log-ins and numbers of entries are no results and are not read here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from luoshi.appraisal.models import SuperiorRemark
from luoshi.cadres.models import Commendation, FollowUp, MeritEntry, Posting, PostingMatter
from luoshi.cadres.queries.access import commendations_seen, merits_seen, postings_seen
from luoshi.cadres.rules import CommendState, Fact, FactKind, MeritState, PostingState, in_order
from luoshi.commitments import queries as commitments
from luoshi.commitments.models import Concern, LivelihoodItem, Promise
from luoshi.commitments.rules import Outcome
from luoshi.matters import queries as matters
from luoshi.matters.models import Matter, MatterEvent
from luoshi.matters.rules import State as MatterState
from luoshi.org.models import User
from luoshi.org.rules import Held
from luoshi.problems import queries as problems
from luoshi.problems.models import Problem
from luoshi.problems.queries.access import PUBLIC
from luoshi.problems.rules import State as ProblemState

ENDED = (MatterState.CLOSED, MatterState.ARCHIVED)
RUNNING = (MatterState.ACCEPTED, MatterState.SUBMITTED, MatterState.VERIFIED, MatterState.SUSPENDED)
Found = dict[int, list[Fact]]


def results(people: Iterable[int], bureau_id: int, since: date, until: date) -> dict[int, list[Fact]]:
    """What came of the work of each of these people between two days; a fixed number of queries however many."""
    who = list(people)
    found: Found = defaultdict(list)
    _matters(found, who, bureau_id, since, until)
    _remarks(found, who, bureau_id, since, until)
    _problems(found, who, bureau_id, since, until)
    _commitments(found, who, bureau_id, since, until)
    _own(found, who, bureau_id, since, until)
    return {one: in_order(found[one]) for one in who}


def follow_up_facts(follow_up: FollowUp, since: date, until: date) -> list[Fact]:
    """The facts of a follow-up: the person's results in its period, what he has under way, and the linked matters."""
    posting = follow_up.posting
    mine = results([posting.cadre_id], posting.bureau_id, since, until)[posting.cadre_id]
    found = {one.key: one for one in mine if one.kind != FactKind.POSTED}
    running = Matter.objects.filter(handler=posting.cadre_id, state__in=RUNNING, accepted_on__lte=until)
    for one in running.order_by("pk"):
        words = f"{one}，现为“{one.get_state_display()}”" + (f"，时限{one.due_on:%Y-%m-%d}" if one.due_on else "")
        fact = Fact(f"m{one.pk}:running", FactKind.MATTER_RUNNING, one.accepted_on or until, words, "matter", one.pk)
        found.setdefault(fact.key, fact)
    for link in PostingMatter.objects.filter(posting=posting).select_related("matter").order_by("pk"):
        one = link.matter
        if one.closed_on is not None and since <= one.closed_on <= until:
            found.setdefault(f"m{one.pk}:closed", _closed(one))
    return in_order(found.values())


def _closed(one: Matter) -> Fact:
    late = one.submitted_on is not None and one.due_on is not None and one.submitted_on > one.due_on
    words = f"{one}，{'逾期' if late else '按期'}办结" + (f"，退回{one.returns}次" if one.returns else "")
    assert one.closed_on is not None
    return Fact(f"m{one.pk}:closed", FactKind.MATTER_CLOSED, one.closed_on, words, "matter", one.pk)


def _matters(found: Found, who: Sequence[int], bureau_id: int, since: date, until: date) -> None:
    here = Q(bureau=bureau_id) | Q(lead_unit__bureau=bureau_id)
    closed = Matter.objects.filter(here, handler__in=who, state__in=ENDED, closed_on__range=(since, until))
    for one in closed:
        found[one.handler_id or 0].append(_closed(one))
    sent = MatterEvent.objects.filter(
        Q(matter__bureau=bureau_id) | Q(matter__lead_unit__bureau=bureau_id), move="send_back",
        matter__handler__in=who, on__range=(since, until),
    ).select_related("matter")  # fmt: skip
    for event in sent:
        matter = event.matter
        fact = Fact(f"e{event.pk}:returned", FactKind.MATTER_RETURNED, event.on, f"{matter}，核查退回重办", "matter",
                    matter.pk)  # fmt: skip
        found[matter.handler_id or 0].append(fact)


def _remarks(found: Found, who: Sequence[int], bureau_id: int, since: date, until: date) -> None:
    """What superiors said of a matter, with its document: told of whoever handles the matter."""
    rows = SuperiorRemark.objects.filter(
        bureau=bureau_id, matter__handler__in=who, issued_on__range=(since, until), void_reason=""
    ).select_related("matter")
    for one in rows:
        words = f"{one.issuer}《{one.document}》{one.get_kind_display()}：{one.words}"
        fact = Fact(f"s{one.pk}:remark", FactKind.REMARK, one.issued_on, words, "matter", one.matter_id)
        found[(one.matter.handler_id if one.matter else None) or 0].append(fact)


def _problems(found: Found, who: Sequence[int], bureau_id: int, since: date, until: date) -> None:
    rows = Problem.objects.filter(
        PUBLIC, bureau=bureau_id, owner__in=who, state=ProblemState.CLOSED, closed_on__range=(since, until)
    )
    for one in rows:
        held = "，回头看没有反弹" if one.look_back_held else ""
        assert one.closed_on is not None
        found[one.owner_id or 0].append(
            Fact(f"p{one.pk}:closed", FactKind.PROBLEM_CLOSED, one.closed_on, f"{one}，已销号{held}", "problem", one.pk)
        )


def _commitments(found: Found, who: Sequence[int], bureau_id: int, since: date, until: date) -> None:
    kept = Promise.objects.filter(
        commitment__bureau=bureau_id, commitment__person__in=who, outcome_on__range=(since, until)
    ).select_related("commitment")
    for one in kept:
        words = f"{one.words[:80]}：{Outcome(one.outcome).label}"
        assert one.outcome_on is not None
        found[one.commitment.person_id].append(Fact(f"c{one.pk}:promise", FactKind.PROMISE, one.outcome_on, words))
    asked = Concern.objects.filter(bureau=bureau_id, closed_by__in=who, closed_on__range=(since, until))
    for row in asked:
        words = f"{row.title}：{row.get_ending_display()}"
        assert row.closed_on is not None
        found[row.closed_by_id or 0].append(
            Fact(f"q{row.pk}:concern", FactKind.CONCERN, row.closed_on, words, "concern", row.pk)
        )
    done = LivelihoodItem.objects.filter(
        batch__bureau=bureau_id, done_by__in=who, done_on__range=(since, until), void_reason=""
    )
    for item in done:
        assert item.done_on is not None
        found[item.done_by_id or 0].append(
            Fact(f"w{item.pk}:work", FactKind.WORK, item.done_on, f"{item.name}，已办成")
        )


def _own(found: Found, who: Sequence[int], bureau_id: int, since: date, until: date) -> None:
    entries = MeritEntry.objects.filter(
        bureau=bureau_id, person__in=who, state=MeritState.KEPT, happened_on__range=(since, until)
    )
    for one in entries:
        found[one.person_id].append(
            Fact(f"r{one.pk}:merit", FactKind.MERIT, one.happened_on, one.title, "merit", one.pk)
        )
    praised = Commendation.objects.filter(
        bureau=bureau_id, person__in=who, state=CommendState.PUBLISHED, published_on__range=(since, until)
    )
    for row in praised:
        words = f"{row.get_kind_display()}：{row.title}"
        assert row.published_on is not None
        found[row.person_id or 0].append(
            Fact(f"h{row.pk}:commended", FactKind.COMMENDED, row.published_on, words, "commendation", row.pk)
        )
    posted = Posting.objects.filter(
        bureau=bureau_id, cadre__in=who, state__in=[PostingState.ASSIGNED, PostingState.ENDED],
        from_on__range=(since, until),
    ).select_related("unit")  # fmt: skip
    for posting in posted:
        words = f"{posting.get_kind_display()}：{posting.post}（{posting.unit}）"
        found[posting.cadre_id].append(
            Fact(f"t{posting.pk}:posted", FactKind.POSTED, posting.from_on, words, "posting", posting.pk)
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as one reader may read it: its words, and the record where he may open it."""

    fact: Fact
    words: str
    url: str

    @property
    def kind_label(self) -> str:
        return FactKind(self.fact.kind).label


HIDDEN = {"matter": "一件督办事项（不在您的查看范围内）", "problem": "一个问题（不在您的查看范围内）",
          "concern": "一件群众诉求（不在您的查看范围内）"}  # fmt: skip


def shown(facts: Iterable[Fact], user: User, held: Sequence[Held], on: date) -> list[Shown]:
    """Facts for a reader: what another room keeps is told and linked only where that room shows it to him."""
    rows = list(facts)
    keys: dict[str, list[int]] = defaultdict(list)
    for one in rows:
        if one.pk is not None:
            keys[one.source].append(one.pk)
    urls: dict[tuple[str, int], str] = {}
    seen = {
        "matter": (lambda: matters.visible(user, held, on), "matters:detail"),
        "problem": (lambda: problems.public(user, held, on), "problems:detail"),
        "concern": (lambda: commitments.concerns_seen(user, held, on), "commitments:concern"),
        "merit": (lambda: merits_seen(user, held, on), "cadres:merit"),
        "commendation": (lambda: commendations_seen(user, held), "cadres:commendation"),
        "posting": (lambda: postings_seen(user, held, on), "cadres:posting"),
    }
    for source, (door, page) in seen.items():
        if keys[source]:
            found = door().filter(pk__in=keys[source]).order_by().values_list("pk", "public_id").distinct()
            urls |= {(source, pk): reverse(page, args=[public_id]) for pk, public_id in found}
    return [
        Shown(one, _words(one, urls), urls.get((one.source, one.pk), "") if one.pk is not None else "") for one in rows
    ]


def _words(one: Fact, urls: dict[tuple[str, int], str]) -> str:
    if one.source in HIDDEN and (one.source, one.pk or 0) not in urls:
        return HIDDEN[one.source]
    return one.words
