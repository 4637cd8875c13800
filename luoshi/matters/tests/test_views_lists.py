"""登记清单 over HTTP: paste, what is said beside each cell, mending in the grid, one act; nothing typed is lost."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.matters import services
from luoshi.matters.models import Matter, TaskList
from luoshi.matters.tests.life import DAY, Life, at, clean
from luoshi.matters.tests.test_services_lists import handed_out, items, open_list
from luoshi.records.models import Entry, TypedDraft
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.5.1a")]
NEW = "/matters/lists/new/"
ROWS = (
    "序号\t工作任务\t责任单位\t配合单位\t责任领导\t完成时限\n"
    "1\t整治占道经营\t规建股\t质安中心\t沈知行\t12月底前\n"
    "2\t规范物业收费\t物业股\t\t\t2027.1.29\n"
)
HEAD = {"document": "局党委会2026年第18次会议纪要", "source": "COMMITTEE", "issued_on": "2026-09-29"}


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def head(cast, **words):
    return {"submission": str(uuid.uuid4()), **HEAD, "issuer": cast.director.pk, **words}


def sheet(answer, url=NEW):
    """The grid's fields as the page would send them."""
    told = filled(answer.content.decode(), url)
    return {name: values for name, values in told.items() if name not in ("submission",)}


def read_in(client, cast, rows=ROWS, **words):
    return client.post(NEW, head(cast, act="read", paste=rows, **words))


def test_forty_items_from_paste_to_handed_out(life, cast, enter):
    client = enter(cast.office)
    units = ["规建股", "质安中心", "审批股", "物业股", "房保中心"]
    rows = "工作任务\t牵头单位\t协办单位\t完成时限\n" + "\n".join(
        f"第{at}件工作\t{units[at % 5]}\t{units[(at + 1) % 5]}\t12月{at % 20 + 7}日" for at in range(40)
    )
    page = read_in(client, cast, rows)
    assert "共40项，没有要改的" in page.content.decode() and TaskList.objects.count() == 0, "checked, nothing saved"
    answer = client.post(NEW, {**sheet(page), **head(cast), "act": "hand_out"})
    found = TaskList.objects.get()
    assert answer["Location"] == found.get_absolute_url()
    assert list(found.matters.order_by("place").values_list("number", flat=True)) == list(range(1, 41))
    assert {one.state for one in found.matters.all()} == {"ASSIGNED"}
    matter = found.matters.get(place=1)
    assert (matter.leader, matter.events.get(move="approve").decided_by) == (cast.leader, cast.director)
    text = client.get(found.get_absolute_url()).content.decode()
    assert "第39件工作" in text and "待签收 <strong" in text
    assert clean() == []


def test_sent_twice_it_is_one_list(life, cast, enter):
    client = enter(cast.office)
    fields = {**sheet(read_in(client, cast)), **head(cast), "act": "hand_out"}
    first, second = client.post(NEW, fields), client.post(NEW, fields)
    assert first["Location"] == second["Location"] and (TaskList.objects.count(), Matter.objects.count()) == (1, 2)
    assert client.post(NEW, {**fields, "document": "改过的"}).status_code == 422


def test_what_is_wrong_stands_beside_its_cell_and_is_mended_in_the_grid(life, cast, enter):
    services.approve(life.open(title="整治锦绣家园小区消防通道占用", lead_unit=cast.property, assist_units=[]),
                     by=cast.leader, on=DAY, now=at(DAY))  # fmt: skip
    client = enter(cast.office)
    page = read_in(client, cast, (
        "任务\t责任单位\t协办单位\t责任领导\t时限\n"
        "整治锦绣家园消防通道占用\t物业股\t\t孟怀瑾\t2026-12-26\n"
        "清查底数\t规建股、质安中心\t房保中心\t沈知行\t8月31日\n"
        "抽查工地\t质量中心\t各股室\t周局长\t长期坚持\n"
    ))  # fmt: skip
    text = page.content.decode()
    for words in (
        "物业股已有相近的事项：2026-0001", "2026-12-26 是休息日", "写了2个牵头单位", "规建股牵头，其余协办",
        "2026-08-31 已经过去", "没有叫“质量中心”的单位", "“各股室”要写明是哪几个单位", "局领导中没有“周局长”",
        "认不出“长期坚持”是哪一天", "共3项，有6处要改",
    ):  # fmt: skip
        assert words in text, words
    mended = client.post(NEW, {**sheet(page), **head(cast), "fix": "lead:p1:规建股|质安中心"})
    told = sheet(mended)
    assert (told["lead-p1"], told["assist-p1"]) == (["规建股"], ["质安中心、房保中心"])
    told |= {"due-p1": "12月31日", "lead-p2": "zazx", "assist-p2": "", "leader-p2": "沈知行", "due-p2": "年底"}
    saved = client.post(NEW, {**told, **head(cast), "act": "draft"})
    assert saved.status_code == 302
    assert [one.lead_unit for one in Matter.objects.filter(task_list__isnull=False).order_by("place")] == [
        cast.property, cast.planning, cast.quality,
    ]  # fmt: skip


def test_two_rows_that_say_the_same_to_one_unit_are_warned_of(life, cast, enter):
    rows = (
        "整治占道经营行为 | 规建股 | | 年底\n整治占道经营行为。 | 规建股 | | 年底\n整治占道经营行为 | 房保中心 | | 年底"
    )
    text = read_in(enter(cast.office), cast, rows).content.decode()
    assert text.count("与第1行相近，同一牵头单位") == 2, "beside the cell and in the sum"
    assert "共3项，没有要改的" in text, "a warning stops nobody"


def test_a_grid_with_errors_is_not_saved_and_nothing_typed_is_lost(life, cast, enter):
    client = enter(cast.office)
    told = {**sheet(read_in(client, cast)), "due-p0": "尽快"}
    answer = client.post(NEW, {**told, **head(cast, document="", source=""), "act": "hand_out"})
    text = answer.content.decode()
    assert answer.status_code == 200 and TaskList.objects.count() == 0
    assert 'value="尽快"' in text and "认不出“尽快”" in text and "整治占道经营" in text
    assert "来源文件或会议</a>：请填写。" in text


def test_one_row_is_checked_as_it_is_typed(life, cast, enter):
    client = enter(cast.office)
    told = {**sheet(read_in(client, cast)), **head(cast), "lead-p0": "交警队"}
    answer = client.post(f"{NEW}?row=p0", told, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert 'id="found-lead-p0" hx-swap-oob="true"' in text and "没有叫“交警队”的单位" in text
    assert "<html" not in text and 'id="sum" hx-swap-oob="true"' in text and TaskList.objects.count() == 0


def test_the_columns_can_be_set_otherwise(life, cast, enter):
    client = enter(cast.office)
    page = read_in(client, cast, "甲\t乙\t丙\n整治占道\t规建股\t全面排查\n")
    told = sheet(page)
    told |= {"column-0": "requirement", "column-1": "lead", "column-2": "title", "act": "remap"}
    again = sheet(client.post(NEW, {**told, **head(cast)}))
    assert (again["title-p1"], again["requirement-p1"], again["lead-p1"]) == (["全面排查"], ["整治占道"], ["规建股"])


def test_rows_are_added_removed_and_a_second_paste_joins(life, cast, enter):
    client = enter(cast.office)
    told = sheet(read_in(client, cast))
    told = sheet(client.post(NEW, {**told, **head(cast), "fix": "drop:p1"}))
    told = sheet(client.post(NEW, {**told, **head(cast), "act": "add"}))
    assert told["rows"] == ["p0,m0"]
    told = sheet(client.post(NEW, {**told, **head(cast), "act": "read", "paste": "上报清单 | 房保中心 | | 年底"}))
    assert told["rows"] == ["m1,m0,p0"] and told["title-m1"] == ["整治占道经营"] and told["title-p0"] == ["上报清单"]


def workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (
        ["交办清单", None, None],
        ["工作任务", "牵头单位", "时限"],
        ["清查底数", "规建股", "12月底"],
        ["上报清单", None, "年底"],
    ):
        sheet.append(row)
    sheet.merge_cells("B3:B4")
    sheet.merge_cells("A1:C1")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    import docx

    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row, cells in zip(
        table.rows,
        (["任务", "责任单位", "时限"], ["清查底数", "规建股", "12月底"], ["上报清单", "", "年底"]),
        strict=True,
    ):
        for cell, told in zip(row.cells, cells, strict=True):
            cell.text = told
    table.cell(1, 1).merge(table.cell(2, 1))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("name", "content"), [("清单.xlsx", workbook()), ("清单.docx", word())])
def test_a_file_is_read_into_the_same_grid_and_kept_as_the_lists_paper(life, cast, enter, name, content):
    client = enter(cast.office)
    page = client.post(NEW, {**head(cast), "act": "read", "table": SimpleUploadedFile(name, content)})
    told = sheet(page)
    assert (told["title-p0"], told["lead-p0"], told["title-p1"], told["lead-p1"]) == (
        ["清查底数"], ["规建股"], ["上报清单"], ["规建股"],
    )  # fmt: skip
    assert client.post(NEW, {**told, **head(cast), "act": "hand_out"}).status_code == 302
    assert TaskList.objects.get().paper.name == name


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("清单.xlsx", b"PK\x03\x04broken", "打不开"),
        ("清单.pdf", b"%PDF-1.7", "这里只读 Excel"),
        ("空.docx", None, "没有找到表格"),
    ],
)
def test_a_file_without_a_list_says_what_to_do(life, cast, enter, name, content, why):
    if content is None:
        import docx

        out = io.BytesIO()
        docx.Document().save(out)
        content = out.getvalue()
    answer = enter(cast.office).post(NEW, {**head(cast), "act": "read", "table": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200 and why in answer.content.decode()


def test_an_ended_session_gives_the_grid_back(life, cast, enter):
    client = enter(cast.office)
    told = {**sheet(read_in(client, cast)), **head(cast), "title-p0": "改过的事项名称", "act": "hand_out"}
    from django.contrib.sessions.models import Session

    Session.objects.all().delete()
    answer = client.post(NEW, told)
    assert "/login/" in answer["Location"] and TypedDraft.objects.count() == 1
    client.force_login(cast.office)
    session = client.session
    session["typed_draft"], session["typed_path"], session["typed_by"] = str(TypedDraft.objects.get().pk), NEW, None
    session.save()
    text = client.get(NEW).content.decode()
    assert "改过的事项名称" in text and 'name="rows" value="p0,p1"' in text and TaskList.objects.count() == 0


def test_a_leader_approves_by_his_own_click(life, cast, enter):
    client = enter(cast.leader)
    page = client.get(NEW)
    assert "登记并立项" in page.content.decode() and "登记、立项并交办" not in page.content.decode()
    told = sheet(read_in(client, cast, "任务\t责任单位\t时限\n清查\t规建股\t年底\n", issuer=cast.leader.pk))
    answer = client.post(NEW, {**told, **head(cast, issuer=cast.leader.pk), "act": "approve"})
    assert answer.status_code == 302 and Matter.objects.get().state == "APPROVED"


def test_another_leaders_items_are_said_before_they_are_refused(life, cast, enter):
    client = enter(cast.office)
    told = sheet(read_in(client, cast, issuer=cast.leader.pk))
    told |= {"leader-p1": "孟怀瑾"}
    answer = client.post(NEW, {**told, **head(cast, issuer=cast.leader.pk), "act": "hand_out"})
    assert "立项要由孟怀瑾或主要领导决定" in answer.content.decode() and TaskList.objects.count() == 0


@pytest.mark.parametrize("who", ["chief", "handler", "verifier", "inspector", "window", "auditor"])
def test_the_door_is_closed_to_others(life, cast, enter, who):
    assert enter(getattr(cast, who)).get(NEW).status_code == 403


def test_who_sees_which_lists(life, cast, enter):
    mine = handed_out(cast, items=items(cast, 1, lead_unit=cast.planning, assist_units=()))
    drafts = open_list(cast, title="还没立项的清单")
    seen = {
        who: [one in page for one in (mine.title, drafts.title)]
        for who in ("office", "director", "leader", "chief", "inspector", "neighbour", "stranger")
        if (page := enter(getattr(cast, who)).get("/matters/lists/").content.decode())
    }
    assert seen == {
        "office": [True, True], "director": [True, True], "leader": [True, True], "chief": [True, False],
        "inspector": [True, False], "neighbour": [False, False], "stranger": [False, False],
    }  # fmt: skip
    assert enter(cast.neighbour).get(mine.get_absolute_url()).status_code == 404
    assert "没有您能看到的" not in enter(cast.chief).get(mine.get_absolute_url()).content.decode()


def test_the_lists_paper_is_for_those_who_see_the_whole_list(life, cast, enter):
    client = enter(cast.office)
    told = sheet(client.post(NEW, {**head(cast), "act": "read", "table": SimpleUploadedFile("清单.xlsx", workbook())}))
    client.post(NEW, {**told, **head(cast), "act": "hand_out"})
    url = reverse("matters:list_paper", args=[TaskList.objects.get().public_id])
    assert enter(cast.office).get(url)["Content-Disposition"].startswith("attachment")
    assert Entry.objects.latest("id").act == "matters.take_copy"
    assert enter(cast.chief).get(url).status_code == 404


def test_a_matters_page_names_its_list_and_shows_the_lists_acts_in_its_trail(life, cast, enter):
    found = handed_out(cast)
    other = open_list(cast, title="另一份清单")
    text = enter(cast.office).get(found.matters.get(place=2).get_absolute_url()).content.decode()
    assert found.title in text and "第2项" in text and "清单交办" in text
    draft = enter(cast.office).get(other.matters.get(place=1).get_absolute_url()).content.decode()
    assert "登记清单" in draft and "清单交办" not in draft, "only acts that changed this matter"
    services.add_items(other, items=items(cast, 1), version=1, by=cast.office, on=DAY, now=at(DAY))
    again = enter(cast.office).get(other.matters.get(place=1).get_absolute_url()).content.decode()
    assert "清单增加事项" not in again


def test_the_rest_is_handed_out_from_the_lists_page(life, cast, enter):
    found = open_list(cast)
    client = enter(cast.office)
    url = reverse("matters:list_carry_on", args=[found.public_id])
    fields = filled(client.get(found.get_absolute_url()).content.decode(), url)
    answer = client.post(url, {**fields, "act": "hand_out"})
    assert answer["Location"] == found.get_absolute_url()
    assert {one.state for one in found.matters.all()} == {"ASSIGNED"}
    assert found.matters.first().events.get(move="approve").decided_by == cast.director
    stale = client.post(url, {**fields, "submission": str(uuid.uuid4()), "act": "hand_out"})
    assert stale.status_code == 409 and "清单交办" in stale.content.decode()


def test_further_items_are_added_to_the_list_and_a_stale_page_is_a_conflict(life, cast, enter):
    found = handed_out(cast)
    client = enter(cast.office)
    url = reverse("matters:list_add", args=[found.public_id])
    page = client.post(url, {"submission": str(uuid.uuid4()), "act": "read", "paste": "后加的 | 规建股 | | 年底"})
    told = {**sheet(page, url), "version": "1", "act": "hand_out"}
    assert client.post(url, {**told, "submission": str(uuid.uuid4())})["Location"] == found.get_absolute_url()
    assert list(found.matters.order_by("place").values_list("place", flat=True)) == [1, 2, 3, 4, 5]
    again = client.post(url, {**told, "submission": str(uuid.uuid4())})
    assert again.status_code == 409 and "后加的" in again.content.decode()


def test_a_finished_list_is_archived(life, cast, enter):
    found = handed_out(cast, items=items(cast, 1))
    client = enter(cast.office)
    assert "清单归档" not in client.get(found.get_absolute_url()).content.decode()
    matter = services.accept(found.matters.get(), by=cast.chief, handler=cast.handler, on=DAY, now=at(DAY))
    life.to("CLOSED", matter)
    url = reverse("matters:list_archive", args=[found.public_id])
    fields = filled(client.get(found.get_absolute_url()).content.decode(), url)
    assert client.post(url, fields)["Location"] == found.get_absolute_url()
    found.refresh_from_db()
    assert found.archived_on == DAY and found.matters.get().state == "ARCHIVED"
    assert found.title in client.get("/matters/lists/?archived=1").content.decode()
    assert found.title not in client.get("/matters/lists/").content.decode()
