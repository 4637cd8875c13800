"""Scenario for bringing in past activities: a list of two rows, uploaded and shown; the post imports both."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from tests.house.mutations import STORY_DAY, Post, scenario


@scenario("activities:import")
def _(world: Any) -> Post:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from openpyxl import Workbook

    from luoshi.activities.import_sheet import LAYOUT
    from luoshi.activities.taking_in import take_in
    from luoshi.matters import workbook
    from luoshi.records.services import stage
    from luoshi.records.services.files import place

    book, out = Workbook(), io.BytesIO()
    for line in (
        ("日期", "类别", "名称或主题", "时长", "参加人员"),
        ("2026-03-05", "集体学习", "学习城市更新案例", "半天", world.chief.name),
        ("2026-03-12", "走访", "走访城西工地", "1天", str(world.planning)),
    ):
        book.active.append(line)
    book.save(out)
    upload = stage(SimpleUploadedFile("活动台账.xlsx", out.getvalue()), by=world.office)
    read = workbook.load(Path(place(upload.sha256)), upload.name, LAYOUT)
    intake = take_in(read, bureau=world.bureau, user=world.office, on=STORY_DAY)
    assert (len(intake.fresh), intake.refused) == (2, [])
    return Post(world.office, data={"sheet": str(upload.pk), "seen": intake.digest})
