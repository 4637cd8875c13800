"""Adding, merging, splitting and undoing: exact places, measures where they belong, and what is refused."""

from __future__ import annotations

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.plan import queries, services
from luoshi.plan.models import Clause, Duty, DutyOrigin, PlanVersion, Responsibility, Rule
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.records.models import Entry
from luoshi.records.verify import verify

GOAL = "件件有人办，件件有结果"
LEDGER = "规划建设股对走访收集的意见建立整改台账，实行销号管理"


def add(cast, version, words, **given):
    start = version.text.index(words)
    return services.add_duty(version, start=start, end=start + len(words), by=cast.office, on=TODAY, **given)


def of_clause(version, path):
    found = Duty.objects.filter(clause__version=version, clause__path=path).exclude(state="REPLACED")
    return list(found.order_by("start"))


def pairs(duties):
    return [(one, one.version) for one in duties]


def merge(cast, duties):
    return services.merge_duties(pairs(duties), by=cast.office, on=TODAY)


def split(cast, duty, *words):
    cuts = [duty.start + duty.quote.index(one) for one in words]
    return services.split_duty(duty, cuts=cuts, by=cast.office, on=TODAY, version=duty.version)


def undo(cast, duty):
    return services.undo_reshape(duty, by=cast.office, on=TODAY, version=duty.version)


def one_of(cast, version, words=LEDGER):
    """One proposal over a whole sentence of two pieces, added by a person."""
    return add(cast, version, words, confirm=False)


@pytest.mark.parametrize("confirm", [True, False])
def test_an_added_duty_has_its_exact_place_and_the_readers_guess(cast, version, confirm):
    one = add(cast, version, "每季度通报。局办公室每季度对重点工作进行打分排名。\n", confirm=confirm)
    words = "每季度通报。局办公室每季度对重点工作进行打分排名"
    assert one.quote == version.text[one.start : one.end] == words
    assert (one.clause.path, one.actor, one.owner_unit) == ("二/5/一是", "局办公室", cast.office_unit)
    assert one.by_person and one.state == ("CONFIRMED" if confirm else "PROPOSED")
    assert one.slot == "board_cycle" and one.obligations[0]["period"] == "每季度"
    kept = one.obligations[0]
    assert version.text[kept["start"] : kept["end"]] == kept["quote"]
    assert Rule.objects.filter(duty=one).exists() is confirm
    acts = Entry.objects.filter(subject_table="plan_duty", subject_pk=str(one.pk)).values_list("act", flat=True)
    assert list(acts) == ["plan.add_duty", *(["plan.confirm_duty"] if confirm else [])]


def test_what_a_person_types_goes_before_the_guess(cast, version):
    one = add(cast, version, GOAL, act="建立办件台账", actor="各股室", owner_unit=cast.planning)
    assert (one.act, one.actor, one.owner_unit, one.state) == ("建立办件台账", "各股室", cast.planning, "CONFIRMED")
    other = add(cast, version, "没有公函", confirm=False, act="没有公函的不接待")
    assert (other.act, other.state) == ("没有公函的不接待", "PROPOSED")


def test_who_acts_is_taken_from_the_sentence_before(cast, version):
    assert add(cast, version, "明确牵头单位", confirm=False).actor == "局办公室"


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        (-3, 5, "不在这份方案"),
        (5, 5, "不在这份方案"),
        (0, len(PLAN) + 9, "不在这份方案"),
        (PLAN.index("。\n二是"), PLAN.index("。\n二是") + 2, "没有选中文字"),
        (PLAN.index("由局办公室归档"), PLAN.index("由局办公室归档") + 40, "跨了两条"),
        (PLAN.index("二、工作措施"), PLAN.index("抓学习") + 3, "跨了两条"),
    ],
)
def test_a_stretch_outside_empty_or_over_two_clauses_is_refused(cast, version, start, end, why):
    before = Duty.objects.count()
    with pytest.raises(NotAllowed, match=why):
        services.add_duty(version, start=start, end=end, by=cast.office, on=TODAY)
    assert Duty.objects.count() == before


def test_the_same_stretch_is_not_added_twice(cast, version):
    add(cast, version, GOAL)
    with pytest.raises(NotAllowed, match="已是任务"):
        add(cast, version, GOAL + "。")


def test_an_added_duty_takes_back_that_its_clause_has_none(cast, version):
    goals = Clause.objects.get(version=version, path="一")
    services.mark_no_duty(goals, by=cast.office, on=TODAY)
    add(cast, version, GOAL)
    assert not Clause.objects.filter(version=version, no_duty=True).exists()


@pytest.mark.clause("2.0")
def test_merging_joins_words_place_and_measures(cast, version):
    two = of_clause(version, "二/1/二是")
    assert len(two) == 2
    one = merge(cast, two)
    assert (one.start, one.end) == (two[0].start, two[1].end)
    assert one.quote == version.text[one.start : one.end]
    assert one.act == f"{two[0].act}，{two[1].act}"
    assert one.obligations == two[0].obligations + two[1].obligations
    assert (one.slot, one.state, one.by_person) == (two[0].slot, "PROPOSED", True)
    assert set(Duty.objects.filter(became__duty=one).values_list("state", flat=True)) == {"REPLACED"}
    assert queries.numbers(version.pk)[one.pk] == str(two[0].order)
    assert queries.made_of(version.pk) == {one.pk: [two[0].order, two[1].order]}


def test_replaced_duties_are_neither_counted_nor_shown(cast, version):
    before = queries.progress(version).total
    merge(cast, of_clause(version, "二/1/二是"))
    assert queries.progress(version).total == before - 1
    assert sum(one.total for one in queries.outline(version) if one.depth == 0) == before - 1


def test_merging_wants_two_of_one_clause_that_are_open(cast, version):
    two = of_clause(version, "二/1/二是")
    with pytest.raises(NotAllowed, match="至少要选两项"):
        merge(cast, two[:1])
    with pytest.raises(NotAllowed, match="同一条款"):
        merge(cast, [two[0], *of_clause(version, "二/2/一是")])
    services.confirm_duty(two[0], by=cast.office, on=TODAY, version=1)
    with pytest.raises(NotAllowed, match="“已确认”状态，不能“合并”"):
        merge(cast, two)
    assert not DutyOrigin.objects.exists()


def test_merging_a_stale_one_changes_nothing(cast, version):
    two = of_clause(version, "二/1/二是")
    services.correct_duty(Duty.objects.get(pk=two[1].pk), by=cast.office, on=TODAY, version=1, act="改过")
    with pytest.raises(Stale):
        merge(cast, two)
    assert not Duty.objects.filter(state="REPLACED").exists()


def test_merged_words_have_their_limit(cast, version):
    two = of_clause(version, "二/1/二是")
    for one, sign in zip(two, "长句", strict=True):
        services.correct_duty(one, by=cast.office, on=TODAY, version=1, act=sign * 200)
    with pytest.raises(NotAllowed, match="401个字"):
        merge(cast, two)


@pytest.mark.clause("2.0")
def test_splitting_gives_exact_parts_and_each_measure_to_the_part_that_holds_it(cast, version):
    whole = one_of(cast, version, "干部职工每人每年学习不少于20天，每周学习不少于半天")
    first, second = split(cast, whole, "每周")
    assert (first.quote, second.quote) == ("干部职工每人每年学习不少于20天", "每周学习不少于半天")
    assert version.text[second.start : second.end] == second.quote and first.end < second.start
    assert [one["quantity"] for one in first.obligations] == [20]
    assert [one["quantity"] for one in second.obligations] == [0.5]
    assert (first.slot, second.slot) == ("study_days_year", "study_weekly")
    assert (first.actor, second.actor) == (whole.actor, whole.actor) and second.state == "PROPOSED"
    numbers = queries.numbers(version.pk)
    assert numbers[first.pk].rsplit("-", 1)[0] == numbers[second.pk].rsplit("-", 1)[0]
    whole.refresh_from_db()
    assert whole.state == "REPLACED"


def test_owner_leader_and_a_hand_written_value_are_handed_on(cast, version):
    whole = one_of(cast, version)
    services.assign_many(
        [(whole, whole.version)], by=cast.office, on=TODAY, owner_unit=cast.quality, leader=cast.leader
    )
    parts = split(cast, whole, "实行")
    assert {(one.owner_unit, one.leader) for one in parts} == {(cast.quality, cast.leader)}
    assert [one.slot for one in parts].count(whole.slot) == 1


@pytest.mark.parametrize(
    ("cuts", "why"), [([], "至少选一个"), ([0], "不在这项任务"), ([10**6], "不在这项任务"), (["start"], "不在这项任务")]
)
def test_cuts_outside_are_refused(cast, version, cuts, why):
    whole = one_of(cast, version)
    at = [whole.start if one == "start" else one for one in cuts]
    with pytest.raises(NotAllowed, match=why):
        services.split_duty(whole, cuts=at, by=cast.office, on=TODAY, version=whole.version)
    whole.refresh_from_db()
    assert whole.state == "PROPOSED"


def test_one_piece_cannot_be_split_and_a_decided_one_neither(cast, version, duty):
    with pytest.raises(NotAllowed, match="没有可拆的地方"):
        services.split_duty(duty("推广好做法"), cuts=[1], by=cast.office, on=TODAY, version=1)
    whole = one_of(cast, version)
    services.confirm_duty(whole, by=cast.office, on=TODAY, version=whole.version)
    with pytest.raises(NotAllowed, match="不能“拆分”"):
        split(cast, whole, "实行")


def test_splitting_twice_is_refused_and_a_stale_one_says_so(cast, version):
    whole = one_of(cast, version)
    again = Duty.objects.get(pk=whole.pk)
    split(cast, whole, "实行")
    with pytest.raises(Stale) as caught:
        split(cast, again, "实行")
    assert "已拆并" in caught.value.changes[0]
    with pytest.raises(NotAllowed, match="“已拆并”状态"):
        split(cast, Duty.objects.get(pk=whole.pk), "实行")


def test_merging_and_splitting_are_undone_layer_by_layer(cast, version):
    whole = one_of(cast, version)
    first, second = split(cast, whole, "实行")
    one = merge(cast, [first, second])
    with pytest.raises(NotAllowed, match="后来又被拆分或合并过"):
        undo(cast, Duty.objects.get(pk=first.pk))
    assert {row.pk for row in undo(cast, one)} == {first.pk, second.pk}
    back = undo(cast, Duty.objects.get(pk=second.pk))
    assert [row.pk for row in back] == [whole.pk] and back[0].state == "PROPOSED"
    assert not DutyOrigin.objects.exists()
    assert set(Duty.objects.filter(pk__in=[first.pk, second.pk, one.pk]).values_list("state", flat=True)) == {
        "REPLACED"
    }
    again = split(cast, Duty.objects.get(pk=whole.pk), "实行")
    assert len(undo(cast, again[0])) == 1


def test_undoing_waits_until_nothing_is_confirmed_on_it(cast, version):
    parts = split(cast, one_of(cast, version), "实行")
    services.confirm_duty(parts[1], by=cast.office, on=TODAY, version=parts[1].version)
    with pytest.raises(NotAllowed, match="已确认，请先把它退回待确认"):
        undo(cast, parts[0])
    services.restore_duty(parts[1], by=cast.office, on=TODAY, version=parts[1].version)
    services.drop_duty(parts[1], by=cast.office, on=TODAY, version=parts[1].version)
    assert len(undo(cast, parts[0])) == 1


def test_undoing_is_refused_while_another_row_rests_on_it(cast, version, monkeypatch):
    parts = split(cast, one_of(cast, version), "实行")
    taken = parts[0].__class__.objects.get(pk=parts[0].pk)
    later = one_of(cast, version, GOAL)
    Duty.objects.filter(pk=later.pk).update(carried_from=taken)
    with pytest.raises(NotAllowed, match="已有任务以这几项任务为依据，不能撤销拆并；请先处理"):
        undo(cast, parts[0])


def test_a_read_duty_has_nothing_to_undo_and_a_stale_undo_says_so(cast, version, duty):
    with pytest.raises(NotAllowed, match="不是拆分或合并来的"):
        undo(cast, duty("推广好做法"))
    parts = split(cast, one_of(cast, version), "实行")
    with pytest.raises(Stale):
        services.undo_reshape(parts[0], by=cast.office, on=TODAY, version=99)


def test_what_was_merged_rules_only_when_confirmed(cast, version):
    one = merge(cast, of_clause(version, "二/1/二是"))
    assert not Rule.objects.exists()
    services.confirm_duty(one, by=cast.office, on=TODAY, version=one.version)
    assert Rule.objects.get().duty == one


def test_every_row_is_recorded(cast, version):
    parts = split(cast, one_of(cast, version), "实行")
    undo(cast, parts[0])
    merge(cast, of_clause(version, "二/1/二是"))
    services.mark_no_duty(Clause.objects.get(version=version, path="一"), by=cast.office, on=TODAY)
    found = [one for one in verify().findings if one.table.startswith("plan_")]
    assert found == []


@pytest.mark.parametrize("who", ["director", "leader", "chief", "handler", "stranger", "sysadmin"])
def test_only_the_office_shapes(cast, version, who):
    by, two = getattr(cast, who), of_clause(version, "二/1/二是")
    whole = one_of(cast, version)
    clause = Clause.objects.get(version=version, path="一")
    for verb in (
        lambda: services.add_duty(version, start=whole.start, end=whole.end - 3, by=by, on=TODAY),
        lambda: services.merge_duties(pairs(two), by=by, on=TODAY),
        lambda: services.split_duty(whole, cuts=[whole.start], by=by, on=TODAY, version=whole.version),
        lambda: services.undo_reshape(whole, by=by, on=TODAY, version=whole.version),
        lambda: services.assign_many(pairs(two), by=by, on=TODAY, leader=cast.leader),
        lambda: services.unmark_no_duty(clause, by=by, on=TODAY),
    ):
        with pytest.raises(NotAllowed, match="局办公室"):
            verb()


def test_duties_of_two_plans_are_not_decided_together(cast, version):
    other = services.import_plan(bureau=cast.bureau, content=PLAN + "附言。\n", by=cast.office, on=TODAY)
    mixed = [Duty.objects.filter(clause__version=one).first() for one in (version, other)]
    with pytest.raises(NotAllowed, match="同一份方案"):
        services.drop_many(pairs(mixed), by=cast.office, on=TODAY)
    assert PlanVersion.objects.count() == 2 and not Responsibility.objects.exists()
