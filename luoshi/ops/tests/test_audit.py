"""Duties that must lie apart are named, however they got into one account."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.ops.audit import audit
from luoshi.org.models import Post

DAY = date(2026, 11, 24)


@pytest.mark.clause("org.administrators")
def test_the_cast_is_well_separated(cast):
    assert audit(on=DAY).ok


@pytest.mark.parametrize(
    ("who", "duty"), [("sysadmin", "AUDIT_ADMIN"), ("auditor", "OFFICE"), ("office", "SECURITY_ADMIN")]
)
def test_an_account_given_two_duties_by_hand(cast, who, duty):
    user = getattr(cast, who)
    Post.objects.create(user=user, unit=cast.office_unit, bureau=cast.bureau, duty=duty, from_on=date(2021, 1, 1))
    found = [one for one in audit(on=DAY).findings if one.kind == "administrators"]
    assert [(one.table, one.pk) for one in found] == [("org_user", str(user.pk))]
    assert user.username in found[0].said and "独立账号" in found[0].said


def test_duties_held_one_after_the_other_do_not_clash(cast):
    Post.objects.filter(user=cast.auditor).update(until_on=date(2025, 12, 31))
    Post.objects.create(
        user=cast.auditor, unit=cast.planning, bureau=cast.bureau, duty="HANDLER", from_on=date(2026, 1, 1)
    )
    assert not [one for one in audit(on=DAY).findings if one.kind == "administrators"]
