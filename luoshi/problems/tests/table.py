"""The ledger's sheet in hands: exported, edited, sent, saved; and ledgers as offices keep them."""

from __future__ import annotations

import io
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from luoshi.problems.sheet import COLUMNS

EXPORT, SHEET = "/problems/sheet/export/", "/problems/sheet/"
HEADS = {one.name: nth for nth, one in enumerate(COLUMNS, 1)}
KEY = len(COLUMNS) + 1
FIRST = 4


def exported(client, query: str = "") -> io.BytesIO:
    answer = client.get(EXPORT + query)
    assert answer.status_code == 200
    return io.BytesIO(b"".join(answer.streaming_content))


class Table:
    """The exported ledger in hands: rows by title, cells by the name of their column."""

    def __init__(self, client, query: str = "") -> None:
        self.client, self.book = client, load_workbook(exported(client, query))
        self.sheet = self.book["台账"]

    def row(self, title: str) -> int:
        return next(at for at in range(FIRST, self.sheet.max_row + 1) if self.sheet.cell(at, 2).value == title)

    def put(self, title: str, **cells) -> Table:
        for name, value in cells.items():
            self.sheet.cell(self.row(title), HEADS[name]).value = value
        return self

    def add(self, **cells) -> Table:
        at = self.sheet.max_row + 1
        for name, value in cells.items():
            self.sheet.cell(at, HEADS[name]).value = value
        return self

    def send(self):
        return send(self.client, self.book)


def old_ledger(heads: list[str], *rows, merge: tuple[str, ...] = ()) -> Workbook:
    """A ledger as an office keeps it: a title over the head, its own words for the columns."""
    book = Workbook()
    sheet = book.active
    sheet.append(["2026年问题整改台账"])
    sheet.append(heads)
    for row in rows:
        sheet.append(list(row))
    for one in merge:
        sheet.merge_cells(one)
    return book


def send(client, book: Workbook):
    out = io.BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("问题整改台账.xlsx", out.getvalue())
    return client.post(SHEET, {"submission": str(uuid.uuid4()), "file": upload})


def save(client, shown, **words):
    form = shown.context["form"]
    told = {name: form[name].value() for name in ("sheet", "seen")}
    return client.post(SHEET, {"submission": str(uuid.uuid4()), **told, "reason": "", **words})


def made(answer) -> list[tuple[str, str, str]]:
    return [(cell.head, cell.was, cell.told) for row in answer.context["verdict"].rows for cell in row.cells]


def refused(answer) -> list[str]:
    rows = answer.context["verdict"].refused
    return [row.why for row in rows if row.why] + [f"{one.head}：{one.why}" for row in rows for one in row.cells]


def new(answer) -> dict[str, tuple[str, str]]:
    return {one.draft.title: (one.standing, "；".join(one.remarks)) for one in answer.context["verdict"].new}
