"""跟踪考察 and 推荐: facts that the person reads and answers, an opinion he never reads, a decision of the body."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.cadres import services
from luoshi.cadres.models import Examination
from luoshi.cadres.rules import digest, read
from luoshi.cadres.tests.life import (
    DAY,
    PAPER,
    SECRET,
    assigned,
    barred,
    clean,
    done_matter,
    drawn,
    examined,
    recommended,
)
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.records.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.5b")]


def test_facts_come_from_the_work_and_their_digest_is_stable(life):
    matter = done_matter(life)
    found = drawn(life)
    facts = read(found.facts)
    assert [one.key for one in facts] == [f"m{matter.pk}:closed"] and "按期办结" in facts[0].words
    assert digest(facts) == found.digest == digest(reversed(facts))
    assert (found.period_from, found.period_until) == (found.posting.from_on, DAY)
    with pytest.raises(NotAllowed, match="待本人核对"):
        services.draw(found, version=None, by=life.office, on=DAY)


def test_facts_are_drawn_near_their_day_by_the_personnel_side_in_turn(life):
    first, second = assigned(life).follow_ups.order_by("number")
    for one, who, on, why in ((second, life.office, date(2027, 3, 22), "上一次"),
                              (second, life.office, DAY, "最早提前"),
                              (first, life.handler, DAY, "没有“抽取事实”"),
                              (first, life.neighbour, DAY, "没有“抽取事实”"),
                              (first, life.stranger, DAY, "没有“抽取事实”")):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            services.draw(one, version=None, by=who, on=on)
    with pytest.raises(Stale):
        services.draw(first, version=7, by=life.office, on=DAY)


def test_an_upheld_word_stands_beside_the_fact_that_stays_as_it_was(life):
    done_matter(life)
    found = drawn(life)
    before, key = found.digest, found.facts[0]["key"]
    for who, words, why in ((life.office, "不对", "没有“对事实提意见”"), (life.handler, " ", "您的意见")):
        with pytest.raises(NotAllowed, match=why):
            services.answer_fact(found, key=key, words=words, by=who, on=DAY)
    with pytest.raises(NotAllowed, match="没有找到这条事实"):
        services.answer_fact(found, key="x", words="不对", by=life.handler, on=DAY)
    said = services.answer_fact(found, key=key, words="是两人一起办的", by=life.handler, on=DAY)
    with pytest.raises(NotAllowed, match="已经提过意见"):
        services.answer_fact(found, key=key, words="再说一次", by=life.handler, on=DAY)
    services.read_facts(found, version=None, by=life.handler, on=DAY)
    services.appoint_examiners(found, people=[life.verifier, life.inspector], version=None, by=life.office, on=DAY)
    with pytest.raises(NotAllowed, match="还没有核实"):
        services.examine(found, opinion=SECRET, examined_on=DAY, version=None, by=life.verifier, on=DAY)
    with pytest.raises(NotAllowed, match="没有“核实意见”"):
        services.settle_fact(said, upheld=True, words="属实", by=life.handler, on=DAY)
    services.settle_fact(said, upheld=True, words="与杜若溪共同办理", by=life.inspector, on=DAY)
    with pytest.raises(NotAllowed, match="已经核实过"):
        services.settle_fact(said, upheld=False, words="又查", by=life.office, on=DAY)
    found.refresh_from_db()
    assert (said.state, found.digest) == ("UPHELD", before) and clean() == []


def test_two_examine_after_the_person_has_read(life):
    found = drawn(life)
    told = {"opinion": SECRET, "examined_on": DAY, "version": None, "on": DAY}
    with pytest.raises(NotAllowed, match="待本人核对"):
        services.examine(found, by=life.office, **told)
    services.serve(found, reason="出差，面交本人核对，无异议", version=None, by=life.office, on=DAY)
    with pytest.raises(NotAllowed, match="至少2名考察人"):
        services.examine(found, by=life.office, **told)
    for people, why in (([life.verifier], "至少2名"), ([life.verifier, life.handler], "不能做考察人"),
                        ([life.verifier, life.stranger], "本局在职")):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            services.appoint_examiners(found, people=people, version=None, by=life.office, on=DAY)
    services.appoint_examiners(found, people=[life.verifier, life.inspector], version=None, by=life.office, on=DAY)
    for who in ("handler", "neighbour", "leader", "discipline", "chief"):
        with pytest.raises(NotAllowed):
            services.examine(found, by=getattr(life, who), **told)
    with pytest.raises(NotAllowed, match="考察日期"):
        services.examine(found, by=life.verifier, **(told | {"examined_on": DAY + timedelta(1)}))
    services.examine(found, by=life.verifier, **told)
    with pytest.raises(NotAllowed):
        services.examine(found, by=life.verifier, **told)
    services.report(found, reported_on=DAY, body="局党委会", version=None, by=life.office, on=DAY)
    assert found.state == "REPORTED" and Examination.objects.count() == 1 and clean() == []


def test_the_trail_tells_neither_facts_nor_opinions(life):
    done_matter(life)
    found = examined(life)
    recommended(life, found)
    told = " ".join(f"{one.subject_label} {one.body}" for one in Entry.objects.filter(act__startswith="cadres."))
    assert SECRET not in told and "统筹" not in told and "副股长" not in told and found.facts[0]["words"] not in told


def test_a_recommendation_is_decided_by_the_body_and_never_follows_by_itself(life):
    with pytest.raises(NotAllowed, match="还没有登记考察意见"):
        recommended(life, drawn(life), by=life.office)


def test_the_body_decides_what_was_recommended(life):
    found = examined(life)
    for who in ("handler", "neighbour", "leader", "discipline"):
        with pytest.raises(NotAllowed, match="考察人、局办公室或主要领导"):
            recommended(life, found, by=getattr(life, who))
    with pytest.raises(NotAllowed, match="请选择权限"):
        recommended(life, found, level="COUNTY")
    rec = recommended(life, found)
    assert (rec.state, rec.outcome, rec.hint) == ("PROPOSED", "", "")
    with pytest.raises(NotAllowed, match="待研究"):
        recommended(life, found)
    told = {"outcome": "RECOMMENDED", "said": "", "version": None, "on": DAY}
    with pytest.raises(NotAllowed, match="没有“登记研究结果”"):
        services.decide_rec(rec, by=life.inspector, **told, **PAPER)
    with pytest.raises(NotAllowed, match="写明出处"):
        services.decide_rec(rec, by=life.director, **told)
    services.decide_rec(rec, by=life.office, decided_by=life.director, **told, **PAPER)
    assert (rec.state, rec.outcome, rec.decided_by) == ("DECIDED", "RECOMMENDED", life.director)
    with pytest.raises(NotAllowed, match="已研究"):
        services.withdraw_rec(rec, reason="撤", version=None, by=life.office, on=DAY)
    assert clean() == []


def test_a_bar_is_hinted_without_its_reason(life):
    barred(life, person=life.handler)
    rec = recommended(life)
    assert rec.hint == "推荐前请与派驻纪检监察组核实有关情况。"
