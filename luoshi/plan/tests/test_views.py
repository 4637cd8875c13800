"""The pages: who may enter, what a click does, what is said when it may not be done; with and without script."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from luoshi.plan import services
from luoshi.plan.models import Duty, Plan, PlanVersion, Rule
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.records.models import Entry, StagedUpload
from tests.counting import asked

HX = {"HTTP_HX_REQUEST": "true"}
PEOPLE = ("office", "director", "leader", "chief", "handler", "discipline", "stranger", "sysadmin")


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T09:30")


def key():
    return str(uuid.uuid4())


def words(duty, **other):
    return {
        "submission": key(), "version": duty.version, "act": duty.act, "actor": duty.actor, "output": duty.output,
        "slot": duty.slot, "owner_unit": duty.owner_unit_id or "",
    } | other  # fmt: skip


def pages(version, duty):
    return {
        "plan:list": [], "plan:detail": [version.plan_id], "plan:read": [version.pk],
        "plan:rules": [], "plan:import": [], "plan:duty": [duty.pk], "plan:decide": ["feedback_days"],
    }  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_who_reads_and_who_decides(cast, enter, version, duty, who):
    client = enter(getattr(cast, who))
    got = {
        name: client.get(reverse(name, args=args)).status_code for name, args in pages(version, duty("反馈")).items()
    }
    reads = {"plan:detail", "plan:read"}
    office_only = {"plan:import", "plan:duty", "plan:decide"}
    for name, status in got.items():
        if name in office_only:
            assert status == (200 if who == "office" else 403), name
        elif name in reads:
            assert status == (404 if who in ("stranger", "sysadmin") else 200), name
        else:
            assert status == (403 if who == "sysadmin" else 200), name


def test_only_the_office_sees_buttons(cast, enter, version):
    page = enter(cast.director).get(reverse("plan:read", args=[version.pk])).content.decode()
    assert "件件有回音" in page and "确认所选" not in page and 'name="pick"' not in page


def test_every_sentence_is_marked_in_its_place(cast, enter, version):
    page = enter(cast.office).get(reverse("plan:read", args=[version.pk])).content.decode()
    text = page[page.index('class="reader-text"') : page.index('<section class="reader-duties"')]
    for one in Duty.objects.filter(clause__version=version):
        assert f'id="at-{one.pk}"' in text and re.search(rf'data-of="[^"]*\b{one.pk}\b', text)
    added = r"<a class=\"duty-tag.*?</a>|<button[^>]*class=\"clause-mark.*?</button>"
    plain = re.sub(rf"{added}|<[^>]+>|\s", "", text.split(">", 1)[1])
    assert plain == re.sub(r"\s", "", PLAN)  # nothing is left out, nothing comes twice


@pytest.mark.clause("2.2.5.1d")
def test_one_click_confirms_and_the_row_shows_the_rule(cast, enter, version, duty):
    one = duty("5个工作日内")
    answer = enter(cast.office).post(
        reverse("plan:confirm_many", args=[version.pk]), {"submission": key(), "only": f"{one.pk}:1"}, **HX
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and answer.headers["HX-Reswap"] == "none"
    for place in (f'id="duty-{one.pk}"', f'id="at-{one.pk}"', 'id="progress"', 'id="many-key"'):
        assert re.search(f'{place}[^>]*hx-swap-oob="true"', page), place
    assert "5个工作日内" in page and "第1版，2026-11-24起" in page and "为什么" in page
    assert Rule.objects.get().slot == "feedback_days"


def test_a_second_clause_that_says_the_same_is_told_so(cast, enter, version, duty):
    services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    five = {"number": 5, "unit": "WORKDAY"}
    services.confirm_duty(duty("3个工作日内"), by=cast.office, on=TODAY, version=1, slot="feedback_days", value=five)
    page = enter(cast.office).get(version.get_absolute_url()).content.decode()
    assert page.count("形成规则：首次反馈时限") == 1 and page.count("不另立规则") == 1


def test_without_script_the_click_comes_back_to_the_row(cast, enter, version, duty):
    one = duty("5个工作日内")
    answer = enter(cast.office).post(
        reverse("plan:confirm_many", args=[version.pk]), {"submission": key(), "only": f"{one.pk}:1"}
    )
    assert answer.status_code == 302 and answer["Location"] == f"{version.get_absolute_url()}#duty-{one.pk}"


def test_ticked_rows_are_decided_together(cast, enter, version):
    rows = list(Duty.objects.filter(clause__version=version)[:3])
    sent = {"submission": key(), "pick": [f"{one.pk}:1" for one in rows]}
    enter(cast.office).post(reverse("plan:drop_many", args=[version.pk]), sent)
    assert Duty.objects.filter(state="DROPPED").count() == 3


@pytest.mark.parametrize("picks", [[], ["x"], ["1"], [":"], ["999999:1"], ["1:2:3"], ["²:1"]])
def test_odd_picks_change_nothing(cast, enter, version, picks):
    answer = enter(cast.office).post(
        reverse("plan:confirm_many", args=[version.pk]), {"submission": key(), "pick": picks}
    )
    assert answer.status_code == 302 and not Duty.objects.exclude(state="PROPOSED").exists()


def test_a_repeated_form_decides_once(cast, enter, version, duty):
    one, client = duty("5个工作日内"), enter(cast.office)
    sent = {"submission": key(), "only": f"{one.pk}:1"}
    for _ in range(3):
        answer = client.post(reverse("plan:confirm_many", args=[version.pk]), sent)
        assert answer.status_code == 302 and answer["Location"].endswith(f"#duty-{one.pk}")
    assert Entry.objects.filter(act="plan.confirm_duty").count() == 1 and Rule.objects.count() == 1


def test_a_stale_confirm_meets_the_conflict_page_with_all_that_was_typed(cast, enter, duty):
    one = duty("5个工作日内")
    sent = words(one, act="五日内反馈办理情况")
    services.drop_duty(one, by=cast.office, on=TODAY, version=1)
    answer = enter(cast.office).post(reverse("plan:confirm", args=[one.pk]), sent)
    page = answer.content.decode()
    assert answer.status_code == 409 and "五日内反馈办理情况" in page and "标为不是任务" in page
    again = enter(cast.office).post(reverse("plan:confirm", args=[one.pk]), sent | {"submission": key(), "version": 2})
    one.refresh_from_db()
    assert again.status_code == 302 and (one.state, one.act) == ("CONFIRMED", "五日内反馈办理情况")


def test_a_stale_one_among_several_says_so_and_saves_nothing(cast, enter, version):
    rows = list(Duty.objects.filter(clause__version=version)[:2])
    services.drop_duty(rows[1], by=cast.office, on=TODAY, version=1)
    sent = {"submission": key(), "pick": [f"{one.pk}:1" for one in rows]}
    answer = enter(cast.office).post(reverse("plan:confirm_many", args=[version.pk]), sent)
    assert not re.search(r"\d+:1", re.sub(r"<[^>]*>", "", answer.content.decode()))
    assert answer.status_code == 409 and ">仍要提交<" not in answer.content.decode()
    assert not Duty.objects.filter(state="CONFIRMED").exists()


def test_the_form_stands_open_in_its_row_and_carries_the_measure(cast, enter, duty):
    one = duty("5个工作日内")
    client = enter(cast.office)
    part = client.get(reverse("plan:duty", args=[one.pk]), **HX).content.decode()
    assert "<html" not in part and 'value="5"' in part and 'value="WORKDAY" selected' in part
    whole = client.get(reverse("plan:duty", args=[one.pk])).content.decode()
    assert "<html" in whole and f'action="{reverse("plan:confirm", args=[one.pk])}"' in whole


def test_the_form_puts_words_right_and_confirms(cast, enter, duty):
    one = duty("5个工作日内")
    sent = words(one, number="3", unit="WORKDAY", owner_unit=cast.planning.pk)
    answer = enter(cast.office).post(reverse("plan:confirm", args=[one.pk]), sent)
    assert answer.status_code == 302
    one.refresh_from_db()
    assert (one.owner_unit, one.value) == (cast.planning, {"number": 3, "unit": "WORKDAY"})
    assert Rule.objects.get().value == {"number": 3, "unit": "WORKDAY"}


def test_leaving_the_measure_as_read_keeps_it_the_readers(cast, enter, duty):
    one = duty("5个工作日内")
    enter(cast.office).post(reverse("plan:confirm", args=[one.pk]), words(one, number="5", unit="WORKDAY"))
    one.refresh_from_db()
    assert one.value is None and Rule.objects.get().value["number"] == 5


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"act": ""}, "必填"),
        ({"number": "0"}, "0.5"),
        ({"number": "2.5", "unit": "WORKDAY"}, "整数"),
        ({"number": "5", "unit": ""}, "单位"),
        ({"slot": "no_such"}, "选择"),
        ({"owner_unit": "999999"}, "选择"),
    ],
)
@pytest.mark.parametrize("script", [True, False])
def test_bad_input_is_said_beside_its_field(cast, enter, duty, other, why, script):
    one = duty("5个工作日内")
    answer = enter(cast.office).post(
        reverse("plan:confirm", args=[one.pk]), words(one, **other), **(HX if script else {})
    )
    page = answer.content.decode()
    assert answer.status_code == 200 and "没有保存" in page and why in page
    assert ("<html" not in page) == script
    one.refresh_from_db()
    assert one.state == "PROPOSED"


def test_correcting_dropping_and_taking_back(cast, enter, duty):
    one, client = duty("5个工作日内"), enter(cast.office)
    client.post(reverse("plan:correct", args=[one.pk]), words(one, act="限时反馈"))
    one.refresh_from_db()
    assert (one.state, one.act) == ("PROPOSED", "限时反馈")
    client.post(reverse("plan:drop", args=[one.pk]), {"submission": key(), "version": 2, "reason": "重复"})
    one.refresh_from_db()
    assert (one.state, one.reason) == ("DROPPED", "重复")
    client.post(reverse("plan:restore", args=[one.pk]), {"submission": key(), "version": 3})
    one.refresh_from_db()
    assert one.state == "PROPOSED"


def test_opening_an_acts_address_leads_to_the_form(cast, enter, duty):
    one = duty("5个工作日内")
    for name in ("confirm", "correct", "drop", "restore"):
        answer = enter(cast.office).get(reverse(f"plan:{name}", args=[one.pk]))
        assert answer.status_code == 302 and answer["Location"] == reverse("plan:duty", args=[one.pk])


def test_a_confirmed_duty_leads_to_handing_out(cast, enter, version, duty):
    one = duty("5个工作日内")
    services.confirm_duty(one, by=cast.office, on=TODAY, version=1)
    page = enter(cast.office).get(reverse("plan:read", args=[version.pk])).content.decode()
    assert f"?clause={one.clause_id}&amp;duty={one.pk}" in page
    assert ">交办<" not in enter(cast.director).get(reverse("plan:read", args=[version.pk])).content.decode()


def test_filters_show_what_they_say(cast, enter, version, duty):
    one = duty("5个工作日内")
    services.confirm_duty(one, by=cast.office, on=TODAY, version=1)
    client = enter(cast.office)
    shown = {}
    for chosen in ("", "open", "confirmed", "dropped"):
        page = client.get(f"{version.get_absolute_url()}?show={chosen}").content.decode()
        shown[chosen] = re.findall(r'<li class="duty [^>]*id="duty-(\d+)"', page)
    assert shown["confirmed"] == [str(one.pk)] and shown["dropped"] == []
    assert len(shown["open"]) == len(shown[""]) - 1


def test_the_reading_screen_costs_the_same_for_any_plan(cast, enter, version):
    client = enter(cast.office)

    def cost(pk):
        with asked(client) as found:
            assert client.get(reverse("plan:read", args=[pk])).status_code == 200
        return len(found)

    more = PLAN + "".join(
        f"（{n}）加强{n}。局办公室每月通报{n}次，规划建设股建立台账。\n" for n in "三四五六七八九" * 8
    )
    large = services.import_plan(bureau=cast.bureau, content=more, title="长方案", by=cast.office, on=TODAY)
    assert Duty.objects.filter(clause__version=large).count() > 100
    cost(version.pk)
    assert cost(large.pk) == cost(version.pk)


def send_plan(client, **fields):
    return client.post(reverse("plan:import"), {"submission": key(), "text": "", "file": ""} | fields)


def test_pasting_imports_and_leads_to_the_reading_screen(cast, enter):
    answer = send_plan(enter(cast.office), text=PLAN.replace("\n", "\r\n"), document_no="云建发〔2026〕9号")
    version = PlanVersion.objects.get()
    assert answer.status_code == 302 and answer["Location"] == version.get_absolute_url()
    assert version.text == PLAN and version.plan.document_no == "云建发〔2026〕9号"


@pytest.mark.parametrize("name", ["方案.txt", "方案.md"])
def test_a_file_is_imported_and_can_be_had_back(cast, enter, name):
    client = enter(cast.office)
    answer = send_plan(client, file=SimpleUploadedFile(name, PLAN.encode()))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    version = PlanVersion.objects.get()
    back = client.get(reverse("plan:original", args=[version.pk]))
    assert b"".join(back.streaming_content) == PLAN.encode() and "attachment" in back["Content-Disposition"]
    client.force_login(cast.stranger)
    assert client.get(reverse("plan:original", args=[version.pk])).status_code == 404


def test_a_plan_without_a_file_has_no_original(cast, enter, version):
    assert enter(cast.office).get(reverse("plan:original", args=[version.pk])).status_code == 404


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "请选择方案文件"),
        ({"text": "没有条款的话。"}, "没有读到条款"),
        ({"text": PLAN, "from_on": "2026-12-01", "until_on": "2026-01-01"}, "颠倒"),
        ({"file": SimpleUploadedFile("方案.exe", b"MZ")}, "类型不支持"),
        ({"file": SimpleUploadedFile("方案.txt", PLAN.encode()), "text": PLAN}, "只要一样"),
    ],
)
def test_a_bad_import_is_said_in_place_and_nothing_is_saved(cast, enter, fields, why):
    answer = send_plan(enter(cast.office), **fields)
    assert answer.status_code == 200 and why in answer.content.decode()
    assert not Plan.objects.exists()


def test_the_same_text_again_gives_the_link(cast, enter, version):
    page = send_plan(enter(cast.office), text=PLAN).content.decode()
    assert "不用重复导入" in page and f'href="{version.get_absolute_url()}"' in page
    assert Plan.objects.count() == 1


def test_a_repeated_import_makes_one_plan(cast, enter):
    client, sent = enter(cast.office), {"submission": key(), "text": PLAN}
    first, second = (client.post(reverse("plan:import"), sent) for _ in range(2))
    assert first["Location"] == second["Location"] and Plan.objects.count() == 1


def test_the_preview_says_what_will_be_read_and_keeps_nothing(cast, enter):
    client, url = enter(cast.office), reverse("plan:preview")
    page = client.post(url, {"file": SimpleUploadedFile("方案.txt", PLAN.encode("gb18030"))}).content.decode()
    assert "件件有回音" in page and "<html" not in page
    assert "没有读到条款" in client.post(url, {"text": "你好。"}).content.decode()
    assert "还没有保存" in client.post(url, {}).content.decode()
    assert not Plan.objects.exists() and not StagedUpload.objects.exists()
    assert enter(cast.chief).post(url, {"text": PLAN}).status_code == 403


def test_the_rules_page_says_which_speaks_and_why(cast, enter, version, duty):
    services.confirm_duty(duty("5个工作日内"), by=cast.office, on=TODAY, version=1)
    page = enter(cast.chief).get(reverse("plan:rules")).content.decode()
    row = page[page.index('id="slot-feedback_days"') : page.index('id="slot-staged_feedback"')]
    assert "5个工作日内" in row and "方案条款" in row and "不采用系统默认" in row and "本局决定" not in row
    assert "没有规定" in page[page.index('id="slot-study_days_year"') : page.index('id="slot-study_weekly"')]
    assert "《信访工作条例》第二十三条" in page


def decision(**other):
    given = {"number": "3", "unit": "WORKDAY", "citation": "局党委会2026年第12号纪要", "from_on": "2026-12-01"}
    return {"submission": key()} | given | other


def test_a_decision_of_the_bureau_with_its_paper(cast, enter):
    client = enter(cast.office)
    sent = decision(paper=SimpleUploadedFile("纪要.pdf", b"%PDF-1.7 x"), decided_by=cast.director.pk)
    answer = client.post(reverse("plan:decide", args=["feedback_days"]), sent)
    made = Rule.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"{reverse('plan:rules')}#slot-feedback_days"
    assert (made.source, made.value["number"], made.paper.name) == ("BUREAU", 3, "纪要.pdf")
    back = client.get(reverse("plan:paper", args=[made.pk]))
    assert b"".join(back.streaming_content) == b"%PDF-1.7 x"
    assert enter(cast.stranger).get(reverse("plan:paper", args=[made.pk])).status_code == 404


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"number": ""}, "必填"),
        ({"number": "2.5"}, "整数"),
        ({"citation": ""}, "必填"),
        ({"unit": "TIME"}, "选择"),
    ],
)
def test_a_bad_decision_is_said_in_place(cast, enter, other, why):
    page = enter(cast.office).post(reverse("plan:decide", args=["feedback_days"]), decision(**other)).content.decode()
    assert why in page and "没有保存" in page and not Rule.objects.exists()


def test_a_decision_is_ended_with_its_reason(cast, enter):
    made = services.decide_rule(
        cast.bureau, "feedback_days", value={"number": 3, "unit": "WORKDAY"}, citation="纪要", by=cast.office, on=TODAY
    )
    client, url = enter(cast.office), reverse("plan:end_rule", args=[made.pk])
    assert client.get(url).status_code == 200
    assert "没有保存" in client.post(url, {"submission": key(), "reason": ""}).content.decode()
    assert client.post(url, {"submission": key(), "reason": "按上级规定"}).status_code == 302
    made.refresh_from_db()
    assert made.void


@pytest.mark.parametrize("slot", ["no_such", "publicity"])
def test_what_has_no_parameter_has_no_decision(cast, enter, slot):
    assert enter(cast.office).get(reverse("plan:decide", args=[slot])).status_code == 404
