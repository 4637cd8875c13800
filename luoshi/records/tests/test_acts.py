"""An act is whole or it is not there."""

from __future__ import annotations

import uuid
from itertools import pairwise

import pytest
from django.db import DatabaseError, connection, transaction

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import services as org
from luoshi.org.models import Unit
from luoshi.records.models import ChainHead, Entry, Submission, TypedDraft
from luoshi.records.services import Altered, FormKey, Repeated, act, keep_typed, record, sent_form, sweep


def test_every_act_leaves_one_linked_entry(cast):
    entries = list(Entry.objects.filter(bureau_id=cast.bureau.pk).order_by("seq"))
    assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
    assert all(later.prev == earlier.mac for earlier, later in pairwise(entries))
    head = ChainHead.objects.get(bureau_id=cast.bureau.pk)
    assert (head.seq, head.mac) == (entries[-1].seq, entries[-1].mac)


def test_a_refused_act_leaves_nothing(cast):
    before = Entry.objects.count()
    with pytest.raises(NotAllowed, match="独立账号"):
        org.appoint(cast.auditor, unit=cast.planning, duty="HANDLER", by=cast.secadmin, on=cast.bureau.from_on)
    assert Entry.objects.count() == before


def test_record_outside_an_act_is_a_programming_error(cast):
    with pytest.raises(RuntimeError):
        record(cast.office, "x", cast.bureau, bureau=cast.bureau.pk)


@pytest.mark.parametrize("statement", ["UPDATE records_entry SET act='x'", "DELETE FROM records_entry"])
def test_the_database_itself_refuses_to_change_entries(cast, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_same_form_makes_one_record(cast):
    @act
    def rename(name):
        Unit.objects.filter(pk=cast.planning.pk).update(short_name=name)
        record(cast.office, "org.rename", cast.planning, bureau=cast.bureau.pk)

    key = FormKey(cast.office.pk, uuid.uuid4(), "same")
    with sent_form(key):
        rename("甲")
    with sent_form(key), pytest.raises(Repeated) as again:
        rename("甲")
    assert again.value.location == cast.planning.get_absolute_url()
    assert Submission.objects.filter(key=key.key).count() == 1
    with sent_form(FormKey(cast.office.pk, key.key, "other")), pytest.raises(Altered):
        rename("乙")
    assert Entry.objects.filter(act="org.rename").count() == 1


def test_an_inner_act_that_is_refused_and_caught_leaves_no_entry(cast):
    @act
    def inner():
        Unit.objects.filter(pk=cast.planning.pk).update(short_name="没有发生")
        record(cast.office, "org.inner", cast.planning, bureau=cast.bureau.pk)
        raise NotAllowed("不行")

    @act
    def outer():
        with pytest.raises(NotAllowed):
            inner()
        record(cast.office, "org.outer", cast.planning, bureau=cast.bureau.pk)

    outer()
    cast.planning.refresh_from_db()
    assert cast.planning.short_name == "规建股"
    assert not Entry.objects.filter(act="org.inner").exists()
    assert Entry.objects.filter(act="org.outer").exists()


def test_a_second_act_of_the_same_request_goes_without_the_key(cast):
    @act
    def note(name):
        record(cast.office, name, cast.planning, bureau=cast.bureau.pk)

    @act
    def refused():
        raise NotAllowed("不行")

    key = FormKey(cast.office.pk, uuid.uuid4(), "same")
    with sent_form(key):
        with pytest.raises(NotAllowed):
            refused()
        note("org.first")
        note("org.second")
    assert Submission.objects.filter(key=key.key).count() == 1
    with sent_form(key), pytest.raises(Repeated):
        note("org.first")
    assert Entry.objects.filter(act__in=["org.first", "org.second"]).count() == 2


def test_what_was_typed_is_kept_a_day_and_a_forms_key_a_week(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-20T10:00")
    keep_typed(path="/matters/new/", typed={"title": ["还没有交出去的话"]})
    Submission.objects.create(actor_id=cast.office.pk, key=uuid.uuid4(), digest="x", at=clock.now())
    for moment, typed, keys in (("21T09:59", 1, 1), ("21T10:01", 0, 1), ("27T10:01", 0, 0)):
        monkeypatch.setenv("LUOSHI_NOW", f"2026-11-{moment}")
        sweep()
        assert (TypedDraft.objects.count(), Submission.objects.count()) == (typed, keys), moment
