"""检索: the index says what contains the words, each room's door says who may see it; both in one query a kind.

Nothing of what a person may not open reaches a count, a snippet or the order. The number of queries depends on the
kinds that are shown, never on how much there is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from luoshi.activities.models import Activity
from luoshi.activities.queries import access as activities
from luoshi.cadres import queries as cadres
from luoshi.cadres.models import Commendation, Posting
from luoshi.cadres.rules import PostingState
from luoshi.commitments import queries as commitments
from luoshi.commitments.models import Commitment, Concern, LivelihoodBatch
from luoshi.matters import queries as matters
from luoshi.matters.models import EventEvidence, Matter, Meeting, TaskList
from luoshi.matters.rules import State
from luoshi.org import directory
from luoshi.org.models import Post, User
from luoshi.org.queries import in_force
from luoshi.org.rules import Held
from luoshi.plan import queries as plans
from luoshi.plan.models import Clause, Plan
from luoshi.problems import queries as problems
from luoshi.problems.models import Problem
from luoshi.publicity.models import Article
from luoshi.publicity.queries import articles_seen
from luoshi.search import queries as index
from luoshi.search.models import Item
from luoshi.search.rules import marked, words

FIRST, PAGE, CAP = 5, 20, 100
SNIPPET = 90
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, with the duties held on the day."""

    user: User
    held: Sequence[Held]
    on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """What a room tells of one answer beside its words: its address, and facts in short."""

    url: str
    facts: tuple[str, ...] = ()
    title: str = ""
    """In place of the item's title, where that is empty."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of answer: its word, what a person may see of it, and how its rows are told."""

    key: str
    word: str
    seen: Callable[[Reader], QuerySet[Any]]
    told: Callable[[Sequence[int], Reader], dict[int, Shown]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the page; title and snippet in pieces, each with whether it was asked for."""

    url: str
    title: Pieces
    snippet: Pieces
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one kind: how many (in words, capped), the first of them, and the key of the next page."""

    kind: str
    word: str
    number: int
    number_words: str
    answers: list[Answer] = field(default_factory=list)
    next_key: str = ""


def search(question: str, reader: Reader) -> list[Group]:
    """The first answers of every kind that has any."""
    asked = words(question)
    chosen = index.candidates(asked)
    found = []
    for kind in KINDS:
        if chosen is not None and kind.key not in chosen:
            continue
        hits = list(_hits(kind, asked, chosen, reader).values_list("rank", "key", "pk")[: CAP + 1])
        if hits:
            found.append((kind, hits))
    items = Item.objects.in_bulk([pk for _, hits in found for _, _, pk in hits[:FIRST]])
    return [_group(kind, len(hits), hits[: FIRST + 1], items, asked, reader, FIRST) for kind, hits in found]


def of_kind(question: str, key: str, reader: Reader, *, after: str = "") -> Group:
    """One page of one kind; `after` is the key of an earlier page, one that was tampered with begins anew."""
    kind = next(one for one in KINDS if one.key == key)
    asked = words(question)
    hits = _hits(kind, asked, index.candidates(asked), reader)
    number = len(hits.order_by().values_list("pk")[: CAP + 1])
    page = list(_after(hits, after).values_list("rank", "key", "pk")[: PAGE + 1])
    items = Item.objects.in_bulk([pk for _, _, pk in page[:PAGE]])
    return _group(kind, number, page, items, asked, reader, PAGE)


def _hits(kind: Kind, asked: Sequence[str], chosen: dict[str, list[int]] | None, reader: Reader) -> QuerySet[Any]:
    seen = kind.seen(reader).order_by().values("pk")
    return index.containing(asked, kind.key, chosen).filter(key__in=seen).order_by("rank", "-key")


def _after(hits: QuerySet[Any], after: str) -> QuerySet[Any]:
    rank, _, key = after.partition(".")
    if not (rank.isascii() and rank.isdigit() and key.isascii() and key.isdigit() and len(after) < 20):
        return hits
    return hits.filter(Q(rank__gt=int(rank)) | Q(rank=int(rank), key__lt=int(key)))


def _group(
    kind: Kind,
    number: int,
    hits: Sequence[tuple[int, int, int]],
    items: dict[int, Item],
    asked: list[str],
    reader: Reader,
    size: int,
) -> Group:
    shown = hits[:size]
    told = kind.told([key for _, key, _ in shown], reader)
    answers = [_answer(items[pk], told[key], asked) for _, key, pk in shown if key in told and pk in items]
    further = f"{shown[-1][0]}.{shown[-1][1]}" if len(hits) > size else ""
    return Group(kind.key, kind.word, number, f"{CAP}+" if number > CAP else str(number), answers, further)


def _answer(item: Item, told: Shown, asked: list[str]) -> Answer:
    title = marked(item.title or told.title, asked)
    snippet = marked(item.text, asked, width=SNIPPET) if item.text else []
    if not any(hit for _, hit in snippet) and any(hit for _, hit in title):
        snippet = snippet if len(item.text) <= SNIPPET else []
    facts = tuple(one for one in told.facts if one)
    return Answer(told.url, title, snippet, facts)


def _matters(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Matter.objects.filter(pk__in=keys).select_related("lead_unit")
    return {
        one.pk: Shown(one.get_absolute_url(), (one.number_label, State(one.state).label, str(one.lead_unit)))
        for one in rows
    }


def _problems(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Problem.objects.filter(pk__in=keys).select_related("unit")
    return {
        one.pk: Shown(one.get_absolute_url(), (one.number_label, one.standing, str(one.unit or ""))) for one in rows
    }


def _lists(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = TaskList.objects.filter(pk__in=keys)
    return {
        one.pk: Shown(one.get_absolute_url(), (f"{one.issued_on} 交办", "已归档" if one.archived_on else ""))
        for one in rows
    }


def _meetings(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Meeting.objects.filter(pk__in=keys)
    return {
        one.pk: Shown(one.get_absolute_url(), (f"{one.held_on} 召开", "已作废" if one.void else "")) for one in rows
    }


def _activities(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Activity.objects.filter(pk__in=keys).select_related("unit")
    return {
        one.pk: Shown(
            one.get_absolute_url(),
            (str(one.held_on), one.get_kind_display(), str(one.unit), "已作废" if one.void else ""),
        )
        for one in rows
    }


def _commitments(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Commitment.objects.filter(pk__in=keys)
    return {one.pk: Shown(one.get_absolute_url(), (one.duty_title, one.get_state_display())) for one in rows}


def _concerns(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Concern.objects.filter(pk__in=keys).select_related("leader", "unit")
    return {
        one.pk: Shown(
            one.get_absolute_url(),
            (one.get_kind_display(), one.get_ending_display() or one.get_state_display(), str(one.unit or one.leader)),
        )
        for one in rows
    }


def _batches(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = LivelihoodBatch.objects.filter(pk__in=keys)
    return {one.pk: Shown(one.get_absolute_url(), (f"{one.year}年",)) for one in rows}


def _articles(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Article.objects.filter(pk__in=keys).select_related("unit")
    return {
        one.pk: Shown(one.get_absolute_url(), (one.get_kind_display(), one.get_state_display(), str(one.unit)))
        for one in rows
    }


def _postings(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Posting.objects.filter(pk__in=keys).select_related("unit")
    return {
        one.pk: Shown(one.get_absolute_url(), (one.get_kind_display(), str(one.unit), one.get_state_display()))
        for one in rows
    }


def _commendations(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Commendation.objects.filter(pk__in=keys)
    return {one.pk: Shown(one.get_absolute_url(), (one.get_kind_display(), f"{one.published_on} 通报")) for one in rows}


def _postings_seen(reader: Reader) -> QuerySet[Posting]:
    return cadres.postings_seen(reader.user, reader.held, reader.on).exclude(state=PostingState.PROPOSED)


def _clauses(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Clause.objects.filter(pk__in=keys).select_related("version__plan")
    return {
        one.pk: Shown(
            reverse("portal:clause", args=[one.pk]),
            (str(one.version.plan), "" if one.path == "0" else one.path),
            "题首" if one.path == "0" else one.marker or one.path,
        )
        for one in rows
    }


def _plans(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = Plan.objects.filter(pk__in=keys)
    return {one.pk: Shown(one.get_absolute_url(), (one.issued_by,)) for one in rows}


def _people(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    """Where they sit today, as far as the reader's own directory says it."""
    rows = User.objects.filter(pk__in=keys)
    posts = Post.objects.filter(
        in_force(reader.on), user__in=keys, bureau__in=directory.bureaus_seen(reader.user, reader.on)
    )
    units: dict[int, dict[str, None]] = {}
    for post in posts.select_related("unit").order_by("unit__rank", "unit_id"):
        units.setdefault(post.user_id, {})[str(post.unit)] = None
    return {
        one.pk: Shown(one.get_absolute_url(), (*units.get(one.pk, {}), "" if one.left_on is None else "已离岗"))
        for one in rows
    }


def _evidence(keys: Sequence[int], reader: Reader) -> dict[int, Shown]:
    rows = EventEvidence.objects.filter(pk__in=keys).select_related("event__matter")
    return {
        one.pk: Shown(
            one.event.matter.get_absolute_url(),
            (f"{one.event.matter.number_label} {one.event.matter.title}", f"{one.event.on} 提交"),
        )
        for one in rows
    }


def _matters_seen(reader: Reader) -> QuerySet[Matter]:
    return matters.visible(reader.user, reader.held, reader.on)


KINDS: Iterable[Kind] = (
    Kind("matter", "事项", _matters_seen, _matters),
    Kind("problem", "问题", lambda who: problems.public(who.user, who.held, who.on), _problems),
    Kind("list", "交办清单", lambda who: matters.lists_seen(who.user, who.held, who.on), _lists),
    Kind("meeting", "会议", lambda who: matters.meetings_seen(who.user, who.held), _meetings),
    Kind("activity", "活动记录", lambda who: activities.visible(who.user, who.held, who.on), _activities),
    Kind("commitment", "公开承诺", lambda who: commitments.commitments_seen(who.user, who.held), _commitments),
    Kind("concern", "群众诉求", lambda who: commitments.concerns_seen(who.user, who.held, who.on), _concerns),
    Kind("livelihood", "民生实事", lambda who: commitments.batches_seen(who.held), _batches),
    Kind("article", "稿件", lambda who: articles_seen(who.user, who.held), _articles),
    Kind("posting", "一线锻炼", _postings_seen, _postings),
    Kind("commendation", "表扬奖励", lambda who: cadres.published(who.held), _commendations),
    Kind("clause", "方案条款", lambda who: plans.clauses_for(who.user, who.on), _clauses),
    Kind("plan", "方案", lambda who: plans.visible_to(who.user, who.on), _plans),
    Kind("person", "人员", lambda who: directory.visible_people(who.user, who.on), _people),
    Kind(
        "evidence",
        "佐证材料",
        lambda who: EventEvidence.objects.filter(event__matter__in=_matters_seen(who).values("pk")),
        _evidence,
    ),
)
KEYS = tuple(one.key for one in KINDS)
