"""The State Council's holiday notices as facts: one row a holiday, as the notices themselves are written.

`NOTICES` holds the yearly notices from 2020 on, `AMENDMENTS` what changed within a year. Notices for years that
are not here are loaded on the screen (设置 → 工作日历); nothing in the product asks a library for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of a notice: its name, first and last day off, and the days that are worked for it."""

    name: str
    first: str
    last: str
    worked: tuple[str, ...] = ()

    def days(self) -> Iterator[tuple[date, bool, str]]:
        """Each exceptional day: date, whether offices work, the holiday's name."""
        day, last = date.fromisoformat(self.first), date.fromisoformat(self.last)
        while day <= last:
            yield day, False, self.name
            day += timedelta(days=1)
        for one in self.worked:
            yield date.fromisoformat(one), True, self.name


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice of the State Council's general office: the year it arranges, number, date, holidays."""

    year: int
    number: str
    on: date
    holidays: tuple[Holiday, ...]

    def days(self) -> dict[date, tuple[bool, str]]:
        """Every exceptional day of the notice, which may lie in the December before."""
        return {day: (works, name) for one in self.holidays for day, works, name in one.days()}


NEW_YEAR, SPRING, TOMBS, LABOUR = "元旦", "春节", "清明节", "劳动节"
BOATS, AUTUMN, NATIONAL, BOTH = "端午节", "中秋节", "国庆节", "国庆节、中秋节"

NOTICES = (
    Notice(2020, "国办发明电〔2019〕16号", date(2019, 11, 21), (
        Holiday(NEW_YEAR, "2020-01-01", "2020-01-01"),
        Holiday(SPRING, "2020-01-24", "2020-01-30", ("2020-01-19", "2020-02-01")),
        Holiday(TOMBS, "2020-04-04", "2020-04-06"),
        Holiday(LABOUR, "2020-05-01", "2020-05-05", ("2020-04-26", "2020-05-09")),
        Holiday(BOATS, "2020-06-25", "2020-06-27", ("2020-06-28",)),
        Holiday(BOTH, "2020-10-01", "2020-10-08", ("2020-09-27", "2020-10-10")),
    )),
    Notice(2021, "国办发明电〔2020〕27号", date(2020, 11, 25), (
        Holiday(NEW_YEAR, "2021-01-01", "2021-01-03"),
        Holiday(SPRING, "2021-02-11", "2021-02-17", ("2021-02-07", "2021-02-20")),
        Holiday(TOMBS, "2021-04-03", "2021-04-05"),
        Holiday(LABOUR, "2021-05-01", "2021-05-05", ("2021-04-25", "2021-05-08")),
        Holiday(BOATS, "2021-06-12", "2021-06-14"),
        Holiday(AUTUMN, "2021-09-19", "2021-09-21", ("2021-09-18",)),
        Holiday(NATIONAL, "2021-10-01", "2021-10-07", ("2021-09-26", "2021-10-09")),
    )),
    Notice(2022, "国办发明电〔2021〕11号", date(2021, 10, 25), (
        Holiday(NEW_YEAR, "2022-01-01", "2022-01-03"),
        Holiday(SPRING, "2022-01-31", "2022-02-06", ("2022-01-29", "2022-01-30")),
        Holiday(TOMBS, "2022-04-03", "2022-04-05", ("2022-04-02",)),
        Holiday(LABOUR, "2022-04-30", "2022-05-04", ("2022-04-24", "2022-05-07")),
        Holiday(BOATS, "2022-06-03", "2022-06-05"),
        Holiday(AUTUMN, "2022-09-10", "2022-09-12"),
        Holiday(NATIONAL, "2022-10-01", "2022-10-07", ("2022-10-08", "2022-10-09")),
    )),
    Notice(2023, "国办发明电〔2022〕16号", date(2022, 12, 8), (
        Holiday(NEW_YEAR, "2022-12-31", "2023-01-02"),
        Holiday(SPRING, "2023-01-21", "2023-01-27", ("2023-01-28", "2023-01-29")),
        Holiday(TOMBS, "2023-04-05", "2023-04-05"),
        Holiday(LABOUR, "2023-04-29", "2023-05-03", ("2023-04-23", "2023-05-06")),
        Holiday(BOATS, "2023-06-22", "2023-06-24", ("2023-06-25",)),
        Holiday("中秋节、国庆节", "2023-09-29", "2023-10-06", ("2023-10-07", "2023-10-08")),
    )),
    Notice(2024, "国办发明电〔2023〕7号", date(2023, 10, 25), (
        Holiday(NEW_YEAR, "2024-01-01", "2024-01-01"),
        Holiday(SPRING, "2024-02-10", "2024-02-17", ("2024-02-04", "2024-02-18")),
        Holiday(TOMBS, "2024-04-04", "2024-04-06", ("2024-04-07",)),
        Holiday(LABOUR, "2024-05-01", "2024-05-05", ("2024-04-28", "2024-05-11")),
        Holiday(BOATS, "2024-06-10", "2024-06-10"),
        Holiday(AUTUMN, "2024-09-15", "2024-09-17", ("2024-09-14",)),
        Holiday(NATIONAL, "2024-10-01", "2024-10-07", ("2024-09-29", "2024-10-12")),
    )),
    Notice(2025, "国办发明电〔2024〕12号", date(2024, 11, 12), (
        Holiday(NEW_YEAR, "2025-01-01", "2025-01-01"),
        Holiday(SPRING, "2025-01-28", "2025-02-04", ("2025-01-26", "2025-02-08")),
        Holiday(TOMBS, "2025-04-04", "2025-04-06"),
        Holiday(LABOUR, "2025-05-01", "2025-05-05", ("2025-04-27",)),
        Holiday(BOATS, "2025-05-31", "2025-06-02"),
        Holiday(BOTH, "2025-10-01", "2025-10-08", ("2025-09-28", "2025-10-11")),
    )),
    Notice(2026, "国办发明电〔2025〕7号", date(2025, 11, 4), (
        Holiday(NEW_YEAR, "2026-01-01", "2026-01-03", ("2026-01-04",)),
        Holiday(SPRING, "2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28")),
        Holiday(TOMBS, "2026-04-04", "2026-04-06"),
        Holiday(LABOUR, "2026-05-01", "2026-05-05", ("2026-05-09",)),
        Holiday(BOATS, "2026-06-19", "2026-06-21"),
        Holiday(AUTUMN, "2026-09-25", "2026-09-27"),
        Holiday(NATIONAL, "2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10")),
    )),
)  # fmt: skip

AMENDMENTS = (
    # the epidemic extension: 1 February 2020 was to be worked and became a day off
    Notice(2020, "国办发明电〔2020〕1号", date(2020, 1, 26), (Holiday("春节", "2020-01-31", "2020-02-02"),)),
)
