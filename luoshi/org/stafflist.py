"""Checking a staff list row by row, apart from any database: facts in, good rows and bad cells out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from luoshi.org.rules import ADMINISTRATORS, Duty, PersonnelType
from luoshi.org.sheets import Cell

Problem = tuple[str, str, str]
"""Cell, what stands in it (shortened), and the reason with what to do."""

_DUTIES = {one.label: one.value for one in Duty} | {
    "办公室": "OFFICE", "负责人": "HEAD", "股室负责人": "HEAD", "经办人": "HANDLER", "工作人员": "HANDLER",
    "窗口人员": "WINDOW", "督查": "INSPECTOR", "派驻纪检组": "DISCIPLINE",
}  # fmt: skip
_KINDS = {one.label: one.value for one in PersonnelType} | {
    "领导班子": "LEADERSHIP", "县管干部": "LEADERSHIP", "行政": "CIVIL_SERVANT", "事业": "INSTITUTION",
    "事业编": "INSTITUTION", "事业单位": "INSTITUTION", "编外": "CONTRACT", "聘用": "CONTRACT", "编外人员": "CONTRACT",
}  # fmt: skip
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00:00(?::00)?)?")
EARLIEST = date(1950, 1, 1)


@dataclass(slots=True)
class Facts:
    """What the system knows before the list: units of the bureau by name, log-in names, who sits where."""

    today: date
    units: Mapping[str, list[int]]
    since: Mapping[int, date]
    taken: Mapping[str, tuple[int, str, bool]]
    """Log-in name → key, name, and whether the person sits in this bureau."""
    posts: Mapping[int, set[tuple[int, str]]]
    heads: Mapping[int, str]
    leaders: Mapping[int, str]
    level3: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A good row: one person to be put on the list with posts, and a leader's units."""

    username: str
    name: str
    personnel_type: str
    mobile: str
    title: str
    unit_id: int
    duties: tuple[str, ...]
    joined_on: date
    leads: tuple[int, ...] = ()


@dataclass(slots=True)
class Checker:
    """Goes through the rows in order; what one row claims (a name, a head's chair) the next ones cannot."""

    facts: Facts
    problems: list[Problem] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    known: int = 0
    _names: dict[str, str] = field(default_factory=dict)
    _mobiles: dict[str, str] = field(default_factory=dict)
    _heads: dict[int, str] = field(default_factory=dict)
    _leaders: dict[int, str] = field(default_factory=dict)

    def row(self, cells: Mapping[str, Cell]) -> None:
        """Check one row: it becomes a person, a person known already, or one or more problems."""
        before = len(self.problems)
        for cell in cells.values():
            if cell.formula:
                self._say(cell, "是公式，请复制后“选择性粘贴—数值”再上传。")
        if len(self.problems) > before:
            return
        username = self._username(cells)
        name = self._name(cells["姓名"])
        unit_id = self._unit(cells["单位"], cells["单位"].text())
        duties = self._duties(cells.get("职责"))
        kind = self._choice(cells["人员类别"], _KINDS, "人员类别", [one.label for one in PersonnelType])
        mobile = self._mobile(cells.get("手机号"))
        title = self._short(cells.get("职务"), 60)
        joined_on = self._day(cells.get("到岗日期"))
        leads = self._leads(cells.get("分管单位"), duties)
        if unit_id is None:
            return
        person = Person(username, name, kind, mobile, title, unit_id, duties, joined_on, leads)
        if self._is_known(person, cells):
            self.known += len(self.problems) == before
            return
        self._claim(person, cells)
        if len(self.problems) == before:
            self.people.append(person)

    def _say(self, cell: Cell, why: str) -> None:
        shown = cell.text()
        self.problems.append((cell.ref, shown if len(shown) <= 40 else shown[:40] + "…", why))

    def _short(self, cell: Cell | None, most: int) -> str:
        if cell is None:
            return ""
        found = cell.text()
        if len(found) > most:
            self._say(cell, f"太长（{len(found)} 字），最多 {most} 字。")
        elif any(unicodedata.category(one) in ("Cc", "Cf", "Co", "Cn") for one in found) or set(found) & set("<>"):
            self._say(cell, "含有看不见的字符或尖括号，请重新输入。")
        return found

    def _username(self, cells: Mapping[str, Cell]) -> str:
        cell = cells["登录名"]
        found = cell.text()
        if not found:
            self._say(cell, "没有填写登录名。")
        elif len(found) > 40:
            self._say(cell, f"太长（{len(found)} 字），最多 40 位。")
        elif not re.fullmatch(r"[0-9A-Za-z_.-]{2,40}", found):
            self._say(cell, "登录名只能是 2–40 位字母、数字（工号或手机号）；长数字请把单元格设为文本。")
        elif found.lower() in self._names:
            self._say(cell, f"与本表 {self._names[found.lower()]} 重复。")
        else:
            self._names[found.lower()] = cell.ref
        return found

    def _name(self, cell: Cell) -> str:
        found = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", cell.text())
        if not found:
            self._say(cell, "没有填写姓名。")
        elif len(found) > 40:
            self._say(cell, f"太长（{len(found)} 字），最多 40 字。")
        elif not all(one.isalpha() or one in "·•.- " for one in found):
            self._say(cell, "姓名里有数字、符号或看不见的字符，请核对。")
        return found

    def _unit(self, cell: Cell, text: str) -> int | None:
        found = self.facts.units.get(text, [])
        if not text:
            self._say(cell, "没有填写单位。")
        elif not found:
            self._say(cell, f"本局没有“{text[:20]}”这个单位，请填全称或简称，或先在“单位和人员”设立。")
        elif len(found) > 1:
            self._say(cell, f"本局有 {len(found)} 个“{text[:20]}”，请填全称。")
        return found[0] if len(found) == 1 else None

    def _duties(self, cell: Cell | None) -> tuple[str, ...]:
        words = _split(cell.text()) if cell is not None else []
        if cell is None or not words:
            return (Duty.HANDLER.value,)
        found: dict[str, None] = {}
        for word in words:
            duty = _DUTIES.get(word)
            if duty is None:
                labels = "、".join(one.label for one in Duty if one not in ADMINISTRATORS)
                self._say(cell, f"没有“{word[:20]}”这项职责，可填：{labels}。")
            elif duty in ADMINISTRATORS:
                self._say(cell, f"{Duty(duty).label}不能随花名册导入，由安全管理员单独授权。")
            elif self.facts.level3 and duty != Duty.HANDLER:
                self._say(cell, "按三级要求运行，此处只能是“承办人”，其他职责由安全管理员提出授权。")
            else:
                found[duty] = None
        return tuple(found)

    def _choice(self, cell: Cell, words: Mapping[str, str], what: str, labels: list[str]) -> str:
        found = words.get(cell.text().replace("(", "（").replace(")", "）"), "")  # NFKC made the brackets narrow
        if not found:
            why = f"没有填写{what}" if not cell.text() else f"{what}认不出来"
            self._say(cell, f"{why}，可填：{'、'.join(labels)}。")
        return found

    def _mobile(self, cell: Cell | None) -> str:
        if cell is None or not cell.text():
            return ""
        found = re.sub(r"[\s-]", "", cell.text()).removeprefix("+86")
        if not re.fullmatch(r"1[3-9]\d{9}", found):
            self._say(cell, "手机号应是 11 位数字；显示成科学计数的请把单元格设为文本后重填。")
        elif found in self._mobiles:
            self._say(cell, f"手机号与本表 {self._mobiles[found]} 重复。")
        else:
            self._mobiles[found] = cell.ref
        return found

    def _day(self, cell: Cell | None) -> date:
        today = self.facts.today
        if cell is None or not cell.text():
            return today
        found: date | None = None
        if isinstance(cell.value, datetime):
            found = cell.value.date()
        elif isinstance(cell.value, date):
            found = cell.value
        elif match := _DAY.fullmatch(cell.text()):
            try:
                found = date(*(int(part) for part in match.groups()))
            except ValueError:
                found = None
        if found is None:
            self._say(cell, "不是有效日期，请填成 2026-03-01 这样，或把单元格设为日期。")
        elif not EARLIEST <= found <= today + timedelta(days=366):
            self._say(cell, "日期不合常理，请核对年份。")
        return found or today

    def _leads(self, cell: Cell | None, duties: tuple[str, ...]) -> tuple[int, ...]:
        words = _split(cell.text()) if cell is not None else []
        if cell is None or not words:
            return ()
        if Duty.LEADER not in duties and Duty.CHIEF not in duties:
            self._say(cell, "只有主要领导、分管领导填写分管单位，请清空或改职责。")
        return tuple(dict.fromkeys(one for word in words if (one := self._unit(cell, word)) is not None))

    def _is_known(self, person: Person, cells: Mapping[str, Cell]) -> bool:
        """Whether somebody of this log-in name is on the list: the same person in the same posts is simply known."""
        found = self.facts.taken.get(person.username.lower())
        if found is None:
            return False
        key, name, here = found
        cell = cells["登录名"]
        if not here:
            self._say(cell, "登录名已被占用，请核对工号或换用手机号。")
        elif name != person.name:
            self._say(cell, f"登录名已属于在册的{name}，请核对。")
        elif not {(person.unit_id, duty) for duty in person.duties} <= self.facts.posts.get(key, set()):
            self._say(cells["单位"], f"{name}已在册，任职与此不同；调动请在人员页办理。")
        return True

    def _claim(self, person: Person, cells: Mapping[str, Cell]) -> None:
        unit_cell = cells["单位"]
        if person.joined_on < self.facts.since[person.unit_id]:
            cell = cells.get("到岗日期", unit_cell)
            self._say(cell, f"早于单位设立日期 {self.facts.since[person.unit_id].isoformat()}，请核对。")
        if Duty.HEAD in person.duties:
            sitting = self.facts.heads.get(person.unit_id) or self._heads.get(person.unit_id)
            if sitting:
                self._say(cells.get("职责", unit_cell), f"该单位已有单位负责人（{sitting}），一个单位只有一位。")
            self._heads[person.unit_id] = f"{person.name}，{unit_cell.ref}"
        for led in person.leads:
            sitting = self.facts.leaders.get(led) or self._leaders.get(led)
            if sitting:
                self._say(cells["分管单位"], f"其中有单位已由{sitting}分管，一个单位只有一位分管领导。")
            self._leaders[led] = person.name


def _split(text: str) -> list[str]:
    return [one for one in re.split(r"[、,，;；/\n]+", text.strip()) if one.strip()] if text.strip() else []
