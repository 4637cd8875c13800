"""The search index as a whole: made anew from the rows, and held against them. Every kind that may be looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from luoshi.activities.queries import searched as activities
from luoshi.cadres.queries import searched as cadres
from luoshi.commitments.queries import searched as commitments
from luoshi.matters.queries import searched as matters
from luoshi.org import searched as people
from luoshi.plan.queries import searched as plans
from luoshi.problems.queries import searched as problems
from luoshi.publicity.queries import searched as publicity
from luoshi.search import queries, services
from luoshi.search.rules import Source

SOURCES: tuple[Source, ...] = (
    *people.SEARCHED,
    *plans.SEARCHED,
    *matters.SEARCHED,
    *problems.SEARCHED,
    *activities.SEARCHED,
    *commitments.SEARCHED,
    *publicity.SEARCHED,
    *cadres.SEARCHED,
)
STRETCH = 200
WORDS = {
    "posting": "一线锻炼", "commendation": "表扬奖励",
    "person": "人员", "plan": "方案", "clause": "条款", "matter": "事项", "list": "清单", "meeting": "会议",
    "evidence": "佐证材料", "problem": "问题", "activity": "活动", "commitment": "公开承诺",
    "concern": "群众诉求", "livelihood": "民生实事", "article": "稿件",
}  # fmt: skip


def rebuild(say: Callable[[str, int, int], None] = lambda kind, done, changed: None) -> dict[str, tuple[int, int]]:
    """Bring every item up to date, a short transaction a stretch; by kind how many there are and how many changed.

    `say` is told after each stretch. Broken off, it is started again and passes quickly over what is done.
    """
    told = {}
    for source in SOURCES:
        done = changed = 0
        for keys, after, last in stretches(source):
            changed += services.settle(source, keys, after=after, last=last)
            done += len(keys)
            say(source.kind, done, changed)
        told[source.kind] = (done, changed)
    return told


def differing() -> dict[str, list[int]]:
    """By kind the keys whose items are not what a rebuild would make; empty where the index is right."""
    found = {}
    for source in SOURCES:
        wrong = []
        for keys, after, last in stretches(source):
            wrong += queries.differing(source, keys)
            wrong += queries.left_over(source, after, None if last else keys[-1], keys)
        if wrong:
            found[source.kind] = wrong
    return found


def absent() -> bool:
    """Whether there are people and no index at all."""
    return not queries.Item.objects.exists() and bool(people.PEOPLE.keys(0, 1))


def stretches(source: Source) -> Iterator[tuple[list[int], int, bool]]:
    """All keys of a source a stretch at a time, with the key before and whether it is the last stretch."""
    after, last = 0, False
    while not last:
        keys = source.keys(after, STRETCH)
        last = len(keys) < STRETCH
        yield keys, after, last
        after = keys[-1] if keys else after
