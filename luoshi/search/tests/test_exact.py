"""The promise of the room: an answer is exactly what contains every word, after NFKC and case folding."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.search import queries
from luoshi.search.models import Gram, Item
from luoshi.search.rules import Doc, Source, bigrams, marked, refusal, words
from luoshi.search.services import index

pytestmark = pytest.mark.django_db(transaction=False)
LETTERS = "问责调研住建小区老旧一二AbＡｂ①㎡ßİ0７%_\\'\"<&. \n　，-😀"
TEXTS = st.text(alphabet=LETTERS, max_size=24)
ANY = st.text(max_size=12)


def plainly(text: str) -> str:
    """The definition, written down a second time."""
    return unicodedata.normalize("NFKC", text).casefold().replace("\0", "")


def contains(doc: tuple[str, str, str], question: str) -> bool:
    parts = [plainly(one) for one in doc]
    return all(any(word in part for part in parts) for word in plainly(question).split())


class Room:
    """A room whose rows are what it is told to hold."""

    def __init__(self) -> None:
        self.rows: dict[int, tuple[str, str, str]] = {}

    def docs(self, keys):
        return [
            Doc("note", key, 1, self.rows[key][1], self.rows[key][2], (self.rows[key][0],) if self.rows[key][0] else ())
            for key in keys
            if key in self.rows
        ]

    def keys(self, after: int, size: int):
        return sorted(key for key in self.rows if key > after)[:size]

    @property
    def source(self) -> Source:
        return Source("note", self.keys, self.docs)


def ask(question: str) -> list[int]:
    asked = words(question)
    return sorted(queries.containing(asked, "note", queries.candidates(asked)).values_list("key", flat=True))


CODES = st.text(alphabet="abz0123456789-", max_size=9)


@settings(max_examples=60, deadline=None)
@given(
    docs=st.lists(st.tuples(CODES, TEXTS | ANY, TEXTS | ANY), min_size=1, max_size=8),
    questions=st.lists(TEXTS | ANY, min_size=1, max_size=4),
    cut=st.tuples(st.integers(0, 20), st.integers(1, 6)),
)
def test_answers_are_what_contains_the_words(docs, questions, cut):
    room = Room()
    room.rows = dict(enumerate(docs, start=1))
    start, length = cut
    asked = [*questions, docs[0][2][start : start + length], docs[-1][1][start : start + length], docs[0][0]]
    with transaction.atomic():
        index(room.source, list(room.rows))
        for question in asked:
            if not refusal(question):
                wanted = [key for key, doc in room.rows.items() if contains(doc, question)]
                assert ask(question) == wanted, (question, docs)
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_a_changed_text_leaves_the_pairs_of_the_new_one_only(before, after):
    room = Room()
    with transaction.atomic():
        for text in (before, after):
            room.rows = {1: ("", "标题", text)}
            index(room.source, [1])
        assert set(Gram.objects.values_list("gram", flat=True)) == bigrams(Item.objects.get().folded)
        assert index(room.source, [1]) == 0, "what stands is not written again"
        room.rows = {}
        assert index(room.source, [1]) == 1
        assert not Item.objects.exists() and not Gram.objects.exists()
        transaction.set_rollback(True)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS | ANY, question=TEXTS, width=st.integers(0, 20))
def test_marking_changes_no_word(text, question, width):
    flat = " ".join(text.split())
    pieces = marked(text, words(question), width=width)
    told = "".join(piece for piece, _ in pieces)
    if not width or len(flat) <= width:
        assert told == flat
    else:
        assert told.removeprefix("…").removesuffix("…") in flat
    for piece, hit in pieces:
        assert not hit or any(part in plainly(piece) for part in words(question))


def test_one_character_reads_the_texts():
    room = Room()
    room.rows = {1: ("", "窨井普查", ""), 2: ("", "道路", "路灯与井盖"), 3: ("", "道路", "")}
    index(room.source, [1, 2, 3])
    assert queries.rare_pairs(["井"]) == []
    assert ask("井") == [1, 2]


def test_a_pair_nobody_has_ends_the_search_at_once(django_assert_num_queries):
    room = Room()
    room.rows = {1: ("", "窨井普查", "")}
    index(room.source, [1])
    with django_assert_num_queries(1):
        assert queries.candidates(["窨井龘靐"]) == {}
    assert ask("窨井龘靐") == []


def test_common_pairs_choose_nothing_and_the_text_still_decides(monkeypatch):
    monkeypatch.setattr(queries, "COMMON", 0)
    room = Room()
    room.rows = {1: ("", "窨井普查", ""), 2: ("", "普查窨井", "")}
    index(room.source, [1, 2])
    assert queries.rare_pairs(["窨井普查"]) == []
    assert ask("窨井普查") == [1]


def test_the_order_is_code_then_title_then_text():
    room = Room()
    room.rows = {1: ("", "其他", "第7号"), 2: ("17", "其他", ""), 3: ("7", "其他", "")}
    index(room.source, [1, 2, 3])
    asked = words("7")
    found = queries.containing(asked, "note", None).order_by("rank", "-key").values_list("key", flat=True)
    assert list(found) == [3, 2, 1]


@pytest.mark.parametrize(
    ("question", "says"),
    [("。，、", "标点"), ("%", "标点"), ("长" * 61, "60"), (" ".join("甲乙丙丁戊己庚辛壬"), "8")],
)
def test_what_is_not_looked_up_is_said_in_words(question, says):
    assert says in refusal(question)


@pytest.mark.parametrize("question", ["井", "7", "a", "😀x", "老旧 小区"])
def test_what_can_be_looked_up_is(question):
    assert refusal(question) == ""


def test_the_index_is_written_only_inside_a_transaction(monkeypatch):
    from luoshi.search import services

    class Outside:
        in_atomic_block = False

    monkeypatch.setattr(services, "connection", Outside)
    with pytest.raises(RuntimeError):
        index(Room().source, [1])
