"""路线图: steps typed in rows or pasted as lines, the office's answer, and ticking a step off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from luoshi.matters import queries
from luoshi.matters.forms.base import DayField, MatterForm, ProseField
from luoshi.matters.models import RoadmapStep
from luoshi.matters.rules import StepLine, default_days, read_lines
from luoshi.matters.rules.roadmap import MOST
from luoshi.matters.services import StepWords
from luoshi.org import queries as org
from luoshi.workdays.queries import calendar

FIRST_ROWS, SPARE = 3, 3
CHANGE = "调整路线图"
"""The word of the act where a version is in force."""


class ProposeRoadmapForm(MatterForm):
    """Rows of 步骤、时间、责任人; a row without words is no step. Pasted lines are read into rows (`act=read`)."""

    rows_template = "matters/roadmap_rows.html"
    paste = ProseField(
        label="整段粘贴", required=False, rows=4, help_text="一行一步：步骤　日期　责任人。可从Word、Excel复制。"
    )
    reason = forms.CharField(label="调整理由", max_length=300)

    def in_rows(self, name: str) -> bool:
        return name == "paste" or super().in_rows(name)

    def set_up(self) -> None:
        matter = self.matter
        self.days = calendar(matter.bureau_id)
        self.people = list(org.people_of(queries.roadmap_units(matter), self.on).prefetch_related("posts__unit"))
        self.running = queries.accepted_roadmap(matter)
        self.before = {one.pk: one for one in queries.undone(matter)}
        self.returned = queries.returned_roadmap(matter)
        self.remarks: list[str] = list(self.initial.get("remarks", ()))
        if self.running is None:
            del self.fields["reason"]
        else:
            self.act_label = CHANGE
        given = self._sent_rows() if self.is_bound else self.initial.get("rows") or self._offered()
        self.places = range(min(MOST, max(FIRST_ROWS, len(given) + (0 if self.is_bound else SPARE))))
        for place in self.places:
            self._add_row(place, given[place] if place < len(given) else {})

    def _sent_rows(self) -> list[dict[str, Any]]:
        places = [int(name[6:]) for name in self.data if name.startswith("words_") and name[6:].isdigit()]
        return [{} for _ in range(min(MOST, max(places, default=-1) + 1))]

    def _offered(self) -> list[dict[str, Any]]:
        """What the rows begin with: the steps to go on with, those that were returned, or empty ones with dates."""
        steps = list(self.before.values())
        if self.returned is not None:
            steps = [one for one in queries.steps_of(self.returned) if one.done_on is None]
        if steps:
            return [self._row_of(one) for one in steps]
        dates = default_days(self.on, self.matter.due_on, FIRST_ROWS, self.days)
        return [{"on": day, "person": self.matter.handler_id} for day in dates]

    def _row_of(self, step: RoadmapStep) -> dict[str, Any]:
        follows = step.pk if step.pk in self.before else step.follows_id
        known = follows if follows in self.before else None
        return {"words": step.words, "on": step.due_on, "person": step.person_id, "follows": known}

    def _add_row(self, place: int, first: Mapping[str, Any]) -> None:
        label = f"第{place + 1}步"
        self.fields[f"words_{place}"] = forms.CharField(label=label, max_length=200, required=False)
        self.fields[f"on_{place}"] = forms.DateField(
            label=f"{label}时间", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        )
        people = [("", "—"), *((one.pk, str(one)) for one in self.people)]
        self.fields[f"person_{place}"] = forms.ChoiceField(label=f"{label}责任人", required=False, choices=people)
        self.fields[f"follows_{place}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields[f"words_{place}"].widget.attrs["placeholder"] = label
        for name in ("words", "on", "person"):
            self.fields[f"{name}_{place}"].widget.attrs["aria-label"] = self.fields[f"{name}_{place}"].label
        for name, value in first.items():
            self.initial[f"{name}_{place}"] = value

    @property
    def step_rows(self) -> list[dict[str, Any]]:
        """The rows with their bound fields and, for a step that goes on, the date first accepted."""
        found = []
        for place in self.places:
            follows = self[f"follows_{place}"].value()
            was = self.before.get(int(follows)) if str(follows or "").isdigit() else None
            cells = {name: self[f"{name}_{place}"] for name in ("words", "on", "person", "follows")}
            found.append({**cells, "place": place + 1, "was": was, "blank": not cells["words"].value()})
        return found

    @property
    def redraws(self) -> bool:
        """Whether the button asked only to read the pasted lines into rows."""
        return self.is_bound and self.data.get("act") == "read"

    def redrawn(self) -> ProposeRoadmapForm:
        """The form again with the pasted lines in its rows, after what was typed there already."""
        rows = [
            {name: self.data.get(f"{name}_{place}", "") for name in ("words", "on", "person", "follows")}
            for place in self.places
            if self.data.get(f"words_{place}", "").strip()
        ]
        lines = self._read()
        remarks = [remark for place, line in enumerate(lines, len(rows) + 1) for remark in self._doubt(place, line)]
        keys = {str(one): one.pk for one in self.people}
        rows += [
            {
                "words": one.words,
                "on": one.on,
                "person": keys.get(one.person, "" if one.unknown else self.matter.handler_id),
            }
            for one in lines
        ]
        if not lines:
            remarks.append("没有认出步骤，请一行写一步：步骤、日期、责任人。")
        initial = {"rows": rows[:MOST], "remarks": remarks, "reason": self.data.get("reason", "")}
        return type(self)(
            None, matter=self.matter, move=self.move, on=self.on, roles=self.roles, person=self.person, initial=initial
        )

    def _read(self) -> list[StepLine]:
        return read_lines(self.data.get("paste", ""), on=self.on, people={str(one) for one in self.people})

    @staticmethod
    def _doubt(place: int, line: StepLine) -> list[str]:
        found = []
        if line.on is None:
            found.append(f"第{place}步没有认出日期，请填写时间。")
        if line.unknown:
            found.append(f"第{place}步的“{line.unknown}”不在牵头、协办单位人员中，请选择责任人。")
        if not line.words:
            found.append(f"第{place}步没有认出内容，请填写。")
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        keys = {str(one.pk): one for one in self.people}
        steps = []
        for place in self.places:
            words, day = (cleaned.get(f"words_{place}") or "").strip(), cleaned.get(f"on_{place}")
            if not words:
                continue
            if day is None and f"on_{place}" not in self.errors:
                self.add_error(f"on_{place}", "请填写时间。")
            if day is not None:
                follows = cleaned.get(f"follows_{place}") or ""
                person = keys.get(cleaned.get(f"person_{place}") or "")
                steps.append(StepWords(words, day, person, int(follows) if follows.isdigit() else None))
                self._check_day(place, steps[-1])
        if not steps and not self.errors:
            steps = self._pasted()
        cleaned["steps"] = steps
        return cleaned

    def _check_day(self, place: int, step: StepWords) -> None:
        due, was = self.matter.due_on, self.before.get(step.follows or 0)
        if due is not None and step.due_on > due:
            self.add_error(f"on_{place}", f"晚于办结时限 {due}；确需更晚的，请先“申请延期”。")
        elif step.due_on < self.on and (was is None or was.due_on != step.due_on):
            self.add_error(f"on_{place}", "已经过去，请填今天或以后的日期。")

    def _pasted(self) -> list[StepWords]:
        """Pasted lines that leave no doubt are taken as they are; otherwise the person looks at them first."""
        lines = self._read()
        if not lines:
            self.add_error("words_0", "请至少写一个步骤，或在“整段粘贴”里粘贴。")
            return []
        if any(self._doubt(place, one) for place, one in enumerate(lines, 1)):
            self.add_error("paste", "有几处没有认出，请点“识别到上面”，核对后再报送。")
            return []
        keys = {str(one): one for one in self.people}
        return [StepWords(one.words, one.on or date.max, keys.get(one.person, self.matter.handler)) for one in lines]

    def words(self) -> dict[str, Any]:
        given = {"steps": self.cleaned_data["steps"]}
        return given | ({"reason": self.cleaned_data["reason"]} if "reason" in self.cleaned_data else {})


class _Answer(MatterForm):
    """The office's answer, beside the version that waits."""

    rows_template = "matters/roadmap_asked.html"

    def set_up(self) -> None:
        self.waiting = queries.proposed_roadmap(self.matter)
        steps = queries.steps_of(self.waiting)
        days = calendar(self.matter.bureau_id)
        self.steps = queries.step_lines(steps, self.on, days, running=False)
        self.changes = queries.changes(steps, days)
        self.dropped = queries.dropped(self.matter, steps) if self.waiting is not None else []


class AcceptRoadmapForm(_Answer):
    note = forms.CharField(label="意见（可不填）", max_length=300, required=False)


class ReturnRoadmapForm(_Answer):
    reason = forms.CharField(label="退回理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class FinishStepForm(MatterForm):
    """步骤完成: which step, on which day, and a word."""

    step = forms.ModelChoiceField(
        RoadmapStep.objects.none(), label="哪一步", empty_label=None, widget=forms.RadioSelect
    )
    done_on = DayField(label="完成时间")
    note = forms.CharField(label="完成情况（可不填）", max_length=300, required=False)

    def set_up(self) -> None:
        left = queries.undone(self.matter)
        self.choose_from("step", RoadmapStep.objects.filter(pk__in=[one.pk for one in left]))
        self.fields["step"].label_from_instance = lambda one: f"{one.due_on:%m-%d} {one.words}"
        self.initial.setdefault("step", left[0].pk if left else None)
        self.initial.setdefault("done_on", self.on)
        self.fields["done_on"].widget.attrs["max"] = self.on.isoformat()

    def clean_done_on(self) -> date:
        day: date = self.cleaned_data["done_on"]
        if day > self.on:
            raise forms.ValidationError("完成时间不能晚于今天。")
        return day


class UndoStepForm(MatterForm):
    """更正步骤: a step that was ticked off by mistake."""

    step = forms.ModelChoiceField(RoadmapStep.objects.none(), label="哪一步没有完成", empty_label="请选择")
    reason = forms.CharField(label="更正理由", max_length=300)

    def set_up(self) -> None:
        done = queries.done_steps(self.matter)
        self.choose_from("step", RoadmapStep.objects.filter(pk__in=[one.pk for one in done]))
        self.fields["step"].label_from_instance = lambda one: f"{one.done_on:%m-%d}完成 {one.words}"


FORMS: dict[str, type[MatterForm]] = {
    "propose_roadmap": ProposeRoadmapForm,
    "accept_roadmap": AcceptRoadmapForm,
    "return_roadmap": ReturnRoadmapForm,
    "finish_step": FinishStepForm,
    "undo_step": UndoStepForm,
}
