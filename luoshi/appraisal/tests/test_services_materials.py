"""个人年度材料 and 优秀名额 by services: facts of the work done, answered by the person; places that hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from luoshi.accountability import services as accountability
from luoshi.accountability.rules import HINT
from luoshi.appraisal.models import Nomination, Pool, YearMaterial
from luoshi.appraisal.services import materials, pools, year_objections
from luoshi.appraisal.tests import year
from luoshi.appraisal.tests.life import remark
from luoshi.appraisal.tests.year import AFTER, DAY, PAPER, YEAR
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import Life, clean

pytestmark = pytest.mark.django_db
fact = pytest.mark.clause("3.3b")
places = pytest.mark.clause("2.3.2")


def finished(cast):
    """A matter that the handler brought to its end, returned once, and criticised by superiors."""
    life = Life(cast)
    matter = life.open()
    for name in (
        "approve",
        "assign",
        "accept",
        "allot",
        "feed_back",
        "submit",
        "send_back",
        "submit",
        "verify",
        "close",
    ):
        told = {"handler": cast.handler} if name == "allot" else {}
        life.step(matter, name, **told)
    remark(cast, matter=matter, words="进度滞后。")
    return matter


def lines(material: YearMaterial, key: str) -> list[dict[str, str]]:
    return next(one["lines"] for one in material.facts if one["key"] == key)


def show(cast, on=DAY):
    return materials.show_materials(bureau=cast.bureau, year=YEAR, by=cast.office, on=on)


def hand_in(cast, *rows, on=DAY, to="局党委"):
    return materials.hand_in_materials(bureau=cast.bureau, year=YEAR, materials=rows, to=to, by=cast.office, on=on)


def answer(cast, row, said=(), **words):
    told = {"answers": dict(said), "statement": "", "version": None, "by": cast.handler, "on": DAY}
    return materials.answer_material(row, **(told | words))


@fact
def test_facts_are_drawn_from_the_work_done_with_their_links(cast):
    matter = finished(cast)
    (found,) = year.drawn(cast)
    (line,) = lines(found, "MATTERS")
    assert line["url"] == matter.get_absolute_url() and "退回1次" in line["words"]
    assert len(lines(found, "RETURNED")) == len(lines(found, "REMARKS")) == 1 and not lines(found, "OVERDUE")
    assert {one["key"] for one in found.facts} == {"MATTERS", "RETURNED", "OVERDUE", "PROBLEMS", "PROMISES", "REMARKS"}
    assert len(found.digest) == 64 and found.digest == materials.digest_of(found.facts) and clean() == []
    (other,) = year.drawn(cast, cast.second_handler)
    assert not any(one["lines"] for one in other.facts)


@fact
def test_no_fact_has_a_score_a_place_or_a_time_of_study(cast):
    (found,) = year.drawn(cast)
    text = str(found.facts)
    assert not [word for word in ("学习", "调研", "谈话", "考勤", "分", "名次") if word in text]
    names = {one.name for one in YearMaterial._meta.get_fields()}
    assert not names & {"score", "points", "rank", "total", "grade"}


@fact
def test_the_person_answers_in_his_own_file_and_the_office_replies(cast):
    year.drawn(cast)
    (row,) = show(cast)
    with pytest.raises(NotAllowed, match="职责"):
        answer(cast, row, by=cast.chief)
    answer(cast, row, [("MATTERS", "漏了一件。")], statement="全年满勤。")
    assert (row.state, row.answers.get().key) == ("ANSWERED", "MATTERS")
    with pytest.raises(NotAllowed, match="本人有意见"):
        answer(cast, row)
    with pytest.raises(NotAllowed, match="意见还没有答复"):
        hand_in(cast, row)
    said = row.answers.get()
    with pytest.raises(NotAllowed, match="职责"):
        materials.reply_material(said, reply="已补。", version=None, by=cast.chief, on=DAY)
    materials.reply_material(said, reply="已在台账补上。", version=1, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="报送给谁"):
        hand_in(cast, row, to=" ")
    assert hand_in(cast, row)[0].state == "HANDED_IN" and clean() == []


@fact
def test_silence_is_handed_in_only_after_the_window_and_agreement_at_once(cast):
    year.drawn(cast, cast.handler, cast.second_handler)
    rows = {one.person_id: one for one in show(cast)}
    with pytest.raises(NotAllowed, match="还没有核对"):
        hand_in(cast, rows[cast.handler.pk])
    answer(cast, rows[cast.second_handler.pk], by=cast.second_handler)
    assert rows[cast.second_handler.pk].state == "AGREED"
    hand_in(cast, rows[cast.second_handler.pk])
    assert hand_in(cast, rows[cast.handler.pk], on=AFTER)[0].handed_to == "局党委"
    with pytest.raises(NotAllowed, match="没有新提取"):
        show(cast)


@fact
def test_who_draws_whom_and_when(cast):
    with pytest.raises(NotAllowed, match="没有这项职责"):
        materials.draw_materials(
            bureau=cast.bureau, year=YEAR, people=[cast.handler], clause=None, by=cast.chief, on=DAY
        )
    with pytest.raises(NotAllowed, match="没有在本局任职"):
        year.drawn(cast, cast.stranger)
    with pytest.raises(NotAllowed, match="今年或去年"):
        materials.draw_materials(
            bureau=cast.bureau, year=YEAR + 1, people=[cast.handler], clause=None, by=cast.office, on=DAY
        )
    (first,) = year.drawn(cast)
    finished(cast)
    (again,) = year.drawn(cast)
    assert again.pk == first.pk and lines(again, "MATTERS") and again.version == 2
    show(cast)
    with pytest.raises(NotAllowed, match="不能重新提取"):
        year.drawn(cast)
    with pytest.raises(Stale):
        again.refresh_from_db()
        answer(cast, again, version=1)


def bar(cast, person, effect="EXCELLENT"):
    return accountability.open_bar(
        bureau=cast.bureau, person=person, effect=effect, from_on=date(YEAR, 1, 1), until_on=date(YEAR, 12, 31),
        basis="受到诫勉。", document="诫勉决定书", citation="公务员考核规定", body="派驻纪检监察组",
        by=cast.office, on=DAY, decided_by=cast.director, decided_on=DAY,
    )  # fmt: skip


@places
def test_places_by_kind_from_the_posts_of_the_day(cast):
    found = year.pool(cast)
    assert (found.counted, found.places, found.places_words) == (9, 1, "9人×20%＝1.8，只舍不入，1个名额")
    assert found.rounding_source and year.pool(cast, "CONTRACT").counted == 1  # administrators' accounts are no staff
    with pytest.raises(NotAllowed, match="已经登记"):
        year.pool(cast)
    with pytest.raises(NotAllowed, match="县委组织部门"):
        year.pool(cast, "LEADERSHIP")
    with pytest.raises(NotAllowed, match="没有这项职责"):
        year.pool(cast, "INSTITUTION", by=cast.director)


@places
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"eligible": 8}, "改为8人要写明理由"),
        ({"percent": 25}, "书面同意"),
        ({"percent": 26, "consent": "x"}, "最高25%"),
        ({"year": YEAR + 1}, "今年或去年"),
    ],
)
def test_a_pool_beyond_its_ground_is_refused(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        year.pool(cast, **words)
    assert not Pool.objects.exists()


@places
def test_whoever_may_not_be_put_forward_is_refused_with_a_sentence(cast):
    found = year.pool(cast)
    bar(cast, cast.second_handler)
    bar(cast, cast.handler, "COMMENDATION")  # another effect: it bars from merit, not from 优秀
    for person, by, why in (
        (cast.second_handler, cast.chief, HINT),
        (cast.leader, cast.office, "领导班子"),
        (cast.neighbour, cast.office, "名额分类使用"),
        (cast.property_handler, cast.chief, "不在您可以推荐的范围内"),
        (cast.chief, cast.chief, "不能推荐本人"),
        (cast.handler, cast.handler, "职责"),
    ):
        with pytest.raises(NotAllowed, match=why) as refusal:
            year.named(cast, found, person, by=by)
        assert "诫勉" not in str(refusal.value)
    year.named(cast, found, cast.handler, by=cast.chief)
    with pytest.raises(NotAllowed, match="已经推荐"):
        year.named(cast, found, cast.handler)
    with pytest.raises(NotAllowed, match="写明推荐理由"):
        pools.nominate(found, person=cast.verifier, reasons=" ", by=cast.office, on=DAY)


@places
def test_the_quota_holds_when_shown_and_when_decided(cast):
    found = year.pool(cast)
    first = year.named(cast, found, cast.handler)
    second = year.named(cast, found, cast.second_handler)
    with pytest.raises(NotAllowed, match="名额只有1个，选了2人"):
        pools.show_pool(found, version=None, by=cast.office, on=DAY)
    pools.change_pool(found, percent=25, consent="组字〔2026〕8号", eligible=None, eligible_reason="", version=None,
                      by=cast.office, on=DAY)  # fmt: skip
    assert found.places == 2
    pools.show_pool(found, version=None, by=cast.office, on=DAY)
    Pool.objects.filter(pk=found.pk).update(places=1)  # whatever was shown, at the decision the places hold
    for chosen, on, why in (
        ([first.pk, second.pk], AFTER, "选了2人"),
        ([first.pk], DAY, "才满期"),
        ([first.pk + 99], AFTER, "不在公示名单里"),
    ):
        with pytest.raises(NotAllowed, match=why):
            pools.decide_pool(found, chosen=chosen, paper=PAPER, version=None, by=cast.director, on=on)
    Pool.objects.filter(pk=found.pk).update(places=2)
    paper = replace(PAPER, decided_by=cast.director)
    pools.decide_pool(found, chosen=[first.pk], paper=paper, version=None, by=cast.office, on=AFTER)
    assert dict(Nomination.objects.values_list("person", "state")) == {
        cast.handler.pk: "EXCELLENT", cast.second_handler.pk: "NOT",
    }  # fmt: skip
    assert cast.second_handler.notices.filter(kind="appraisal.decide_pool").count() == 1 and clean() == []


@places
def test_a_bar_or_an_upheld_opinion_after_the_showing_still_counts(cast):
    found = year.pool(cast)
    first = year.named(cast, found, cast.handler)
    pools.show_pool(found, version=None, by=cast.office, on=DAY)
    said = year_objections.object_to_nomination(first, words="有一件没有办好。", by=cast.second_handler, on=DAY)
    with pytest.raises(NotAllowed, match="没有核实答复"):
        pools.decide_pool(found, chosen=[first.pk], paper=PAPER, version=None, by=cast.director, on=AFTER)
    for who, why in (("second_handler", "自己提出"), ("office", "推荐人和本人"), ("leader", "由局办公室、督查组")):
        with pytest.raises(NotAllowed, match=why):
            year_objections.answer_year(said, upheld=True, answer="x", version=None, by=getattr(cast, who), on=DAY)
    year_objections.answer_year(said, upheld=True, answer="核实属实。", version=None, by=cast.discipline, on=DAY)
    with pytest.raises(NotAllowed, match="核实成立"):
        pools.decide_pool(found, chosen=[first.pk], paper=PAPER, version=None, by=cast.director, on=AFTER)
    bar(cast, cast.handler)
    with pytest.raises(NotAllowed, match=HINT):
        pools.decide_pool(found, chosen=[first.pk], paper=PAPER, version=None, by=cast.director, on=AFTER)
    pools.decide_pool(found, chosen=[], paper=PAPER, version=None, by=cast.director, on=AFTER)
    assert Nomination.objects.get().state == "NOT"


@places
def test_a_proposal_is_withdrawn_by_who_made_it_and_made_again(cast):
    found = year.pool(cast)
    one = year.named(cast, found, cast.handler, by=cast.chief)
    with pytest.raises(NotAllowed, match="推荐人或局办公室撤回"):
        pools.withdraw_nomination(one, reason="x", version=None, by=cast.property_chief, on=DAY)
    with pytest.raises(NotAllowed, match="写明理由"):
        pools.withdraw_nomination(one, reason=" ", version=None, by=cast.chief, on=DAY)
    pools.withdraw_nomination(one, reason="本人谦让。", version=None, by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="已经撤回"):
        pools.withdraw_nomination(one, reason="再撤。", version=None, by=cast.chief, on=DAY)
    assert year.named(cast, found, cast.handler).pk != one.pk


@fact
def test_materials_are_drawn_answered_and_handed_in_by_the_office_for_others(cast):
    """Nobody chosen, somebody else's year, another's duty, one's own remark: each is refused."""
    with pytest.raises(NotAllowed, match="请选择人员"):
        materials.draw_materials(bureau=cast.bureau, year=YEAR, people=[], clause=None, by=cast.office, on=DAY)
    (row,) = year.drawn(cast, cast.office)
    show(cast)
    answer(cast, row, {"MATTERS": "还有一件没有列。"}, by=cast.office)
    with pytest.raises(NotAllowed, match="不能答复本人的意见"):
        materials.reply_material(row.answers.get(), reply="已核实。", version=None, by=cast.office, on=DAY)
    for words, why in (
        ({"by": cast.leader, "materials": [row]}, "由局办公室报送"),
        ({"year": YEAR - 1, "materials": [row]}, "不是本年度本局的"),
        ({"materials": []}, "请选择要报送的材料"),
    ):
        told = {"bureau": cast.bureau, "year": YEAR, "to": "局党委", "by": cast.office, "on": DAY}
        with pytest.raises(NotAllowed, match=why):
            materials.hand_in_materials(**(told | words))
