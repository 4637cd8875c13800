"""Every act's address: done, refused to others and in other states, stale, badly filled; what pages show to whom."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.problems import services
from luoshi.problems.forms import FORMS
from luoshi.problems.models import Problem, ProblemEvidence
from luoshi.problems.rules import MOVES, WORDS
from luoshi.problems.tests.life import DAY, Life, at
from luoshi.records.models import Entry

pytestmark = pytest.mark.django_db
PLAN = {"cause": "巡查不到位", "measure": "更换井盖", "due_on": "2026-12-18", "pace": "BY_DATE"}


@dataclass(frozen=True)
class Case:
    """One act: in which state it is made, by whom, with which fields, where it leads, what the form refuses."""

    state: str
    who: str
    to: str
    fields: dict = field(default_factory=dict)
    bad: dict | None = None
    other: str = "neighbour"
    """Somebody who sees it and may not (or, being of another unit, does not see it: 404)."""


CASES = {
    "confirm": Case("FOUND", "chief", "CONFIRMED", other="handler"),
    "start": Case("FOUND", "chief", "RECTIFYING", PLAN, {**PLAN, "due_on": "2020-01-01"}, other="handler"),
    "report": Case("RECTIFYING", "handler", "RECTIFYING", {"note": "已换一处"}, {"note": " "}, other="verifier"),
    "apply": Case("RECTIFYING", "handler", "RECTIFYING", {"note": "已更换"}, {"note": ""}, other="verifier"),
    "accept": Case("APPLIED", "verifier", "CLOSED", {"way": "现场查看", "note": "已换"}, {"way": "听说"},
                   other="handler"),
    "return_closing": Case("APPLIED", "verifier", "RECTIFYING", {"reason": "没换完"}, {"reason": ""}, other="chief"),
    "rebound": Case("CLOSED", "inspector", "RECTIFYING", {"reason": "又松了", "due_on": "2026-12-31"},
                    {"reason": "又松了"}, other="chief"),
    "reschedule": Case("RECTIFYING", "leader", "RECTIFYING", {"reason": "缺货", "due_on": "2026-12-31"},
                       {"reason": "缺货", "due_on": "2020-01-01"}, other="chief"),
    "see_again": Case("RECTIFYING", "handler", "RECTIFYING",
                      {"source": "VISIT", "seen_on": "2026-09-29", "words_said": "又松了"},
                      {"source": "VISIT", "seen_on": "2026-09-30"}, other="stranger"),
    "dismiss": Case("CONFIRMED", "office", "DISMISSED", {"reason": "属市政公司"}, {"reason": ""}, other="chief"),
    "order": Case("FOUND", "office", "RECTIFYING",
                  {**PLAN, "source_note": "纪要第9期", "decided_on": "2026-09-29", "units": "planning",
                   "decided_by": "leader"},
                  {**PLAN, "source_note": "", "decided_on": "2026-09-29", "units": "planning", "decided_by": "leader"},
                  other="chief"),
}  # fmt: skip


@pytest.fixture
def life(cast, monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", f"{DAY.isoformat()}T10:00")
    return Life(cast)


def send(client, problem, move, fields, cast, version=None):
    told = {name: getattr(cast, value).pk if hasattr(cast, str(value)) else value for name, value in fields.items()}
    data = {"submission": str(uuid.uuid4()), "version": problem.version if version is None else version, **told}
    return client.post(reverse(f"problems:{move}", args=[problem.public_id]), data)


def acts_left() -> int:
    return Entry.objects.filter(act__startswith="problems.").count()


@pytest.mark.parametrize("move", CASES)
def test_an_act_is_done_and_leads_back(life, cast, enter, move):
    case = CASES[move]
    problem = life.to(case.state)
    client = enter(getattr(cast, case.who))
    page = client.get(reverse(f"problems:{move}", args=[problem.public_id]))
    assert page.status_code == 200 and MOVES[move].label in page.content.decode()
    answer = send(client, problem, move, case.fields, cast)
    assert answer.status_code == 302 and answer["Location"] == problem.get_absolute_url(), answer.content.decode()
    problem.refresh_from_db()
    assert problem.state == case.to
    assert client.get(problem.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("move", CASES)
def test_an_act_is_refused_to_whoever_has_no_part_in_it(life, cast, enter, move):
    case = CASES[move]
    problem = life.to(case.state)
    before = acts_left()
    answer = send(enter(getattr(cast, case.other)), problem, move, case.fields, cast)
    assert answer.status_code in (403, 404, 409) and acts_left() == before


@pytest.mark.parametrize("move", [name for name, case in CASES.items() if case.bad is not None])
def test_a_badly_filled_form_comes_back_and_changes_nothing(life, cast, enter, move):
    case = CASES[move]
    problem = life.to(case.state)
    before = acts_left()
    answer = send(enter(getattr(cast, case.who)), problem, move, case.bad, cast)
    assert answer.status_code == 200 and "没有保存" in answer.content.decode() and acts_left() == before


@pytest.mark.parametrize("move", [name for name in CASES if name not in WORDS])
def test_a_form_opened_before_somebody_else_acted_is_answered_with_what_happened(life, cast, enter, move):
    case = CASES[move]
    problem = life.to(case.state)
    before = acts_left()
    answer = send(enter(getattr(cast, case.who)), problem, move, case.fields, cast, version=problem.version - 1)
    assert answer.status_code == 409 and acts_left() == before


@pytest.mark.parametrize("move", FORMS)
def test_in_a_wrong_state_the_address_says_why_and_leads_back(life, cast, enter, move):
    problem = life.to("CLOSED") if move not in ("rebound", "look_back", "see_again") else life.open()
    if move == "see_again":
        return
    answer = enter(cast.office).get(reverse(f"problems:{move}", args=[problem.public_id]), follow=True)
    assert answer.redirect_chain == [(problem.get_absolute_url(), 302)]
    assert 'class="message' in answer.content.decode() or "alert" in answer.content.decode()


def test_the_second_look_either_holds_or_opens_the_next_round(life, cast, enter, monkeypatch):
    first, second = life.to("CLOSED"), life.to("CLOSED")
    monkeypatch.setenv("LUOSHI_NOW", "2026-12-29T10:00")
    client = enter(cast.inspector)
    send(client, first, "look_back", {"held": "yes", "note": "完好"}, cast)
    bad = send(client, second, "look_back", {"held": "no"}, cast)
    assert "请写明看到的情况" in bad.content.decode() and "请定新的整改时限" in bad.content.decode()
    send(client, second, "look_back", {"held": "no", "note": "又松了", "due_on": "2027-01-15"}, cast)
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.standing, second.state, second.cycle) == ("已解决", "RECTIFYING", 2)


def test_registering_asks_for_two_fields_and_shows_what_sounds_alike(life, cast, enter):
    life.open(title="向阳小区南门窨井盖松动")
    client = enter(cast.handler)
    url = reverse("problems:open")
    page = client.get(url).context["form"]
    assert [name for name, one in page.fields.items() if one.required and not page[name].value()] == ["title"]
    assert page["unit"].value() == cast.planning.pk
    told = client.get(reverse("problems:similar"), {"title": "向阳小区窨井盖松动"}).content.decode()
    assert "向阳小区南门窨井盖松动" in told and "又有人反映" in told
    data = {"submission": str(uuid.uuid4()), "title": "路灯不亮", "unit": cast.planning.pk, "source": "VISIT",
            "found_on": "2026-09-29"}  # fmt: skip
    assert "没有保存" in client.post(url, {**data, "title": ""}).content.decode()
    answer = client.post(url, data)
    made = Problem.objects.latest("id")
    assert (answer.status_code, answer["Location"], made.title) == (302, made.get_absolute_url(), "路灯不亮")
    assert client.post(url, data)["Location"] == made.get_absolute_url() and Problem.objects.count() == 2


def test_what_is_amended_is_only_what_was_changed(life, cast, enter):
    problem = life.to("RECTIFYING", tags=["慢"])
    client = enter(cast.office)
    url = reverse("problems:amend", args=[problem.public_id])
    page = client.get(url)
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    data |= {"title": "南门窨井盖松动", "found_on": "2026-09-29", "submission": str(uuid.uuid4())}
    assert client.post(url, data).status_code == 302
    problem.refresh_from_db()
    assert problem.title == "南门窨井盖松动"
    assert [row[0] for row in problem.events.latest("id").data["changed"]] == ["问题"]


@pytest.mark.clause("2.2.3.7")
def test_a_personal_item_answers_404_to_everybody_but_two(life, cast, enter):
    one = life.item()
    for name in ("director", "leader", "office", "verifier", "inspector", "discipline", "second_handler", "stranger"):
        assert enter(getattr(cast, name)).get(one.get_absolute_url()).status_code == 404, name
    for name in ("handler", "chief"):
        page = enter(getattr(cast, name)).get(one.get_absolute_url())
        assert page.status_code == 200 and "只有本人和审核人能看" in page.content.decode()


def test_evidence_is_downloaded_by_whoever_sees_the_problem_and_that_is_on_record(life, cast, enter):
    problem = life.to("RECTIFYING")
    client = enter(cast.handler)
    data = {"submission": str(uuid.uuid4()), "version": problem.version, "note": "已更换",
            "files": SimpleUploadedFile("更换后.txt", "换好了".encode())}  # fmt: skip
    client.post(reverse("problems:apply", args=[problem.public_id]), data)
    proof = ProblemEvidence.objects.get()
    url = reverse("problems:evidence", args=[problem.public_id, proof.evidence_id])
    answer = enter(cast.verifier).get(url)
    assert b"".join(answer) == "换好了".encode() and Entry.objects.filter(act="problems.take_copy").count() == 1
    assert enter(cast.neighbour).get(url).status_code == 404


def test_a_page_costs_the_same_with_a_long_story(life, cast, enter):
    short, long = life.to("APPLIED"), life.open()
    life.order(long, cast.planning, cast.quality)
    for _ in range(6):
        services.see_again(long, source="VISIT", seen_on=DAY, words="又松了", by=cast.handler, on=DAY, now=at(DAY))
    client = enter(cast.office)

    def cost(problem) -> int:
        client.get(problem.get_absolute_url())
        counts = []
        for _ in range(3):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get(problem.get_absolute_url())
            counts.append(len(seen))
        return min(counts)

    first = cost(long)
    for _ in range(10):
        services.see_again(long, source="VISIT", seen_on=DAY, words="又松了", by=cast.handler, on=DAY, now=at(DAY))
    assert cost(long) == first <= 40 and cost(short) <= 40
