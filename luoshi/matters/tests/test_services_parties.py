"""协办: every assisting unit for itself, the lead consolidates, the office adjusts."""

from __future__ import annotations

from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries, services
from luoshi.matters.models import Contribution, Feedback, Matter, MatterEvent, MatterParty
from luoshi.matters.services import Part
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, at, clean
from luoshi.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


def part(matter: Matter, unit) -> MatterParty:
    return MatterParty.objects.get(matter=matter, unit=unit, ended_on=None)


def lines(matter: Matter, on: date = DAY) -> dict[str, str]:
    calendar = queries.clock_of(matter.bureau_id, on).calendar
    return {one.unit: one.stands for one in queries.part_lines(matter, on, calendar)}


@pytest.mark.clause("2.2.5.1a")
def test_each_unit_signs_for_itself_and_the_head_names_its_own_handler(life, cast):
    matter = life.to("ACCEPTED", assist_units=[cast.quality, cast.housing])
    version = matter.version
    services.receive(matter, by=cast.neighbour, handler=cast.quality_handler, on=DAY, now=at(DAY))
    assert part(matter, cast.quality).handler == cast.quality_handler
    assert part(matter, cast.housing).accepted_at is None, "another unit signs for itself"
    services.receive(matter, by=cast.housing_handler, on=DAY, now=at(DAY))
    assert part(matter, cast.housing).handler == cast.housing_handler, "a handler who signs takes it"
    matter.refresh_from_db()
    assert (matter.version, matter.handler) == (version, cast.handler), "the lead is left alone"
    services.allot_part(matter, by=cast.neighbour, handler=cast.neighbour, note="我来", on=DAY, now=at(DAY))
    assert part(matter, cast.quality).handler == cast.neighbour
    assert queries.roles_of(cast.quality_handler, matter, DAY) == {}, "the part has another 承办人 now"
    assert clean() == []


def test_naming_refuses(life, cast):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match="不是质安中心的人员"):
        services.receive(matter, by=cast.neighbour, handler=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="由单位负责人分办"):
        services.receive(matter, by=cast.quality_handler, handler=cast.neighbour, on=DAY)
    services.allot_part(matter, by=cast.neighbour, handler=cast.quality_handler, on=DAY)
    with pytest.raises(NotAllowed, match="不用再分办"):
        services.allot_part(matter, by=cast.neighbour, handler=cast.quality_handler, on=DAY)
    with pytest.raises(NotAllowed, match="没有“协办分办”的职责"):
        services.allot_part(matter, by=cast.quality_handler, handler=cast.quality_handler, on=DAY)
    named = life.step(life.to("APPROVED"), "assign", verifier=cast.quality_handler)
    with pytest.raises(NotAllowed, match="核查人"):
        services.allot_part(named, by=cast.neighbour, handler=cast.quality_handler, on=DAY)


@pytest.mark.clause("2.2.5.1a")
def test_a_part_is_given_back_to_the_office_and_the_lead_goes_on(life, cast):
    matter = life.to("ACCEPTED")
    before = (matter.state, matter.version)
    services.return_part(matter, reason="不涉及质量安全", by=cast.neighbour, on=DAY, now=at(DAY))
    matter.refresh_from_db()
    assert (matter.state, matter.version) == before
    assert MatterParty.objects.get(matter=matter, unit=cast.quality).ended_on == DAY
    assert not queries.visible_to(cast.neighbour, DAY).filter(pk=matter.pk).exists()
    told = set(Notice.objects.filter(kind="matters.return_part").values_list("user__name", flat=True))
    assert cast.office.name in told and cast.handler.name in told
    assert queries.unanswered_return(matter)
    assert matter.pk in [row.pk for one in queries.desk_facts(cast.office, DAY).owe if one.key == "adjust_parties"
                         for row in one.rows]  # fmt: skip
    with pytest.raises(NotAllowed, match="没有“协办退办”的职责"):
        services.return_part(matter, reason="再退一次", by=cast.neighbour, on=DAY)
    services.adjust_parties(matter, parts=[], reason="由牵头单位自行核对", by=cast.office, on=DAY, now=at(DAY))
    assert not queries.unanswered_return(matter), "the office answered, also by adding nobody"
    assert clean() == []


def test_what_is_signed_is_not_given_back(life, cast):
    matter = life.to("ACCEPTED")
    life.step(matter, "receive")
    with pytest.raises(NotAllowed, match="已经签收，不能再退办"):
        services.return_part(matter, reason="不是我们的", by=cast.neighbour, on=DAY)
    with pytest.raises(NotAllowed, match="要写明原因"):
        services.return_part(life.to("ACCEPTED"), reason=" ", by=cast.neighbour, on=DAY)


def test_of_two_people_of_a_unit_one_signs(life, cast):
    """Both opened the form; the part's own row decides, and the matter's version says nothing of it."""
    matter = life.to("ACCEPTED")
    first, second = (Matter.objects.get(pk=matter.pk) for _ in range(2))
    services.receive(first, by=cast.neighbour, on=DAY, now=at(DAY), version=matter.version)
    with pytest.raises(NotAllowed, match="已经签收过"):
        services.receive(second, by=cast.quality_handler, on=DAY, now=at(DAY), version=matter.version)
    assert MatterEvent.objects.filter(matter=matter, move="receive").count() == 1


@pytest.mark.clause("2.2.5.1d")
def test_the_lead_takes_over_what_it_ticked_and_nothing_twice(life, cast):
    matter = life.to("ACCEPTED", assist_units=[cast.quality, cast.housing])
    life.step(matter, "contribute", done="已提供检查记录")
    services.contribute(matter, done="房源已核对", finished=True, by=cast.housing_chief, on=DAY, now=at(DAY))
    (first, fresh), (second, _) = queries.to_consolidate(matter)
    assert (str(first.party.unit), fresh, second.finished) == ("质安中心", True, True)
    life.step(matter, "feed_back", contributions=[second])
    told = Feedback.objects.get(matter=matter)
    assert list(told.contributions.values_list("done", flat=True)) == ["房源已核对"]
    assert [(one.pk, new) for one, new in queries.to_consolidate(matter)] == [(first.pk, False)], "left out, not lost"
    assert "并入房保中心协办反馈：房源已核对" in queries.timeline(matter)[-1]["details"]
    with pytest.raises(NotAllowed, match="已经并入别的反馈"):
        life.step(matter, "feed_back", kind="STAGE", contributions=[second])
    life.step(matter, "submit", contributions=[first])
    assert not Contribution.objects.filter(feedback=None).exists()
    assert clean() == []


def test_contributing_signs_and_says_whether_it_is_done(life, cast):
    matter = life.to("ACCEPTED")
    assert lines(matter)["质安中心"] == "未签收"
    services.contribute(matter, done="已查一半", by=cast.quality_handler, on=DAY, now=at(DAY))
    assert part(matter, cast.quality).accepted_by == cast.quality_handler
    assert (lines(matter)["质安中心"], [one.unit for one in queries.owing(matter)]) == ("配合中", [cast.quality])
    services.contribute(matter, done="全部查完", finished=True, by=cast.neighbour, on=DAY, now=at(DAY))
    assert (lines(matter)["质安中心"], queries.owing(matter)) == ("分工已完成", [])
    with pytest.raises(NotAllowed, match="没有需要催办的协办单位"):
        services.urge_part(matter, by=cast.office, on=DAY, now=at(DAY))
    with pytest.raises(NotAllowed, match="请填写配合办理情况"):
        services.contribute(matter, done=" ", by=cast.neighbour, on=DAY)


@pytest.mark.clause("2.2.5.1c")
def test_a_late_part_is_urged_by_itself_and_the_matter_follows_the_lead(life, cast):
    matter = life.to("ACCEPTED")
    due = date(2026, 10, 15)
    services.adjust_parties(
        matter, parts=[Part(cast.quality, "核对质量问题", due)], reason="明确分工", by=cast.office, on=DAY, now=at(DAY)
    )
    late = date(2026, 10, 16)
    assert lines(matter, late)["质安中心"] == "逾期1个工作日"
    services.urge_part(matter, by=cast.handler, on=late, now=at(late))
    with pytest.raises(NotAllowed, match="一天只催一次"):
        services.urge_part(matter, by=cast.office, on=late, now=at(late))
    with pytest.raises(NotAllowed, match="工作时间"):
        services.urge_part(matter, by=cast.office, on=date(2026, 10, 19), now=at(date(2026, 10, 19), 22))
    services.urge(matter, by=cast.office, on=late, now=at(late))  # urging the lead is another thing
    told = set(Notice.objects.filter(kind="matters.urge_part").values_list("user__name", flat=True))
    assert told == {cast.neighbour.name}
    assert life.step(matter, "submit", on=late).state == "SUBMITTED", "the matter's state follows the lead"


@pytest.mark.clause("2.2.5.1a")
def test_the_office_adds_removes_and_changes_with_its_reason(life, cast):
    matter = life.to("ACCEPTED")
    wanted = [Part(cast.housing, "提供房源", DUE)]
    services.adjust_parties(matter, parts=wanted, reason="职责调整", by=cast.office, on=DAY, now=at(DAY, 11))
    added = part(matter, cast.housing)
    assert (added.task, added.due_on, added.received_at) == ("提供房源", DUE, at(DAY, 11))
    assert MatterParty.objects.get(matter=matter, unit=cast.quality).ended_on == DAY
    told = {kind: set() for kind in ("房保中心", "质安中心")}
    assert told and Notice.objects.filter(user=cast.housing_chief, title__startswith="请签收协办事项").exists()
    assert Notice.objects.filter(user=cast.neighbour, title__startswith="不再需要本单位协办").exists()
    details = queries.timeline(matter)[-1]["details"]
    assert details == ["增加协办：房保中心（提供房源，2026-12-18前）", "不再协办：质安中心"]
    services.adjust_parties(
        matter, parts=[Part(cast.housing, "提供房源和照片", DUE)], reason="补充", by=cast.office, on=DAY, now=at(DAY)
    )
    assert part(matter, cast.housing).task == "提供房源和照片"
    assert clean() == []


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (lambda cast: [Part(cast.quality)], "没有变化"),
        (lambda cast: [Part(cast.planning)], "已是牵头单位"),
        (lambda cast: [Part(cast.quality), Part(cast.quality, "x")], "重复"),
        (lambda cast: [Part(cast.quality, "", date(2026, 9, 1))], "已经过去"),
        (lambda cast: [Part(cast.quality, "", LATER)], "不能晚于办结时限2026-12-18"),
        (lambda cast: [Part(cast.quality, "长" * 301)], "不超过300字"),
        (lambda cast: [Part(cast.other_unit)], "下级范围内"),
    ],
)
def test_adjusting_refuses(life, cast, parts, why):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match=why):
        services.adjust_parties(matter, parts=parts(cast), reason="调整", by=cast.office, on=DAY, now=at(DAY))
    with pytest.raises(Stale):
        services.adjust_parties(matter, parts=[], reason="x", by=cast.office, on=DAY, version=matter.version - 1)


def test_the_division_of_work_is_said_at_hand_out(life, cast):
    matter = life.to("APPROVED")
    life.step(matter, "assign", parts=[Part(cast.quality, "提供检查记录", date(2026, 10, 20))])
    told = part(matter, cast.quality)
    assert (told.task, told.due_on) == ("提供检查记录", date(2026, 10, 20))
    with pytest.raises(NotAllowed, match="不是本事项的协办单位"):
        life.step(life.to("APPROVED"), "assign", parts=[Part(cast.housing, "x")])


@pytest.mark.clause("2.2.5.1c")
def test_the_ladder_climbs_within_the_assisting_unit_once_a_day(life, cast):
    matter = life.step(life.to("APPROVED"), "assign", parts=[Part(cast.quality, "配合", date(2026, 10, 14))])
    life.step(matter, "accept", handler=cast.handler)
    services.receive(matter, by=cast.neighbour, handler=cast.quality_handler, on=DAY, now=at(DAY))
    life.step(matter, "feed_back", next_on=date(2026, 11, 20))

    def told(on: date) -> set[str]:
        services.remind(on=on, now=at(on))
        found = Notice.objects.filter(key=f"matters:{matter.pk}:remind:{on:%Y-%m-%d}")
        return set(found.values_list("user__name", flat=True))

    assert told(date(2026, 10, 12)) == set()
    assert told(date(2026, 10, 13)) == {cast.quality_handler.name}
    assert told(date(2026, 10, 14)) == {cast.neighbour.name}
    assert told(date(2026, 10, 15)) == {cast.neighbour.name, cast.handler.name}
    count = MatterEvent.objects.filter(matter=matter, move="urge_part").count()
    assert (
        told(date(2026, 10, 15)) and MatterEvent.objects.filter(matter=matter, move="urge_part").count() == count == 3
    )
    assert not MatterEvent.objects.filter(matter=matter, move="urge").exists(), "the lead was not urged for it"
    assert clean() == []


@pytest.mark.clause("2.2.5.1f")
def test_a_new_cycle_asks_every_assisting_unit_anew(life, cast):
    matter = life.to("ACCEPTED")
    life.step(matter, "contribute", finished=True)
    life.to("CLOSED", matter)
    life.step(matter, "reopen")
    fresh = part(matter, cast.quality)
    assert (fresh.accepted_at, fresh.due_on, queries.to_consolidate(matter)) == (None, None, [])
    assert MatterParty.objects.filter(matter=matter, unit=cast.quality).count() == 2
    assert matter.pk in [row.pk for one in queries.desk_facts(cast.neighbour, DAY).owe if one.key == "receive"
                         for row in one.rows]  # fmt: skip
    assert clean() == []


def test_another_lead_unit_keeps_the_assisting_ones_and_what_they_told(life, cast):
    matter = life.to("ACCEPTED")
    life.step(matter, "contribute")
    life.step(matter, "reassign")
    assert [str(one) for one in queries.assist_units(matter)] == ["质安中心"]
    assert [one.done for one, _ in queries.to_consolidate(matter)] == ["已提供质量检查记录"]
