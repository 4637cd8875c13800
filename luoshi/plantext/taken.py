"""Which places of a sentence already belong to something that was read (已读).

>>> taken = Taken()
>>> taken.claim(3, 6), taken.claim(5, 9), taken.claim(6, 9)
(True, False, True)
"""

from dataclasses import dataclass, field
from typing import Protocol, TypeVar


class Placed(Protocol):
    """Anything with a span."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_One = TypeVar("_One", bound=Placed)


@dataclass(slots=True)
class Taken:
    """Places already taken; asking costs the length of a span, however much was read before."""

    places: set[int] = field(default_factory=set)

    def claim(self, start: int, end: int) -> bool:
        """Take a span if all of it is free."""
        span = range(start, end)
        if not self.places.isdisjoint(span):
            return False
        self.places.update(span)
        return True

    def put(self, out: list[_One], one: _One | None) -> None:
        """Append `one` where its span is free."""
        if one is not None and self.claim(one.start, one.end):
            out.append(one)
