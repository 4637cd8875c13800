"""覆盖图 as .xlsx: the map cell by cell as text, ready to print on A4 across; nothing in it can act as a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (46, 14, 20, 8, 14, 9, 8, 34)


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    """The map as a table: its title, what is shown and when, its heads and rows, all in words."""

    title: str
    lead: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def coverage_sheet(facts: CoverageFacts) -> bytes:
    """The workbook: the head is repeated on every printed page, every cell is a string."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "覆盖图"
    line = Side(style="thin", color="888888")
    for number, row in enumerate([[facts.title], [facts.lead], facts.heads, *facts.rows], start=1):
        for at, words in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            cell.value = "".join(one for one in words if one.isprintable())
            cell.data_type = "s"
            cell.font = Font(bold=number in (1, 3), size=14 if number == 1 else 10)
            cell.alignment = Alignment(wrap_text=number > 2, vertical="center")
            if number > 2:
                cell.border = Border(left=line, right=line, top=line, bottom=line)
    for at, width in enumerate(WIDTHS, start=1):
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
