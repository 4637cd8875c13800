"""稿件 as a file: the page and type of GB/T 9704-2012, marked 内部 where it is, never a red head or a number.

The ledger of articles as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.documents import page
from luoshi.documents.matters import day
from luoshi.documents.tables import table_sheet

KAI = "楷体_GB2312"
HEADS = ("序号", "标题", "种类", "撰稿单位", "公开范围", "状态", "审校", "发布日期", "刊发媒体")
WIDTHS = (6, 40, 12, 12, 10, 10, 30, 12, 30)


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """An article as it is printed; `lines` are its text, each with its kind: head, subhead or line."""

    bureau: str
    title: str
    unit: str
    internal: bool
    draft: str
    """The state in words where it is not published; empty where it is."""
    lines: Sequence[tuple[str, str]]
    correction: str
    published_on: date | None
    signed: Sequence[tuple[str, str]]
    """Who wrote, reviewed and published it; empty for readers who only read it."""


def article_form(facts: ArticleFacts) -> bytes:
    """The article on the house page."""
    document = page.new_page(title=facts.title, subject=facts.unit)
    mark = "　".join(filter(None, ["内部" if facts.internal else "", f"底稿（{facts.draft}）" if facts.draft else ""]))
    if mark:
        page.line(document, mark, font=page.HEAD, size=page.SI)
    page.title(document, facts.title)
    page.line(document, "")
    for kind, words in facts.lines:
        font = {"head": page.HEAD, "subhead": KAI}.get(kind, page.BODY)
        paragraph = page.line(document, words, font=font, indent=2)
        paragraph.paragraph_format.keep_with_next = kind != "line"
    if facts.correction:
        page.line(document, f"（更正说明：{facts.correction}）", indent=2)
    page.line(document, "")
    page.line(document, facts.bureau, align=WD_ALIGN_PARAGRAPH.RIGHT)
    if facts.published_on is not None:
        page.line(document, day(facts.published_on), align=WD_ALIGN_PARAGRAPH.RIGHT)
    if facts.signed:
        page.line(document, "")
        page.signatures(document, facts.signed)
    return page.to_bytes(document)


def articles_sheet(*, lead: str, rows: Sequence[Sequence[str]]) -> bytes:
    """宣传台账."""
    return table_sheet(title="宣传台账", lead=lead, heads=HEADS, rows=rows, widths=WIDTHS)
