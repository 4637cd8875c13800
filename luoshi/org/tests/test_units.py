"""Units: renamed, moved and closed, with what stands against it."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.org import services
from luoshi.org.models import Unit
from luoshi.org.rules import UnitKind
from luoshi.records.models import Entry
from luoshi.records.queries import values_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


class TestUnits:
    def test_rename_keeps_both_names_in_the_record(self, cast):
        services.edit_unit(cast.planning, name="规划与建设股", short_name="规建股", version=1, by=cast.office, on=DAY)
        told = values_of(Entry.objects.get(act="org.edit_unit"))
        assert told["before"]["全称"] == "规划建设股" and told["after"]["全称"] == "规划与建设股"
        with pytest.raises(Stale):
            services.edit_unit(cast.planning, name="旧页面", short_name="旧", version=1, by=cast.office, on=DAY)

    def test_two_units_of_one_name_are_refused(self, cast):
        with pytest.raises(NotAllowed, match="已有"):
            services.edit_unit(cast.planning, name=cast.quality.name, short_name="x", version=1, by=None, on=DAY)
        with pytest.raises(NotAllowed, match="已有"):
            services.add_unit(
                kind=UnitKind.SECTION, name=cast.planning.name, short_name="x", parent=cast.bureau, by=None, on=DAY
            )

    def test_a_unit_is_not_moved_below_itself_or_out_of_its_bureau(self, cast):
        child = services.add_unit(
            kind=UnitKind.SECTION, name="一组", short_name="一组", parent=cast.planning, by=cast.office, on=DAY
        )
        with pytest.raises(NotAllowed, match="自己的下级"):
            services.move_unit(cast.planning, parent=child, version=1, by=cast.office, on=DAY)
        with pytest.raises(NotAllowed, match="本局之内"):
            services.move_unit(child, parent=cast.other_unit, version=1, by=cast.office, on=DAY)
        services.move_unit(child, parent=cast.quality, version=1, by=cast.office, on=DAY)
        assert Unit.objects.get(pk=child.pk).parent == cast.quality

    def test_a_unit_with_people_is_not_closed(self, cast):
        with pytest.raises(NotAllowed, match="在任职务"):
            services.close_unit(cast.planning, version=1, reason="机构改革", by=cast.office, on=DAY)
        empty = services.add_unit(
            kind=UnitKind.SECTION, name="筹备组", short_name="筹备组", parent=cast.bureau, by=cast.office, on=DAY
        )
        services.close_unit(empty, version=1, reason="完成", by=cast.office, on=DAY)
        with pytest.raises(NotAllowed, match="已于"):
            services.close_unit(empty, version=2, reason="完成", by=cast.office, on=DAY)

    def test_bureaus_belong_to_the_system_administrator(self, cast):
        told = {"kind": UnitKind.BUREAU, "name": "云岭县林业局", "short_name": "县林业局", "parent": cast.county}
        with pytest.raises(NotAllowed, match="系统管理员"):
            services.add_unit(**told, by=cast.office, on=DAY)
        bureau = services.add_unit(**told, by=cast.sysadmin, on=DAY)
        assert bureau.bureau == bureau
