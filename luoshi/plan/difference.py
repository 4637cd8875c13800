"""新旧对照: what a new text of a plan changes, clause by clause and duty by duty; pure, deterministic.

SAME     未改动    the same words in the same place
MOVED    位置变动   the same words in another place or under another number
CHANGED  文字修改   the same clause in other words
NEW      新增      GONE   删去
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from luoshi.plan.lineage import Passage, plain

STATES = {"CHANGED": "文字修改", "NEW": "新增", "GONE": "删去", "MOVED": "位置变动", "SAME": "未改动"}
"""In the order in which they are shown: what has to be read comes first."""
LONG = 1_500
"""Words longer than this are compared sentence by sentence."""
OWN_WORDS = 10
"""A sentence of so many characters is the same one wherever it stands."""
_TOKEN = re.compile(r"[0-9０-９.．%％]+|[A-Za-z]+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？\n]?")
_POINTS = "，。；：、！？,.;:!?（）()“”《》〔〕 "


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words: KEPT, GONE (only in the old text) or NEW (only in the new one)."""

    kind: str
    words: str


def compare_words(old: str, new: str) -> list[Run]:
    """The new words with what was taken out and put in; numbers are compared whole, never digit by digit.

    >>> [(one.kind, one.words) for one in compare_words("每年学习不少于20天。", "每年学习不少于15天。")]
    [('KEPT', '每年学习不少于'), ('GONE', '20'), ('NEW', '15'), ('KEPT', '天。')]
    """
    cut = _SENTENCE if max(len(old), len(new)) > LONG else _TOKEN
    before, after = [one for one in cut.findall(old) if one], [one for one in cut.findall(new) if one]
    told: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kept = "".join(after[c:d])
        if kind != "equal":
            told += [("GONE", "".join(before[a:b])), ("NEW", kept)]
        elif told and len(kept.strip(_POINTS)) < 2 and d < len(after) and b < len(before):
            told += [("GONE", kept), ("NEW", kept)]  # a single character between two changes is read with them
        else:
            told.append(("KEPT", kept))
    return _joined(told)


def _joined(told: Iterable[tuple[str, str]]) -> list[Run]:
    """Neighbours of one kind as one run; between two kept runs what went stands before what came."""
    runs: list[Run] = []
    gone = came = ""
    for kind, words in [*told, ("KEPT", "")]:
        if kind == "GONE":
            gone += words
        elif kind == "NEW":
            came += words
        else:
            runs += [Run(one, said) for one, said in (("GONE", gone), ("NEW", came)) if said]
            gone = came = ""
            if words and runs and runs[-1].kind == "KEPT":
                runs[-1] = Run("KEPT", runs[-1].words + words)
            elif words:
                runs.append(Run("KEPT", words))
    return runs


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause; `old` is None for a new one, `new` for one that is gone."""

    state: str
    old: Passage | None
    new: Passage | None

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return STATES[self.state]

    @property
    def moved(self) -> bool:
        """Whether it stands under another number or in another place than before."""
        return self.old is not None and self.new is not None and self.old.path != self.new.path

    @property
    def path(self) -> str:
        """Where it stands: in the new text, or where it stood."""
        return (self.new or self.old or Passage(0, "", "", "")).path

    def runs(self) -> list[Run]:
        """Its words with the changes marked."""
        return compare_words(self.old.body if self.old else "", self.new.body if self.new else "")


def compare_clauses(old: Sequence[Passage], new: Sequence[Passage], taken: Mapping[int, int]) -> list[ClauseChange]:
    """Every clause of both texts in the new text's order; one that is gone stands after the clause it followed.

    >>> old = [Passage(1, "一", "", "甲"), Passage(2, "二", "", "乙"), Passage(3, "三", "", "丙")]
    >>> new = [Passage(7, "一", "", "甲"), Passage(9, "二", "", "丙"), Passage(8, "三", "", "丁")]
    >>> [(one.state, one.path) for one in compare_clauses(old, new, {7: 1, 9: 3})]
    [('SAME', '一'), ('GONE', '二'), ('MOVED', '二'), ('NEW', '三')]
    """
    before = {one.key: one for one in old}
    kept = set(taken.values())
    after: dict[int | None, list[Passage]] = defaultdict(list)
    last: int | None = None
    for one in old:
        if one.key in kept:
            last = one.key
        else:
            after[last].append(one)
    found = [ClauseChange("GONE", one, None) for one in after[None]]
    for one in new:
        mate = before[taken[one.key]] if one.key in taken else None
        found.append(ClauseChange(_state(mate, one), mate, one))
        if mate is not None:
            found += [ClauseChange("GONE", gone, None) for gone in after[mate.key]]
    return found


def _state(old: Passage | None, new: Passage) -> str:
    if old is None:
        return "NEW"
    if old.plain != new.plain:
        return "CHANGED"
    return "SAME" if old.path == new.path else "MOVED"


@dataclass(frozen=True, slots=True)
class Said:
    """A duty as it is compared: its key, the clause it stands in, its sentence, what is to be done."""

    key: int
    clause: int
    quote: str
    act: str


@dataclass(frozen=True, slots=True)
class DutyChange:
    """What became of one duty: SAME where its sentence is, CHANGED, NEW or GONE."""

    state: str
    old: int | None
    new: int | None


def compare_duties(old: Sequence[Said], new: Sequence[Said], taken: Mapping[int, int]) -> list[DutyChange]:
    """Every duty of both texts: those of the new text in its order, then those that are gone. One to one.

    A sentence is looked for in the clause it stood in first, then anywhere (if it is long enough to be the same one:
    “建立台账” stands everywhere); a changed one only in its own clause.

    >>> old = [Said(1, 10, "每年学习不少于20天", "学习"), Said(2, 11, "公布监督电话", "公布")]
    >>> new = [Said(5, 20, "每年学习不少于15天", ""), Said(6, 21, "公布监督电话", "公布"), Said(7, 21, "设信箱", "")]
    >>> [(one.state, one.old, one.new) for one in compare_duties(old, new, {20: 10, 21: 11})]
    [('CHANGED', 1, 5), ('SAME', 2, 6), ('NEW', None, 7)]
    """
    mates: dict[int, int] = {}
    given: set[int] = set()
    here = {one.key: taken.get(one.clause) for one in new}

    def pair(known: Callable[[Said, int | None], Hashable]) -> None:
        waiting: dict[Hashable, list[int]] = defaultdict(list)
        for one in old:
            if one.key not in given:
                waiting[known(one, one.clause)].append(one.key)
        for one in new:
            name = known(one, here[one.key])
            found = waiting.get(name, [])
            if name is not None and one.key not in mates and found:
                mates[one.key] = found.pop(0)
                given.add(mates[one.key])

    pair(lambda one, clause: (clause, plain(one.quote), plain(one.act)))
    pair(lambda one, clause: (clause, plain(one.quote)))
    pair(lambda one, clause: (plain(one.quote), plain(one.act)) if len(plain(one.quote)) >= OWN_WORDS else None)
    same = set(mates)
    _pair_alike(old, new, here, mates, given)
    told = [
        DutyChange(
            "NEW" if one.key not in mates else "SAME" if one.key in same else "CHANGED", mates.get(one.key), one.key
        )
        for one in new
    ]
    return told + [DutyChange("GONE", one.key, None) for one in old if one.key not in given]


def _pair_alike(
    old: Sequence[Said], new: Sequence[Said], here: Mapping[int, int | None], mates: dict[int, int], given: set[int]
) -> None:
    """Pair the changed sentences of one clause, the likest first."""
    left: dict[int, list[Said]] = defaultdict(list)
    for one in old:
        if one.key not in given:
            left[one.clause].append(one)
    ranked = []
    for at, one in enumerate(new):
        clause = here[one.key]
        if one.key not in mates and clause is not None:
            for place, other in enumerate(left.get(clause, ())):
                likeness = SequenceMatcher(None, plain(other.quote), plain(one.quote), autojunk=False).ratio()
                if likeness >= 0.5:
                    ranked.append((-likeness, at, place, one.key, other.key))
    for _, _, _, mine, other_key in sorted(ranked):
        if mine not in mates and other_key not in given:
            mates[mine] = other_key
            given.add(other_key)
