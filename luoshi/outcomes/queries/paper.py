"""A summary as its .docx tells it: the same chapters and figures as the page, and 建章立制清单."""

from __future__ import annotations

from datetime import date

from luoshi.documents.summary import ClassRow, FigureRow, SummaryFacts
from luoshi.org.models import Unit, User
from luoshi.outcomes.models import Summary
from luoshi.outcomes.queries.drawing import values_of
from luoshi.outcomes.queries.panel import scope_of
from luoshi.outcomes.queries.summaries import heading_of, sections_of
from luoshi.outcomes.rules import filled_in, mentioned
from luoshi.problems.queries.classes import class_lines


def paper_facts(summary: Summary, *, draft: bool) -> SummaryFacts:
    """What the document prints; a draft says so on its first line."""
    sections, values = sections_of(summary), values_of(summary)
    names = list(dict.fromkeys(name for one in sections for name in mentioned(one.text) if name in values))
    decided = ""
    if summary.decided_by is not None and summary.decided_on is not None:
        decided = f"{summary.decided_by}{summary.decided_on:%Y-%m-%d}审定"
        decided += f"（{summary.source_note}）" if summary.source_note else ""
    return SummaryFacts(
        bureau=summary.bureau.name,
        title=summary.title,
        edition=f"第{summary.edition}版" if summary.edition > 1 else "",
        draft=draft,
        chapters=[
            (heading_of(nth, one), [line for line in filled_in(one.text, values).splitlines() if line.strip()])
            for nth, one in enumerate(sections)
        ],
        figures=[
            FigureRow(name, told["words"], told["means"], told["digest"][:10])
            for name in names
            if (told := summary.figures[name])
        ],
        days=f"{summary.since:%Y-%m-%d}至{summary.until:%Y-%m-%d}",
        drawn_on=summary.drawn_on,
        on=summary.issued_on or summary.drawn_on,
        decided=decided,
    )


def class_rows(user: User, bureau: Unit, on: date) -> list[ClassRow]:
    """建章立制清单 of a bureau: every class with its decision, what is undecided on top (2.3.1b)."""
    scope = scope_of(user, bureau.pk, on)
    return [
        ClassRow(
            line.row.name,
            line.row.root_cause,
            f"{line.problems}（已解决{line.solved}）",
            line.row.get_cure_display() if line.row.cure else "未定",
            str(line.row.institution or line.row.reason or "—"),
            line.lacking or "已完成",
        )
        for line in class_lines(user, scope.held, bureau.pk, on)
    ]
