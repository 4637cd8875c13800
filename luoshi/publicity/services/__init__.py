"""The only writers of articles and what belongs to them."""

from luoshi.publicity.services.publishing import give_back, publish, review, stamp, widen, withdraw
from luoshi.publicity.services.spreading import (
    add_outlet,
    adopt,
    say_none,
    take_copy,
    void_adoption,
    void_outlet,
)
from luoshi.publicity.services.writing import correct, edit, submit, void, write

__all__ = [
    "add_outlet", "adopt", "correct", "edit", "give_back", "publish", "review", "say_none", "stamp", "submit",
    "take_copy", "void", "void_adoption", "void_outlet", "widen", "withdraw", "write",
]  # fmt: skip
