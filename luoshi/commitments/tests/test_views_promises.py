"""承诺 over HTTP: drafted in rows, decided with paper, amended in the open, kept, judged; by whom and by whom not."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.commitments import services
from luoshi.commitments.models import Commitment, Progress
from luoshi.commitments.tests.life import DAY, PHONE, TWO, YEAR, clean, cost, draft, published
from luoshi.matters.models import Matter
from luoshi.matters.tests.life import Life
from luoshi.records.models import Entry
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.1.4a")]
ROW = {"words_0": "推动三个小区加装电梯", "measure_0": "三部电梯验收", "due_0": "2026-11-30"}


def key() -> dict:
    return {"submission": str(uuid.uuid4())}


def opened(client, url) -> dict:
    return filled(client.get(url).content.decode(), url.split("?")[0])


def test_a_leader_drafts_in_rows_and_a_second_click_makes_no_second(life, enter):
    client = enter(life.leader)
    told = {**opened(client, "/commitments/new/"), "phone": PHONE, **ROW}
    answer = client.post("/commitments/new/", told)
    found = Commitment.objects.get()
    assert answer["Location"] == found.get_absolute_url() and found.person == life.leader
    assert client.post("/commitments/new/", told)["Location"] == found.get_absolute_url()
    assert Commitment.objects.count() == 1 and clean() == []
    assert client.get("/commitments/new/").status_code == 404, "one set a leader and year"


def test_bad_rows_keep_what_was_typed_and_say_what_is_missing(life, enter):
    client = enter(life.leader)
    told = {**key(), "phone": PHONE, **ROW, "due_0": "", "words_2": "只写了做什么"}
    page = client.post("/commitments/new/", told).content.decode()
    assert "请填写时限" in page and "请写明怎样算做到" in page and "只写了做什么" in page
    assert "至少写一条承诺" in client.post("/commitments/new/", {**key(), "phone": PHONE}).content.decode()
    late = client.post("/commitments/new/", {**key(), "phone": PHONE, **ROW, "due_0": "2027-01-05"})
    assert "超出2026年" in late.content.decode() and not Commitment.objects.exists()


def test_the_office_picks_whose_promises_it_writes_down(life, enter):
    client = enter(life.office)
    told = {**key(), "phone": PHONE, **ROW}
    assert "请选择" in client.post("/commitments/new/", told).content.decode()
    client.post("/commitments/new/", {**told, **key(), "person": life.second_leader.pk})
    assert Commitment.objects.get().person == life.second_leader
    page = client.get("/commitments/").content.decode()
    assert "还没有公示承诺：陆远山、沈知行、孟怀瑾（3人）" in page


@pytest.mark.parametrize("who", ["chief", "handler", "verifier", "window", "sysadmin"])
def test_who_is_not_of_the_team_finds_no_door(life, enter, who):
    assert enter(getattr(life, who)).post("/commitments/new/", {**key(), **ROW}).status_code == 403


def test_drafts_are_found_by_nobody_else(life, enter):
    found = draft(life)
    for who in ("second_leader", "chief", "inspector", "stranger"):
        assert enter(getattr(life, who)).get(found.get_absolute_url()).status_code == 404


def test_the_office_publishes_with_paper_and_two_at_once_are_told(life, enter):
    found = draft(life)
    client = enter(life.office)
    url = reverse("commitments:publish", args=[found.public_id])
    page = client.get(url).content.decode()
    assert "党委委员、副局长" in page and "规划建设、工程质量安全" in page and TWO[0].words in page
    fields = filled(page, url)
    bad = client.post(url, {**fields, "source_note": ""})
    assert "审定出处" in bad.content.decode() and Commitment.objects.get().state == "DRAFT"
    services.edit_commitment(found, promises=TWO[:1], phone=PHONE, version=1, by=life.leader, on=DAY)
    stale = client.post(url, {**fields, **key(), "source_note": "局党委会纪要第18期"})
    assert stale.status_code == 409 and "修改承诺" in stale.content.decode()
    client.post(url, {**opened(client, url), "source_note": "局党委会纪要第18期"})
    found.refresh_from_db()
    assert (found.state, found.decided_by) == ("PUBLISHED", life.director) and clean() == []
    gone = client.post(url, {**fields, **key(), "source_note": "再来一次"})
    assert gone.status_code in (200, 409) and "已公示" in gone.content.decode()


def test_the_chief_publishes_with_one_click(life, enter):
    found = draft(life)
    client = enter(life.director)
    url = reverse("commitments:publish", args=[found.public_id])
    page = client.get(url).content.decode()
    assert "审定出处" not in page
    client.post(url, filled(page, url))
    assert Commitment.objects.get().state == "PUBLISHED"


def test_an_amendment_stands_beside_the_original_on_every_page(life, enter):
    promise = published(life).promises.get(order=1)
    client = enter(life.office)
    url = reverse("commitments:amend", args=[promise.pk])
    fields = opened(client, url)
    assert fields["said"][0].strip() == promise.words, "nothing is typed again"
    told = {**fields, "said": "推动五个小区加装电梯开工", "due_on": "2026-12-20", "reason": "增加两个小区。",
            "source_note": "局长办公会纪要第9期"}  # fmt: skip
    client.post(url, told)
    for page in (promise.commitment.get_absolute_url(), f"/commitments/notice/?year={YEAR}"):
        text = client.get(page).content.decode()
        for words in (promise.words, "推动五个小区加装电梯开工", "增加两个小区", "2026-11-30", "局长办公会纪要第9期"):
            assert words in text, (page, words)
    bad = client.post(url, {**opened(client, url), "said": "", "reason": "x", "source_note": "y"})
    assert "请勾选下面一项" in bad.content.decode()
    assert enter(life.leader).get(url).status_code == 403


def test_progress_with_a_file_is_read_by_all_and_its_mistake_struck_out(life, enter):
    promise = published(life).promises.get(order=1)
    client = enter(life.chief)
    url = reverse("commitments:progress", args=[promise.pk])
    upload = SimpleUploadedFile("照片说明.txt", "开工".encode())
    client.post(url, {**opened(client, url), "said": "一个小区进场", "files": upload})
    told = Progress.objects.get()
    page = enter(life.window).get(promise.commitment.get_absolute_url()).content.decode()
    assert "一个小区进场" in page and "照片说明.txt" in page
    got = enter(life.window).get(reverse("commitments:proof", args=[told.proofs.get().pk]))
    assert b"".join(got) == "开工".encode() and Entry.objects.latest("id").act == "commitments.take_copy"
    client = enter(life.chief)
    void = reverse("commitments:void_progress", args=[told.pk])
    client.post(void, {**opened(client, void), "reason": "小区写错"})
    assert "已作废：小区写错" in client.get(promise.commitment.get_absolute_url()).content.decode()
    late = client.post(url, {**opened(client, url), "said": "明天的事", "happened_on": "2026-09-30"})
    assert "不能晚于今天" in late.content.decode()
    assert enter(life.property_chief).post(url, {**key(), "said": "x", "happened_on": DAY}).status_code in (403, 409)
    assert Progress.objects.count() == 1


def test_a_promise_is_linked_with_a_matter_or_becomes_one(life, enter):
    promise = published(life).promises.get(order=1)
    matter = Life(life).open()
    client = enter(life.leader)
    url = reverse("commitments:link", args=[promise.pk])
    assert "请选择一件已有事项" in client.post(url, {**opened(client, url), "unit": ""}).content.decode()
    client.post(url, {**opened(client, url), "matter": matter.pk})
    client.post(url, {**opened(client, url), "unit": life.planning.pk})
    fresh = Matter.objects.latest("pk")
    assert fresh.title == promise.words and promise.links.count() == 2
    page = client.get(promise.commitment.get_absolute_url()).content.decode()
    assert matter.title in page and fresh.get_absolute_url() in page
    far = enter(life.second_leader).get(promise.commitment.get_absolute_url()).content.decode()
    assert matter.title not in far and "另有2件关联事项不在您的查看范围内" in far
    client = enter(life.leader)
    end = reverse("commitments:unlink", args=[promise.links.first().pk])
    client.post(end, opened(client, end))
    assert promise.links.filter(ended_on=None).count() == 1


def test_fulfilment_opens_to_the_promises_it_counts_and_ranks_nobody(life, enter):
    first = published(life)
    published(life, life.director)
    one, two = first.promises.all()
    client = enter(life.leader)
    url = reverse("commitments:fulfil", args=[one.pk])
    client.post(url, {**opened(client, url), "outcome": "KEPT", "said": "三个都开工"})
    page = client.get("/commitments/fulfilment/")
    assert [(tally.label, tally.number) for tally in page.context["tallies"]] == [
        ("全部承诺", 4), ("已兑现", 1), ("部分兑现", 0), ("未兑现", 0), ("未登记", 3), ("已终止", 0)
    ]  # fmt: skip
    kept = client.get("/commitments/fulfilment/?outcome=KEPT")
    assert [view.pk for _, view in kept.context["rows"]] == [one.pk]
    names = [line.commitment.person.name for line in page.context["facts"].lines]
    assert names == ["陆远山", "沈知行"], "the team's order, whoever kept more"
    services.fulfil(two, outcome="NOT", words="没有做到，明年续办。", version=None, by=life.leader, on=DAY)
    client = enter(life.office)
    settle = reverse("commitments:settle", args=[first.public_id])
    client.post(settle, {**opened(client, settle), "note": "年度考核会逐条评议"})
    first.refresh_from_db()
    assert first.state == "SETTLED" and "年度考核会逐条评议" in client.get("/commitments/fulfilment/").content.decode()


def test_pages_cost_the_same_for_one_promise_and_for_thirty(life, enter):
    published(life, life.director, promises=TWO[:1])
    client = enter(life.office)
    pages = ("/commitments/", "/commitments/notice/", "/commitments/fulfilment/")
    few = {page: cost(client, page) for page in pages}
    for who in (life.leader, life.second_leader):
        found = published(life, who, promises=TWO * 6)
        for one in found.promises.all():
            services.note_progress(one, words="推进中", happened_on=DAY, by=who, on=DAY)
    many = {page: cost(client, page) for page in pages}
    assert all(many[page] <= few[page] + 1 for page in pages), (few, many)
