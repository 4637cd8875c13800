"""清单文件: the table of an .xlsx or .docx as the text that pasting it would have given, merged cells written out."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from typing import IO, Any

from luoshi.matters.pasting import COLUMNS_MOST, HEAD_IN, MERGED, ROWS_MOST, read

BYTES_MOST, PARTS_MOST = 64 * 1024 * 1024, 2_000
"""Bytes and parts of a file once unpacked: a packed bomb is refused unopened."""
LINES_MOST = ROWS_MOST + HEAD_IN


class BadTable(Exception):
    """A file that holds no list; the message says in Chinese what to do."""


def as_text(file: IO[bytes], name: str) -> str:
    """The list that a file holds, as text for `pasting.read`; `BadTable` where it cannot be read."""
    ending = name.lower().rpartition(".")[2]
    if ending not in ("xlsx", "docx"):
        raise BadTable("这里只读 Excel（.xlsx）和 Word（.docx）里的表格；其他格式请打开后复制表格，粘贴到框里。")
    try:
        with zipfile.ZipFile(file) as parts:
            listed = parts.infolist()
            if len(listed) > PARTS_MOST or sum(one.file_size for one in listed) > BYTES_MOST:
                raise BadTable("文件解开后过大，请删去图片和多余的工作表，只留清单后再传。")
        file.seek(0)
        tables = _xlsx(file) if ending == "xlsx" else _docx(file)
    except BadTable:
        raise
    except Exception as why:  # the readers raise what they like on a broken file
        raise BadTable("文件打不开，可能已损坏或加了密码。请打开后复制表格，粘贴到框里。") from why
    told = [_text(rows) for rows in tables if any(any(row) for row in rows)]
    if not told:
        raise BadTable("文件里没有找到表格。请打开后复制清单，粘贴到框里。")
    best = max(told, key=lambda text: (bool(read(text).head), len(text)))
    if best.count("\n") > LINES_MOST * 4 or len(read(best).rows) > ROWS_MOST:
        raise BadTable(f"一份清单最多{ROWS_MOST}项，请分成几份。")
    return best


def _text(rows: list[list[str]]) -> str:
    return "\n".join([MERGED, *("\t".join(_quoted(cell) for cell in row) for row in rows if any(row))])


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if "\n" in cell or '"' in cell or "\t" in cell else cell


def _xlsx(file: IO[bytes]) -> list[list[list[str]]]:
    from python_calamine import CalamineWorkbook

    found = []
    with CalamineWorkbook.from_filelike(file) as book:
        for name in book.sheet_names[:20]:
            sheet = book.get_sheet_by_name(name)
            if sheet.height > 20_000:
                raise BadTable(f"工作表“{name}”有{sheet.height}行，请只留清单后再传。")
            rows = [[_cell(one) for one in row[:COLUMNS_MOST]] for row in sheet.to_python(skip_empty_area=False)]
            for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
                for at in range(top + 1, min(bottom + 1, len(rows))):
                    if left < len(rows[at]):
                        rows[at][left] = rows[at][left] or rows[top][left]
            found.append(rows)
    return found


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _docx(file: IO[bytes]) -> list[list[list[str]]]:
    import docx

    found = []
    for table in docx.Document(file).tables[:20]:
        if len(table.rows) > 20_000:
            raise BadTable("表格行数过多，请只留清单后再传。")
        rows = []
        for row in table.rows:
            cells: list[str] = []
            before: Any = None
            for cell in row.cells[:COLUMNS_MOST]:  # a cell merged across stands here once for each column
                cells.append("" if cell._tc is before else "\n".join(one.text for one in cell.paragraphs))
                before = cell._tc
            rows.append([*[""] * row.grid_cols_before, *cells])
        found.append(rows)
    return found
