"""前后不一致: numbers that cannot both hold, one thing with two owners, one group with two offices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from luoshi.plan.lint.findings import Draft, Finding, Place, Said, at, short
from luoshi.plan.lint.numbers import Number, bare, numbers_of, same_people
from luoshi.plan.slots import RULED

FAMILIES = ({"study_days_year", "study_weekly"}, {"research_days_year", "frontline_monthly"})
"""Slots that test one activity by different measures: both hold, each by itself."""
_OFFICE = re.compile(
    r"(领导小组|指挥部|工作专班|专班|联席会议)?办公室设在([^，。；、（）\n]{2,20}?(?:办公室|局|委|办|股|科|室|处|中心|站|队))"
)
_SHARED = re.compile(r"[各、]|全体|全局|每")
_MOST = 60
"""So many duties of one slot are compared with each other; a plan with more of them is no plan for people."""


def conflicts(draft: Draft) -> Iterator[Finding]:
    """Two clauses that give one thing different numbers; and independent tests of one activity, as a note."""
    told: set[tuple[str, str]] = set()
    for group in _groups(draft):
        for one, other in combinations(group[:_MOST], 2):
            if not same_people(one, other):
                continue
            for mine in numbers_of(one):
                for theirs in numbers_of(other):
                    found = _compared(one, other, mine, theirs)
                    if found is not None and (found.kind, found.said) not in told:
                        told.add((found.kind, found.said))
                        yield found
    yield from _families(draft)


def _groups(draft: Draft) -> list[list[Said]]:
    """Duties of one ruled slot, or with the same act in words; the ladder's steps differ on purpose."""
    groups: dict[str, list[Said]] = {}
    for one in draft.duties:
        ruled = RULED.get(one.slot)
        if ruled is not None and ruled.shape == "LADDER":
            continue
        named = one.slot if ruled is not None else f"={_core(one.act)}"
        groups.setdefault(named, []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def _core(act: str) -> str:
    return re.sub(
        r"[，。；、“”\s]|不少于|不超过|至少|每[年月周季]度?|[\d.]+|[一二三四五六七八九十两半]+(?=[次天个名项])", "", act
    )


def _compared(one: Said, other: Said, mine: Number, theirs: Number) -> Finding | None:
    if bool(mine.after) != bool(theirs.after):
        return None
    what = RULED[one.slot].label if one.slot in RULED else f"“{short(one.act, 20)}”"
    both = f"{_where(one)}写{mine.words()}，{_where(other)}写{theirs.words()}"
    named = {"also": (one.clause,), "basis": ""}
    if mine.after:
        if (mine.quantity, mine.unit) == (theirs.quantity, theirs.unit):
            return None
        do = "统一为一个时限；如果是分类规定，写明各自适用的范围。"
        return at(other, "conflict", f"{what}有两个时限：{both}。", do, **named)
    if mine.unit != theirs.unit:
        return None
    if mine.period == theirs.period:
        clash = mine.quantity != theirs.quantity and not _range(mine, theirs)
        do = "统一为一个数；如果对象不同，写明各自是谁。"
        return at(other, "conflict", f"{what}前后数字不同：{both}。", do, **named) if clash else None
    if mine.unit in ("次", "场", "期") and mine.period and theirs.period:
        do = "统一为一个周期；如果是两项工作，写明区别。"
        return at(other, "conflict", f"{what}前后周期不同：{both}。", do, **named)
    return None


def _range(mine: Number, theirs: Number) -> bool:
    """At least so many and at most so many may hold together."""
    low, high = (mine, theirs) if mine.comparator == ">=" else (theirs, mine)
    return (low.comparator, high.comparator) == (">=", "<=") and low.quantity <= high.quantity


def _where(one: Said) -> str:
    return f"{one.clause}（“{short(one.quote, 18)}”）"


def _families(draft: Draft) -> Iterator[Finding]:
    for family in FAMILIES:
        members = [one for one in draft.duties if one.slot in family and numbers_of(one)]
        for one, other in combinations(members[:_MOST], 2):
            if one.slot == other.slot or not same_people(one, other):
                continue
            first, second = numbers_of(one)[0].words(), numbers_of(other)[0].words()
            both = f"{RULED[one.slot].label}（{first}）和{RULED[other.slot].label}（{second}）"
            said = f"{both}是两项独立要求，分别核对，互不推算。"
            do = "不是矛盾，不用改；一次活动能不能同时算两项，由本局定一次。"
            yield at(other, "two_tests", said, do, also=(one.clause,))
            break


def two_owners(draft: Draft) -> Iterator[Finding]:
    """One act in nearly the same words, given to two different owners in two clauses."""
    groups: dict[str, list[tuple[Said, str, frozenset[str]]]] = {}
    for one in draft.duties:
        owner = one.owner or one.actor
        dated = any(part.get("kind") == "window" for part in one.measures)  # who comes when, not who does it
        if owner and not dated and not _SHARED.search(owner) and len(one.act) >= 6:
            groups.setdefault(one.slot, []).append((one, bare(owner), _pairs(one.act)))
    for slot, group in groups.items():
        for (one, his, mine), (other, hers, theirs) in combinations(group[: _MOST if slot else _MOST * 4], 2):
            if one.clause == other.clause or his in hers or hers in his:
                continue
            if len(mine & theirs) >= 0.7 * len(mine | theirs):
                first, second = one.owner or one.actor, other.owner or other.actor
                said = f"“{short(one.act, 24)}”在{one.clause}由{first}负责，在{other.clause}又由{second}负责。"
                yield at(other, "two_owners", said, "一事只定一个牵头，其余写为配合。", also=(one.clause,))


def _pairs(words: str) -> frozenset[str]:
    plain = re.sub(r"[，。；、“”\s]", "", words)
    return frozenset(plain[n : n + 2] for n in range(len(plain) - 1))


def two_offices(draft: Draft) -> Iterator[Finding]:
    """One leading group whose office is put in two places, or the same sentence written twice."""
    first: dict[str, tuple[str, re.Match[str]]] = {}
    for hit in _OFFICE.finditer(draft.text):
        group, place = hit[1] or "领导小组", re.sub(r"\s", "", hit[2])
        if group not in first:
            first[group] = (place, hit)
            continue
        was, before = first[group]
        if was != place:
            here, there = clause_at(draft.clauses, hit.start()), clause_at(draft.clauses, before.start())
            said = f"{group}办公室写在两处：{was}、{place}。"
            do = "只留一处，并与机构的规范名称一致。"
            also = (there,) if there != here else ()
            spans = ((before.start(), before.end()), (hit.start(), hit.end()))
            yield Finding("two_offices", here, hit.start(), hit.end(), hit[0], said, do, also=also, places=spans)


def clause_at(clauses: tuple[Place, ...], at_: int) -> str:
    """The path of the innermost clause that holds a place of the text; 0 before all headings."""
    holding = [one for one in clauses if one.start <= at_ < one.end]
    return max(holding, key=lambda one: one.path.count("/")).path if holding else "0"
