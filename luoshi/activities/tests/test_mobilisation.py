"""动员部署: the county's date starts the bureau's days; each unit holds, joins or studies once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.activities.models import Activity
from luoshi.activities.queries.mobilisation import mobilisation
from luoshi.activities.services import mobilisation as services
from luoshi.activities.services import void_activity
from luoshi.lib.lifecycle import NotAllowed
from luoshi.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.1.1")]
DAY = date(2026, 9, 7)


@pytest.fixture
def county(cast):
    return services.receive_county_meeting(
        bureau=cast.bureau, title="全县动员部署会", held_on=DAY, people=[cast.director], spirit="问题导向",
        by=cast.office, on=DAY,
    )  # fmt: skip


def relay(cast, county, unit="planning", by="chief", **words):
    told = {"unit": getattr(cast, unit), "county": county, "relay": "RELAYED", "held_on": DAY, "on": DAY}
    return services.relay_spirit(by=getattr(cast, by), **(told | words))


def standing(cast, on=DAY):
    return {one.unit: one for one in mobilisation(cast.bureau.pk, on).units}


@pytest.mark.clause("2.1.2")
def test_the_countys_date_gives_the_bureaus_with_its_why(cast, county):
    found = mobilisation(cast.bureau.pk, DAY)
    assert found.due_on == date(2026, 9, 14) and not found.late
    assert "5个工作日内召开" in found.why[0] and any("第5天" in line for line in found.why)
    assert Notice.objects.filter(user=cast.office, title__contains="2026-09-14").exists()
    assert mobilisation(cast.bureau.pk, date(2026, 9, 15)).late
    services.hold_bureau_meeting(
        bureau=cast.bureau, title="局动员部署会", held_on=date(2026, 9, 10), people=[cast.director, cast.chief],
        place="会议室", speech="任务分工", by=cast.office, on=date(2026, 9, 10),
    )  # fmt: skip
    now = mobilisation(cast.bureau.pk, date(2026, 9, 20))
    assert not now.late and now.bureau_people == 2
    assert standing(cast)[cast.planning].missing, "sitting in the bureau's own meeting is not the unit's"


@pytest.mark.clause("2.1.3")
def test_a_joint_meeting_counts_for_the_units_that_sat_in(cast, county):
    services.hold_bureau_meeting(
        bureau=cast.bureau, title="局动员部署会", held_on=DAY, people=[cast.director, cast.neighbour], place="",
        speech="", joint=True, by=cast.office, on=DAY,
    )  # fmt: skip
    units = standing(cast)
    assert (units[cast.quality].how, units[cast.quality].missing, units[cast.quality].people) == ("合并召开", "", 1)
    assert units[cast.housing].missing == "未见召开动员会或参加联合会议"
    assert units[cast.planning].missing == "未见学习会议精神"


@pytest.mark.clause("2.1.4")
def test_a_unit_passes_it_on_in_one_press_and_only_once(cast, county):
    made = relay(cast, county, away=[cast.second_handler])
    assert made.title == "传达学习全县动员部署会精神" and made.as_study
    assert dict(made.attendances.values_list("person__name", "presence"))["温以宁"] == "LEAVE"
    one = standing(cast)[cast.planning]
    assert (one.how, one.people, one.missing) == ("传达学习", 2, "")
    with pytest.raises(NotAllowed, match="一次就够"):
        relay(cast, county)
    void_activity(made, reason="登错", version=None, by=cast.chief, on=DAY)
    assert standing(cast)[cast.planning].missing
    assert relay(cast, county, unit="quality", by="office", relay="OWN")


def test_who_enters_what(cast, county):
    with pytest.raises(NotAllowed, match="只能登记本单位"):
        relay(cast, county, unit="quality")
    for who in ("handler", "leader", "discipline", "sysadmin"):
        with pytest.raises(NotAllowed):
            relay(cast, county, by=who)
    for who in ("chief", "handler", "verifier", "stranger", "auditor"):
        with pytest.raises(NotAllowed):
            services.receive_county_meeting(
                bureau=cast.bureau, title="会", held_on=DAY, people=[cast.director], spirit="", on=DAY,
                by=getattr(cast, who),
            )  # fmt: skip
    assert Activity.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"held_on": DAY - timedelta(days=1)}, "不能早于县里"),
        ({"held_on": DAY + timedelta(days=1)}, "还没有到"),
        ({"relay": "TWICE"}, "单独召开、合并召开"),
        ({"unit": "bureau", "by": "office"}, "股室或局直单位"),
    ],
)
def test_bad_input_saves_nothing(cast, county, words, why):
    with pytest.raises(NotAllowed, match=why):
        relay(cast, county, **words)
    assert Activity.objects.count() == 1


def test_nothing_is_asked_before_the_county_met_and_a_new_round_begins_anew(
    cast, county, django_assert_max_num_queries
):
    relay(cast, county)
    later = DAY + timedelta(days=60)
    services.receive_county_meeting(
        bureau=cast.bureau, title="第二轮动员会", held_on=later, people=[cast.director], spirit="", by=cast.office,
        on=later,
    )  # fmt: skip
    with django_assert_max_num_queries(20):
        now = mobilisation(cast.bureau.pk, later)
    assert now.done == 0 and now.county.title == "第二轮动员会"
    assert mobilisation(cast.bureau.pk, later, county=county).done == 1
    assert mobilisation(cast.other_bureau.pk, DAY).county is None
