"""What may be looked up is fed by the services that write it: the index is what a rebuild makes.

After every mutation this is asked in `test_mutations`, where each route is posted.

A new searchable kind is a `Source` in its room's `searched.py`, named in `ops.searching.SOURCES` and in the hall's
kinds; a service that changes its words and does not feed the index fails here.
"""

from __future__ import annotations

import pytest

from luoshi.matters.models import Matter, MatterEvent
from luoshi.ops import searching
from luoshi.portal.queries.search import KEYS
from luoshi.search.models import Gram, Item

pytestmark = pytest.mark.django_db


def test_every_kind_is_told_by_a_room_shown_by_the_hall_and_has_its_word():
    assert {one.kind for one in searching.SOURCES} == set(KEYS) == set(searching.WORDS)


def test_the_story_is_indexed_as_it_was_told(undone):
    assert set(Item.objects.values_list("kind", flat=True)) >= {"person", "plan", "clause", "matter"}
    assert searching.differing() == {}


def test_a_row_changed_past_the_services_is_found_and_a_rebuild_mends_it(undone):
    matter = Matter.objects.order_by("pk").first()
    Matter.objects.filter(pk=matter.pk).update(title="无人登记的窨井")
    event = MatterEvent.objects.filter(operator__isnull=False).exclude(matter=matter).order_by("pk").first()
    MatterEvent.objects.filter(pk=event.pk).update(note="改过的话")
    gone = Item.objects.filter(kind="person").first()
    Gram.objects.filter(item_id=gone.pk)._raw_delete("default")
    Item.objects.create(kind="plan", key=10**9, bureau=1, title="不存在", head="不存在", folded="不存在")
    assert searching.differing() == {
        "person": [gone.key], "plan": [10**9], "matter": sorted([matter.pk, event.matter_id])
    }  # fmt: skip
    told = searching.rebuild()
    assert searching.differing() == {}
    assert {kind: changed for kind, (_, changed) in told.items() if changed} == {"person": 1, "plan": 1, "matter": 2}
    assert all(changed == 0 for _, changed in searching.rebuild().values())
