"""表扬奖励: evidence, bar, notice, objections, decision, publication. 实绩: entered, reviewed by another, marked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.cadres import queries, services
from luoshi.cadres.models import AbilityTag, Commendation
from luoshi.cadres.tests.life import DAY, barred, clean, commended, done_matter, kept, merit, noticed
from luoshi.lib.lifecycle import NotAllowed, Stale

pytestmark = [pytest.mark.django_db]
OVER = date(2026, 10, 19)
LATER = {"decided_on": OVER, "source_note": "局党委会纪要第21期"}


@pytest.mark.clause("2.3.2")
def test_from_proposal_over_an_objection_to_publication(life):
    found = noticed(life)
    assert found.notice_until_on == date(2026, 10, 12), "five working days over the national day"
    why = queries.why_notice(found.notice_basis, found.citation, found.notice_until_on, provisional=False)
    assert why[-1].startswith("公示到：2026-10-12") and any("不计（" in one for one in why)
    said = services.object_to(found, words="还有两人参加", by=life.window, on=DAY)
    told = {"agreed": True, "said": "", "version": None}
    with pytest.raises(NotAllowed, match="期满后"):
        services.approve(found, by=life.director, on=date(2026, 10, 12), **told, **LATER)
    with pytest.raises(NotAllowed, match="还有异议没有答复"):
        services.approve(found, by=life.director, on=OVER, **told, **LATER)
    with pytest.raises(NotAllowed, match="没有“答复异议”"):
        services.settle_objection(said, upheld=False, words="查过", by=life.chief, on=OVER)
    services.settle_objection(said, upheld=False, words="另行表扬", by=life.office, on=OVER)
    with pytest.raises(NotAllowed, match="已经答复"):
        services.settle_objection(said, upheld=True, words="再答", by=life.office, on=OVER)
    with pytest.raises(NotAllowed, match="公示已于"):
        services.object_to(found, words="晚了", by=life.window, on=OVER)
    with pytest.raises(NotAllowed, match="写明出处"):
        services.approve(found, by=life.director, on=OVER, **told)
    services.approve(found, by=life.office, on=OVER, decided_by=life.director, **told, **LATER)
    with pytest.raises(NotAllowed, match="没有“印发通报”"):
        services.publish(found, version=None, by=life.chief, on=OVER)
    services.publish(found, version=None, by=life.office, on=OVER)
    assert (found.state, found.published_on) == ("PUBLISHED", OVER) and clean() == []
    with pytest.raises(NotAllowed, match="已通报"):
        services.publish(found, version=None, by=life.office, on=OVER)


@pytest.mark.clause("2.3.2")
def test_a_bar_refuses_at_every_step_without_saying_why(life):
    found = noticed(life)
    barred(life, person=life.handler)
    refused = "核对，影响期满或解除后再办"
    for do in (
        lambda: commended(life, linked=[], merits=[kept(life)]),
        lambda: services.approve(found, agreed=True, said="", version=None, by=life.director, on=OVER, **LATER),
    ):
        with pytest.raises(NotAllowed, match=refused) as told:
            do()
        assert "方案第二部分" not in str(told.value)
    services.approve(found, agreed=False, said="先核实", version=None, by=life.director, on=OVER, **LATER)
    assert found.state == "REFUSED"
    barred(life, unit=life.planning)
    with pytest.raises(NotAllowed, match=refused):
        commended(life, person=None, unit=life.planning, linked=list(_closed()), by=life.leader)


def _closed():
    from luoshi.matters.models import Matter

    return Matter.objects.filter(state="CLOSED")


@pytest.mark.clause("2.3.2")
def test_bad_proposals_are_refused(life):
    matter = done_matter(life)
    for words, why in (({"kind": "BEST"}, "请选择表扬通报"), ({"unit": life.planning}, "一名个人，或一个单位"),
                       ({"person": life.stranger}, "其他在职干部"), ({"person": life.chief}, "其他在职干部"),
                       ({"by": life.window}, "目前没有这项职责"), ({"linked": []}, "至少选一条凭据"),
                       ({"by": life.approval_chief}, "您看不到"),
                       ({"merits": [merit(life)]}, "还没有审核入档")):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            commended(life, **({"linked": [matter]} | words))
    found = commended(life, linked=[matter])
    with pytest.raises(Stale):
        services.put_on_notice(found, version=9, by=life.office, on=DAY)
    with pytest.raises(NotAllowed, match="要写明理由"):
        services.withdraw(found, reason="", version=None, by=life.chief, on=DAY)
    services.withdraw(found, reason="改报集体", version=None, by=life.chief, on=DAY)
    with pytest.raises(NotAllowed, match="已撤回"):
        services.put_on_notice(found, version=None, by=life.office, on=DAY)
    assert Commendation.objects.count() == 1 and clean() == []


@pytest.mark.clause("2.2.5.5b")
def test_a_result_is_entered_and_another_reviews_it(life):
    found = merit(life, abilities=["EMERGENCY"], basis="县防指通报")
    for who in ("handler", "chief", "second_leader", "discipline", "stranger"):
        with pytest.raises(NotAllowed, match="没有“审核入档”"):
            services.review_merit(found, note="", version=None, by=getattr(life, who), on=DAY)
    services.return_merit(found, reason="补通报文号", version=None, by=life.leader, on=DAY)
    with pytest.raises(NotAllowed, match="已退回"):
        services.review_merit(found, note="", version=None, by=life.leader, on=DAY)
    told = {"happened_on": DAY, "title": found.title, "words": found.words, "basis": "县防指〔2026〕3号"}
    services.correct_merit(found, version=None, by=life.handler, on=DAY, **told)
    with pytest.raises(Stale):
        services.review_merit(found, note="", version=1, by=life.leader, on=DAY)
    services.review_merit(found, note="属实", version=None, by=life.leader, on=DAY)
    facts = queries.results([life.handler.pk], life.bureau.pk, date(2026, 1, 1), DAY)[life.handler.pk]
    assert [one.key for one in facts] == [f"r{found.pk}:merit"] and clean() == []
    for words, why in (({"by": life.chief}, "由本人"), ({"happened_on": DAY + timedelta(1)}, "不能晚于"),
                       ({"title": ""}, "实绩"), ({"abilities": ["SPEED"]}, "七种能力")):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            merit(life, **words)


@pytest.mark.clause("1.3a")
def test_a_record_is_marked_as_evidence_once_and_only_of_its_own_person(life):
    matter = done_matter(life)
    told = {"bureau": life.bureau, "ability": "DELIVERY", "source": matter, "note": "三个月办结", "on": DAY}
    found = services.tag_ability(person=life.handler, by=life.leader, **told)
    for person, by, words, why in (
        (life.handler, life.leader, {}, "已经标过"), (life.second_handler, life.leader, {}, "不在本人的实绩档案"),
        (life.handler, life.chief, {}, "由本人"), (life.handler, life.leader, {"ability": "X"}, "从七种能力"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            services.tag_ability(person=person, by=by, **(told | words))
    services.untag_ability(found, reason="标错", by=life.handler, on=DAY)
    with pytest.raises(NotAllowed, match="已经取消"):
        services.untag_ability(found, reason="再取消", by=life.handler, on=DAY)
    services.tag_ability(person=life.handler, by=life.leader, **told)
    assert AbilityTag.objects.filter(void_reason="").count() == 1 and clean() == []


@pytest.mark.clause("1.3a")
def test_nothing_of_this_room_orders_people_by_an_amount():
    """Lists go by unit, name, batch and day; results by day; no file counts what a person did."""
    import ast
    from pathlib import Path

    seated = {"unit__rank", "unit_id", "user__pinyin", "user_id", "pinyin", "pk", "-pk", "on", "number", "due_on",
              "-batch", "from_on", "-from_on", "-number", "follow_up__number"}  # fmt: skip
    for path in Path(services.__file__).parents[1].rglob("*.py"):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by":
                keys = {one.value for one in node.args if isinstance(one, ast.Constant)}
                assert len(keys) == len(node.args) and keys <= seated, ast.unparse(node)
