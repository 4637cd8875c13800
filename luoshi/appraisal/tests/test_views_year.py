"""The year-end at the screen: who sees what, no page tells who gave what, pages cost the same for any number."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from luoshi.appraisal.models import Ballot
from luoshi.appraisal.queries.desk_year import year_parts
from luoshi.appraisal.services import materials, pools
from luoshi.appraisal.tests import year
from luoshi.appraisal.tests.year import DAY, YEAR
from luoshi.org import queries as org
from tests.counting import asked

pytestmark = pytest.mark.django_db
SUBMISSION = re.compile(r'name="submission" value="([^"]+)"')


def body(client, url: str, code: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == code, (url, answer.status_code)
    return answer.content.decode()


@pytest.mark.clause("2.2.4.2")
def test_a_ballot_is_one_page_without_ones_own_unit_and_is_sent(life, enter):
    review = year.begun(life)
    client, url = enter(life.chief), f"{review.get_absolute_url()}rate/"
    page = body(client, url)
    assert str(life.quality) in page and f"all_{life.planning.pk}" not in page and "不了解" in page
    assert f"all_{life.quality.pk}" in page and "selected>好" not in page  # empty to begin with
    sent = {"submission": SUBMISSION.search(page)[1], "version": 1, f"all_{life.quality.pk}": "GOOD",
            f"item_{life.quality.pk}_2": "POOR", f"all_{life.housing.pk}": "UNKNOWN"}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    assert [(one.unit, one.marks) for one in Ballot.objects.all()] == [(life.quality, {"1": "GOOD", "2": "POOR"})]
    again = body(client, url)
    assert "重新交票" in again and "selected>较差" not in again
    assert enter(life.handler).get(url).status_code == 404


@pytest.mark.clause("2.2.4.2")
def test_the_digest_kept_against_a_second_sending_tells_nothing(life, enter):
    """The form carries a salt of its own: the same choices leave another digest each time the page is opened."""
    review = year.begun(life)
    client = enter(life.leader)
    salts = set(re.findall(r'name="salt" value="([0-9a-f]{32})"', body(client, f"{review.get_absolute_url()}rate/")
                           + body(client, f"{review.get_absolute_url()}rate/")))  # fmt: skip
    assert len(salts) == 2


@pytest.mark.clause("2.2.4.2")
def test_no_page_and_no_paper_tells_who_gave_what(life, enter):
    """Only one of the raters gave 较差: no page that anybody opens sets that word or its tally beside a name."""
    review = year.shown(life)
    names = [str(getattr(life, one)) for one in ("leader", "second_leader", "neighbour", "property_chief")]
    for who in ("office", "director", "chief", "handler", "discipline"):
        client = enter(getattr(life, who))
        page = body(client, review.get_absolute_url())
        assert "评议结果" in page and not [one for one in names if one in page.split("</header>")[-1]]
        for result in review.results.all():
            answer = client.get(result.get_absolute_url())
            if answer.status_code == 200:
                text = answer.content.decode()
                assert not [one for one in names if one in text.split("</header>")[-1]]
        assert client.get(reverse("portal:review_docx", args=[review.public_id])).status_code == 200


@pytest.mark.clause("2.2.4.2")
def test_a_unit_reads_its_own_basis_while_shown_and_all_after(life, enter):
    review = year.shown(life)
    own, other = (review.results.get(unit=one).get_absolute_url() for one in (life.planning, life.quality))
    client = enter(life.chief)
    page = body(client, own)
    assert "提出异议" in page and "94.00" in page and "少于3张" in page
    body(client, other, 404)
    body(enter(life.office), other)
    body(enter(life.stranger), own, 404)
    assert enter(life.sysadmin).get(own).status_code == 403


def test_drafts_are_the_offices_and_buttons_follow_the_state(life, enter):
    review = year.draft(life)
    body(enter(life.chief), review.get_absolute_url(), 404)
    page = body(enter(life.office), review.get_absolute_url())
    assert "开始评议" in page and "审定" not in page.split("</header>")[-1].split("评议组")[0]
    year_list = body(enter(life.office), reverse("appraisal:reviews"))
    assert review.title in year_list
    assert "分值" in body(enter(life.office), reverse("appraisal:review_edit", args=[review.public_id]))


@pytest.mark.clause("3.3b")
def test_a_person_checks_his_own_material_and_nobody_elses(life, enter):
    year.drawn(life, life.handler, life.second_handler)
    mine = reverse("appraisal:my_material")
    assert "还没有" in body(enter(life.handler), mine)
    rows = {
        one.person_id: one for one in materials.show_materials(bureau=life.bureau, year=YEAR, by=life.office, on=DAY)
    }
    client = enter(life.handler)
    page = body(client, mine)
    assert "核对完毕" in page and "名次" not in page.split("</header>")[-1]
    body(client, rows[life.second_handler.pk].get_absolute_url(), 404)
    body(enter(life.chief), rows[life.handler.pk].get_absolute_url(), 404)
    listed = enter(life.chief).get(reverse("appraisal:materials"))
    assert (listed.status_code, listed.url.split("?")[0]) == (302, mine)
    office = enter(life.office)
    page = body(office, reverse("appraisal:materials"))
    assert page.index(str(life.handler)) > 0 and "sort" not in page and "送本人核对" not in page.split("<table")[0]
    assert office.get(reverse("portal:material_docx", args=[rows[life.handler.pk].public_id])).status_code == 200


@pytest.mark.clause("2.3.2")
def test_proposals_are_open_while_shown_and_the_rest_is_for_few(life, enter):
    pool = year.pool(life)
    one = year.named(life, pool, life.handler)
    body(enter(life.second_handler), pool.get_absolute_url(), 404)
    pools.show_pool(pool, version=None, by=life.office, on=DAY)
    page = body(enter(life.second_handler), pool.get_absolute_url())
    assert str(life.handler) in page and "提出意见" in page and ">年度材料<" not in page
    body(enter(life.second_handler), reverse("appraisal:nomination_object", args=[one.pk]))
    pools.decide_pool(pool, chosen=[], paper=year.PAPER, version=None, by=life.director, on=year.AFTER)
    assert str(life.handler) not in body(enter(life.second_handler), pool.get_absolute_url()).split("<main")[-1]
    assert "未确定为优秀" in body(enter(life.handler), f"{reverse('appraisal:my_material')}?year={YEAR}")


def test_the_desk_asks_each_for_what_he_owes(life):
    review = year.begun(life)
    parts = {one.key: one for one in year_parts(life.leader, org.held(life.leader, DAY), DAY)}
    assert [one.act for one in parts["year_own"].lines] == ["评议"]
    year.rate(life, review, "leader", (life.planning, "GOOD", "GOOD"))
    assert year_parts(life.leader, org.held(life.leader, DAY), DAY) == []
    office = year_parts(life.office, org.held(life.office, DAY), year.AFTER)
    assert [one.lines[0].act for one in office] == ["截止并计算"]


def test_pages_cost_the_same_however_many_rows(life, enter):
    from luoshi.org import services as people

    review = year.shown(life)
    year.drawn(life)
    client = enter(life.office)
    pages = (review.get_absolute_url(), reverse("appraisal:materials"), reverse("appraisal:pools"))

    def cost() -> list[int]:
        found = []
        for url in pages:
            body(client, url)
            with asked(client) as seen:
                body(client, url)
            found.append(len(seen))
        return found

    before = cost()
    for n in range(6):
        one = people.add_person(
            username=f"77{n}", name=f"新人{n}", personnel_type="CIVIL_SERVANT", by=None, on=DAY, password=None
        )
        people.appoint(one, unit=life.planning, duty="HANDLER", by=None, on=DAY)
        year.drawn(life, one)
    assert cost() == before
