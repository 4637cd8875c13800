"""Scenarios for finding and changing many: kept filters, acts on many matters, the sheet that comes back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from luoshi.lib import clock
from luoshi.matters.models import Matter, SavedFilter
from tests.house.mutations import DRAFT, RUNNING, STORY_DAY, Post, scenario

STARTS = (RUNNING, "拟定城区道路开挖")


@scenario("matters:bulk")
def _(world: Any) -> Post:
    found = [Matter.objects.get(title__startswith=start) for start in STARTS]
    picks = [f"{one.public_id}:{one.version}" for one in found]
    return Post(world.leader, data={"act": "cancel", "pick": picks, "reason": "任务并入另一事项。"})


@scenario("matters:filters")
def _(world: Any) -> Post:
    return Post(world.office, data={"name": "逾期的", "query": "lamp=RED"})


def kept(world: Any) -> SavedFilter:
    from luoshi.matters import services

    return services.keep_filter(name="逾期的", query="lamp=RED", bureau_id=world.bureau.pk, by=world.office)


@scenario("matters:filter_rename")
def _(world: Any) -> Post:
    return Post(world.office, [kept(world).pk], {"name": "已逾期"})


@scenario("matters:filter_drop")
def _(world: Any) -> Post:
    return Post(world.office, [kept(world).pk])


@scenario("matters:sheet")
def _(world: Any) -> Post:
    """An exported draft with another requirement, uploaded and shown; the post saves it."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from openpyxl import load_workbook

    from luoshi.matters import queries, workbook
    from luoshi.matters.judging import judge
    from luoshi.org import queries as org
    from luoshi.records.services import stage
    from luoshi.records.services.files import place

    out, told = io.BytesIO(), queries.ListFilter(words=DRAFT)
    rows = queries.ledger_rows(world.office, told, on=STORY_DAY)
    workbook.write(out, title="台账", words="", bureau=str(world.bureau.pk), made=str(clock.now()), rows=rows)
    book = load_workbook(out)
    book["台账"].cell(workbook.HEAD_ROWS + 1, 3).value = "逐个工地检查。"
    edited = io.BytesIO()
    book.save(edited)
    upload = stage(SimpleUploadedFile("台账.xlsx", edited.getvalue()), by=world.office)
    read = workbook.load(Path(place(upload.sha256)), upload.name)
    held = org.held(world.office, STORY_DAY)
    verdict = judge(read, bureau=world.bureau, user=world.office, held=held, on=STORY_DAY)
    assert verdict.count == 1
    return Post(world.office, data={"sheet": str(upload.pk), "seen": verdict.digest, "reason": ""})
