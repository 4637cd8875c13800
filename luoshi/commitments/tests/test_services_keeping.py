"""践诺: amendments in the open, progress, linked matters, 兑现 and 评诺."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.commitments import queries, services
from luoshi.commitments.models import Amendment, Progress, PromiseMatter
from luoshi.commitments.tests.life import DAY, PAPER, at, clean, draft, published, staged
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import Life
from luoshi.notices.models import Notice

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.1.4a")]
LATER = date(2026, 12, 20)


@pytest.fixture
def promise(cast):
    return published(cast).promises.get(order=1)


def change(cast, promise, **words):
    told = {"words": promise.words, "measure": promise.measure, "due_on": LATER, "reason": "许可补件。",
            "version": promise.version, "by": cast.director, "on": DAY}  # fmt: skip
    return services.amend(promise, **(told | words))


def test_an_amendment_keeps_the_original_and_tells_what_changed_and_why(cast, promise):
    first = change(cast, promise)
    promise.refresh_from_db()
    assert (promise.due_on, promise.due_now_on) == (date(2026, 11, 30), LATER), "the published date stays"
    assert (first.old_due_on, first.new_due_on, first.moved, first.reworded) == (promise.due_on, LATER, True, False)
    second = change(cast, promise, words="推动五个小区开工", by=cast.office, decided_by=cast.director, **PAPER)
    promise.refresh_from_db()
    assert (second.number, second.old_due_on, second.reworded) == (2, LATER, True)
    assert promise.words == "推动三个老旧小区加装电梯开工" and queries.standing_words(promise)[0] == "推动五个小区开工"
    assert Notice.objects.filter(user=cast.leader, title__startswith="承诺已变更").count() == 2 and clean() == []


def test_an_amendment_may_end_a_promise(cast, promise):
    ended = change(cast, promise, ends=True, reason="分管调整，由孟怀瑾接续。")
    promise.refresh_from_db()
    assert (ended.ends, ended.new_words, promise.ended_on) == (True, "", DAY)
    with pytest.raises(NotAllowed, match="已经终止"):
        services.fulfil(promise, outcome="KEPT", words="做完了", version=None, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="已经终止"):
        change(cast, promise)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"reason": ""}, "写明理由"),
        ({"by": "leader"}, "没有“变更承诺”的职责"),
        ({"by": "office"}, "主要领导审定"),
        ({"due_on": date(2026, 11, 30)}, "没有改动"),
        ({"due_on": date(2027, 2, 1)}, "超出2026年"),
        ({"words": " "}, "承诺事项和完成标志"),
    ],
)
def test_an_amendment_is_refused_with_the_way_out(cast, promise, words, why):
    told = {key: getattr(cast, value) if key == "by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        change(cast, promise, **told)
    assert not Amendment.objects.exists()


def test_a_draft_is_edited_not_amended_and_two_amendments_do_not_cross(cast, promise):
    with pytest.raises(NotAllowed, match="起草"):
        change(cast, draft(cast, cast.second_leader).promises.first())
    change(cast, promise, version=1)
    with pytest.raises(Stale):
        change(cast, promise, version=1, due_on=LATER + timedelta(days=1))


def test_progress_is_entered_once_with_or_without_proof_and_a_mistake_stays_struck_out(cast, promise):
    told = services.note_progress(
        promise, words="一个小区进场", happened_on=DAY, by=cast.chief, on=DAY, staged=[staged(cast.chief)]
    )
    assert told.proofs.count() == 1, "the unit in his portfolio may tell of it"
    services.void_progress(told, reason="小区写错。", by=cast.chief, on=DAY)
    told.refresh_from_db()
    assert told.void_reason == "小区写错。"
    with pytest.raises(NotAllowed, match="已经作废"):
        services.void_progress(told, reason="再来。", by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="不能晚于今天"):
        services.note_progress(promise, words="x", happened_on=DAY + timedelta(1), by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="写明情况"):
        services.note_progress(promise, words=" ", happened_on=DAY, by=cast.leader, on=DAY)
    assert clean() == []


@pytest.mark.parametrize("who", ["property_chief", "second_leader", "inspector", "stranger"])
def test_who_has_no_part_in_a_promise_tells_nothing_of_it(cast, promise, who):
    with pytest.raises(NotAllowed, match="没有“登记进展”的职责"):
        services.note_progress(promise, words="x", happened_on=DAY, by=getattr(cast, who), on=DAY)


def test_only_who_entered_a_line_or_the_office_voids_it(cast, promise):
    told = services.note_progress(promise, words="进场", happened_on=DAY, by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="登记人本人或局办公室"):
        services.void_progress(told, reason="x", by=cast.leader, on=DAY)


def test_a_matter_is_linked_once_by_who_sees_it(cast, promise):
    matter = Life(cast).open()
    found = services.link(promise, matter, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已经关联"):
        services.link(promise, matter, by=cast.leader, on=DAY)
    services.unlink(found, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已经取消"):
        services.unlink(found, by=cast.office, on=DAY)
    services.link(promise, matter, by=cast.leader, on=DAY)
    assert PromiseMatter.objects.filter(ended_on=None).count() == 1 and clean() == [] == []
    foreign = Life(cast).open(leader=cast.second_leader, lead_unit=cast.property, assist_units=[])
    with pytest.raises(NotAllowed, match="看不到"):
        services.link(promise, foreign, by=cast.leader, on=DAY)


def test_a_promise_becomes_a_matter_of_its_leaders(cast, promise):
    matter = services.open_matter(promise, unit=cast.planning, due_on=None, by=cast.leader, on=DAY, now=at(DAY))
    assert (matter.state, matter.leader, matter.due_on) == ("DRAFT", cast.leader, promise.due_on)
    assert promise.links.get().matter == matter and promise.words == matter.title
    with pytest.raises(NotAllowed, match="没有“关联事项”的职责"):
        services.open_matter(promise, unit=cast.planning, due_on=None, by=cast.chief, on=DAY, now=at(DAY))


def test_each_promise_is_accounted_for_before_the_year_is_judged(cast, promise):
    whole = promise.commitment
    with pytest.raises(NotAllowed, match="第1条还没有登记兑现"):
        services.settle(whole, note="年度考核会评议。", version=None, by=cast.office, on=DAY)
    services.fulfil(promise, outcome="PARTLY", words="两个小区开工。", version=1, by=cast.leader, on=DAY)
    services.fulfil(promise, outcome="KEPT", words="三个都开工。", version=2, by=cast.office, on=DAY)
    promise.refresh_from_db()
    assert promise.outcome == "KEPT" and Progress.objects.filter(kind="FULFILMENT").count() == 2
    other = whole.promises.get(order=2)
    change(cast, other, ends=True, reason="分管调整。")
    with pytest.raises(NotAllowed, match="评诺方式"):
        services.settle(whole, note=" ", version=None, by=cast.office, on=DAY)
    services.settle(whole, note="年度考核会逐条评议，同意。", version=None, by=cast.office, on=DAY)
    assert (whole.state, whole.settled_by) == ("SETTLED", cast.office)
    with pytest.raises(NotAllowed, match="已评诺"):
        services.fulfil(promise, outcome="NOT", words="x", version=None, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="已评诺"):
        services.settle(whole, note="再评。", version=None, by=cast.office, on=DAY)
    assert clean() == []


def test_an_outcome_needs_its_words_its_person_and_its_version(cast, promise):
    with pytest.raises(NotAllowed, match="写明情况"):
        services.fulfil(promise, outcome="NOT", words=" ", version=1, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="请选择已兑现"):
        services.fulfil(promise, outcome="GOOD", words="x", version=1, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="没有“登记兑现”的职责"):
        services.fulfil(promise, outcome="KEPT", words="x", version=1, by=cast.chief, on=DAY)
    services.fulfil(promise, outcome="NOT", words="没有开工。", version=1, by=cast.leader, on=DAY)
    with pytest.raises(Stale):
        services.fulfil(promise, outcome="KEPT", words="开工。", version=1, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="不能再变更"):
        change(cast, promise, version=None)
