"""What the printed report of a trip and the table of lessons say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from luoshi.activities.models import Lesson, Trip
from luoshi.activities.rules import ActivityKind


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson or piece of advice, with its answer."""

    words: str
    source: str
    held_on: date
    answer: str
    place: str
    unit: str
    decider: str
    decided_on: date | None

    @property
    def told(self) -> str:
        """Its answer as a sentence."""
        if not self.answer:
            return f"“{self.words}”尚待答复。"
        unit = f"，由{self.unit}落实" if self.unit else ""
        return f"“{self.words}”{self.answer}：{self.place}{unit}。"


@dataclass(frozen=True, slots=True)
class TripFacts:
    """One trip, in words."""

    bureau: str
    outgoing: bool
    title: str
    host: str
    unit: str
    held_on: date
    until_on: date | None
    topics: tuple[str, ...]
    people: tuple[str, ...]
    words: str
    lessons: tuple[LessonRow, ...]
    decided: str
    letter: str
    cost: str
    reported_on: date | None


def lesson_rows(rows: Iterable[Lesson]) -> list[LessonRow]:
    """Lessons as rows; `rows` come with their trip, matter and 制度."""
    return [
        LessonRow(
            words=one.words, source=one.trip.host, held_on=one.trip.activity.held_on, answer=one.get_answer_display(),
            place=_place(one), unit=(one.unit.short_name or one.unit.name) if one.unit else "",
            decider=one.decided_by.name if one.decided_by else "", decided_on=one.decided_on,
        )
        for one in rows
    ]  # fmt: skip


def _place(one: Lesson) -> str:
    parts = [one.where, one.why, f"事项{one.matter.number_label}" if one.matter else ""]
    return "；".join(part for part in [*parts, str(one.institution or "")] if part)


def trip_facts(trip: Trip) -> TripFacts:
    """The trip with who went and what was learnt."""
    activity = trip.activity
    people = activity.attendances.filter(void=False).order_by("id").values_list("person__name", flat=True)
    lessons = trip.lessons.filter(void=False).order_by("id")
    lessons = lessons.select_related("trip__activity", "unit", "decided_by", "matter__bureau", "institution")
    decided = f"{trip.decided_by.name}{trip.decided_on}{trip.decision_words or '同意'}" if trip.decided_by else "未审批"
    return TripFacts(
        bureau=activity.bureau.name, outgoing=activity.kind == ActivityKind.OUTGOING, title=activity.title,
        host=trip.host, unit=activity.unit.name, held_on=activity.held_on, until_on=activity.until_on,
        topics=tuple(trip.topics), people=tuple(people), words=trip.report_words, lessons=tuple(lesson_rows(lessons)),
        decided=decided, letter=trip.letter_number or (trip.letter.name if trip.letter else ""),
        cost=f"{trip.cost}元" if trip.cost is not None else "", reported_on=trip.reported_on,
    )  # fmt: skip
