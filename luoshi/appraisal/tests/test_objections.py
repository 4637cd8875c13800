"""异议: a single point, within the window, by the unit itself; answered by somebody who did not score."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.appraisal.models import Objection
from luoshi.appraisal.queries.objections import corrections_of, objections_seen, reviewers_for
from luoshi.appraisal.services import objections
from luoshi.appraisal.tests import quarter
from luoshi.appraisal.tests.life import clean, staged
from luoshi.appraisal.tests.quarter import OVER, SHOWN, UNTIL
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4b")]


@pytest.fixture
def board(official):
    return quarter.shown(official)


def test_an_objection_names_one_point_with_its_ground_and_is_due_by_the_rule(official, board):
    told = quarter.contested(official, board, staged=[staged(official.chief)])
    assert told.kind == "RECORD" and "按期率" in told.point_words and "用地梳理" in told.point_words
    assert told.due_on > told.raised_on and told.proofs.count() == 1
    assert Notice.objects.filter(user=official.office, title__contains="待指定复核人").exists() and clean() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"by": "neighbour"}, "没有“提出异议”的职责"),
        ({"by": "office"}, "没有“提出异议”的职责"),
        ({"on": UNTIL + timedelta(days=1)}, "异议期已于2026-10-20截止"),
        ({"point": "m999:on_time"}, "从本单位得分"),
        ({"ground": " "}, "写明理由"),
    ],
)
def test_an_objection_is_refused_with_the_way_out(official, board, words, why):
    told = {key: getattr(official, value) if key == "by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        quarter.contested(official, board, **told)
    assert not Objection.objects.exists()


def test_the_same_point_once_and_again_after_it_was_withdrawn(official, board):
    first = quarter.contested(official, board)
    with pytest.raises(NotAllowed, match="已经提过"):
        quarter.contested(official, board, by=official.handler)
    with pytest.raises(NotAllowed, match="没有“撤回异议”的职责"):
        objections.withdraw(first, version=None, by=official.neighbour, on=SHOWN)
    objections.withdraw(first, version=None, by=official.chief, on=SHOWN)
    again = quarter.contested(official, board)
    with pytest.raises(Stale):
        objections.withdraw(again, version=9, by=official.chief, on=SHOWN)


def test_who_scored_or_belongs_to_the_unit_may_not_answer(official, board):
    cast = official
    told = quarter.contested(cast, board)
    able = {str(one) for one in reviewers_for(told, SHOWN)}
    assert {str(cast.verifier), str(cast.inspector), str(cast.leader)} <= able
    assert str(cast.office) not in able and str(cast.chief) not in able
    for person, why in ((cast.office, "由本人测算"), (cast.chief, "须回避"), (cast.neighbour, "从中指定")):
        with pytest.raises(NotAllowed, match=why):
            quarter.named(cast, told, person)
    with pytest.raises(NotAllowed, match="没有“指定复核人”的职责"):
        objections.designate(told, reviewer=cast.verifier, version=None, by=cast.chief, on=SHOWN)
    quarter.named(cast, told)
    for person in (cast.office, cast.inspector, cast.chief):
        with pytest.raises(NotAllowed, match="没有“答复异议”的职责"):
            quarter.upheld(cast, told, by=person)


def test_an_answer_has_reasons_and_corrects_one_record(official, board):
    cast = official
    told = quarter.named(cast, quarter.contested(cast, board))
    for words, why in (
        ({"words": ""}, "写明理由"),
        ({"effect": ""}, "怎样更正"),
        ({"correction": "m999:on_time"}, "更正哪一件"),
        ({"version": 7}, ""),
    ):
        with pytest.raises(Stale if "version" in words else NotAllowed, match=why or None):
            quarter.upheld(cast, told, **words)
    quarter.upheld(cast, told)
    told.refresh_from_db()
    assert (told.state, told.effect, told.answered_by) == ("UPHELD", "GOOD", cast.verifier)
    with pytest.raises(NotAllowed, match="成立，予以更正"):
        quarter.upheld(cast, told)
    assert Notice.objects.filter(user=cast.chief, title__contains="已答复").exists() and clean() == []


def test_an_indicator_may_be_contested_and_the_answer_picks_a_record_of_it(official, board):
    told = quarter.contested(official, board, point="KEY_WORK:on_time")
    assert told.kind == "INDICATOR" and {one.key.split(":")[1] for one in corrections_of(told)} == {"on_time"}
    quarter.named(official, told)
    quarter.upheld(official, told, upheld=False, words="按记录计，维持。")
    assert told.record == "" and told.state == "REJECTED"


def test_an_objection_is_seen_by_its_unit_its_reviewer_and_those_who_oversee(official, board):
    told = quarter.named(official, quarter.contested(official, board))
    people = (
        "office",
        "director",
        "discipline",
        "chief",
        "handler",
        "verifier",
        "neighbour",
        "window",
        "stranger",
        "auditor",
    )
    seen = [
        who for who in people
        if objections_seen(getattr(official, who), org.held(getattr(official, who), OVER), OVER).filter(pk=told.pk)
    ]  # fmt: skip
    assert seen == ["office", "director", "discipline", "chief", "handler", "verifier"]
