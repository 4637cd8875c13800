"""Scenarios for the ledger of problems: a sheet with one edit and one new row, and an act on two problems."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from luoshi.lib import clock
from luoshi.problems.models import Problem
from tests.house.mutations import STORY_DAY, Post, scenario


def opened(world: Any, title: str) -> Problem:
    from luoshi.problems import services

    return services.open_problem(
        bureau=world.bureau, title=title, source="OPINION", found_on=STORY_DAY, unit=world.planning, by=world.office,
        on=STORY_DAY,
    )  # fmt: skip


@scenario("problems:sheet")
def _(world: Any) -> Post:
    """An exported problem with a measure, and a row without a key, uploaded and shown; the post saves both."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from openpyxl import load_workbook

    from luoshi.matters import workbook
    from luoshi.org import queries as org
    from luoshi.problems.judging import judge
    from luoshi.problems.queries.finding import ListFilter
    from luoshi.problems.queries.ledger import ledger_rows
    from luoshi.problems.sheet import COLUMNS, LAYOUT
    from luoshi.records.services import stage
    from luoshi.records.services.files import place

    one = opened(world, "城北安置房楼道堆放杂物")
    out = io.BytesIO()
    rows = ledger_rows(Problem.objects.filter(pk=one.pk), ListFilter(), STORY_DAY)
    workbook.write(
        out, title="台账", words="", bureau=str(world.bureau.pk), made=str(clock.now()), rows=rows, layout=LAYOUT
    )
    book = load_workbook(out)
    at = {column.name: nth for nth, column in enumerate(COLUMNS, 1)}
    sheet = book["台账"]
    sheet.cell(workbook.HEAD_ROWS + 1, at["measure"]).value = "限期清理，物业每天巡查。"
    new = {"title": "售楼处没有公示预售许可", "source": "督查检查", "unit": str(world.planning)}
    for name, value in new.items():
        sheet.cell(workbook.HEAD_ROWS + 2, at[name]).value = value
    edited = io.BytesIO()
    book.save(edited)
    upload = stage(SimpleUploadedFile("问题整改台账.xlsx", edited.getvalue()), by=world.office)
    read = workbook.load(Path(place(upload.sha256)), upload.name, LAYOUT)
    held = org.held(world.office, STORY_DAY)
    verdict = judge(read, bureau=world.bureau, user=world.office, held=held, on=STORY_DAY)
    assert (verdict.count, len(verdict.new), verdict.refused) == (1, 1, [])
    return Post(world.office, data={"sheet": str(upload.pk), "seen": verdict.digest, "reason": ""})


@scenario("problems:bulk")
def _(world: Any) -> Post:
    found = [opened(world, "城北安置房楼道堆放杂物"), opened(world, "售楼处没有公示预售许可")]
    picks = [f"{one.public_id}:{one.version}" for one in found]
    return Post(world.office, data={"act": "confirm", "pick": picks, "reason": "会上核过。"})
