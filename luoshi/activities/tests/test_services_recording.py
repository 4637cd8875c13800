"""登记、修改、作废 through services: who may, what counts, what is told before saving, what stays on record."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.activities import services
from luoshi.activities.models import Activity, Attendance
from luoshi.activities.services import LooksAlike, Taking, What
from luoshi.activities.tests.held import TODAY, fresh, study
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import services as matters
from luoshi.matters.tests.life import clean
from luoshi.records.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.clause("2.2.1.1b")
def test_one_act_records_the_study_and_everybody_in_it(cast):
    made = study(cast, cast.chief, cast.handler, Taking(cast.second_handler, "LEAVE"))
    assert made.as_study and not made.as_research and not made.as_frontline
    told = {one.person: (one.presence, one.half_days, one.unit) for one in made.attendances.all()}
    assert told == {
        cast.chief: ("PRESENT", 1, cast.planning), cast.handler: ("PRESENT", 1, cast.planning),
        cast.second_handler: ("LEAVE", 0, cast.planning),
    }  # fmt: skip
    entry = Entry.objects.filter(act="activities.record").get()
    assert entry.subject_pk == str(made.pk) and "2人参加，1人请假" in entry.body
    assert clean() == []


@pytest.mark.clause("2.2.1.1c")
def test_several_days_at_once_make_one_record_a_day(cast):
    days = (date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17))
    made = study(cast, cast.chief, cast.handler, days=days)
    assert [one.held_on for one in made] == list(days)
    assert Attendance.objects.count() == 6 and Entry.objects.filter(act="activities.record").count() == 3
    assert clean() == []


@pytest.mark.clause("2.2.1.1a")
def test_a_core_group_study_keeps_topic_speaker_and_leave(cast):
    made = study(
        cast, Taking(cast.director, "SPEAKER"), Taking(cast.leader, "LEAVE"), cast.second_leader, core_group=True,
        speaker="党校王老师", leader_lesson=True,
    )  # fmt: skip
    assert made.core_group and made.leader_lesson and made.speaker == "党校王老师"
    assert set(made.attendances.values_list("presence", flat=True)) == {"SPEAKER", "LEAVE", "PRESENT"}


@pytest.mark.clause("2.2.1.1d")
@pytest.mark.parametrize("content", ["THEORY", "SKILL", "BUSINESS"])
def test_the_three_kinds_of_content_are_kept(cast, content):
    assert study(cast, cast.chief, content=content).get_content_display() in ("政治理论", "实践技能", "业务知识")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "请填写活动名称"),
        ({"kind": "PARTY"}, "请选择是什么活动"),
        ({"half_days": 3}, "时长最多2个半天"),
        ({"half_days": 9, "until_on": date(2026, 11, 22)}, "时长最多6个半天"),
        ({"until_on": date(2026, 11, 1)}, "结束日期不能早于"),
        ({"days": (date(2026, 11, 25),)}, "还没有到"),
        ({"days": (date(2026, 11, 2), date(2026, 11, 3)), "until_on": date(2026, 11, 5)}, "不要再填结束日期"),
        ({"days": ()}, "请填写日期"),
        ({"place": "远" * 121}, "地点不超过120字"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_way_out(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        study(cast, cast.chief, **words)
    assert not Activity.objects.exists()


def test_people_are_needed_once_each_and_of_the_units_one_may_name(cast):
    with pytest.raises(NotAllowed, match="请选择参加人员"):
        study(cast)
    with pytest.raises(NotAllowed, match="有重复"):
        study(cast, cast.chief, cast.chief)
    with pytest.raises(NotAllowed, match="只能登记本单位人员和局领导"):
        study(cast, cast.neighbour, by=cast.handler)
    with pytest.raises(NotAllowed, match="不是"):
        study(cast, cast.chief, unit=cast.stranger_unit if hasattr(cast, "stranger_unit") else _elsewhere(cast))
    assert study(cast, cast.handler, cast.leader, by=cast.handler).attendances.count() == 2
    assert study(cast, cast.neighbour, by=cast.chief, title="联合学习").attendances.count() == 1


def _elsewhere(cast):
    from luoshi.org.models import Unit

    return Unit.objects.exclude(bureau=cast.bureau).exclude(pk=cast.bureau.pk).filter(bureau__isnull=False).first()


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor", "stranger"])
def test_who_is_not_at_work_in_the_bureau_records_nothing(cast, who):
    with pytest.raises(NotAllowed, match="不在"):
        study(cast, cast.chief, by=getattr(cast, who))


def test_the_same_outing_is_told_before_it_is_saved_twice(cast):
    study(cast, cast.chief, cast.handler)
    with pytest.raises(LooksAlike) as told:
        study(cast, cast.handler, by=cast.chief, title="另一个名字")
    assert cast.office.name in told.value.found[0].words and cast.handler.name in told.value.found[0].words
    with pytest.raises(LooksAlike):
        study(cast, cast.second_handler, by=cast.chief)  # another's entry of the same title and day
    study(cast, cast.second_handler, days=(date(2026, 11, 19),))
    study(cast, cast.handler, kind="OWN_STUDY")  # another kind on the same day
    study(cast, cast.handler, by=cast.chief, sure=True)
    assert Activity.objects.count() == 4


def test_a_visit_is_the_same_outing_whatever_word_is_chosen(cast):
    place = {"place": "城北安置房工地", "title": "走访城北安置房", "content": ""}
    study(cast, cast.leader, kind="VISIT", **place)
    with pytest.raises(LooksAlike):
        study(cast, cast.chief, by=cast.chief, kind="RESEARCH", place="城北安置房工地", title="调研", content="")


def test_an_edit_brings_people_up_to_date_and_a_second_writer_is_stale(cast):
    made = study(cast, cast.chief, cast.handler)
    what = What(kind="GROUP_STUDY", title="学习新修订的条例", unit=cast.planning, half_days=2)
    people = [Taking(cast.chief), Taking(cast.second_handler)]
    services.edit_activity(
        made, what=what, held_on=date(2026, 11, 19), people=people, version=1, by=cast.office, on=TODAY
    )  # fmt: skip
    now = fresh(made)
    assert (now.title, now.half_days, now.version, now.held_on) == ("学习新修订的条例", 2, 2, date(2026, 11, 19))
    told = {one.person: (one.half_days, one.void) for one in now.attendances.all()}
    assert told == {cast.chief: (2, False), cast.handler: (1, True), cast.second_handler: (2, False)}
    assert f"去掉{cast.handler.name}" in Entry.objects.filter(act="activities.edit").get().body
    with pytest.raises(Stale) as stale:
        services.edit_activity(
            made, what=what, held_on=TODAY, people=people, version=1, by=cast.office, on=TODAY
        )  # fmt: skip
    assert any("修改活动" in one for one in stale.value.changes)
    again = [*people, Taking(cast.handler)]
    services.edit_activity(now, what=what, held_on=TODAY, people=again, version=2, by=cast.office, on=TODAY)
    assert not now.attendances.get(person=cast.handler).void and clean() == []


def test_only_who_entered_it_and_the_office_change_and_void_with_a_reason(cast):
    made = study(cast, cast.chief, cast.handler, by=cast.chief)
    with pytest.raises(NotAllowed, match="只有登记人和局办公室"):
        services.void_activity(made, reason="错了", version=1, by=cast.handler, on=TODAY)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.void_activity(made, reason=" ", version=1, by=cast.chief, on=TODAY)
    services.void_activity(made, reason="重复登记", version=1, by=cast.chief, on=TODAY)
    assert fresh(made).void and fresh(made).void_reason == "重复登记"
    with pytest.raises(NotAllowed, match="已经作废"):
        services.void_activity(fresh(made), reason="再来", version=2, by=cast.office, on=TODAY)
    study(cast, cast.chief)  # what is void looks like nothing
    assert clean() == []


@pytest.mark.clause("2.1.2")
def test_a_minuted_meeting_counts_for_everybody_present_and_once(cast):
    meeting = matters.open_meeting(
        bureau=cast.bureau, kind="TEAM", title="局班子会2026年第9次会议", held_on=date(2026, 11, 16), by=cast.office,
        on=TODAY,
    )  # fmt: skip
    people = [Taking(cast.director, "SPEAKER"), Taking(cast.leader), Taking(cast.chief)]
    made = services.copy_meeting_attendance(
        meeting, people=people, unit=cast.bureau, by=cast.office, on=TODAY, ticked=("study",)
    )  # fmt: skip
    assert (made.title, made.held_on, made.meeting, made.as_study) == (meeting.title, meeting.held_on, meeting, True)
    with pytest.raises(LooksAlike):
        services.copy_meeting_attendance(meeting, people=[Taking(cast.neighbour)], unit=cast.bureau, by=cast.office,
                                         on=TODAY)  # fmt: skip
    matters.void_meeting(meeting, reason="登记错了", version=None, by=cast.office, on=TODAY)
    with pytest.raises(NotAllowed, match="会议已作废"):
        services.copy_meeting_attendance(meeting, people=people, unit=cast.bureau, by=cast.office, on=TODAY)


@pytest.mark.clause("2.1.4")
def test_a_sections_study_of_the_spirit_is_its_own_record(cast):
    made = study(cast, cast.chief, cast.handler, by=cast.chief, title="学习动员部署会议精神")
    assert made.unit == cast.planning and made.entered_by == cast.chief
