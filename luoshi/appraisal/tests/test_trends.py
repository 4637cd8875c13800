"""走势: a unit against itself and its peers; what is not published is the unit's own and the overseers'."""

from __future__ import annotations

import pytest
from django.urls import reverse

from luoshi.appraisal.queries import trends as queries
from luoshi.appraisal.tests.scored import Q1, Q2, Q3, basis, board, score

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.4c"), pytest.mark.clause("1.3b")]
URL = "/appraisal/trends/"


@pytest.fixture
def told(life):
    """Two published quarters and one that is only shown; the second was corrected."""
    first, second, third = board(life, Q1), board(life, Q2), board(life, Q3, state="SHOWN")
    score(first, life.planning, "80.0", 2)
    score(first, life.quality, "85.0", 1)
    score(second, life.planning, "70.0", 2)
    corrected = board(life, Q2, edition=2)
    score(corrected, life.planning, "86.0", 1, basis=basis("90.00"))
    score(corrected, life.quality, "84.0", 2)
    score(third, life.planning, "60.0", 2)
    return life


def test_the_newest_edition_of_each_quarter_against_the_one_before(told):
    found = queries.trend(told.planning, whole=True)
    assert [(str(one.now.points), one.points, one.rank) for one in found] == [
        ("80.0", "—", "—"),
        ("86.0", "进步6.0分", "进1位"),
        ("60.0", "退步26.0分", "退1位"),
    ]
    values = queries.indicators(found)["县委县政府交办·按期率"]
    assert [str(value) for _, value in values] == ["75.00", "90.00", "75.00"]


def test_peers_stand_side_by_side_on_the_published_board_only(told):
    quarter, peers = queries.peers(told.quality)
    assert quarter == Q2 and [(one.unit, one.step.points, one.own) for one in peers] == [
        (told.planning, "进步6.0分", False),
        (told.quality, "退步1.0分", True),
    ]


@pytest.mark.parametrize(
    ("who", "sees"),
    [("chief", True), ("handler", True), ("office", True), ("leader", True), ("neighbour", False), ("verifier", False)],
)
def test_a_score_before_its_publication_is_its_units_and_the_overseers(told, enter, who, sees):
    page = enter(getattr(told, who)).get(f"{URL}?unit={told.planning.pk}").content.decode()
    assert "86.0" in page and ("60.0" in page) is sees and ("未通报，以通报为准" in page) is sees


def test_the_picture_is_drawn_from_the_table_and_administrators_see_none(told, enter):
    client = enter(told.chief)
    page = client.get(reverse("appraisal:trends")).content.decode()
    assert 'data-from="by-quarter"' in page and "2026年第三季度60.0分，比上季度退步26.0分，名次退1位。" in page
    wall = client.get(f"{URL}?wall=1").content.decode()
    assert "86.0" in wall and "60.0" not in wall, "a wall shows what is published and no more"
    assert client.get(f"{URL}?unit=999999").status_code == 404
    assert enter(told.auditor).get(URL).status_code == 403


def test_no_board_yet_says_so(life, enter):
    assert "还没有可看的得分" in enter(life.chief).get(URL).content.decode()
