"""归类建制 over HTTP."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from luoshi.problems.models import Institution, ProblemClass
from luoshi.problems.services import classes as services
from luoshi.problems.tests.life import DAY, Life
from luoshi.records.models import Entry
from tests.counting import asked
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.3.1b")]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


@pytest.fixture
def row(life, cast):
    return services.group([life.open()], bureau=cast.bureau, name="窨井盖管护不到位", by=cast.office, on=DAY)


def key() -> dict:
    return {"submission": str(uuid.uuid4())}


def test_ticked_problems_become_a_class_on_the_page_and_a_second_click_makes_no_second(life, cast, enter):
    one, two = life.open(), life.open(title="小区门口窨井盖缺失")
    client = enter(cast.office)
    url = reverse("problems:class_group")
    page = client.get(reverse("problems:classes")).content.decode()
    assert "看起来像一类" in page and f'value="{one.pk}"' in page
    told = {**filled(page, url), "problems": [one.pk, two.pk], "name": "窨井盖管护不到位"}
    answer = client.post(url, told)
    made = ProblemClass.objects.get()
    assert answer["Location"] == made.get_absolute_url() == client.post(url, told)["Location"]
    assert made.problems.count() == 2
    other = life.open(title="别的事")
    nothing = client.post(url, {**key(), "name": "空"})
    assert nothing.status_code == 200 and "请勾选" in nothing.content.decode()
    unnamed = client.post(url, {**key(), "problems": [other.pk]})
    assert "给新类别起个名称" in unnamed.content.decode() and " checked" in unnamed.content.decode()


def test_alike_is_taken_in_and_taken_out_again(row, life, cast, enter):
    near = life.open(title="东门窨井盖松动")
    client, url = enter(cast.office), row.get_absolute_url()
    page = client.get(url).content.decode()
    assert "看起来也像这一类" in page and near.title in page
    take_in, out = (reverse(f"problems:{name}", args=[row.public_id]) for name in ("class_take_in", "class_ungroup"))
    client.post(take_in, {**filled(page, take_in), "problems": [near.pk]})
    assert row.problems.count() == 2
    page = client.get(url).content.decode()
    stale = {**filled(page, out), "problems": [near.pk]}
    client.post(out, stale)
    assert row.problems.count() == 1
    assert client.post(out, {**stale, **key(), "problems": [row.problems.get().pk]}).status_code == 409
    assert "请勾选" in client.post(out, {**key(), "version": 1}).content.decode()


def test_a_cure_is_decided_by_the_leader_himself_or_entered_for_him(row, cast, enter):
    url = reverse("problems:class_decide", args=[row.public_id])
    client = enter(cast.leader)
    page = client.get(url).content.decode()
    assert "作出决定的领导" not in page
    bad = client.post(url, {**filled(page, url), "cure": "NONE"})
    assert "请写明理由" in bad.content.decode()
    client.post(url, {**filled(page, url), **key(), "cure": "NEW", "title": "窨井设施管护办法"})
    row.refresh_from_db()
    assert (row.decided_by, row.institution.title) == (cast.leader, "窨井设施管护办法")
    client = enter(cast.office)
    told = filled(client.get(url).content.decode(), url)
    client.post(url, {**told, "cure": "NONE", "reason": "现行办法已够", "decided_by": cast.director.pk})
    row.refresh_from_db()
    assert (row.cure, row.decided_by) == ("NONE", cast.director)


def test_an_institution_is_issued_with_its_paper_and_the_list_goes_out_as_a_table(row, cast, enter):
    services.decide_cure(row, cure="NEW", title="=窨井设施管护办法", decided_by=cast.leader, by=cast.office, on=DAY)
    client, made = enter(cast.office), Institution.objects.get()
    listed = reverse("problems:institutions")
    assert "制度还没印发" in client.get(listed).content.decode()
    url = reverse("problems:institution_edit", args=[made.public_id])
    told = filled(client.get(url).content.decode(), url)
    paper = SimpleUploadedFile("办法.txt", "第一条".encode())
    client.post(url, {**told, "code": "云住建字〔2026〕21号", "issued_on": "2026-09-28", "files": paper})
    made.refresh_from_db()
    assert made.paper.name == "办法.txt" and "云住建字〔2026〕21号" in client.get(listed).content.decode()
    late = client.post(url, {**told, **key(), "issued_on": "2026-12-01"})
    assert "不能晚于今天" in late.content.decode()
    got = client.get(reverse("problems:institution_paper", args=[made.public_id]))
    assert b"".join(got) == "第一条".encode() and Entry.objects.latest("id").act == "problems.take_institutions"
    book = load_workbook(io.BytesIO(client.get(reverse("problems:institutions_xlsx")).content))
    assert book["问题类别"]["F4"].value == "=窨井设施管护办法" and book["问题类别"]["F4"].data_type == "s"
    assert book["制度"]["C4"].value == "云住建字〔2026〕21号"


def test_tags_open_the_ledger_at_what_they_count(life, cast, enter):
    life.open(tags=["推"])
    page = enter(cast.office).get(reverse("problems:tags")).content.decode()
    assert "tag=%E6%8E%A8&amp;found_from=2026-07-01&amp;found_to=2026-09-30" in page
    assert enter(cast.office).get("/problems/tags/?year=99999999999").status_code == 200


@pytest.mark.parametrize("who", ["handler", "window", "sysadmin", "auditor"])
def test_classes_are_for_those_who_answer_for_units(row, cast, enter, who):
    client = enter(getattr(cast, who))
    for name in ("classes", "institutions", "tags", "institutions_xlsx", "class_group", "institution_new"):
        assert client.get(reverse(f"problems:{name}")).status_code == 403


def test_heads_read_and_do_not_change_and_another_bureau_finds_nothing(row, cast, enter):
    client = enter(cast.chief)
    text = client.get(row.get_absolute_url()).content.decode()
    assert row.name in text and "移出" not in text and "定治本办法</a>" not in text
    for name in ("class_edit", "class_decide", "class_void", "class_take_in", "class_ungroup"):
        assert client.get(reverse(f"problems:{name}", args=[row.public_id])).status_code == 403
    client = enter(cast.stranger)
    assert client.get(row.get_absolute_url()).status_code == 404
    assert row.name not in client.get(reverse("problems:classes")).content.decode()


def test_the_pages_cost_the_same_whatever_there_is(row, life, cast, enter):
    client = enter(cast.office)
    urls = [
        reverse("problems:classes"),
        reverse("problems:institutions"),
        reverse("problems:tags"),
        row.get_absolute_url(),
    ]
    services.decide_cure(row, cure="NEW", title="办法", decided_by=cast.leader, by=cast.office, on=DAY)
    life.open(title="另一件窨井盖松动", tags=["推"])
    life.open(title="没人管的事", tags=["慢"])

    def cost() -> list[int]:
        found = []
        for url in urls:
            with asked(client) as seen:
                client.get(url)
            found.append(len(seen))
        return found

    cost()
    before = cost()
    for nth in range(3):
        one = services.group(
            [life.open(title=f"第{nth}件新问题", tags=["推"])],
            bureau=cast.bureau,
            name=f"类{nth}",
            by=cast.office,
            on=DAY,
        )
        services.decide_cure(one, cure="NEW", title=f"办法{nth}", decided_by=cast.leader, by=cast.office, on=DAY)
        life.open(title=f"窨井盖松动第{nth}处")
    assert cost() == before


def test_markup_in_what_people_write_is_text(life, cast, enter):
    poison = "<script>alert(1)</script><img src=x>"
    row = services.group([life.open(title=poison, tags=[poison])], bureau=cast.bureau, name=poison, root_cause=poison,
                         by=cast.office, on=DAY)  # fmt: skip
    services.decide_cure(row, cure="NEW", title=poison, reason=poison, decided_by=cast.leader, by=cast.office, on=DAY)
    client = enter(cast.office)
    life.open(title=poison)
    urls = [reverse(f"problems:{name}") for name in ("classes", "institutions", "tags")]
    for url in [*urls, row.get_absolute_url(), Institution.objects.get().get_absolute_url()]:
        page = client.get(url).content
        assert b"alert(1)" in page and b"<script>alert(1)" not in page and b"<img src=x" not in page, url
