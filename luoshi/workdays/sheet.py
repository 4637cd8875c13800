"""A calendar table in a file: .xlsx or .csv as lines of text, parted by tabs, so that one reader serves all."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from typing import IO, Any

from openpyxl import load_workbook

ROWS_MOST, BYTES_MOST, UNPACKED_MOST = 500, 2 * 1024 * 1024, 16 * 1024 * 1024


class BadSheet(Exception):
    """A file that cannot be read as a calendar table; the message says in Chinese what to do."""


def lines(file: IO[bytes], name: str) -> str:
    """The first sheet as text, a line a row; `BadSheet` where the file is none."""
    raw = file.read(BYTES_MOST + 1)
    if len(raw) > BYTES_MOST:
        raise BadSheet("文件超过2MB，请只留放假安排那张表后再上传。")
    try:
        rows = _xlsx(raw) if name.lower().endswith(".xlsx") else _csv(raw)
    except BadSheet:
        raise
    except Exception as why:  # the readers raise what they like on a broken file
        raise BadSheet("文件打不开，请另存为 .xlsx 或 .csv 后重新上传，也可以直接粘贴通知正文。") from why
    return "\n".join("\t".join(_text(one) for one in row).rstrip() for row in rows)


def _xlsx(raw: bytes) -> list[list[Any]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        if sum(one.file_size for one in parts.infolist()) > UNPACKED_MOST:  # a packed bomb is refused unopened
            raise BadSheet("表格解开后过大，请只留放假安排那张表后再上传。")
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        return [list(row) for row in sheet.iter_rows(max_col=10, max_row=ROWS_MOST, values_only=True)]
    finally:
        book.close()


def _csv(raw: bytes) -> list[list[Any]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text.split("\n", 1)[0]
        return list(csv.reader(io.StringIO(text), delimiter=max(",\t;", key=head.count)))[:ROWS_MOST]
    raise BadSheet("文字编码认不出来，请另存为 .xlsx 后重新上传。")


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, datetime) else str(value).strip()
