"""年度工作评议结果 and 个人年度材料 as .docx: the same facts as the pages, one person on one page where they fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from docx.enum.text import WD_ALIGN_PARAGRAPH

from luoshi.appraisal.models import Nomination, Review, ReviewResult, YearMaterial
from luoshi.documents import page
from luoshi.documents.matters import day

RESULTS = (("单位", 46.0), ("分组", 26.0), ("结果", 20.0), ("名次", 16.0), ("计算", 48.0))
LINES_MOST = 8
"""Records of one kind that stand on the page; of more, how many there are."""


def review_form(review: Review, results: Sequence[ReviewResult], on: date) -> bytes:
    """评议结果: every unit with its parts in one sentence, how long it was shown, who approved it."""
    document = page.new_page(title=str(review), subject=review.bureau.name)
    _head(document, review.bureau.name, f"{review}结果")
    shares = (
        f"季度考评占{review.quarters_share}、评议得分占{review.evaluation_share}、专项活动占{review.campaign_share}"
    )
    _small(document, f"构成：{shares}。得分相同的名次并列，没有数据的部分不按零分算。")
    rows = [
        (one.unit.name, one.get_group_display(), "不参评" if one.total is None else str(one.total),
         str(one.rank or "—"), one.facts["words"])
        for one in results
    ]  # fmt: skip
    page.grid_table(
        document, [name for name, _ in RESULTS], rows, widths=[width for _, width in RESULTS], centred=(1, 2, 3)
    )
    if review.shown_on and review.objection_until:
        _small(document, f"公示：{day(review.shown_on)}至{day(review.objection_until)}")
    if review.decided_on:
        _small(document, f"审定：{review.body}，{review.decided_by}，{day(review.decided_on)}　{review.source_note}")
        _small(document, f"结果摘要：{review.digest}")
    else:
        _small(document, "公示稿，未审定。")
    _small(document, f"制表日期：{day(on)}")
    return page.to_bytes(document)


def material_form(
    material: YearMaterial, bars: Sequence[dict[str, str]] | None, result: Nomination | None, on: date
) -> bytes:
    """个人年度材料: facts with their numbers and dates, the person's own words, no grade and no score."""
    document = page.new_page(title=str(material), subject=material.bureau.name)
    _head(document, material.bureau.name, f"{material.year}年度个人材料")
    kind = material.get_personnel_type_display()
    page.line(document, f"姓名：{material.person}　　单位：{material.unit}　　人员类别：{kind}", size=page.SI)
    said = {one.key: one for one in material.answers.order_by("pk")}
    for fact in material.facts:
        lines = fact["lines"]
        page.heading(document, f"{fact['label']}：{len(lines)}件")
        for one in lines[:LINES_MOST]:
            _small(document, f"{one['label']}（{one['words']}）")
        if len(lines) > LINES_MOST:
            _small(document, f"其余{len(lines) - LINES_MOST}件见系统内台账。")
        if fact["key"] in said:
            answer = said[fact["key"]]
            _small(document, f"本人意见：{answer.words}　答复：{answer.reply or '待答复'}")
    for one in bars or ():
        _small(document, f"评优限制：{one['span']}{one['effect']}")
    page.heading(document, "本人说明")
    _small(document, material.statement or ("无异议。" if material.state == "AGREED" else "无。"))
    if result is not None:
        words = "确定为优秀等次" if result.state == "EXCELLENT" else "未确定为优秀等次"
        _small(document, f"{result.pool.body}{day(result.pool.decided_on)}决定：{words}。")
    handed = f"{day(material.handed_in_on)}报{material.handed_to}" if material.handed_in_on else "未报送"
    _small(document, f"提取日期：{day(material.drawn_on)}　{handed}　学习、调研、考勤、谈话不列入。")
    _small(document, f"事实摘要：{material.digest}　制表日期：{day(on)}")
    return page.to_bytes(document)


def _head(document: page.Doc, bureau: str, title: str) -> None:
    page.line(document, "内部", font=page.HEAD, size=page.SI)
    page.line(document, bureau, font=page.TITLE, size=page.SI, align=WD_ALIGN_PARAGRAPH.CENTER)
    page.title(document, title)


def _small(document: page.Doc, text: str) -> None:
    page.line(document, text, size=page.XIAOSI).paragraph_format.line_spacing = page.Pt(20)
