"""What holds for every verb: one act, one group of entries, every changed row sealed; and what the database refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import services
from luoshi.matters.models import Matter, MatterEvent, MatterParty
from luoshi.matters.rules import MOVES, WORDS
from luoshi.matters.tests.life import DAY, Life, at, clean, groups, staged
from luoshi.records.models import Entry
from luoshi.records.services import BadFile
from tests import stock

VERBS = {"amend": "update_draft"}
FIRST_STATE = {
    "amend": "DRAFT", "approve": "DRAFT", "assign": "APPROVED", "accept": "ASSIGNED", "decline": "ASSIGNED",
    "allot": "ACCEPTED", "feed_back": "ACCEPTED", "submit": "ACCEPTED", "receive": "ASSIGNED",
    "contribute": "ACCEPTED", "verify": "SUBMITTED", "send_back": "VERIFIED", "close": "VERIFIED",
    "archive": "CLOSED", "urge": "ACCEPTED", "read": "ACCEPTED", "instruct": "ACCEPTED", "extend": "ACCEPTED",
    "suspend": "ACCEPTED", "resume": "SUSPENDED", "reassign": "ACCEPTED", "reopen": "ARCHIVED", "cancel": "ACCEPTED",
    "return_part": "ASSIGNED", "allot_part": "ACCEPTED", "urge_part": "ACCEPTED", "adjust_parties": "ACCEPTED",
    "propose_roadmap": "ACCEPTED", "accept_roadmap": "ACCEPTED", "return_roadmap": "ACCEPTED",
    "finish_step": "ACCEPTED", "undo_step": "ACCEPTED", "ask_extension": "ACCEPTED", "withdraw_extension": "ACCEPTED",
    "grant_extension": "ACCEPTED", "refuse_extension": "ACCEPTED",
}  # fmt: skip


@pytest.fixture
def life(cast):
    return Life(cast)


def make(life, matter, name, **extra):
    by, words = life.ordinary(name)
    verb = getattr(services, VERBS.get(name, name))
    named = getattr(life, "named", {})
    return verb(matter, **({"by": by, "on": DAY, "now": at(DAY)} | words | named | extra))


def ready(life, name):
    """A matter on which the move can be made, with what it acts upon."""
    matter = life.to(FIRST_STATE[name])
    life.named = life.prepare(name, matter)
    return Matter.objects.get(pk=matter.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("name", MOVES)
def test_every_move_is_one_act_with_its_entry_and_nothing_unsealed(life, name):
    matter = ready(life, name)
    before, version = groups(), matter.version
    by, _ = life.ordinary(name)
    make(life, matter, name, staged=[staged(by)])
    assert groups() == before + 1
    entry = Entry.objects.latest("id")
    assert (entry.act, entry.actor_id, entry.subject_table) == (f"matters.{name}", by.pk, "matters_matter")
    event = matter.events.latest("id")
    assert (event.move, event.operator, event.on, event.at) == (name, by, DAY, at(DAY))
    assert event.proofs.count() == 1
    matter.refresh_from_db()
    assert matter.version == version + (name not in WORDS)
    assert event.version == matter.version
    assert clean() == []


@pytest.mark.django_db
def test_opening_is_one_act_too(life):
    before = groups()
    life.open(staged=[staged(life.cast.office)])
    assert groups() == before + 1
    assert clean() == []


@pytest.mark.django_db
def test_several_steps_of_one_form_are_one_act(life, cast):
    words = {
        "title": "一次交办到位", "source": "COMMITTEE", "lead_unit": cast.planning, "leader": cast.leader,
        "due_on": date(2026, 12, 18),
    }  # fmt: skip
    before = groups()
    matter = services.hand_out(
        bureau=cast.bureau, by=cast.office, on=DAY, now=at(DAY), decided_by=cast.leader, decided_on=DAY,
        source_note="局党委会纪要", **words,
    )  # fmt: skip
    assert (matter.state, groups()) == ("ASSIGNED", before + 1)
    with pytest.raises(NotAllowed):
        services.hand_out(
            bureau=cast.bureau, by=cast.office, on=DAY, now=at(DAY), decided_by=cast.chief, decided_on=DAY,
            source_note="纪要", **words,
        )  # fmt: skip
    assert Matter.objects.count() == 1, "all of it or nothing"
    assert clean() == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(MOVES) - WORDS))
def test_every_move_refuses_a_stale_form(life, name):
    matter = ready(life, name)
    count = MatterEvent.objects.count()
    with pytest.raises(Stale) as stale:
        make(life, matter, name, version=matter.version - 1)
    assert stale.value.version == matter.version
    assert MatterEvent.objects.count() == count


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if move.reason])
def test_every_move_that_wants_its_reason_refuses_without(life, name):
    matter = ready(life, name)
    word = {"verify": "note", "instruct": "text"}.get(name, "reason")
    with pytest.raises(NotAllowed, match="要写明原因或要求"):
        make(life, matter, name, **{word: " \n"})


@pytest.mark.django_db
def test_a_spent_or_foreign_upload_changes_nothing(life, cast):
    matter = life.to("ASSIGNED")
    token = staged(cast.neighbour)
    with pytest.raises(BadFile), transaction.atomic():
        make(life, matter, "accept", staged=[token])
    matter = Matter.objects.get(pk=matter.pk)
    assert matter.state == "ASSIGNED"
    make(life, matter, "accept")


@pytest.mark.django_db
def test_raw_sql_is_named_by_the_verification(life):
    matter = life.to("CLOSED")
    assert clean() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE matters_matter SET due_on = '2027-06-30' WHERE id = %s", [matter.pk])
    assert [(one.table, one.pk) for one in clean()] == [("matters_matter", str(matter.pk))]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("CLOSED", "closed_on = NULL"),
        ("ACCEPTED", "verifier_id = handler_id"),
        ("ASSIGNED", "day0_on = NULL"),
        ("ACCEPTED", "number = NULL"),
        ("VERIFIED", "submitted_on = NULL"),
        ("SUBMITTED", "due_on = NULL"),
        ("SUSPENDED", "suspended_on = NULL"),
    ],
)
def test_the_database_refuses_what_cannot_be(life, state, change):
    matter = life.to(state)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE matters_matter SET {change} WHERE id = %s", [matter.pk])  # noqa: S608


@pytest.mark.django_db
def test_the_database_refuses_doubles(life, cast):
    matter, other = life.to("ACCEPTED"), life.to("ACCEPTED")
    make(life, matter, "urge")
    event = matter.events.latest("id")
    doubles = [
        lambda: Matter.objects.filter(pk=other.pk).update(number=matter.number),
        lambda: MatterParty.objects.create(matter=matter, unit=cast.housing, role="LEAD"),
        lambda: MatterParty.objects.create(matter=matter, unit=cast.planning, role="ASSIST"),
        lambda: MatterEvent.objects.create(
            matter=matter, cycle=1, move="urge", at=event.at, on=event.on, version=event.version
        ),
        lambda: matter.deadlines.create(
            cycle=1, kind="DUE", day0_on=DAY, original_on=date(2027, 1, 4), due_on=date(2027, 1, 4), citation="x"
        ),
    ]
    for double in doubles:
        with pytest.raises(IntegrityError), transaction.atomic():
            double()


def _races(url: str) -> dict:
    told = subprocess.run(
        [sys.executable, "-m", "luoshi.matters.tests.race"],
        env={**os.environ, "LUOSHI_DATABASE_URL": url},
        cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr[-2000:]
    return json.loads(told.stdout)


RACED = {
    "accepted": ["Stale", "Stale", "Stale", "won"], "events": 1, "approved": ["won"] * 6,
    "numbers": [1, 2, 3, 4, 5, 6, 7], "altered": [], "listed": ["NotAllowed", "won", "won", "won", "won"],
    "list_numbers": list(range(1, 21)), "in_order": True, "carried": ["Stale", "won"],
}  # fmt: skip


def test_races_on_sqlite(tmp_path):
    """Of four who accept at once one wins and the others are told; six numbers taken at once are gap-free."""
    assert _races(f"sqlite:///{tmp_path / 'race.sqlite3'}") == RACED


@pytest.mark.postgres
def test_races_on_postgresql():
    """The same on the suite's PostgreSQL server, in a database of its own."""
    if connection.vendor != "postgresql":
        pytest.skip(f"this run is on {connection.vendor}")
    import psycopg

    server = connection.settings_dict
    place = f"{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT'] or 5432}"
    name = f"luoshi_race_{os.getpid()}"
    with psycopg.connect(f"postgresql://{place}/postgres", autocommit=True) as admin:
        stock.create(admin, name)
        try:
            assert _races(f"postgres://{place}/{name}") == RACED
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
