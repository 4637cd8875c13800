"""What the pages of a quarter's board tell: lines by peer group, how they moved, cases, the next act, the snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from luoshi.appraisal.models import Board, BoardCase, Objection, Score
from luoshi.appraisal.queries.access import own_units
from luoshi.appraisal.queries.schemes import scheme_for
from luoshi.appraisal.rules.board_life import BoardFacts, CaseKind, CaseState, Moved, ObjectionState, rank_moved
from luoshi.appraisal.rules.doors import OVERSEERS, READERS
from luoshi.appraisal.rules.quarters import Quarter, before
from luoshi.appraisal.rules.words import OPEN_TO_ALL, BoardState, Group
from luoshi.lib.seal import canonical
from luoshi.org.models import User
from luoshi.org.rules import Held, bureaus
from luoshi.plan.once import SCOPES
from luoshi.plan.queries import rule
from luoshi.ui.charts import Chart

DOCUMENT, INTERNAL, OPEN = "红黑榜通报", SCOPES[1], SCOPES[0]
WIDER = (OPEN,)
"""What is wider than the bureau itself."""
BARS = 40
"""Bars of one picture at most; a longer row of units is read in its table."""
LIVE = (CaseState.PROPOSED, CaseState.LISTED, CaseState.OFF)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One unit's place on a board: its score, and how it stands against its own last quarter (纵向)."""

    score: Score
    before: Score | None

    @property
    def delta(self) -> Decimal | None:
        """Points against last quarter's; None where either has none."""
        if self.before is None or self.before.points is None or self.score.points is None:
            return None
        return self.score.points - self.before.points

    @property
    def delta_words(self) -> str:
        """进步 in words, never by colour alone."""
        told = self.delta
        return "—" if told is None else "持平" if told == 0 else f"{'升' if told > 0 else '降'}{abs(told)}分"

    @property
    def moved(self) -> Moved:
        """进位 in words."""
        return rank_moved(self.score.rank, self.before.rank if self.before else None)

    @property
    def changed_words(self) -> str:
        """What stood before an answer was taken in, where it changed the points or the rank."""
        one, told = self.score, []
        if one.corrected and one.previous_points != one.points:
            told.append(f"{one.previous_points if one.previous_points is not None else '不参评'}分")
        if one.previous_rank is not None and one.previous_rank != one.rank:
            told.append(f"第{one.previous_rank}名")
        return "、".join(told)


@dataclass(frozen=True, slots=True)
class Peer:
    """One peer group (横向) with its lines in their order; the units that were not rated stand last."""

    key: str
    lines: list[BoardLine] = field(default_factory=list)

    @property
    def label(self) -> str:
        return Group(self.key).label

    @property
    def charted(self) -> bool:
        """Whether bars say it faster than the table: of two units or more, and no more than an eye takes in."""
        return 1 < sum(one.score.points is not None for one in self.lines) <= BARS

    @property
    def chart(self) -> Chart:
        """The points of the rated units beside their last quarter's, in their order."""
        rows = [
            (str(one.score.unit), (one.score.points, one.before.points if one.before else None))
            for one in self.lines
            if one.score.points is not None
        ]
        return Chart("单位", ("本季度", "上季度"), rows)


def previous_board(board: Board) -> Board | None:
    """The latest published edition of the quarter before."""
    before = board.quarter_of.previous
    rows = Board.objects.filter(bureau=board.bureau_id, year=before.year, quarter=before.number)
    return rows.filter(state=BoardState.PUBLISHED).order_by("-edition").first()


def lines_of(board: Board, scores: QuerySet[Score]) -> list[Peer]:
    """The lines of those scores of a board that its reader may see, by peer group; two queries."""
    before = previous_board(board)
    rows = Score.objects.filter(board=before).defer("basis", "blocks") if before else Score.objects.none()
    earlier = {one.unit_id: one for one in rows}
    found: dict[str, Peer] = {}
    for score in scores.filter(board=board).select_related("unit").defer("basis", "blocks"):
        peer = found.setdefault(score.group, Peer(score.group))
        peer.lines.append(BoardLine(score, earlier.get(score.unit_id)))
    order = list(Group.values)
    return sorted(found.values(), key=lambda one: order.index(one.key))


def scores_of(board: Board) -> QuerySet[Score]:
    """The scores of a board in the bureau's own order of its units, never by rank."""
    return Score.objects.filter(board=board).select_related("unit").defer("basis").order_by("unit__rank", "unit_id")


def uncomputed(bureau_id: int, on: date) -> list[Quarter]:
    """The quarters of the last two years that are over, have a scheme and no board, the latest first."""
    rows = Board.objects.filter(bureau=bureau_id).exclude(state=BoardState.VOID)
    known = {Quarter(year, number) for year, number in rows.values_list("year", "quarter")}
    over = [one for one in before(on, 8)[::-1] if one not in known]
    return [one for one in over if scheme_for(bureau_id, one) is not None]


def sees_whole(held: Iterable[Held], board: Board) -> bool:
    """Whether a person reads every unit's line of a board."""
    duties = {one.duty for one in held if one.bureau_id == board.bureau_id}
    return bool(duties & OVERSEERS) or (board.state in OPEN_TO_ALL and bool(duties & set(READERS)))


def objections_of(board: Board) -> QuerySet[Objection]:
    """The objections to a board's scores."""
    return Objection.objects.filter(score__board=board).select_related("score__unit", "reviewer")


def both_needed(board: Board, on: date) -> bool:
    """Whether the bureau decided that every quarter has a case of both kinds."""
    spoke = rule("board_cases_by", bureau_id=board.bureau_id, plan_id=board.scheme.plan_id, on=on)
    return str(spoke.value["choice"]) == "BOTH_NEEDED"


def board_facts(board: Board, on: date) -> BoardFacts:
    """What the next act on a board is read from; three queries."""
    waiting = Q(state=ObjectionState.WAITING)
    told = Objection.objects.filter(score__board=board).aggregate(
        waiting=Count("pk", filter=waiting), unnamed=Count("pk", filter=waiting & Q(reviewer=None))
    )
    live = BoardCase.objects.filter(board=board, state__in=LIVE)
    cases = live.aggregate(
        red=Count("pk", filter=Q(kind=CaseKind.RED)),
        black=Count("pk", filter=Q(kind=CaseKind.BLACK)),
        unheard=Count("pk", filter=Q(kind=CaseKind.BLACK, statement="")),
    )
    return BoardFacts(
        board.state, board.objection_until, **told, **cases, red_none=bool(board.none_red),
        black_none=bool(board.none_black), both_needed=both_needed(board, on),
    )  # fmt: skip


def cases_of(board: Board, seen: QuerySet[BoardCase] | None = None) -> list[BoardCase]:
    """The cases of a board that stand on it or stood on it, red first; all, or those that a reader sees."""
    rows = BoardCase.objects.filter(board=board) if seen is None else seen
    found = rows.filter(state__in=LIVE).select_related("unit", "off_by", "problem", "board")
    return sorted(found, key=lambda one: (one.kind != CaseKind.RED, one.pk))


def cases_seen(user: User, held: Iterable[Held], on: date) -> QuerySet[BoardCase]:
    """Before it is published a case is seen by whoever oversees the board and by the unit that it concerns."""
    found = list(held)
    seen = Q(board__bureau__in=bureaus(found, OVERSEERS))
    seen |= Q(board__bureau__in=bureaus(found, READERS), board__state__in=OPEN_TO_ALL, state__in=LIVE)
    units = own_units(user, found, on)
    if units:
        seen |= Q(unit__in=sorted(units))
    return BoardCase.objects.filter(seen)


def default_scope(board: Board, on: date) -> str:
    """Where a board is read when it is published: the bureau's decision on scopes, else inside the bureau.

    Wider than the bureau only where the bureau itself decided so with its paper (source BUREAU), never by default.
    """
    spoke = rule("publication_scope", bureau_id=board.bureau_id, plan_id=board.scheme.plan_id, on=on)
    rows = {str(row[0]): str(row[1]) for row in spoke.value["rows"]}
    told = rows.get(DOCUMENT, INTERNAL)
    return told if told != OPEN or spoke.source == "BUREAU" else INTERNAL


def published_boards(bureau_id: int) -> QuerySet[Board]:
    """The published boards of a bureau, each quarter's latest edition, the newest first; `scope` tells how far."""
    later = Board.objects.filter(
        bureau=OuterRef("bureau"), year=OuterRef("year"), quarter=OuterRef("quarter"), state=BoardState.PUBLISHED,
        edition__gt=OuterRef("edition"),
    )  # fmt: skip
    rows = Board.objects.filter(~Exists(later), bureau=bureau_id, state=BoardState.PUBLISHED)
    return rows.order_by("-year", "-quarter")


def editions_of(board: Board, boards: QuerySet[Board]) -> list[Board]:
    """Every edition of a board's quarter that its reader may see, the first first."""
    same = {"bureau": board.bureau_id, "year": board.year, "quarter": board.quarter}
    return list(boards.filter(**same).exclude(state=BoardState.VOID).order_by("edition"))


def snapshot(board: Board) -> dict[str, Any]:
    """What a published board says, whole: kept with it so that no later change of a name or a row changes it."""
    groups = [
        {
            "group": peer.label,
            "lines": [
                {
                    "unit": str(one.score.unit), "unit_id": one.score.unit_id, "digest": one.score.digest,
                    "points": str(one.score.points) if one.score.points is not None else "",
                    "rank": one.score.rank, "reason": one.score.reason, "delta": one.delta_words,
                    "moved": one.moved.words,
                }
                for one in peer.lines
            ],
        }
        for peer in lines_of(board, Score.objects.all())
    ]  # fmt: skip
    cases = [
        {
            "kind": one.get_kind_display(), "unit": str(one.unit), "title": one.title, "words": one.words,
            "cause": one.cause, "rectify_by": one.rectify_by.isoformat() if one.rectify_by else "",
            "way_off": one.way_off, "statement": one.statement,
        }
        for one in cases_of(board)
    ]  # fmt: skip
    return {
        "quarter": str(board.quarter_of), "edition": board.edition, "scheme": str(board.scheme), "groups": groups,
        "cases": cases, "none_red": board.none_red, "none_black": board.none_black, "scope": board.scope,
        "approved": [board.body, str(board.decided_by), f"{board.decided_on}", board.source_note],
        "published_on": f"{board.published_on}", "correction": board.correction_reason,
    }  # fmt: skip


def snapshot_digest(told: dict[str, Any]) -> str:
    """SHA-256 of the one spelling of a snapshot."""
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def holds(board: Board) -> bool:
    """Whether a published board still reads as the digest says that lies in the record chain."""
    return bool(board.snapshot_digest) and snapshot_digest(board.snapshot) == board.snapshot_digest


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One unit in two editions side by side."""

    unit: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def differs(self) -> bool:
        keys = ("points", "rank", "reason", "digest")
        return [(self.before or {}).get(key) for key in keys] != [(self.after or {}).get(key) for key in keys]


def compare(first: Board, second: Board) -> list[EditionLine]:
    """Two published editions unit by unit, from what each kept when it was published."""
    sides: list[dict[int, dict[str, Any]]] = []
    for one in (first, second):
        told = one.snapshot or snapshot(one)
        sides.append({line["unit_id"]: line for group in told["groups"] for line in group["lines"]})
    units: Sequence[int] = list(dict.fromkeys([*sides[0], *sides[1]]))
    return [
        EditionLine((sides[1].get(one) or sides[0][one])["unit"], sides[0].get(one), sides[1].get(one)) for one in units
    ]
