"""本局要定一次的事: shapes and their errors, the list, one by one and all at once, what it moves."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.urls import reverse

from luoshi.lib.clock import SHANGHAI
from luoshi.lib.lifecycle import NotAllowed
from luoshi.plan import queries, services
from luoshi.plan.models import Rule
from luoshi.plan.once import ONCE
from luoshi.plan.rules import BadValue, Choice, Number, Several, Table, Weights, dump, from_obligation, parse
from luoshi.plan.slots import RULED
from luoshi.plan.tests.conftest import TODAY
from luoshi.records.models import Entry
from tests.counting import asked

PAPER = "局党委会2026年第12号纪要"
WEIGHTS = {"grid-0-0": "县委县政府交办", "grid-1-0": "重点项目", "grid-2-0": "重点工作"}


def sent(page, **data):
    key = page.context["form"]["submission"].value()
    return {"submission": key, "citation": PAPER, "from_on": "2026-11-24", **data}


def post(client, slot, query="", **data):
    url = reverse("plan:decide", args=[slot]) + query
    return client.post(url, sent(client.get(url), **data))


def rule(cast, slot):
    return queries.rule(slot, bureau_id=cast.bureau.pk, on=TODAY)


@pytest.mark.parametrize("key", ONCE)
def test_every_decision_is_a_slot_with_a_typed_cited_default(key):
    slot, once = RULED[key], ONCE[key]
    standing = slot.standing()
    assert standing is not None and standing.source in ("PRODUCT", "REGULATION") and standing.citation
    assert slot.checked(standing.value) == standing.value and slot.words(standing.value)
    assert once.question.endswith(("？", "。")) and once.affects.endswith("。") and slot.ids


def test_all_that_a_bureau_decides_once_is_asked():
    wanted = {
        "day_zero", "strike_window", "objection_days", "review_days", "lamp_yellow_days", "board_cases_by",
        "peer_groups", "block_weights", "excellent_rounding", "gift_thresholds", "hotline_classes", "approval_classes",
        "tolerance_accept_days", "tolerance_decide_days", "tolerance_serve_days", "study_unit", "section_leaders",
        "publication_scope", "holiday_loader", "organisation_names", "document_codes",
    }  # fmt: skip
    assert wanted <= set(ONCE)
    told = {key: str(parse(RULED[key].shape, RULED[key].standing().value)) for key in wanted}
    assert told["block_weights"] == "县委县政府交办40%、重点项目35%、重点工作25%"
    assert [told[f"tolerance_{step}_days"] for step in ("accept", "decide", "serve")] == [
        "5个工作日内", "20个工作日内", "5个工作日内",
    ]  # fmt: skip
    assert (told["objection_days"], told["review_days"], told["lamp_yellow_days"]) == (
        "5个工作日内", "10个工作日内", "2个工作日内",
    )  # fmt: skip


@pytest.mark.parametrize(
    "one",
    [
        Number(20, "PERCENT"), Choice("A", "甲"), Several(("A", "B"), ("甲", "乙")),
        Weights((("甲", 60), ("乙", 40))), Table(("类别", "时限"), (("咨询", "1"),)),
    ],
)  # fmt: skip
def test_new_shapes_survive_storage_and_no_sentence_states_them(one):
    assert parse(one.shape, dump(one)) == one
    assert from_obligation(one.shape, {"quantity": 20, "unit": "%", "period": "每年"}) is None


@pytest.mark.parametrize(
    ("shape", "value", "why"),
    [
        ("NUMBER", {"number": 120, "unit": "PERCENT"}, "不能超过100"),
        ("NUMBER", {"number": -1, "unit": "YUAN"}, "0以上"),
        ("NUMBER", {"number": 3, "unit": "MILE"}, "单位"),
        ("CHOICE", {"choice": "", "label": "x"}, "选一种"),
        ("SEVERAL", {"choices": [], "labels": []}, "至少选一项"),
        ("SEVERAL", {"choices": ["A", "A"], "labels": ["甲", "甲"]}, "不要重复"),
        ("WEIGHTS", {"weights": [["甲", 60], ["乙", 30]]}, "现在是90"),
        ("WEIGHTS", {"weights": [["甲", 130], ["乙", -30]]}, "负数"),
        ("WEIGHTS", {"weights": "甲"}, "不完整"),
        ("TABLE", {"columns": ["类别"], "rows": []}, "至少填一行"),
        ("TABLE", {"columns": ["类别", "时限"], "rows": [["咨询", ""]]}, "第1行没有填全"),
        ("TABLE", {"columns": ["类别", "时限"], "rows": [["咨询", "1"], ["咨询", "2"]]}, "写了两行"),
        ("TABLE", {"columns": ["类别"], "rows": [["长" * 61]]}, "超过60个字"),
    ],
)
def test_what_is_no_value_is_refused_in_chinese(shape, value, why):
    with pytest.raises(BadValue, match=why):
        parse(shape, value)


@pytest.mark.parametrize(
    ("slot", "value", "why"),
    [
        ("peer_groups", {"choice": "NOBODY", "label": "x"}, "所列的办法"),
        ("section_leaders", {"choices": ["SYSTEM_ADMIN"], "labels": ["x"]}, "所列的各项"),
        ("block_weights", {"weights": [["别的", 60], ["两块", 40]]}, "名称不能改"),
        ("load_share", {"number": 20, "unit": "YUAN"}, "单位不能改"),
        ("hotline_classes", {"columns": ["甲", "乙", "丙"], "rows": [["咨询", "一", "0"]]}, "应填整数"),
        ("publication_scope", {"columns": ["甲", "乙"], "rows": [["通报", "全网"]]}, "社会公开"),
        ("document_codes", {"columns": [], "rows": [["局", "×住建字", "多的"]]}, "填全|列数"),
    ],
)
def test_a_value_must_be_its_slots_own(cast, slot, value, why):
    with pytest.raises(NotAllowed, match=why):
        services.decide_rule(cast.bureau, slot, value=value, citation=PAPER, by=cast.office, on=TODAY)
    assert not Rule.objects.exists()


def test_a_choice_is_kept_in_the_slots_words_whatever_the_form_said(cast):
    made = services.decide_rule(
        cast.bureau,
        "peer_groups",
        value={"choice": "TOGETHER", "label": "乱写"},
        citation=PAPER,
        by=cast.office,
        on=TODAY,
    )
    assert made.value == {"choice": "TOGETHER", "label": "所有单位、股室合在一起排名"}


def test_everything_is_open_at_first_and_nothing_is_blocked(cast):
    lines = queries.once_lines(bureau_id=cast.bureau.pk, on=TODAY)
    assert len(lines) == len(ONCE) and all(one.open and one.spoke for one in lines)
    assert queries.undecided(cast.bureau.pk) == list(ONCE)


def test_all_defaults_are_one_act_on_one_paper_and_each_can_change_later(cast):
    made = services.accept_defaults(
        cast.bureau, citation=PAPER, by=cast.office, on=TODAY, decided_by=cast.director, decided_on=date(2026, 11, 20)
    )
    assert len(made) == len(ONCE) == Entry.objects.filter(act="plan.accept_defaults").count() * len(ONCE)
    assert {one.citation for one in made} == {PAPER} and {one.decided_by for one in made} == {cast.director}
    assert queries.undecided(cast.bureau.pk) == []
    spoke = rule(cast, "block_weights")
    assert (spoke.source, [one.source for one in spoke.overruled]) == ("BUREAU", ["PRODUCT"])
    again = services.decide_rule(
        cast.bureau, "study_unit", value={"choice": "DAY", "label": "x"}, citation="第13号纪要",
        by=cast.office, on=TODAY, from_on=date(2027, 1, 1),
    )  # fmt: skip
    assert (again.number, again.supersedes.value["choice"]) == (2, "HALF_DAY")
    assert rule(cast, "study_unit").value["choice"] == "HALF_DAY"
    later = queries.rule("study_unit", bureau_id=cast.bureau.pk, on=date(2027, 1, 1))
    assert later.value["choice"] == "DAY"


def test_accepting_leaves_what_was_decided_and_is_refused_the_second_time(cast):
    services.decide_rule(
        cast.bureau,
        "peer_groups",
        value={"choice": "TOGETHER", "label": "x"},
        citation="先定的",
        by=cast.office,
        on=TODAY,
    )
    assert len(services.accept_defaults(cast.bureau, citation=PAPER, by=cast.office, on=TODAY)) == len(ONCE) - 1
    assert rule(cast, "peer_groups").citation == "先定的"
    with pytest.raises(NotAllowed, match="都已定过"):
        services.accept_defaults(cast.bureau, citation=PAPER, by=cast.office, on=TODAY)


def test_a_decision_that_was_stopped_is_open_again_and_its_number_goes_on(cast):
    first = services.accept_defaults(cast.bureau, citation=PAPER, by=cast.office, on=TODAY)[0]
    services.end_rule(first, reason="重新研究", by=cast.office, on=date(2026, 12, 1))
    assert queries.undecided(cast.bureau.pk) == [first.slot]
    (again,) = services.accept_defaults(cast.bureau, citation="第14号", by=cast.office, on=date(2026, 12, 2))
    assert (again.slot, again.number) == (first.slot, 2)


@pytest.mark.parametrize("who", ["director", "leader", "handler", "stranger"])
def test_only_the_office_accepts(cast, who):
    with pytest.raises(NotAllowed, match="局办公室"):
        services.accept_defaults(cast.bureau, citation=PAPER, by=getattr(cast, who), on=TODAY)
    assert not Rule.objects.exists()


def test_the_paper_is_asked_for(cast):
    with pytest.raises(NotAllowed, match="写明依据"):
        services.accept_defaults(cast.bureau, citation=" ", by=cast.office, on=TODAY)


@pytest.mark.parametrize(
    ("slot", "data", "value"),
    [
        ("day_zero", {"choice": "SAME_DAY"}, {"choice": "SAME_DAY", "label": "送达当天就是第1日"}),
        ("section_leaders", {"choices": ["LEADER", "CHIEF", "HEAD"]},
         {"choices": ["CHIEF", "LEADER", "HEAD"], "labels": ["主要领导", "分管领导", "单位负责人"]}),
        ("load_share", {"number": "25"}, {"number": 25, "unit": "PERCENT"}),
        ("block_weights", {**WEIGHTS, "grid-0-1": "50", "grid-1-1": "30", "grid-2-1": "20"},
         {"weights": [["县委县政府交办", 50], ["重点项目", 30], ["重点工作", 20]]}),
        ("document_codes", {"grid-0-0": "局", "grid-0-1": "云住建字", "grid-1-0": "", "grid-1-1": ""},
         {"columns": ["发文名义", "代字"], "rows": [["局", "云住建字"]]}),
        ("tolerance_decide_days", {"number": "15", "unit": "WORKDAY"}, {"number": 15, "unit": "WORKDAY"}),
    ],
)  # fmt: skip
def test_each_shape_is_decided_on_its_form(cast, enter, slot, data, value):
    answer = post(enter(cast.office), slot, "?once=1", **data)
    assert answer.status_code == 302 and answer.url == f"{reverse('plan:decisions')}#once-{slot}"
    assert rule(cast, slot).value == value


@pytest.mark.parametrize(
    ("slot", "data", "why"),
    [
        ("day_zero", {}, "请选择"),
        ("section_leaders", {}, "至少选一项"),
        ("load_share", {"number": "150"}, "不能超过100"),
        ("block_weights", {**WEIGHTS, "grid-0-1": "50", "grid-1-1": "30", "grid-2-1": "10"}, "现在是90"),
        ("block_weights", {**WEIGHTS, "grid-0-1": "五十", "grid-1-1": "30", "grid-2-1": "20"}, "应填整数"),
        ("document_codes", {"grid-0-0": "局", "grid-0-1": ""}, "没有填“代字”"),
        ("hotline_classes", {"grid-0-0": "咨询", "grid-0-1": "1天", "grid-0-2": "0"}, "应填整数"),
    ],
)
def test_a_bad_form_says_what_to_do_and_keeps_what_was_typed(cast, enter, slot, data, why):
    answer = post(enter(cast.office), slot, **data)
    body = answer.content.decode()
    assert answer.status_code == 200 and why in body
    assert all(str(typed) in body for typed in data.values())
    assert not Rule.objects.exists()


def test_the_guided_round_goes_from_one_to_the_next(cast, enter):
    client = enter(cast.office)
    first, second = list(ONCE)[:2]
    answer = post(client, first, "?guided=1", choice="NEXT_DAY")
    assert answer.url == f"{reverse('plan:decide', args=[second])}?guided=1"
    page = client.get(answer.url).content.decode()
    assert f"还有{len(ONCE) - 1}项" in page and PAPER in page


def test_the_page_shows_what_is_open_and_who_decided(cast, enter):
    services.decide_rule(
        cast.bureau, "peer_groups", value={"choice": "TOGETHER", "label": "x"}, citation=PAPER, by=cast.office,
        on=TODAY,
        decided_by=cast.director, decided_on=date(2026, 11, 20),
    )  # fmt: skip
    page = enter(cast.office).get(reverse("plan:decisions")).content.decode()
    assert f"还有<strong>{len(ONCE) - 1}</strong>项未定" in page
    assert str(cast.director) in page and "2026-11-20" in page and PAPER in page
    told = enter(cast.handler).get(reverse("plan:decisions")).content.decode()
    assert "去定" not in told and "按默认定下" not in told


def test_the_list_costs_the_same_whatever_was_decided(cast, enter):
    services.accept_defaults(cast.bureau, citation=PAPER, by=cast.office, on=TODAY, decided_by=cast.director)
    client = enter(cast.office)
    client.get(reverse("plan:decisions"))
    with asked(client) as seen:
        client.get(reverse("plan:decisions"))
    assert len(seen) <= 14


def test_accepting_on_screen(cast, enter):
    client = enter(cast.office)
    url = reverse("plan:accept_defaults")
    data = sent(client.get(url))
    assert client.post(url, data).url == reverse("plan:decisions")
    assert Rule.objects.count() == len(ONCE)
    assert client.post(url, data).status_code == 302 and Rule.objects.count() == len(ONCE)
    assert client.get(url).status_code == 200
    assert enter(cast.leader).get(url).status_code == 403


@pytest.mark.clause("2.2.5.1d")
@pytest.mark.parametrize(("choice", "due"), [("NEXT_DAY", date(2026, 12, 1)), ("SAME_DAY", date(2026, 11, 30))])
def test_the_start_of_the_five_working_days_moves_the_feedback_date(cast, choice, due):
    from luoshi.matters import services as matters

    services.decide_rule(
        cast.bureau, "day_zero", value={"choice": choice, "label": "x"}, citation=PAPER, by=cast.office, on=TODAY
    )
    matter = matters.open_matter(
        bureau=cast.bureau, title="清查外墙隐患", source="KEY_WORK", lead_unit=cast.planning, leader=cast.leader,
        due_on=date(2026, 12, 31), by=cast.office, on=TODAY,
    )  # fmt: skip
    matters.approve(matter, by=cast.leader, on=TODAY)
    matters.assign(matter, by=cast.office, on=TODAY, now=datetime.combine(TODAY, time(9), SHANGHAI))
    matter.refresh_from_db()
    assert matter.feedback_due_on == due
    reached = matter.deadlines.get(kind="FIRST_FEEDBACK").basis["reached"]
    assert (PAPER in reached) == (choice == "SAME_DAY")
