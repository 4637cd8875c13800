"""交办清单 as .docx: an internal form on A4 across, one row an item, the head repeated on every page."""

from __future__ import annotations

from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.documents import page
from luoshi.documents.matters import KIND, day, short, sign
from luoshi.matters.queries import ItemRow, ListFacts

__all__ = ["KIND", "list_form"]

HEADS = ("序号", "编号", "事项", "要求", "牵头单位", "协办单位", "责任领导", "首次反馈", "办结时限")
WIDTHS = (10.0, 24.0, 43.0, 42.0, 22.0, 22.0, 18.0, 22.0, 22.0)
LONGEST = 240
"""A requirement of more characters stands in full below the table: in its narrow column it would run over pages."""
CENTRED = (0, 1, 6, 7, 8)


def list_form(facts: ListFacts) -> bytes:
    """The list as it stands: where it comes from, who issued it, and each item with its dates."""
    document = page.new_page(title=facts.title, subject=facts.document, across=True)
    page.line(document, "内部", font=page.HEAD, size=page.SI)
    name = facts.title if facts.title.endswith("清单") else f"{facts.title}交办清单"
    page.line(document, facts.bureau, font=page.TITLE, size=page.SI, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, name if facts.whole else f"{name}（摘录）")
    head = [f"来源：{facts.source}" + (f"（{facts.document}）" if facts.document else "")]
    head += [f"交办领导：{facts.issuer}", f"交办日期：{day(facts.issued_on)}"]
    head += [f"考评板块：{facts.block}"] if facts.block else []
    head += [f"共{len(facts.items)}项" + ("" if facts.whole else "（只列本单位承办的）")]
    page.line(document, "　".join(head), size=page.XIAOSI).paragraph_format.line_spacing = page.Pt(20)
    page.grid_table(
        document,
        HEADS,
        [
            (
                str(one.place or nth), one.number, one.title + ("（已撤销）" if one.cancelled else ""),
                _requirement(one), one.lead_unit, "、".join(one.assists), one.leader,
                short(one.feedback_due_on, provisional=one.provisional), _due(one.due_on, one.original_due_on),
            )
            for nth, one in enumerate(facts.items, 1)
        ],
        widths=WIDTHS,
        across=True,
        centred=CENTRED,
    )  # fmt: skip
    for one in facts.items:
        if len(one.requirement) > LONGEST:
            page.heading(document, f"附：第{one.place}项“{one.title}”的要求")
            for part in one.requirement.split("\n"):
                page.line(document, part, size=page.SI, indent=2)
    sign(document, facts.signed)
    return page.to_bytes(document)


def _requirement(one: ItemRow) -> str:
    return one.requirement if len(one.requirement) <= LONGEST else f"{one.requirement[:60]}……（全文附后）"


def _due(due: date | None, original: date | None) -> str:
    moved = original and due and original != due
    return short(due) + (f"\n原定\n{short(original)}" if moved else "")
