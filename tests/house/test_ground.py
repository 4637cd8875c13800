"""Tests stand on ground laid once (`tests/ground.py`): every one must find it clean, whatever ran before."""

from __future__ import annotations

import pytest
from django.db import connection

from luoshi.org.models import Unit, User
from luoshi.records.models import Entry
from luoshi.records.verify import verify
from luoshi.workdays.models import CalendarYear
from tests.ground import ground

TWICE = pytest.mark.parametrize("turn", [1, 2])


@TWICE
@pytest.mark.django_db
def test_a_test_that_names_no_ground_finds_an_empty_database(turn):
    assert not User.objects.exists() and not Entry.objects.exists() and not CalendarYear.objects.exists()
    Unit.objects.create(kind="COUNTY", name="剩下的", short_name="剩下的", from_on="2026-01-01")


@TWICE
def test_what_one_test_did_to_the_cast_is_gone_in_the_next(cast, turn):
    assert cast.office.name == User.objects.get(pk=cast.office.pk).name == "顾清禾"
    assert not CalendarYear.objects.exists(), "the cast stands without calendars"
    assert verify().ok
    cast.office.name = "改过"
    cast.office.save()
    Unit.objects.filter(pk=cast.bureau.pk).update(name="改过")


@TWICE
def test_a_richer_ground_holds_the_same_cast(official, cast, turn):
    assert official is cast and Unit.objects.get(pk=cast.bureau.pk).name == "云岭县住房和城乡建设局"
    assert sorted(CalendarYear.objects.values_list("year", flat=True)) == list(range(2020, 2027))
    CalendarYear.objects.update(notice_no="改过")
    assert verify().ok is False, "the records see it"


@TWICE
def test_a_broken_test_leaves_the_ground_whole(cast, turn):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username=cast.office.username)
    assert connection.in_atomic_block and ground.lying in ("cast", "")
