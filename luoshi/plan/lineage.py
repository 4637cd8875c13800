"""沿革: which clause of a new text is which clause of the old one; pure, deterministic, one to one.

A clause is known again, in this order:
    TEXT    by its own words, wherever they stand now (moved, renumbered)
    PLACE   by its place and heading, where the words below were rewritten
    ALIKE   by words that are mostly the same, or because the clauses below it are the same ones

A clause's own words are those before its first sub-clause, without its marker: a chapter does not change because an
item in it does, and an item does not change because it is now 三是 and was 二是.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

ALIKE = 0.5
"""From this likeness on (0 to 1) two clauses that differ in words are one clause that was changed."""
COMMON = 60
"""Pairs of characters that stand in more clauses than this tell nothing and are not compared."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause as it is compared: its key, its place, its heading, its own words, and the key of the clause above."""

    key: int
    path: str
    title: str
    body: str
    above: int | None = None
    plain: str = field(init=False, compare=False, default="")

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", plain(self.body))


def plain(words: str) -> str:
    """Words as they are compared: full-width and half-width are one, blanks and line ends do not count.

    >>> plain("在５个 工作日内\\n反馈，") == plain("在5个工作日内反馈,")
    True
    """
    return "".join(unicodedata.normalize("NFKC", words).split())


@dataclass(frozen=True, slots=True)
class Place:
    """A clause as the reader or the database gives it: where it stands and its marker."""

    key: int
    path: str
    marker: str
    title: str
    start: int
    end: int
    above: int | None = None


def passages(text: str, places: Sequence[Place]) -> list[Passage]:
    """The clauses of a text with their own words; `places` in the text's order.

    >>> [one.body for one in passages("一、工作\\n1.甲事。\\n", [Place(1, "一", "一", "工作", 0, 10),
    ...                                                       Place(2, "一/1", "1", "甲事", 5, 10, 1)])]
    ['工作', '甲事。']
    """
    found = []
    for one, following in zip_longest(places, places[1:]):
        stop = min(one.end, following.start) if following is not None and following.start > one.start else one.end
        found.append(Passage(one.key, one.path, one.title, _unmarked(text[one.start : stop], one.marker), one.above))
    return found


def _unmarked(own: str, marker: str) -> str:
    own = own.strip()
    if marker and own.startswith(marker):
        own = own[len(marker) :]
    return own.lstrip("、.．,，:：)） 　\t")


def same_clauses(old: Sequence[Passage], new: Sequence[Passage]) -> dict[int, int]:
    """For each new clause that is an old one: its key and the key of the old one. No old clause is taken twice.

    >>> old = [Passage(1, "一/1", "", "干部每年学习不少于20天。"), Passage(2, "一/2", "", "每周开一次例会。")]
    >>> new = [Passage(7, "一/1", "", "每周开一次例会。"), Passage(8, "一/2", "", "干部每年学习不少于15天。"),
    ...        Passage(9, "一/3", "", "公布监督电话。")]
    >>> sorted(same_clauses(old, new).items())
    [(7, 2), (8, 1)]
    """
    pairs = _Pairs(old, new)
    pairs.by(lambda one: (one.plain, one.path))
    pairs.by(lambda one: one.plain, near=True)
    pairs.by(lambda one: (one.path, plain(one.title)) if one.title else None)
    pairs.alike()
    pairs.by_what_is_below()
    return pairs.taken


class _Pairs:
    """The matching as it grows: what is taken and what is still free, both in the text's order."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self.old = {one.key: one for one in old}
        self.new = {one.key: one for one in new}
        self.taken: dict[int, int] = {}
        self.given: set[int] = set()

    def free(self) -> tuple[list[Passage], list[Passage]]:
        return (
            [one for one in self.old.values() if one.key not in self.given],
            [one for one in self.new.values() if one.key not in self.taken],
        )

    def take(self, new: Passage, old: Passage) -> None:
        self.taken[new.key] = old.key
        self.given.add(old.key)

    def kin(self, new: Passage, old: Passage) -> bool:
        """Whether the clauses above the two are already the same one."""
        return new.above is not None and self.taken.get(new.above) == old.above

    def by(self, known: Callable[[Passage], Hashable], *, near: bool = False) -> None:
        """Pair what is free and known by the same thing; of several, those below one clause first, then in order."""
        olds, news = self.free()
        waiting: dict[Hashable, list[Passage]] = defaultdict(list)
        for one in olds:
            waiting[known(one)].append(one)
        waiting.pop(None, None)
        for favoured in (True, False) if near else (False,):
            for one in news:
                mates = waiting.get(known(one), ())
                found = next((mate for mate in mates if not favoured or self.kin(one, mate)), None)
                if found is not None and one.key not in self.taken:
                    self.take(one, found)
                    waiting[known(one)].remove(found)

    def alike(self) -> None:
        """Pair what is mostly the same in words; the likest first, the text's order between equals."""
        olds, news = self.free()
        ranked = sorted(_likeness(olds, news, self), key=lambda one: (-one[0], one[1], one[2]))
        for _, at_old, at_new in ranked:
            if olds[at_old].key not in self.given and news[at_new].key not in self.taken:
                self.take(news[at_new], olds[at_old])

    def by_what_is_below(self) -> None:
        """Pair headings most of whose sub-clauses are the same; the deepest first, so that it climbs."""
        below: dict[int, list[int]] = defaultdict(list)
        for one in self.new.values():
            if one.above is not None:
                below[one.above].append(one.key)
        sizes = Counter(one.above for one in self.old.values() if one.above is not None)
        for one in sorted(self.free()[1], key=lambda one: -one.path.count("/")):
            kept = Counter(self.old[self.taken[key]].above for key in below[one.key] if key in self.taken)
            for above, number in kept.most_common(1):
                if (
                    above is not None
                    and above not in self.given
                    and number * 2 > max(len(below[one.key]), sizes[above])
                ):
                    self.take(one, self.old[above])


def _grams(words: str) -> Counter[str]:
    return Counter(words[at : at + 2] for at in range(len(words) - 1))


def _likeness(olds: Sequence[Passage], news: Sequence[Passage], pairs: _Pairs) -> Iterator[tuple[float, int, int]]:
    """(likeness, place in olds, place in news) for every pair that is alike enough."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sizes = []
    for at, one in enumerate(olds):
        grams = _grams(one.plain)
        sizes.append(sum(grams.values()))
        for gram, number in grams.items():
            held[gram].append((at, number))
    for at_new, one in enumerate(news):
        grams = _grams(one.plain)
        size = sum(grams.values())
        shared: Counter[int] = Counter()
        for gram, number in grams.items():
            mates = held.get(gram, ())
            if len(mates) <= COMMON:
                for at_old, other in mates:
                    shared[at_old] += min(number, other)
        for at_old, number in shared.items():
            mate = olds[at_old]
            likeness = 2 * number / (size + sizes[at_old])
            likeness += 0.1 * (one.path == mate.path) + 0.05 * pairs.kin(one, mate)
            if likeness >= ALIKE:
                yield likeness, at_old, at_new


def share_kept(old: Iterable[Passage], new: Iterable[Passage], taken: Mapping[int, int]) -> float:
    """How much of the smaller of two texts stands in the other, by characters; below a third it is another plan.

    >>> one, other = [Passage(1, "一", "", "每周开例会。")], [Passage(2, "一", "", "公布监督电话。")]
    >>> share_kept(one, other, {}), share_kept(one, [Passage(2, "一", "", "每周开例会。")], {2: 1})
    (0.0, 1.0)
    """
    before, after = {one.key: len(one.plain) for one in old}, {one.key: len(one.plain) for one in new}
    smaller = min(sum(before.values()), sum(after.values()))
    kept = sum(min(after[key], before[taken[key]]) for key in after if key in taken)
    return kept / smaller if smaller else 0.0
