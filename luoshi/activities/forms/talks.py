"""谈心谈话 as forms: one short form to record, one line to sign, a line each for what follows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from luoshi.activities.models import TalkFollowUp, TalkNote
from luoshi.activities.rules import TALKS, ActivityKind, FollowUpKind
from luoshi.activities.rules.talking import CONTENT_LONGEST, NEED_LONGEST
from luoshi.activities.services.talks import DEFAULT_PLACE, FollowUpWords
from luoshi.matters.forms.base import DayField, ProseField
from luoshi.org.models import Unit, User
from luoshi.ui.forms import ActForm, EvidenceField, PickSelect

KINDS = [(one.value, one.label) for one in ActivityKind if one in TALKS]


class TalkForm(ActForm):
    """登记谈话. `leaders` given: the office enters that one of them talked; then nothing of the words is asked."""

    act_label = "登记谈话"
    more_label = "地点、同谈人员、诉求、提醒整改（没有的不填）"
    rare = ("demands", "others", "follow_kind", "follow_words", "follow_due", "place")
    talker = forms.ModelChoiceField(
        User.objects.none(), label="谈话人（局领导）", widget=PickSelect, empty_label="请选择"
    )
    kind = forms.ChoiceField(label="谈话类型", choices=KINDS, widget=forms.RadioSelect)
    partner = forms.ModelChoiceField(User.objects.none(), label="谈话对象", widget=PickSelect, empty_label="请选择")
    held_on = DayField(label="谈话日期")
    content = ProseField(
        label="谈话内容", rows=5, max_length=CONTENT_LONGEST, help_text="几句话即可，只有您和谈话对象能看。"
    )
    opinions = ProseField(
        label="对方的意见建议", rows=3, max_length=CONTENT_LONGEST, required=False,
        help_text="登记后可把需要办的列入问题台账，不写是谁提的。",
    )  # fmt: skip
    demands = ProseField(label="对方的诉求", rows=2, max_length=CONTENT_LONGEST, required=False)
    follow_kind = forms.ChoiceField(
        label="提醒或整改", choices=FollowUpKind.choices, initial=FollowUpKind.REMIND, required=False
    )
    follow_words = forms.CharField(label="提醒、整改什么", max_length=300, required=False)
    follow_due = DayField(label="时限", required=False)
    others = forms.CharField(
        label="同时谈的其他人", max_length=200, required=False, help_text="姓名用顿号隔开；每人各记一份，各自签字。"
    )
    place = forms.CharField(label="地点", max_length=120, required=False, initial=DEFAULT_PLACE)
    sure = forms.BooleanField(label="当天又谈了一次", required=False)

    def __init__(
        self, data: Any = None, *, people: QuerySet[User], leaders: QuerySet[User] | None, kinds: Collection[str],
        on: date, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = {"held_on": on, "kind": next(iter(kinds)), **(kwargs.get("initial") or {})}
        super().__init__(data, **kwargs)
        self.on, self.people = on, people
        self.fields["partner"].queryset = people  # type: ignore[attr-defined]
        self.fields["kind"].choices = [one for one in KINDS if one[0] in kinds]  # type: ignore[attr-defined]
        self.fields["held_on"].widget.attrs["max"] = on.isoformat()
        self.fields["follow_due"].widget.attrs["min"] = on.isoformat()
        if leaders is None:
            del self.fields["talker"]
        else:
            self.fields["talker"].queryset = leaders  # type: ignore[attr-defined]
            self.act_label, self.more_label = "补登已谈话", "地点、同谈人员"
            for name in ("content", "opinions", "demands", "follow_kind", "follow_words", "follow_due"):
                del self.fields[name]
        if len(self.fields["kind"].choices) == 1:  # type: ignore[attr-defined]
            self.fields["kind"].widget = forms.HiddenInput()
        self.speak_plainly()

    @property
    def shown(self) -> list[forms.BoundField]:
        """`sure` is asked only where the same talk is there already."""
        again = "已经登记过" in str(self.non_field_errors()) or bool(self["sure"].value())
        return [one for one in self.visible_fields() if one.name not in self.rare and (one.name != "sure" or again)]

    @property
    def folded(self) -> list[forms.BoundField]:
        return [one for one in self.visible_fields() if one.name in self.rare]

    @property
    def folded_open(self) -> bool:
        return self.is_bound and any(one.errors for one in self.folded)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (day := cleaned.get("held_on")) is not None and day > self.on:
            self.add_error("held_on", "不能晚于今天，谈完再登记。")
        words, due = cleaned.get("follow_words"), cleaned.get("follow_due")
        if words and not due:
            self.add_error("follow_due", "请填写时限。")
        if due and not words:
            self.add_error("follow_words", "请写明提醒、整改什么，或把时限清空。")
        if due and due < self.on:
            self.add_error("follow_due", "不能早于今天。")
        cleaned["partners"] = self._partners(cleaned)
        return cleaned

    def _partners(self, cleaned: dict[str, Any]) -> list[User]:
        """The partner chosen, and the others whose names were typed."""
        found = {one.pk: one for one in [cleaned.get("partner")] if one is not None}
        names = cleaned.get("others", "").replace(",", "、").replace("，", "、").replace(" ", "、").split("、")
        wanted = {one.strip() for one in names if one.strip()}
        known: dict[str, list[User]] = {}
        for one in self.people.filter(name__in=wanted) if wanted else ():
            known.setdefault(one.name, []).append(one)
        unread = sorted(name for name in wanted if len(known.get(name, ())) != 1)
        if unread:
            self.add_error("others", f"认不出：{'、'.join(unread)}。请写全名；重名的请单独登记。")
        found |= {rows[0].pk: rows[0] for rows in known.values() if len(rows) == 1}
        return list(found.values())

    def words(self) -> dict[str, Any]:
        told = super().words()
        follow = told.pop("follow_words", ""), told.pop("follow_due", None), told.pop("follow_kind", "")
        for name in ("partner", "others"):
            told.pop(name, None)
        if follow[0]:
            told["follow_up"] = FollowUpWords(follow[0], follow[1], follow[2] or FollowUpKind.REMIND)
        return told


class AmendTalkForm(ActForm):
    """修改谈话记录, before the other has signed."""

    act_label = "保存修改"
    content = ProseField(label="谈话内容", rows=6, max_length=CONTENT_LONGEST)
    opinions = ProseField(label="对方的意见建议", rows=3, max_length=CONTENT_LONGEST, required=False)
    demands = ProseField(label="对方的诉求", rows=2, max_length=CONTENT_LONGEST, required=False)

    def __init__(self, data: Any = None, *, note: TalkNote, **kwargs: Any) -> None:
        names = ("content", "opinions", "demands", "version")
        super().__init__(data, initial={name: getattr(note, name) for name in names}, **kwargs)


class SignTalkForm(ActForm):
    """签字: one press."""

    act_label = "签字确认"

    def __init__(self, data: Any = None, *, note: TalkNote, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": note.version}, **kwargs)


class PaperSignForm(ActForm):
    """登记纸质签字."""

    act_label = "登记对方已在纸上签字"
    signed_on = DayField(label="签字日期")

    def __init__(self, data: Any = None, *, note: TalkNote, on: date, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": note.version, "signed_on": on}, **kwargs)
        self.fields["files"] = EvidenceField(label="签字件（可不传）")
        self.speak_plainly()


class OpenTalkForm(ActForm):
    """查阅, saying why."""

    act_label = "写明理由并查阅"
    reason = forms.CharField(
        label="查阅理由", min_length=4, max_length=NEED_LONGEST,
        help_text="理由记入留痕，谈话人马上收到通知。只在今天可看。",
    )  # fmt: skip


class FollowUpForm(ActForm):
    """加一条提醒、整改."""

    act_label = "加一条"
    kind = forms.ChoiceField(label="提醒或整改", choices=FollowUpKind.choices, initial=FollowUpKind.REMIND)
    what = forms.CharField(label="提醒、整改什么", max_length=300)
    due_on = DayField(label="时限")

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["due_on"].offer(earliest=on)  # type: ignore[attr-defined]


class FinishFollowUpForm(ActForm):
    """办完."""

    act_label = "办完销掉"
    done_words = forms.CharField(label="办得怎样", max_length=300)

    def __init__(self, data: Any = None, *, row: TalkFollowUp, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": row.version}, auto_id=f"finish-{row.pk}-%s", **kwargs)


class VoidFollowUpForm(ActForm):
    """撤销."""

    act_label = "撤销这一条"
    reason = forms.CharField(label="撤销理由", max_length=300)

    def __init__(self, data: Any = None, *, row: TalkFollowUp, **kwargs: Any) -> None:
        super().__init__(data, initial={"version": row.version}, auto_id=f"void-{row.pk}-%s", **kwargs)


class TalkOpinionForm(ActForm):
    """列入问题台账, without the speaker's name unless he agreed."""

    act_label = "列入问题台账"
    what = ProseField(label="问题", rows=2, max_length=200, help_text="用自己的话写，不要写出是谁说的。")
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="涉及单位", widget=PickSelect, required=False, empty_label="未定"
    )
    named = forms.BooleanField(label="对方同意写明由他反映", required=False)

    def __init__(self, data: Any = None, *, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
