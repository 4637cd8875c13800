"""What a list's address asks for, understood once for the page, the export and the filters kept under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from luoshi.matters import queries
from luoshi.matters.forms.listing import NAMED, FilterForm, address, wanted, words
from luoshi.matters.queries import ListFilter
from luoshi.matters.views.loaders import Request
from luoshi.org.rules import Duty


@dataclass(frozen=True, slots=True)
class Asked:
    """An address as understood: the values that hold, the words of the rows it names, the filter they make."""

    told: dict[str, Any]
    names: dict[str, str]
    mine_word: str
    filters: ListFilter
    rows: dict[str, Any]

    @property
    def words(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Each condition as (label, value, its names in the address)."""
        return words(self.told, self.names, self.mine_word)

    @property
    def sentence(self) -> str:
        """All conditions in one line, for print and the sheet."""
        told = "；".join(f"{label}：{value}" if label else value for label, value, _ in self.words)
        return told or "全部事项"

    @property
    def chips(self) -> list[dict[str, Any]]:
        """Each condition as a chip that takes it off."""
        return [
            {"label": f"{label}：{value}" if label else value, "on": True,
             "url": address(self.told, matter="", **dict.fromkeys(names, ""))}
            for label, value, names in self.words
        ]  # fmt: skip


def whose(request: Request) -> tuple[str, dict[str, int]]:
    """What 我的 means for this person: what a leader assigned, or what the person's own unit leads."""
    if request.duties & {Duty.LEADER, Duty.CHIEF}:
        return "我交办的", {"leader_id": request.user.pk}
    own = [one.unit_id for one in request.held if one.duty in (Duty.HEAD, Duty.HANDLER) and not one.standing_in_for]
    return ("本单位牵头的", {"unit_id": own[0]}) if own else ("", {})


def asked(request: Request, on: date, data: QueryDict | None = None) -> Asked:
    """Understand an address; a value that names nothing this person may name is dropped."""
    told = FilterForm(request.GET if data is None else data).values()
    needs = request.bureau and (told["more"] or any(told[name] for name in NAMED))
    rows = queries.nameable(request.user, request.held, request.bureau, on) if needs else {}
    names = queries.named(rows, {name: told[name] for name in NAMED}) if rows else {}
    for name in NAMED:
        if name not in names:
            told[name] = None
    mine_word, mine = whose(request)
    if not mine_word:
        told["mine"] = None
    return Asked(told, names, mine_word, wanted(told, **mine), rows)
