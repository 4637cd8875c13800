"""Articles over HTTP: from a record to a draft in one click, to the desk of whose turn it is, to paper."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from luoshi.plan import services as plans
from luoshi.problems.services import institutions
from luoshi.problems.tests.life import Life
from luoshi.publicity import queries, services
from luoshi.publicity.models import Article
from luoshi.publicity.queries.clauses import behind, by_clause
from luoshi.publicity.tests.life import (
    DAY,
    asked,
    clean,
    institution,
    published,
    read,
    reviewed,
    sent,
    stamps,
    written,
)
from tests.house.filled import filled

pytestmark = pytest.mark.django_db


def opened(client, url) -> dict:
    return filled(client.get(url).content.decode(), url.split("?")[0])


def on_desk(client) -> dict[str, list[str]]:
    return {part.label: [line.title for line in part.lines] for part in client.get("/").context["parts"]}


def found(client) -> str:
    return client.get("/search/", {"q": "作风建设推动办件提速"}).content.decode()


@pytest.mark.clause("3.2c")
def test_a_closed_problem_becomes_a_draft_in_one_click(life, enter):
    problem = Life(life).to("CLOSED", detail="小区门口窨井盖松动，三户反映。", raiser="三栋住户")
    client = enter(life.chief)
    page = client.get(problem.get_absolute_url()).content.decode()
    url = f"{reverse('publicity:new')}?problem={problem.public_id}"
    assert url.replace("&", "&amp;") in page
    told = opened(client, url)
    body = "".join(told["body"])
    for words in ("一、发现的问题", "巡查频次不够", "二、主要做法", "更换井盖，每周巡查一次", "现场看过，井盖已换"):
        assert words in body
    assert "三栋住户" not in body, "who raised it is nobody's business"
    made = client.post(url, told)
    article = Article.objects.get()
    assert made["Location"] == article.get_absolute_url() and article.kind == "EXPERIENCE"
    assert article.sources.get().problem == problem and article.unit == life.planning
    assert client.post(url, told)["Location"] == article.get_absolute_url() and Article.objects.count() == 1
    assert problem.title in client.get(article.get_absolute_url()).content.decode() and clean() == []


@pytest.mark.clause("3.2c")
def test_a_draft_tells_an_institution_and_a_matter_and_waits_for_their_end(life, enter):
    one = Life(life)
    problem = one.to("CONFIRMED")
    matter = one.order(problem, life.planning)[0]
    client = enter(life.office)
    for query in (f"problem={problem.public_id}", f"matter={matter.public_id}"):
        assert client.get(f"{reverse('publicity:new')}?{query}")["Location"] == reverse("publicity:experiences")
    one.finish(matter)
    matter.refresh_from_db()
    told = queries.draft_from("matter", matter)
    assert "已更换。" in told.body and told.unit_id == life.planning.pk
    made = institution(life, code="云住建字〔2026〕7号")
    body = queries.draft_from("institution", made).body
    assert "《规划许可容缺受理办法》（云住建字〔2026〕7号），2026年9月9日印发，2026年9月19日施行。" in body
    for query in ("problem=x", "institution=00000000-0000-0000-0000-000000000000", "lesson=9", "lesson=x"):
        assert client.get(f"{reverse('publicity:new')}?{query}").status_code == 404
    institutions.void_institution(made, reason="登错", by=life.office, on=DAY)
    assert client.get(f"{reverse('publicity:new')}?institution={made.public_id}").status_code == 404


@pytest.mark.clause("3.2a")
def test_each_reader_finds_it_on_his_desk_and_reads_it_there(life, enter):
    article = sent(life)
    url = reverse("publicity:review", args=[article.public_id])
    for who in (life.office, life.leader, life.director, life.neighbour, life.handler):
        assert "待审的稿件" not in on_desk(enter(who))
    for who, after in ((life.chief, "待二审"), (life.office, "待三审"), (life.leader, "待发布")):
        client = enter(who)
        assert on_desk(client)["待审的稿件"] == [article.title]
        page = client.get(url).content.decode()
        assert "逐条查摆，逐条整改。" in page
        unsaid = client.post(url, {**filled(page, url), "said": ""}).content.decode()
        assert "请填写" in unsaid
        told = {**opened(client, f"{url}?back=desk"), "said": "同意。", "proofread": "on"}
        assert client.post(url, told)["Location"] == "/"
        article.refresh_from_db()
        assert article.get_state_display() == after and "待审的稿件" not in on_desk(client)
    client = enter(life.office)
    assert on_desk(client)["可以发布的稿件"] == [article.title]
    publish = reverse("publicity:publish", args=[article.public_id])
    bare = client.post(publish, opened(client, publish)).content.decode()
    assert "请先确认不涉密" in bare and "请先确认减负一致" in bare
    client.post(publish, {**opened(client, publish), "no_secrets": "on", "no_burden": "on"})
    article.refresh_from_db()
    assert article.state == "PUBLISHED" and clean() == []


def test_a_leader_who_has_read_it_first_leaves_the_third_to_the_chief(life, enter):
    article = sent(life, by=life.chief)
    assert on_desk(enter(life.leader))["待审的稿件"] == [article.title]
    assert "待审的稿件" not in on_desk(enter(life.director))
    read(article, life.leader)
    read(article, life.office)
    assert "待审的稿件" not in on_desk(enter(life.leader))
    assert on_desk(enter(life.director))["待审的稿件"] == [article.title]
    office = sent(life, by=life.office, unit=life.office_unit)
    assert on_desk(enter(life.director))["待审的稿件"] == [article.title, office.title]
    read(office, life.director)
    assert on_desk(enter(life.verifier))["待审的稿件"] == [office.title]


@pytest.mark.clause("3.2c")
def test_near_the_quarters_end_the_office_is_asked_once(life, enter):
    client = enter(life.office)
    assert "本季度经验材料" in on_desk(client)
    page = client.get(reverse("publicity:experiences")).content.decode()
    assert "这个季度还没有发布经验材料" in page and "本季度无" in page
    url = reverse("publicity:say_none", args=[2026, 3])
    client.post(url, {**opened(client, url), "said": "做法还在试行。"})
    assert "本季度经验材料" not in on_desk(client)
    page = client.get(reverse("publicity:experiences")).content.decode()
    assert "2026年第3季度没有经验材料：做法还在试行。" in page
    assert client.get(reverse("publicity:say_none", args=[2026, 7])).status_code == 404
    for bad in ("?year=x&quarter=1", "?year=2026&quarter=9", "?year=2999&quarter=1"):
        assert "2026年第3季度" in client.get(reverse("publicity:experiences") + bad).content.decode()


@pytest.mark.clause("3.2a")
def test_the_ledger_shows_each_his_part_and_goes_to_excel(life, enter):
    published(life, title="发出去的", scope="PUBLIC")
    written(life, title="=还在写的")
    window = enter(life.window).get(reverse("publicity:posts")).content.decode()
    assert "发出去的" in window and "还在写的" not in window and "写稿件" not in window
    client = enter(life.office)
    page = client.get(reverse("publicity:posts")).content.decode()
    assert "还在写的" in page and page.count('<th scope="col"') <= 8
    assert "还在写的" not in client.get(reverse("publicity:posts") + "?show=published").content.decode()
    assert "没有这一类稿件" in client.get(reverse("publicity:posts") + "?kind=BOARD").content.decode()
    sheet = load_workbook(io.BytesIO(client.get(reverse("portal:articles_xlsx")).content)).active
    cells = [[one.value for one in row] for row in sheet.iter_rows(min_row=4)]
    assert cells[0][1] == "=还在写的" and cells[1][6] == "一审 贺建民、二审 顾清禾、三审 沈知行"
    assert all(one.data_type != "f" for row in sheet.iter_rows() for one in row) and clean() == []
    assert enter(life.handler).get(reverse("portal:articles_xlsx")).status_code == 403


@pytest.mark.clause("3.2a")
def test_its_word_file_says_internal_and_has_no_red_head(life, enter):
    for article, mark in ((published(life), "内部"), (written(life, scope="PUBLIC"), "底稿（起草）")):
        content = enter(life.handler).get(reverse("portal:article_docx", args=[article.public_id])).content
        text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
        assert mark in text and "逐条查摆，逐条整改。" in text and "FF0000" not in text
        assert "撰稿：林晓舟" in text
    assert enter(life.window).get(reverse("portal:article_docx", args=[article.public_id])).status_code == 404
    told = enter(life.window).get(reverse("portal:article_docx", args=[Article.objects.earliest("pk").public_id]))
    assert "贺建民" not in zipfile.ZipFile(io.BytesIO(told.content)).read("word/document.xml").decode()


def test_who_may_not_see_it_finds_nothing(life, enter):
    draft = written(life)
    for who in (life.window, life.neighbour, life.stranger, life.discipline):
        assert enter(who).get(draft.get_absolute_url()).status_code == 404
        assert draft.get_absolute_url() not in found(enter(who))
    for who in (life.sysadmin, life.secadmin, life.auditor):
        assert enter(who).get(reverse("publicity:posts")).status_code == 403
    assert enter(life.handler).get(draft.get_absolute_url()).status_code == 200
    assert draft.get_absolute_url() in found(enter(life.handler))


def test_pages_cost_the_same_with_many(life, enter):
    def cost(who, page: str) -> int:
        client = enter(who)
        found = []
        for _ in range(3):
            with asked(client) as queries_seen:
                assert client.get(page).status_code == 200
            found.append(len(queries_seen))
        return min(found)

    for _ in range(2):
        published(life, kind="EXPERIENCE")
        one = published(life, scope="PUBLIC")
        services.add_outlet(one, medium="县融媒体中心", ran_on=DAY, by=life.office, on=DAY)
        sent(life)
    here, told = reverse("publicity:posts"), reverse("publicity:experiences")
    pages = [(life.office, here), (life.office, told), (life.chief, "/")]
    before = [cost(*one) for one in pages]
    for _ in range(5):
        published(life, kind="EXPERIENCE")
        sent(life)
    assert [cost(*one) for one in pages] == before


@pytest.mark.clause("3.2b")
def test_a_cases_page_tells_its_stamps_to_who_works_on_it_only(life, enter):
    article = reviewed(life, kind="CASE", title="典型案例一则")
    stamps(life, article)
    services.publish(article, no_secrets=True, no_burden=True, version=None, by=life.office, on=DAY)
    assert "督查记录第3号" in enter(life.office).get(article.get_absolute_url()).content.decode()
    told = enter(life.window).get(article.get_absolute_url()).content.decode()
    assert "典型案例一则" in told and "督查记录第3号" not in told and "办理过程" not in told


TEXT = """实施方案
一、组织保障
1.加强宣传报道，充分利用媒体广泛宣传活动成效。
2.总结推广新思路、新举措、新成效和先进典型。
"""


@pytest.mark.clause("3.2a")
@pytest.mark.clause("3.2c")
def test_what_is_published_stands_under_the_clause_that_asks_for_it(life):
    early = reviewed(life)
    plans.import_plan(bureau=life.bureau, content=TEXT.encode(), file_name="方案.txt", by=life.office, on=DAY)
    services.publish(early, no_secrets=True, no_burden=True, version=None, by=life.office, on=DAY)
    later = published(life, kind="EXPERIENCE")
    written(life)
    lineages = [early.clause.lineage, later.clause.lineage]
    assert lineages[0] != lineages[1]
    figures = by_clause(lineages, life.window, DAY)
    assert {one: told["articles"].number for one, told in figures.items()} == dict.fromkeys(lineages, 1)
    told = behind("articles", lineages, life.window, DAY)
    assert told.number == 2 and [one.title for one in told.lines(0, 5)] == [later.title, early.title]
    assert behind("open", lineages, life.window, DAY) is None
