"""What a plan's own words say about its decision, its leading group and who answers: read, never decided.

Every finding names the clause and the sentence it stands in, so that a person can check it in one look and confirm
it in one act. Nothing here writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.plan.models import Clause, PlanVersion

_BODY = re.compile(r"经([^，。；、\n]{2,16}?)(?:会议|专题会议|会)?(?:集体)?(?:研究|审议|讨论)")
_FOLLOWS = (
    re.compile(r"(?:贯彻落实|贯彻|落实)(?:好)?([^，。；\n]{4,60}?(?:精神|部署|要求|决策|意见|通知))[，。；\n]"),
    re.compile(r"为把([^。；\n]{4,60}?)落到实处"),
)
_SCOPE = re.compile(r"在(全[局县市区系统]{1,3})(?:范围内)?[^，。；\n]{0,6}?(?:开展|组织|实施|推进)")
_DAY_AT_END = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日\s*$")
_GROUP = re.compile(r"(?:成立|设立|组建)(?:了)?((?:“[^”\n]{2,40}”)?[^“”，。；、\n]{0,24}?领导小组)")
_OFFICE = re.compile(r"办公室设在([^，。；、（(\n]{2,20})")
_MEMBERS = re.compile(r"([^，。；\n]{2,40}?)(?:负责人|负责同志)?(?:为|任)成员")
ANSWERS = {
    "FIRST": re.compile(r"第一责任人|主要(?:领导|负责人|负责同志)[^。；\n]{0,12}负总责|负总责"),
    "TEAM": re.compile(r"一岗双责|班子成员[^。；\n]{0,8}(?:各负其责|分工负责)"),
    "UNIT": re.compile(r"一级抓一级|层层压实|各单位[^。；\n]{0,8}(?:负责人|主要领导)|压实责任"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the plan: what was read, the sentence they stand in, the clause that holds it."""

    value: str
    sentence: str
    clause: Clause | None


class Reader:
    """A plan's text with its clauses, for asking where something is said."""

    def __init__(self, version: PlanVersion, clauses: Sequence[Clause]) -> None:
        self.text, self.clauses = version.text, clauses

    def says(self, pattern: re.Pattern[str], *, end: int | None = None) -> Said | None:
        """The first place that fits a pattern (before `end`): its first group, or all of it."""
        return next(iter(self.all(pattern, end=end)), None)

    def all(self, pattern: re.Pattern[str], *, end: int | None = None) -> list[Said]:
        """Every place that fits a pattern, in the text's order."""
        found = pattern.finditer(self.text, 0, len(self.text) if end is None else end)
        return [
            Said(one.group(1 if pattern.groups else 0).strip(), self._sentence(one.start()), self._clause(one.start()))
            for one in found
        ]

    def _clause(self, at: int) -> Clause | None:
        holding = [one for one in self.clauses if one.start <= at < one.end]
        return max(holding, key=lambda one: (one.path.count("/"), one.order)) if holding else None

    def _sentence(self, at: int) -> str:
        begins = max(self.text.rfind(mark, 0, at) for mark in "。；\n") + 1
        ends = min((stop for mark in "。；\n" if (stop := self.text.find(mark, at)) >= 0), default=len(self.text))
        return self.text[begins : ends + 1].strip()[:200]


def header(reader: Reader) -> dict[str, Said]:
    """What the text says of the plan's decision, by field of the header; what it does not say is left out."""
    head = next((one.start for one in reader.clauses if one.path != "0"), len(reader.text))
    found = {
        "decided_body": reader.says(_BODY, end=head),
        "follows": next((said for one in _FOLLOWS if (said := reader.says(one, end=head))), None),
        "scope": reader.says(_SCOPE, end=head),
    }
    return {name: said for name, said in found.items() if said is not None and said.value}


def dated(text: str) -> date | None:
    """The date under a text (落款).

    >>> dated("云岭县住房和城乡建设局\\n2026年9月21日\\n"), dated("没有日期")
    (datetime.date(2026, 9, 21), None)
    """
    found = _DAY_AT_END.search(text[-60:])
    try:
        return date(*(int(one) for one in found.groups())) if found else None
    except ValueError:
        return None


def group_name(words: str, short_name: str) -> str:
    """The leading group's name: as the text calls it, with the plan's name where the text gives none.

    >>> group_name("“大提升”活动领导小组", "大提升"), group_name("领导小组", "大提升")
    ('“大提升”活动领导小组', '“大提升”领导小组')
    """
    return words if len(words) > 6 else f"“{short_name}”{words}"


def group(reader: Reader) -> Said | None:
    """Where the text sets up the leading group, with the name it gives."""
    return reader.says(_GROUP)


def offices(reader: Reader) -> list[Said]:
    """Every place that says where the leading group's office is: a plan may say it twice and mean one."""
    return reader.all(_OFFICE)


def members(reader: Reader) -> Said | None:
    """Whom the text makes members."""
    return reader.says(_MEMBERS)


def office_unit(words: str, units: Mapping[str, int]) -> int | None:
    """The unit that a text calls the office's seat.

    >>> units = {"局办公室": 4, "办公室": 4, "规划建设股": 5, "规建股": 5}
    >>> office_unit("局机关办公室", units), office_unit("局办公室", units), office_unit("县水利局", units)
    (4, 4, None)
    """
    plain = words.replace("机关", "").strip()
    if plain in units:
        return units[plain]
    held = {pk for name, pk in units.items() if name in plain}
    return held.pop() if len(held) == 1 else None


def answers(reader: Reader) -> dict[str, Said]:
    """Where the text makes 主要领导, team and units answer, by kind of responsibility."""
    found = {kind: reader.says(pattern) for kind, pattern in ANSWERS.items()}
    return {kind: said for kind, said in found.items() if said is not None}
