"""The page of an internal form: the geometry and type of GB/T 9704-2012, without a red head or a document number.

A4; margins top 37, bottom 35, left 28, right 26 mm (版心 156×225 mm); body 三号仿宋 on fixed 28.95 pt lines. Fonts
are named with a fall-back in the file and never shipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

BODY, TITLE, HEAD, LATIN = "仿宋_GB2312", "方正小标宋简体", "黑体", "Times New Roman"
SAN, SI, XIAOSI = Pt(16), Pt(14), Pt(12)
WUHAO = Pt(10.5)
LINE = Pt(28.95)
TALLEST = {False: 225.0, True: 156.0}
"""The type area's height in mm, upright and across."""


def new_page(*, title: str, subject: str, across: bool = False) -> Doc:
    """An empty document with the house page, fonts and a page number at the foot.

    `across` turns the sheet by a quarter, its binding edge on top: the type area is 225×156 mm.
    """
    document = Document()
    section = document.sections[0]
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.left_margin, section.right_margin = Mm(35), Mm(37)
        section.footer_distance = Mm(16)
    else:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        section.footer_distance = Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # a ruled form sets its own lines; a grid would stretch it
        section._sectPr.remove(grid)
    normal = document.styles["Normal"]
    set_font(normal, BODY, SAN)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = LINE
    normal.paragraph_format.space_after = Pt(0)
    core = document.core_properties
    core.title, core.subject, core.author, core.comments = shown(title), shown(subject)[:250], "", ""
    _page_number(section.footer.paragraphs[0])
    return document


def set_font(target: Any, name: str, size: Any, *, bold: bool | None = None) -> None:
    """Name a font for Chinese and Latin alike; the theme's own attributes would win and are removed."""
    target.font.name, target.font.size = LATIN, size
    if bold is not None:
        target.font.bold = bold
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{attribute}"), None)
    fonts.set(qn("w:eastAsia"), name)
    fonts.set(qn("w:hint"), "eastAsia")


def line(
    document: Any,
    text: str,
    *,
    font: str = BODY,
    size: Any = SAN,
    align: WD_ALIGN_PARAGRAPH | None = None,
    indent: int = 0,
) -> Any:
    """One paragraph; `indent` in characters of its own size."""
    paragraph = document.add_paragraph()
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size.pt * indent)
    set_font(paragraph.add_run(shown(text)), font, size)
    return paragraph


def title(document: Doc, text: str) -> None:
    """The title: 二号小标宋, centred."""
    line(document, text, font=TITLE, size=Pt(22), align=WD_ALIGN_PARAGRAPH.CENTER)


def form_table(document: Doc, rows: Sequence[Sequence[str]], *, widths: Sequence[float]) -> Any:
    """A ruled form. Each row alternates label and value; a row of two cells spans the whole width.

    `widths` are millimetres of the four columns and sum to the type area, 156 mm.
    """
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in rows:
        cells = table.add_row().cells
        table.rows[-1].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        table.rows[-1].height = Mm(10)
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        if len(row) == 2:
            cells[1].merge(cells[-1])
        spans = [widths[0], sum(widths[1:])] if len(row) == 2 else list(widths)
        for index, text in enumerate(row):
            _fill(cells[index], text, label=index % 2 == 0)
        _keep_row_whole(table.rows[-1], row, spans, size=SI, pitch=20, tallest=TALLEST[False])
    return table


def grid_table(
    document: Doc,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths: Sequence[float],
    size: Any = WUHAO,
    across: bool = False,
    centred: Sequence[int] = (),
) -> Any:
    """A ruled list whose head is repeated on every page and whose rows stay whole; columns in `centred` stand middle.

    A row taller than a page is the only one that is divided: held together it would run off the sheet.
    """
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    pitch = size.pt + 4
    for nth, row in enumerate([heads, *rows]):
        cells = table.add_row().cells
        table.rows[-1].height_rule, table.rows[-1].height = WD_ROW_HEIGHT_RULE.AT_LEAST, Mm(8)
        for index, (cell, width, text) in enumerate(zip(cells, widths, row, strict=True)):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            middle = nth == 0 or index in centred
            _fill(cell, text, label=middle, font=HEAD if nth == 0 else BODY, size=size, pitch=pitch, tight=True)
        _keep_row_whole(table.rows[-1], row, widths, size=size, pitch=pitch, tallest=TALLEST[across])
        if nth == 0:
            table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def signatures(document: Doc, names: Iterable[tuple[str, str]]) -> None:
    """The trail of an internal draft: 拟稿 / 核稿 / 签发, blank where nobody has signed."""
    text = "　　".join(f"{label}：{name or '　　　　　'}" for label, name in names)
    line(document, text, size=SI)


def heading(document: Doc, text: str) -> None:
    """The name of a list inside a form; it never stands alone at the foot of a page."""
    paragraph = line(document, text, font=HEAD, size=SI)
    paragraph.paragraph_format.keep_with_next = True


def to_bytes(document: Doc) -> bytes:
    """The finished file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(
    cell: Any, text: str, *, label: bool, font: str = "", size: Any = None, pitch: float = 20, tight: bool = False
) -> None:
    """Put a text into a cell; without `font` and `size` a label is 小四 黑体 and a value 四号 仿宋."""
    parts = shown(text).split("\n")
    for index, part in enumerate(parts):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if label else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.line_spacing = Pt(pitch)
        set_font(paragraph.add_run(part), font or (HEAD if label else BODY), size or (XIAOSI if label else SI))
    if tight:
        _narrow_margins(cell)


def _narrow_margins(cell: Any) -> None:
    """One millimetre on either side: a narrow column keeps its characters."""
    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), "57")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = cell._tc.get_or_add_tcPr()
    align = properties.find(qn("w:vAlign"))  # the schema wants the margins before it
    if align is None:
        properties.append(margins)
    else:
        align.addprevious(margins)


def lines_of(text: str, width: float, size: float) -> int:
    """How many lines a text takes in a column, at most: every character counted as a full-width one.

    >>> lines_of("整治小区消防通道占用", 56, 14)
    1
    >>> lines_of("整治小区消防通道占用", 32, 14)
    2
    """
    room = max(1, int((width - 4) / (size * 25.4 / 72)))
    return sum(max(1, -(-len(part) // room)) for part in text.split("\n"))


def _keep_row_whole(
    row: Any, texts: Sequence[str], widths: Sequence[float], *, size: Any, pitch: float, tallest: float
) -> None:
    tall = max(lines_of(text, width, size.pt) for text, width in zip(texts, widths, strict=True))
    if tall * pitch * 25.4 / 72 < tallest * 0.8:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shown(text: str) -> str:
    """A text without the control characters that no document may hold; tabs are spaces.

    >>> shown("已\\x00清理\\t三处\\r\\n")
    '已清理 三处\\n'
    """
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one for one in kept if one == "\n" or (ord(one) >= 32 and not 0xD800 <= ord(one) < 0xE000
                                                         and one not in "\ufffe\uffff"))  # fmt: skip


def _page_number(paragraph: Any) -> None:
    """— 1 — in 四号, by Word's own PAGE field."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(paragraph.add_run("— "), "宋体", SI)
    run = paragraph.add_run()
    set_font(run, "宋体", SI)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)
    set_font(paragraph.add_run(" —"), "宋体", SI)
