"""督办通知单 and 反馈单 as .docx: internal forms, drafts with their 拟稿/核稿/签发 line; same facts, same page.

The fields are those customary for the two forms (rule book §1.2, §8). The files name their fonts and ship none.
"""

from __future__ import annotations

from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.documents import page
from luoshi.matters.queries import DispatchFacts, FeedbackFacts

WIDTHS = (27.0, 51.0, 27.0, 51.0)
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def day(value: date | None, *, provisional: bool = False) -> str:
    """A date as documents write it, without leading zeros; 暂定 where next year's holidays are not published.

    >>> day(date(2026, 10, 9))
    '2026年10月9日'
    >>> day(None)
    ''
    """
    if value is None:
        return ""
    return f"{value.year}年{value.month}月{value.day}日" + ("（暂定）" if provisional else "")


def dispatch_form(facts: DispatchFacts) -> bytes:
    """督办通知单: what is handed out, by whom, to whom, first feedback and closing dates, how it stands."""
    document = page.new_page(title="督办通知单", subject=f"{facts.number} {facts.title}")
    _head(document, facts.bureau, "督办通知单", facts.number, facts.cycle, urgent=facts.urgent)
    due = day(facts.due_on)
    if facts.original_due_on and facts.original_due_on != facts.due_on:
        due += f"\n（原定{day(facts.original_due_on)}）"
    source = "　".join(part for part in (facts.source, facts.source_title) if part)
    page.form_table(
        document,
        [
            ("督办事项", facts.title),
            ("来源依据", "\n".join(part for part in (source, facts.clause) if part)),
            ("办理要求", facts.requirement or "按事项要求办理。"),
            ("交办领导", facts.leader, "交办日期", day(facts.assigned_on)),
            ("牵头单位", facts.lead_unit, "责任人", facts.lead_person),
            ("协办单位", "、".join(facts.assists) or "无"),
            ("首次反馈", day(facts.feedback_due_on, provisional=facts.provisional), "办结时限", due),
            ("办理情况", "\n".join(facts.handled)),
            ("核查意见", facts.verified),
            ("办结日期", day(facts.closed_on), "附件", "\n".join(facts.attachments) or "无"),
        ],
        widths=WIDTHS,
    )
    _foot(document, "请在首次反馈时限前反馈办理情况；一时不能办结的，先报初步情况并写明下次反馈日期。")
    return page.to_bytes(document)


def feedback_form(facts: FeedbackFacts) -> bytes:
    """反馈单: one feedback as given, with its stage, progress, obstacles and the next date."""
    document = page.new_page(title="督办事项反馈单", subject=f"{facts.number} {facts.title}")
    _head(document, facts.bureau, "督办事项反馈单", facts.number, 1, urgent=False)
    when = day(facts.fed_back_on) + ("（逾期反馈）" if facts.late else "")
    page.form_table(
        document,
        [
            ("督办事项", facts.title),
            ("办理要求", facts.requirement or "按事项要求办理。"),
            ("承办单位", facts.lead_unit, "填报人", facts.person),
            ("反馈阶段", facts.kind, "进展", f"{facts.progress}%"),
            ("应反馈日期", day(facts.feedback_due_on), "反馈日期", when),
            ("办理情况", facts.done),
            ("问题与协调", facts.obstacles or "无"),
            ("下步计划", facts.next_step or "无"),
            ("下次反馈", day(facts.next_on) or "无", "办结时限", day(facts.due_on)),
            ("附件", "\n".join(facts.attachments) or "无"),
            ("负责人签字", "", "领导阅签", ""),
        ],
        widths=WIDTHS,
    )
    _foot(document, f"报：{facts.leader}")
    return page.to_bytes(document)


def _head(document: page.Doc, bureau: str, name: str, number: str, cycle: int, *, urgent: bool) -> None:
    marks = ["内部"] + (["加急"] if urgent else [])
    page.line(document, "　".join(marks), font=page.HEAD, size=page.SAN)
    page.line(document, bureau, font=page.TITLE, size=page.SAN, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, name)
    told = f"编号：{number}" + (f"（第{cycle}轮）" if cycle > 1 else "")
    page.line(document, told, size=page.SI, align=WD_ALIGN_PARAGRAPH.RIGHT)


def _foot(document: page.Doc, note: str) -> None:
    page.line(document, note, size=page.SI)
    page.signatures(document, [("拟稿", ""), ("核稿", ""), ("签发", "")])
