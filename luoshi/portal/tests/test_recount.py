"""Dates that waited for a year's notice: counted again by a click, every change listed with its why."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time

import pytest
from django.urls import reverse

from luoshi.lib.clock import SHANGHAI
from luoshi.matters.models import Deadline
from luoshi.matters.tests.life import Life
from luoshi.records.models import Entry
from luoshi.workdays import services as workdays

pytestmark = pytest.mark.django_db
NEW_YEARS_EVE = date(2026, 12, 30)


@pytest.fixture
def waiting(cast, monkeypatch):
    """A matter handed out on 30 December 2026: its first feedback falls into a year without a notice."""
    from luoshi.matters import services

    workdays.load_official(by=None, on=NEW_YEARS_EVE)
    monkeypatch.setenv("LUOSHI_NOW", "2026-12-30T10:00")
    matter = Life(cast).to("APPROVED")
    now = datetime.combine(NEW_YEARS_EVE, time(10), SHANGHAI)
    services.assign(matter, by=cast.office, on=NEW_YEARS_EVE, now=now, due_on=date(2027, 2, 26))
    return matter


def load_2027(cast):
    days = {
        date(2027, 1, 1): (False, "元旦"),
        date(2027, 1, 4): (False, "元旦调休"),
        date(2027, 1, 9): (True, "元旦调休"),
    }
    number = "国办发明电〔2026〕9号"
    workdays.load_notice(2027, notice_no=number, notice_on=NEW_YEARS_EVE, days=days, by=cast.sysadmin, on=NEW_YEARS_EVE)


@pytest.mark.clause("2.2.5.1d")
def test_loading_the_notice_and_counting_again_lists_what_moved(cast, enter, waiting):
    first = Deadline.objects.get(matter=waiting, kind="FIRST_FEEDBACK")
    assert first.provisional
    office = enter(cast.office)
    url = reverse("portal:recount")
    assert "1</strong>个时限标着“暂定”" in office.get(url).content.decode()
    load_2027(cast)
    assert office.post(url, {"submission": str(uuid.uuid4())}).status_code == 302
    before = first.due_on
    first.refresh_from_db()
    assert not first.provisional and first.due_on > before
    page = office.get(url).content.decode()
    assert "没有暂定的时限" in page and waiting.title in page
    assert before.isoformat() in page and first.due_on.isoformat() in page
    assert Entry.objects.filter(act="matters.recount").count() == 1


def test_counting_twice_moves_nothing_twice(cast, enter, waiting):
    load_2027(cast)
    office = enter(cast.office)
    for _ in range(2):
        office.post(reverse("portal:recount"), {"submission": str(uuid.uuid4())})
    assert Entry.objects.filter(act="matters.recount").count() == 1


def test_only_the_office_and_the_system_administrator_count_again(cast, enter, waiting):
    load_2027(cast)
    assert enter(cast.handler).post(reverse("portal:recount"), {"submission": str(uuid.uuid4())}).status_code == 403
    assert Deadline.objects.get(matter=waiting, kind="FIRST_FEEDBACK").provisional


def test_who_takes_a_copy_is_on_record(cast, enter, waiting):
    answer = enter(cast.chief).get(reverse("portal:dispatch_docx", args=[waiting.public_id]))
    assert answer.status_code == 200
    entry = Entry.objects.get(act="matters.take_copy")
    assert (entry.actor_id, entry.subject_pk) == (cast.chief.pk, str(waiting.pk))
    assert enter(cast.stranger).get(reverse("portal:dispatch_docx", args=[waiting.public_id])).status_code == 404
    assert Entry.objects.filter(act="matters.take_copy").count() == 1
