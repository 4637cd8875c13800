"""没有责任主体: duties of which neither their sentence, nor their clause, nor its headings say who does them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luoshi.plan.lint.findings import Draft, Finding, Said, at, short, who
from luoshi.plantext.actors import leading_actor

_NOTE = re.compile(
    r"(?:牵头|责任|主办|承办|配合|实施|落实|负责|考核)(?:责任)?(?:单位|部门|科室|股室|领导|人)[：:]"
    r"|由[^，。；：\n]{2,30}?(?:负责|牵头|承担|组织|实施)|（[^（）]{2,40}?(?:负责|牵头)[^（）]{0,20}）"
)
_WHOLE = re.compile(
    r"(?:请|望)?(?:各|全局|全县|全市|全体|局直)[^，。；\n]{0,30}?(?:要|应|请|须)?(?:认真|遵照|结合实际|切实)?"
    r"(?:贯彻执行|遵照执行|贯彻落实|组织实施|抓好落实)"
)
_NOBODYS = frozenset({"campaign_header", "campaign_phases", "campaign_period", "goal_panel"})
"""What a plan says of itself; nobody is told to do it."""
_SUBJECT = re.compile(
    r"^[^，。；]{0,12}?(?:领导|负责人|成员|单位|股室|科室|部门|干部|职工|办公室|中心)(?:要|应|须|为|必须)"
)


def _above(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def owned(draft: Draft) -> list[bool]:
    """For each duty whether anybody answers for it.

    A person's assignment counts; the actor of its sentence; a note (责任单位：…) or an earlier actor of its clause,
    for a heading also a later one; who is named in the lines of the clauses above; and a sentence that binds
    everybody to the whole plan.
    """
    texts = {one.path: draft.text[one.start : one.end] for one in draft.clauses}
    starts = {one.path: one.start for one in draft.clauses}
    child = {path: min((starts[p] for p in starts if p.startswith(f"{path}/")), default=-1) for path in _parents(draft)}
    own = {
        path: (text[: child[path] - starts[path]] if child.get(path, -1) > starts[path] else text)
        for path, text in texts.items()
    }
    noted = {path for path, text in own.items() if _NOTE.search(text)}
    bound = bool(_WHOLE.search(draft.text))
    named: dict[str, list[int]] = {}
    for one in draft.duties:
        if one.actor or one.owner:
            named.setdefault(one.clause, []).append(one.start)
    heads = {one.path: one.start + len(one.title) + 6 for one in draft.clauses if one.title}
    names = tuple({one.actor for one in draft.duties if len(one.actor) > 1})
    return [bound or _answered(one, noted, named, heads, names) for one in draft.duties]


def _parents(draft: Draft) -> set[str]:
    return {above for one in draft.clauses for above in _above(one.path)}


def _answered(
    one: Said, noted: set[str], named: dict[str, list[int]], heads: dict[str, int], names: tuple[str, ...]
) -> bool:
    if who(one) or one.slot in _NOBODYS:
        return True
    if _SUBJECT.match(one.act) or leading_actor(one.act) or one.act.startswith(names):
        return True
    own, heads_it = named.get(one.clause, ()), one.end <= heads.get(one.clause, 0)
    if one.clause in noted or (own and heads_it) or any(start < one.start for start in own):
        return True
    return any(above in noted or above in named for above in _above(one.clause))


def no_owner(draft: Draft) -> Iterator[Finding]:
    """One finding a clause: all its duties without an owner together, as they want one and the same answer."""
    by_clause: dict[str, list[Said]] = {}
    for one, answered in zip(draft.duties, owned(draft), strict=True):
        if not answered:
            by_clause.setdefault(one.clause, []).append(one)
    for duties in by_clause.values():
        first = duties[0]
        acts = "；".join(f"“{short(one.act, 24)}”" for one in duties[:3]) + ("等" if len(duties) > 3 else "")
        many = f"有{len(duties)}项任务" if len(duties) > 1 else "有一项任务"
        yield at(
            first,
            "no_owner",
            f"本条{many}没有写明由谁来做：{acts}。",
            "在条款里写明牵头单位或责任人，或在“原文与任务”里为它指定责任单位。",
            places=tuple((one.start, one.end) for one in duties),
        )
