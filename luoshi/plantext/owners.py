"""Which duty a measure belongs to (归属).

Duties never share words. A measure belongs to the duty in whose words it stands; what rules a whole clause (a
heading's date, a note at its end) belongs to every duty it rules, points to the duty that is scored.
"""

import re
from bisect import bisect_left, bisect_right, insort

from luoshi.plantext.model import Duty, Obligation
from luoshi.plantext.outline import Outline
from luoshi.plantext.sentences import Span

# A heading or a note rules the duties of one clause; no clause has more of them than this.
_MOST_RULED = 60
Placed = tuple[Duty, int | None, str | None]


def hold(
    bare: str, tree: Outline, measured: list[tuple[Obligation, str | None]], duties: list[Placed], titled: list[int]
) -> dict[int, list[int]]:
    """Which obligations each duty holds.

    A measure inside a duty is its own; one in a heading or in a note at the end of an item rules every duty
    of that clause. What still has no owner becomes a duty itself, which is appended to `duties`.
    """
    held: dict[int, list[int]] = {}
    starts = [duty.start for duty, _, _ in duties]
    made: list[tuple[int, int]] = []
    inside: dict[int | None, list[int]] = {}
    for place, (_, clause, _) in enumerate(duties):
        inside.setdefault(clause, []).append(place)
    for place, (row, actor) in enumerate(measured):
        mine = inside.setdefault(row.clause, [])
        owners = _holder(duties, starts, row) or _made(duties, made, row)
        if not owners and (_is_note(bare, row) or _is_title(titled, row)):
            owners = _ruled(bare, duties, mine, row)
        if not owners and row.kind == "score":
            owners = mine[-1:] or _below(tree, starts, row)
        if not owners:
            owners = _beside(duties, starts, row)
        if not owners:
            begin, end = _trimmed(bare, _free(duties, starts, row))
            duties.append((Duty(begin, end, None, bare[begin:end], row.piece), row.clause, actor))
            owners = [len(duties) - 1]
            mine.append(owners[0])
            insort(made, (begin, owners[0]))
        for owner in owners:
            held.setdefault(owner, []).append(place)
    return held


def _holder(duties: list[Placed], starts: list[int], row: Obligation) -> list[int]:
    """The duty whose words hold this measure (`starts` are those of the duties that were read, in order)."""
    last = bisect_right(starts, row.start) - 1
    return [last] if last >= 0 and row.start < duties[last][0].end else []


def _made(duties: list[Placed], made: list[tuple[int, int]], row: Obligation) -> list[int]:
    """The duty that an earlier measure of the same words has become."""
    last = bisect_right(made, (row.start, len(duties))) - 1
    return [made[last][1]] if last >= 0 and row.start < duties[made[last][1]][0].end else []


def _beside(duties: list[Placed], starts: list[int], row: Obligation) -> list[int]:
    """The duty whose words begin inside this measure's (its label or mark was left out of the duty)."""
    first = bisect_left(starts, row.start)
    return [first] if first < len(starts) and starts[first] < row.end else []


def _free(duties: list[Placed], starts: list[int], row: Obligation) -> Span:
    """The words of a measure's piece that no duty has yet."""
    begin, end = row.piece
    last = bisect_right(starts, row.start) - 1
    if last >= 0:
        begin = max(begin, duties[last][0].end)
    if last + 1 < len(starts):
        end = min(end, starts[last + 1])
    return begin, end


def _trimmed(bare: str, span: Span) -> Span:
    begin, end = span
    while begin < end - 1 and bare[begin] in "，、：\n":
        begin += 1
    while end - 1 > begin and bare[end - 1] in "，、：\n":
        end -= 1
    return begin, end


def _below(tree: Outline, starts: list[int], row: Obligation) -> list[int]:
    """The first duty of the clauses below a heading that carries points."""
    if row.clause is None:
        return []
    first = bisect_left(starts, row.end)
    found = first < len(starts) and starts[first] < tree.clauses[row.clause].end
    return [first] if found else []


_DATED = re.compile(r"(?:[^，。；]{0,12}[，；])?(?:完成|办结|整改|落实|时间)?(?:时限|期限|时间|节点)(?:要求)?：")


def _is_note(bare: str, row: Obligation) -> bool:
    if _DATED.match(bare, row.piece[0]):
        return True
    return bare[row.piece[0]] in "（【［[" or (
        bare[row.piece[1] - 1] == "）" and "（" in bare[row.piece[0] : row.start + 1]
    )


def _is_title(titled: list[int], row: Obligation) -> bool:
    return row.clause is not None and row.piece[1] <= titled[row.clause]


def _ruled(bare: str, duties: list[Placed], mine: list[int], row: Obligation) -> list[int]:
    """The duties of the clause that a heading or a note rules: all after a heading, those up to the note before."""
    after = [i for i in mine[:_MOST_RULED] if duties[i][0].start >= row.end]
    if bare[row.piece[0]] not in "（【［[" and not _DATED.match(bare, row.piece[0]):
        return after
    return [i for i in mine[-_MOST_RULED:] if duties[i][0].end <= row.start] or after
