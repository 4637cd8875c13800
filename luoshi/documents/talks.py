"""谈心谈话记录 as .docx: confidential, for the two who talked; the fields customary for it (rule book §8)."""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.activities.queries.talk_sheet import TalkFacts
from luoshi.documents import page
from luoshi.documents.matters import KIND, WIDTHS, day

__all__ = ["KIND", "talk_form"]


def talk_form(facts: TalkFacts) -> bytes:
    """One talk as recorded, with what it led to, and room for two signatures where they were not given on screen."""
    document = page.new_page(title=f"{facts.kind}记录", subject="只限谈话双方")
    page.line(document, "内部　只限谈话双方", font=page.HEAD, size=page.SAN)
    page.line(document, facts.bureau, font=page.TITLE, size=page.SAN, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, f"{facts.kind}记录")
    page.form_table(
        document,
        [
            ("谈话人", facts.talker, "谈话对象", facts.partner),
            ("谈话日期", day(facts.held_on), "地点", facts.place),
            ("谈话内容", facts.content or "见纸质记录"),
            ("意见建议", facts.opinions or "无"),
            ("诉求", facts.demands or "无"),
            ("提醒事项", "\n".join(facts.reminders) or "无"),
            ("整改事项", "\n".join(facts.rectifications) or "无"),
            ("谈话人签字", day(facts.talker_signed_on), "对象签字", day(facts.partner_signed_on)),
        ],
        widths=WIDTHS,
    )
    page.line(document, "签字日期为系统内确认或登记纸质签字的日期。", size=page.XIAOSI)
    return page.to_bytes(document)
