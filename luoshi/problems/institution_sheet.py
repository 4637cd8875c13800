"""建章立制清单 as .xlsx: classes with their cure, then the 制度, every cell text, ready for A4 across."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from luoshi.problems.models import Institution
from luoshi.problems.queries.classes import ClassLine

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CLASSES = ("问题类别", "根源", "问题数", "已解决", "治本办法", "制度", "不需要的理由", "决定人", "决定日期", "还缺什么")
MADE = ("制度名称", "新建或修订", "文号", "起草单位", "印发日期", "施行日期", "四改联动", "治哪些类别的本")
WIDTHS = (26, 34, 12, 14, 14, 30, 24, 12, 12, 16)


def institution_sheet(*, bureau: str, made: date, lines: Sequence[ClassLine], rows: Sequence[Institution]) -> bytes:
    """The workbook: two sheets, 问题类别 and 制度."""
    book = Workbook()
    first = book.active
    assert first is not None
    _fill(first, "问题类别", f"{bureau}建章立制清单（问题类别）", made, CLASSES, [_class(one) for one in lines])
    second = book.create_sheet()
    _fill(second, "制度", f"{bureau}建章立制清单（制度）", made, MADE, [_made(one) for one in rows])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _class(line: ClassLine) -> list[str]:
    row = line.row
    cure = row.get_cure_display() if row.cure else ""
    return [
        row.name, row.root_cause, str(line.problems), str(line.solved), cure, str(row.institution or ""), row.reason,
        str(row.decided_by or ""), _day(row.decided_on), line.lacking,
    ]  # fmt: skip


def _made(row: Institution) -> list[str]:
    cured = "、".join(one.name for one in row.classes.all() if not one.void)
    return [
        row.title, row.get_cure_display(), row.code, str(row.unit or ""), _day(row.issued_on), _day(row.in_use_on),
        row.get_reform_display() if row.reform else "", cured,
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _fill(sheet: Any, name: str, title: str, made: date, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet.title = name
    line = Side(style="thin", color="888888")
    for number, row in enumerate([[title], [f"导出日期：{made}　共{len(rows)}项"], heads, *rows], start=1):
        for at, words in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            cell.value = "".join(one for one in words if one.isprintable())
            cell.data_type = "s"
            cell.font = Font(bold=number in (1, 3), size=14 if number == 1 else 10)
            cell.alignment = Alignment(wrap_text=number > 2, vertical="center")
            if number > 2:
                cell.border = Border(left=line, right=line, top=line, bottom=line)
    for at, width in enumerate(WIDTHS[: len(heads)], start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = "严禁处理、存储涉密信息"
    sheet.oddFooter.right.text = "第 &P 页 共 &N 页"
