"""What the whole plan says once and every clause relies on: its year, its scoring period, its assessor (背景).

>>> from luoshi.plantext.page import view
>>> facts(view("某县工作方案\\n2024年3月1日\\n每两年为一个考核期，满分100分。").bare)
Facts(year=2024, score_period='每两年', assessor=None, first_year=2024, assessed=None)
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from luoshi.plantext.actors import note_actor, notes, title_actor
from luoshi.plantext.grammar import PROBLEM_INTRO, SLOGAN_TITLE
from luoshi.plantext.outline import Outline
from luoshi.plantext.times import PERIOD, period_name

_FULL_DATE = re.compile(r"(?<![《〔至—\-\d])((?:19|20)\d{2})年\d{1,2}月\d{1,2}日(?![前之以起至—\-到止后内期])")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|[-—]20\d{2})")
_SCORED = re.compile(r"(?:满分|得分|扣\d|得\d+(?:\.\d+)?分|百分制|计\d+分)")
_ASSESSOR = re.compile(
    r"(?:以下简称“?([^“”（）]{2,14})”?）[^。；]{0,6}，负责[^。；]{0,30}(?:考核|考评|评估))|(?:由([^，。；、]{2,14}?)(?:负责|组织|牵头)[^，。；]{0,12}(?:考核|考评|打分))"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What holds for the whole plan; each is None where the plan does not say it."""

    year: int | None
    score_period: str | None
    assessor: str | None
    first_year: int | None
    # Whom the rows of a scoring table bind where they name nobody.
    assessed: str | None = None


def facts(bare: str) -> Facts:
    """Read the plan's year from its date of issue or its title, and how and by whom it is scored."""
    dated = [int(m[1]) for m in _FULL_DATE.finditer(bare)]
    named = [int(m[1]) for m in _YEAR.finditer(bare[:3000])]
    head = re.search(r"((?:19|20)\d{2})年?[^\n。]{0,20}(?:方案|办法|计划|细则|要点|意见)", bare[:400])
    year = dated[-1] if dated else int(head[1]) if head else None
    period = assessor = None
    if _SCORED.search(bare):
        cycle = re.search(r"每(.{1,3})为一个(?:考核|考评|评价)(?:期|周期|年度)", bare)
        found = PERIOD.match("每" + cycle[1]) if cycle else None
        period = period_name(found[1]) if found else None
        who = _ASSESSOR.search(bare)
        assessor = (who[1] or who[2]) if who else None
    return Facts(year, period, assessor, named[0] if named else year, _assessed(bare))


_TOLD_WHOM = re.compile(r"(?:考核|考评|评价|评估|测评)(?:对象|范围)(?:为|是|：|\n|。)+([^，。；：\n]{2,60})[。；\n]")
_TITLED_WHOM = re.compile(
    r"(乡镇|镇街|县区|区县|县市区|街道|社区|村|部门|科室|单位)(?:年度|目标|绩效|管理|责任|工作|（[^（）\n]{1,8}）|(?<=目标管理（绩效)）)*(?:考核|考评|评分)[^\n]{0,8}(?:细则|标准|表|办法|指标)"
)


def _assessed(bare: str) -> str | None:
    """Whom a scoring table assesses, from 考核对象： or from its title."""
    told = _TOLD_WHOM.search(bare, 0, 4000)
    if told and title_actor(told[1]):
        return told[1]
    titled = _TITLED_WHOM.search(bare, 0, 600)
    return titled[1] if titled else None


@dataclass(frozen=True, slots=True)
class Setting:
    """What a clause lends to the sentences in it."""

    actor: str | None
    aims: bool
    problems: bool


def settings(bare: str, tree: Outline, known: Facts) -> list[Setting]:
    """For every clause: the actor its title (or that of a clause above) names, whether it only states aims
    or the present state, and whether it lists present-day problems."""
    out: list[Setting] = []
    for clause in tree.clauses:
        above = out[clause.parent] if clause.parent is not None else None
        actor = title_actor(clause.title) or (above.actor if above else None)
        if actor is None and clause.kind == "cell":
            actor = known.assessed
        aims = bool(SLOGAN_TITLE.search(clause.title[:24])) or bool(above and above.aims)
        problems = bool(re.search(r"现状|形势$|存在(?:的)?(?:主要)?问题$", clause.title)) or bool(
            above and above.problems
        )
        if clause.kind == "shi" and clause.parent is not None:
            first = bare.rfind("一是", max(tree.clauses[clause.parent].start, clause.start - 6000), clause.start + 2)
            problems = problems or bool(
                PROBLEM_INTRO.search(bare[max(tree.clauses[clause.parent].start, first - 40) : first])
            )
        out.append(Setting(actor, aims, problems))
    return out


# The bodies in the last column of a table pasted as text (负责考核部门).
_LAST_CELLS = re.compile(r"(?>[省市县区旗镇乡][\u4e00-\u9fff]{1,7}?(?:局|办|部|委|院|队|站|所|中心|公司)\n?)+$")


def row_assessors(bare: str, tree: Outline) -> dict[int, str]:
    """For the clauses that are rows of a pasted table: who scores them, as the last cells say."""
    if not re.search(r"(?:考核|考评|评分|打分)(?:部门|单位)", bare[:1000]):
        return {}
    out: dict[int, str] = {}
    for place, clause in enumerate(tree.clauses):
        if clause.kind == "cell":
            found = _LAST_CELLS.search(bare, max(clause.start, clause.end - 80), clause.end)
            if found:
                out[place] = "、".join(found[0].split())
        elif clause.parent in out:
            out[place] = out[clause.parent]
    return out


def note_governor(bare: str, tree: Outline) -> Callable[[int], str | None]:
    """A function from a place to the body whose bracketed note governs it: the next note of the same clause."""
    spans: list[tuple[int, int, str]] = []
    last: int | None = -1
    at = 0
    for stretch in tree.stretches:
        clause = tree.clauses[stretch.clause] if stretch.clause is not None else None
        # A note after 三是 rules the whole item, its first words and 一是 too.
        item = clause.parent if clause is not None and clause.kind == "shi" else stretch.clause
        at, last = at if item == last and item is not None else stretch.start, item
        for _, end, who in notes(bare, stretch.start, stretch.end):
            spans.append((at, end, who))
            at = end
    starts = [s for s, _, _ in spans]

    def governor(place: int) -> str | None:
        i = bisect_right(starts, place) - 1
        return spans[i][2] if i >= 0 and place < spans[i][1] else None

    return governor


__all__ = ["Facts", "Setting", "facts", "note_actor", "note_governor", "row_assessors", "settings"]
