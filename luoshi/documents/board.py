"""红黑榜通报 as .docx: from the snapshot that was frozen when the board was published, so that it never drifts from it.

Title, the ranking of each peer group, the cases of both lists (or 本季度无 with its words), who approved it where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.documents import page
from luoshi.documents.matters import KIND, day

__all__ = ["KIND", "board_notice"]

RANKING = (("名次", 18.0), ("单位", 62.0), ("得分", 22.0), ("与上季度比", 28.0), ("进退位", 26.0))


def board_notice(bureau: str, told: Mapping[str, Any]) -> bytes:
    """The circular of one board, from its snapshot."""
    title = f"{told['quarter']}红黑榜通报" + (f"（第{told['edition']}版）" if told["edition"] > 1 else "")
    document = page.new_page(title=title, subject=bureau)
    internal = told["scope"] != "社会公开"
    page.line(document, "内部" if internal else "", font=page.HEAD, size=page.SI)
    page.line(document, bureau, font=page.TITLE, size=page.SI, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, title)
    if told["correction"]:
        _say(document, f"本版更正第{told['edition'] - 1}版，理由：{told['correction']}")
    _say(document, f"按照《{told['scheme']}》，现将{told['quarter']}考评结果和红黑榜通报如下。")
    page.heading(document, "一、得分和排名")
    for group in told["groups"]:
        page.heading(document, f"{group['group']}（{len(group['lines'])}个）")
        _ranking(document, group["lines"])
    _say(document, "排名靠后不等于有错；同组得分相同的名次并列；“不参评”不计零分。", size=page.XIAOSI)
    for number, kind, none in (("二", "红榜", told["none_red"]), ("三", "黑榜", told["none_black"])):
        page.heading(document, f"{number}、{kind}")
        mine = [one for one in told["cases"] if one["kind"] == kind]
        for nth, one in enumerate(mine, 1):
            _case(document, nth, one)
        if not mine:
            _say(document, f"本季度无。{none}")
    body, who, on, note = told["approved"]
    page.line(document, f"{body}{_day(on)}审定（{who}{'，' + note if note else ''}）", size=page.XIAOSI)
    page.line(document, f"印发日期：{_day(told['published_on'])}　　公开范围：{told['scope']}", size=page.XIAOSI)
    return page.to_bytes(document)


def _ranking(document: page.Doc, lines: Sequence[Mapping[str, Any]]) -> None:
    rows = [
        (
            str(one["rank"] or "—"), one["unit"], one["points"] or "不参评",
            one["delta"] if one["points"] else one["reason"], one["moved"],
        )
        for one in lines
    ]  # fmt: skip
    heads, widths = [name for name, _ in RANKING], [width for _, width in RANKING]
    page.grid_table(document, heads, rows, widths=widths, centred=(0, 2, 3, 4))


def _case(document: page.Doc, nth: int, one: Mapping[str, str]) -> None:
    _say(document, f"{nth}．{one['unit']}：{one['title']}")
    _say(document, one["words"])
    if one["cause"]:
        due = _day(one["rectify_by"])
        _say(document, f"原因：{one['cause']}。整改期限：{due}。下榜条件：{one['way_off']}。")
    if one["statement"]:
        _say(document, f"当事单位陈述：{one['statement']}")


def _say(document: page.Doc, text: str, *, size: Any = None) -> None:
    page.line(document, text.replace("。。", "。"), size=size or page.SAN, indent=2)


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if text and text != "None" else "—"
