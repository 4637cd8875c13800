"""年底工作评议 by services: drawn up, opened, rated without names, counted, objected to, approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.appraisal.models import Ballot, Rater, Review, ReviewResult
from luoshi.appraisal.queries import reviews as told
from luoshi.appraisal.queries.review_facts import campaign, quarters
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.services import ballots, reviews, year_objections
from luoshi.appraisal.services.deciding import Paper
from luoshi.appraisal.services.reviews import GroupWords
from luoshi.appraisal.tests import scored, year
from luoshi.appraisal.tests.year import AFTER, CLOSES, DAY, PAPER
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.tests.life import clean
from luoshi.problems.models import Problem
from luoshi.records.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.4.2")]


def result_of(review, unit) -> ReviewResult:
    return review.results.get(unit=unit)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"shares": (50, 30, 30)}, "合计应为100，现在是110"),
        ({"items": (("成效", 60),)}, "分值合计应为100"),
        ({"items": (("学习时长", 100),)}, "不作为考核依据"),
        ({"items": tuple((f"第{n}项", 10) for n in range(11))}, "1至10项"),
        ({"groups": (GroupWords("班子", 90),)}, "权重合计应为100"),
        ({"groups": (GroupWords("班子", 100, 2),)}, "不能低于3张"),
        ({"groups": (GroupWords("班子", 50), GroupWords("班子", 50))}, "不能重复"),
        ({"late_reason": ""}, "年度开始后才定的"),
        ({"title": " "}, "评议名称"),
    ],
)
@pytest.mark.clause("3.3b")
def test_a_review_is_drawn_up_whole_or_not_at_all(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        year.draft(cast, words=year.words(**words))
    assert not Review.objects.exists()


def test_one_a_year_by_the_office_edited_while_a_draft(cast):
    review = year.draft(cast)
    with pytest.raises(NotAllowed, match="已经登记"):
        year.draft(cast)
    with pytest.raises(NotAllowed, match="没有这项职责"):
        year.draft(cast, by=cast.chief, year=DAY.year + 1)
    fewer = replace(year.words(), items=(("工作成效", 100),), groups=(GroupWords("全体", 100),))
    reviews.edit_review(review, words=fewer, version=1, by=cast.office, on=DAY)
    assert (review.items.count(), review.groups.get().name) == (1, "全体") and clean() == []
    with pytest.raises(Stale):
        reviews.edit_review(review, words=fewer, version=1, by=cast.office, on=DAY)
    year.draft(cast, year=DAY.year + 1, words=year.words(late_reason=""))  # before the year no reason is asked


def test_raters_sit_in_one_group_and_are_enough(cast):
    review = year.draft(cast)
    first, second = review.groups.order_by("order")
    reviews.name_raters(review, group=first, people=[cast.leader], version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="只在一个组评议"):
        reviews.name_raters(review, group=second, people=[cast.leader], version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="没有在本局任职"):
        reviews.name_raters(review, group=second, people=[cast.stranger], version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="少于最少有效票3张"):
        reviews.begin_review(review, closes_on=CLOSES, version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="今天以后"):
        reviews.begin_review(review, closes_on=DAY, version=None, by=cast.office, on=DAY)


def test_a_ballot_sent_again_takes_the_place_of_the_first(cast):
    review = year.begun(cast)
    year.rate(cast, review, "leader", (cast.planning, "GOOD", "GOOD"), (cast.quality, "GOOD", "GOOD"))
    rater = year.rate(cast, review, "leader", (cast.planning, "POOR", "UNKNOWN"))
    assert [(one.unit, one.marks) for one in Ballot.objects.all()] == [(cast.planning, {"1": "POOR"})]
    with pytest.raises(Stale):
        year.rate(cast, review, "leader", (cast.planning, "GOOD", "GOOD"), version=rater.version - 1)
    assert clean() == []


def test_a_ballot_that_is_not_found_again_is_not_given_twice(cast, settings):
    """A key that changed while the review was open leads to no slip: then nobody votes a second time unseen."""
    review = year.begun(cast)
    year.rate(cast, review, "leader", (cast.planning, "GOOD", "GOOD"))
    settings.LUOSHI_VALUES_KEY = b"another" * 4
    with pytest.raises(NotAllowed, match="找不到您上次交的票"):
        year.rate(cast, review, "leader", (cast.planning, "POOR", "POOR"))
    assert [one.marks for one in Ballot.objects.all()] == [{"1": "GOOD", "2": "GOOD"}]


@pytest.mark.parametrize(
    ("who", "unit", "grade", "on", "why"),
    [
        ("chief", "planning", "GOOD", DAY, "不能评议本人所在的单位"),
        ("leader", "planning", "UNKNOWN", DAY, "还没有评价任何一个单位"),
        ("leader", "planning", "TEN", DAY, "与本次评议不符"),
        ("leader", "other_unit", "GOOD", DAY, "与本次评议不符"),
        ("leader", "planning", "GOOD", CLOSES + timedelta(1), "截止，不能再交票"),
        ("handler", "quality", "GOOD", DAY, "不在本次评议的名单里"),
        ("sysadmin", "quality", "GOOD", DAY, "不在本次评议的名单里"),
    ],
)
def test_a_ballot_that_may_not_be_given_is_refused(cast, who, unit, grade, on, why):
    review = year.begun(cast)
    with pytest.raises(NotAllowed, match=why):
        year.rate(cast, review, who, (getattr(cast, unit), grade, grade), on=on)
    assert not Ballot.objects.exists() and not Rater.objects.exclude(sent_on=None).exists()


def test_after_the_close_no_ballot_is_taken(cast):
    review = year.closed(cast)
    with pytest.raises(NotAllowed, match="已截止"):
        year.rate(cast, review, "property_chief", (cast.planning, "GOOD", "GOOD"))


def test_a_ballot_leads_to_nobody(cast):
    """No key to a rater or a person, no day; the chain names who voted and no ballot; after the close no slip."""
    fields = {one.name for one in Ballot._meta.get_fields()}
    assert fields == {"id", "group", "unit", "slip", "marks"}
    users = apps.get_model("org", "User")
    assert not [one for one in Ballot._meta.get_fields() if one.related_model in (Rater, users)]
    review = year.rated(cast)
    open_slips = set(Ballot.objects.values_list("slip", flat=True))
    keys = {str(one) for one in Ballot.objects.values_list("pk", flat=True)}
    bodies = "".join(Entry.objects.filter(act="appraisal.rate").values_list("body", flat=True))
    assert cast.leader.name in bodies and "appraisal_ballot" not in bodies
    assert not [one for one in (*keys, *open_slips, "GOOD", "PLAIN") if one in bodies]
    reviews.close_review(review, version=None, by=cast.office, on=DAY, reason="都已交票。")
    assert set(Ballot.objects.values_list("slip", flat=True)) == {""}
    assert not keys & {str(one) for one in Ballot.objects.values_list("pk", flat=True)} and clean() == []


def test_the_result_is_reckoned_from_tallies_that_a_hand_can_follow(cast):
    review = year.closed(cast)
    planning = result_of(review, cast.planning)
    part = next(one for one in planning.facts["parts"] if one["key"] == "EVALUATION")
    group = part["groups"][0]
    assert group["items"][1]["counts"] == {"GOOD": 0, "FAIR": 3, "PLAIN": 0, "POOR": 0}
    assert (group["score"], planning.total) == ("94.00", Decimal("94.0"))  # (100×60＋85×40)÷100, other parts missing
    assert "季度考评、专项活动没有数据" in planning.facts["words"]
    prop = result_of(review, cast.property)
    assert (
        prop.total is None and "少于3张" in str(prop.facts) and "'ballots'" not in str(prop.facts["parts"][1]["groups"])
    )
    assert result_of(review, cast.quality).rank in (1, 2) and planning.rank == 1


def test_counting_costs_the_same_however_many_units(cast):
    review = year.rated(cast)
    counts = {}
    with CaptureQueriesContext(connection) as few:
        told.reckon_all(review, counts, DAY)
    from luoshi.org import services as org

    for n in range(8):
        org.add_unit(kind="SECTION", name=f"第{n}股", short_name=f"{n}股", parent=cast.bureau, by=None, on=DAY)
    with CaptureQueriesContext(connection) as many:
        told.reckon_all(review, counts, DAY)
    assert len(few) == len(many)


def test_closing_early_says_why(cast):
    review = year.rated(cast)
    with pytest.raises(NotAllowed, match="还有1人没有交票"):
        reviews.close_review(review, version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="职责"):
        reviews.close_review(review, version=None, by=cast.director, on=AFTER)
    assert reviews.close_review(review, version=None, by=cast.office, on=CLOSES + timedelta(1)).early_reason == ""


def test_an_objection_is_answered_by_others_and_touches_no_other_basis(cast):
    review = year.shown(cast)
    planning, quality = result_of(review, cast.planning), result_of(review, cast.quality)
    told_before = quality.digest
    with pytest.raises(NotAllowed, match="由被评单位负责人提出"):
        year_objections.object_to_result(planning, point="CAMPAIGN", words="错了。", by=cast.handler, on=DAY)
    found = year_objections.object_to_result(planning, point="CAMPAIGN", words="漏算两件。", by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="还没有答复"):
        year_objections.object_to_result(planning, point="CAMPAIGN", words="再提。", by=cast.chief, on=DAY)
    for who, why in (("office", "由本人组织或计算"), ("chief", "自己提出"), ("handler", "在提出异议的单位任职"),
                     ("window", "异议由分管领导")):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            year_objections.answer_year(
                found, upheld=True, answer="属实。", version=None, by=getattr(cast, who), on=DAY
            )
    with pytest.raises(NotAllowed, match="还有1条异议没有答复"):
        reviews.approve_review(review, paper=PAPER, version=None, by=cast.director, on=AFTER)
    year_objections.answer_year(
        found,
        upheld=True,
        answer="核实属实，两件按期。",
        corrected_to=Decimal(50),
        version=1,
        by=cast.inspector,
        on=DAY,
    )
    planning.refresh_from_db()
    quality.refresh_from_db()
    assert (planning.previous_total, planning.total, planning.corrected) == (Decimal("94.0"), Decimal("76.4"), True)
    assert "没有数据更正为50.00" in str(planning.facts) and quality.digest == told_before and clean() == []
    with pytest.raises(NotAllowed, match="已经答复"):
        year_objections.answer_year(found, upheld=False, answer="再答。", version=None, by=cast.inspector, on=DAY)


def test_a_vote_is_not_put_right_by_hand_and_the_window_ends(cast):
    review = year.shown(cast)
    planning = result_of(review, cast.planning)
    found = year_objections.object_to_result(planning, point="EVALUATION", words="票数不对。", by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="不能改数"):
        year_objections.answer_year(
            found, upheld=True, answer="x", corrected_to=Decimal(90), version=None, by=cast.inspector, on=DAY
        )
    with pytest.raises(NotAllowed, match="不能再提出异议"):
        year_objections.object_to_result(planning, point="CAMPAIGN", words="晚了。", by=cast.chief, on=AFTER)


def test_the_body_approves_after_the_window_with_its_minutes(cast):
    review = year.shown(cast)
    assert review.objection_until > DAY and review.objection_basis["citation"]
    for words, why in (
        ({"by": cast.director, "on": DAY}, "才满期"),
        ({"by": cast.office, "on": AFTER}, "不是本局主要领导"),
        ({"by": cast.director, "on": AFTER, "paper": Paper()}, "写明出处"),
        ({"by": cast.leader, "on": AFTER}, "职责"),
    ):
        with pytest.raises(NotAllowed, match=why):
            reviews.approve_review(review, version=None, **({"paper": PAPER} | words))
    paper = replace(PAPER, decided_by=cast.director, decided_on=AFTER)
    reviews.approve_review(review, paper=paper, version=None, by=cast.office, on=AFTER)
    assert (review.state, review.decided_by, len(review.digest)) == ("APPROVED", cast.director, 64)
    with pytest.raises(NotAllowed, match="已审定"):
        reviews.void_review(review, reason="重来。", version=None, by=cast.office, on=AFTER)
    assert clean() == []


def test_a_voided_review_makes_room_for_another(cast):
    review = year.begun(cast)
    with pytest.raises(NotAllowed, match="写明理由"):
        reviews.void_review(review, reason=" ", version=None, by=cast.office, on=DAY)
    reviews.void_review(review, reason="评议组设错。", version=None, by=cast.office, on=DAY)
    assert year.draft(cast).pk != review.pk
    with pytest.raises(NotAllowed, match="已作废"):
        ballots.rate(review, marks={cast.quality.pk: {"1": "GOOD"}}, version=None, by=cast.leader, on=DAY)


@pytest.mark.clause("3.3b")
def test_the_quarters_and_the_campaign_are_read_from_their_records(cast):
    """Approved boards alone, a later edition in place of the one it corrects; of problems due, those in time."""
    first = scored.board(cast, Quarter(DAY.year, 1))
    scored.score(first, cast.planning, "80.0", 1)
    scored.score(scored.board(cast, Quarter(DAY.year, 1), edition=2), cast.planning, "90.0", 1)
    scored.score(scored.board(cast, Quarter(DAY.year, 2)), cast.planning, "85.5", 1)
    scored.score(scored.board(cast, Quarter(DAY.year, 3), state="SHOWN"), cast.planning, "10.0", 1)
    found = quarters(cast.bureau.pk, DAY.year, [cast.planning.pk, cast.quality.pk])
    assert found[cast.planning.pk].words == "（1季度90.0＋2季度85.5）÷2＝87.75"
    assert len(found[cast.planning.pk].records) == 2 and found[cast.quality.pk].value is None
    for due, applied in ((DAY, DAY), (DAY, DAY + timedelta(1)), (CLOSES + timedelta(90), DAY)):
        Problem.objects.create(
            bureau=cast.bureau, year=DAY.year, number=Problem.objects.count() + 1, title="窗口排队时间长",
            source="OPINION", found_on=DAY, unit=cast.planning, due_on=due, applied_on=applied, state="CLOSED",
            closed_on=applied,
            closed_by=cast.verifier, entered_by=cast.office, entered_on=DAY,
        )  # fmt: skip
    told_of = campaign(cast.bureau.pk, DAY.year, [cast.planning.pk, cast.quality.pk], DAY + timedelta(2))
    assert told_of[cast.planning.pk].words == "到期问题2件，按期销号1件，1÷2×100＝50.00"
    assert told_of[cast.quality.pk].value is None and "少于2件" in told_of[cast.quality.pk].words
