"""Picking people by unit: one tick for a whole unit, then un-tick who was away."""

from __future__ import annotations

from typing import Any

from django import forms

from luoshi.activities.queries import Roster
from luoshi.activities.queries.people import Desk
from luoshi.org.models import User


class PeoplePick(forms.Widget):
    """Ticks by unit; the unit's own tick and the search box are the script's (static/activities/activities.js)."""

    template_name = "activities/people_pick.html"
    use_fieldset = True
    roster: Roster | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        getter = getattr(data, "getlist", None)
        return list(getter(name)) if getter else list(data.get(name, []))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        chosen = {str(one) for one in value or ()}
        desks = [self._desk(desk, chosen) for desk in (self.roster.desks if self.roster else ())]
        context["widget"]["desks"] = desks
        context["widget"]["chosen"] = sum(one["ticked"] for one in desks)
        context["widget"]["total"] = sum(len(one["people"]) for one in desks)
        return context

    def _desk(self, desk: Desk, chosen: set[str]) -> dict[str, Any]:
        """A unit with its people and their ticks; open where some are ticked or it is one's own."""
        people = [(one.pk, one.name, one.pinyin.lower(), str(one.pk) in chosen) for one in desk.people]
        ticked = sum(1 for one in people if one[3])
        own = self.roster is not None and desk.unit.pk in self.roster.own_units
        return {"unit": desk.unit, "people": people, "ticked": ticked, "open": 0 < ticked < len(people) or own}


class PeopleField(forms.Field):
    """The people of a roster that were ticked; somebody who is not on it any more stays where he stood (`there`)."""

    widget = PeoplePick
    default_error_messages = {"unknown": "有人员不在可选范围内，请重新选择。"}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": "请选择参加人员。"})
        super().__init__(**kwargs)
        self.roster: Roster | None = None

    def offer(self, roster: Roster) -> None:
        """Whom the field offers."""
        self.roster = self.widget.roster = roster

    def to_python(self, value: Any) -> list[User]:
        known = self.roster.people if self.roster else {}
        try:
            return [known[int(one)] for one in dict.fromkeys(value or ())]
        except (KeyError, ValueError):
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown") from None


class NamesField(forms.CharField):
    """Names as somebody types them, with 、 between; each must be one person of the roster."""

    def __init__(self, *, outsiders: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 400)
        super().__init__(required=False, **kwargs)
        self.roster: Roster | None = None
        self.outsiders = outsiders

    def clean(self, value: Any) -> tuple[list[User], str]:
        """The people found, and the names of nobody here (where they may be: a teacher from outside)."""
        words = super().clean(value)
        found, unread = self.roster.named(words) if self.roster else ([], [])
        if unread and not self.outsiders:
            raise forms.ValidationError(
                f"没有找到（或有重名）：{'、'.join(unread[:5])}。请写全名，重名的写工号，用顿号隔开。"
            )
        return found, "、".join(unread)
