"""Entering activities over HTTP: few clicks, told before saving twice, like last time, several days, a visit."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.activities import services
from luoshi.activities.models import Activity, Opinion
from luoshi.activities.tests.held import TODAY, fresh, study
from luoshi.matters import services as matters
from luoshi.matters.tests.life import clean
from luoshi.problems.models import Problem, Sighting
from luoshi.records.models import Entry
from tests.house.filled import filled

pytestmark = pytest.mark.django_db
NEW, VISIT = "/activities/new/", "/activities/visits/new/"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00")


def opened(client, url):
    return filled(client.get(url).content.decode(), url.partition("?")[0])


def key():
    return {"submission": str(uuid.uuid4())}


@pytest.mark.clause("2.2.1.1a")
def test_a_core_group_study_is_entered_with_six_fields(cast, enter):
    client = enter(cast.office)
    told = opened(client, NEW)
    assert (told["held_on"], told["half_days"], told["kind"]) == (["2026-11-24"], ["1"], ["GROUP_STUDY"])
    typed = {"kind": "CORE", "title": "学习贯彻会议精神", "content": "THEORY",
             "people": [cast.director.pk, cast.leader.pk, cast.second_leader.pk],
             "speakers": f"{cast.director.name}、党校王老师", "leave": cast.second_leader.name}  # fmt: skip
    answer = client.post(NEW, {**told, **typed})
    made = Activity.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert made.core_group and made.kind == "GROUP_STUDY" and made.speaker == "党校王老师"
    assert {one.person: one.presence for one in made.attendances.all()} == {
        cast.director: "SPEAKER", cast.leader: "PRESENT", cast.second_leader: "LEAVE",
    }  # fmt: skip
    assert client.post(NEW, {**told, **typed})["Location"] == made.get_absolute_url()
    assert Activity.objects.count() == 1 and clean() == []


def test_a_head_finds_his_unit_ticked_and_a_handler_himself(cast, enter):
    assert set(opened(enter(cast.chief), NEW)["people"]) >= {str(cast.chief.pk), str(cast.handler.pk)}
    told = opened(enter(cast.handler), NEW)
    assert told["people"] == [str(cast.handler.pk)] and told["kind"] == ["OWN_STUDY"]
    page = enter(cast.handler).get(NEW).content.decode()
    assert cast.neighbour.name not in page and cast.leader.name in page and "中心组学习" not in page


@pytest.mark.clause("2.2.1.1c")
def test_several_days_are_typed_at_once_and_bad_ones_are_named(cast, enter):
    client = enter(cast.handler)
    told = {**opened(client, NEW), "title": "自学条例", "held_on": "2026-11-03"}
    wrong = client.post(NEW, {**told, "more_days": "11-10、初十"})
    assert "认不出这些日期：初十" in wrong.content.decode() and "自学条例" in wrong.content.decode()
    ahead = client.post(NEW, {**told, "more_days": "12-01"})
    assert "还没有到" in ahead.content.decode()
    client.post(NEW, {**told, "more_days": "11-10、11月17日"})
    days = list(Activity.objects.order_by("held_on").values_list("held_on", flat=True))
    assert days == [date(2026, 11, 3), date(2026, 11, 10), date(2026, 11, 17)]


def test_what_looks_alike_is_shown_and_saved_when_one_is_sure(cast, enter):
    study(cast, cast.chief, cast.handler, days=(TODAY,))
    client = enter(cast.chief)
    told = {**opened(client, NEW), "title": "学习条例", "people": [cast.handler.pk]}
    page = client.post(NEW, told).content.decode()
    assert "可能已经登记过" in page and cast.office.name in page and Activity.objects.count() == 1
    again = filled(page, NEW)
    assert again["title"] == ["学习条例"] and again["people"] == [str(cast.handler.pk)]
    client.post(NEW, {**again, "sure": "on"})
    assert Activity.objects.count() == 2


def test_like_last_time_copies_words_and_people_but_not_the_day(cast, enter):
    made = study(cast, cast.chief, cast.handler, by=cast.chief, half_days=2, place="二楼会议室")
    client = enter(cast.chief)
    assert "按上次填" in client.get(NEW).content.decode()
    told = opened(client, f"{NEW}?like=last")
    assert told["title"] == [made.title] and told["half_days"] == ["2"] and told["place"] == ["二楼会议室"]
    assert set(told["people"]) == {str(cast.chief.pk), str(cast.handler.pk)} and told["held_on"] == ["2026-11-24"]
    hidden = study(cast, cast.neighbour, unit=cast.quality, title="别处的学习")
    assert opened(client, f"{NEW}?like={hidden.public_id}")["title"] == [""]
    assert opened(client, f"{NEW}?like=nonsense")["title"] == [""]


@pytest.mark.clause("2.1.2")
def test_a_minuted_meeting_needs_only_the_people(cast, enter):
    meeting = matters.open_meeting(bureau=cast.bureau, kind="TEAM", title="局班子会2026年第9次会议",
                                   held_on=date(2026, 11, 16), by=cast.office, on=TODAY)  # fmt: skip
    client = enter(cast.office)
    url = f"{NEW}?meeting={meeting.public_id}"
    told = opened(client, url)
    assert (told["title"], told["held_on"], told["kind"]) == ([meeting.title], ["2026-11-16"], ["MEETING"])
    client.post(url, {**told, "people": [cast.director.pk, cast.leader.pk], "counts_study": "on"})
    made = Activity.objects.get()
    assert made.meeting == meeting and made.as_study
    assert client.get(f"{NEW}?meeting={uuid.uuid4()}").status_code == 404


@pytest.mark.clause("2.2.2.2a")
@pytest.mark.clause("2.2.2.3a")
@pytest.mark.clause("2.2.2.3b")
def test_one_visit_form_gives_days_stay_opinions_and_problems(cast, enter):
    client = enter(cast.leader)
    told = opened(client, VISIT)
    assert told["people"] == [str(cast.leader.pk)] and told["counts_research"] == ["on"]
    none = client.post(VISIT, {**told, "place": "城北小区"}).content.decode()
    assert "确实没有的" in none and not Activity.objects.exists()
    typed = {
        "place": "城北小区",
        "place_kind": "COMMUNITY",
        "problems": "1.三号楼外墙脱落\n2、路灯不亮",
        "opinions": "多设停车位",
    }
    answer = client.post(VISIT, {**told, **typed})
    made = Activity.objects.get()
    assert answer["Location"] == made.get_absolute_url() and made.title == "走访城北小区"
    assert made.as_research and made.as_frontline
    assert sorted(Problem.objects.values_list("title", flat=True)) == ["三号楼外墙脱落", "路灯不亮"]
    assert Opinion.objects.count() == 3 and clean() == []
    page = client.get(made.get_absolute_url()).content.decode()
    assert "三号楼外墙脱落" in page and "多设停车位" in page and "调研天数；入企业、下基层、蹲点" in page


@pytest.mark.clause("2.2.2.3c")
def test_a_problem_that_stands_already_is_asked_about_and_seen_again(cast, enter):
    client = enter(cast.leader)
    told = opened(client, VISIT)
    client.post(VISIT, {**told, "place": "城北小区", "held_on": "2026-11-18", "problems": "三号楼外墙脱落"})
    problem = Problem.objects.get()
    typed = {**opened(client, VISIT), "place": "城北小区", "problems": "三号楼外墙还在脱落"}
    page = client.post(VISIT, typed).content.decode()
    assert "台账里已有相近的问题" in page and problem.title in page and Activity.objects.count() == 1
    again = filled(page, VISIT)
    name = next(one for one in again if one.startswith("seen_"))
    assert again[name] == ["new"]
    client.post(VISIT, {**again, name: problem.pk})
    assert Problem.objects.count() == 1 and Sighting.objects.get().problem == problem and clean() == []


@pytest.mark.clause("2.2.2.3c")
def test_a_visit_is_tied_to_a_matter_by_its_number(cast, enter):
    matter = matters.open_matter(
        bureau=cast.bureau, title="整治外墙脱落", source="KEY_WORK", lead_unit=cast.planning, leader=cast.leader,
        due_on=date(2026, 12, 30), by=cast.office, on=TODAY,
    )  # fmt: skip
    matters.approve(matter, by=cast.leader, on=TODAY)
    matter.refresh_from_db()
    client = enter(cast.leader)
    told = {**opened(client, VISIT), "place": "城北小区", "nothing_found": "on"}
    wrong = client.post(VISIT, {**told, "matter": "2026-9999"}).content.decode()
    assert "没有编号为" in wrong
    client.post(VISIT, {**told, "matter": matter.number_label})
    assert Activity.objects.get().conversions.get().matter == matter


def test_an_edit_is_the_same_form_and_a_stale_one_keeps_what_was_typed(cast, enter):
    made = study(cast, cast.chief, cast.handler)
    client = enter(cast.office)
    url = reverse("activities:edit", args=[made.public_id])
    told = opened(client, url)
    assert told["title"] == [made.title] and told["version"] == ["1"]
    assert client.post(url, {**told, "title": "改了名称", "people": [cast.chief.pk]})["Location"]
    assert fresh(made).title == "改了名称"
    stale = client.post(url, {**told, **key(), "title": "没看到前面的"})
    assert stale.status_code == 409 and "没看到前面的" in stale.content.decode()
    assert enter(cast.neighbour).get(url).status_code == 404
    refused = enter(cast.handler).post(url, {**told, **key(), "version": 2, "title": "不归我改"})
    assert "只有登记人和局办公室" in refused.content.decode() and fresh(made).title == "改了名称"


def test_a_visit_is_amended_without_its_findings(cast, enter):
    client = enter(cast.leader)
    client.post(VISIT, {**opened(client, VISIT), "place": "城北小区", "problems": "路灯不亮"})
    made = Activity.objects.get()
    url = reverse("activities:edit", args=[made.public_id])
    told = opened(client, url)
    assert "problems" not in told and told["place"] == ["城北小区"]
    client.post(url, {**told, "place": "城北小区北门", "half_days": "2"})
    assert fresh(made).place == "城北小区北门" and made.attendances.get().half_days == 2
    assert made.opinions.count() == 1 and clean() == []


def test_the_material_is_kept_and_its_download_is_on_record(cast, enter):
    client = enter(cast.office)
    file = SimpleUploadedFile("签到表.txt", "签到".encode())
    client.post(NEW, {**opened(client, NEW), "title": "学习条例", "people": [cast.chief.pk], "files": file})
    made = Activity.objects.get()
    got = client.get(reverse("activities:paper", args=[made.public_id]))
    assert b"".join(got) == "签到".encode() and Entry.objects.latest("id").act == "activities.take_copy"


def test_it_is_voided_with_its_reason_and_the_empty_one_is_asked_for(cast, enter):
    made = study(cast, cast.chief)
    client = enter(cast.office)
    url = reverse("activities:void", args=[made.public_id])
    assert "请填写" in client.post(url, {**key(), "version": 1, "reason": ""}).content.decode()
    client.post(url, {**key(), "version": 1, "reason": "重复登记"})
    assert fresh(made).void and "已作废：重复登记" in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["sysadmin", "secadmin", "auditor"])
def test_administrators_have_no_business_here(cast, enter, who):
    client = enter(getattr(cast, who))
    for url in ("/activities/", NEW, VISIT, "/activities/mine/"):
        assert client.get(url).status_code == 403


def test_the_form_says_what_is_missing_and_names_it_cannot_place(cast, enter):
    client = enter(cast.office)
    page = client.post(NEW, {**opened(client, NEW), "title": "学习条例", "leave": "查无此人"}).content.decode()
    assert "请选择参加人员" in page and "没有找到（或有重名）：查无此人" in page and "学习条例" in page
    wrong = client.post(NEW, {**opened(client, NEW), "title": "学习", "people": [cast.stranger.pk]}).content.decode()
    assert "不在可选范围内" in wrong and services.VERDICTS


def test_an_edit_loses_nobody_and_nothing_that_it_does_not_ask(cast, enter):
    from luoshi.activities.services import Taking
    from luoshi.org import services as people

    sat = [cast.chief, cast.second_handler, Taking(cast.handler, "ABSENT")]
    made = study(cast, *sat, theme="党史", counterpart="全体人员")
    people.leave(cast.second_handler, version=1, reason="调走", by=cast.office, on=TODAY)
    client = enter(cast.office)
    url = reverse("activities:edit", args=[made.public_id])
    told = opened(client, url)
    assert set(told["people"]) == {str(cast.chief.pk), str(cast.second_handler.pk)}
    client.post(url, {**told, "title": "改了名称"})
    now = fresh(made)
    assert (now.title, now.theme, now.counterpart) == ("改了名称", "党史", "全体人员")
    assert {one.person: (one.presence, one.void) for one in now.attendances.all()} == {
        cast.chief: ("PRESENT", False), cast.second_handler: ("PRESENT", False), cast.handler: ("ABSENT", False),
    }  # fmt: skip


def test_a_finding_is_added_on_its_own_page_and_asked_about_where_it_stands(cast, enter):
    client = enter(cast.leader)
    client.post(VISIT, {**opened(client, VISIT), "place": "城北小区", "problems": "三号楼外墙脱落"})
    made = Activity.objects.get()
    url = reverse("activities:hear", args=[made.public_id])
    assert "请写发现的问题" in client.post(url, key()).content.decode()
    page = client.post(url, {**key(), "problems": "三号楼外墙又脱落"}).content.decode()
    assert "台账里已有相近的问题" in page and made.opinions.count() == 1
    client.post(url, filled(page, url))
    assert made.opinions.count() == 2 and Problem.objects.count() == 2
    back = reverse("activities:opinion_back", args=[made.public_id, made.opinions.last().pk])
    client.post(back, {**key(), "reason": "记重了"})
    assert made.opinions.filter(void=False).count() == 1 and client.get(back).status_code == 404
    assert enter(cast.neighbour).get(url).status_code == 404 and clean() == []
