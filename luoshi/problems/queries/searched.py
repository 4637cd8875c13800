"""What of problems may be looked up, in the words that whoever sees them may read. Personal lists are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from luoshi.problems.models import Problem, ProblemEvent, ProblemEvidence, Sighting
from luoshi.problems.queries.access import PUBLIC
from luoshi.search.rules import Doc, Source, in_order


def problem_docs(keys: Sequence[int]) -> list[Doc]:
    """Each problem with its number, words, place, what people said and the names of its files; four queries.

    Who raised it is not looked for: a citizen's name is for those who open the problem.
    """
    said: dict[int, list[str]] = defaultdict(list)
    events = ProblemEvent.objects.filter(problem__in=keys, operator__isnull=False).exclude(note="").order_by("id")
    for pk, note in events.values_list("problem_id", "note"):
        said[pk].append(note)
    again = Sighting.objects.filter(problem__in=keys).order_by("id").values_list("problem_id", "words", "place")
    for pk, words, place in again:
        said[pk] += [one for one in (words, place) if one]
    files = ProblemEvidence.objects.filter(event__problem__in=keys).order_by("id")
    for pk, name in files.values_list("event__problem_id", "evidence__name"):
        said[pk].append(name)
    return [
        Doc(
            "problem",
            one.pk,
            one.bureau_id,
            one.title,
            "\n".join(filter(None, [one.detail, one.place, one.source_note, one.cause, one.measure, *said[one.pk]])),
            (str(one.number), one.number_label, f"{one.year}-{one.number:04d}"),
        )
        for one in Problem.objects.filter(PUBLIC, pk__in=keys)
    ]


def _public() -> object:
    return Problem.objects.filter(PUBLIC)


PROBLEMS = Source("problem", in_order(_public), problem_docs)
SEARCHED = (PROBLEMS,)
