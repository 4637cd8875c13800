"""责任清单 as it is shown, printed and downloaded: leaders before staff, each line with its clause and its duties."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from luoshi.org import queries as org
from luoshi.org.models import Portfolio
from luoshi.org.rules import Duty as Held
from luoshi.plan.campaign import proposals
from luoshi.plan.campaign.page import Seated
from luoshi.plan.models import Duty, Plan, Responsibility
from luoshi.plan.rules import RESPONSIBILITIES

COLUMNS = (
    ("序号", 6),
    ("责任", 14),
    ("责任人", 12),
    ("职务", 20),
    ("单位", 16),
    ("责任事项", 60),
    ("条款", 24),
    ("起", 12),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How complete the list is: leaders before staff is a hint, never a score."""

    leaders: int
    leaders_listed: int
    units: int
    units_listed: int
    duties: int
    duties_listed: int

    @property
    def leaders_first(self) -> bool:
        """Whether every leader of the bureau stands on the list."""
        return self.leaders_listed >= self.leaders

    @property
    def share(self) -> int:
        """Per cent of the leaders who stand on the list."""
        return self.leaders_listed * 100 // self.leaders if self.leaders else 0

    @property
    def hint(self) -> str:
        """What to do about leaders who are not on the list, where others already are; empty where nothing is."""
        missing = self.leaders - self.leaders_listed
        if missing <= 0:
            return ""
        return f"班子成员还有{missing}人没有列入。领导带头，宜先列齐班子成员，再列其他人员。"


def lines(plan: Plan, now: Seated, on: date) -> list[dict[str, Any]]:
    """The open lines in the list's order, each with what it stands for and whether its person left the post."""
    order = list(RESPONSIBILITIES)
    rows = sorted(
        plan.responsibilities.filter(until_on=None).select_related("person", "unit", "clause"),
        key=lambda one: (
            order.index(one.kind),
            one.clause.order if one.kind == "DUTY" and one.clause else 0,
            one.unit.rank if one.unit else 0,
            one.pk,
        ),
    )
    confirmed = list(
        Duty.objects.filter(clause__version=proposals.newest(plan), state="CONFIRMED")
        .select_related("clause", "owner_unit")
        .order_by("order")
    )
    led: dict[int, set[int]] = {}
    for leader, unit in Portfolio.objects.filter(org.in_force(on), bureau_id=plan.bureau_id).values_list(
        "leader_id", "unit_id"
    ):
        led.setdefault(leader, set()).add(unit)
    return [_line(nth, one, confirmed, led, now) for nth, one in enumerate(rows, 1)]


def _line(
    nth: int, one: Responsibility, confirmed: Sequence[Duty], led: dict[int, set[int]], now: Seated
) -> dict[str, Any]:
    of_unit = one.unit if one.kind in ("UNIT", "DUTY") else None
    return {
        "number": nth,
        "row": one,
        "title": now.title(one.person_id),
        "lost": now.lost(one.person_id, leading=one.kind in ("FIRST", "TEAM"), unit=of_unit),
        "duties": [duty for duty in confirmed if _stands_for(one, duty, led)],
    }


def _stands_for(one: Responsibility, duty: Duty, led: dict[int, set[int]]) -> bool:
    if one.kind == "FIRST":
        return True
    if one.kind == "TEAM":
        return duty.leader_id == one.person_id or duty.owner_unit_id in led.get(one.person_id, set())
    if one.kind == "UNIT":
        return one.unit_id is not None and duty.owner_unit_id == one.unit_id
    same = one.clause is not None and duty.clause.lineage == one.clause.lineage
    return same and (one.unit_id is None or duty.owner_unit_id == one.unit_id)


def figures(plan: Plan, found: Sequence[dict[str, Any]], on: date) -> Figures:
    """Leaders, units and owned duties: how many there are, and how many the list holds."""
    leaders = set(org.holders(Held.CHIEF, plan.bureau_id, on).values_list("pk", flat=True))
    leaders |= set(org.holders(Held.LEADER, plan.bureau_id, on).values_list("pk", flat=True))
    units = set(org.units_of(plan.bureau_id, on).values_list("pk", flat=True)) - proposals.left_out(plan, on)
    rows = [one["row"] for one in found]
    owned = Duty.objects.filter(clause__version=proposals.newest(plan), state="CONFIRMED", owner_unit__isnull=False)
    listed = {duty.pk for one in found if one["row"].kind == "DUTY" for duty in one["duties"] if duty.owner_unit_id}
    return Figures(
        len(leaders),
        len(leaders & {one.person_id for one in rows if one.kind in ("FIRST", "TEAM")}),
        len(units),
        len(units & {one.unit_id for one in rows if one.kind == "UNIT"}),
        owned.count(),
        len(listed),
    )


def workbook(plan: Plan, found: Sequence[dict[str, Any]], on: date) -> bytes:
    """The list as .xlsx; nothing typed in it can act as a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "责任清单"
    table = [[f"{plan.title}责任清单"], [f"截至{on.isoformat()}"], [name for name, _ in COLUMNS]]
    for one in found:
        row = one["row"]
        table.append(
            [
                str(one["number"]), row.get_kind_display(), row.person.name, one["title"], str(row.unit or ""),
                row.words, str(row.clause or ""), row.from_on.isoformat(),
            ]
        )  # fmt: skip
    for at, line in enumerate(table, start=1):
        for place, value in enumerate(line, start=1):
            cell = sheet.cell(at, place)
            cell.value = "".join(char for char in value if char.isprintable())
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=at > 2, vertical="top")
            cell.font = Font(bold=at in (1, 3))
    for place, (_, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
    sheet.print_title_rows = "3:3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
