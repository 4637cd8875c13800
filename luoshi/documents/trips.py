"""考察报告 as .docx, drawn from the record; 借鉴清单 and 专家意见采纳表 as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.activities.queries.trip_sheet import LessonRow, TripFacts
from luoshi.documents import page
from luoshi.documents.matters import KIND, day
from luoshi.documents.tables import table_sheet

__all__ = ["KIND", "lesson_sheet", "trip_report"]

HEADS = (
    "序号",
    "做法或建议",
    "从哪里来",
    "日期",
    "采纳情况",
    "用在哪里或不采纳的理由",
    "落实单位",
    "决定人",
    "决定日期",
)
WIDTHS = (6, 44, 26, 13, 10, 40, 16, 10, 13)


def trip_report(facts: TripFacts) -> bytes:
    """A draft to be finished in words: what was seen, what was learnt, what the bureau does with it."""
    name = "考察报告" if facts.outgoing else "专家活动报告"
    document = page.new_page(title=f"{name}（底稿）", subject=facts.title)
    page.line(document, "内部　底稿", font=page.HEAD, size=page.SAN)
    page.line(document, facts.bureau, font=page.TITLE, size=page.SAN, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, f"关于{facts.title}的{'报告' if facts.outgoing else '情况报告'}")
    when = day(facts.held_on) + (f"至{day(facts.until_on)}" if facts.until_on else "")
    went = f"赴{facts.host}" if facts.outgoing else f"邀请{facts.host}"
    what = "考察学习" if facts.outgoing else "交流指导"
    page.line(
        document, f"{when}，{facts.unit}{went}，就{'、'.join(facts.topics)}开展{what}。"
        f"参加人员：{'、'.join(facts.people)}（{len(facts.people)}人）。", indent=2,
    )  # fmt: skip
    page.line(document, "一、基本情况", font=page.HEAD, indent=2)
    for part in facts.words.split("\n"):
        page.line(document, part, indent=2)
    page.line(document, f"二、{'可借鉴的做法' if facts.outgoing else '专家意见建议'}", font=page.HEAD, indent=2)
    for nth, one in enumerate(facts.lessons, 1):
        page.line(document, f"{nth}．{one.words}", indent=2)
    page.line(document, "三、采纳落实情况", font=page.HEAD, indent=2)
    for nth, one in enumerate(facts.lessons, 1):
        page.line(document, f"{nth}．{one.told}", indent=2)
    page.line(document, "四、有关事项", font=page.HEAD, indent=2)
    page.line(
        document, f"审批：{facts.decided}。公函：{facts.letter or '未登记'}。费用：{facts.cost or '未填'}。", indent=2
    )
    page.line(document, facts.unit, align=WD_ALIGN_PARAGRAPH.RIGHT)
    page.line(document, day(facts.reported_on), align=WD_ALIGN_PARAGRAPH.RIGHT)
    return page.to_bytes(document)


def lesson_sheet(*, title: str, lead: str, rows: Sequence[LessonRow]) -> bytes:
    """The table as a workbook, the unanswered on top."""
    told = [
        (
            str(nth), one.words, one.source, str(one.held_on), one.answer or "待答复", one.place, one.unit, one.decider,
            str(one.decided_on or ""),
        )
        for nth, one in enumerate(rows, 1)
    ]  # fmt: skip
    return table_sheet(title=title, lead=lead, heads=HEADS, rows=told, widths=WIDTHS)
