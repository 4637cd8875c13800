"""Ledgers kept before in Excel: taken in as they stand, every bad row named, nothing half-saved."""

from __future__ import annotations

import time
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.lib.lifecycle import NotAllowed
from luoshi.notices.models import Notice
from luoshi.problems import services
from luoshi.problems.models import Problem, ProblemEvent
from luoshi.problems.services import sheet as sheets
from luoshi.problems.tests.life import DAY, LATER, Life, at
from luoshi.problems.tests.table import SHEET, Table, made, new, old_ledger, refused, save, send
from luoshi.records.models import Entry
from luoshi.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.2.2b"), pytest.mark.clause("2.2.2.1c")]


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


OLD = ["序号", "问题来源", "存在问题", "原因分析", "整改措施", "责任领导", "责任单位/人", "完成时限", "完成情况",
       "验收人", "销号日", "回头看"]  # fmt: skip


def test_an_older_ledger_is_taken_in_as_it_stands(life, cast, enter):
    who, unit = cast.handler.name, cast.planning.name
    book = old_ledger(
        OLD,
        (1, "群众反映", "窨井盖松动", "没人巡查", "更换井盖", cast.leader.name, f"{unit}、{who}", "2026年12月31日",
         "整改中", "", "", ""),
        (2, "12345热线", "办事排队久", "", "增加窗口", "", unit, "12月底前", "正在整改", "", "", ""),
        (3, "督查", "台账不全", "不重视", "补全台账", "", unit, datetime(2026, 8, 31), "已完成", cast.verifier.name,
         "2026.8.28", "2026年9月20日看过，没有反弹"),
        (4, "县里转来", "文件积压", "", "", "", "", "长期坚持", "", "", "", ""),
    )  # fmt: skip
    client = enter(cast.office)
    shown = send(client, book)
    assert refused(shown) == []
    assert new(shown) == {
        "窨井盖松动": ("整改中", ""),
        "办事排队久": ("已确认", "没有写原因，先列为已确认，补上后转整改中"),
        "台账不全": ("已解决", ""),
        "文件积压": ("待确认", "来源列为“其他”，原来的写法放在来源说明里"),
    }
    assert save(client, shown).status_code == 302
    one, two, three, four = Problem.objects.order_by("number")
    assert (one.unit, one.owner, one.leader, one.due_on, one.state) == (
        cast.planning, cast.handler, cast.leader, LATER, "RECTIFYING",
    )  # fmt: skip
    assert (two.source, two.due_on, two.state) == ("COMPLAINT", LATER, "CONFIRMED")
    assert (three.standing, three.closed_by, three.closed_on) == ("已解决", cast.verifier, date(2026, 8, 28))
    assert (three.looked_back_on, three.due_on) == (date(2026, 9, 20), date(2026, 8, 31))
    assert (four.source, four.source_note, four.pace, four.unit) == ("OTHER", "县里转来", "STEADY", None)
    assert [entry.act for entry in Entry.objects.filter(act__startswith="problems.")] == ["problems.apply_sheet"]
    assert ProblemEvent.objects.filter(move="open").count() == 4 and verify().ok
    assert "从台账“问题整改台账.xlsx”第3行导入，列为整改中" in client.get(one.get_absolute_url()).content.decode()
    told = Notice.objects.filter(kind="problems.open").values_list("user__name", "title")
    assert (cast.chief.name, "台账导入2件问题，请查看") in list(told)
    assert (cast.verifier.name, "导入的台账写明您验收了1件，请核对") in list(told)
    services.apply_closing(one, note="已换", by=cast.handler, on=DAY)
    services.accept_closing(one, note="看过", by=cast.office, on=DAY)


def test_every_bad_row_is_named_and_the_good_ones_are_kept(life, cast, enter):
    unit = str(cast.planning)
    book = old_ledger(
        OLD,
        (1, "群众反映", "好的一行", "", "", "", unit, "", "", "", "", ""),
        (2, "群众反映", "", "", "有措施没问题", "", unit, "", "", "", "", ""),
        (3, "群众反映", "单位写错", "", "", "", "查无此股", "", "", "", "", ""),
        (4, "群众反映", "日期写错", "", "", "", unit, "尽快", "", "", "", ""),
        (5, "群众反映", "没写验收人", "", "", "", unit, "", "已销号", "", "2026-09-01", ""),
        (6, "群众反映", "自己验收自己", "", "", "", cast.handler.name, "", "已销号", cast.handler.name, "2026-9-1", ""),
        (7, "群众反映", "明天才销号", "", "", "", unit, "", "已销号", cast.verifier.name, "2026-09-30", ""),
        (8, "群众反映", "好的一行", "", "", "", unit, "", "", "", "", ""),
        (9, "群众反映", "已经反弹", "", "", "", unit, "", "已销号", cast.verifier.name, "2026-9-1", "发现反弹"),
    )  # fmt: skip
    client = enter(cast.office)
    shown = send(client, book)
    told = {row.number: row.why for row in shown.context["verdict"].refused}
    for number, words in {
        4: "没有写", 5: "没有名为“查无此股”的单位", 6: "看不出是哪一天", 7: "要写验收人", 8: "不能就是责任人",
        9: "还没有到", 10: "和第3行是同一个问题", 11: "有反弹的要重新整改",
    }.items():  # fmt: skip
        assert words in told[number], (number, told[number])
    assert list(new(shown)) == ["好的一行"] and "行有不能接受的内容" in shown.content.decode()
    assert save(client, shown).status_code == 302
    assert list(Problem.objects.values_list("title", flat=True)) == ["好的一行"]
    again = send(client, book)
    assert new(again) == {} and "台账里已有问题2026-0001" in "".join(refused(again))


def test_merged_cells_go_on_and_columns_nobody_knows_are_said(life, cast, enter):
    unit = str(cast.planning)
    book = old_ledger(
        ["序号", "存在问题", "整改措施", "责任单位", "整改时限", "完成时限", "分值"],
        (1, "窨井盖松动", "一是更换井盖", unit, "2026-12-31", "", 5),
        (None, None, "二是每周巡查", None, None, "", 5),
        (2, "路灯不亮", "更换灯泡", None, None, "", 5),
        merge=("A3:A4", "B3:B4", "D3:D5", "E3:E5"),
    )
    shown = send(enter(cast.office), book)
    assert shown.context["verdict"].unread == ["完成时限", "分值"] and "没有认出" in shown.content.decode()
    assert refused(shown) == [] and list(new(shown)) == ["窨井盖松动", "路灯不亮"]
    first, second = (one.draft for one in shown.context["verdict"].new)
    assert first.measure == "一是更换井盖\n二是每周巡查" and second.measure == "更换灯泡"
    assert (second.unit, second.due_on) == (cast.planning, LATER)


def test_what_the_unit_brings_in_waits_to_be_confirmed_and_only_the_office_brings_in_closed_ones(life, cast, enter):
    rows = (
        (1, "群众反映", "办着的", "原因", "措施", "", str(cast.quality), "2026-12-31", "整改中", "", "", ""),
        (2, "群众反映", "销了的", "", "", "", str(cast.planning), "", "已销号", cast.verifier.name, "2026-9-1", ""),
    )
    client = enter(cast.handler)
    shown = send(client, old_ledger(OLD, *rows))
    assert new(shown) == {"办着的": ("待确认", "列为待确认，由责任单位负责人或局办公室确认")}
    assert refused(shown) == ["状态：已销号的问题只能由局办公室导入"]
    assert save(client, shown).status_code == 302 and Problem.objects.get().state == "FOUND"


def test_a_row_typed_under_the_exported_ones_is_new(life, cast, enter):
    life.open(title="原有的")
    client = enter(cast.office)
    shown = Table(client).put("原有的", measure="巡查").add(title="新加的", source="会议", found_on="2026-9-1").send()
    assert list(new(shown)) == ["新加的"] and len(made(shown)) == 1
    page = shown.content.decode()
    assert "保存1处改动，新增1件" in page
    assert save(client, shown).status_code == 302
    fresh = Problem.objects.get(title="新加的")
    assert (fresh.source, fresh.found_on, fresh.number) == ("MEETING", date(2026, 9, 1), 2)


def test_sent_twice_it_is_taken_in_once(life, cast, enter):
    client = enter(cast.office)
    shown, key = send(client, old_ledger(["问题"], ("甲",), ("乙",))), str(uuid.uuid4())
    for _ in range(2):
        assert save(client, shown, submission=key).status_code == 302
    assert Problem.objects.count() == 2
    assert "已失效" in save(client, shown).content.decode()


def test_a_refusal_in_the_last_row_saves_none(life, cast):
    drafts = [sheets.NewProblem(title=f"第{nth}件", source="OTHER", found_on=DAY, row=nth) for nth in range(3)]
    drafts[2].unit = cast.other_unit
    with pytest.raises(NotAllowed, match="第2行“第2件”"):
        sheets.apply_sheet(
            [], drafts, bureau=cast.bureau, token=staged(cast.office), reason="", by=cast.office, on=DAY, now=at(DAY)
        )
    assert not Problem.objects.exists() and life.open().number == 1


def staged(user) -> str:
    from luoshi.records.services import stage

    return str(stage(SimpleUploadedFile("台账.txt", "文字".encode()), by=user).pk)


def test_wrong_files_and_markup(life, cast, enter):
    client = enter(cast.office)

    def page(name: str, content: bytes) -> str:
        upload = SimpleUploadedFile(name, content)
        return client.post(SHEET, {"submission": str(uuid.uuid4()), "file": upload}).content.decode()

    assert "另存为 .xlsx" in page("台账.txt", "文字".encode())
    assert "打不开" in page("台账.xlsx", b"PK\x03\x04broken")
    assert "没有找到表头" in send(client, old_ledger(["甲", "乙"], (1, 2))).content.decode()
    poison = "<script>alert(1)</script>"
    shown = send(client, old_ledger(["问题", "责任单位", poison], (poison, poison, "x"))).content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown


def test_five_hundred_rows_are_taken_in_one_quick_step(life, cast, enter):
    rows = [
        (nth, "群众反映", f"第{nth}件问题，路面破损需要修补", "年久失修", "及时修补", "", str(cast.planning),
         "2026-12-31", "整改中" if nth % 3 else "已销号", cast.verifier.name,
         "" if nth % 3 else DAY - timedelta(nth), "")
        for nth in range(1, 501)
    ]  # fmt: skip
    client = enter(cast.office)
    began = time.process_time()
    shown = send(client, old_ledger(OLD, *rows))
    read = time.process_time() - began
    assert len(new(shown)) == 500
    began = time.process_time()
    assert save(client, shown).status_code == 302
    took = time.process_time() - began
    assert Problem.objects.count() == 500
    assert read < 3 and took < 3, (read, took)
