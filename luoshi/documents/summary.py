"""总结报告 and 建章立制清单 as .docx: the page and type of GB/T 9704 without a red head; figures tell their source.

做法、成效（数据）、问题、原因、建章立制、下步 (rule book §8). A draft is marked as one; both are 内部.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.documents import page
from luoshi.documents.matters import KIND, day

__all__ = ["KIND", "ClassRow", "FigureRow", "SummaryFacts", "institutions_form", "summary_form"]

SOURCES = (("序号", 12.0), ("数据", 40.0), ("数值", 22.0), ("含义和出处", 58.0), ("核对码", 24.0))
CLASSES = (("序号", 12.0), ("问题类别", 40.0), ("根源", 56.0), ("问题数", 27.0), ("治本办法", 26.0),
           ("制度或理由", 42.0), ("进展", 22.0))  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the text: its name, what it says, what it counts, and the code of the records counted."""

    label: str
    words: str
    means: str
    code: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class of problems with its cure."""

    name: str
    root: str
    problems: str
    cure: str
    institution: str
    stand: str


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """A summary as it is printed: headings with their paragraphs, and the figures of the text."""

    bureau: str
    title: str
    edition: str
    draft: bool
    chapters: Sequence[tuple[str, Sequence[str]]]
    figures: Sequence[FigureRow]
    days: str
    drawn_on: date
    on: date
    decided: str = ""


def summary_form(facts: SummaryFacts) -> bytes:
    """The report: text first, then the table of its figures."""
    document = page.new_page(title=facts.title, subject=facts.bureau)
    mark = "内部　草稿" if facts.draft else "内部"
    page.line(document, mark, font=page.HEAD, size=page.SI)
    page.title(document, facts.title)
    middle = WD_ALIGN_PARAGRAPH.CENTER
    if facts.edition:
        page.line(document, f"（{facts.edition}）", size=page.SAN, align=middle)
    page.line(document, "", size=page.SAN)
    for heading, paragraphs in facts.chapters:
        page.line(document, heading, font=page.HEAD, indent=2).paragraph_format.keep_with_next = True
        for words in paragraphs:
            page.line(document, words, indent=2)
    page.line(document, "", size=page.SAN)
    page.line(document, facts.bureau, align=WD_ALIGN_PARAGRAPH.RIGHT)
    page.line(document, day(facts.on), align=WD_ALIGN_PARAGRAPH.RIGHT)
    if facts.decided:
        page.line(document, f"审定：{facts.decided}", size=page.SI)
    _sources(document, facts)
    return page.to_bytes(document)


def _sources(document: page.Doc, facts: SummaryFacts) -> None:
    document.add_page_break()
    page.line(document, "附件", font=page.HEAD)
    page.line(document, "文中数据和出处", font=page.TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    rows = [(str(nth), one.label, one.words, one.means, one.code) for nth, one in enumerate(facts.figures, 1)]
    heads, widths = [name for name, _ in SOURCES], [width for _, width in SOURCES]
    page.grid_table(document, heads, rows, widths=widths, centred=(0, 2, 4))
    note = f"统计时段：{facts.days}；取数日期：{day(facts.drawn_on)}。"
    note += "核对码由所计记录的编号算出，在系统中点开各数可逐条核对。"
    page.line(document, note, size=page.XIAOSI).paragraph_format.line_spacing = page.Pt(20)


def institutions_form(bureau: str, rows: Sequence[ClassRow], on: date) -> bytes:
    """建章立制清单, across: each class of problems with its cure, or the reason why none is needed."""
    title = "建章立制清单"
    document = page.new_page(title=title, subject=bureau, across=True)
    page.line(document, "内部", font=page.HEAD, size=page.SI)
    page.title(document, title)
    heads, widths = [name for name, _ in CLASSES], [width for _, width in CLASSES]
    told = [
        (str(nth), one.name, one.root, one.problems, one.cure, one.institution, one.stand)
        for nth, one in enumerate(rows, 1)
    ]
    page.grid_table(document, heads, told, widths=widths, across=True, centred=(0, 3, 4, 6))
    foot = f"共{len(rows)}类　　制表单位：{bureau}　　制表日期：{day(on)}"
    page.line(document, foot, size=page.XIAOSI).paragraph_format.line_spacing = page.Pt(20)
    return page.to_bytes(document)
