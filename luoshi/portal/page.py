"""The coverage map made ready to print: every cell with its words and the address of the records it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from luoshi.documents.coverage import CoverageFacts
from luoshi.lib.byclause import NOTHING, Figure
from luoshi.lib.clock import local
from luoshi.plan.models import Clause
from luoshi.portal.queries.coverage import Map, Row
from luoshi.portal.rules import COLUMNS, MARKS, MEANINGS, Stand

LAMP_WORDS = {"red": "逾期", "amber": "临期", "grey": "中止", "green": "正常"}
SHORT = {
    "confirmed": "", "proposed": "待确认", "documents": "", "activities": "活动", "problems": "问题",
    "problems_closed": "问题", "institutions": "制度", "promises": "承诺诉求", "promises_done": "承诺诉求",
}  # fmt: skip
"""The word before a number where one column holds two."""
INDENT = "　"
LEVELS = {"1": "只看一级", "2": "看到二级", "": "全部展开"}


@dataclass(frozen=True, slots=True)
class Figured:
    """One figure of a cell: what it prints, where it opens, the lamp it warns by, and what a screen reader hears."""

    words: str
    url: str
    says: str
    number: int
    lamp: str = ""
    lamp_words: str = ""
    muted: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """The stand of a row: key, word, icon; `below` sums those of the clauses below it."""

    key: str
    word: str
    icon: str
    why: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A row as the table prints it."""

    pk: int | None
    url: str
    marker: str
    title: str
    depth: int
    cells: list[tuple[str, list[Figured]]]
    stand: Standing
    heads_others: bool = False
    folded: bool = False
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole map: its sums, its rows, what was asked for."""

    plan_pk: int
    plan_title: str
    version: int
    total: Printed
    rows: list[Printed]
    gone: list[Printed]
    stands: Counter[Stand]
    only: str
    level: str
    whole: bool

    @property
    def heads(self) -> list[str]:
        return [one.head for one in COLUMNS]

    @property
    def legend(self) -> list[tuple[str, str, str, str]]:
        """What each stand means: key, word, icon, meaning."""
        told = [one for one in Stand if self.whole or one != Stand.IDLE]
        return [(one.value, one.label, MARKS[one], MEANINGS[one]) for one in told]

    @property
    def filter_words(self) -> str:
        """What is shown, in words, for the head of the print."""
        return f"只看：{Stand(self.only).label}" if self.only else f"全部条款，{LEVELS[self.level]}"

    def facts(self, *, at: datetime, by: str) -> CoverageFacts:
        """The map as a workbook wants it: plain words, cell by cell."""
        rows = [*self.rows, *([_divider()] if self.gone else []), *self.gone]
        return CoverageFacts(
            title=f"《{self.plan_title}》覆盖图",
            lead=f"第{self.version}版　{self.filter_words}　{local(at):%Y-%m-%d %H:%M}　{by}",
            heads=["条款", *self.heads, "状态"],
            rows=[
                [f"{INDENT * row.depth}{row.marker} {row.title}".rstrip(), *(_plain(cell) for _, cell in row.cells),
                 "　".join(filter(None, (row.stand.word, row.stand.below)))]
                for row in ([] if self.only else [self.total]) + rows
            ],
        )  # fmt: skip


def _plain(figured: list[Figured]) -> str:
    return "；".join(f"{one.words}{f'（{one.lamp_words}）' if one.lamp_words else ''}" for one in figured)


def _divider() -> Printed:
    empty: list[tuple[str, list[Figured]]] = [(one.head, []) for one in COLUMNS]
    return Printed(None, "", "", "现行文本已没有的条款", 0, empty, Standing("", "", "", ""))


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where rows and figures lead, looked up once a page: a route looked up for each cell costs a third of it."""

    records: Mapping[str, str]
    clause: str

    @classmethod
    def of(cls, plan_pk: int) -> Addresses:
        records = {key: reverse("portal:records", args=[plan_pk, key]) for one in COLUMNS for key, _ in one.figures}
        return cls(records, reverse("portal:clause", args=[0]))

    def of_clause(self, clause: Clause) -> str:
        return self.clause.replace("/0/", f"/{clause.pk}/")

    def of_figure(self, key: str, clause: Clause | None) -> str:
        return f"{self.records[key]}?clause={clause.pk}" if clause is not None else self.records[key]


def sheet_of(found: Map, *, only: str, level: str) -> Sheet:
    """The map as it is asked for: `only` one stand (a list), or the outline down to a `level`."""
    only = only if only in Stand.values else ""
    level = level if level in LEVELS and not only else ""
    plan_pk = found.version.plan_id
    at = Addresses.of(plan_pk)
    rows = [one for one in found.rows if not only or one.stand == only]
    deepest = int(level) - 1 if level else None
    return Sheet(
        plan_pk=plan_pk,
        plan_title=found.version.plan.title,
        version=found.version.number,
        total=_total(found, at),
        rows=[_printed(one, at, flat=bool(only), deepest=deepest) for one in rows],
        gone=[] if only else [_printed(one, at, flat=True) for one in found.gone],
        stands=found.stands,
        only=only,
        level=level,
        whole=found.whole,
    )


def _total(found: Map, at: Addresses) -> Printed:
    standing = Standing("", f"共{sum(found.stands.values())}条", "", "")
    return Printed(None, "", "", "全文合计", 0, cells_of(found.total, at, None, "全文"), standing)


def _printed(row: Row, at: Addresses, *, flat: bool = False, deepest: int | None = None) -> Printed:
    clause = row.clause
    return Printed(
        pk=clause.pk,
        url=at.of_clause(clause),
        marker=clause.path if flat else clause.marker if clause.path != "0" else "",
        title=clause.title or ("" if clause.marker else clause.path),
        depth=0 if flat else row.depth,
        cells=cells_of(row.figures, at, clause, clause.path),
        stand=standing_of(row),
        heads_others=row.heads_others and not flat,
        folded=deepest is not None and row.depth > deepest,
        parent=clause.parent_id,
    )


def cells_of(
    figures: Mapping[str, Figure], at: Addresses, clause: Clause | None, place: str
) -> list[tuple[str, list[Figured]]]:
    """The cells of a row by their heads; what is nought stays empty."""
    found = []
    for column in COLUMNS:
        cell = []
        for key, word in column.figures:
            figure = figures.get(key, NOTHING)
            if figure.number:
                cell.append(_figured(key, word, figure, at.of_figure(key, clause), place, names=column.names))
        found.append((column.head, cell))
    return found


def _figured(key: str, word: str, figure: Figure, url: str, place: str, *, names: bool) -> Figured:
    worst = figure.worst
    bad = worst is not None and worst[0] != "green"
    words = f"{SHORT[key]}{figure.number}" if key in SHORT else str(figure.number)
    if names:
        more = f"等{len(figure.names)}个" if len(figure.names) > 3 else ""
        words = "、".join(figure.names[:3]) + more
    return Figured(
        words=words,
        url=url,
        says=f"{place} {word}",
        number=figure.number,
        lamp=worst[0] if worst is not None and bad else "",
        lamp_words=f"{LAMP_WORDS[worst[0]]}{worst[1]}" if worst is not None and bad else "",
        muted=key == "proposed",
    )


def standing_of(row: Row) -> Standing:
    """A row's stand in words, and how those below it stand, the worst first."""
    counted = "、".join(f"{one.label}{row.below[one]}" for one in Stand if row.below[one])
    below = f"下级：{counted}" if counted else ""
    if row.stand is None:
        return Standing("", "", "", "", below)
    return Standing(row.stand, row.stand.label, MARKS[row.stand], MEANINGS[row.stand], below)


def chips(sheet: Sheet) -> list[dict[str, Any]]:
    """The stands as filters, each with how many clauses have it."""
    here = reverse("portal:coverage", args=[sheet.plan_pk])
    words = {Stand.NOBODY: "只看没人管的"}
    whole = [{"label": "全部", "url": here, "on": not sheet.only, "count": sum(sheet.stands.values())}]
    return whole + [
        {
            "label": words.get(one, one.label),
            "url": f"{here}?only={one}",
            "on": sheet.only == one,
            "count": sheet.stands[one],
        }
        for one in Stand
        if sheet.stands[one] or one == Stand.NOBODY or sheet.only == one
    ]


def level_chips(sheet: Sheet) -> list[dict[str, Any]]:
    """How deep the outline is shown; a list by stand has no levels."""
    if sheet.only or max((row.depth for row in sheet.rows), default=0) == 0:
        return []
    here = reverse("portal:coverage", args=[sheet.plan_pk])
    return [
        {"label": word, "url": f"{here}?level={key}" if key else here, "on": sheet.level == key}
        for key, word in LEVELS.items()
    ]
