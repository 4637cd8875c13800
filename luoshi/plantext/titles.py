"""Titles: of the plan, and of clauses whose first sentence is one (标题)."""

import re

from luoshi.plantext.actors import leading_actor
from luoshi.plantext.outline import Outline
from luoshi.plantext.sentences import Sentence, sentences

_NOTE = re.compile(r"（[^（）]{0,280}）?|[得扣加]\d{1,3}(?:\.\d{1,2})?分")
_ACTS_FIRST = re.compile(r"(?:集中|组织)?(?:开展|落实|组织|推行|实行|实施)")
_TITLE = re.compile(
    r"[^\n。；]{4,60}(?:方案|办法|计划|细则|意见|通知|通告|措施|要点|规定|规划)(?:（[^（）\n]{2,16}）)?"
)


def title_ends(bare: str, tree: Outline, closes: dict[int, int]) -> list[int]:
    """For each clause where its title ends if its first sentence is a title, else its start.

    A first sentence is a title where it is short, stands before more text, and either ends its line or has
    siblings most of which open with a title too; 一是 items that open with an act keep it as a duty.
    """
    firsts: list[Sentence | None] = []
    for place, clause in enumerate(tree.clauses):
        at = clause.start + len(clause.marker)
        below = tree.clauses[place + 1].start if place + 1 < len(tree.clauses) else len(bare)
        found = sentences(bare, at, min(clause.end, below, at + 400), closes)
        firsts.append(found[0] if found else None)
    more = [
        bool(f and _NOTE.sub("", bare[f.end : min(c.end, f.end + 300)]).strip("。\n；："))
        for f, c in zip(firsts, tree.clauses, strict=True)
    ]
    size = [f.end - c.start if f else 0 for f, c in zip(firsts, tree.clauses, strict=True)]
    groups: dict[tuple[int | None, str], tuple[int, int]] = {}
    kinds: dict[str, tuple[int, int]] = {}
    for place, clause in enumerate(tree.clauses):
        brief = int(more[place] and size[place] <= 32)
        done, many = groups.get((clause.parent, clause.kind), (0, 0))
        groups[(clause.parent, clause.kind)] = (done + brief, many + 1)
        done, many = kinds.get(clause.kind, (0, 0))
        kinds[clause.kind] = (done + brief, many + 1)
    out = []
    for place, clause in enumerate(tree.clauses):
        first, end = firsts[place], clause.start
        if first is not None and more[place]:
            short, size_of = groups[(clause.parent, clause.kind)]
            if size_of < 3:
                short, size_of = kinds[clause.kind]
            words = bare[first.start : first.end]
            parts = words.strip("：、.").split("，")
            own_line = first.stop == "\n" and size[place] <= 60 and (len(parts) <= 2 or max(map(len, parts)) <= 8)
            paired = len(parts) == 2 and max(len(part) for part in parts) <= 12
            usual = short * 2 >= size_of and size[place] <= 44 and (len(parts) == 1 or paired)
            # 申请：提出需求 says what is to be done.
            usual = (
                usual and "：" not in words.strip("：") and (own_line or leading_actor(words.strip("：、.")) is None)
            )
            acts = clause.kind == "shi" and _ACTS_FIRST.match(bare[first.start : first.end].strip("：、"))
            if (own_line or usual) and not acts:
                end = first.end
        elif first is not None and _only_heads(bare, tree, place, first):
            end = first.end
        out.append(end)
    return out


def _only_heads(bare: str, tree: Outline, place: int, first: Sentence) -> bool:
    """Whether a clause says nothing but its title before the clauses below it begin."""
    clause = tree.clauses[place]
    below = tree.clauses[place + 1] if place + 1 < len(tree.clauses) else None
    if below is None or below.parent != place or below.start > first.end + 1 or first.end - first.start > 30:
        return False
    words = bare[first.start : first.end].strip("：\n")
    return clause.kind in ("编", "部分", "章", "节") or (
        below.kind != "shi" and not re.search(r"[：，]|应当|必须|不得", words)
    )


def is_title(bare: str, sentence: Sentence) -> bool:
    """Whether a sentence before the first clause is a line that only names a plan."""
    line = sentence.stop in ("\n", "") and bare[sentence.start - 1 : sentence.start] in ("", "\n")
    return line and _TITLE.fullmatch(bare, sentence.start, sentence.end) is not None


def plan_title(bare: str, tree: Outline) -> str | None:
    """The plan's own title: the last title-like line before the first clause."""
    end = tree.clauses[0].start if tree.clauses else min(len(bare), 600)
    lines = [line for line in bare[:end].split("\n") if line]
    named = [line for line in lines if len(line) <= 60 and _TITLE.fullmatch(line) and "，" not in line]
    plain = [line for line in named if not re.search(r"关于印发|的通知$", line)]
    chosen = plain[-1] if plain else named[-1] if named else None
    if chosen is None:
        quoted = re.search(r"《([^《》]{4,50}(?:方案|办法|计划|细则|意见|措施))》的(?:通知|函)", bare[:end])
        chosen = quoted[1] if quoted else None
    return chosen
