"""Who decided, in which body, when and by which paper: what is refused before anything is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.appraisal.services import deciding, decisions
from luoshi.appraisal.services.deciding import Paper
from luoshi.lib.lifecycle import NotAllowed
from luoshi.matters.tests.life import DAY

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4a"), pytest.mark.clause("2.2.4.2")]
NOTE = "局党委会纪要第18期"


def entered(cast, **words):
    told = {"bureau_id": cast.bureau.pk, "by": cast.office, "on": DAY, "body": "PARTY", "decided_by": cast.director,
            "decided_on": DAY, "source_note": NOTE}  # fmt: skip
    return decisions.decision(**(told | words))


def year(cast, by="office", after=None, **words):
    told = {"decided_by": cast.director, "decided_on": DAY, "source_note": NOTE}
    return deciding.decision(cast.bureau, Paper(**(told | words)), by=getattr(cast, by), on=DAY, after=after)


def test_the_office_enters_what_the_body_decided_and_the_chief_his_own(cast):
    found = entered(cast)
    assert (found.who, found.day, found.note, found.papers) == (cast.director, DAY, NOTE, [])
    assert entered(cast, by=cast.director, body="CHIEF", decided_by=None, source_note="").who == cast.director
    assert year(cast).by == year(cast, by="director", decided_by=None).by == cast.director


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"body": "ANYBODY"}, "选择由哪个机构审定"),
        ({"decided_by": None}, "填写审定人"),
        ({"decided_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"not_before": DAY}, "异议期到"),
        ({"source_note": " "}, "写明局党委审定的出处"),
    ],
)
def test_a_board_is_not_decided_without(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        entered(cast, **words)


def test_a_board_is_decided_by_its_chief_and_entered_by_its_office_alone(cast):
    with pytest.raises(NotAllowed, match="只有局办公室可以代录"):
        entered(cast, by=cast.leader)
    with pytest.raises(NotAllowed, match="不是本局主要领导"):
        entered(cast, decided_by=cast.leader)


@pytest.mark.parametrize(
    ("by", "words", "why"),
    [
        ("leader", {}, "没有这项职责"),
        ("office", {"decided_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ("office", {"after": DAY}, "公示到"),
        ("office", {"decided_by": None}, "不是本局主要领导"),
        ("office", {"body": " "}, "写明审定机构"),
        ("director", {"source_note": ""}, "写明出处"),
    ],
)
def test_a_year_is_not_decided_without(cast, by, words, why):
    with pytest.raises(NotAllowed, match=why):
        year(cast, by=by, **words)
