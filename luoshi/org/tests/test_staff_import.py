"""Staff lists: every bad cell named with its reason, all or nothing, twice adds nothing, a death leaves nothing."""

from __future__ import annotations

import io
import uuid
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from luoshi.lib import clock
from luoshi.lib.lifecycle import NotAllowed
from luoshi.org import services, sheets
from luoshi.org.models import Portfolio, Post, StaffImport, User
from luoshi.org.rules import ImportState
from luoshi.org.services import imports
from luoshi.records.models import Entry, Evidence
from luoshi.records.services import stage
from luoshi.records.verify import verify

pytestmark = pytest.mark.django_db
GOOD = ["3001", "甲某", "规划建设股", "科员", "承办人", "公务员", "13900000001", "2026-03-01", None]
BAD = [
    # column, what stands there, a piece of the reason
    ("A", None, "没有填写登录名"),
    ("A", "工号一", "2–40 位字母"),
    ("A", "9" * 41, "太长"),
    ("A", "1202", "登录名已属于在册的林晓舟"),
    ("A", "2001", "已被占用"),  # somebody of another bureau: not who
    ("B", None, "没有填写姓名"),
    ("B", "甲1", "姓名里有数字"),
    ("B", "甲" * 41, "太长"),
    ("B", "<b>甲</b>", "符号"),
    ("B", "甲\u200b某", "看不见"),
    ("C", None, "没有填写单位"),
    ("C", "不存在股", "没有“不存在股”"),
    ("C", "河湖管理股", "没有“河湖管理股”"),
    ("D", "长" * 61, "太长"),
    ("E", "局长大人", "没有“局长大人”"),
    ("E", "系统管理员", "安全管理员单独授权"),
    ("E", "单位负责人", "已有单位负责人（贺建民）"),
    ("F", None, "没有填写人员类别"),
    ("F", "干部", "认不出来"),
    ("G", "1390000000", "11 位"),
    ("G", "1.39E+10", "11 位"),
    ("H", "去年三月", "不是有效日期"),
    ("H", "2026-13-01", "不是有效日期"),
    ("H", date(2206, 3, 1), "不合常理"),
    ("H", "2020-12-31", "早于单位设立日期"),
    ("H", "=TODAY()", "是公式"),
    ("I", "规建股", "只有主要领导、分管领导"),
]


def book(rows, merge=None):
    made = Workbook()
    sheet = made.active
    sheet.append(list(sheets.COLUMNS))
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def take(cast, body, name="花名册.xlsx", by=None):
    by = by or cast.office
    token = str(stage(SimpleUploadedFile(name, body), by=by).pk)
    job = services.open_import(token, by=by, bureau=cast.bureau, now=clock.now(), on=clock.today())
    imports.work(job.pk)
    return StaffImport.objects.get(pk=job.pk)


def go_on(cast, job):
    services.confirm_import(job, by=cast.office, now=clock.now(), on=clock.today())
    imports.work(job.pk)
    return StaffImport.objects.get(pk=job.pk)


def row(**changes):
    made = list(GOOD)
    for column, value in changes.items():
        made["ABCDEFGHI".index(column)] = value
    return made


def test_a_good_list_comes_in_whole_with_one_entry(cast):
    rows = [
        GOOD,
        row(A=3002, B="乙 某", C="质安中心", E="承办人、窗口", F="编外", G="１３９０００００００２", H="2026年3月1日"),
        row(A="3003", B="丙某", C="班子", E="分管领导", F="领导班子", G=None, H=date(2026, 3, 1), D="副局长"),
        row(A="3004", B="丁某", C="规建股", D=None, E=None, G=None, H=None),
    ]
    job = take(cast, book(rows))
    assert (job.state, job.errors, job.fresh) == (ImportState.CHECKED, [], 4)
    assert not User.objects.filter(username="3001").exists()  # a dry run changes nothing
    job = go_on(cast, job)
    assert job.state == ImportState.DONE
    second = User.objects.get(username="3002")
    assert (second.name, second.mobile, second.pinyin) == ("乙某", "13900000002", "ym")
    assert set(second.posts.values_list("duty", flat=True)) == {"HANDLER", "WINDOW"}
    assert User.objects.get(username="3004").joined_on == clock.today()
    assert not second.has_usable_password()
    assert Entry.objects.filter(act="org.import_staff").count() == 1
    assert Evidence.objects.get().name == "花名册.xlsx"
    report = verify()
    assert report.findings == [], report.findings


def test_a_leaders_units_come_with_him(cast):
    services.end_portfolio(Portfolio.objects.get(unit=cast.quality), by=None, on=clock.today())
    today = clock.today() + timedelta(days=0)
    job = take(cast, book([row(C="班子", E="分管领导", F="领导班子", H=today, I="质安中心、规建股")]))
    assert "已由沈知行分管" in job.errors[0][2]
    job = go_on(cast, take(cast, book([row(C="班子", E="分管领导", F="领导班子", H=today, I="质安中心")])))
    assert Portfolio.objects.get(unit=cast.quality, until_on=None).leader.name == "甲某"


@pytest.mark.parametrize(("column", "value", "why"), BAD, ids=[f"{one[0]}-{one[2]}" for one in BAD])
def test_every_kind_of_bad_cell_is_named_with_its_reason(cast, column, value, why):
    job = take(cast, book([row(A="3009", G=None), row(**{column: value})]))
    found = [one for one in job.errors if one[0] == f"{column}3"]
    assert found and why in found[0][2], job.errors
    assert job.state == ImportState.CHECKED
    with pytest.raises(NotAllowed):
        go_on(cast, job)
    assert not User.objects.filter(username__startswith="30").exists()


def test_duplicates_within_the_list(cast):
    job = take(cast, book([GOOD, row(B="乙某", G="13900000001"), row(A="3002", C="审批股", E="单位负责人", G=None),
                           row(A="3003", C="审批股", E="单位负责人", G=None)]))  # fmt: skip
    cells = {one[0]: one[2] for one in job.errors}
    assert "与本表 A2 重复" in cells["A3"] and "与本表 G2 重复" in cells["G3"] and "秦若谷" in cells["E4"]


def test_merged_cells_are_named(cast):
    job = take(cast, book([GOOD, row(A="3002", G=None)], merge="C2:C3"))
    assert (job.errors[0][0], job.errors[0][2][:6]) == ("C2", "合并了单元格")


def test_five_hundred_bad_rows_of_many_kinds_are_all_found(cast):
    rows, bad = [], 0
    for number in range(2000):
        made = row(A=f"S{number:05d}", G=None)
        if number % 4 == 0:
            column, value, _ = BAD[(number // 4) % len(BAD)]
            made["ABCDEFGHI".index(column)] = value
            bad += 1
        rows.append(made)
    job = take(cast, book(rows))
    lines = {int("".join(one for one in cell[0] if one.isdigit())) for cell in job.errors}
    assert lines == {number + 2 for number in range(0, 2000, 4)} and bad == 500


def test_the_same_list_again_adds_nothing(cast):
    body = book([GOOD, row(A="3002", B="乙某", G=None)])
    go_on(cast, take(cast, body))
    people, posts = User.objects.count(), Post.objects.count()
    job = take(cast, body)
    assert (job.errors, job.fresh, job.known) == ([], 0, 2)
    with pytest.raises(NotAllowed):
        go_on(cast, job)
    assert (User.objects.count(), Post.objects.count()) == (people, posts)


def test_confirmed_twice_it_is_written_once(cast):
    job = take(cast, book([GOOD]))
    go_on(cast, job)
    with pytest.raises(NotAllowed):
        go_on(cast, job)
    imports.work(job.pk)
    assert User.objects.filter(username="3001").count() == 1


def test_a_death_while_writing_leaves_nothing_and_it_can_be_started_again(cast, monkeypatch):
    job = take(cast, book([GOOD, row(A="3002", B="乙某", G=None)]))
    services.confirm_import(job, by=cast.office, now=clock.now(), on=clock.today())

    def die(*args, **kwargs):
        raise KeyboardInterrupt  # as a killed process: nothing behind it runs

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(imports, "record", die)
        imports.work(job.pk)
    assert not User.objects.filter(username__in=["3001", "3002"]).exists()
    job = StaffImport.objects.get(pk=job.pk)
    assert job.state == ImportState.IMPORTING
    assert not imports.revive(job, now=clock.now())  # still fresh: perhaps at work
    monkeypatch.setattr(imports, "start", lambda job, *, size: imports.work(job.pk))
    assert imports.revive(job, now=clock.now() + timedelta(minutes=2))
    assert StaffImport.objects.get(pk=job.pk).state == ImportState.DONE
    assert User.objects.filter(username__in=["3001", "3002"]).count() == 2


def test_two_lists_at_once_cannot_both_bring_one_name(cast):
    first, second = take(cast, book([GOOD])), take(cast, book([row(B="另人")]))
    go_on(cast, first)
    job = go_on(cast, second)
    assert job.state == ImportState.CHECKED and "已属于在册的甲某" in job.errors[0][2]


def test_csv_in_the_offices_encoding(cast):
    text = ",".join(sheets.COLUMNS) + "\r\n3001,甲某,规建股,科员,承办人,公务员,13900000001,2026/3/1,\r\n"
    for encoding in ("utf-8-sig", "gb18030"):
        job = take(cast, text.encode(encoding), name="花名册.csv")
        assert (job.errors, job.fresh) == ([], 1), encoding


@pytest.mark.parametrize("kind", ["broken", "bomb", "headless", "no unit"])
def test_what_is_no_staff_list_is_refused_in_words(cast, kind, monkeypatch):
    body = b"PK\x03\x04 not a workbook"
    if kind == "bomb":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.BYTES_MOST + 1))
        body = out.getvalue()
    elif kind in ("headless", "no unit"):
        made = Workbook()
        made.active.append(["登录名", "姓名"] if kind == "no unit" else ["一", "二"])
        out = io.BytesIO()
        made.save(out)
        body = out.getvalue()
    job = take(cast, body)
    assert job.state == ImportState.FAILED
    assert {"broken": "打不开", "bomb": "过大", "headless": "没有找到表头", "no unit": "缺少：单位"}[
        kind
    ] in job.errors[0][2]


def test_only_who_keeps_the_bureau_brings_a_list(cast):
    for who in (cast.handler, cast.stranger, cast.auditor):
        with pytest.raises(NotAllowed):
            take(cast, book([GOOD]), by=who)


def test_level3_lets_a_list_bring_no_power(cast, settings):
    settings.SECURITY_PROFILE = "level3"
    job = take(cast, book([row(E="核查人")]))
    assert "三级" in job.errors[0][2]


def test_the_list_of_problems_holds_no_formula():
    body = sheets.error_list([("C2", "=cmd|' /C calc'!A0", "x\x07")])
    cell = load_workbook(io.BytesIO(body)).active["B2"]
    assert cell.data_type == "s" and cell.value.startswith("=cmd")


class TestPages:
    def test_upload_check_import(self, cast, enter):
        client = enter(cast.office)
        sent = {"submission": str(uuid.uuid4()), "file": SimpleUploadedFile("花名册.xlsx", book([GOOD]))}
        answer = client.post(reverse("org:staff_import"), sent)
        job = StaffImport.objects.get()
        assert answer["Location"] == job.get_absolute_url()
        assert "导入 1 人" in client.get(job.get_absolute_url()).content.decode()
        client.post(reverse("org:confirm_import", args=[job.pk]), {"submission": str(uuid.uuid4())})
        assert "已导入 1 人" in client.get(job.get_absolute_url()).content.decode()

    def test_problems_are_on_the_page_and_in_a_workbook(self, cast, enter):
        job = take(cast, book([row(C="不存在股")]))
        client = enter(cast.office)
        page = client.get(job.get_absolute_url()).content.decode()
        assert "C2" in page and "不存在股" in page
        body = client.get(reverse("org:import_errors", args=[job.pk]))
        cells = [cell.value for cell in load_workbook(io.BytesIO(body.content)).active[2]]
        assert cells[0] == "C2" and "attachment" in body["Content-Disposition"]

    def test_a_running_job_moves_by_itself(self, cast, enter):
        job = take(cast, book([GOOD]))
        StaffImport.objects.filter(pk=job.pk).update(state="CHECKING", done=40, total=100, beat_at=clock.now())
        client = enter(cast.office)
        page = client.get(job.get_absolute_url()).content.decode()
        assert 'hx-trigger="every 1s"' in page and "40 / 100 行" in page
        part = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in part and "40 / 100 行" in part

    def test_the_template_reads_back(self, cast, enter, tmp_path):
        body = enter(cast.office).get(reverse("org:import_template")).content
        path = tmp_path / "x"
        path.write_bytes(body)
        assert sheets.read(path, "x.xlsx").rows == []

    def test_another_bureaus_job_does_not_exist(self, cast, enter):
        job = take(cast, book([GOOD]))
        office = services.add_to_staff(
            username="2009", name="水办", personnel_type="CIVIL_SERVANT", unit=cast.other_unit, duty="OFFICE",
            by=None, on=clock.today(),
        )  # fmt: skip
        client = enter(office)
        for name in ("import", "import_errors", "confirm_import"):
            assert client.get(reverse(f"org:{name}", args=[job.pk])).status_code == 404
