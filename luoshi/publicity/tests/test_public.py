"""The public side shows exactly what is published and 社会公开; canaries stand in every field of everything else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from luoshi.publicity import services
from luoshi.publicity.tests.life import DAY, decision, published, read, reviewed, sent, stamps, written

pytestmark = [pytest.mark.django_db, pytest.mark.clause("3.2a")]
CANARY = "金丝雀不该飞出来"
ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ article.bureau.pk }}{% debug %}",
    "javascript:alert(1)", "\"><svg onload=alert(1)>", "一、<b onclick=alert(1)>做法</b>",
    "</article></main><h1>冒充</h1>", "&lt;script&gt;",
)  # fmt: skip


def canary(cast, **words):
    return written(cast, title=f"{CANARY}标题", body=f"{CANARY}正文", scope="PUBLIC", **words)


@pytest.fixture
def others(life):
    """Every state but the public one, each full of canaries."""
    cast = life
    found = [canary(cast), sent(cast, canary(cast)), reviewed(cast, canary(cast))]
    second = sent(cast, canary(cast))
    read(second, cast.chief, f"{CANARY}审校意见")
    void = services.void(canary(cast), reason=f"{CANARY}作废", version=None, by=cast.handler, on=DAY)
    back = services.give_back(
        sent(cast, canary(cast)), reason=f"{CANARY}退回", version=None, by=cast.chief, on=DAY
    )  # fmt: skip
    gone = published(cast, canary(cast))
    services.withdraw(gone, reason=f"{CANARY}撤下", version=None, by=cast.office, on=DAY)
    inside = published(cast, title=f"{CANARY}局内", body=f"{CANARY}局内正文")
    case = written(cast, kind="CASE", title=f"{CANARY}案例", body=f"{CANARY}案例正文")
    stamps(cast, case, document=f"{CANARY}文书")
    decision(cast, case, document=f"{CANARY}决定")
    return [*found, second, void, back, gone, inside, case]


def test_without_a_log_in_one_reads_the_public_ones_and_nothing_else(life, others, client):
    shown = published(life, scope="PUBLIC", title="老旧小区改造开工")
    services.add_outlet(shown, medium=f"{CANARY}媒体", ran_on=DAY, by=life.handler, on=DAY)
    page = client.get(reverse("public_posts"))
    text = page.content.decode()
    assert page.status_code == 200 and CANARY not in text and text.count("<li>") == 1
    assert shown.title in text and str(shown.public_id) in text
    one = client.get(reverse("public_post", args=[shown.public_id]))
    told = one.content.decode()
    assert one.status_code == 200 and shown.title in told and "逐条查摆，逐条整改。" in told and CANARY not in told
    for name in ("林晓舟", "贺建民", "顾清禾", "规建股", "审", "版本"):
        assert name not in told, "who wrote and read it stays inside"
    for row in others:
        answer = client.get(reverse("public_post", args=[row.public_id]))
        assert answer.status_code == 404 and CANARY not in answer.content.decode(), row.state


def test_its_pages_carry_no_session_and_no_way_inside(life, client, django_assert_max_num_queries):
    shown = published(life, scope="PUBLIC")
    for url in (reverse("public_posts"), reverse("public_post", args=[shown.public_id])):
        with django_assert_max_num_queries(2):
            page = client.get(url)
        assert not page.cookies and "csrf" not in page.content.decode()
        assert page["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; base-uri 'none'")
        assert page["Cache-Control"] == "no-store" and page["X-Frame-Options"] == "DENY"
        inside = page.content.decode().replace("/public/posts/", "").replace("/static/", "")
        assert 'href="/' not in inside and "<script" not in inside and "<form" not in inside
        assert client.post(url).status_code == 405
    client.force_login(life.office)
    logged = client.get(reverse("public_posts")).content.decode()
    assert "顾清禾" not in logged and "工作台" not in logged


def test_a_page_has_an_end_and_a_bad_address_begins_anew(life, client):
    rows = [published(life, scope="PUBLIC", title=f"第{nth}篇") for nth in range(3)]
    from luoshi.publicity.queries import lists

    lists_page, lists.PUBLIC_PAGE = lists.PUBLIC_PAGE, 2
    try:
        first = client.get(reverse("public_posts")).content.decode()
        assert "第2篇" in first and "第0篇" not in first and f"?after={rows[1].public_id}" in first
        second = client.get(reverse("public_posts"), {"after": str(rows[1].public_id)}).content.decode()
        assert "第0篇" in second and "第1篇" not in second
        inside = published(life).public_id
        for bad in ("x", "1.1", "'", str(inside)):
            assert "第2篇" in client.get(reverse("public_posts"), {"after": bad}).content.decode()
    finally:
        lists.PUBLIC_PAGE = lists_page


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_written_is_shown_as_it_was_typed(life, enter, client, attack):
    shown = published(life, scope="PUBLIC", title=attack, body=f"{attack}\n一、{attack[:20]}")
    pages = [client.get(reverse("public_post", args=[shown.public_id])).content.decode()]
    pages.append(enter(life.window).get(shown.get_absolute_url()).content.decode())
    for page in pages:
        for bad in ("<script>alert", "<img src=x", "<svg onload", "<b onclick", "<h1>冒充"):
            assert bad not in page
        if attack.startswith("{{"):
            assert "{% debug %}" in page
