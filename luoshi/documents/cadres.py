"""一线锻炼名册, 跟踪考察报告 and 表扬通报 as files: the same facts as the pages, for the same reader.

An opinion is printed only where the caller hands it in; whoever may not read it on the page is handed none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.cadres.models import Commendation, Examination, FollowUp
from luoshi.cadres.queries.commending import ProofLine
from luoshi.cadres.queries.follow_page import FactLine
from luoshi.cadres.queries.roster import PostingLine
from luoshi.documents import page
from luoshi.documents.matters import KIND, day, short
from luoshi.documents.tables import table_sheet

__all__ = ["KIND", "commendation_form", "follow_up_form", "roster_form", "roster_sheet"]

ROSTER = (("序号", 11.0), ("干部", 20.0), ("锻炼岗位", 52.0), ("类别", 26.0), ("锻炼单位", 26.0), ("导师", 20.0),
          ("起止", 44.0), ("下次考察", 26.0))  # fmt: skip
FACTS = (("日期", 24.0), ("类别", 22.0), ("工作事实", 66.0), ("本人意见和核实", 44.0))


def roster_rows(lines: Sequence[PostingLine]) -> list[tuple[str, ...]]:
    """The rows of the roster in the page's order."""
    return [
        (str(nth), str(one.posting.cadre), one.posting.post, one.posting.get_kind_display(), str(one.posting.unit),
         str(one.posting.mentor or ""), one.span, f"{one.next.due_on:%Y-%m-%d}" if one.next else "")
        for nth, one in enumerate(lines, 1)
    ]  # fmt: skip


def roster_form(bureau: str, lines: Sequence[PostingLine], on: date) -> bytes:
    """一线锻炼名册, across."""
    document = page.new_page(title="一线锻炼名册", subject=bureau, across=True)
    _head(document, bureau, "一线锻炼名册")
    page.grid_table(document, [name for name, _ in ROSTER], roster_rows(lines), widths=[width for _, width in ROSTER],
                    across=True, centred=(0, 1, 5, 7))  # fmt: skip
    _small(document, f"共{len(lines)}人。制表日期：{day(on)}")
    return page.to_bytes(document)


def roster_sheet(lead: str, lines: Sequence[PostingLine]) -> bytes:
    """The same as .xlsx."""
    return table_sheet(title="一线锻炼名册", lead=lead, heads=[name for name, _ in ROSTER], rows=roster_rows(lines),
                       widths=(6, 10, 34, 14, 14, 10, 26, 14))  # fmt: skip


def follow_up_form(
    follow_up: FollowUp, lines: Sequence[FactLine], examiners: Sequence[str], opinion: Examination | None, on: date
) -> bytes:
    """跟踪考察报告: the posting, the facts with what the person said of them, and the opinion where it is handed in."""
    posting = follow_up.posting
    name = "跟踪考察报告" if opinion is not None else "跟踪考察事实"
    document = page.new_page(title=name, subject=posting.bureau.name)
    page.line(document, "内部　保密" if opinion is not None else "内部", font=page.HEAD, size=page.SAN)
    page.line(document, posting.bureau.name, font=page.TITLE, size=page.SAN, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, f"{posting.cadre}同志一线锻炼{name}")
    head = f"{posting.cadre}，{posting.post}（{posting.unit}），{day(posting.from_on)}起。{follow_up}，"
    page.line(document, f"{head}考察期{day(follow_up.period_from)}至{day(follow_up.period_until)}。", indent=2)
    page.heading(document, "一、工作事实")
    rows = [
        (short(one.shown.fact.on), one.shown.kind_label, one.shown.words, _said(one)) for one in lines
    ]  # fmt: skip
    if rows:
        page.grid_table(document, [name for name, _ in FACTS], rows, widths=[width for _, width in FACTS],
                        across=False, centred=(0, 1))  # fmt: skip
    else:
        page.line(document, "考察期内没有登记过的工作结果。", indent=2)
    if follow_up.read_on:
        how = f"书面送达：{follow_up.served_note}" if follow_up.served_note else "本人已核对"
        _small(document, f"{day(follow_up.read_on)}{how}。")
    if opinion is not None:
        page.heading(document, "二、考察意见")
        for text in opinion.opinion.splitlines():
            page.line(document, text, indent=2)
        _small(document, f"考察人：{'、'.join(examiners)}　　{day(opinion.on)}")
    _small(document, f"事实摘要：{follow_up.digest}　　制表日期：{day(on)}")
    return page.to_bytes(document)


def commendation_form(commendation: Commendation, proofs: Sequence[ProofLine]) -> bytes:
    """表扬通报, for inside the bureau."""
    whom = commendation.person or commendation.unit
    kind = commendation.get_kind_display()
    document = page.new_page(title=kind, subject=commendation.bureau.name)
    page.line(document, "局内", font=page.HEAD, size=page.SAN)
    page.line(document, commendation.bureau.name, font=page.TITLE, size=page.SAN, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, f"关于{whom}的{kind}")
    page.line(document, f"事由：{commendation.title}", indent=2)
    for text in commendation.reasons.splitlines():
        page.line(document, text, indent=2)
    told = [one.file.name if one.file is not None else one.shown.words if one.shown is not None else ""
            for one in proofs]  # fmt: skip
    if any(told):
        page.line(document, f"凭据：{'；'.join(filter(None, told))}。", indent=2)
    notice = f"{day(commendation.notice_from_on)}至{day(commendation.notice_until_on)}公示"
    decided = f"{day(commendation.decided_on)}{commendation.body}研究决定（{commendation.source_note}）"
    page.line(document, f"经{notice}，{decided}，现予通报。", indent=2)
    page.line(document, day(commendation.published_on), align=WD_ALIGN_PARAGRAPH.RIGHT)
    return page.to_bytes(document)


def _said(line: FactLine) -> str:
    if line.answer is None:
        return ""
    told = f"本人：{line.answer.words}"
    return told + (f"\n{line.answer.get_state_display()}：{line.answer.answer}" if line.answer.answer else "\n待核实")


def _head(document: page.Doc, bureau: str, title: str) -> None:
    page.line(document, "内部", font=page.HEAD, size=page.SI)
    page.line(document, bureau, font=page.TITLE, size=page.SI, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, title)


def _small(document: page.Doc, text: str) -> None:
    page.line(document, text, size=page.XIAOSI).paragraph_format.line_spacing = page.Pt(20)
