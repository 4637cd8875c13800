"""台账文件: the list as .xlsx, row by row in constant memory, and the file that came back from WPS or Excel."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from luoshi.matters.sheet import KEY_HEAD, LAYOUT, BadSheet, Book, Column, Kept, Layout, plain, read, unread

HIDDEN = "_luoshi"
BYTES_MOST, PARTS_MOST, COLUMNS_MOST, HEIGHT_MOST = 256 * 1024 * 1024, 2_000, 60, 12_000
"""Of a file once unpacked: a packed bomb is refused unopened."""
_ESCAPED = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
HEAD_ROWS = 3
EARLIEST = "1900-03-01"
"""Before this day a sheet counts its days wrongly."""
LINE = Side(style="thin", color="999999")
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAP = Alignment(vertical="top", wrap_text=True)
GREY = PatternFill("solid", fgColor="EFEFEF")


def write(
    file: IO[bytes], *, title: str, words: str, bureau: str, made: str,
    rows: Iterable[tuple[str, int, Mapping[str, str]]], layout: Layout = LAYOUT,
) -> int:  # fmt: skip
    """Write the list: title, conditions, head, rows of (public id, version, values); returns how many."""
    book = Workbook(write_only=True)
    sheet, hidden = book.create_sheet("台账"), book.create_sheet(HIDDEN)
    hidden.sheet_state = "veryHidden"
    columns = layout.columns
    _dress(sheet, columns)
    sheet.append([_text(sheet, title, font=Font(bold=True, size=16))])
    sheet.append([_text(sheet, f"{words}　导出时间：{made}")])
    heads = [*(one.head for one in columns), KEY_HEAD]
    sheet.append([_text(sheet, one, font=Font(bold=True), fill=GREY, border=BOX, alignment=WRAP) for one in heads])
    hidden.append([_text(hidden, one) for one in ("luoshi", bureau, made)])
    count = 0
    for key, version, values in rows:
        cells = [_cell(sheet, one.kind, values.get(one.name, "")) for one in columns]
        sheet.append([*cells, _text(sheet, f"{key}:{version}", font=Font(color="999999", size=8))])
        told = json.dumps(values, ensure_ascii=False).replace("_", "\\u005f")
        hidden.append([_text(hidden, key), version, _text(hidden, told)])
        count += 1
    last = get_column_letter(len(columns) + 1)
    sheet.auto_filter.ref = f"A{HEAD_ROWS}:{last}{HEAD_ROWS + count}"
    locked = DataValidation(
        type="custom", formula1="FALSE", showErrorMessage=True, errorTitle="不能修改",
        error="这一列由系统用来对应事项，请勿修改。",
    )  # fmt: skip
    locked.add(f"{last}{HEAD_ROWS + 1}:{last}{HEAD_ROWS + max(count, 1)}")
    sheet.data_validations.append(locked)
    _offer(sheet, columns)
    book.save(file)
    return count


def _offer(sheet: Any, columns: Sequence[Column]) -> None:
    """A list to choose from in the columns that have one, for rows still to be typed too."""
    for at, column in enumerate(columns, start=1):
        if column.choices:
            offered = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', showErrorMessage=False)
            offered.add(f"{get_column_letter(at)}{HEAD_ROWS + 1}:{get_column_letter(at)}{HEIGHT_MOST}")
            sheet.data_validations.append(offered)


def _dress(sheet: Any, columns: Sequence[Column]) -> None:
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.column_dimensions[get_column_letter(len(columns) + 1)].width = 4
    sheet.freeze_panes = f"C{HEAD_ROWS + 1}"
    sheet.print_title_rows = f"{HEAD_ROWS}:{HEAD_ROWS}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _cell(sheet: Any, kind: str, value: str) -> Any:
    if kind == "day" and value >= EARLIEST:
        cell = WriteOnlyCell(sheet, date.fromisoformat(value))
        cell.number_format = "yyyy-mm-dd"
    else:
        cell = _text(sheet, value)
    cell.alignment, cell.border = WRAP, BOX
    return cell


def _text(sheet: Any, value: str, **style: Any) -> Any:
    """A cell that is text whatever it begins with: neither opening nor editing it makes a formula of it."""
    cell = WriteOnlyCell(sheet, "")
    cell._value = _ESCAPED.sub(r"_x005F_\1", plain(value))
    cell.data_type, cell.number_format = "s", "@"
    cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    for name, one in style.items():
        setattr(cell, name, one)
    return cell


def load(path: Path, name: str, layout: Layout = LAYOUT) -> Book:
    """Read a file that came back; `BadSheet` where it cannot be read or is no exported list."""
    from python_calamine import CalamineWorkbook

    if not name.lower().endswith(".xlsx"):
        raise BadSheet("只能导入 .xlsx 文件。请在 WPS 或 Excel 里另存为 .xlsx 后再导入。")
    try:
        with zipfile.ZipFile(path) as parts:
            listed = parts.infolist()
            if len(listed) > PARTS_MOST or sum(one.file_size for one in listed) > BYTES_MOST:
                raise BadSheet("文件解开后过大，请删去图片和多余的工作表后再导入。")
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            kept = next((book.get_sheet_by_name(one) for one in book.sheet_names if one == HIDDEN), None)
            shown = [book.get_sheet_by_name(one) for one in book.sheet_names if one != HIDDEN][:20]
            found = _shown(shown, layout)
            if kept is not None:
                _remembered(kept.to_python(skip_empty_area=False), found)
            return found
    except BadSheet:
        raise
    except Exception as why:  # the readers raise what they like on a broken file
        raise BadSheet("文件打不开，可能已损坏或加了密码。请另存为 .xlsx 后再导入。") from why


def _shown(sheets: Iterable[Any], layout: Layout) -> Book:
    """The first sheet that holds an exported list."""
    refused = BadSheet("文件里没有工作表。")
    for sheet in sheets:
        if sheet.height > HEIGHT_MOST:
            refused = BadSheet(f"工作表“{sheet.name}”有{sheet.height}行，请删去多余的行后再导入。")
            continue
        rows = [row[:COLUMNS_MOST] for row in sheet.to_python(skip_empty_area=False)]
        try:
            return Book(read(rows, sheet.merged_cell_ranges or [], layout), unread=unread(rows, layout))
        except BadSheet as why:
            refused = why
    raise refused


def _remembered(rows: list[list[Any]], book: Book) -> None:
    """What the hidden sheet kept of the export; a row that was tampered with is as if it were not there."""
    if not rows or plain(rows[0][0]) != "luoshi":
        return
    book.bureau, book.made = (plain(one) for one in (*rows[0], "", "")[1:3])
    for row in rows[1:]:
        try:
            key, version, told = plain(row[0]), int(row[1]), json.loads(row[2])
            values = {str(name): str(value) for name, value in told.items()}
        except (ValueError, TypeError, AttributeError, IndexError):
            continue
        book.kept[key] = Kept(version, values)
