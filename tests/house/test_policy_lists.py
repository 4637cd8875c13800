"""Lists and meetings held against the hand-written table: every person of the cast does every act, or is refused."""

from __future__ import annotations

import pytest
from django.db import transaction

from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters import rules, services
from luoshi.matters.models import Meeting, TaskList
from luoshi.matters.tests.life import DAY, Life, at
from luoshi.matters.tests.test_services_lists import items, open_list
from luoshi.matters.tests.test_services_meetings import handed, hold
from luoshi.records.models import Entry
from tests.house import policy_table as policy

pytestmark = pytest.mark.django_db


class _Undo(Exception):
    """Takes an allowed act back."""


@pytest.fixture
def told(cast):
    """A draft list, one whose only matter was cancelled, a meeting with what it handed out, and the next one."""
    life = Life(cast)
    draft = open_list(cast, items=items(cast, 2))
    ended = open_list(cast, items=items(cast, 1), title="已撤销的")
    services.cancel(ended.matters.get(), reason="重复", by=cast.leader, on=DAY, now=at(DAY))
    last = hold(cast, 17, DAY.replace(day=20))
    return life, draft, ended, handed(cast, last, 1).matters.get(), hold(cast, 18)


def attempt(told, cast, name, person) -> str:
    """Do the act as this person and take it back; the refusal, or empty."""
    _, draft, ended, matter, meeting = told
    draft, ended = TaskList.objects.get(pk=draft.pk), TaskList.objects.get(pk=ended.pk)
    meeting = Meeting.objects.get(pk=meeting.pk)
    moment = {"by": person, "on": DAY, "now": at(DAY)}
    words = {"kind": "TEAM", "title": "局班子会", "held_on": DAY, "by": person, "on": DAY}
    acts = {
        "open_list": lambda: open_list(cast, by=person),
        "add_items": lambda: services.add_items(draft, items=items(cast, 1), version=1, **moment),
        "edit_list": lambda: services.edit_list(draft, changes={"title": "改"}, version=1, by=person, on=DAY),
        "carry_on": lambda: services.carry_on(
            draft, upto="APPROVED", version=1, **moment, **(paper(cast) if person == cast.office else {})
        ),
        "archive_list": lambda: services.archive_list(ended, version=1, **moment),
        "open_meeting": lambda: services.open_meeting(bureau=cast.bureau, **words),
        "edit_meeting": lambda: services.edit_meeting(meeting, version=1, **words),
        "void_meeting": lambda: services.void_meeting(meeting, reason="重复", version=1, by=person, on=DAY),
        "go_through": lambda: services.go_through(meeting, matter, outcome="CONTINUE", **moment),
    }
    try:
        with transaction.atomic():
            acts[name]()
            raise _Undo
    except _Undo:
        return ""
    except NotAllowed as why:
        return str(why)


def paper(cast) -> dict:
    return {"decided_by": cast.director, "decided_on": DAY}


def test_the_table_and_the_code_name_the_same_acts():
    assert set(policy.LISTS) == set(rules.LIST_ACTS) | set(rules.MEETING_ACTS)


@pytest.mark.parametrize("name", policy.LISTS)
def test_everybody_is_the_table(told, cast, name):
    entries = Entry.objects.count()
    for key in policy.PEOPLE:
        if key == "deputy":
            continue
        why = attempt(told, cast, name, getattr(cast, key))
        if key in policy.LISTS[name].split():
            mine = name == "carry_on" and key == "second_leader"  # the drafts are the other leader's
            assert why == ("清单里没有由您立项的事项；交办由局办公室办理。" if mine else ""), (key, name)
        else:
            assert "您目前没有这项职责" in why, (key, name, why)
    assert Entry.objects.count() == entries, "what was refused or taken back leaves no entry"
