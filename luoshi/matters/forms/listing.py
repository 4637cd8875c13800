"""What a list is asked for in its address: checked, never trusted; what is not a choice is dropped."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.matters.queries import ListFilter
from luoshi.matters.rules import OPEN, Lamp, State

GROUPS: dict[str, tuple[str, frozenset[str]]] = {
    "open": ("全部在办", frozenset(OPEN)),
    "draft": ("待立项", frozenset({State.DRAFT})),
    "approved": ("待交办", frozenset({State.APPROVED})),
    "assigned": ("待签收", frozenset({State.ASSIGNED})),
    "running": ("办理中", frozenset({State.ACCEPTED})),
    "check": ("待核查、待办结", frozenset({State.SUBMITTED, State.VERIFIED})),
    "closed": ("已办结", frozenset({State.CLOSED, State.ARCHIVED})),
    "ended": ("中止、撤销", frozenset({State.SUSPENDED, State.CANCELLED})),
}
"""The states as a clerk speaks of them: key in the address → word, states."""
LAMPS = (Lamp.RED, Lamp.AMBER, Lamp.GREEN)


class FilterForm(forms.Form):
    """The filters of the list; every value comes from the address."""

    state = forms.ChoiceField(choices=[(key, word) for key, (word, _) in GROUPS.items()], required=False)
    lamp = forms.ChoiceField(choices=[(one.value, one.label) for one in LAMPS], required=False)
    unit = forms.IntegerField(min_value=1, max_value=2**31, required=False)
    mine = forms.BooleanField(required=False)
    order = forms.ChoiceField(choices=[("new", ""), ("due", "")], required=False)
    q = forms.CharField(label="事项名称或编号", max_length=60, required=False)
    after = forms.CharField(max_length=40, required=False)
    matter = forms.UUIDField(required=False)

    def values(self) -> dict[str, Any]:
        """The values that hold; the others as if they were not there."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def wanted(self, *, leader_id: int | None = None, unit_id: int | None = None) -> ListFilter:
        """What `queries.matter_list` takes; `leader_id` or `unit_id` say whose 我的 is."""
        told = self.values()
        return ListFilter(
            states=tuple(sorted(GROUPS[told["state"]][1])) if told["state"] else (),
            lamp=told["lamp"] or "",
            unit_id=told["unit"] or (unit_id if told["mine"] else None),
            leader_id=leader_id if told["mine"] else None,
            words=told["q"] or "",
            order=told["order"] or "new",
        )
