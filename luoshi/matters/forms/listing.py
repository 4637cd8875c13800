"""What a list is asked for in its address: checked, never trusted; what is not a choice is dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode

from luoshi.matters.queries import ORDERS, ListFilter
from luoshi.matters.rules import OPEN, Block, Lamp, Source, State
from luoshi.ui.forms import DayInput, PickSelect

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
"""The lamps offered as chips above the list; the others are under 更多条件."""
ROADS = {"missing": "没有路线图", "slipped": "步骤滞后"}
MARKS = {"urgent": "加急", "returned": "退回过", "rebounded": "反弹过", "extended": "延期过"}
NAMED = ("unit", "assist", "handler", "leader", "verifier", "task_list", "meeting", "clause")
"""Filters that name a row (`queries.nameable`)."""
SPANS = {"due": "办结时限", "out": "交办日期", "closed": "办结日期"}
ENDS = [f"{span}_{end}" for span in SPANS for end in ("from", "to")]
QUIET = ("after", "matter", "more")
"""What an address holds beside filters: the page, the matter beside the list, whether 更多条件 is open."""


def _choice(label: str, choices: Sequence[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "不限"), *choices], required=False)


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=2**31 - 1, required=False)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, required=False)


class FilterForm(forms.Form):
    """The filters of the list; every value comes from the address. Drawn in full only under 更多条件."""

    q = forms.CharField(label="编号或事项名称中的字", max_length=60, required=False)
    state = _choice("状态", [(key, word) for key, (word, _) in GROUPS.items()] + State.choices)
    lamp = _choice("灯", Lamp.choices)
    unit, assist = _number("牵头单位"), _number("协办单位")
    handler, leader, verifier = _number("承办人"), _number("交办领导"), _number("核查人")
    source = _choice("来源", Source.choices)
    block = _choice("考评板块", Block.choices)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2200, required=False)
    series = forms.CharField(label="编号系列", max_length=20, required=False)
    task_list = forms.UUIDField(label="交办清单", required=False)
    meeting = forms.UUIDField(label="会议", required=False)
    clause = _number("依据条款")
    road = _choice("路线图", [*ROADS.items()])
    due_from, due_to = _day("办结时限 从"), _day("办结时限 到")
    out_from, out_to = _day("交办日期 从"), _day("交办日期 到")
    closed_from, closed_to = _day("办结日期 从"), _day("办结日期 到")
    urgent = forms.BooleanField(label=MARKS["urgent"], required=False)
    returned = forms.BooleanField(label=MARKS["returned"], required=False)
    rebounded = forms.BooleanField(label=MARKS["rebounded"], required=False)
    extended = forms.BooleanField(label=MARKS["extended"], required=False)
    mine = forms.BooleanField(required=False)
    order = forms.ChoiceField(label="排序", choices=[(key, one.word) for key, one in ORDERS.items()], required=False)
    after = forms.CharField(max_length=80, required=False)
    matter = forms.UUIDField(required=False)
    more = forms.BooleanField(required=False)

    def values(self) -> dict[str, Any]:
        """The values that hold; the others as if they were not there."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def offer(self, offers: Mapping[str, list[Any]], told: Mapping[str, Any]) -> None:
        """Make choices of what a bureau has, for drawing the form: what holds stands in it."""
        for name, choices in offers.items():
            label = self.fields[name].label
            widget = PickSelect if name in ("unit", "assist", "handler", "verifier") else forms.Select
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[("", "不限"), *choices], required=False, widget=widget
            )
        self.data = {name: value for name, value in told.items() if value}

    @property
    def drawn(self) -> list[forms.BoundField]:
        """The fields of 更多条件 but for dates and marks, which stand in rows of their own."""
        skip = {*MARKS, *ENDS, *QUIET, "mine"}
        return [self[name] for name in self.fields if name not in skip]

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[name] for name in ENDS]

    @property
    def marks(self) -> list[forms.BoundField]:
        return [self[name] for name in MARKS]


def states_of(key: str | None) -> tuple[str, ...]:
    """The states that a value of `state` means: a group or one of them."""
    if not key:
        return ()
    return tuple(sorted(GROUPS[key][1])) if key in GROUPS else (key,)


def wanted(told: Mapping[str, Any], *, leader_id: int | None = None, unit_id: int | None = None) -> ListFilter:
    """What `queries.matter_list` takes; `leader_id` or `unit_id` say whose 我的 is."""
    mine = bool(told["mine"])
    return ListFilter(
        states=states_of(told["state"]),
        lamp=told["lamp"] or "",
        unit_id=told["unit"] or (unit_id if mine else None),
        assist_id=told["assist"],
        leader_id=told["leader"] or (leader_id if mine else None),
        handler_id=told["handler"],
        verifier_id=told["verifier"],
        source=told["source"] or "",
        block=told["block"] or "",
        series=told["series"] or "",
        year=told["year"],
        task_list=told["task_list"],
        meeting=told["meeting"],
        clause_id=told["clause"],
        road=told["road"] or "",
        words=told["q"] or "",
        order=told["order"] or "new",
        due=_span(told, "due"),
        out=_span(told, "out"),
        closed=_span(told, "closed"),
        **{name: bool(told[name]) for name in MARKS},
    )


def _span(told: Mapping[str, Any], name: str) -> tuple[date | None, date | None]:
    return told[f"{name}_from"], told[f"{name}_to"]


def address(told: Mapping[str, Any], **changes: Any) -> str:
    """The list's own address with these filters changed; changing a filter begins at the first page."""
    kept = {name: value for name, value in {**told, "after": "", **changes}.items() if value}
    return f"?{urlencode(kept)}"


def filters_in(told: Mapping[str, Any]) -> str:
    """Only what filters and orders, without the page, as it is kept under a name."""
    return address(told, **dict.fromkeys(QUIET, ""))[1:]


def words(told: Mapping[str, Any], names: Mapping[str, str], mine: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    """Each condition in words, and the names it stands under in the address: (label, value, names)."""
    said: list[tuple[str, str, tuple[str, ...]]] = []
    plain = {
        "q": ("含", told["q"]),
        "state": ("状态", _state(told["state"])),
        "lamp": ("灯", Lamp(told["lamp"]).label if told["lamp"] else ""),
        "mine": ("", mine if told["mine"] else ""),
        **{name: (str(FilterForm.base_fields[name].label), names.get(name, "")) for name in NAMED},
        "source": ("来源", Source(told["source"]).label if told["source"] else ""),
        "block": ("板块", Block(told["block"]).label if told["block"] else ""),
        "year": ("年度", told["year"]),
        "series": ("系列", told["series"]),
        "road": ("", ROADS.get(told["road"] or "", "")),
        **{name: ("", word if told[name] else "") for name, word in MARKS.items()},
    }
    for name, (label, value) in plain.items():
        if value:
            said.append((str(label), str(value), (name,)))
    for span, label in SPANS.items():
        begin, end = _span(told, span)
        if begin or end:
            value = f"{begin or ''}至{end or ''}" if begin and end else (f"{begin}起" if begin else f"{end}止")
            said.append((label, value, (f"{span}_from", f"{span}_to")))
    return said


def _state(key: str | None) -> str:
    if not key:
        return ""
    return GROUPS[key][0] if key in GROUPS else str(State(key).label)
