"""问题整改台账 and 销号单 as .docx: internal forms with the columns customary for them (rule book §8)."""

from __future__ import annotations

from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.documents import page
from luoshi.documents.matters import KIND, day, moved
from luoshi.problems.queries.paper import ClosingFacts, LedgerFacts, LedgerLine

__all__ = ["KIND", "closing_form", "ledger_form"]

HEADS = (
    "序号", "来源", "问题", "整改措施", "责任领导", "责任单位/人", "时限", "进展", "佐证",
    "销号申请日", "验收人", "销号日", "回头看",
)  # fmt: skip
SPANS = (9.0, 13.0, 30.0, 31.0, 13.0, 17.0, 15.0, 27.0, 17.0, 14.0, 12.0, 13.0, 14.0)
"""Millimetres; together the type area of a sheet turned by a quarter, 225 mm."""
CENTRED = (0, 1, 4, 5, 6, 9, 10, 11, 12)
SMALL = page.Pt(9)
LONGEST = 160
PROOFS = 3
WIDTHS = (27.0, 51.0, 27.0, 51.0)


def brief(value: date | None) -> str:
    """A date for the narrowest column, in two lines.

    >>> brief(date(2026, 10, 9))
    '2026.\\n10.9'
    """
    return f"{value.year}.\n{value.month}.{value.day}" if value else ""


def ledger_form(facts: LedgerFacts) -> bytes:
    """The ledger as it stands, its head on every page."""
    document = page.new_page(title="问题整改台账", subject=facts.words, across=True)
    page.line(document, "内部", font=page.HEAD, size=page.SI)
    page.line(document, facts.bureau, font=page.TITLE, size=page.SI, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, "问题整改台账")
    head = f"{facts.words}　截至{day(facts.made_on)}　共{len(facts.lines)}件"
    page.line(document, head, size=page.XIAOSI).paragraph_format.line_spacing = page.Pt(20)
    page.grid_table(
        document, HEADS, [_cells(one) for one in facts.lines], widths=SPANS, size=SMALL, across=True, centred=CENTRED
    )
    for one in facts.lines:
        if len(one.measure) > LONGEST:
            page.heading(document, f"附：第{one.place}件“{one.title[:40]}”的整改措施")
            for part in one.measure.split("\n"):
                page.line(document, part, size=page.SI, indent=2)
    page.signatures(document, [("填表", ""), ("审核", ""), ("审签", "")])
    return page.to_bytes(document)


def _cells(one: LedgerLine) -> tuple[str, ...]:
    due = brief(one.due_on)
    if one.original_due_on and one.due_on and one.original_due_on != one.due_on:
        due += f"\n原定\n{brief(one.original_due_on)}"
    measure = one.measure if len(one.measure) <= LONGEST else f"{one.measure[:50]}……（全文附后）"
    proofs = list(one.proofs[:PROOFS]) + ([f"等{len(one.proofs)}份"] if len(one.proofs) > PROOFS else [])
    looked = (
        [brief(one.looked_on), one.looked] if one.looked_on else [brief(one.look_on), "待看" if one.look_on else ""]
    )
    return (
        str(one.place), one.source, f"{one.title}\n（{one.number}）", measure, one.leader,
        "\n".join(filter(None, [one.unit, one.owner])), due,
        "\n".join(filter(None, [f"【{one.standing}】", one.said])), "\n".join(proofs), brief(one.applied_on),
        one.closed_by, brief(one.closed_on), "\n".join(filter(None, looked)),
    )  # fmt: skip


def closing_form(facts: ClosingFacts) -> bytes:
    """销号单: what was wrong, what was done, the proof, who accepted it, what the raiser says, looking back."""
    document = page.new_page(title="问题销号单", subject=f"{facts.number} {facts.title}")
    page.line(document, "内部", font=page.HEAD, size=page.SAN)
    page.line(document, facts.bureau, font=page.TITLE, size=page.SAN, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, "问题销号单" + (f"（第{facts.cycle}轮整改）" if facts.cycle > 1 else ""))
    page.line(document, f"编号：{facts.number}", size=page.SI, align=WD_ALIGN_PARAGRAPH.RIGHT)
    answer = "：".join(filter(None, [facts.answer, facts.answer_words]))
    answered = "\n".join(filter(None, [answer, day(facts.answered_on) and f"回访日期：{day(facts.answered_on)}"]))
    look = facts.looked if facts.looked_on else f"{day(facts.look_on)}回头看" if facts.look_on else ""
    page.form_table(
        document,
        [
            ("问题", facts.title),
            *([("具体表现", facts.detail)] if facts.detail else []),
            ("来源", facts.source, "发现日期", day(facts.found_on)),
            *([("反映人", "、".join(facts.raisers))] if facts.raisers else []),
            ("原因", facts.cause),
            ("整改措施", facts.measure),
            ("责任单位", facts.unit, "责任人", facts.owner),
            ("责任领导", facts.leader, "整改时限", moved(facts.due_on, facts.original_due_on)),
            ("整改情况", "\n".join(facts.done)),
            *([("整改事项", "\n".join(facts.matters))] if facts.matters else []),
            ("佐证材料", "\n".join(facts.proofs) or "无"),
            ("申请人", facts.applied_by, "申请日期", day(facts.applied_on)),
            ("验收意见", facts.accepted + (f"\n（此前退回{facts.returns}次）" if facts.returns else "")),
            ("验收人", facts.closed_by, "销号日期", day(facts.closed_on)),
            *([("反映人意见", answered or "未回访")] if facts.raisers else []),
            ("回头看", look, "回看日期", day(facts.looked_on)),
            ("责任人签字", "", "验收人签字", ""),
        ],
        widths=WIDTHS,
    )
    page.line(document, "验收人须为责任人以外的人。销号后经回头看没有反弹，才算已解决。", size=page.XIAOSI)
    return page.to_bytes(document)
