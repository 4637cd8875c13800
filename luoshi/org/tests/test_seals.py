"""After every verb of the organisation the chain and every protected row still agree (`luoshi verify`)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password

from luoshi.lib import clock
from luoshi.org import services
from luoshi.org.models import Portfolio, Post, User
from luoshi.org.rules import Duty
from luoshi.records.verify import verify

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def test_no_verb_changes_a_row_behind_the_records_back(cast):
    office = {"by": cast.office, "on": DAY}
    services.edit_unit(cast.planning, name="规划与建设股", short_name="规建股", version=1, **office)
    group = services.add_unit(kind="SECTION", name="筹备组", short_name="筹备组", parent=cast.bureau, **office)
    services.move_unit(group, parent=cast.planning, version=1, **office)
    services.close_unit(group, version=2, reason="完成", **office)
    services.edit_person(cast.window, name="苏晴", personnel_type="CONTRACT", mobile="13800000000", version=1, **office)
    post = services.transfer(Post.objects.get(user=cast.handler), unit=cast.quality, duty="HANDLER", **office)
    services.relieve(post, **office)
    row = services.delegate(
        cast.leader, deputy=cast.chief, bureau=cast.bureau, duty=Duty.LEADER, from_on=DAY,
        until_on=DAY + timedelta(days=5), reason="学习", **office,
    )  # fmt: skip
    services.end_delegation(row, by=cast.leader, on=DAY)
    services.give_portfolio(cast.director, unit=cast.planning, **office)
    services.end_portfolio(Portfolio.objects.get(unit=cast.planning, until_on=None), **office)
    services.delegate(
        cast.leader, deputy=cast.chief, bureau=cast.bureau, duty=Duty.LEADER, from_on=DAY,
        until_on=DAY + timedelta(days=5), reason="学习", **office,
    )  # fmt: skip
    services.leave(cast.leader, version=1, reason="退休", **office)
    services.disable(cast.window, version=2, reason="借调", **office)
    services.enable(cast.window, version=3, **office)
    hidden = make_password("kamo-rive-7482")
    services.issue_password(cast.window, encoded=hidden, now=clock.now(), **office)
    services.change_password(cast.window, encoded=make_password("Another-horse-7-staple"), by=cast.window, on=DAY)
    assert verify().findings == []
    User.objects.filter(pk=cast.window.pk).update(is_active=False)  # behind the records' back
    assert [one.table for one in verify().findings] == ["org_user"]
