"""What the ledger is asked for in its address: checked, never trusted; what is not a choice is dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.http import urlencode

from luoshi.problems.queries.finding import ORDERS, ListFilter
from luoshi.problems.rules import Channel, Pace, RaiserAnswer, Source, StyleKind
from luoshi.ui.forms import DayInput, PickSelect

STANDINGS = {
    "open": "全部未销号", "found": "待确认", "confirmed": "待定措施", "rectifying": "整改中", "applied": "待验收",
    "waiting": "已销号，待回头看", "solved": "已解决", "dismissed": "不作问题处理",
}  # fmt: skip
"""Where a problem stands as a clerk speaks of it."""
MARKS = {
    "overdue": "逾期", "look_due": "回头看到期", "stuck": "卡住的", "returned": "退回过", "rebounded": "反弹过",
    "again": "多次反映", "homeless": "没定责任单位",
}  # fmt: skip
NAMED = ("unit", "owner", "leader", "class", "clause")
"""Filters that name a row (`queries.choices.nameable`)."""
SPANS = {"due": "整改时限", "look": "回头看时间", "found": "发现日期", "closed": "销号日期"}
ENDS = [f"{span}_{end}" for span in SPANS for end in ("from", "to")]
QUIET = ("after", "problem", "more")
"""What an address holds beside filters: the page, the problem beside the list, whether 更多条件 is open."""
CHOSEN = {"source": Source, "style": StyleKind, "channel": Channel, "pace": Pace, "answer": RaiserAnswer}


def _choice(label: str, choices: Sequence[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "不限"), *choices], required=False)


def _number(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=2**31 - 1, required=False)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, required=False)


class FilterForm(forms.Form):
    """The filters of the ledger; every value comes from the address. Drawn in full only under 更多条件."""

    q = forms.CharField(label="编号或问题中的字", max_length=60, required=False)
    state = _choice("状态", [*STANDINGS.items()])
    source = _choice("来源", Source.choices)
    unit, owner, leader = _number("责任单位"), _number("责任人"), _number("责任领导")
    pace = _choice("整改类型", Pace.choices)
    style = _choice("作风问题种类", StyleKind.choices)
    channel = _choice("查摆渠道", Channel.choices)
    tag = forms.CharField(label="作风表现", max_length=40, required=False)
    answer = _choice("反映人意见", RaiserAnswer.choices)
    clause = _number("依据条款")
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2200, required=False)
    due_from, due_to = _day("整改时限 从"), _day("整改时限 到")
    look_from, look_to = _day("回头看时间 从"), _day("回头看时间 到")
    found_from, found_to = _day("发现日期 从"), _day("发现日期 到")
    closed_from, closed_to = _day("销号日期 从"), _day("销号日期 到")
    overdue = forms.BooleanField(label=MARKS["overdue"], required=False)
    look_due = forms.BooleanField(label=MARKS["look_due"], required=False)
    stuck = forms.BooleanField(label=MARKS["stuck"], required=False)
    returned = forms.BooleanField(label=MARKS["returned"], required=False)
    rebounded = forms.BooleanField(label=MARKS["rebounded"], required=False)
    again = forms.BooleanField(label=MARKS["again"], required=False)
    homeless = forms.BooleanField(label=MARKS["homeless"], required=False)
    mine = forms.BooleanField(required=False)
    order = forms.ChoiceField(label="排序", choices=[(key, one.word) for key, one in ORDERS.items()], required=False)
    after = forms.CharField(max_length=80, required=False)
    problem = forms.UUIDField(required=False)
    more = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["class"] = _number("问题类别")  # a word of the language, and so no attribute

    def values(self) -> dict[str, Any]:
        """The values that hold; the others as if they were not there."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def offer(self, offers: Mapping[str, list[Any]], told: Mapping[str, Any]) -> None:
        """Make choices of what a bureau has, for drawing the form: what holds stands in it."""
        for name, choices in offers.items():
            label = self.fields[name].label
            widget = PickSelect if name in ("unit", "owner", "leader") else forms.Select
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


def wanted(told: Mapping[str, Any], mine: Mapping[str, int]) -> ListFilter:
    """What `queries.problem_list` takes; `mine` says whose 我的 is, where it is asked for."""
    own = dict(mine) if told["mine"] else {}
    return ListFilter(
        standing=told["state"] or "",
        source=told["source"] or "",
        unit_id=told["unit"] or own.get("unit_id"),
        owner_id=told["owner"] or own.get("owner_id"),
        leader_id=told["leader"] or own.get("leader_id"),
        class_id=told["class"],
        clause_id=told["clause"],
        style_kind=told["style"] or "",
        channel=told["channel"] or "",
        pace=told["pace"] or "",
        tag=told["tag"] or "",
        answer=told["answer"] or "",
        year=told["year"],
        words=told["q"] or "",
        order=told["order"] or "new",
        due=_span(told, "due"),
        look=_span(told, "look"),
        found=_span(told, "found"),
        closed=_span(told, "closed"),
        **{name: bool(told[name]) for name in MARKS},
    )


def _span(told: Mapping[str, Any], name: str) -> tuple[date | None, date | None]:
    return told[f"{name}_from"], told[f"{name}_to"]


def address(told: Mapping[str, Any], **changes: Any) -> str:
    """The ledger's own address with these filters changed; changing a filter begins at the first page."""
    kept = {name: value for name, value in {**told, "after": "", **changes}.items() if value}
    return f"?{urlencode(kept)}"


def words(told: Mapping[str, Any], names: Mapping[str, str], mine: str = "") -> list[tuple[str, str, tuple[str, ...]]]:
    """Each condition in words, and the names it stands under in the address: (label, value, names)."""
    said: list[tuple[str, str, tuple[str, ...]]] = []
    labels = {name: str(field.label) for name, field in FilterForm().fields.items()}
    plain = {
        "q": ("含", told["q"]),
        "state": ("状态", STANDINGS.get(told["state"] or "", "")),
        "mine": ("", mine if told["mine"] else ""),
        **{name: (labels[name], names.get(name, "")) for name in NAMED},
        **{name: (labels[name], kind(told[name]).label if told[name] else "") for name, kind in CHOSEN.items()},
        "tag": (labels["tag"], told["tag"]),
        "year": ("年度", told["year"]),
        **{name: ("", word if told[name] else "") for name, word in MARKS.items()},
    }
    for name, (label, value) in plain.items():
        if value:
            said.append((str(label), str(value), (name,)))
    for span, label in SPANS.items():
        begin, end = _span(told, span)
        if begin or end:
            value = f"{begin}至{end}" if begin and end else (f"{begin}起" if begin else f"{end}止")
            said.append((label, value, (f"{span}_from", f"{span}_to")))
    return said
