"""Activities kept before in Excel: shown row by row, bad rows named, doubles left out, all saved in one act or none."""

from __future__ import annotations

import io
import time
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from luoshi.activities.models import Activity, Attendance
from luoshi.activities.services import importing
from luoshi.activities.services.importing import PastActivity, import_activities
from luoshi.activities.tests.held import TODAY, study
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org.services import appoint
from luoshi.records.models import Entry, Evidence
from luoshi.records.services import stage
from luoshi.records.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.1.1a"), pytest.mark.clause("2.2.2.3a")]
PAGE = "/activities/import/"
HEADS = ["序号", "时间", "活动类别", "主题", "活动地点", "时长（天）", "参加人员", "学习内容", "收获"]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T10:00")


def table(*rows, heads=HEADS, merge=()) -> Workbook:
    book = Workbook()
    book.active.append(["2026年学习活动台账"])
    book.active.append(list(heads))
    for row in rows:
        book.active.append(list(row))
    for one in merge:
        book.active.merge_cells(one)
    return book


def send(client, book: Workbook):
    out = io.BytesIO()
    book.save(out)
    upload = SimpleUploadedFile("活动台账.xlsx", out.getvalue())
    return client.post(PAGE, {"submission": str(uuid.uuid4()), "file": upload})


def save(client, shown, **words):
    form = shown.context["form"]
    told = {name: form[name].value() for name in ("sheet", "seen")}
    return client.post(PAGE, {"submission": str(uuid.uuid4()), **told, **words})


def refused(shown) -> dict[int, str]:
    return {row: why for row, _, why in shown.context["intake"].refused}


def row(held_on="2026-03-05", kind="集体学习", title="学习房屋安全条例", people="", long="半天", place="", content=""):
    return (1, held_on, kind, title, place, long, people, content, "")


def staged(user) -> str:
    return str(stage(SimpleUploadedFile("台账.txt", "文字".encode()), by=user).pk)


def test_an_older_list_is_taken_in_as_it_stands(cast, enter):
    both = f"{cast.chief.name}，{cast.handler.name}（请假）"
    book = table(
        (1, datetime(2026, 3, 5), "理论学习", "学习全会精神", "会议室", "半天", both, "政治理论", "认识更深"),
        (2, "2026年10月9日至10日", "走访", None, "河东片区", "1.5", str(cast.planning), "入户听意见", None),
        (
            3,
            "10月12日",
            "中心组学习",
            "学习条例",
            None,
            "2小时",
            f"{cast.director.name} {cast.leader.name}",
            None,
            None,
        ),
    )
    client = enter(cast.office)
    shown = send(client, book)
    assert refused(shown) == {} and "将要登记的活动" in shown.content.decode() and not Activity.objects.exists()
    first, second, third = shown.context["intake"].rows
    assert (
        first.remarks == [] and second.remarks[0] == "“1.5”按1天半" and f"“{cast.planning}”按那天" in second.remarks[1]
    )
    assert third.remarks == ["没有写年份，按2026年", "2小时按半天"]
    assert save(client, shown)["Location"] == "/activities/"
    one, two, three = Activity.objects.order_by("pk")
    assert (one.kind, one.held_on, one.unit, one.content, one.as_study) == (
        "GROUP_STUDY", date(2026, 3, 5), cast.planning, "THEORY", True,
    )  # fmt: skip
    assert {sat.person: (sat.presence, sat.half_days) for sat in one.attendances.all()} == {
        cast.chief: ("PRESENT", 1), cast.handler: ("LEAVE", 0),
    }  # fmt: skip
    assert (two.title, two.until_on, two.half_days, two.theme) == ("走访河东片区", date(2026, 10, 10), 3, "入户听意见")
    assert two.as_research and two.as_frontline and cast.handler.pk in two.attendances.values_list("person", flat=True)
    assert three.core_group and three.unit == cast.bureau and three.entered_by == cast.office
    entry = Entry.objects.get(act__startswith="activities.")
    assert entry.act == "activities.import" and Evidence.objects.count() == 1 and verify().ok
    assert two.get_absolute_url() in client.get("/search/", {"q": "河东片区"}).content.decode()


def test_every_bad_row_is_named_and_the_good_ones_are_kept(cast, enter):
    who = cast.chief.name
    book = table(
        row(people=who),
        row(people="查无此人"),
        row("尽快", people=who),
        row(kind="团建", people=who),
        row("2026-12-01", people=who),
        row(kind="谈心谈话", people=who),
        row(kind="走出去", people=who),
        row(people=""),
        row(title="", people=who),
        row(long="一会儿", people=who),
        row(long="3天", people=who),
        row("2026-02-30", people=who),
    )
    client = enter(cast.office)
    shown = send(client, book)
    told = refused(shown)
    for number, words in {
        4: "没有名为“查无此人”", 5: "看不出是哪一天", 6: "类别“团建”没有", 7: "还没有到", 8: "由谈话人",
        9: "申请、报成果", 10: "没有写参加人员", 11: "没有写名称", 12: "时长“一会儿”",
        13: "超过了日期", 14: "看不出是哪一天",
    }.items():  # fmt: skip
        assert words in told[number], (number, told.get(number))
    assert save(client, shown).status_code == 302 and Activity.objects.count() == 1


def test_two_of_one_name_are_told_apart_by_their_unit(cast, enter):
    from luoshi.org.models import User

    twin = User.objects.create(name=cast.handler.name, username="tongming")
    appoint(twin, unit=cast.quality, duty="HANDLER", by=None, on=date(2026, 1, 1))
    shown = send(enter(cast.office), table(
        row(people=twin.name), row("2026-03-06", people=f"{twin.name}（{cast.quality}）")
    ))  # fmt: skip
    assert f"重名，请写成{twin.name}（" in refused(shown)[3]
    (good,) = shown.context["intake"].rows
    assert list(good.draft.people) == [twin.pk] and good.draft.unit == cast.quality


def test_merged_cells_hold_one_activity_and_its_people(cast, enter):
    book = table(
        row(people=cast.chief.name), (None, None, None, None, None, None, cast.handler.name, None, None),
        heads=[*HEADS[:8], "分值"], merge=[f"{one}3:{one}4" for one in "ABCDEF"],
    )  # fmt: skip
    shown = send(enter(cast.office), book)
    (one,) = shown.context["intake"].rows
    assert set(one.draft.people) == {cast.chief.pk, cast.handler.pk} and shown.context["intake"].unread == ["分值"]


def test_what_looks_recorded_is_left_out_unless_it_is_ticked(cast, enter):
    study(cast, cast.chief, days=(date(2026, 3, 5),), title="学习房屋安全条例")
    client = enter(cast.office)
    book = table(
        row(people=cast.handler.name), row(title="另一次", people=cast.chief.name),
        row("2026-03-06", people=cast.handler.name), row("2026-03-06", people=cast.chief.name),
    )  # fmt: skip
    shown = send(client, book)
    assert [(one.draft.row, bool(one.alike)) for one in shown.context["intake"].rows] == [
        (3, True), (4, True), (5, False), (6, True),
    ]  # fmt: skip
    assert "和第5行是同一类" in shown.content.decode()
    assert save(client, shown, take=["4"]).status_code == 302
    assert sorted(Activity.objects.exclude(held_on="2026-03-05").values_list("title", flat=True)) == [
        "学习房屋安全条例"
    ]
    assert Activity.objects.filter(title="另一次").count() == 1 and Activity.objects.count() == 3
    again = send(client, book)
    assert again.context["intake"].fresh == [] and "导入勾选的" in again.content.decode()
    assert "没有要导入的活动" in save(client, again).content.decode() and Activity.objects.count() == 3


def test_what_somebody_recorded_meanwhile_is_shown_before_anything_is_saved(cast, enter):
    client = enter(cast.office)
    shown = send(client, table(row(people=cast.handler.name)))
    study(cast, cast.handler, by=cast.chief, days=(date(2026, 3, 5),))
    told = save(client, shown)
    assert "您查看之后有了变动" in told.content.decode() and Activity.objects.count() == 1
    draft = PastActivity(
        3, "GROUP_STUDY", "又一次", date(2026, 3, 5), cast.planning, people={cast.handler.pk: "PRESENT"}
    )
    with pytest.raises(NotAllowed, match="第3行“又一次”已有人登记"):
        import_activities([draft], bureau=cast.bureau, token=staged(cast.office), by=cast.office, on=TODAY)


def test_a_head_brings_in_his_own_people_only_and_others_nothing(cast, enter):
    client = enter(cast.chief)
    shown = send(client, table(
        row(people=cast.handler.name), row("2026-03-06", people=cast.neighbour.name),
        row("2026-03-07", people=str(cast.quality)), row("2026-03-08", kind="中心组学习", people=cast.handler.name),
        row("2026-03-09", people="全体"),
    ))  # fmt: skip
    told = refused(shown)
    assert "不是您单位的人员" in told[4] and "不是您负责的单位" in told[5] and "由局办公室导入" in told[6]
    everybody = set(shown.context["intake"].rows[1].draft.people)
    assert cast.handler.pk in everybody and cast.neighbour.pk not in everybody
    assert save(client, shown).status_code == 302 and Activity.objects.count() == 2
    for person in (cast.handler, cast.leader, cast.verifier, cast.sysadmin):
        assert enter(person).get(PAGE).status_code in (403, 404)
    draft = PastActivity(
        3, "GROUP_STUDY", "又一次", date(2026, 4, 5), cast.planning, people={cast.neighbour.pk: "PRESENT"}
    )
    for by in (cast.handler, cast.chief):
        with pytest.raises(NotAllowed):
            import_activities([draft], bureau=cast.bureau, token=staged(by), by=by, on=TODAY)
    assert "导入以往活动" in enter(cast.chief).get("/activities/").content.decode()
    assert "导入以往活动" not in enter(cast.handler).get("/activities/").content.decode()


def test_sent_twice_it_is_taken_in_once(cast, enter):
    client = enter(cast.office)
    shown, key = send(client, table(row(people=cast.chief.name))), str(uuid.uuid4())
    for _ in range(2):
        assert save(client, shown, submission=key).status_code == 302
    assert Activity.objects.count() == 1
    assert "已失效" in save(client, shown).content.decode()


@pytest.mark.parametrize("bad", [{"held_on": date(2026, 12, 1)}, {"people": {}}, {"kind": "HEART_TALK"},
                                 {"half_days": 9}, {"title": " "}])  # fmt: skip
def test_a_refusal_in_the_last_row_saves_none(cast, bad):
    def draft(nth: int, **words) -> PastActivity:
        told = {
            "kind": "GROUP_STUDY",
            "held_on": date(2026, 3, nth),
            "people": {cast.chief.pk: "PRESENT"},
            "title": "学习",
        }
        return PastActivity(row=nth, unit=cast.planning, **(told | words))

    token = staged(cast.office)
    with pytest.raises(NotAllowed, match="第3行"):
        import_activities(
            [draft(1), draft(2), draft(3, **bad)], bureau=cast.bureau, token=token, by=cast.office, on=TODAY
        )
    assert not Activity.objects.exists() and not Attendance.objects.exists()
    assert not Entry.objects.filter(act="activities.import").exists()


def test_wrong_files_and_markup(cast, enter):
    client = enter(cast.office)
    assert "没有找到表头" in send(client, table((1, 2), heads=["甲", "乙"])).content.decode()
    upload = SimpleUploadedFile("台账.txt", "文字".encode())
    told = client.post(PAGE, {"submission": str(uuid.uuid4()), "file": upload}).content.decode()
    assert "另存为 .xlsx" in told
    poison = "<script>alert(1)</script>"
    book = table(row(title=poison, people=cast.chief.name), row(title="乙", people=poison))
    shown = send(client, book).content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown


def test_the_empty_table_comes_back_as_it_is_understood(cast, enter):
    client = enter(cast.office)
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{PAGE}blank/").streaming_content)))
    sheet = book["台账"]
    for at, value in enumerate(("2026-3-5", "自学", "学习条例", "", "1天", cast.chief.name, "业务知识", "有收获"), 1):
        sheet.cell(4, at).value = value
    shown = send(client, book)
    assert refused(shown) == {} and shown.context["intake"].unread == []
    (one,) = shown.context["intake"].rows
    assert (one.draft.kind, one.draft.half_days, one.draft.content, one.draft.outcome) == (
        "OWN_STUDY", 2, "BUSINESS", "有收获",
    )  # fmt: skip


def test_several_hundred_rows_are_taken_in_one_quick_step(cast, enter):
    rows = [
        row(date(2025, 1, 1) + timedelta(nth), title=f"第{nth}次学习", people=str(cast.planning)) for nth in range(500)
    ]
    client = enter(cast.office)
    began = time.process_time()
    shown = send(client, table(*rows))
    read = time.process_time() - began
    assert len(shown.context["intake"].fresh) == 500
    began = time.process_time()
    assert save(client, shown).status_code == 302
    took = time.process_time() - began
    assert Activity.objects.count() == 500 and importing.MOST > 500
    assert read < 4 and took < 4, (read, took)


def test_reading_and_saving_ask_no_more_of_many_rows_than_of_few(cast):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from luoshi.activities.import_sheet import LAYOUT
    from luoshi.activities.taking_in import take_in
    from luoshi.matters.sheet import Book, read

    def counted(year: int, many: int) -> tuple[int, int]:
        days = [date(year, 1, 1) + timedelta(nth) for nth in range(many)]
        grid = [HEADS, *(list(row(day, people=f"{cast.planning}、{cast.leader.name}", title=str(day))) for day in days)]
        book, token = Book(read(grid, layout=LAYOUT)), staged(cast.office)
        with CaptureQueriesContext(connection) as reading:
            intake = take_in(book, bureau=cast.bureau, user=cast.office, on=TODAY)
        drafts = [one.draft for one in intake.fresh]
        with CaptureQueriesContext(connection) as saving:
            made = import_activities(drafts, bureau=cast.bureau, token=token, by=cast.office, on=TODAY)
        assert len(made) == many
        return len(reading), len(saving)

    few, many = counted(2023, 2), counted(2024, 60)
    assert few[0] == many[0] and many[1] - few[1] < 10, (few, many)  # a bulk step is cut into parts, never into rows
