"""What a picture is drawn from: a head, the names of its rows, and figures; the table behind it is the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

Figure = int | Decimal | None
"""None is missing, which is not zero: the line has a gap there, the bar is left out, the table says —."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The rows of one picture; `<c-chart :chart="chart">` draws both the picture and its table of them.

    >>> chart = Chart("季度", ("得分",), (("第二季度", (None,)), ("第三季度", (Decimal("86.5"),))))
    >>> [(label, figures) for label, figures in chart.lines()]
    [('第二季度', [('得分', None)]), ('第三季度', [('得分', Decimal('86.5'))])]
    """

    head: str
    """What a row is: 季度, 单位."""
    series: tuple[str, ...]
    rows: Sequence[tuple[str, tuple[Figure, ...]]]

    def lines(self) -> Iterator[tuple[str, list[tuple[str, Figure]]]]:
        """Each row's name, and its figures beside the names of their columns."""
        for label, figures in self.rows:
            yield label, list(zip(self.series, figures, strict=True))
