"""Every page, as everybody, over one story with a poisoned matter: nothing runs, nothing leaks, nothing goes out."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from datetime import datetime, time

import pytest
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from luoshi.activities import services as activities
from luoshi.activities.models import Activity, Objection
from luoshi.activities.services import visits
from luoshi.commitments import services as promises
from luoshi.lib.clock import SHANGHAI
from luoshi.matters import services as matters
from luoshi.matters.models import Matter, Meeting, Recurrence, TaskList
from luoshi.org.access import declared_route
from luoshi.org.queries import held as duties_held
from luoshi.problems import services as problems
from luoshi.problems.models import Problem
from luoshi.publicity.models import Article
from tests.house import poison_cadres, private_words, year_places
from tests.house.conftest import STORY_DAY
from tests.house.test_routes import ALL

pytestmark = pytest.mark.django_db
POISON = "窨井普查<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"
CANARY = "窨井普查"
EVERYONE = (
    "director", "leader", "second_leader", "office", "verifier", "inspector", "chief", "handler", "neighbour",
    "discipline", "window", "stranger", "sysadmin", "secadmin", "auditor",
)  # fmt: skip
MAY_SEE = {"director", "leader", "office", "verifier", "inspector", "chief", "handler", "discipline"}
"""The issuing bureau's office, chiefs, verifier, inspection and discipline, the leader concerned, the lead unit."""
LIST_PAGES = ("task_list", "list_add", "list_carry_on", "list_edit", "list_archive", "list_paper")
CONCERN_PAGES = ("concern", "answer", "close", "hand_over", "list_problem", "reassign", "void_concern")
MEETING_PAGES = ("meeting", "meeting_edit", "meeting_void", "meeting_minutes")
MAY_SEE_TRAIL = {"auditor"}
"""The trail names what was done to which object; that is what the audit administrator is for."""


PROMISES: dict[str, list] = {}
"""The addresses of what `poison_promises` made."""


@pytest.fixture(scope="module")
def poisoned(world):
    """One more matter, of planning's, with markup in every text a person may type."""
    matter = matters.open_matter(
        bureau=world.bureau, title=POISON, requirement=POISON, source="KEY_WORK", source_title=POISON,
        lead_unit=world.planning, leader=world.leader, due_on=STORY_DAY.replace(month=12), by=world.office,
        on=STORY_DAY, clause=world.plan.clauses.get(path="二/第二阶段/3/二是"),
    )  # fmt: skip
    matters.approve(matter, by=world.leader, on=STORY_DAY)
    matters.assign(matter, by=world.office, on=STORY_DAY, now=datetime.combine(STORY_DAY, time(9), SHANGHAI))
    matters.accept(matter, by=world.chief, handler=world.handler, on=STORY_DAY)
    matters.feed_back(
        matter, by=world.handler, kind="PRELIMINARY", done=POISON, obstacles=POISON, next_step=POISON, on=STORY_DAY
    )
    poison_a_list(world)
    poison_a_trip(world)
    poison_a_problem(world)
    poison_a_visit(world)
    PROMISES.update(poison_promises(world))
    PROMISES.update(poison_articles(world))
    PROMISES.update(poison_cadres.poison(world, matter, POISON[:60], POISON.replace(CANARY, "表扬")))
    return matter


def poison_promises(world) -> dict[str, list]:
    """A published promise, a concern of planning's, a livelihood work; what everybody reads goes without CANARY."""
    plain, due = POISON.replace(CANARY, "承诺"), STORY_DAY.replace(month=12)
    found = promises.open_commitment(
        bureau=world.bureau, person=world.leader, year=STORY_DAY.year + 1, phone=plain[:40], by=world.leader,
        promises=[promises.Words(plain, plain, due)], on=STORY_DAY,
    )  # fmt: skip
    promises.publish(found, version=None, by=world.director, on=STORY_DAY)
    one = found.promises.get()
    told = promises.note_progress(one, words=plain, happened_on=STORY_DAY, by=world.chief, on=STORY_DAY)
    promises.amend(
        one, words=plain + "。", measure=plain, due_on=due, reason=plain, version=None, by=world.director, on=STORY_DAY
    )
    asked = promises.receive(
        bureau=world.bureau, kind="URGENT", title=POISON, words=POISON, from_whom=POISON[:60], received_on=STORY_DAY,
        leader=world.leader, unit=world.planning, by=world.office, on=STORY_DAY,
    )  # fmt: skip
    promises.answer(asked, words=POISON, version=None, by=world.chief, on=STORY_DAY)
    work = promises.Work(plain, plain, world.planning, world.leader, due)
    batch = promises.open_batch(
        bureau=world.bureau, year=STORY_DAY.year, title=plain, works=[work], by=world.office, on=STORY_DAY
    )
    names = ("progress", "fulfil", "amend", "link")
    return {
        **{f"commitments:{name}": [one.pk] for name in names},
        **{f"commitments:{name}": [asked.public_id] for name in CONCERN_PAGES},
        **{f"commitments:item_{name}": [batch.items.get().pk] for name in ("finish", "edit", "hand_over", "void")},
        **{
            name: [batch.public_id] for name in ("commitments:batch", "commitments:batch_add", "portal:livelihood_docx")
        },
        "commitments": [found.public_id],
        "commitments:void_progress": [told.pk],
        "portal:commitments_docx": [STORY_DAY.year + 1, "notice"],
    }


def poison_articles(world) -> dict[str, list]:
    """A published article that everybody reads, without CANARY, and a draft of planning's with it."""
    from luoshi.publicity import services

    plain = POISON.replace(CANARY, "稿件")
    told = {"bureau": world.bureau, "unit": world.planning, "by": world.handler, "on": STORY_DAY}
    article = services.write(kind="EXPERIENCE", title=plain[:120], body=f"一、{plain}\n{plain}", **told)
    services.submit(article, version=None, by=world.handler, on=STORY_DAY)
    for one in (world.chief, world.office, world.leader):
        services.review(article, words=plain, proofread=True, version=None, by=one, on=STORY_DAY)
    services.publish(article, no_secrets=True, no_burden=True, version=None, by=world.office, on=STORY_DAY)
    used = services.adopt(article, unit=world.housing, adopted_on=STORY_DAY, words=plain, by=world.office, on=STORY_DAY)
    draft = services.write(kind="CASE", title=POISON[:120], body=POISON, **told)
    public = Article.objects.get(state="PUBLISHED", scope="PUBLIC")
    line = services.add_outlet(public, medium=plain[:60], ran_on=STORY_DAY, link=plain, by=world.office, on=STORY_DAY)
    return {
        "publicity": [draft.public_id],
        **{f"publicity:{name}": [article.public_id] for name in ("post", "adopt", "correct", "withdraw")},
        "publicity:outlet": [public.public_id],
        "publicity:outlet_void": [line.pk],
        "publicity:adoption_void": [used.pk],
        "publicity:say_none": [STORY_DAY.year, 2],
        "portal:article_docx": [article.public_id],
        "public_post": [public.public_id],
    }


def poison_a_problem(world) -> None:
    """A problem of planning's, poisoned in the same way, half put right and seen once more."""
    due = STORY_DAY.replace(month=12)
    problem = problems.open_problem(
        bureau=world.bureau, title=POISON, detail=POISON, source="OPINION", source_note=POISON, place=POISON,
        raiser=POISON, tags=[POISON], found_on=STORY_DAY, unit=world.planning, by=world.office, on=STORY_DAY,
        clause=world.plan.clauses.get(path="二/第二阶段/3/二是"),
    )  # fmt: skip
    problems.start_rectifying(problem, cause=POISON, measure=POISON, due_on=due, by=world.chief, on=STORY_DAY)
    problems.see_again(
        problem, source="VISIT", seen_on=STORY_DAY, words=POISON, place=POISON, raiser=POISON, by=world.office,
        on=STORY_DAY,
    )  # fmt: skip
    problems.apply_closing(problem, note=POISON, by=world.handler, on=STORY_DAY)


def poison_a_visit(world) -> None:
    """A visit of planning's with the same markup in every text, and an objection to it."""
    found = visits.record_visit(
        bureau=world.bureau, day=STORY_DAY, by=world.chief, on=STORY_DAY,
        what=activities.What(kind="VISIT", title=POISON, unit=world.planning, place=POISON, outcome=POISON),
        people=[activities.Taking(world.chief), activities.Taking(world.handler)],
        findings=[visits.Finding(POISON)],
    )  # fmt: skip
    activities.object_to(
        found.attendances.get(person=world.handler), words=POISON, by=world.handler, on=STORY_DAY
    )  # fmt: skip


def poison_a_list(world) -> None:
    """A meeting and its list, poisoned in the same way, with one item of planning's."""
    meeting = matters.open_meeting(
        bureau=world.bureau, kind="TOPIC", title=POISON.replace(CANARY, "专题会"), held_on=STORY_DAY,
        chair=world.leader, by=world.office, on=STORY_DAY,
    )  # fmt: skip
    item = matters.Item(POISON, world.planning, world.leader, STORY_DAY.replace(month=12), requirement=POISON)
    now = datetime.combine(STORY_DAY, time(9), SHANGHAI)
    found = matters.open_list(
        bureau=world.bureau, source="KEY_WORK", document=POISON, meeting=meeting, issuer=world.leader,
        issued_on=STORY_DAY, items=[item], upto="ASSIGNED", decided_by=world.leader, decided_on=STORY_DAY,
        by=world.office, on=STORY_DAY, now=now,
    )  # fmt: skip
    matters.go_through(
        meeting, found.matters.get(), outcome="CONTINUE", words=POISON, by=world.office, on=STORY_DAY, now=now
    )  # fmt: skip


def poison_a_trip(world) -> None:
    """A trip of planning's that was reported, a form of opinions and a talk, poisoned in the same way."""
    from luoshi.activities.services import opinion_forms, talks, trips

    journey = trips.Journey(
        kind="OUTGOING", host=POISON, held_on=STORY_DAY, topics=[POISON], people=[world.chief, world.handler],
        unit=world.planning,
    )  # fmt: skip
    trip = trips.ask_trip(bureau=world.bureau, journey=journey, by=world.chief, on=STORY_DAY, sure=True)
    said = trips.Verdict(approved=True, words=POISON)
    trips.decide_trip(trip, verdict=said, version=None, by=world.leader, on=STORY_DAY)
    trips.report_trip(
        trip, held_on=STORY_DAY, until_on=None, people=[world.chief, world.handler], cost=None, words=POISON,
        lessons=[POISON], version=None, by=world.chief, on=STORY_DAY,
    )  # fmt: skip
    form = opinion_forms.issue_form(
        bureau=world.bureau, title=POISON, unit=world.planning, issued_on=STORY_DAY, issued=9, by=world.chief,
        on=STORY_DAY,
    )  # fmt: skip
    opinion_forms.tally_form(
        form, returned=9, lines=[(POISON, 2)], none=False, version=None, by=world.chief, on=STORY_DAY
    )
    talks.record_talk(
        bureau=world.bureau, kind="HEART_TALK", talker=world.chief, partners=[world.handler], held_on=STORY_DAY,
        content=POISON, by=world.chief, on=STORY_DAY, sure=True,
        follow_up=talks.FollowUpWords(POISON, STORY_DAY.replace(month=12)),
    )  # fmt: skip


def topic_values() -> dict[str, list]:
    """The arguments of the topics beside the record of activities."""
    from luoshi.activities.models import Lesson, OpinionForm, TalkFollowUp, TalkNote, Trip

    row, form = TalkFollowUp.objects.latest("pk"), OpinionForm.objects.latest("pk")
    note, trip = [TalkNote.objects.latest("pk").activity.public_id], [Trip.objects.latest("pk").activity.public_id]
    talk = ("talk", "talk_amend", "talk_sign", "talk_paper", "talk_open", "talk_file", "talk_opinion", "follow_up_new")
    journey = ("trip", "trip_decide", "trip_withdraw", "trip_report", "lesson_new")
    forms = ("opinion_form", "opinion_form_blank", "opinion_form_tally", "opinion_form_void")
    return {
        **{f"activities:{name}": note for name in talk},
        **{f"activities:{name}": trip for name in journey},
        **{f"activities:{name}": [form.public_id] for name in forms},
        **{f"activities:follow_up_{name}": [*note, row.pk] for name in ("done", "void")},
        **{f"activities:lesson_{name}": [Lesson.objects.latest("pk").pk] for name in ("answer", "void")},
        "activities:trip_file": [*trip, "letter"],
        "activities:opinion_form_problem": [form.public_id, 0],
        "activities:unit_relay": [form.unit_id],
        "portal:talk_docx": note,
        "portal:trip_docx": trip,
    }


def outcome_values(world) -> dict[str, list]:
    """The arguments of the goal panel and of the story's summary."""
    from luoshi.outcomes.models import OutsideFigure, Summary

    found, figure = Summary.objects.latest("pk").public_id, OutsideFigure.objects.latest("pk")
    return {
        "outcomes": [found],
        "outcomes:edit": [found, "work"],
        "outcomes:figure": [found, "found"],
        "outcomes:figure_paper": [figure.pk],
        "outcomes:goal_records": ["found"],
        "outcomes:unit_records": [world.planning.pk, world.plan.plan.phases.first().pk],
        "outcomes:void_figure": [figure.pk],
    }


def board_values(world) -> dict[str, list]:
    """The published board of the story, an objection to it and a case of it."""
    from luoshi.appraisal.models import Board, BoardCase, SuperiorRemark
    from luoshi.appraisal.models import Objection as ScoreObjection

    board = Board.objects.filter(bureau=world.bureau, state="PUBLISHED").latest("pk")
    own = [board.public_id]
    objection = [ScoreObjection.objects.latest("pk").public_id]
    case = [BoardCase.objects.latest("pk").public_id]
    acts = ("show", "settle", "approve", "give_back", "publish", "widen", "wall", "compare", "minutes")
    return {
        **{f"appraisal:board_{name}": own for name in acts},
        "appraisal:board": own,
        "appraisal:objections": own,
        "appraisal:correct_pick": own,
        "appraisal:case_pick": [*own, "red"],
        "appraisal:case_new": [*own, "black", world.quality.pk],
        "appraisal:board_correct": [*own, world.quality.pk],
        "appraisal:state_none": [*own, "black"],
        "appraisal:object": [board.scores.get(unit=world.planning).pk],
        "appraisal:remark_void": [SuperiorRemark.objects.latest("pk").public_id],
        "portal:board_docx": own,
        **{f"appraisal:{name}": objection for name in ("objection", "designate", "answer", "withdraw")},
        **{f"appraisal:{name}": case for name in ("case", "edit_case", "state_case", "drop_case", "take_off")},
    }


def addresses(world, matter: Matter) -> list[str]:
    """Every GET address of the product, its arguments taken from the story."""
    task_list, meeting = TaskList.objects.latest("pk"), Meeting.objects.latest("pk")
    recurrence = Recurrence.objects.latest("pk")
    objection = Objection.objects.latest("pk")
    values = {
        **topic_values(),
        "activities": [Activity.objects.latest("pk").public_id],
        "activities:object": [objection.attendance_id],
        "activities:answer": [objection.pk],
        "matters:recurrence_change": [recurrence.pk],
        "matters:recurrence_end": [recurrence.pk],
        "matters": [matter.public_id],
        **PROMISES,
        "problems": [Problem.objects.latest("pk").public_id],
        **private_words.places(),
        **{f"matters:{name}": [task_list.public_id] for name in LIST_PAGES},
        **{f"matters:{name}": [meeting.public_id] for name in MEETING_PAGES},
        **{f"portal:{name}": [task_list.public_id] for name in ("list_docx", "list_archive")},
        "matters:meeting_item": [meeting.public_id, task_list.matters.first().public_id],
        **outcome_values(world),
        **year_places.values(world),
        "appraisal:comment_new": [world.planning.pk],
        **board_values(world),
        "org:unit": [world.planning.pk],
        "org:edit_unit": [world.planning.pk],
        "plan": [world.plan.pk],
        "portal:clause": [matter.clause_id],
        "portal:coverage": [world.plan.plan_id],
        "portal:coverage_xlsx": [world.plan.plan_id],
        "portal:overview_records": ["open"],
        "portal:records": [world.plan.plan_id, "open"],
    }
    found = []
    for name, _view in ALL:
        room = name.split(":")[0]
        for args in ([], values.get(name, values.get(room, [world.handler.pk])), [matter.public_id], [2026]):
            try:
                found.append(reverse(name, args=args))
                break
            except NoReverseMatch:
                continue
    return [
        *sorted(set(found) - {reverse("account_logout")}),
        f"/matters/?q={CANARY}",
        f"/problems/similar/?title={CANARY}",
        "/outcomes/records/found/?period=2026Q4",
        *private_words.items(),
        "/matters/?lamp=red",
        "/search/?q=alert",
    ]


@pytest.fixture
def no_way_out(monkeypatch):
    """Any connection to anywhere is a fault: nothing may go out unless it is configured."""
    tried = []

    def refuse(self, address):
        tried.append(address)
        raise OSError(f"no way out to {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return tried


def closed(world, who: str) -> Callable[[str], bool]:
    """Whether a page's door is closed to somebody's duties and one before him in `EVERYONE` tries it.

    What such a door says depends on what the route declares and not on who stands before it.
    """
    held = {key: {one.duty for one in duties_held(getattr(world, key), STORY_DAY)} for key in EVERYONE}
    before = [held[key] for key in EVERYONE[: EVERYONE.index(who)]]

    def told(url: str) -> bool:
        found = resolve(url.split("?")[0])
        declared = declared_route(found.func, found.view_name)
        if declared is None or not declared.duties or declared.duties & held[who]:
            return False
        return any(not declared.duties & theirs for theirs in before)

    return told


@pytest.mark.parametrize("who", EVERYONE)
def test_every_page_as_everybody(poisoned, undone, no_way_out, who):
    client = Client()
    client.force_login(getattr(undone, who))
    seen_somewhere = False
    skip = closed(undone, who)
    for url in addresses(undone, poisoned):
        if skip(url):
            continue
        answer = client.get(url)
        assert answer.status_code in (200, 302, 403, 404, 405), (url, answer.status_code)
        page = b"".join(answer) if answer.streaming else answer.content
        assert b"<script>alert(1)" not in page and b"<img src=x" not in page, f"{url} shows markup as markup"
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            text = page.decode()
            assert "'unsafe" not in answer["Content-Security-Policy"], url
            assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "no-store", url
            assert private_words.leaked(text, who) == [], f"{url} tells {who} of a personal list"
            outside = re.findall(r"(?:src|href|action)=\"(?:https?:)?//[^\"]+", text)
            assert outside == [], f"{url} points elsewhere: {outside}"
            if CANARY not in url and CANARY in text:
                seen_somewhere = True
                assert who in MAY_SEE | MAY_SEE_TRAIL, f"{url} shows {who} a matter that is not theirs"
    assert seen_somewhere or who not in MAY_SEE, f"{who} should see the matter somewhere"
    assert no_way_out == [], "a page opened a connection"


def test_the_daily_round_goes_nowhere_unless_configured(undone, no_way_out, settings, tmp_path):
    from luoshi.lib import clock
    from luoshi.matters.services import recompute_provisional, remind
    from luoshi.notices import services as notices

    settings.LUOSHI_MAIL_DIR = settings.LUOSHI_WEBHOOK_URL = settings.EMAIL_HOST = ""
    remind(on=STORY_DAY, now=clock.now())
    recompute_provisional(on=STORY_DAY, by=None)
    notices.compose_digests(clock.now())
    notices.send_due(clock.now())
    assert no_way_out == []
