"""The pages: reading, loading with a preview, ordering a day, counting; each safe to send twice."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.workdays import services
from luoshi.workdays.models import CalendarDay, CalendarYear
from luoshi.workdays.tests.test_reading import NOTICE

TODAY = date(2026, 11, 23)


@pytest.fixture
def here(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-23T09:00")
    services.load_official(by=None, on=TODAY)
    return cast


def fields(**told):
    return {"submission": str(uuid.uuid4()), **told}


def test_everyone_reads_the_year_and_only_keepers_see_the_acts(here, enter):
    page = enter(here.handler).get(reverse("workdays:calendar")).content.decode()
    assert "2026年工作日历" in page and "248" in page and "国办发明电〔2025〕7号" in page and "本月第16个工作日" in page
    assert "载入放假安排" not in page
    assert "载入放假安排" in enter(here.office).get(reverse("workdays:calendar")).content.decode()
    assert "尚未公布" in enter(here.handler).get(reverse("workdays:calendar") + "?year=2027").content.decode()
    assert enter(here.handler).get(reverse("workdays:calendar") + "?year=abc").status_code == 200


def test_the_top_bar_knows_the_working_day(here, enter):
    assert "本月第16个工作日" in enter(here.handler).get(reverse("workdays:count")).content.decode()


def test_a_notice_is_pasted_checked_and_loaded_in_two_steps(here, enter):
    client, url = enter(here.office), reverse("workdays:load")
    assert "没有读到年度" in client.post(url, fields(text="1月1日 放假 元旦", status="OFFICIAL")).content.decode()
    text = NOTICE.replace("2026", "2027").replace("2025", "2026")
    shown = client.post(url, fields(text=text, status="OFFICIAL"))
    assert "一天也没有载入" in shown.content.decode() and "实际是周五" in shown.content.decode()
    assert not CalendarYear.objects.filter(year=2027).exists()
    rows = "\n".join(f"2027-{one}\t放假\t{name}" for one, name in [
        ("01-01", "元旦"), ("02-06", "春节"), ("04-05", "清明节"), ("05-01", "劳动节"), ("06-09", "端午节"),
        ("09-15", "中秋节"), ("10-01", "国庆节"),
    ])  # fmt: skip
    told = {
        "text": rows,
        "year": 2027,
        "notice_no": "国办发明电〔2026〕9号",
        "notice_on": "2026-11-20",
        "status": "OFFICIAL",
    }
    shown = client.post(url, fields(**told)).content.decode()
    assert "请核对" in shown and "2027-02-06 周六" in shown and not CalendarYear.objects.filter(year=2027).exists()
    sent = fields(**told, load="1")
    first = client.post(url, sent)
    assert first.status_code == 302 and first.url.endswith("?year=2027")
    assert CalendarDay.objects.filter(year__year=2027, year__bureau=here.bureau).count() == 7
    again = client.post(url, sent)
    assert again.status_code == 302 and CalendarYear.objects.filter(year=2027).count() == 1


def test_a_form_opened_before_somebody_elses_change_is_answered_with_the_conflict_page(here, enter):
    services.set_day(day=date(2026, 12, 5), works=True, name="防汛值守", source="县防指〔2026〕3号",
                     bureau=here.bureau, by=here.office, on=TODAY)  # fmt: skip
    kept = CalendarDay.objects.get(year__bureau=here.bureau)
    url = reverse("workdays:day", args=[kept.pk])
    told = {"works": "1", "name": "抗旱值守", "source": "县防指〔2026〕4号", "version": kept.year.version}
    assert enter(here.office).post(url, fields(**told)).status_code == 302
    stale = enter(here.office).post(url, fields(**{**told, "name": "其他"}))
    assert stale.status_code == 409 and "其他" in stale.content.decode()


def test_an_office_overrules_a_national_day_for_its_own_bureau_only(here, enter):
    kept = CalendarDay.objects.get(year__bureau=None, day=date(2026, 10, 10))
    url = reverse("workdays:day", args=[kept.pk])
    assert "只对本局生效" in enter(here.office).get(url).content.decode()
    told = {
        "works": "0",
        "name": "县庆日",
        "source": "县府办〔2026〕8号",
        "version": kept.year.version,
        "scope": "nation",
    }
    assert enter(here.office).post(url, fields(**told)).status_code == 302
    kept.refresh_from_db()
    assert kept.is_workday and not CalendarDay.objects.get(year__bureau=here.bureau).is_workday
    remove = reverse("workdays:remove_day", args=[kept.pk])
    assert enter(here.office).post(remove, fields(source="取消", version=kept.year.version)).status_code == 409
    assert CalendarDay.objects.filter(pk=kept.pk).exists()


def test_another_bureaus_order_does_not_exist_for_us(here, enter):
    year = CalendarYear.objects.create(year=2026, bureau=here.other_bureau, status="LOCAL")
    other = CalendarDay.objects.create(year=year, day=date(2026, 12, 5), is_workday=True, name="值守", source="x")
    for name in ("workdays:day", "workdays:remove_day"):
        assert enter(here.office).get(reverse(name, args=[other.pk])).status_code == 404
    assert "值守" not in enter(here.office).get(reverse("workdays:calendar")).content.decode()


@pytest.mark.parametrize("name", ["workdays:load", "workdays:new_day", "workdays:hours"])
def test_these_doors_are_the_keepers(here, enter, name):
    assert enter(here.chief).get(reverse(name)).status_code == 403
    assert enter(here.office).get(reverse(name)).status_code == 200


@pytest.mark.clause("2.2.5.1d")
def test_count_prints_the_arithmetic(here, enter):
    client = enter(here.handler)
    page = client.get(reverse("workdays:count") + "?start=2026-09-29&number=5&unit=WORKDAY").content.decode()
    assert "到期日：2026-10-12 周一" in page and "不计，国庆节放假" in page
    assert "2026-10-10 周六　第4天，国庆节调休上班" in page
    page = client.get(reverse("workdays:count") + "?start=2026-11-27&number=1&unit=WORKDAY&at=18:00").content.decode()
    assert "已过下班时间17:30" in page and "到期日：2026-12-01 周二" in page
    page = client.get(reverse("workdays:count") + "?start=2026-09-20&number=15&unit=DAY").content.decode()
    assert "到期日：2026-10-08 周四" in page and "顺延" in page
    page = client.get(reverse("workdays:count") + "?start=2026-12-30&number=5&unit=WORKDAY").content.decode()
    assert "暂定：2027年放假安排尚未公布" in page


@pytest.mark.parametrize(
    "asked",
    [
        "start=x&number=5&unit=WORKDAY",
        "start=2026-11-23&number=-1&unit=WORKDAY",
        "start=2026-11-23&number=99999999&unit=DAY",
        "start=9999-12-31&number=5&unit=WORKDAY",
    ],
)
def test_count_answers_nonsense_beside_the_field(here, enter, asked):
    answer = enter(here.handler).get(reverse("workdays:count") + "?" + asked)
    assert answer.status_code == 200 and "到期日：" not in answer.content.decode()


def test_a_table_is_loaded_from_a_file(here, enter):
    rows = "日期,安排,事由\n2027-01-01,放假,元旦\n2027-01-09,上班,元旦\n"
    file = SimpleUploadedFile("2027.csv", rows.encode("gb18030"), content_type="text/csv")
    told = {"year": 2027, "status": "PROVISIONAL", "file": file}
    page = enter(here.office).post(reverse("workdays:load"), fields(**told)).content.decode()
    assert "2027-01-09 周六" in page and "2027-01-09\t上班\t元旦" in page


def test_the_system_administrator_loads_for_the_nation(here, enter):
    client = enter(here.sysadmin)
    told = {"text": "2027-01-01 放假 元旦", "year": 2027, "status": "PROVISIONAL", "scope": "nation"}
    assert "全国" in client.post(reverse("workdays:load"), fields(**told)).content.decode()
    assert client.post(reverse("workdays:load"), fields(**told, load="1")).status_code == 302
    assert CalendarYear.objects.get(year=2027).bureau is None


def test_office_hours_by_form(here, enter):
    told = {"from_on": "2026-12-01", "morning_from": "08:00", "morning_until": "12:00",
            "afternoon_from": "14:00", "afternoon_until": "17:00", "digest_at": "09:00"}  # fmt: skip
    assert enter(here.office).post(reverse("workdays:hours"), fields(**told)).status_code == 302
    assert "08:00–12:00" in enter(here.office).get(reverse("workdays:hours")).content.decode()
