"""Staff lists as files: reading .xlsx and .csv cell by cell, and writing the template and the list of bad cells."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from luoshi.org.rules import ADMINISTRATORS, Duty, PersonnelType

COLUMNS = ("登录名", "姓名", "单位", "职务", "职责", "人员类别", "手机号", "到岗日期", "分管单位")
REQUIRED = ("登录名", "姓名", "单位", "人员类别")
ALIASES = {"工号": "登录名", "登录名(工号或手机号)": "登录名", "所在单位": "单位", "股室": "单位", "手机": "手机号"}
ROWS_MOST, COLUMNS_MOST, BYTES_MOST, PARTS_MOST = 20_000, 20, 64 * 1024 * 1024, 2_000
"""Rows and columns of one list; bytes and parts of a workbook once unpacked: a packed bomb is refused unopened."""


class BadSheet(Exception):
    """A file that cannot be read as a staff list; the message says in Chinese what to do."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its address as the office sees it (C17), what stands in it, and whether that is a formula."""

    ref: str
    value: Any
    formula: bool = False

    def text(self) -> str:
        """The cell as text: full-width forms made plain, whole numbers without a point, outer spaces gone.

        >>> Cell("A1", "１３８ ").text(), Cell("A2", 1101.0).text()
        ('138', '1101')
        """
        value = self.value
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return value.isoformat()
        return unicodedata.normalize("NFKC", str(value)).strip()


@dataclass(slots=True)
class Sheet:
    """A staff list as read: its rows by column name, and what is wrong with the sheet itself."""

    rows: list[dict[str, Cell]]
    errors: list[tuple[str, str, str]]


def read(path: Path, name: str) -> Sheet:
    """Read a staff list; `BadSheet` where the file is none. The head is looked for in the first ten rows."""
    try:
        found = _csv(path) if name.lower().endswith(".csv") else _xlsx(path)
        merged = [] if name.lower().endswith(".csv") else _merged(path)
    except BadSheet:
        raise
    except Exception as why:  # the readers raise what they like on a broken file
        raise BadSheet("文件打不开，可能已损坏或不是 Excel 表格，请另存为 .xlsx 后重新上传。") from why
    head = next((at for at, row in enumerate(found[:10]) if {"登录名", "姓名"} <= set(_names(row))), None)
    if head is None:
        raise BadSheet("前十行里没有找到表头（登录名、姓名……），请使用本页下载的模板。")
    names = _names(found[head])
    missing = [one for one in REQUIRED if one not in names]
    if missing:
        raise BadSheet(f"表头缺少：{'、'.join(missing)}。请使用本页下载的模板。")
    rows = []
    for number, cells in enumerate(found[head + 1 :], start=head + 2):
        cells += [Cell(f"{get_column_letter(at + 1)}{number}", None) for at in range(len(cells), len(names))]
        row = {title: cell for title, cell in zip(names, cells, strict=False) if title in COLUMNS}
        if any(cell.text() for cell in row.values()):
            rows.append(row)
    first = head + 2
    errors = [
        (f"{get_column_letter(left)}{top}", "", f"合并了单元格（{get_column_letter(left)}{top}–"
         f"{get_column_letter(right)}{bottom}），请取消合并，每一行都填写完整。")
        for top, left, bottom, right in merged
        if bottom >= first
    ]  # fmt: skip
    return Sheet(rows, errors)


def _names(row: Iterable[Cell]) -> list[str]:
    found = []
    for cell in row:
        plain = cell.text().replace(" ", "").replace("*", "").removesuffix("(必填)")
        found.append(ALIASES.get(plain, plain))
    return found


def _xlsx(path: Path) -> list[list[Cell]]:
    with zipfile.ZipFile(path) as parts:
        listed = parts.infolist()
        if len(listed) > PARTS_MOST or sum(one.file_size for one in listed) > BYTES_MOST:
            raise BadSheet("表格解开后过大，请删去多余的工作表、图片和空行，只留花名册后再上传。")
    with path.open("rb") as file:  # kept under its digest: the reader would look for a name's ending
        book = load_workbook(file, read_only=True, data_only=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = []
        for number, cells in enumerate(sheet.iter_rows(max_col=COLUMNS_MOST), start=1):
            _refuse_too_many(number)
            rows.append(
                [
                    Cell(f"{get_column_letter(at)}{number}", cell.value, cell.data_type == "f")
                    for at, cell in enumerate(cells, start=1)
                ]
            )
        return rows


def _merged(path: Path) -> list[tuple[int, int, int, int]]:
    """Merged ranges as (top, left, bottom, right), counted from one."""
    with CalamineWorkbook.from_path(str(path)) as book:
        ranges = book.get_sheet_by_index(0).merged_cell_ranges or []
        return [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges]


def _csv(path: Path) -> list[list[Cell]]:
    raw = path.read_bytes()
    if len(raw) > BYTES_MOST:
        raise BadSheet("文件过大，请只留花名册后再上传。")
    text = _decoded(raw)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    rows = []
    for number, values in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        _refuse_too_many(number)
        rows.append(
            [
                Cell(f"{get_column_letter(at)}{number}", value, value.startswith("="))
                for at, value in enumerate(values[:COLUMNS_MOST], start=1)
            ]
        )
    return rows


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet("文字编码认不出来，请在 Excel 里另存为 .xlsx 后重新上传。")


def _refuse_too_many(number: int) -> None:
    if number > ROWS_MOST + 10:
        raise BadSheet(f"一次最多导入 {ROWS_MOST} 行，请分批上传。")


def template(units: Iterable[str]) -> bytes:
    """The empty staff list with its head, and a second sheet that says what may stand in each column."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "花名册"
    sheet.append(list(COLUMNS))
    for at, width in enumerate((14, 12, 26, 16, 16, 20, 16, 14, 30), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.cell(1, at).font = Font(bold=True)
    for column in ("A", "G"):  # numbers of people stay text
        sheet.column_dimensions[column].number_format = "@"
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("填写说明")
    for line in _notes(units):
        notes.append(line)
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 14, 80
    return _bytes(book)


def _notes(units: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "登录名", "必填。工号或手机号，全系统不重复；2–40 位字母、数字。"
    yield "姓名", "必填。"
    yield "单位", "必填。填全称或简称：" + "、".join(units)
    yield "职务", "可不填。例如“股长”。"
    duties = "、".join(one.label for one in Duty if one not in ADMINISTRATORS)
    yield "职责", f"不填即“承办人”；多项用顿号分开。可填：{duties}"
    yield "人员类别", "必填。" + "、".join(one.label for one in PersonnelType)
    yield "手机号", "可不填。11 位。"
    yield "到岗日期", "不填即导入当天。例如 2026-03-01。"
    yield "分管单位", "只有分管领导填写；多个单位用顿号分开。"


def error_list(errors: Iterable[tuple[str, str, str]]) -> bytes:
    """Every bad cell with its content and the reason, as a workbook; nothing in it can act as a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "问题清单"
    sheet.append(["单元格", "原内容", "问题"])
    for number, row in enumerate(errors, start=2):
        for at, value in enumerate(row, start=1):
            cell = sheet.cell(number, at)
            cell.value = "".join(one for one in str(value) if one.isprintable())
            cell.data_type = "s"
    for column, width in (("A", 10), ("B", 30), ("C", 70)):
        sheet.column_dimensions[column].width = width
    return _bytes(book)


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
