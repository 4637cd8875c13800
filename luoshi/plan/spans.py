"""Stretches of a plan's text that a person may choose: the sentences of a clause, the pieces of a duty.

Places are code points of the original text; what is chosen is always cut clean: no blank and no mark at its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from luoshi.plantext.page import view
from luoshi.plantext.sentences import brackets, sentences

Span = tuple[int, int]
EDGES = "，。；：、！？,;:!?"
_BLANK = re.compile(r"\s+")


def trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks and marks at its ends; empty where it holds nothing else.

    >>> text = "一、\\n办公室列出清单，\\n明确时限。"
    >>> start, end = trimmed(text, 2, len(text))
    >>> text[start:end]
    '办公室列出清单，\\n明确时限'
    """
    while start < end and (text[start].isspace() or text[start] in EDGES):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in EDGES):
        end -= 1
    return start, end


def plain(text: str, span: Span) -> str:
    """The words of a stretch on one line."""
    return _BLANK.sub("", text[span[0] : span[1]])


def sentence_spans(text: str, start: int, end: int) -> list[Span]:
    """The sentences of a stretch, brackets and quotation marks kept whole.

    >>> text = "一是清单交办。办公室列出清单；明确“牵头；协办”单位。"
    >>> [text[a:b] for a, b in sentence_spans(text, 0, len(text))]
    ['一是清单交办', '办公室列出清单', '明确“牵头；协办”单位']
    """
    return [span for span, _ in _read(text, start, end)]


def piece_spans(text: str, start: int, end: int) -> list[Span]:
    """The pieces of a stretch, cut at commas and semicolons outside of brackets and quotation marks.

    >>> text = "办公室列出清单，明确牵头单位；限期办结"
    >>> [text[a:b] for a, b in piece_spans(text, 0, len(text))]
    ['办公室列出清单', '明确牵头单位', '限期办结']
    """
    return [piece for _, pieces in _read(text, start, end) for piece in pieces]


def _read(text: str, start: int, end: int) -> list[tuple[Span, list[Span]]]:
    page = view(text[start:end])

    def origin(begin: int, stop: int) -> Span:
        return trimmed(text, start + page.index[begin], start + page.origin_end(stop))

    found = []
    for one in sentences(page.bare, 0, len(page.bare), brackets(page.bare)):
        whole = origin(one.start, one.end)
        pieces = [span for span in (origin(*piece) for piece in one.pieces) if span[0] < span[1]]
        if pieces and whole[0] < whole[1]:
            found.append((whole, pieces))
    return found


def parts(pieces: Sequence[Span], cuts: Iterable[int]) -> list[Span]:
    """The parts that pieces make when they are cut before some of them (numbered from 0, the first needs no cut).

    >>> parts([(0, 4), (5, 9), (10, 14)], [2])
    [(0, 9), (10, 14)]
    """
    firsts = [0, *sorted({cut for cut in cuts if 0 < cut < len(pieces)})]
    lasts = [*(first - 1 for first in firsts[1:]), len(pieces) - 1]
    return [(pieces[first][0], pieces[last][1]) for first, last in zip(firsts, lasts, strict=True)]


def shared_out(obligations: Sequence[Mapping[str, Any]], within: Sequence[Span]) -> list[list[dict[str, Any]]]:
    """Measured parts given to the stretch that holds each one's beginning; the last begun where none holds it.

    >>> shared_out([{"start": 7}, {"start": 1}, {"start": 99}], [(0, 5), (6, 9)])
    [[{'start': 1}], [{'start': 7}, {'start': 99}]]
    """
    given: list[list[dict[str, Any]]] = [[] for _ in within]
    for one in sorted(obligations, key=lambda row: int(row.get("start", 0))):
        at = int(one.get("start", 0))
        begun = [place for place, span in enumerate(within) if span[0] <= at]
        given[begun[-1] if begun else 0].append(dict(one))
    return given


def united(rows: Iterable[Sequence[Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """The measured parts of several duties in the text's order, each once.

    >>> united([[{"start": 7, "end": 9}], [{"start": 1, "end": 3}, {"start": 7, "end": 9}]])
    [{'start': 1, 'end': 3}, {'start': 7, 'end': 9}]
    """
    found = {(one.get("start"), one.get("end"), one.get("comparator")): dict(one) for row in rows for one in row}
    return sorted(found.values(), key=lambda one: (int(one.get("start", 0)), int(one.get("end", 0))))
