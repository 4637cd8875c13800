"""Notices on screen: one's own only, unread first, read when opened."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from luoshi.notices import services
from luoshi.notices.models import Notice
from tests.counting import asked

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def here(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-23T10:00")
    return cast


def tell(cast, *people, key="m:1", url="/notices/", title="请签收：城南管网"):
    return services.notify(people, bureau=cast.bureau.pk, kind="matters.assign", key=key, title=title, url=url)


def sent(**told):
    return {"submission": str(uuid.uuid4()), **told}


def test_one_notice_a_person_and_key(here):
    assert tell(here, here.handler, here.chief) == 2
    assert tell(here, here.handler, here.neighbour, here.neighbour) == 1
    assert Notice.objects.count() == 3


def test_the_bell_and_the_list_show_ones_own(here, enter):
    tell(here, here.handler)
    client = enter(here.handler)
    page = client.get(reverse("notices:list")).content.decode()
    assert "请签收：城南管网" in page and "2026-11-23 周一" in page and "1<span" in page
    assert "请签收" not in enter(here.chief).get(reverse("notices:list")).content.decode()


def test_opening_marks_it_read_and_leads_on(here, enter):
    tell(here, here.handler, url="/workdays/")
    notice, client = Notice.objects.get(), enter(here.handler)
    assert client.get(reverse("notices:open", args=[notice.pk])).url == "/workdays/"
    notice.refresh_from_db()
    assert notice.read_at is None  # a GET changes nothing
    for _ in range(2):
        assert client.post(reverse("notices:open", args=[notice.pk]), sent()).url == "/workdays/"
    notice.refresh_from_db()
    assert notice.read_at == NOW
    page = client.get(reverse("notices:list")).content.decode()
    assert "没有未读提醒" in page and "已读" in page


def test_the_pages_own_forms_carry_their_one_time_key(here, enter):
    tell(here, here.handler)
    page = enter(here.handler).get(reverse("notices:list")).content.decode()
    assert re.findall(r'name="submission" value="([^"]*)"', page) and 'name="submission" value=""' not in page


def test_somebody_elses_notice_is_not_there(here, enter):
    tell(here, here.handler)
    url = reverse("notices:open", args=[Notice.objects.get().pk])
    assert enter(here.chief).post(url, sent()).status_code == 404
    assert Notice.objects.get().read_at is None


def test_a_notice_leads_nowhere_outside(here, enter):
    tell(here, here.handler, url="//evil.example/x")
    answer = enter(here.handler).post(reverse("notices:open", args=[Notice.objects.get().pk]), sent())
    assert answer.url == reverse("notices:list")


def test_all_read_spares_what_came_after_the_page(here, enter):
    tell(here, here.handler)
    seen = Notice.objects.get().pk
    tell(here, here.handler, key="m:2")
    tell(here, here.chief)
    client = enter(here.handler)
    assert client.post(reverse("notices:mark_all_read"), sent(upto=seen)).status_code == 302
    assert list(Notice.objects.filter(read_at=None).order_by("pk").values_list("user", "key")) == [
        (here.handler.pk, "m:2"),
        (here.chief.pk, "m:1"),
    ]
    assert client.post(reverse("notices:mark_all_read"), sent(upto="x" * 5)).status_code == 302


def test_paging_by_key(here, enter):
    for number in range(120):
        tell(here, here.handler, key=f"m:{number}", title=f"第{number}号事项")
    Notice.objects.update(read_at=NOW)
    client = enter(here.handler)
    first = client.get(reverse("notices:list")).content.decode()
    assert "第119号事项" in first and "第69号事项" not in first and "?before=" in first
    before = Notice.objects.get(title="第70号事项").pk
    second = client.get(reverse("notices:list") + f"?before={before}").content.decode()
    assert "第69号事项" in second and "第70号事项" not in second
    assert client.get(reverse("notices:list") + "?before=x").status_code == 200


def test_every_page_costs_the_bell_one_query(here, enter):
    tell(here, here.handler)
    client = enter(here.handler)
    client.get(reverse("notices:list"))
    with asked(client) as seen:
        client.get(reverse("notices:list"))
    assert len(seen) <= 20
