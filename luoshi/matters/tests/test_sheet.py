"""台账 out and in again: what leaves comes back unchanged, and of what was edited only the edits are saved."""

from __future__ import annotations

import io
import uuid
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from luoshi.matters import services, sheet, workbook
from luoshi.matters.models import Matter, MatterEvent, MatterParty
from luoshi.matters.sheet import BY_NAME, COLUMNS, KEY_HEAD
from luoshi.matters.tests.life import DAY, DUE, LATER, Life, clean, groups
from luoshi.records.models import Entry, Evidence

SHEET, EXPORT = "/matters/sheet/", "/matters/sheet/export/"
HEADS = {one.name: at for at, one in enumerate(COLUMNS, start=1)}
KEY = len(COLUMNS) + 1
FIRST = workbook.HEAD_ROWS + 1


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")
    return Life(cast)


def exported(client, query: str = "") -> io.BytesIO:
    answer = client.get(EXPORT + query)
    assert answer.status_code == 200, answer.headers
    return io.BytesIO(b"".join(answer.streaming_content))


class Table:
    """The exported file as somebody edits it in WPS or Excel."""

    def __init__(self, client, query: str = "") -> None:
        self.client, self.book = client, load_workbook(exported(client, query))
        self.sheet = self.book["台账"]

    def row(self, title: str) -> int:
        return next(at for at in range(FIRST, self.sheet.max_row + 1) if self.sheet.cell(at, 2).value == title)

    def put(self, title: str, **cells) -> Table:
        at = self.row(title)
        for name, value in cells.items():
            self.sheet.cell(at, HEADS[name]).value = value
        return self

    def send(self):
        out = io.BytesIO()
        self.book.save(out)
        upload = SimpleUploadedFile("督办事项台账.xlsx", out.getvalue())
        return self.client.post(SHEET, {"submission": str(uuid.uuid4()), "file": upload})


def save(client, shown, **words):
    form = shown.context["form"]
    told = {name: form[name].value() for name in ("sheet", "seen")}
    return client.post(SHEET, {"submission": str(uuid.uuid4()), **told, "reason": "按会议要求调整", **words})


def made(answer) -> list[tuple[str, str, str]]:
    return [(cell.head, cell.was, cell.told) for row in answer.context["verdict"].rows for cell in row.cells]


def refused(answer) -> list[str]:
    return [one for row in answer.context["verdict"].refused for one in ([row.why] if row.why else [])] + [
        f"{cell.head}：{cell.why}" for row in answer.context["verdict"].refused for cell in row.cells
    ]


# The file itself

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=60)
VALUES = st.fixed_dictionaries(
    {
        one.name: st.one_of(st.just(""), st.dates().map(date.isoformat)) if one.kind == "day" else TEXT.map(sheet.plain)
        for one in COLUMNS
    }
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(VALUES, max_size=4))
def test_whatever_the_list_an_untouched_sheet_has_no_edits(tmp_path, rows):
    """Formulas, control characters, escapes, blanks, names of any kind: what was written is what is read."""
    path = Path(tmp_path) / "一.xlsx"
    keys = [str(uuid.UUID(int=nth + 1)) for nth in range(len(rows))]
    with path.open("wb") as file:
        told = zip(keys, range(1, 9), rows, strict=False)
        workbook.write(file, title="台账", words="全部", bureau="1", made="2026-09-29 10:00", rows=told)
    book = workbook.load(path, path.name)
    assert [line.key for line in book.lines] == [f"{key}:{nth}" for nth, key in enumerate(keys, 1)]
    for line, values in zip(book.lines, rows, strict=True):
        kept = book.kept[line.key.partition(":")[0]]
        assert kept.values == values
        assert sheet.edits(line, kept.values, DAY) == []


def test_cells_are_text_that_never_becomes_a_formula_and_dates_are_dates(life, cast, enter):
    life.open(title='=HYPERLINK("http://x")', requirement="@SUM(1)")
    table = Table(enter(cast.office))
    cell = table.sheet.cell(FIRST, HEADS["title"])
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", '=HYPERLINK("http://x")', True)
    due = table.sheet.cell(FIRST, HEADS["due_on"])
    assert due.is_date and due.value == datetime(2026, 12, 18)
    assert table.book["_luoshi"].sheet_state == "veryHidden"
    assert table.sheet.cell(1, 1).value == "督办事项台账" and "全部事项" in table.sheet.cell(2, 1).value
    assert table.sheet.column_dimensions["S"].width == 4


def test_who_took_the_list_is_on_record(life, cast, enter):
    life.to("ACCEPTED")
    exported(enter(cast.handler), "?lamp=GREEN")
    entry = Entry.objects.latest("id")
    assert entry.act == "matters.take_list" and "灯：正常" in entry.body and entry.actor_id == cast.handler.pk
    assert enter(cast.stranger).get(EXPORT).status_code == 302
    assert enter(cast.auditor).get(EXPORT).status_code == 403


def test_the_sheet_holds_what_the_filter_asks_for_in_its_order(life, cast, enter):
    for nth, title in enumerate("甲乙丙"):
        life.open(title=title, due_on=DUE.replace(day=20 - nth))
    life.open(title="丁", urgent=True)
    table = Table(enter(cast.office), "?order=due&q=乙")
    assert [table.sheet.cell(at, 2).value for at in range(FIRST, table.sheet.max_row + 1)] == ["乙"]
    table = Table(enter(cast.office), "?order=due")
    assert [table.sheet.cell(at, 2).value for at in range(FIRST, FIRST + 4)] == ["丙", "丁", "乙", "甲"]


# Coming back


@pytest.mark.clause("2.2.5.1c")
@pytest.mark.parametrize("state", ["DRAFT", "APPROVED", "ASSIGNED", "ACCEPTED", "CLOSED", "SUSPENDED"])
def test_an_untouched_file_says_so_and_saves_nothing(life, cast, enter, state):
    life.to(state, requirement="一、先摸底；\r\n二、再整改。 ", title=" 标题两头有空格 ")
    before = Entry.objects.count()
    answer = Table(enter(cast.office)).send()
    assert answer.status_code == 200 and "没有改动" in answer.content.decode()
    assert (made(answer), refused(answer)) == ([], [])
    assert Entry.objects.count() == before + 1  # the export's own


@pytest.mark.clause("2.2.5.1c")
def test_only_the_edits_are_shown_and_saved_in_one_act(life, cast, enter):
    draft, other = life.open(title="拟办一件"), life.open(title="不动的一件")
    client = enter(cast.office)
    table = Table(client).put(
        "拟办一件", requirement="改过的要求", due_on="2026.12.31", urgent="√", block="县委县政府交办",
        lead_unit=str(cast.housing), assist_units=f"{cast.quality}，{cast.property}", source_title="局党委会　纪要 ",
    )  # fmt: skip
    shown = table.send()
    assert ("办结时限", "2026-12-18", "2026-12-31") in made(shown) and ("加急", "", "是") in made(shown)
    assert len(made(shown)) == 7 and refused(shown) == []
    assert Matter.objects.get(pk=draft.pk).version == draft.version
    acts = groups()
    assert save(client, shown).status_code == 302
    assert groups() == acts + 1
    draft.refresh_from_db()
    assert (draft.due_on, draft.urgent, draft.lead_unit, draft.requirement) == (LATER, True, cast.housing, "改过的要求")
    parties = MatterParty.objects.filter(matter=draft, role="ASSIST", ended_on=None)
    assert {one.unit for one in parties} == {cast.quality, cast.property}
    assert Matter.objects.get(pk=other.pk).version == other.version
    assert Entry.objects.latest("id").act == "matters.apply_sheet" and Evidence.objects.count() == 1
    assert clean() == []


@pytest.mark.clause("2.2.5.1c")
@pytest.mark.parametrize(
    "typed",
    [
        "2026年12月31日",
        "2026-12-31",
        "2026/12/31",
        "２０２６．１２．３１",
        46387,
        datetime(2026, 12, 31),
        " 2026.12.31 ",
    ],
)
def test_a_date_in_any_writing_is_the_same_day(life, cast, enter, typed):
    life.open(title="甲")
    assert made(Table(enter(cast.office)).put("甲", due_on=typed).send()) == [("办结时限", "2026-12-18", "2026-12-31")]


def test_the_same_day_in_another_writing_is_no_edit(life, cast, enter):
    life.open(title="甲")
    shown = (
        Table(enter(cast.office))
        .put("甲", due_on="2026年12月18日 ", urgent="否", assist_units=f" {cast.quality}")
        .send()
    )
    assert "没有改动" in shown.content.decode()


@pytest.mark.clause("2.2.5.1c")
def test_extending_allotting_and_changing_who_assists_go_through_their_verbs(life, cast, enter):
    running = life.to("ACCEPTED", title="在办一件")
    client = enter(cast.office)
    shown = Table(client).put("在办一件", due_on="2026-12-31", assist_units=str(cast.housing)).send()
    assert [head for head, _, _ in made(shown)] == ["协办单位", "办结时限"]
    assert "请写明出处" in save(client, shown, decided_by=cast.leader.pk, decided_on="2026-09-29").content.decode()
    told = {"decided_by": cast.leader.pk, "decided_on": "2026-09-29", "source_note": "局长办公会纪要第3期"}
    assert save(client, shown, **told).status_code == 302
    running.refresh_from_db()
    assert running.due_on == LATER
    events = MatterEvent.objects.filter(matter=running)
    assert events.get(move="extend").decided_by == cast.leader and events.get(move="extend").note == "按会议要求调整"
    assert events.filter(move="adjust_parties").count() == 1
    head = enter(cast.chief)
    shown = Table(head).put("在办一件", handler=cast.second_handler.name).send()
    assert save(head, shown, reason="").status_code == 302
    assert Matter.objects.get(pk=running.pk).handler == cast.second_handler
    assert clean() == []


@pytest.mark.clause("2.2.5.1c")
def test_what_may_not_be_edited_says_why_cell_by_cell(life, cast, enter):
    life.to("ACCEPTED", title="在办一件")
    life.open(title="拟办一件")
    table = Table(enter(cast.office)).put(
        "在办一件", requirement="改要求", state="已办结", lead_unit=str(cast.housing), due_on="2026-11-30",
        handler=cast.second_handler.name, returns="9",
    )  # fmt: skip
    table.put(
        "拟办一件", lead_unit="查无此股", leader="无名氏", source="随便", due_on="等通知", urgent="也许", block="无"
    )
    shown = table.send()
    told = refused(shown)
    assert made(shown) == [] and len(told) == 12
    for words in (
        "办理中”的事项不能再改办理要求", "状态由办理动作决定", "调整承办", "只能延期", "查无此股", "不是来源的选项",
        "看不出是哪一天", "请填“是”", "退回次数由",
    ):  # fmt: skip
        assert any(words in one for one in told), words
    assert any(one.startswith("承办人：") and "职责" in one for one in told), told


@pytest.mark.clause("2.2.5.1c")
def test_a_row_that_somebody_changed_since_is_refused_and_both_are_shown(life, cast, enter):
    draft = life.open(title="甲")
    client = enter(cast.office)
    table = Table(client).put("甲", due_on="2026-12-31")
    services.update_draft(draft, changes={"due_on": date(2026, 12, 25)}, by=cast.office, on=DAY)
    shown = table.send()
    cell = shown.context["verdict"].refused[0].cells[0]
    assert (cell.was, cell.told, cell.now) == ("2026-12-18", "2026-12-31", "2026-12-25") and "有人改动过" in cell.why
    assert "2026-12-25" in shown.content.decode()
    table = Table(client)
    services.update_draft(draft, changes={"requirement": "别人改的"}, by=cast.office, on=DAY)
    assert refused(table.send()) == []  # not edited in the sheet: nothing to say


@pytest.mark.clause("2.2.5.1c")
def test_changed_between_showing_and_saving_it_is_shown_anew_and_the_reason_stays(life, cast, enter):
    draft = life.open(title="甲")
    client = enter(cast.office)
    shown = Table(client).put("甲", due_on="2026-12-31").send()
    services.update_draft(draft, changes={"requirement": "别人改的"}, by=cast.office, on=DAY)
    answer = save(client, shown)
    assert answer.status_code == 200 and "有了变动" in answer.content.decode()
    assert "按会议要求调整" in answer.content.decode() or not answer.context["verdict"].rows
    assert Matter.objects.get(pk=draft.pk).due_on == DUE


def test_sent_twice_it_is_saved_once(life, cast, enter):
    life.open(title="甲")
    client = enter(cast.office)
    shown, key = Table(client).put("甲", due_on="2026-12-31").send(), str(uuid.uuid4())
    for _ in range(2):
        assert save(client, shown, submission=key).status_code == 302
    assert MatterEvent.objects.filter(move="amend").count() == 1
    assert "已失效" in save(client, shown).content.decode()
    assert "已失效" in save(client, shown, sheet="x").content.decode()


def test_added_doubled_and_forged_rows_are_refused_deleted_ones_are_left_alone(life, cast, enter):
    kept, gone = life.open(title="甲"), life.open(title="乙")
    other = life.open(title="丙")
    table = Table(enter(cast.office))
    page = table.sheet
    page.delete_rows(table.row("乙"))
    page.append(["", "新加的一行"])
    page.append([None, "甲"] + [None] * (KEY - 3) + [f"{kept.public_id}:1"])
    page.append([None, "伪造"] + [None] * (KEY - 3) + [f"{uuid.uuid4()}:1"])
    told = refused(table.send())
    assert sum("新增的行" in one for one in told) == 1 and sum("两行" in one for one in told) == 2
    assert sum("找不到这件事项" in one for one in told) == 1
    assert Matter.objects.filter(pk__in=[gone.pk, other.pk]).count() == 2


def test_columns_in_another_order_and_missing_and_merged_cells(life, cast, enter):
    for title in "甲乙":
        life.open(title=title)
    table = Table(enter(cast.office))
    page = table.sheet
    page.delete_cols(HEADS["requirement"])
    at = HEADS["due_on"] - 1
    page.cell(FIRST, at).value = "2026-12-31"
    page.merge_cells(start_row=FIRST, end_row=FIRST + 1, start_column=at, end_column=at)
    page.move_range(f"A{FIRST - 1}:A{FIRST + 1}", cols=KEY + 2)
    assert made(table.send()) == [("办结时限", "2026-12-18", "2026-12-31")] * 2


def test_wrong_people_and_wrong_files(life, cast, enter):
    life.to("ACCEPTED", title="在办一件")
    out = exported(enter(cast.office)).getvalue()
    assert enter(cast.handler).post(SHEET, {"submission": str(uuid.uuid4())}).status_code == 403
    head = enter(cast.neighbour)
    shown = Table(head).put("在办一件", due_on="2026-12-31").send()
    assert made(shown) == [] and "办结时限：" in refused(shown)[0]
    client = enter(cast.office)

    def send(name: str, content: bytes) -> str:
        upload = SimpleUploadedFile(name, content)
        return client.post(SHEET, {"submission": str(uuid.uuid4()), "file": upload}).content.decode()

    assert "另存为 .xlsx" in send("台账.txt", "文字".encode())
    assert "打不开" in send("台账.xlsx", b"PK\x03\x04broken")
    assert "请选择文件" in client.post(SHEET, {"submission": str(uuid.uuid4())}).content.decode()
    strange = load_workbook(io.BytesIO(out))
    strange["台账"].cell(FIRST - 1, KEY).value = "别的"
    told = io.BytesIO()
    strange.save(told)
    assert "系统标识" in send("台账.xlsx", told.getvalue())
    assert KEY_HEAD.startswith("系统标识") and BY_NAME["due_on"].kind == "day"


def test_a_sheet_of_ten_thousand_rows_is_written_in_little_memory(tmp_path):
    """Ten times the rows do not take ten times the memory."""
    import tracemalloc

    values = {one.name: "" if one.kind == "day" else "逐个小区核对进度，列出滞后原因" for one in COLUMNS}

    def peak(count: int) -> int:
        rows = ((str(uuid.UUID(int=nth)), 1, values) for nth in range(count))
        tracemalloc.start()
        with (tmp_path / "大.xlsx").open("wb") as file:
            assert workbook.write(file, title="台账", words="全部", bureau="1", made="", rows=rows) == count
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    few = peak(200)
    assert peak(2000) < few * 1.5 + 300_000
