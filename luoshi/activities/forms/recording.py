"""登记 as forms: a study or a meeting; its parts that are seldom needed are folded away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms

from luoshi.activities.forms.people import NamesField, PeopleField
from luoshi.activities.models import Activity
from luoshi.activities.queries import AlikeLine, Roster, sat_in
from luoshi.activities.rules import HALVES, ActivityKind, Presence, Relay, StudyContent, length, read_days
from luoshi.activities.services import Taking, What
from luoshi.matters.models import Meeting
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.ui.forms import ActForm, DayInput, EvidenceField

CORE = "CORE"
"""中心组学习: a group study of the party committee, chosen in one click."""
LEADING = frozenset({"OFFICE", "CHIEF", "LEADER"})


def chips(choices: Iterable[Any]) -> forms.RadioSelect:
    """Few choices as buttons to tap; plain radio buttons, so they need no script."""
    return forms.RadioSelect(attrs={"class": "phrase"}, choices=list(choices))


class EntryForm(ActForm):
    """What all entries share: day, length, people, the unit that held it, what looks alike.

    `activity` is what is amended; `like` what is copied (“按上次填”).
    """

    act_label = "登记"
    kinds: Sequence[tuple[str, str]] = ()
    rare: tuple[str, ...] = ()
    more_label = "更多（可不填）"
    unasked: tuple[str, ...] = ()
    """Words of an activity that this form neither shows nor changes."""
    held_on = forms.DateField(label="日期", widget=DayInput)
    half_days = forms.TypedChoiceField(label="时长", coerce=int)
    people = PeopleField(label="参加人员")
    unit = forms.ModelChoiceField(Unit.objects.none(), label="组织单位", empty_label=None)
    sure = forms.BooleanField(label="不是同一次，仍要登记", required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        bureau: Unit,
        user: User,
        roster: Roster,
        on: date,
        activity: Activity | None = None,
        like: Activity | None = None,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.bureau, self.user, self.roster, self.on, self.activity = bureau, user, roster, on, activity
        self.alike: list[AlikeLine] = []
        source = activity or like
        given = self.defaults() | (self.filled(source) if source is not None else {}) | (initial or {})
        if activity is not None:
            self.act_label = "保存修改"
            given |= {"held_on": activity.held_on, "version": activity.version}
        super().__init__(data, initial=given, **kwargs)
        for field in self.fields.values():
            if isinstance(field, PeopleField):
                field.offer(roster)
            elif isinstance(field, NamesField):
                field.roster = roster
        units = org.units_of(bureau.pk, on) | Unit.objects.filter(pk=bureau.pk)
        self.fields["unit"].queryset = units.order_by("rank", "id")  # type: ignore[attr-defined]
        kept = {given.get("half_days", 1), activity.half_days if activity else 1}
        lengths = sorted({*HALVES, *kept})
        self.fields["half_days"].choices = [(one, length(one)) for one in lengths] + (  # type: ignore[attr-defined]
            [] if 0 in lengths else [(0, length(0))]
        )
        self.fields["files"] = EvidenceField(label="材料（可不传）")
        self.speak_plainly()

    def defaults(self) -> dict[str, Any]:
        """Today, half a day, one's own unit."""
        own = [desk.unit.pk for desk in self.roster.desks if desk.unit.pk in self.roster.own_units]
        return {"held_on": self.on, "half_days": 1, "unit": next(iter(own), self.bureau.pk)}

    def filled(self, activity: Activity) -> dict[str, Any]:
        """The words and people of an activity, for an edit or a copy."""
        sat = sat_in(activity)
        names = ("title", "half_days", "place", "place_kind", "content", "theme", "counterpart", "outcome", "form")
        told = {name: getattr(activity, name) for name in names}
        known = self.roster.people
        speakers = [known[pk].name for pk in sat[Presence.SPEAKER] if pk in known]
        return told | {
            "unit": activity.unit_id,
            "people": [*sat[Presence.PRESENT], *sat[Presence.SPEAKER]],
            "leave": "、".join(known[pk].name for pk in sat[Presence.LEAVE] if pk in known),
            "speakers": "、".join([*speakers, *([activity.speaker] if activity.speaker else [])]),
            "leader_lesson": activity.leader_lesson,
            "relay": activity.relay,
            "until_on": activity.until_on if activity == self.activity else None,
        }

    @property
    def shown(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name not in (*self.rare, "sure")]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name in self.rare]

    @property
    def folded_open(self) -> bool:
        return bool(self.errors) and any(one.errors for one in self.folded)

    def warn(self, found: list[AlikeLine]) -> None:
        """Show what looks alike, and let the sender say that it is another."""
        self.alike = found
        self.fields["sure"].widget = forms.CheckboxInput()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        until, day = cleaned.get("until_on"), cleaned.get("held_on")
        if until is not None and day is not None and until < day:
            self.add_error("until_on", "结束日期不能早于开始日期。")
        if day is not None and day > self.on:
            self.add_error("held_on", "这一天还没有到，活动办完再登记。")
        return cleaned

    def takings(self) -> list[Taking]:
        """Who took part and how: ticked, speaking, on leave."""
        told = self.cleaned_data
        speakers, _ = told.get("speakers") or ([], "")
        leave, _ = told.get("leave") or ([], "")
        speaking, away = {one.pk for one in speakers}, {one.pk for one in leave}
        found = {one.pk: Taking(one, Presence.SPEAKER) for one in speakers}
        found |= {one.pk: Taking(one, Presence.LEAVE) for one in leave}
        present = [one for one in told["people"] if one.pk not in speaking and one.pk not in away]
        found |= {one.pk: Taking(one) for one in present}
        return [*found.values(), *(one for one in self.absent() if one.person.pk not in found)]

    def absent(self) -> list[Taking]:
        """Who stood as 缺席 in what is amended: the form does not ask of them again."""
        if self.activity is None:
            return []
        known = self.roster.people
        missing = sat_in(self.activity)[Presence.ABSENT]
        return [Taking(known[pk], Presence.ABSENT) for pk in missing if pk in known]

    def kept(self, what: What) -> What:
        """With what the amended activity says of itself and this form does not ask."""
        if self.activity is None:
            return what
        return replace(what, **{name: getattr(self.activity, name) for name in self.unasked})


class StudyForm(EntryForm):
    """学习、会议: kind, name, day, length, content, people; several days at once make several records."""

    rare = (
        "more_days", "until_on", "speakers", "leave", "place", "outcome", "unit", "leader_lesson", "counts_study",
        "relay", "files",
    )  # fmt: skip
    unasked = ("theme", "counterpart", "place_kind", "difficult", "form", "nothing_found")
    more_label = "更多：再记几天、主讲人、请假人员、地点、收获、材料"
    kind = forms.ChoiceField(label="类别")
    title = forms.CharField(label="名称或学习主题", max_length=200)
    content = forms.ChoiceField(
        label="学习内容", choices=StudyContent, widget=chips(StudyContent.choices), required=False
    )
    more_days = forms.CharField(
        label="同样的再记几天", max_length=300, required=False,
        help_text="如：11-03、11-10、11-17。每天各记一条，人员和时长相同。",
    )  # fmt: skip
    until_on = forms.DateField(label="结束日期", required=False, widget=DayInput, help_text="连续几天的一次活动才填。")
    speakers = NamesField(label="主讲、主持人", outsiders=True, help_text="写姓名，用顿号隔开；外请的照写。")
    leave = NamesField(label="请假人员", help_text="写姓名，用顿号隔开；记入档案，不计时长。")
    place = forms.CharField(label="地点", max_length=120, required=False)
    outcome = forms.CharField(
        label="收获、成果", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    leader_lesson = forms.BooleanField(label="领导带头讲", required=False)
    counts_study = forms.BooleanField(label="这次会议也算学习，计入学习天数", required=False)
    relay = forms.ChoiceField(label="召开方式（动员部署会）", choices=[("", "不适用"), *Relay.choices], required=False)
    field_order = ("kind", "title", "held_on", "half_days", "content", "people")

    def __init__(
        self, data: Any = None, *, duties: frozenset[str], meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        self.meeting = meeting
        self.duties = duties
        if meeting is not None:
            kwargs["initial"] = {
                "kind": "MEETING", "title": meeting.title, "held_on": meeting.held_on, **(kwargs.get("initial") or {}),
            }  # fmt: skip
        super().__init__(data, **kwargs)
        wanted = [ActivityKind.GROUP_STUDY, ActivityKind.OWN_STUDY, ActivityKind.LECTURE, ActivityKind.MOBILISATION,
                  ActivityKind.MEETING]  # fmt: skip
        core = [(CORE, "中心组学习")] if duties & LEADING else []
        choices = [*core, *((one.value, one.label) for one in wanted)]
        self.fields["kind"].widget = chips(choices)
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]
        if self.activity is not None:
            del self.fields["more_days"]

    def defaults(self) -> dict[str, Any]:
        told = super().defaults()
        if self.duties & LEADING:
            return told | {"kind": "GROUP_STUDY"}
        if "HEAD" in self.duties:
            return told | {"kind": "GROUP_STUDY", "people": self.roster.of_units(self.roster.own_units)}
        return told | {"kind": "OWN_STUDY", "people": [self.user.pk]}

    def filled(self, activity: Activity) -> dict[str, Any]:
        told = super().filled(activity)
        told["kind"] = CORE if activity.core_group else activity.kind
        told["counts_study"] = activity.as_study
        return told

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, words = cleaned.get("held_on"), cleaned.get("more_days") or ""
        more, unread = read_days(words, day) if day else ([], [])
        if unread:
            self.add_error("more_days", f"认不出这些日期：{'、'.join(unread[:5])}。请写成 11-03 这样，用顿号隔开。")
        if any(one > self.on for one in more):
            self.add_error("more_days", "有日期还没有到，活动办完再登记。")
        cleaned["days"] = [day, *more] if day else []
        return cleaned

    def met(self) -> Meeting | None:
        """The minuted meeting that an amended activity counts."""
        return self.activity.meeting if self.activity is not None else None

    def what(self) -> What:
        """The activity in the words of its service."""
        told = self.cleaned_data
        core = told["kind"] == CORE
        meets = told["kind"] in (ActivityKind.MEETING, ActivityKind.MOBILISATION)
        what = What(
            kind=ActivityKind.GROUP_STUDY if core else told["kind"], title=told["title"], unit=told["unit"],
            half_days=told["half_days"], until_on=told["until_on"], place=told["place"], outcome=told["outcome"],
            content=told["content"], core_group=core, leader_lesson=told["leader_lesson"],
            speaker=(told["speakers"] or ([], ""))[1], meeting=self.meeting or self.met(),
            relay=told["relay"] if told["kind"] == ActivityKind.MOBILISATION else "",
            ticked=("study",) if meets and told["counts_study"] else (),
        )  # fmt: skip
        return self.kept(what)


class VoidForm(ActForm):
    """作废: entered by mistake; says why."""

    act_label = "作废"
    reason = forms.CharField(label="作废理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, activity: Activity, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": activity.version}, **kwargs)
