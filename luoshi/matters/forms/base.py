"""What all forms on a matter share: who may be chosen, how a day is typed, and a decision made on paper."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.matters.models import Matter
from luoshi.matters.rules import MOVES
from luoshi.org import queries as org
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.ui.forms import ActForm, DayInput, EvidenceField
from luoshi.workdays.queries import calendar
from luoshi.workdays.rules import add_workdays

CHIPS = (5, 10, 20)
"""Working days offered beside 办结时限."""
PAPER_FILES = "批示、纪要扫描件（已写明出处的可不传）"
PAPER_NAMES = frozenset({"decided_by", "decided_on", "source_note", "files"})
WORDS = 2000
"""Characters at most in one field of prose: a page of paper."""


class DayChips(DayInput):
    """A day's input with days offered beside it as small buttons (static/matters/matters.js fills them in)."""

    template_name = "matters/day_input.html"
    chips: Sequence[tuple[str, date]] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "chips": self.chips}


class DayField(forms.DateField):
    """A civil day, typed or picked; days before `earliest` are refused."""

    widget = DayChips
    earliest: date | None = None

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": "请按 2026-11-23 的样子填写日期。"})
        super().__init__(**kwargs)

    def offer(self, *, earliest: date | None = None, chips: Sequence[tuple[str, date]] = ()) -> None:
        """Set the first day that may be chosen and the days offered beside the input."""
        self.earliest = earliest
        self.widget.chips = chips
        if earliest is not None:
            self.widget.attrs["min"] = earliest.isoformat()

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and self.earliest is not None and day < self.earliest:
            raise forms.ValidationError(f"不能早于 {self.earliest}。")
        return day


class ProseField(forms.CharField):
    """Some lines of text, kept as typed but for blanks at the ends."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", WORDS)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)


class PhraseField(forms.ChoiceField):
    """Ready sentences, one of which may be tapped instead of typing; plain radio buttons, so they need no script."""

    def __init__(self, *phrases: str) -> None:
        widget = forms.RadioSelect(attrs={"class": "phrase"})
        super().__init__(label="常用语", choices=[(one, one) for one in phrases], required=False, widget=widget)


def with_phrase(form: forms.Form, cleaned: dict[str, Any], name: str, missing: str) -> dict[str, Any]:
    """The tapped sentence before what was typed; one of the two must be there."""
    phrase, typed = cleaned.get("phrase") or "", cleaned.get(name) or ""
    if not phrase and not typed and name not in form.errors:
        form.add_error(name, missing)
    return {**cleaned, name: phrase + typed}


def due_chips(bureau_id: int, on: date) -> list[tuple[str, date]]:
    """The days 5, 10 and 20 working days from a day, with their words."""
    days = calendar(bureau_id)
    return [(f"{number}个工作日", add_workdays(on, number, days).due) for number in CHIPS]


def leaders_of(bureau_id: int, on: date) -> QuerySet[User]:
    """主要领导 and 分管领导 of a bureau on a day: whoever may decide on its matters."""
    return (org.holders(Duty.LEADER, bureau_id, on) | org.holders(Duty.CHIEF, bureau_id, on)).distinct()


class Filling:
    """Fill a form's choices and days from the day's facts."""

    fields: dict[str, Any]

    def choose_from(self, name: str, rows: QuerySet[Any]) -> None:
        """Which rows a field offers."""
        self.fields[name].queryset = rows

    def offer_days(self, name: str, *, earliest: date, chips: Sequence[tuple[str, date]] = ()) -> None:
        """The first day that a day field takes, and the days offered beside it."""
        self.fields[name].offer(earliest=earliest, chips=chips)


class PaperFields(Filling):
    """A leader decided on paper or at a meeting, and the office enters it: who, when, and where it is written."""

    def add_paper(self, *, bureau_id: int, leader: Any, on: date) -> None:
        """Add the three fields; evidence or the note is required, and the service holds to it as well."""
        self.fields["decided_by"] = forms.ModelChoiceField(
            leaders_of(bureau_id, on), label="作出决定的领导", initial=leader, empty_label=None
        )
        self.fields["decided_on"] = DayField(label="决定日期", initial=on)
        self.fields["source_note"] = forms.CharField(
            label="批示或会议出处", max_length=200, required=False,
            help_text="如：局长办公会纪要第3期。附上批示或纪要的，可不填。",
        )  # fmt: skip

    def check_paper(self, cleaned: dict[str, Any], *, on: date, staged: Sequence[str]) -> None:
        """A decision of tomorrow, or one that stands nowhere, is no decision."""
        if (day := cleaned.get("decided_on")) is not None and day > on:
            self.add_error("decided_on", "决定日期不能晚于今天。")  # type: ignore[attr-defined]
        if not cleaned.get("source_note") and not staged:
            self.add_error("source_note", "请写明出处，或在下面附上批示、纪要。")  # type: ignore[attr-defined]


class MatterForm(PaperFields, ActForm):
    """A form of one act on one matter, for somebody with these `roles` in it.

    `paper` is True where the office enters what a leader decided off screen.
    """

    evidence_label = ""
    """Where the act takes files: what they are. Empty: it takes none (but a decision on paper always may)."""
    rare: tuple[str, ...] = ()
    """Fields that may stay empty and are folded away under `more_label`."""
    more_label = ""
    rows_template = ""
    """A template drawn above the fields: what the act is about, or rows of fields that a table holds."""

    def __init__(
        self,
        data: Any = None,
        *,
        matter: Matter,
        move: str,
        on: date,
        paper: bool = False,
        roles: Collection[str] = (),
        person: User | None = None,
        **kwargs: Any,
    ) -> None:
        self.matter, self.move, self.on, self.paper, self.roles, self.person = matter, move, on, paper, roles, person
        kwargs["initial"] = {"version": matter.version, **(kwargs.get("initial") or {})}
        kwargs.setdefault("auto_id", f"{move}-%s")
        super().__init__(data, **kwargs)
        label = MOVES[move].label
        self.act_label = f"登记{label}" if paper else label
        self.set_up()
        if paper:
            self.add_paper(bureau_id=matter.bureau_id, leader=matter.leader_id, on=on)
        if paper or self.evidence_label:
            self.fields["files"] = EvidenceField(label=PAPER_FILES if paper else self.evidence_label)
        self.speak_plainly()

    @property
    def opened_on_version(self) -> int | None:
        """The version that the sent form was opened on; None where it was not sent or carries none."""
        try:
            return int(self["version"].data) if self.is_bound else None
        except (TypeError, ValueError):
            return None

    @property
    def route(self) -> str:
        """The URL name of the act."""
        return f"matters:{self.move}"

    @property
    def done_label(self) -> str:
        """What was done, for the message after it."""
        return self.act_label

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields always in sight; those with a key in their name stand in the rows of `rows_template`."""
        return [one for one in self.visible_fields() if one.name not in self.rare and not self.in_rows(one.name)]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields folded under `more_label`."""
        return [one for one in self.visible_fields() if one.name in self.rare]

    @property
    def folded_open(self) -> bool:
        return self.is_bound and any(one.errors or one.value() for one in self.folded)

    def in_rows(self, name: str) -> bool:
        """Whether a field is drawn by `rows_template`: what was added for a row is (`task_7`, `words_0`)."""
        return bool(self.rows_template) and name not in self.base_fields and name not in PAPER_NAMES

    @property
    def redraws(self) -> bool:
        """True where the button that was pressed asks to be shown something (`redrawn`), not to act."""
        return False

    def redrawn(self) -> MatterForm:
        """The form again as the pressed button asks (where `redraws`)."""
        return self

    def set_up(self) -> None:
        """Fill choices and defaults from the matter; what an act's own form overrides."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.paper:
            self.check_paper(cleaned, on=self.on, staged=self.staged)
        return cleaned

    def words(self) -> dict[str, Any]:
        """What the service of the move takes beside who and when."""
        return {name: value for name, value in super().words().items() if name != "files"}
