"""A table of words as .xlsx, ready to print on A4 across; nothing in it can act as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_sheet(
    *, title: str, lead: str, heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]
) -> bytes:
    """Title, what is shown and when, the head repeated on every printed page, every cell a string."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title[:31]
    line = Side(style="thin", color="888888")
    for number, row in enumerate([[title], [lead], heads, *rows], start=1):
        for at, words in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            cell.value = "".join(one for one in words if one.isprintable() or one == "\n")
            cell.data_type = "s"
            cell.font = Font(bold=number in (1, 3), size=14 if number == 1 else 10)
            cell.alignment = Alignment(wrap_text=number > 2, vertical="center")
            if number > 2:
                cell.border = Border(left=line, right=line, top=line, bottom=line)
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = "严禁处理、存储涉密信息"
    sheet.oddFooter.right.text = "第 &P 页 共 &N 页"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
