"""交办清单 by services: many items in one act, one record, numbers in the list's order; all or none."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters import services
from luoshi.matters.models import Deadline, Matter, MatterEvent, MatterParty, TaskList
from luoshi.matters.tests.life import DAY, DUE, Life, at, clean, groups, staged
from luoshi.notices.models import Notice
from luoshi.org.models import NumberSeries
from luoshi.records.models import Entry, Evidence

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1a")]
MINUTES = "局党委会2026年第18次会议纪要"


@pytest.fixture
def life(cast):
    return Life(cast)


def items(cast, count: int = 4, **words):
    units = [cast.planning, cast.quality, cast.approval, cast.property, cast.housing]
    return [
        services.Item(
            **{
                "title": f"第{at + 1}件事", "lead_unit": units[at % 5], "leader": cast.leader, "due_on": DUE,
                "requirement": "逐项列出。", "assist_units": (units[(at + 1) % 5],),
            } | words
        )
        for at in range(count)
    ]  # fmt: skip


def open_list(cast, **words) -> TaskList:
    told = {
        "bureau": cast.bureau, "source": "COMMITTEE", "document": MINUTES, "issuer": cast.director, "issued_on": DAY,
        "items": items(cast), "by": cast.office, "on": DAY, "now": at(DAY),
    }  # fmt: skip
    return services.open_list(**(told | words))


def handed_out(cast, **words) -> TaskList:
    return open_list(cast, upto="ASSIGNED", decided_by=cast.director, decided_on=DAY, **words)


def test_forty_items_are_handed_out_in_one_act(life, cast):
    before = groups()
    with CaptureQueriesContext(connection) as asked:
        found = handed_out(cast, items=items(cast, 40))
    matters = list(found.matters.order_by("place"))
    assert [one.number for one in matters] == list(range(1, 41)) and [one.place for one in matters] == list(
        range(1, 41)
    )
    assert {(one.state, one.version, one.feedback_due_on, one.due_on) for one in matters} == {
        ("ASSIGNED", 3, date(2026, 10, 12), DUE)
    }
    assert found.title == "局党委会2026年第18次会议交办清单"
    moves = list(MatterEvent.objects.filter(matter=matters[0]).order_by("id").values_list("move", "decided_by"))
    assert moves == [("open", None), ("approve", cast.director.pk), ("assign", None)]
    assert Deadline.objects.filter(matter__in=matters).count() == 80
    assert MatterParty.objects.filter(matter__in=matters, received_at=None).count() == 0
    assert groups() == before + 1, "one act"
    entry = Entry.objects.latest("id")
    assert (entry.act, entry.subject_table) == ("matters.assign_list", "matters_tasklist")
    assert "交办40件，编号2026-0001至2026-0040" in entry.body and cast.director.name in entry.body
    assert clean() == []
    assert len(asked) < 75, f"{len(asked)} queries for forty items"


def test_the_number_of_steps_hardly_grows_with_the_list(life, cast):
    handed_out(cast, items=items(cast, 5))

    def queries(count):
        with CaptureQueriesContext(connection) as asked:
            handed_out(cast, items=items(cast, count))
        return len(asked)

    few, many = queries(5), queries(90)
    assert many - few <= 25, (few, many)


def test_each_person_is_told_once_of_all_that_reached_his_units(life, cast):
    handed_out(cast, items=items(cast, 10))
    told = Notice.objects.filter(user=cast.chief)
    assert [one.title for one in told] == ["请签收《局党委会2026年第18次会议交办清单》交办的4件事项"]
    assert told.get().url == TaskList.objects.get().get_absolute_url()
    assert Notice.objects.filter(user=cast.handler).count() == 0, "the head takes in what comes"


def test_drafts_have_no_number_and_concern_the_office_and_the_leaders_only(life, cast):
    found = open_list(cast)
    assert {one.state for one in found.matters.all()} == {"DRAFT"}
    assert not NumberSeries.objects.filter(bureau=cast.bureau).exists()
    assert Notice.objects.count() == 0 and clean() == []


def test_files_become_the_lists_paper_and_the_decisions_proof(life, cast):
    token, other = staged(cast.office, "清单.txt"), staged(cast.office, "批示.txt")
    found = handed_out(cast, document="", title="专项清单", staged=[token, other])
    assert found.paper.name == "清单.txt" and Evidence.objects.count() == 2
    proofs = {(one.event.move, one.evidence.name) for matter in found.matters.all() for event in matter.events.all()
              for one in event.proofs.all()}  # fmt: skip
    assert proofs == {("approve", "清单.txt"), ("approve", "批示.txt")}
    assert clean() == []


def test_a_leader_lists_and_approves_his_own_and_the_office_hands_out(life, cast):
    found = open_list(cast, by=cast.leader, issuer=cast.leader, upto="APPROVED")
    assert {one.state for one in found.matters.all()} == {"APPROVED"}
    event = MatterEvent.objects.filter(move="approve").first()
    assert (event.operator, event.decided_by) == (cast.leader, cast.leader)
    services.carry_on(found, upto="ASSIGNED", version=1, by=cast.office, on=DAY, now=at(DAY))
    assert {one.state for one in found.matters.all()} == {"ASSIGNED"} and clean() == []


def test_the_clause_of_an_item_stays_with_its_matter(life, cast):
    from luoshi.plan.services import import_plan

    version = import_plan(
        bureau=cast.bureau,
        content="一、工作目标\n办公室每月报送一次工作情况。\n".encode(),
        file_name="方案.txt",
        by=cast.office,
        on=DAY,
    )
    clause = version.clauses.order_by("order").last()
    found = handed_out(cast, items=items(cast, 1, clause=clause))
    matter = found.matters.get()
    assert (matter.clause, matter.source, matter.source_title) == (clause, "PLAN", MINUTES)


@pytest.mark.parametrize(
    "who", ["chief", "handler", "verifier", "inspector", "discipline", "window", "stranger", "sysadmin"]
)
def test_nobody_else_registers_a_list(life, cast, who):
    with pytest.raises(NotAllowed, match="局办公室或局领导"):
        open_list(cast, by=getattr(cast, who))
    assert TaskList.objects.count() == 0


def test_a_leader_neither_hands_out_nor_approves_for_another(life, cast):
    with pytest.raises(NotAllowed, match="没有“交办”的职责"):
        open_list(cast, by=cast.leader, upto="ASSIGNED")
    with pytest.raises(NotAllowed, match="“第1件事”"):
        open_list(cast, by=cast.second_leader, upto="APPROVED")
    with pytest.raises(NotAllowed, match="不是本事项的交办领导"):
        open_list(cast, upto="ASSIGNED", decided_by=cast.second_leader, decided_on=DAY)


def test_the_office_needs_the_leaders_paper_or_its_source(life, cast):
    with pytest.raises(NotAllowed, match="由交办领导决定"):
        open_list(cast, upto="APPROVED")
    with pytest.raises(NotAllowed, match="写明出处"):
        handed_out(cast, document="", title="没有出处的清单")
    assert Matter.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "事项名称"),
        ({"title": "长" * 201}, "不超过200字"),
        ({"due_on": date(2026, 9, 1)}, "已经过去"),
        ({"assist_units": None}, "不能同时列为协办"),
    ],
)
def test_one_bad_item_and_nothing_is_written(life, cast, words, why):
    good = items(cast, 3)
    if words.get("assist_units", "") is None:
        words = {"assist_units": (cast.planning,), "lead_unit": cast.planning}
    with pytest.raises(NotAllowed, match=why) as refusal:
        handed_out(cast, items=[*good, *items(cast, 1, **words)])
    assert "第4项" in str(refusal.value)
    assert (TaskList.objects.count(), Matter.objects.count(), NumberSeries.objects.count()) == (0, 0, 0)


def test_a_refused_list_gives_its_numbers_back(life, cast):
    handed_out(cast, items=items(cast, 3))
    with pytest.raises(NotAllowed):
        handed_out(cast, items=items(cast, 3), issued_on=date(2026, 12, 1))
    assert list(handed_out(cast, items=items(cast, 2)).matters.order_by("place").values_list("number", flat=True)) == [
        4,
        5,
    ]


def test_each_series_counts_for_itself_and_says_so(life, cast):
    handed_out(cast, items=items(cast, 2))
    other = handed_out(cast, items=items(cast, 2), series="县交办")
    assert [one.number_label for one in other.matters.order_by("place")] == ["县交办2026-0001", "县交办2026-0002"]
    one = services.open_matter(
        bureau=cast.bureau, title="单件", source="KEY_WORK", lead_unit=cast.planning, leader=cast.leader, due_on=DUE,
        by=cast.office, on=DAY, now=at(DAY),
    )  # fmt: skip
    assert services.approve(one, by=cast.leader, on=DAY, now=at(DAY)).number_label == "2026-0003"


def test_further_items_follow_and_a_stale_list_is_a_conflict(life, cast):
    found = handed_out(cast, items=items(cast, 2))
    copy = TaskList.objects.get()
    services.add_items(found, items=items(cast, 1, title="后加的"), version=1, by=cast.office, on=DAY, now=at(DAY))
    assert list(found.matters.order_by("place").values_list("place", "state")) == [
        (1, "ASSIGNED"), (2, "ASSIGNED"), (3, "DRAFT"),
    ]  # fmt: skip
    with pytest.raises(Stale) as why:
        services.add_items(copy, items=items(cast, 1), version=1, by=cast.office, on=DAY, now=at(DAY))
    assert "清单增加事项" in why.value.changes[0]
    assert clean() == []


def test_the_rest_is_handed_out_in_one_act_unless_it_moved_meanwhile(life, cast):
    found = open_list(cast)
    seen = {one.pk: one.version for one in found.matters.all()}
    first = found.matters.order_by("place").first()
    services.approve(first, by=cast.leader, on=DAY, now=at(DAY))
    paper = {"decided_by": cast.director, "decided_on": DAY}
    call = {"upto": "ASSIGNED", "by": cast.office, "on": DAY, "now": at(DAY), **paper}
    with pytest.raises(Stale) as why:
        services.carry_on(found, version=1, seen=seen, **call)
    assert "别人" in why.value.changes[0] and TaskList.objects.get().version == 1
    found.refresh_from_db()
    services.carry_on(found, version=1, seen={one.pk: one.version for one in found.matters.all()}, **call)
    assert sorted(found.matters.values_list("state", "number")) == [("ASSIGNED", at) for at in (1, 2, 3, 4)]
    with pytest.raises(NotAllowed, match="没有待立项、待交办的"):
        services.carry_on(found, version=2, **call)
    assert clean() == []


def test_a_leader_approves_what_is_his_and_leaves_the_rest(life, cast):
    mixed = [*items(cast, 1), *items(cast, 1, leader=cast.second_leader, title="另一位领导的")]
    found = open_list(cast, items=mixed)
    services.carry_on(found, upto="APPROVED", version=1, by=cast.leader, on=DAY, now=at(DAY))
    assert dict(found.matters.values_list("title", "state")) == {"第1件事": "APPROVED", "另一位领导的": "DRAFT"}
    with pytest.raises(NotAllowed, match="没有由您立项"):
        services.carry_on(found, upto="APPROVED", version=2, by=cast.leader, on=DAY, now=at(DAY))
    with pytest.raises(NotAllowed, match="局办公室或局领导"):
        services.carry_on(found, upto="APPROVED", version=2, by=cast.chief, on=DAY, now=at(DAY))


def test_a_list_is_archived_when_all_of_it_ended(life, cast):
    found = handed_out(cast, items=items(cast, 2))
    one, two = found.matters.order_by("place")
    with pytest.raises(NotAllowed, match="还有2件没有办结"):
        services.archive_list(found, version=1, by=cast.office, on=DAY, now=at(DAY))
    one = services.accept(one, by=cast.chief, handler=cast.handler, on=DAY, now=at(DAY))
    one = life.to("CLOSED", one)
    services.cancel(two, reason="并入另一件", by=cast.leader, on=DAY, now=at(DAY))
    with pytest.raises(NotAllowed, match="清单由局办公室办理"):
        services.archive_list(found, version=1, by=cast.leader, on=DAY, now=at(DAY))
    services.archive_list(found, version=1, by=cast.office, on=DAY, now=at(DAY))
    assert found.archived_on == DAY
    assert sorted(found.matters.values_list("state", flat=True)) == ["ARCHIVED", "CANCELLED"]
    with pytest.raises(NotAllowed, match="已归档"):
        services.add_items(found, items=items(cast, 1), version=2, by=cast.office, on=DAY, now=at(DAY))
    with pytest.raises(NotAllowed, match="已经归档"):
        services.archive_list(found, version=2, by=cast.office, on=DAY, now=at(DAY))
    assert clean() == []


def test_the_head_is_amended_and_a_stale_one_is_a_conflict(life, cast):
    found = open_list(cast)
    services.edit_list(found, changes={"title": "改过的名称"}, version=1, by=cast.office, on=DAY)
    with pytest.raises(Stale):
        services.edit_list(TaskList.objects.get(), changes={"title": "又一个"}, version=1, by=cast.director, on=DAY)
    with pytest.raises(NotAllowed, match=f"由{cast.director.name}交办"):
        services.edit_list(TaskList.objects.get(), changes={"title": "别人的"}, version=2, by=cast.leader, on=DAY)
    mine = open_list(cast, by=cast.leader, issuer=cast.leader, title="自己的")
    services.edit_list(mine, changes={"title": "自己的清单"}, version=1, by=cast.leader, on=DAY)
    assert sorted(TaskList.objects.values_list("title", flat=True)) == ["改过的名称", "自己的清单"] and clean() == []
