"""路线图、时间表: proposed, accepted, frozen, changed by versions; slippage is never lost (2.2.5.1b)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import queries, services
from luoshi.matters.models import Matter, Roadmap, RoadmapStep
from luoshi.matters.queries.lists import clock_of, lamp_facts, lamp_query
from luoshi.matters.rules import Lamp, lamp
from luoshi.matters.services import StepWords
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, at, clean
from luoshi.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1b")]
FIRST, SECOND = date(2026, 10, 15), date(2026, 11, 13)


def owed(who, on) -> Counter[str]:
    """How many matters somebody owes each act on, as the desk lists them: by its group, or as 另 on another line."""
    groups = queries.desk_facts(who, on).owe
    told = [group.key for group in groups for _ in group.rows]
    return Counter(told + [act for group in groups for acts in group.also.values() for act in acts])


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.fixture
def agreed(life):
    """A matter under way whose roadmap is in force."""
    matter = life.step(life.to("ACCEPTED"), "propose_roadmap")
    return life.step(matter, "accept_roadmap", note="按此推进")


def shown(matter: Matter, on: date = DAY) -> list[queries.StepShown]:
    calendar = clock_of(matter.bureau_id, on).calendar
    return queries.step_lines(queries.steps_of(queries.accepted_roadmap(matter)), on, calendar, running=True)


def again(matter: Matter, moved: dict[int, date]) -> list[StepWords]:
    """The undone steps as they stand, with some moved."""
    return [StepWords(one.words, moved.get(place, one.due_on), one.person, one.pk)
            for place, one in enumerate(queries.undone(matter))]  # fmt: skip


def test_the_unit_proposes_and_nothing_runs_before_the_office_agrees(life, cast):
    matter = life.step(life.to("ACCEPTED"), "propose_roadmap")
    one = Roadmap.objects.get(matter=matter)
    assert (one.number, one.state, one.proposed_by, matter.next_step_on) == (1, "PROPOSED", cast.handler, None)
    assert [(step.words, step.original_on, step.due_on) for step in one.steps.all()] == [
        ("完成摸底", FIRST, FIRST), ("汇总核对", SECOND, SECOND), ("报送报告", DUE, DUE)
    ]  # fmt: skip
    assert Notice.objects.filter(user=cast.office, title__startswith="规建股报送路线图").exists()
    life.step(matter, "accept_roadmap")
    one.refresh_from_db()
    assert (one.state, one.answered_by, matter.next_step_on) == ("ACCEPTED", cast.office, FIRST)
    assert clean() == []


def test_a_returned_version_is_mended_and_sent_in_again(life, cast):
    matter = life.step(life.to("ACCEPTED"), "propose_roadmap")
    life.step(matter, "return_roadmap", reason="步骤太粗")
    assert (queries.returned_roadmap(matter).answer, matter.next_step_on) == ("步骤太粗", None)
    services.propose_roadmap(
        matter, steps=[StepWords("入户摸底", date(2026, 10, 20), cast.handler)], by=cast.chief, on=DAY, now=at(DAY)
    )
    second = queries.proposed_roadmap(matter)
    assert (second.number, second.steps.get().original_on) == (2, date(2026, 10, 20)), "nothing was accepted before"
    assert queries.returned_roadmap(matter) is None


def test_a_version_sent_in_again_before_an_answer_takes_the_others_place(life):
    matter = life.step(life.to("ACCEPTED"), "propose_roadmap")
    stale = matter.version
    life.step(matter, "propose_roadmap")
    assert [one.state for one in matter.roadmaps.all()] == ["SUPERSEDED", "PROPOSED"]
    with pytest.raises(Stale):
        life.step(matter, "accept_roadmap", version=stale)


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        ([], "至少写一个步骤"),
        ([StepWords(" ", FIRST)], "第1步要写明做什么"),
        ([StepWords("x" * 201, FIRST)], "不超过200字"),
        (
            [StepWords("摸底", FIRST), StepWords("报告", LATER)],
            "第2步的时间2026-12-31晚于办结时限2026-12-18；.*申请延期",
        ),
        ([StepWords("摸底", date(2026, 9, 1))], "已经过去"),
        ([StepWords("摸底", FIRST, None, 999_999)], "最新的路线图"),
        ([StepWords(f"第{place}步", FIRST) for place in range(21)], "最多20个步骤"),
    ],
)
def test_proposing_refuses(life, cast, steps, why):
    matter = life.to("ACCEPTED")
    with pytest.raises(NotAllowed, match=why):
        services.propose_roadmap(matter, steps=steps, by=cast.handler, on=DAY, now=at(DAY))
    with pytest.raises(NotAllowed, match="不是牵头或协办单位的人员"):
        strange = [StepWords("摸底", FIRST, cast.housing_chief)]
        services.propose_roadmap(matter, steps=strange, by=cast.handler, on=DAY, now=at(DAY))
    services.propose_roadmap(
        matter, steps=[StepWords("提供记录", FIRST, cast.quality_handler)], by=cast.handler, on=DAY, now=at(DAY)
    )  # an assisting unit's person may answer for a step
    assert not Roadmap.objects.filter(state="ACCEPTED").exists()


def test_a_step_past_its_date_turns_the_lamp_amber_until_it_is_done(agreed, life, cast):
    days = clock_of(cast.bureau.pk, DAY)
    life.step(agreed, "feed_back", next_on=date(2026, 12, 1))

    def colour(on: date) -> Lamp:
        found = lamp(lamp_facts(agreed), on, days.calendar)
        asked = Matter.objects.filter(lamp_query(found, on, days), pk=agreed.pk).exists()
        assert asked, (found, on)
        return found

    late = date(2026, 10, 20)
    assert (colour(FIRST), colour(late)) == (Lamp.GREEN, Lamp.AMBER)
    row = queries.row(agreed, on=late, clock=days)
    assert (row.lamp_label, row.left, row.next_label, row.next_on) == ("步骤滞后", "步骤滞后3个工作日", "步骤", FIRST)
    life.step(agreed, "finish_step", step=queries.undone(agreed)[0], done_on=date(2026, 10, 19), on=late, note="摸完")
    assert (colour(late), agreed.next_step_on) == (Lamp.GREEN, SECOND)
    assert colour(date(2026, 12, 2)) == Lamp.RED, "a date past goes before a step behind"
    first = shown(agreed, late)[0]
    assert (first.state, first.slip, first.note) == ("done", "比原定晚2个工作日", "摸完")


def test_slippage_is_kept_for_ever_through_versions(agreed, life, cast):
    steps = again(agreed, {0: date(2026, 10, 23)})
    with pytest.raises(NotAllowed, match="调整要写明理由"):
        life.step(agreed, "propose_roadmap", steps=steps)
    life.step(agreed, "propose_roadmap", steps=steps, reason="图纸不符")
    assert agreed.next_step_on == FIRST, "the version in force runs until the office agrees"
    life.step(agreed, "accept_roadmap")
    assert agreed.next_step_on == date(2026, 10, 23)
    step = queries.undone(agreed)[0]
    assert (step.original_on, step.follows.due_on) == (FIRST, FIRST)
    assert shown(agreed)[0].slip == "比原定晚6个工作日"
    life.step(agreed, "propose_roadmap", steps=again(agreed, {0: date(2026, 10, 26)}), reason="下雨")
    life.step(agreed, "accept_roadmap")
    assert queries.undone(agreed)[0].original_on == FIRST
    assert shown(agreed)[0].slip == "比原定晚7个工作日"
    assert [one.state for one in agreed.roadmaps.all()] == ["SUPERSEDED", "SUPERSEDED", "ACCEPTED"]
    frozen = RoadmapStep.objects.get(roadmap__matter=agreed, roadmap__number=1, order=1)
    assert (frozen.due_on, frozen.done_on) == (FIRST, None), "an accepted version is frozen"
    assert clean() == []


def test_an_unchanged_version_is_none(agreed, life):
    with pytest.raises(NotAllowed, match="没有变化"):
        life.step(agreed, "propose_roadmap", steps=again(agreed, {}), reason="再报一次")


def test_what_is_ticked_while_a_change_waits_stays_ticked(agreed, life):
    life.step(agreed, "propose_roadmap", steps=again(agreed, {1: date(2026, 11, 20)}), reason="核对量大")
    life.step(agreed, "finish_step", step=queries.undone(agreed)[0])
    life.step(agreed, "accept_roadmap")
    assert [one.words for one in queries.done_steps(agreed)] == ["完成摸底"]
    assert agreed.next_step_on == date(2026, 11, 20)
    life.step(agreed, "propose_roadmap", steps=again(agreed, {0: date(2026, 11, 27)}), reason="再调")
    life.step(agreed, "undo_step", step=queries.done_steps(agreed)[0])
    life.step(agreed, "accept_roadmap")
    assert [one.words for one in queries.undone(agreed)] == ["完成摸底", "汇总核对", "报送报告"]
    assert agreed.next_step_on == FIRST and clean() == []


def test_a_step_may_be_dropped_with_the_reason_and_a_new_one_added(agreed, life):
    steps = [*again(agreed, {})[1:], StepWords("补充公示", date(2026, 11, 27))]
    life.step(agreed, "propose_roadmap", steps=steps, reason="摸底已有现成资料")
    proposed = queries.steps_of(queries.proposed_roadmap(agreed))
    assert [one.words for one in queries.dropped(agreed, proposed)] == ["完成摸底"]
    assert [one.order for one in proposed] == [1, 2, 3] and proposed[1].words == "补充公示"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"done_on": date(2026, 9, 30)}, "不能晚于今天"),
        ({"done_on": date(2026, 9, 1)}, "不能早于交办送达日"),
        ({"step": RoadmapStep(pk=0)}, "最新的路线图"),
    ],
)
def test_ticking_off_refuses(agreed, life, words, why):
    with pytest.raises(NotAllowed, match=why):
        life.step(agreed, "finish_step", **({"step": queries.undone(agreed)[0]} | words))


def test_the_same_step_is_ticked_once_and_all_done_is_told(agreed, life, cast):
    first = queries.undone(agreed)[0]
    other = Matter.objects.get(pk=agreed.pk)
    life.step(agreed, "finish_step", step=first, version=agreed.version)
    with pytest.raises(Stale):
        life.step(other, "finish_step", step=first, version=other.version)
    with pytest.raises(NotAllowed, match="已登记完成"):
        life.step(agreed, "finish_step", step=first)
    for step in queries.undone(agreed):
        life.step(agreed, "finish_step", step=step)
    assert agreed.next_step_on is None
    assert Notice.objects.filter(user=cast.leader, title__startswith="路线图步骤已全部完成").exists()
    with pytest.raises(NotAllowed, match="没有待完成的步骤"):
        life.step(agreed, "finish_step", step=first)
    life.step(agreed, "undo_step", step=first, reason="还差一户")
    assert agreed.next_step_on == FIRST


def test_a_standstill_moves_the_steps_and_is_no_slippage(agreed, life, cast):
    when = date(2026, 10, 12)
    life.step(agreed, "suspend", on=when)
    back = date(2026, 10, 19)
    life.step(agreed, "resume", on=back)
    step = queries.undone(agreed)[0]
    assert (step.due_on, step.original_on, step.paused) == (date(2026, 10, 22), FIRST, 5)
    assert agreed.next_step_on == date(2026, 10, 22)
    assert shown(agreed, back)[0].slip == "", "an approved standstill is not the unit's slippage"
    assert shown(agreed, date(2026, 10, 26))[0].slip == "比原定晚2个工作日"
    assert "路线图未完成的步骤顺延5个工作日，不计滞后" in queries.timeline(agreed)[-1]["details"]
    assert clean() == []


@pytest.mark.parametrize(("move", "state"), [("reassign", "ENDED"), ("cancel", "ENDED")])
def test_the_roadmap_ends_with_the_unit_or_the_matter(agreed, life, move, state):
    life.step(agreed, move)
    one = agreed.roadmaps.get()
    assert (one.state, agreed.next_step_on) == (state, None)
    assert clean() == []


@pytest.mark.clause("2.2.5.1f")
def test_a_new_cycle_begins_without_a_roadmap_and_the_old_one_is_readable(agreed, life, cast):
    life.to("CLOSED", agreed)
    life.step(agreed, "reopen")
    calendar = clock_of(agreed.bureau_id, DAY).calendar
    facts = queries.roadmap_facts(agreed, DAY, calendar)
    assert facts["accepted"] is None and facts["proposed"] is None
    (old,) = facts["earlier"]
    assert (old["version"].cycle, old["state"], len(old["steps"])) == (1, "已终止", 3)
    life.step(agreed, "propose_roadmap")
    assert queries.proposed_roadmap(agreed).number == 1, "numbers begin anew with the cycle"
    assert clean() == []


def test_steps_join_the_days_digest(agreed, life, cast):
    life.step(agreed, "feed_back", next_on=date(2026, 12, 1))
    life.step(agreed, "receive")

    def told(on: date) -> set[str]:
        services.remind(on=on, now=at(on))
        found = Notice.objects.filter(key=f"matters:{agreed.pk}:remind:{on:%Y-%m-%d}")
        return set(found.values_list("user__name", flat=True))

    assert told(date(2026, 10, 13)) == set()
    assert told(date(2026, 10, 14)) == told(FIRST) == {cast.handler.name}
    assert told(date(2026, 10, 16)) == {cast.chief.name}


def test_when_a_roadmap_is_due_follows_the_rule_and_never_blocks(life, cast):
    from luoshi.plan import services as plan

    matter = life.to("ACCEPTED")
    due = queries.roadmap_due(matter)
    assert due.on == matter.feedback_due_on == date(2026, 10, 12) and "随首次反馈一并报送" in due.why[-1]
    life.step(matter, "feed_back")  # without one: nothing stops it
    for number, wanted in ((3, date(2026, 10, 9)), (0, None)):
        plan.decide_rule(
            cast.bureau, "task_breakdown", value={"number": number, "unit": "WORKDAY"}, citation="局党委会纪要",
            by=cast.office, on=DAY,
        )  # fmt: skip
        assert queries.roadmap_due(matter).on == wanted
    assert "propose_roadmap" not in owed(cast.handler, DAY)


def test_coverage_counts_what_has_one(agreed, life, cast):
    life.step(life.to("ACCEPTED"), "propose_roadmap")
    life.to("ACCEPTED")
    seen = queries.visible_to(cast.office, DAY)
    found = queries.roadmap_coverage(seen, date(2026, 10, 20))
    assert (found.running, found.accepted, found.waiting, found.missing, found.slipped) == (3, 1, 1, 1, 1)
    assert owed(cast.handler, DAY)["propose_roadmap"] == 1, "beside what else he owes on it, in one line"
    assert set(owed(cast.office, DAY)) == {"accept_roadmap"}
    assert owed(cast.handler, date(2026, 10, 15))["finish_step"] == 1
