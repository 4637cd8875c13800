"""The screen's acts beyond yes and no: what each answers, only the parts that changed, and what it costs."""

from __future__ import annotations

import json
import re
import uuid

import pytest
from django.urls import reverse

from luoshi.plan import queries, services
from luoshi.plan.models import Clause, Duty, Rule
from luoshi.plan.tests.conftest import PLAN, TODAY
from luoshi.records.models import Entry
from tests.counting import asked

HX = {"HTTP_HX_REQUEST": "true"}
TWO = "二/1/二是"


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T09:30")


def key():
    return str(uuid.uuid4())


def of_clause(version, path=TWO):
    return list(Duty.objects.filter(clause__version=version, clause__path=path).order_by("start", "pk"))


def picks(duties):
    return {"submission": key(), "pick": [f"{one.pk}:{one.version}" for one in duties]}


def clause(version, path):
    return Clause.objects.get(version=version, path=path)


def span(version, words):
    at = version.text.index(words)
    return f"{at}-{at + len(words)}"


def done(answer):
    assert answer.status_code == 200 and answer.headers["HX-Reswap"] == "none", answer.content.decode()[:500]
    return json.loads(answer.headers["HX-Trigger-After-Settle"])["plan:done"]


def test_merging_answers_what_goes_what_comes_and_the_line_of_the_text(cast, enter, version):
    two, before = of_clause(version), of_clause(version, "二/1/一是")[-1]
    answer = enter(cast.office).post(reverse("plan:merge", args=[version.pk]), picks(two), **HX)
    made = Duty.objects.get(origins__origin=two[0])
    assert done(answer) == {"here": made.pk, "said": "已把2项合并为1项"}
    page = answer.content.decode()
    for one in two:
        assert f'<li id="duty-{one.pk}" hx-swap-oob="delete"></li>' in page
    new = rf'<ol hx-swap-oob="afterend:#duty-{before.pk}">\s*<li class="duty duty-proposed" id="duty-{made.pk}"'
    assert re.search(new, page)
    assert re.search(f'<p class="block depth-2" id="clause-{made.clause_id}"[^>]*hx-swap-oob="true"', page)
    assert f"由第{two[0].order}、{two[1].order}项合并" in page and page.count('class="block') == 1
    assert 'id="progress" hx-swap-oob="true"' in page and 'id="many-key" hx-swap-oob="true"' in page


def test_without_script_merging_splitting_and_undoing_come_back_to_the_row(cast, enter, version):
    client = enter(cast.office)
    answer = client.post(reverse("plan:merge", args=[version.pk]), picks(of_clause(version)))
    made = Duty.objects.exclude(origins=None).get()
    assert answer.status_code == 302 and answer["Location"].endswith(f"#duty-{made.pk}")
    page = client.get(version.get_absolute_url()).content.decode()
    assert f'id="duty-{made.pk}"' in page and page.count("data-made") == 1
    answer = client.post(reverse("plan:unmake", args=[version.pk]), picks([made]))
    assert answer.status_code == 302 and answer["Location"].endswith(f"#duty-{of_clause(version)[0].pk}")
    assert [one.pk for one in Duty.objects.filter(state="REPLACED")] == [made.pk]


def test_a_refused_merge_says_why_and_a_repeated_one_makes_one(cast, enter, version):
    client, url = enter(cast.office), reverse("plan:merge", args=[version.pk])
    answer = client.post(url, picks(of_clause(version)[:1]), **HX)
    assert answer.status_code == 409 and "合并至少要选两项" in answer.content.decode()
    sent = picks(of_clause(version))
    first, second = client.post(url, sent), client.post(url, sent)
    assert first["Location"] == second["Location"] and Duty.objects.exclude(origins=None).count() == 1


def test_the_split_form_lists_the_pieces_and_splits(cast, enter, version):
    made = services.merge_duties([(one, 1) for one in of_clause(version)], by=cast.office, on=TODAY)
    client, url = enter(cast.office), reverse("plan:split", args=[made.pk])
    part = client.get(url, **HX).content.decode()
    cuts = re.findall(r'name="cuts" value="(\d+)"[^>]*checked', part)
    assert "<html" not in part and len(cuts) == 1 and "第一段：干部职工每人每年学习不少于20天" in part
    assert "<html" in client.get(url).content.decode()
    sent = {"submission": key(), "version": made.version, "cuts": cuts}
    answer = client.post(url, sent, **HX)
    assert done(answer)["said"] == "已拆成2项"
    page = answer.content.decode()
    assert len(re.findall(r"<li class=\"duty duty-proposed\"", page)) == 2 and page.count('hx-swap-oob="delete"') == 1


@pytest.mark.parametrize(
    ("data", "why"), [({"cuts": []}, "请至少选一处"), ({"cuts": ["7"]}, "重新选择"), ({"cuts": ["x"]}, "重新选择")]
)
@pytest.mark.parametrize("script", [True, False])
def test_bad_cuts_are_said_in_the_form(cast, enter, version, data, why, script):
    made = services.merge_duties([(one, 1) for one in of_clause(version)], by=cast.office, on=TODAY)
    sent = {"submission": key(), "version": made.version, **data}
    answer = enter(cast.office).post(reverse("plan:split", args=[made.pk]), sent, **(HX if script else {}))
    page = answer.content.decode()
    assert answer.status_code == 200 and why in page and ("<html" not in page) == script
    made.refresh_from_db()
    assert made.state == "PROPOSED"


def test_a_stale_split_meets_the_conflict_page(cast, enter, version):
    made = services.merge_duties([(one, 1) for one in of_clause(version)], by=cast.office, on=TODAY)
    services.confirm_duty(made, by=cast.office, on=TODAY, version=made.version)
    at = made.start + made.quote.index("每周")
    answer = enter(cast.office).post(
        reverse("plan:split", args=[made.pk]), {"submission": key(), "version": 1, "cuts": [at]}, **HX
    )
    assert answer.status_code == 409 and "别人已更新" in answer.content.decode()


def test_the_add_form_lists_the_sentences_and_ticks_the_first_that_nobody_read(cast, enter, version):
    page = enter(cast.office).get(reverse("plan:add", args=[clause(version, "二/4/一是").pk]), **HX).content.decode()
    boxes = re.findall(r'name="sentences" value="[\d-]+"([^>]*)>\s*([^<]+?)\s*<', page)
    assert [(words, "checked" in attrs) for attrs, words in boxes] == [
        ("管住接待（标题）", False),
        ("没有公函不接待", True),
    ]


def test_a_marked_stretch_fills_the_form_and_is_added(cast, enter, version):
    goal, client = clause(version, "一/1"), enter(cast.office)
    url, at = reverse("plan:add", args=[goal.pk]), span(version, "件件有人办，件件有结果。")
    page = client.get(f"{url}?span={at}", **HX).content.decode()
    assert "件件有人办，件件有结果</blockquote>" in page and 'name="sentences"' not in page
    chosen = re.search(r'name="chosen" value="([\d-]+)"', page)[1]
    answer = client.post(url, {"submission": key(), "chosen": chosen, "act": "件件有结果"}, **HX)
    made = Duty.objects.get(act="件件有结果")
    assert done(answer)["here"] == made.pk and made.quote == "件件有人办，件件有结果" and made.state == "CONFIRMED"
    page = answer.content.decode()
    assert f'id="mark-{goal.pk}"' in page and 'data-standing="SERVED"' in page and "人工添加" in page


def test_adding_only_proposes_where_that_button_was_pressed(cast, enter, version):
    goal = clause(version, "一/1")
    sent = {"submission": key(), "sentences": [span(version, "件件有人办，件件有结果")], "propose": "1"}
    answer = enter(cast.office).post(reverse("plan:add", args=[goal.pk]), sent)
    made = Duty.objects.get(by_person=True)
    assert answer.status_code == 302 and (made.state, made.clause) == ("PROPOSED", goal)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({}, "请选一句话"),
        ({"sentences": ["1-99999"]}, "重新选择"),
        ({"sentences": ["x"]}, "重新选择"),
        ({"chosen": "0-9999999"}, "不在这份方案"),
        ({"chosen": "9-1"}, "不在这份方案"),
        ({"chosen": "²-³"}, "写法有误"),
    ],
)
def test_a_bad_place_is_said_in_the_form_and_nothing_typed_is_lost(cast, enter, version, data, why):
    before = Duty.objects.count()
    sent = {"submission": key(), "act": "我写的词", **data}
    page = enter(cast.office).post(reverse("plan:add", args=[clause(version, "一/1").pk]), sent, **HX)
    assert page.status_code == 200 and why in page.content.decode() and "我写的词" in page.content.decode()
    assert Duty.objects.count() == before


def test_a_palette_gives_to_all_that_are_ticked_and_takes_away_again(cast, enter, version):
    two, client = of_clause(version), enter(cast.office)
    url = reverse("plan:assign", args=[version.pk])
    answer = client.post(url, picks(two) | {"owner_unit": cast.quality.pk, "leader": cast.leader.pk}, **HX)
    assert done(answer) == {"here": 0, "said": "已指定2项"}
    two = of_clause(version)
    assert {(one.owner_unit, one.leader) for one in two} == {(cast.quality, cast.leader)}
    client.post(url, picks(two) | {"leader": "-"}, **HX)
    assert {(one.owner_unit, one.leader) for one in of_clause(version)} == {(cast.quality, None)}
    client.post(url, picks(of_clause(version)) | {"slot": "study_weekly"}, **HX)
    assert {one.slot for one in of_clause(version)} == {"study_weekly"} and not Rule.objects.exists()


@pytest.mark.parametrize("data", [{}, {"owner_unit": "999999"}, {"leader": "x"}, {"slot": "no_such"}])
def test_a_bad_choice_is_refused_in_words(cast, enter, version, data):
    answer = enter(cast.office).post(reverse("plan:assign", args=[version.pk]), picks(of_clause(version)) | data, **HX)
    assert answer.status_code == 409 and re.search("请选择责任单位|重新选择", answer.content.decode())


def test_a_clause_is_marked_and_unmarked_in_place(cast, enter, version):
    goal, client = clause(version, "二/4"), enter(cast.office)
    answer = client.post(reverse("plan:no_duty", args=[goal.pk]), {"submission": key()}, **HX)
    assert done(answer)["said"].startswith("已标为无任务：4 严纪律")
    page = answer.content.decode()
    assert page.count('data-standing="NO_DUTY"') == 3 and "无任务3条" in page
    assert page.count('class="duty duty-dropped"') == len(of_clause(version, "二/4/二是")) + len(
        of_clause(version, "二/4/一是")
    )
    again = client.post(reverse("plan:no_duty", args=[goal.pk]), {"submission": key()}, **HX)
    assert again.status_code == 409 and "已标为没有任务" in again.content.decode()
    back = client.post(reverse("plan:has_duty", args=[goal.pk]), {"submission": key()})
    assert back.status_code == 302 and back["Location"] == goal.get_absolute_url()
    assert not Clause.objects.filter(no_duty=True).exists()


def test_confirming_tells_how_the_clauses_above_stand(cast, enter, version, duty):
    one = duty("5个工作日内")
    sent = {"submission": key(), "only": f"{one.pk}:1"}
    page = enter(cast.office).post(reverse("plan:confirm_many", args=[version.pk]), sent, **HX).content.decode()
    assert page.count('data-standing="SERVED"') == 3 and f"3 / {queries.accounting(version.pk).total}" in page


@pytest.mark.parametrize("who", ["director", "leader", "chief", "handler", "discipline", "stranger", "sysadmin"])
def test_only_the_office_enters_these_doors(cast, enter, version, who):
    client, two, goal = enter(getattr(cast, who)), of_clause(version), clause(version, "一")
    for name, args in {
        "plan:merge": [version.pk], "plan:unmake": [version.pk], "plan:assign": [version.pk],
        "plan:restore_many": [version.pk],
        "plan:split": [two[0].pk], "plan:add": [goal.pk], "plan:has_duty": [goal.pk],
    }.items():  # fmt: skip
        assert client.post(reverse(name, args=args), picks(two)).status_code in (403, 404), name
    assert not Entry.objects.exclude(act="plan.import_plan").filter(act__startswith="plan.").exists()


def test_another_bureaus_office_does_not_find_them(cast, enter, version):
    from luoshi.org import services as org

    org.appoint(cast.stranger, unit=cast.other_unit, duty="OFFICE", by=None, on=TODAY)
    client, two = enter(cast.stranger), of_clause(version)
    for name, args in {"plan:merge": [version.pk], "plan:split": [two[0].pk], "plan:add": [two[0].clause_id]}.items():
        assert client.post(reverse(name, args=args), picks(two)).status_code == 404, name


def test_others_see_how_clauses_stand_but_no_tools(cast, enter, version):
    page = enter(cast.director).get(version.get_absolute_url()).content.decode()
    assert 'class="clause-mark"' in page and "shape.js" not in page
    assert not re.search(r'<button[^>]*clause-mark|id="tools"|<dialog|data-many', page)


@pytest.mark.clause("2.0")
def test_nothing_becomes_a_rule_unconfirmed(cast, enter, version):
    """Whatever the office does with proposals short of confirming, no rule arises."""
    ruled = {"slot": "feedback_days", "value": {"number": 5, "unit": "WORKDAY"}}
    one, two = of_clause(version)
    by = {"by": cast.office, "on": TODAY}
    services.correct_duty(one, version=1, **ruled, **by)
    services.assign_many([(two, 1)], slot="study_weekly", **by)
    made = services.merge_duties([(one, one.version), (two, two.version)], **by)
    first, _ = services.split_duty(made, cuts=[made.start + made.quote.index("每周")], version=1, **by)
    services.undo_reshape(first, version=first.version, **by)
    start = version.text.index("每季度对重点工作进行打分")
    services.add_duty(version, start=start, end=start + 12, confirm=False, **by)
    services.mark_no_duty(clause(version, "二/4"), **by)
    services.unmark_no_duty(clause(version, "二/4"), **by)
    client = enter(cast.office)
    for show in ("", "open", "dropped"):
        assert client.get(f"{version.get_absolute_url()}?show={show}").status_code == 200
    assert not Rule.objects.exists() and not Duty.objects.filter(state="CONFIRMED").exists()


LONG = PLAN + "".join(
    f"（{sign}）加强第{n}项。局办公室每月通报{n}次进展，规划建设股建立台账；承办单位在{n + 1}个工作日内反馈，"
    f"{'认真落实各项要求并做好记录' * 9}。\n"
    for n, sign in enumerate("三四五六七八九" * 21, 1)
)


@pytest.fixture
def long(cast):
    found = services.import_plan(bureau=cast.bureau, content=LONG, title="长方案", by=cast.office, on=TODAY)
    assert len(found.text) > 20_000 and Duty.objects.filter(clause__version=found).count() > 400
    return found


def cost(client, version, name, data):
    with asked(client) as found:
        answer = client.post(reverse(name, args=[version.pk]), data, **HX)
        assert answer.status_code == 200, answer.content.decode()[:300]
    return len(found), len(answer.content)


def test_an_act_costs_the_same_and_answers_as_little_in_a_long_plan(cast, enter, version, long):
    client = enter(cast.office)
    client.get(long.get_absolute_url())
    told = {}
    for text in (version, long):
        two = of_clause(text)
        row = Duty.objects.filter(clause__version=text, slot="").order_by("order").first()
        one = {"submission": key(), "only": f"{row.pk}:{row.version}"}
        told[text] = [
            cost(client, text, "plan:drop_many", one),
            cost(client, text, "plan:assign", picks(two) | {"leader": cast.leader.pk}),
            cost(client, text, "plan:merge", picks(of_clause(text))),
        ]
    assert [queries for queries, _ in told[long]] == [queries for queries, _ in told[version]]
    assert max(size for _, size in told[long]) < 9_000
