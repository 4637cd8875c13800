"""检索: each finds what is his, in words that mark it; nothing of anybody else's in answers, counts or snippets."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from luoshi.matters import services as matters
from luoshi.matters.tests.life import DAY, Life, at
from tests.counting import asked

pytestmark = pytest.mark.django_db
URL = "/search/"
EVERYONE = (
    "director", "leader", "second_leader", "office", "verifier", "inspector", "chief", "handler", "neighbour",
    "discipline", "window", "stranger", "sysadmin", "secadmin", "auditor",
)  # fmt: skip


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", f"{DAY.isoformat()}T10:00")
    return Life(cast)


def text(answer) -> str:
    body = re.search(r"<main.*?</main>", answer.content.decode(), flags=re.S).group()
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", body)))


def titles(client, question: str, only: str = "", **more) -> list[str]:
    """What the page lists of one kind (or of all), in its order."""
    page = client.get(URL, {"q": question, **more}).content.decode()
    groups = re.findall(r'<section class="seek-group" id="(\w+)".*?</section>', page, flags=re.S)
    found = []
    for name in groups:
        part = re.search(rf'id="{name}" .*?</section>', page, flags=re.S).group()
        if not only or name == only:
            found += [
                html.unescape(re.sub(r"<[^>]+>", "", one))
                for one in re.findall(r'class="seek-title"[^>]*>(.*?)</a>', part, flags=re.S)
            ]
    return found


def test_a_matter_is_found_by_title_requirement_source_number_feedback_and_instruction(life, enter, cast):
    matter = life.to("ACCEPTED", title="窨井盖隐患整治")
    matters.feed_back(
        matter, by=cast.handler, kind="PRELIMINARY", done="更换铸铁井座三十套", obstacles="资金缺口",
        next_step="二期招标", on=DAY, now=at(DAY),
    )  # fmt: skip
    matters.instruct(matter, text="先学校后街巷", by=cast.leader, on=DAY, now=at(DAY))
    client = enter(cast.office)
    written = ["窨井盖", "滞后原因", "第18次会议", "铸铁井座", "资金缺口", "二期招标", "先学校后街巷", "井盖 街巷"]
    for question in [*written, matter.number_label]:
        assert matter.title in titles(client, question, "matter"), question
    assert titles(client, str(matter.number), "matter")[0] == matter.title
    assert "窨井盖 没有" not in titles(client, "窨井盖 没有这个词", "matter")


def test_an_amended_draft_is_found_by_its_new_words_only(life, enter, cast):
    draft = life.open(title="夜间施工噪声")
    matters.update_draft(draft, by=cast.office, on=DAY, changes={"title": "渣土车扬尘"})
    client = enter(cast.office)
    assert titles(client, "夜间施工") == []
    assert titles(client, "渣土车") == ["渣土车扬尘"]


@pytest.mark.parametrize("who", EVERYONE)
def test_everybody_finds_exactly_the_matters_he_sees(life, enter, cast, who):
    from luoshi.matters import queries

    life.open(title="绝密词甲 草稿")
    running = life.to("ACCEPTED")
    matters.instruct(running, text="绝密词甲 批示", by=cast.leader, on=DAY, now=at(DAY))
    user = getattr(cast, who)
    seen = sorted(queries.visible_to(user, DAY).values_list("title", flat=True))
    client = enter(user)
    assert sorted(titles(client, "绝密词甲", "matter")) == seen
    said = text(client.get(URL, {"q": "绝密词甲"}))
    if seen:
        assert f"事项 {len(seen)}" in said
    else:
        assert "没有查到" in said and "批示" not in said and "草稿" not in said


def test_the_order_is_title_first_then_the_newest(life, enter, cast):
    old = life.open(title="旧的塔吊整治")
    life.open(title="工地检查", requirement="含塔吊")
    new = life.open(title="新的塔吊整治")
    assert titles(enter(cast.office), "塔吊") == [new.title, old.title, "工地检查"]


def test_people_are_found_by_name_and_pinyin_initials_in_their_own_bureau_only(enter, cast):
    client = enter(cast.office)
    for question in (cast.handler.name, cast.handler.pinyin, cast.handler.pinyin.upper()):
        assert cast.handler.name in titles(client, question, "person"), question
    client = enter(cast.stranger)
    assert cast.handler.name not in titles(client, cast.handler.name, "person")


def test_clauses_and_plans_are_found_by_whoever_may_read_them(version, today, enter, cast):
    client = enter(cast.office)
    page = client.get(URL, {"q": "限时反馈"}).content.decode()
    assert 'id="clause"' in page and "<mark>限时反馈</mark>" in page
    assert titles(client, "实施方案", "plan")
    for who in (cast.stranger, cast.sysadmin):
        assert 'class="seek-group"' not in enter(who).get(URL, {"q": "限时反馈"}).content.decode()


def test_words_are_marked_and_markup_stays_text(life, enter, cast):
    poison = "<script>alert(1)</script>窨井"
    life.open(title=poison, requirement=poison)
    client = enter(cast.office)
    page = client.get(URL, {"q": "窨井"}).content.decode()
    assert "<mark>窨井</mark>" in page and "<script>alert(1)" not in page
    page = client.get(URL, {"q": "<script>alert(1)"}).content.decode()
    assert "<mark>&lt;script&gt;alert(1)</mark>" in page and "<script>alert(1)" not in page
    assert "<script>alert(1)" not in client.get(URL, {"q": "<script>alert(1)</script>无"}).content.decode()


@pytest.mark.parametrize(
    ("question", "says"),
    [("", "几个词用空格隔开"), ("。。", "只有标点符号"), ("长" * 61, "一次最多查60个字"), ("没有这个词", "没有查到")],
)
def test_what_brings_nothing_says_why_and_what_to_do(enter, cast, question, says):
    answer = enter(cast.office).get(URL, {"q": question})
    assert answer.status_code == 200 and says in text(answer)


@pytest.mark.parametrize("more", [{"kind": "nothing"}, {"kind": "matter", "after": "x.y"}, {"after": "9" * 40}])
def test_an_address_that_was_tampered_with_still_answers(life, enter, cast, more):
    life.open(title="窨井")
    assert titles(enter(cast.office), "窨井", **more) == ["窨井"]


def test_nul_and_a_post_are_answered(enter, cast):
    client = enter(cast.office)
    assert client.get(URL, {"q": "a\0b"}).status_code == 200
    assert client.post(URL, {"q": "a"}).status_code == 405


def test_many_are_capped_and_paged_by_key_each_once(life, enter, cast):
    from luoshi.portal.queries import search as looking

    names = [f"批量事项{number:03d}" for number in range(45)]
    for name in names:
        life.open(title=name)
    client = enter(cast.office)
    assert titles(client, "批量事项") == names[::-1][: looking.FIRST]
    assert "查看全部事项（45）" in text(client.get(URL, {"q": "批量事项"}))
    found, after = [], ""
    while True:
        page = client.get(URL, {"q": "批量事项", "kind": "matter", "after": after})
        found += re.findall(r"<mark>批量事项</mark>(\d+)", page.content.decode())
        after = (re.search(r'rel="next" href="[^"]*after=([\d.]+)"', page.content.decode()) or [None, ""])[1]
        if not after:
            break
    assert [f"批量事项{one}" for one in found] == names[::-1]


def test_the_number_of_queries_does_not_grow(life, enter, cast):
    client = enter(cast.office)
    life.open(title="窨井一")
    client.get(URL, {"q": "窨井"})
    with asked(client) as few:
        client.get(URL, {"q": "窨井"})
    for number in range(12):
        life.open(title=f"窨井{number}", requirement="窨井")
    with asked(client) as many:
        client.get(URL, {"q": "窨井"})
    assert len(many) == len(few)


def test_the_field_in_the_top_bar_leads_to_the_page_and_keeps_the_question(enter, cast):
    page = enter(cast.office).get(URL, {"q": "窨井"}).content.decode()
    field = re.search(r'<form class="top-search".*?</form>', page, flags=re.S).group()
    assert f'action="{reverse("portal:search")}"' in field and 'value="窨井"' in field and "data-slash" in field
