"""督办通知单 and 反馈单 as .docx: internal forms, drafts with their 拟稿/核稿/签发 line; same facts, same page.

The fields are those customary for the two forms (rule book §1.2, §8). The files name their fonts and ship none.
"""

from __future__ import annotations

from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.documents import page
from luoshi.matters.queries import DispatchFacts, FeedbackFacts
from luoshi.matters.queries.sheets import PartRow, Signed, StepRow

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


def short(value: date | None, *, provisional: bool = False) -> str:
    """A date for a narrow column: the year above, month and day below.

    >>> short(date(2026, 10, 9))
    '2026年\\n10月9日'
    """
    if value is None:
        return ""
    return f"{value.year}年\n{value.month}月{value.day}日" + ("\n（暂定）" if provisional else "")


def moved(due: date | None, original: date | None) -> str:
    """A date with the one first set, where it was moved.

    >>> moved(date(2026, 11, 30), date(2026, 10, 30))
    '2026年11月30日\\n（原定2026年10月30日）'
    """
    return day(due) + (f"\n（原定{day(original)}）" if original and due and original != due else "")


def dispatch_form(facts: DispatchFacts) -> bytes:
    """督办通知单: what is handed out, by whom, to whom, first feedback and closing dates, how it stands."""
    document = page.new_page(title="督办通知单", subject=f"{facts.number} {facts.title}")
    name = "督办通知单" + (f"（第{facts.cycle}轮）" if facts.cycle > 1 else "")
    _head(document, facts.bureau, name, facts.number, urgent=facts.urgent)
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
            (
                "首次反馈", day(facts.feedback_due_on, provisional=facts.provisional),
                "办结时限", moved(facts.due_on, facts.original_due_on),
            ),
            *([("延期情况", "\n".join(facts.extensions))] if facts.extensions else []),
            ("办理情况", "\n".join(facts.handled)),
            ("核查意见", facts.verified),
            ("办结日期", day(facts.closed_on)),
            ("附件", "\n".join(facts.attachments) or "无"),
        ],
        widths=WIDTHS,
    )  # fmt: skip
    _parts(document, facts.parts)
    _steps(document, facts.steps, facts.steps_told)
    _foot(
        document,
        "请在首次反馈时限前反馈办理情况；一时不能办结的，先报初步情况并写明下次反馈日期。",
        facts.signed,
    )
    return page.to_bytes(document)


def feedback_form(facts: FeedbackFacts) -> bytes:
    """反馈单: one feedback as given, with its stage, progress, obstacles and the next date."""
    name = f"督办事项反馈单（{facts.kind}）"
    document = page.new_page(title=name, subject=f"{facts.number} {facts.title}")
    number = facts.number + (f"（第{facts.cycle}轮）" if facts.cycle > 1 else "")
    _head(document, facts.bureau, name, number, urgent=False)
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
            *(
                [("协办情况", "\n".join(f"{unit}（{state}）：{said}" for unit, said, state in facts.contributions))]
                if facts.contributions
                else []
            ),
            ("问题与协调", facts.obstacles or "无"),
            ("下步计划", facts.next_step or "无"),
            ("下次反馈", day(facts.next_on) or "无", "办结时限", moved(facts.due_on, facts.original_due_on)),
            *([("延期情况", "\n".join(facts.extensions))] if facts.extensions else []),
            ("附件", "\n".join(facts.attachments) or "无"),
            ("负责人签字", "", "领导阅签", facts.read_by),
        ],
        widths=WIDTHS,
    )
    _foot(document, f"报：{facts.leader}", facts.signed)
    return page.to_bytes(document)


def _parts(document: page.Doc, parts: tuple[PartRow, ...]) -> None:
    """承办分工, where anybody assists."""
    if len(parts) < 2:
        return
    page.heading(document, "承办分工")
    page.grid_table(
        document,
        ("角色", "单位", "承办人", "分工", "时限", "签收"),
        [(one.role, one.unit, one.person, one.task, short(one.due_on), short(one.signed_on)) for one in parts],
        widths=(12, 32, 20, 46, 23, 23),
        centred=(0, 2, 4, 5),
    )


def _steps(document: page.Doc, steps: tuple[StepRow, ...], told: str) -> None:
    """路线图: every step with the date first agreed and the one in force."""
    if not steps:
        return
    page.heading(document, f"路线图（{told}）")
    page.grid_table(
        document,
        ("序号", "步骤", "责任人", "原定", "现定", "完成"),
        [
            (
                str(nth), one.words, one.person, short(one.original_on), short(one.due_on),
                "\n".join(part for part in (short(one.done_on), one.slip) if part),
            )
            for nth, one in enumerate(steps, 1)
        ],
        widths=(12, 50, 20, 23, 23, 28),
        centred=(0, 2, 3, 4, 5),
    )  # fmt: skip


def _head(document: page.Doc, bureau: str, name: str, number: str, *, urgent: bool) -> None:
    marks = ["内部"] + (["加急"] if urgent else [])
    page.line(document, "　".join(marks), font=page.HEAD, size=page.SAN)
    page.line(document, bureau, font=page.TITLE, size=page.SAN, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, name)
    page.line(document, f"编号：{number}", size=page.SI, align=WD_ALIGN_PARAGRAPH.RIGHT)


def _foot(document: page.Doc, note: str, signed: Signed) -> None:
    page.line(document, note, size=page.SI).paragraph_format.keep_with_next = True
    sign(document, signed)


def sign(document: page.Doc, signed: Signed) -> None:
    """The 拟稿/核稿/签发 line; a name that stands in for ink says on which record it rests."""
    page.signatures(document, [("拟稿", signed.drafted), ("核稿", signed.checked), ("签发", signed.issued)])
    if signed.issued_why:
        page.line(document, f"（签发据{signed.issued_why}的记录。）", size=page.XIAOSI)
