"""Which duty a measure belongs to (归属)."""

from bisect import bisect_left, bisect_right

from luoshi.plantext.model import Duty, Obligation
from luoshi.plantext.outline import Outline

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
    inside: dict[int | None, list[int]] = {}
    for place, (_, clause, _) in enumerate(duties):
        inside.setdefault(clause, []).append(place)
    for place, (row, actor) in enumerate(measured):
        mine = inside.setdefault(row.clause, [])
        owners = _holder(duties, starts, row)
        if not owners and (_is_note(bare, row) or _is_title(titled, row)):
            owners = _ruled(bare, duties, mine, row)
        if not owners and row.kind == "score":
            owners = mine[-1:] or _below(tree, starts, row)
        if not owners:
            text = bare[row.piece[0] : row.piece[1]].strip("，、：\n")
            begin = bare.find(text, row.piece[0])
            duties.append((Duty(begin, begin + len(text), None, text, row.piece), row.clause, actor))
            owners = [len(duties) - 1]
            mine.append(owners[0])
        for owner in owners:
            held.setdefault(owner, []).append(place)
    return held


def _holder(duties: list[Placed], starts: list[int], row: Obligation) -> list[int]:
    """The duty whose words hold this measure (`starts` are those of the duties that were read, in order)."""
    last = bisect_right(starts, row.start) - 1
    return [last] if last >= 0 and row.start < duties[last][0].end else []


def _below(tree: Outline, starts: list[int], row: Obligation) -> list[int]:
    """The first duty of the clauses below a heading that carries points."""
    if row.clause is None:
        return []
    first = bisect_left(starts, row.end)
    found = first < len(starts) and starts[first] < tree.clauses[row.clause].end
    return [first] if found else []


def _is_note(bare: str, row: Obligation) -> bool:
    return bare[row.piece[0]] == "（" or (bare[row.piece[1] - 1] == "）" and "（" in bare[row.piece[0] : row.start + 1])


def _is_title(titled: list[int], row: Obligation) -> bool:
    return row.clause is not None and row.piece[1] <= titled[row.clause]


def _ruled(bare: str, duties: list[Placed], mine: list[int], row: Obligation) -> list[int]:
    """The duties of the clause that a heading or a note rules: all after a heading, those up to the note before."""
    after = [i for i in mine[:_MOST_RULED] if duties[i][0].start >= row.end]
    if bare[row.piece[0]] != "（":
        return after
    return [i for i in mine[-_MOST_RULED:] if duties[i][0].end <= row.start] or after
