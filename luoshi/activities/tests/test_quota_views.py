"""学习和调研 over HTTP: who sees whose, the table in the bureau's order, the file, leave, reasons, query counts."""

from __future__ import annotations

import io
import uuid
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from luoshi.activities.models import Absence, Shortfall
from luoshi.activities.tests.test_quota_queries import TODAY, asked, studied
from luoshi.org import services as org_services
from luoshi.records.models import Entry

__all__ = ["asked"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stopped(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", f"{TODAY}T10:00")


def page(client, name, *args, **query):
    found = client.get(reverse(f"activities:{name}", args=args), query)
    return found.status_code, found.content.decode() if not found.streaming else ""


def post(client, name, *args, **data):
    return client.post(reverse(f"activities:{name}", args=args), {"submission": str(uuid.uuid4()), **data})


@pytest.mark.clause("2.2.1.1b")
@pytest.mark.clause("2.2.1.1c")
def test_ones_own_page_says_how_far_and_why(asked, enter):
    cast = asked
    studied(cast, cast.handler, half_days=2)
    status, text = page(enter(cast.handler), "quotas")
    assert status == 200 and "已记1天，应有20天，还差19天" in text and "不计分，不排名" in text
    assert "依据：本局决定：局党委会2025年第30号纪要（第1版，2026-01-01起执行）" in text
    assert "第48周（11月23日至29日）还差0.5天" in text and "集体学习" in text
    assert "单位差额表" not in text, "only the office and heads have the table"


def test_without_a_rule_the_page_says_that_nothing_is_asked(cast, enter):
    assert "2026年没有要求" in page(enter(cast.handler), "quotas")[1]
    assert "2025年没有要求" in page(enter(cast.handler), "quotas", year="2025")[1]
    assert page(enter(cast.handler), "quotas", year="x")[0] == 200


def test_who_sees_whose(asked, enter):
    cast = asked
    for who, wanted in (
        (cast.handler, 200), (cast.office, 200), (cast.chief, 200), (cast.second_handler, 404), (cast.neighbour, 404),
        (cast.director, 404), (cast.stranger, 404), (cast.sysadmin, 403),
    ):  # fmt: skip
        assert page(enter(who), "quotas_of", cast.handler.pk)[0] == wanted, who
    assert page(enter(cast.office), "quotas_of", 10**6)[0] == 404


def test_the_table_is_for_the_office_and_a_head_of_his_unit(asked, enter):
    cast = asked
    status, text = page(enter(cast.office), "quota_table")
    assert status == 200 and "林晓舟" in text and "杜若溪" in text
    status, text = page(enter(cast.chief), "quota_table")
    assert status == 200 and "林晓舟" in text and "杜若溪" not in text
    assert "杜若溪" not in page(enter(cast.chief), "quota_table", unit=cast.quality.pk)[1]
    assert "林晓舟" not in page(enter(cast.office), "quota_table", unit=cast.quality.pk)[1]
    for who in (cast.handler, cast.director, cast.leader, cast.verifier, cast.sysadmin):
        assert page(enter(who), "quota_table")[0] == 403


def test_the_table_cannot_be_sorted_by_amount(asked, enter):
    cast = asked
    studied(cast, cast.second_handler, half_days=2)
    plain = page(enter(cast.office), "quota_table")[1]
    for query in ({"sort": "-study"}, {"order": "total"}, {"o": "1"}):
        text = page(enter(cast.office), "quota_table", **query)[1]
        assert text.index("林晓舟") - text.index("温以宁") == plain.index("林晓舟") - plain.index("温以宁")
    assert "sort" not in plain.split("<main")[1]


def test_the_file_holds_what_the_page_shows_and_who_took_it_is_on_record(asked, enter):
    cast = asked
    Shortfall.objects.create(
        bureau=cast.bureau, person=cast.handler, slot="study_days_year", period="2026", reason="=1+1",
        said_by=cast.handler, said_on=TODAY,
    )  # fmt: skip
    found = enter(cast.office).get(reverse("activities:quota_sheet"), {"unit": cast.planning.pk})
    rows = list(load_workbook(io.BytesIO(b"".join(found.streaming_content))).active.values)
    assert rows[2][:4] == ("单位", "姓名", "年度学习天数（每年不少于20天）", "差额")
    line = next(row for row in rows if row[1] == "林晓舟")
    assert line[2:4] == ("已记0天，应有20天", "差20天") and line[-1] == "=1+1"
    assert Entry.objects.filter(act="activities.take_gaps").count() == 1


@pytest.mark.clause("2.2.2.3a")
@pytest.mark.clause("2.2.2.3b")
def test_the_leaders_table(asked, enter):
    cast = asked
    studied(cast, cast.leader, kind="FRONTLINE", half_days=2, title="蹲点", place_kind="SITE", place="东城工地")
    status, text = page(enter(cast.office), "quota_leaders")
    assert status == 200 and "已记1天，应有30天，还差29天" in text and "主要领导、分管领导" in text
    told = text.split("<main")[1]
    assert told.index("陆远山") < told.index("沈知行") < told.index("孟怀瑾") and "严明理" not in told
    assert page(enter(cast.chief), "quota_leaders")[0] == 403


@pytest.mark.clause("2.2.1.1a")
@pytest.mark.clause("2.2.1.1d")
@pytest.mark.clause("2.2.2.1a")
@pytest.mark.clause("2.2.2.2a")
def test_what_was_covered(asked, enter):
    cast = asked
    studied(cast, cast.director, core_group=True, title="第十次中心组学习", content="THEORY", theme="党史")
    status, text = page(enter(cast.office), "quota_coverage")
    assert status == 200 and "第十次中心组学习" in text and "党史（1次）" in text
    assert "业务知识" in text and "开发单位" in text and "还没有谈" in text
    assert "还没有谈" not in page(enter(cast.leader), "quota_coverage")[1], "who talked is for the office and the chief"
    assert page(enter(cast.handler), "quota_coverage")[0] == 403


def test_leave_is_entered_ended_and_withdrawn(asked, enter):
    cast = asked
    client = enter(cast.office)
    data = {"person": cast.handler.pk, "kind": "SICK", "from_on": "2026-09-01", "until_on": "2026-08-01"}
    assert "不能早于开始日期" in post(client, "absence_new", **data).content.decode()
    assert post(client, "absence_new", **{**data, "until_on": ""}).status_code == 302
    row = Absence.objects.get()
    assert "尚未返岗" in page(client, "absences")[1]
    assert post(client, "absence_end", row.pk, until_on="2026-10-09", version=row.version).status_code == 302
    assert post(client, "absence_void", row.pk, reason="错了", version=row.version).status_code == 409
    row.refresh_from_db()
    assert post(client, "absence_void", row.pk, reason="错了", version=row.version).status_code == 302
    assert "作废理由：错了" in page(client, "absences")[1]
    assert page(enter(cast.chief), "absences")[0] == 403
    assert post(enter(cast.handler), "absence_new", **data).status_code == 403


def test_a_reason_is_given_once(asked, enter):
    cast = asked
    where = (cast.handler.pk, "study_days_year", "2026")
    assert post(enter(cast.chief), "shortfall", *where, reason="抽调三个月").status_code == 302
    again = post(enter(cast.handler), "shortfall", *where, reason="别的")
    assert again.status_code == 409 and "抽调三个月" in again.content.decode()
    assert "原因：抽调三个月" in page(enter(cast.handler), "quotas")[1]
    assert post(enter(cast.neighbour), "shortfall", *where, reason="x").status_code == 404
    assert page(enter(cast.handler), "shortfall", cast.handler.pk, "feedback_days", "2026")[0] == 404


@pytest.mark.parametrize("name", ["quota_table", "quotas", "quota_leaders"])
def test_a_page_costs_the_same_however_many_people_there_are(asked, enter, name):
    cast = asked
    client = enter(cast.office)

    def cost():
        told = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as caught:
                assert page(client, name)[0] == 200
            told.append(len(caught))
        return min(told)

    before = cost()
    for n in range(20):
        one = org_services.add_person(
            username=f"88{n:02}", name=f"新人{n}", personnel_type="CIVIL_SERVANT", by=None, on=TODAY
        )
        org_services.appoint(one, unit=cast.planning, duty="HANDLER", title="", by=None, on=date(2026, 2, 1))
        studied(cast, one, cast.office)
    assert cost() == before
