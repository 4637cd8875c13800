"""What stands in the sample story's personal lists, and the two people who may read it; where those lists lie."""

from __future__ import annotations

from typing import Any

from luoshi.demo.selfchecks import OWN
from luoshi.problems.models import Institution, Problem, ProblemClass, SelfCheckRound, Suggestion

REVIEWERS = {
    "leader": "director", "second_leader": "director", "director": "leader", "handler": "chief",
    "second_handler": "chief",
}  # fmt: skip
READERS: dict[str, set[str]] = {
    words: {key, REVIEWERS[key]}
    for key, rows in OWN.items()
    for _, title, measure in rows
    for words in (title, measure)
} | {"常让人“过几天再打来”": {"handler", "chief"}}
"""Words of a list → its owner and his reviewer; nobody else may meet them on any page."""
LISTS = (
    "self_check", "self_check_fill", "self_check_recall", "self_check_accept", "self_check_return", "self_check_add",
)  # fmt: skip
ROUNDS = ("self_check_round", "round_change", "round_widen", "round_reviewer")
CLASSES = ("problem_class", "class_take_in", "class_ungroup", "class_edit", "class_decide", "class_void")
MADE = ("institution", "institution_edit", "institution_void", "institution_paper")


def places() -> dict[str, list[Any]]:
    """The arguments of every page of lists, rounds, classes and institutions, taken from the story."""
    told = Suggestion.objects.select_related("check_list").latest("pk")
    lies = {
        LISTS: told.check_list.public_id,
        ROUNDS: SelfCheckRound.objects.latest("pk").public_id,
        CLASSES: ProblemClass.objects.latest("pk").public_id,
        MADE: Institution.objects.latest("pk").public_id,
        ("item_publish",): Problem.objects.filter(self_check=told.check_list).latest("pk").public_id,
    }
    found: dict[str, list[Any]] = {f"problems:{name}": [key] for names, key in lies.items() for name in names}
    return found | {"problems:suggestion_decline": [told.check_list.public_id, told.pk]}


def items() -> list[str]:
    """The pages of every item of every list."""
    return [one.get_absolute_url() for one in Problem.objects.filter(self_check__isnull=False).order_by("pk")]


def leaked(text: str, who: str) -> list[str]:
    """Words of personal lists on a page that this person may not read."""
    return [words for words, may in READERS.items() if who not in may and words in text]
