"""承诺公示, 兑现情况 and 民生实事清单 as .docx, across: the same facts as the pages, amendments beside the original.

The fields are those customary for a notice of public promises (rule book §8): name, post, field, promise, date,
supervision phone, progress.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.commitments.models import LivelihoodBatch
from luoshi.commitments.queries import NoticeFacts, PromiseView
from luoshi.commitments.queries.lists import ItemLine
from luoshi.commitments.rules import ProgressKind
from luoshi.documents import page
from luoshi.documents.matters import KIND, day, short

__all__ = ["KIND", "livelihood_form", "notice_form"]

NOTICE = (("序号", 11.0), ("承诺事项", 62.0), ("完成标志", 46.0), ("完成时限", 24.0), ("进度", 82.0))
FULFILMENT = (*NOTICE[:4], ("兑现", 20.0), ("情况", 62.0))
WORKS = (("序号", 11.0), ("实事", 44.0), ("受益对象", 36.0), ("责任单位", 24.0), ("责任领导", 20.0), ("完成时限", 24.0),
         ("完成情况", 34.0), ("群众反馈", 32.0))  # fmt: skip


def notice_form(facts: NoticeFacts) -> bytes:
    """承诺公示, or at year-end the same with what became of each promise."""
    document = page.new_page(title=facts.title, subject=facts.bureau, across=True)
    _head(document, facts.bureau, facts.title)
    columns = FULFILMENT if facts.fulfilment else NOTICE
    for line in facts.lines:
        one = line.commitment
        page.heading(document, f"{one.person}　{one.duty_title}　分管：{one.field}")
        rows = [_fulfilled(view) if facts.fulfilment else _promised(view) for view in line.promises]
        _grid(document, columns, rows, centred=(0, 3, 4) if facts.fulfilment else (0, 3))
        foot = f"{day(one.published_on)}公示，{one.decided_by}审定" + (
            f"（{one.source_note}）" if one.source_note else ""
        )
        if facts.fulfilment and one.settled_on:
            foot += f"；{day(one.settled_on)}评诺：{one.settled_note}"
        _small(document, foot)
    if not facts.lines:
        page.line(document, "本年度还没有公示的承诺。", size=page.SI)
    _small(document, f"监督电话：{'、'.join(facts.phones) or '—'}　　制表日期：{day(facts.made_on)}")
    return page.to_bytes(document)


def livelihood_form(batch: LivelihoodBatch, lines: Sequence[ItemLine], on: date) -> bytes:
    """民生实事清单: each work with its beneficiaries, who answers for it, its result and their feedback."""
    document = page.new_page(title=batch.title, subject=batch.bureau.name, across=True)
    _head(document, batch.bureau.name, batch.title if batch.title.endswith("清单") else f"{batch.title}清单")
    if batch.document:
        _small(document, f"确定依据：{batch.document}")
    rows = []
    for line in lines:
        item = line.item
        for_whom = item.beneficiaries + (f"\n（{item.people}人）" if item.people else "")
        result = f"{day(item.done_on)}：{item.result}" if item.done_on else line.face.words
        if item.void_reason:
            result = f"已取消：{item.void_reason}"
        rows.append((str(item.order), item.name, for_whom, str(item.unit), str(item.leader), short(item.due_on), result,
                     item.feedback))  # fmt: skip
    _grid(document, WORKS, rows, centred=(0, 3, 4, 5))
    _small(document, f"制表日期：{day(on)}")
    return page.to_bytes(document)


def _head(document: page.Doc, bureau: str, title: str) -> None:
    page.line(document, "内部", font=page.HEAD, size=page.SI)
    page.line(document, bureau, font=page.TITLE, size=page.SI, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, title)


def _grid(
    document: page.Doc,
    columns: Sequence[tuple[str, float]],
    rows: Sequence[Sequence[str]],
    *,
    centred: Sequence[int],
) -> None:
    heads, widths = [name for name, _ in columns], [width for _, width in columns]
    page.grid_table(document, heads, rows, widths=widths, across=True, centred=centred)


def _small(document: page.Doc, text: str) -> None:
    page.line(document, text, size=page.XIAOSI).paragraph_format.line_spacing = page.Pt(20)


def _promised(view: PromiseView) -> tuple[str, ...]:
    return str(view.order), _words(view), _measure(view), _due(view), _progress(view)


def _fulfilled(view: PromiseView) -> tuple[str, ...]:
    label = "已终止" if view.ended else view.outcome_label or "未登记"
    return str(view.order), _words(view), _measure(view), _due(view), label, view.stated.words if view.stated else ""


def _words(view: PromiseView) -> str:
    """What is promised, and below it every amendment with the words it replaced, its reason and who decided."""
    lines = [view.words]
    for one in view.amendments:
        what = "终止" if one.ends else "变更"
        told = [f"【{short(one.on).replace(chr(10), '')}第{one.number}次{what}，{one.decided_by}审定】"]
        if one.reworded and one.new_words != one.old_words:
            told.append(f"原文：{one.old_words}。")
        if one.moved:
            told.append(f"原时限：{day(one.old_due_on)}。")
        told.append(f"理由：{one.reason}")
        lines.append("".join(told))
    return "\n".join(lines)


def _measure(view: PromiseView) -> str:
    first = view.published[1]
    return view.measure + (f"\n（原定：{first}）" if first != view.measure else "")


def _due(view: PromiseView) -> str:
    first = view.published[2]
    return short(view.due_on) + (f"\n原定\n{short(first)}" if first != view.due_on else "")


def _progress(view: PromiseView) -> str:
    told = [one for one in view.progress if not one.void_reason and one.kind == ProgressKind.PROGRESS]
    lines = [f"{one.on.month}月{one.on.day}日：{one.words}" for one in told]
    lines += [f"督办事项“{row.title}”：{row.state_label}" for row in view.seen]
    return "\n".join(lines)
