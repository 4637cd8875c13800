"""Generated from the routes: every POST that declares an act leaves its Entry, in the same breath, by the right person.

It leaves the index as a rebuild would make it, and sent again it makes nothing more.

Each mutating route has one scenario in `mutations.py`: who posts what where in the sample bureau's story. A route
without a scenario fails here, so a new one cannot come without its record.
"""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.config.urls import THIRD_PARTY_ROUTES
from luoshi.ops import searching
from luoshi.org.access import declared_route
from luoshi.records.models import Entry
from tests.house.filled import filled
from tests.house.scenarios import SCENARIOS, Post
from tests.house.test_routes import ALL

pytestmark = pytest.mark.django_db
MUTATING = sorted(
    name
    for name, view in ALL
    if name not in THIRD_PARTY_ROUTES and (found := declared_route(view, name)) is not None and found.acts
)


def test_every_mutating_route_has_a_scenario():
    assert set(MUTATING) - set(SCENARIOS) == set(), "write these in tests/house/mutations.py"
    assert set(SCENARIOS) - set(MUTATING) == set(), "these routes no longer exist"


@pytest.mark.parametrize("name", MUTATING)
def test_a_mutating_route_leaves_its_entry(undone, name):
    post: Post = SCENARIOS[name](undone)
    view = dict(ALL)[name]
    declared = declared_route(view, name)
    client = Client()
    client.force_login(post.by)
    before = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    url = reverse(name, args=post.args)
    page = client.get(url)
    opened = filled(page.content.decode(), url) if page.status_code == 200 else {}
    data = {"submission": str(uuid.uuid4()), **opened, **post.data}
    answer = client.post(url, data)
    assert answer.status_code in (200, 302), (answer.status_code, answer.content.decode()[:600])
    left = list(Entry.objects.filter(id__gt=before).values_list("act", "actor_id"))
    assert any(act in declared.acts and actor == post.by.pk for act, actor in left), (
        f"{name} declares {declared.acts}, left {left}; the page said: {words(answer)}"
    )
    assert searching.differing() == {}, f"{name} changed words that may be looked up and did not feed the index"
    again = client.post(url, data)
    assert again.status_code in (200, 302)
    assert Entry.objects.filter(id__gt=before).count() == len(left), f"{name}: the same form made a second record"


def test_every_act_has_its_word_in_the_trail():
    """The auditor reads 立项, not `matters.approve`; a new act wants its word in `config/register.py`."""
    from luoshi.config.register import ACT_WORDS
    from luoshi.matters.rules import MOVES

    declared = {act for name, view in ALL if (found := declared_route(view, name)) for act in found.acts}
    assert declared - set(ACT_WORDS) == set()
    assert {name: ACT_WORDS[f"matters.{name}"] for name in MOVES} == {name: move.label for name, move in MOVES.items()}


def words(answer) -> str:
    import re

    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))[-700:]
