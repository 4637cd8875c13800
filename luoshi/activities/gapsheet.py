"""差额表 as .xlsx: text cells only, one page wide on A4, in the bureau's order."""

from __future__ import annotations

import re
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from luoshi.activities.queries.quotas import GapRow, GapTable
from luoshi.activities.rules.quotas import asks, gap_words, so_far
from luoshi.matters.sheet import plain

_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_LINE = Side(style="thin", color="999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WRAP = Alignment(vertical="top", wrap_text=True)
_GREY = PatternFill("solid", fgColor="EFEFEF")
HEAD_ROWS = 3


def write(file: IO[bytes], *, words: str, made: str, table: GapTable) -> None:
    """Title, conditions, head, a row a person; formulas are not made of anybody's words."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("学习差额表")
    heads = ["单位", "姓名"]
    for one in table.asked:
        heads += [f"{one.ask.label}（{asks(one.ask)}）", "差额"]
    heads.append("未达原因")
    for at in range(len(heads)):
        sheet.column_dimensions[get_column_letter(at + 1)].width = 12 if at < 2 else 30 if at % 2 == 0 else 22
    sheet.freeze_panes = f"C{HEAD_ROWS + 1}"
    sheet.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    sheet.append([_text(sheet, "学习差额表", font=Font(bold=True, size=16))])
    sheet.append([_text(sheet, f"{words}　导出时间：{made}　只供提醒，不计分、不排名。")])
    sheet.append([_text(sheet, one, font=Font(bold=True), fill=_GREY, border=_BOX, alignment=_WRAP) for one in heads])
    for row in table.rows:
        sheet.append([_text(sheet, one, border=_BOX, alignment=_WRAP) for one in _values(row)])
    book.save(file)


def _values(row: GapRow) -> list[str]:
    found = [row.seat.unit, row.seat.name]
    for one in row.standings:
        found += [so_far(one), gap_words(one)] if one is not None else ["不在要求范围", ""]
    return [*found, "；".join(one.reason for one in row.reasons)]


def _text(sheet: Any, value: str, **style: Any) -> Any:
    """A cell that is text whatever it begins with."""
    found = WriteOnlyCell(sheet, "")
    found._value = _ESCAPED.sub(r"_x005F_\1", plain(value))
    found.data_type, found.number_format = "s", "@"
    found.quotePrefix = value[:1] in ("=", "+", "-", "@")
    for name, one in style.items():
        setattr(found, name, one)
    return found
