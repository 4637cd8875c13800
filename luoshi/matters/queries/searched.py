"""What of matters, lists and meetings may be looked up, in the words that whoever sees them may read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from luoshi.matters.models import EventEvidence, Feedback, Matter, MatterEvent, Meeting, TaskList
from luoshi.matters.rules import Source as From
from luoshi.search.rules import Doc, Source, in_order


def matter_docs(keys: Sequence[int]) -> list[Doc]:
    """Each matter with its number, requirement, source, and every word people left on its timeline; three queries.

    What the clock itself writes (automatic 催办) is not looked for.
    """
    said: dict[int, list[str]] = defaultdict(list)
    events = MatterEvent.objects.filter(matter__in=keys, operator__isnull=False).exclude(note="").order_by("id")
    for pk, note in events.values_list("matter_id", "note"):
        said[pk].append(note)
    for pk, obstacles, step in (
        Feedback.objects.filter(matter__in=keys).order_by("id").values_list("matter_id", "obstacles", "next_step")
    ):
        said[pk] += [one for one in (obstacles, step) if one]
    return [
        Doc(
            "matter",
            one.pk,
            one.bureau_id,
            one.title,
            "\n".join(filter(None, [one.requirement, one.source_title, *said[one.pk]])),
            (str(one.number), one.number_label) if one.number else (),
        )
        for one in Matter.objects.filter(pk__in=keys)
    ]


def evidence_docs(keys: Sequence[int]) -> list[Doc]:
    """Each piece of evidence of a matter by its file's name."""
    rows = EventEvidence.objects.filter(pk__in=keys).select_related("event__matter", "evidence")
    return [Doc("evidence", one.pk, one.event.matter.bureau_id, one.evidence.name) for one in rows]


def list_docs(keys: Sequence[int]) -> list[Doc]:
    """Each list by its title, its document, and its source in words."""
    return [
        Doc("list", one.pk, one.bureau_id, one.title, f"{one.document}\n{From(one.source).label}".strip())
        for one in TaskList.objects.filter(pk__in=keys)
    ]


def meeting_docs(keys: Sequence[int]) -> list[Doc]:
    """Each meeting by its title and kind; what was entered by mistake (作废) too, as its page stays."""
    return [
        Doc("meeting", one.pk, one.bureau_id, one.title, one.get_kind_display())
        for one in Meeting.objects.filter(pk__in=keys)
    ]


MATTERS = Source("matter", in_order(Matter.objects.all), matter_docs)
LISTS = Source("list", in_order(TaskList.objects.all), list_docs)
MEETINGS = Source("meeting", in_order(Meeting.objects.all), meeting_docs)
EVIDENCE = Source("evidence", in_order(EventEvidence.objects.all), evidence_docs)
SEARCHED = (MATTERS, LISTS, MEETINGS, EVIDENCE)
