"""Summaries as lists and as pages: chapters in pieces, figures with their addresses, the length on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty, Held
from luoshi.outcomes.models import Summary, SummarySection
from luoshi.outcomes.queries.access import oversees
from luoshi.outcomes.queries.drawing import url_of, values_of
from luoshi.outcomes.queries.panel import began
from luoshi.outcomes.rules import MOST, SECTIONS, SummaryKind, SummaryState, counted, mentioned, over, pieces
from luoshi.plan.models import Phase, Plan
from luoshi.problems.queries.classes import ClassLine, class_lines

ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, or a figure in its place with what it means and where it opens (empty: the reader may not open it)."""

    words: str
    label: str = ""
    means: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter as it is read: its heading, its paragraphs, how long it is, whether somebody edited it."""

    section: SummarySection
    heading: str
    paragraphs: list[list[Piece]]
    number: int


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of the text, as the appendix tells it."""

    label: str
    words: str
    means: str
    digest: str
    url: str


@dataclass(frozen=True, slots=True)
class SummaryView:
    """A whole summary: chapters, the figures its text names, and how long it is."""

    summary: Summary
    chapters: list[Chapter]
    figures: list[FigureLine]
    number: int

    @property
    def over(self) -> int:
        return over(self.number, MOST)


def sections_of(summary: Summary) -> list[SummarySection]:
    return list(summary.sections.select_related("edited_by").order_by("order"))


def heading_of(nth: int, section: SummarySection) -> str:
    """一、基本情况."""
    return f"{ORDINALS[nth]}、{section.heading}"


def length(summary: Summary, sections: Sequence[SummarySection]) -> int:
    """How many characters it has on paper: title, headings and text, spaces left out."""
    told = [summary.title]
    for nth, one in enumerate(sections):
        told += [heading_of(nth, one), one.text]
    return counted(told, values_of(summary))


def length_of(section: SummarySection, values: dict[str, str]) -> int:
    """How many of them are one chapter's text."""
    return counted([section.text], values)


def summary_view(summary: Summary, held: Sequence[Held]) -> SummaryView:
    """A summary as a person reads it; two queries."""
    sections = sections_of(summary)
    opens = oversees(held, summary.bureau_id)
    values = values_of(summary)
    chapters = [
        Chapter(one, heading_of(nth, one), _paragraphs(summary, one.text, opens), counted([one.text], values))
        for nth, one in enumerate(sections)
    ]
    names = list(dict.fromkeys(name for one in sections for name in mentioned(one.text) if name in summary.figures))
    lines = [_line(summary, name, opens) for name in names]
    return SummaryView(summary, chapters, lines, length(summary, sections))


def _line(summary: Summary, name: str, opens: bool) -> FigureLine:
    told = summary.figures[name]
    return FigureLine(name, told["words"], told["means"], told["digest"], url_of(summary, told) if opens else "")


def _paragraphs(summary: Summary, text: str, opens: bool) -> list[list[Piece]]:
    return [[_piece(summary, *one, opens) for one in pieces(line)] for line in text.splitlines() if line.strip()]


def _piece(summary: Summary, name: str, words: str, opens: bool) -> Piece:
    if not name:
        return Piece(words)
    if name not in summary.figures:
        return Piece(f"〔{name}〕")
    told = summary.figures[name]
    return Piece(told["words"], name, told["means"], url_of(summary, told) if opens else "")


def summary_list(seen: QuerySet[Summary], bureau_id: int) -> list[Summary]:
    """The summaries of a bureau a person sees, the newest first; voided ones stay readable at the end."""
    rows = seen.filter(bureau=bureau_id).select_related("plan", "opened_by", "decided_by", "corrects")
    return sorted(rows.order_by("-pk")[:200], key=lambda one: one.state == SummaryState.VOID)


def span_of(plan: Plan, kind: str, on: date) -> tuple[date, date] | None:
    """The days that a summary of a kind covers by default: the campaign's first day to its last, or to today."""
    since = began(plan)
    if since is None:
        return None
    until = min(on, plan.until_on) if plan.until_on is not None else on
    return (since, max(until, since)) if since <= on else None


def due(plan: Plan, on: date) -> list[tuple[str, str]]:
    """Which summaries should be in hand by now, each with the reason; empty where they are.

    A mid-term one for each phase that has passed but the last, and for the first year; the closing one in the last
    month. One that reaches as far as the reason answers it.
    """
    since = began(plan)
    if since is None or since > on:
        return []
    told = Summary.objects.filter(plan=plan).exclude(state=SummaryState.VOID)
    reached = told.filter(kind=SummaryKind.MID).order_by("-until").values_list("until", flat=True).first()
    phases = list(Phase.objects.filter(plan=plan, void=False, until_on__isnull=False).order_by("order"))
    last = plan.until_on or (phases[-1].until_on if phases else None)
    if last is not None and on >= last - timedelta(days=30):
        closing = told.filter(kind=SummaryKind.CLOSING).exists()
        return [] if closing else [(str(SummaryKind.CLOSING), f"活动{last:%Y-%m-%d}结束")]
    marks = [(one.until_on, f"“{one.name}”已到期") for one in phases[:-1] if one.until_on is not None]
    marks.append((since + timedelta(days=365), "活动开展满一年"))
    passed = [(day, why) for day, why in marks if day < on and (reached is None or reached < day)]
    return [(str(SummaryKind.MID), max(passed)[1])] if passed else []


def institution_lines(user: User, held: Sequence[Held], bureau_id: int, on: date) -> list[ClassLine]:
    """建章立制清单: every class with its cure, what is undecided on top (2.3.1b)."""
    return class_lines(user, held, bureau_id, on)


def chiefs(bureau_id: int, on: date) -> QuerySet[User]:
    """Who decides."""
    return org.holders(Duty.CHIEF, bureau_id, on)


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What a fresh look at the records would change: figures from → to, chapters whose draft reads otherwise."""

    figures: list[tuple[str, str, str]]
    sections: list[tuple[SummarySection, str, bool]]
    """(chapter, its fresh draft, whether somebody edited it: then his words stay unless he says otherwise)."""


def compare(summary: Summary, figures: dict[str, Any], texts: dict[str, str]) -> Redrawn:
    """The standing summary against a fresh drawing."""
    names = dict.fromkeys([*summary.figures, *figures])
    moved = []
    for name in names:
        was, now = summary.figures.get(name, {}), figures.get(name, {})
        if (was.get("words"), was.get("digest")) != (now.get("words"), now.get("digest")):
            moved.append((name, was.get("words", "—"), now.get("words", "—")))
    changed = [
        (one, texts[one.key], one.edited) for one in sections_of(summary) if one.drafted != texts.get(one.key, "")
    ]
    return Redrawn(moved, changed)


HEADINGS = dict(SECTIONS)
