"""A clause's page: its sentence, its duties, the rules it made, and the work under it through all versions."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from luoshi.matters.tests.life import staged
from luoshi.plan import services
from luoshi.plan.models import Clause, LeadingGroup
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.plan.tests.test_versions import adopt
from tests.counting import asked

pytestmark = pytest.mark.django_db
PLACE = "二/3/二是"


@pytest.fixture
def clause(version, today):
    return version.clauses.get(path=PLACE)


def titles(page, key):
    return [
        line["row"].title if isinstance(line, dict) else line.row.title for line in page.context["work"][key]["lines"]
    ]


@pytest.mark.parametrize(
    "who", ["office", "director", "leader", "chief", "handler", "verifier", "inspector", "discipline", "window"]
)
def test_whoever_works_in_the_bureau_reads_it(cast, enter, clause, who):
    page = enter(getattr(cast, who)).get(clause.get_absolute_url())
    told = page.content.decode()
    assert page.status_code == 200
    assert "承办单位应当在5个工作日内向分管领导反馈办理情况；暂时办不完的，先报初步情况。" in told
    assert ("确认没有任务" in told) == (who == "office")


@pytest.mark.parametrize("who", ["stranger", "sysadmin", "secadmin", "auditor"])
def test_nobody_else_learns_that_it_exists(cast, enter, clause, who):
    assert enter(getattr(cast, who)).get(clause.get_absolute_url()).status_code == 404


def test_the_sentence_stands_between_its_neighbours(cast, enter, clause):
    page = enter(cast.handler).get(clause.get_absolute_url())
    place = page.context["place"]
    assert [one.path for one in place["above"]] == ["二", "二/3"]
    assert (place["before"]["clause"].path, place["after"]["clause"].path) == ("二/3/一是", "二/3/三是")
    heading = enter(cast.handler).get(clause.parent.get_absolute_url())
    assert heading.context["place"]["words"] == "3.抓交办", "a heading shows its own words, not its whole chapter"
    assert [one.path for one in heading.context["below"]] == ["二/3/一是", "二/3/二是", "二/3/三是"]


@pytest.mark.clause("2.2.5.1d")
def test_a_confirmed_duty_tells_whose_it_is_its_rule_and_how_to_hand_it_out(cast, enter, clause, duty):
    one = services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1, owner_unit=cast.planning)
    told = enter(cast.office).get(clause.get_absolute_url())
    page = told.content.decode()
    assert f"/matters/new/?clause={clause.pk}&amp;duty={one.pk}" in page
    assert "责任单位 规建股" in page and "今天按它执行" in page and "5个工作日内" in page
    (rule,) = told.context["rules"]
    assert rule["speaks"] and any("不采用系统默认" in line for line in rule["why"])
    assert f"duty={one.pk}" not in enter(cast.leader).get(clause.get_absolute_url()).content.decode()


def test_a_rule_that_was_taken_back_stays_in_the_history(cast, enter, clause, duty):
    one = services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    services.restore_duty(one, by=cast.office, on=TODAY, version=one.version)
    page = enter(cast.chief).get(clause.get_absolute_url())
    (rule,) = page.context["rules"]
    assert not rule["speaks"] and "当日撤回" in page.content.decode()


def test_work_is_listed_with_lamp_and_next_act(cast, enter, work, clause):
    running = work(PLACE, "ACCEPTED", title="梳理反馈时限")
    work(PLACE, "CLOSED", title="印发反馈单样式")
    work("二/3/一是", "ACCEPTED", title="别的条款的事")
    page = enter(cast.handler).get(clause.get_absolute_url())
    assert titles(page, "open") == ["梳理反馈时限"] and titles(page, "closed") == ["印发反馈单样式"]
    assert reverse("matters:feed_back", args=[running.public_id]) in page.content.decode()


def test_a_heading_sums_what_lies_below_it_and_opens_it(cast, enter, work, clause):
    work(PLACE, "ACCEPTED"), work("二/3/一是", "ACCEPTED"), work("二/1/一是", "ACCEPTED")
    client = enter(cast.office)
    page = client.get(clause.parent.get_absolute_url())
    assert titles(page, "open") == [], "the heading itself has none"
    (figure,) = dict(page.context["under"])["在办"]
    assert figure.number == client.get(figure.url).context["number"] == 2


def test_nothing_unseen_is_shown_or_counted(cast, enter, work, clause):
    work(PLACE, "ACCEPTED", title="规建股的事")
    work(PLACE, "DRAFT", title="还没立项的事")
    seen = {
        who: titles(enter(getattr(cast, who)).get(clause.get_absolute_url()), "open")
        for who in ("office", "inspector", "chief", "property_chief", "window")
    }
    assert sorted(seen["office"]) == ["规建股的事", "还没立项的事"]
    assert seen["inspector"] == seen["chief"] == ["规建股的事"]
    assert seen["property_chief"] == seen["window"] == []
    page = enter(cast.property_chief).get(clause.get_absolute_url())
    assert page.context["work"]["open"]["number"] == 0 and "无权" not in page.content.decode()


def test_what_was_handed_out_under_an_earlier_version_counts_on(cast, enter, work, version, clause):
    old = work(PLACE, "ACCEPTED", title="第一版时交办的事")
    text = PLAN.replace("先报初步情况。", "先报初步情况，再报分阶段情况。")
    newer = adopt(cast, version.plan, text)
    again = newer.clauses.get(path=PLACE)
    assert again.lineage == clause.lineage
    page = enter(cast.office).get(again.get_absolute_url())
    assert titles(page, "open") == [old.title] and "各版文字" in page.content.decode()
    before = enter(cast.office).get(clause.get_absolute_url()).content.decode()
    assert "方案已采用第2版" in before and again.get_absolute_url() in before


def test_documents_and_dates_that_cite_it(cast, enter, work, clause, duty):
    services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    matter = work(PLACE, "ACCEPTED", title="有材料的事")
    work.life.step(matter, "feed_back", staged=[staged(cast.handler, "照片.txt")])
    elsewhere = work("二/5/一是", "ACCEPTED", title="另一条的事，按本条计算")
    page = enter(cast.office).get(clause.get_absolute_url())
    assert [one.title for one in page.context["work"]["documents"]["lines"]] == ["照片.txt"]
    assert [one.title for one in page.context["work"]["deadlines"]["lines"]] == [elsewhere.title]
    assert enter(cast.handler).get(page.context["work"]["documents"]["lines"][0].url).status_code == 200


def test_the_office_says_that_nothing_is_to_be_done(cast, enter, version, today):
    clause = version.clauses.get(path="三/（二）")
    client = enter(cast.office)
    page = client.get(clause.get_absolute_url())
    url, sent = page.context["no_duty"]["url"], {"submission": str(uuid.uuid4())}
    assert "确认没有任务" in page.content.decode()
    assert client.post(url, sent)["Location"] == clause.get_absolute_url()
    assert client.post(url, sent).status_code == 302, "the same form again changes nothing"
    clause.refresh_from_db()
    marked = client.get(clause.get_absolute_url())
    assert clause.no_duty and "无任务" in marked.content.decode()
    back = marked.context["no_duty"]["url"]
    assert client.post(back, {"submission": str(uuid.uuid4())}).status_code == 302
    clause.refresh_from_db()
    assert not clause.no_duty
    assert enter(cast.leader).post(url, {"submission": str(uuid.uuid4())}).status_code == 403


def test_the_page_costs_the_same_with_2_and_with_12_matters(cast, enter, work, clause):
    client = enter(cast.office)

    def cost():
        with asked(client) as seen:
            client.get(clause.get_absolute_url())
        return len(seen)

    def more(times):
        for _ in range(times):
            work.life.step(work(PLACE, "ACCEPTED"), "feed_back")
            work(PLACE, "CLOSED")

    more(1)
    few = cost()
    more(5)
    assert cost() == few <= 105, Clause.objects.count()


@pytest.mark.clause("3.1a")
def test_what_the_campaign_set_up_by_a_clause_stands_on_its_page(cast, enter, version, today):
    clause = version.clauses.get(path="三/（一）")
    client = enter(cast.office)
    assert "行动领导小组" not in client.get(clause.get_absolute_url()).content.decode()
    group = LeadingGroup.objects.create(
        plan=version.plan, clause=clause, name="“事事有着落”行动领导小组", office_unit=cast.office_unit, from_on=today
    )
    page = client.get(clause.get_absolute_url()).content.decode()
    assert "“事事有着落”行动领导小组" in page and f"办公室设在{cast.office_unit}" in page
    LeadingGroup.objects.filter(pk=group.pk).update(until_on=today)
    assert "行动领导小组" not in client.get(clause.get_absolute_url()).content.decode()
