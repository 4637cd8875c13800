"""台账 as .xlsx: out, edited, in; only the edits, through their verbs, in one act."""

from __future__ import annotations

import uuid
from datetime import datetime

import pytest
from openpyxl import load_workbook

from luoshi.problems import services
from luoshi.problems.models import Problem, ProblemEvent, SelfCheck
from luoshi.problems.tests.life import DAY, DUE, LATER, Life
from luoshi.problems.tests.table import EXPORT, FIRST, HEADS, KEY, SHEET, Table, exported, made, new, refused, save
from luoshi.records.models import Entry, Evidence
from luoshi.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.2.2b"), pytest.mark.clause("2.2.2.1c")]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


# Out


def test_the_ledger_goes_out_with_all_columns_and_who_took_it_is_on_record(life, cast, enter):
    life.to("CLOSED", title='=HYPERLINK("http://x")', raiser="王大爷", tags=["慢"])
    table = Table(enter(cast.office))
    cells = {name: table.sheet.cell(FIRST, place).value for name, place in HEADS.items()}
    assert (cells["title"], cells["state"], cells["closed_by"]) == (
        '=HYPERLINK("http://x")', "已销号，待回头看", cast.verifier.name,
    )  # fmt: skip
    assert cells["due_on"] == datetime.combine(DUE, datetime.min.time()) and cells["answer"] == "满意"
    assert table.sheet.cell(FIRST, 2).data_type == "s"
    entry = Entry.objects.latest("id")
    assert entry.act == "problems.take_ledger" and "导出台账1件" in entry.body
    assert enter(cast.neighbour).get(EXPORT).status_code == 302
    assert enter(cast.auditor).get(EXPORT).status_code == 403


def test_items_of_a_personal_list_never_leave(life, cast, enter):
    life.item(title="私下的话")
    life.open(title="公开的")
    table = Table(enter(cast.handler))
    assert [table.sheet.cell(at, 2).value for at in range(FIRST, table.sheet.max_row + 1)] == ["公开的"]
    assert "私下" not in str(list(table.book["_luoshi"].values))
    assert SelfCheck.objects.count() == 1


def test_a_blank_table_holds_the_head_alone_and_what_to_choose_from(life, cast, enter):
    book = load_workbook(exported(enter(cast.handler), "?blank=1"))
    assert book["台账"].max_row == 3 and book["台账"].cell(3, 2).value == "问题"
    lists = [one.formula1 for one in book["台账"].data_validations.dataValidation if one.type == "list"]
    assert any("走访调研" in one for one in lists) and all(len(one) <= 257 for one in lists)
    assert not Entry.objects.filter(act="problems.take_ledger").exists()


# Coming back edited


@pytest.mark.parametrize("state", ["FOUND", "CONFIRMED", "RECTIFYING", "APPLIED", "CLOSED"])
def test_an_untouched_file_says_so_and_saves_nothing(life, cast, enter, state):
    life.to(state, title=" 标题两头有空格 ", detail="一、\r\n二、")
    answer = Table(enter(cast.office)).send()
    assert "没有改动" in answer.content.decode() and (made(answer), refused(answer), new(answer)) == ([], [], {})


def test_only_the_edits_are_shown_and_saved_in_one_act(life, cast, enter):
    one, other = life.open(title="要改的"), life.open(title="不动的")
    client = enter(cast.office)
    table = Table(client).put(
        "要改的", cause="没人巡查", measure="每周巡查", unit=str(cast.housing), owner=cast.housing_chief.name,
        leader=cast.second_leader.name, due_on="2026年12月31日", tags="慢，推", pace="限期整改", source="走访调研",
    )  # fmt: skip
    shown = table.send()
    assert len(made(shown)) == 9 and ("整改时限", "", "2026-12-31") in made(shown) and refused(shown) == []
    assert Problem.objects.get(pk=one.pk).version == 1
    groups = Entry.objects.filter(act="problems.apply_sheet")
    assert save(client, shown).status_code == 302 and groups.count() == 1
    one.refresh_from_db()
    assert (one.unit, one.owner, one.leader, one.due_on, one.tags, one.measure) == (
        cast.housing, cast.housing_chief, cast.second_leader, LATER, ["慢", "推"], "每周巡查",
    )  # fmt: skip
    assert Problem.objects.get(pk=other.pk).version == 1 and Evidence.objects.count() == 1
    assert verify().ok
    assert "没有改动" in Table(client).send().content.decode()


def test_the_state_set_forward_starts_the_rectification_by_its_verb(life, cast, enter):
    life.open(title="甲")
    life.open(title="乙")
    life.open(title="丙")
    client = enter(cast.office)
    plan = {"cause": "没人管", "measure": "专人负责", "due_on": "2026-12-31"}
    shown = Table(client).put("甲", state="整改中", **plan).put("乙", state="已确认").put("丙", state="整改中").send()
    assert refused(shown) == ["状态：转整改中要先写原因、整改措施、整改时限。"]
    assert save(client, shown).status_code == 302
    states = dict(Problem.objects.values_list("title", "state"))
    assert states == {"甲": "RECTIFYING", "乙": "CONFIRMED", "丙": "FOUND"}
    assert ProblemEvent.objects.filter(move="start", problem__title="甲").count() == 1
    assert Problem.objects.get(title="甲").original_due_on == LATER and verify().ok


def test_a_running_date_is_moved_with_its_reason_and_the_first_is_kept(life, cast, enter):
    one = life.to("RECTIFYING", title="甲")
    client = enter(cast.office)
    shown = Table(client).put("甲", due_on="2026.12.31").send()
    assert save(client, shown).status_code == 200  # the reason is missing
    assert save(client, shown, reason="等专项资金").status_code == 302
    one.refresh_from_db()
    assert (one.due_on, one.original_due_on) == (LATER, DUE)
    assert ProblemEvent.objects.get(move="reschedule").note == "等专项资金"


def test_what_may_not_be_edited_says_why_cell_by_cell(life, cast, enter):
    life.to("RECTIFYING", title="甲")
    life.to("CLOSED", title="乙")
    shown = (
        Table(enter(cast.office))
        .put("甲", state="已销号", closed_on="2026-09-29", closed_by=cast.office.name, said="改好了", due_on="等通知",
             unit="查无此股", leader="无名氏", source="听说", number="9")
        .put("乙", measure="再改")
        .send()
    )  # fmt: skip
    told = refused(shown)
    assert made(shown) == [] and len(told) == 10
    for words in ("其他请在问题页办理", "验收销号请验收人", "整改进展", "看不出是哪一天", "查无此股", "不是来源的选项",
                  "编号在登记时生成", "无名氏"):  # fmt: skip
        assert any(words in one for one in told), words


def test_a_row_that_somebody_changed_since_is_refused_and_both_are_shown(life, cast, enter):
    one = life.open(title="甲")
    client = enter(cast.office)
    table = Table(client).put("甲", measure="我写的")
    services.amend(one, changes={"measure": "别人写的"}, by=cast.office, on=DAY)
    shown = table.send()
    cell = shown.context["verdict"].refused[0].cells[0]
    assert (cell.was, cell.told, cell.now) == ("", "我写的", "别人写的") and "有人改动过" in cell.why


def test_changed_between_showing_and_saving_it_is_shown_anew(life, cast, enter):
    one = life.open(title="甲")
    client = enter(cast.office)
    shown = Table(client).put("甲", measure="我写的").send()
    services.amend(one, changes={"detail": "别人写的"}, by=cast.office, on=DAY)
    answer = save(client, shown, reason="按会议要求")
    assert answer.status_code == 200 and "有了变动" in answer.content.decode()
    assert Problem.objects.get(pk=one.pk).measure == ""


def test_merged_cells_and_dates_as_text_in_an_exported_sheet(life, cast, enter):
    for title in "甲乙":
        life.open(title=title)
    table = Table(enter(cast.office)).put("乙", due_on="２０２６.12.31")
    at = table.row("乙")
    table.sheet.merge_cells(start_row=at, end_row=at + 1, start_column=HEADS["due_on"], end_column=HEADS["due_on"])
    assert at == FIRST and made(table.send()) == [("整改时限", "", "2026-12-31")] * 2


def test_doubled_and_forged_rows_are_refused_deleted_ones_left_alone(life, cast, enter):
    kept, gone = life.open(title="甲"), life.open(title="乙")
    table = Table(enter(cast.office))
    table.sheet.delete_rows(table.row("乙"))
    table.sheet.append([None, "甲"] + [None] * (KEY - 3) + [f"{kept.public_id}:1"])
    table.sheet.append([None, "伪造"] + [None] * (KEY - 3) + [f"{uuid.uuid4()}:1"])
    table.sheet.append([None, "乱写"] + [None] * (KEY - 3) + ["x"])
    told = refused(table.send())
    assert sum("两行" in one for one in told) == 2 and sum("找不到这件问题" in one for one in told) == 2
    assert Problem.objects.filter(pk=gone.pk).exists()


def test_whose_rows_one_may_edit(life, cast, enter):
    life.to("RECTIFYING", title="甲")
    shown = Table(enter(cast.handler)).put("甲", due_on="2026-12-31").send()
    assert made(shown) == [] and "整改时限：" in refused(shown)[0]
    assert enter(cast.auditor).post(SHEET, {"submission": str(uuid.uuid4())}).status_code == 403
