"""谈心谈话 through the services: who talks with whom, signing, opening by need, what follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.activities.models import Activity, TalkFollowUp, TalkNote
from luoshi.activities.queries import talks as queries
from luoshi.activities.queries.talk_coverage import talk_coverage
from luoshi.activities.services import talk_follow_ups as after
from luoshi.activities.services import talks as services
from luoshi.activities.services import void_activity
from luoshi.activities.services.talks import FollowUpWords
from luoshi.activities.tests.talking import DAY, OPINION, SECRET, talk
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org
from luoshi.problems.models import Problem
from luoshi.records.models import Entry, EntryValue
from luoshi.search.models import Item

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.2.1a"), pytest.mark.clause("2.2.2.1b")]
DUE = date(2026, 10, 15)


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-09-29T10:00")


def test_a_talk_is_an_activity_without_a_word_of_it_and_a_note_that_waits_for_the_other(cast):
    note = talk(cast)
    activity = Activity.objects.get()
    assert (activity.title, activity.outcome, activity.theme, activity.half_days) == (
        "政治谈话：沈知行—贺建民", "", "", 0,
    )  # fmt: skip
    assert not (activity.as_study or activity.as_research or activity.as_frontline)
    assert note.talker_signed_on == DAY and note.partner_signed_on is None
    assert list(queries.to_sign(cast.chief)) == [note] and not queries.to_sign(cast.leader)
    assert Notice.objects.get(user=cast.chief).url == note.get_absolute_url()
    services.sign_talk(note, version=note.version, by=cast.chief, on=DAY)
    assert note.both_signed and not queries.to_sign(cast.chief)


def test_what_was_said_is_nowhere_but_in_the_note(cast):
    note = talk(cast, follow_up=FollowUpWords("把台账补齐", DUE))
    after.list_talk_opinion(note, words="食堂高峰排队", unit=None, named=False, by=cast.leader, on=DAY)
    services.open_talk(note, reason="核查群众来信", by=cast.discipline, on=DAY)
    told = [f"{one.body}{one.subject_label}" for one in Entry.objects.all()]
    told += [one.title for one in Notice.objects.all()] + [f"{one.title}{one.text}" for one in Item.objects.all()]
    mine = Entry.objects.filter(act__startswith="activities.")
    assert not EntryValue.objects.filter(entry__in=mine).exists()
    for words in (SECRET, OPINION, "把台账补齐"):
        assert not [one for one in told if words in one]


def test_a_political_talk_goes_by_the_division_of_work(cast):
    with pytest.raises(NotAllowed, match="不由谈话人分管"):
        talk(cast, partners=[cast.property_chief])
    with pytest.raises(NotAllowed, match="对象是单位负责人"):
        talk(cast, partners=[cast.handler])
    with pytest.raises(NotAllowed, match="由局领导与单位负责人谈"):
        talk(cast, talker=cast.chief, by=cast.chief, partners=[cast.handler])
    assert talk(cast, talker=cast.director, by=cast.director, partners=[cast.leader])
    assert talk(cast, kind="HEART_TALK", partners=[cast.property_chief])
    assert talk(cast, kind="HEART_TALK", talker=cast.chief, by=cast.chief, partners=[cast.handler])
    with pytest.raises(NotAllowed, match="只与本单位人员"):
        talk(cast, kind="HEART_TALK", talker=cast.chief, by=cast.chief, partners=[cast.window])
    with pytest.raises(NotAllowed, match="没有这项职责"):
        talk(cast, kind="HEART_TALK", talker=cast.handler, by=cast.handler, partners=[cast.second_handler])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"content": " "}, "请写谈话内容"),
        ({"partners": []}, "请选择谈话对象"),
        ({"held_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"kind": "VISIT"}, "政治谈话或谈心谈话"),
        ({"content": "长" * 5001}, "不超过5000字"),
        ({"follow_up": FollowUpWords("补齐台账", DAY - timedelta(days=1))}, "不早于今天"),
        ({"follow_up": FollowUpWords("", DUE)}, "写明提醒或整改什么"),
    ],
)
def test_bad_input_saves_nothing(cast, words, why):
    with pytest.raises(NotAllowed, match=why):
        talk(cast, **words)
    assert not TalkNote.objects.exists() and not Activity.objects.exists()


def test_nobody_talks_with_himself_an_administrator_or_a_stranger(cast):
    for other in (cast.leader, cast.sysadmin, cast.stranger):
        with pytest.raises(NotAllowed, match="另选谈话对象"):
            talk(cast, kind="HEART_TALK", partners=[other])


def test_the_same_talk_twice_is_asked_about_and_several_partners_get_a_record_each(cast):
    talk(cast)
    with pytest.raises(NotAllowed, match="贺建民的谈话已经登记过"):
        talk(cast)
    talk(cast, sure=True)
    services.record_talk(
        bureau=cast.bureau, kind="HEART_TALK", talker=cast.leader, partners=[cast.chief, cast.handler], held_on=DAY,
        content="一起谈", by=cast.leader, on=DAY,
    )  # fmt: skip
    assert TalkNote.objects.count() == 4


def test_the_office_enters_that_a_leader_talked_and_not_a_word(cast):
    with pytest.raises(NotAllowed, match="不填谈话内容"):
        talk(cast, by=cast.office)
    with pytest.raises(NotAllowed, match="只补登局领导"):
        talk(
            cast, kind="HEART_TALK", talker=cast.chief, partners=[cast.handler], content="", opinions="", by=cast.office
        )
    with pytest.raises(NotAllowed, match="由谈话人本人登记"):
        talk(cast, content="", opinions="", by=cast.director)
    note = talk(cast, content="", opinions="", by=cast.office)
    assert note.both_signed and not queries.mine(cast.office)
    assert "补登" in Notice.objects.get(user=cast.leader).title
    services.amend_talk(note, content="补上要点", opinions="", demands="", version=1, by=cast.leader, on=DAY)
    assert note.partner_signed_on is None, "what the other has not seen he has not signed"


def test_the_talker_amends_until_the_other_signed(cast):
    note = talk(cast)
    with pytest.raises(NotAllowed, match="只有谈话人"):
        services.amend_talk(note, content="x", opinions="", demands="", version=1, by=cast.chief, on=DAY)
    services.amend_talk(note, content="改过", opinions="", demands="", version=1, by=cast.leader, on=DAY)
    with pytest.raises(Stale):
        services.amend_talk(note, content="再改", opinions="", demands="", version=1, by=cast.leader, on=DAY)
    with pytest.raises(Stale):  # he would sign what he has not seen
        services.sign_talk(note, version=1, by=cast.chief, on=DAY)
    services.sign_talk(note, version=note.version, by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="已经签字"):
        services.amend_talk(note, content="x", opinions="", demands="", version=note.version, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="不用再签"):
        services.sign_talk(note, version=note.version, by=cast.chief, on=DAY)


def test_a_signature_on_paper_is_entered_by_the_talker(cast):
    note = talk(cast)
    with pytest.raises(NotAllowed, match="只有谈话人"):
        services.sign_talk_on_paper(note, signed_on=DAY, version=1, by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="谈话当天到今天"):
        services.sign_talk_on_paper(note, signed_on=DAY - timedelta(days=1), version=1, by=cast.leader, on=DAY)
    services.sign_talk_on_paper(note, signed_on=DAY, version=1, by=cast.leader, on=DAY)
    assert note.both_signed
    assert Notice.objects.filter(user=cast.chief, title__contains="请核对").count() == 1
    with pytest.raises(NotAllowed, match="签字"):
        services.sign_talk_on_paper(note, signed_on=DAY, version=2, by=cast.leader, on=DAY)


def test_opening_by_need_says_why_tells_the_talker_and_holds_for_the_day(cast):
    note = talk(cast)
    held = org.held(cast.discipline, DAY)
    assert list(queries.reachable(cast.discipline, held)) == [note]
    assert not queries.may_read(note, cast.discipline, DAY)
    with pytest.raises(NotAllowed, match="查阅理由"):
        services.open_talk(note, reason="看", by=cast.discipline, on=DAY)
    services.open_talk(note, reason="核查群众来信", by=cast.discipline, on=DAY)
    assert queries.may_read(note, cast.discipline, DAY)
    assert not queries.may_read(note, cast.discipline, DAY + timedelta(days=1)), "tomorrow he says why again"
    told = Notice.objects.get(user=cast.leader)
    assert cast.discipline.name in told.title and told.url == note.get_absolute_url()
    assert "核查" not in told.title, "messages may leave the house; the reason stands in the record"
    assert [(one.actor, one.note) for one in queries.openings(note)] == [("严明理", "核查群众来信")]
    assert not Notice.objects.filter(user=cast.chief, title__contains="查阅").exists()


READS = {"leader": "reads", "chief": "reads", "discipline": "by need"}
"""The policy, by hand: of a talk of the leader with the head of planning."""
EVERYBODY = (
    "director", "leader", "second_leader", "office", "verifier", "inspector", "chief", "handler", "second_handler",
    "neighbour", "discipline", "window", "stranger", "sysadmin", "secadmin", "auditor",
)  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_policy_of_who_reads_opens_signs_and_changes(cast, who):
    note, person = talk(cast), getattr(cast, who)
    row = after.add_follow_up(note, kind="REMIND", words="补齐台账", due_on=DUE, by=cast.leader, on=DAY)
    policy = READS.get(who, "nothing")
    held = org.held(person, DAY)
    assert queries.reachable(person, held).exists() == (policy != "nothing")
    assert queries.may_read(note, person, DAY) == (policy == "reads")
    acts = {
        "open": lambda: services.open_talk(note, reason="核查来信", by=person, on=DAY),
        "sign": lambda: services.sign_talk(note, version=None, by=person, on=DAY),
        "amend": lambda: services.amend_talk(
            note, content="改", opinions="", demands="", version=None, by=person, on=DAY
        ),
        "follow": lambda: after.add_follow_up(note, kind="REMIND", words="x", due_on=DUE, by=person, on=DAY),
        "finish": lambda: after.finish_follow_up(row, done_words="好", version=None, by=person, on=DAY),
        "list": lambda: after.list_talk_opinion(note, words="问题", unit=None, named=False, by=person, on=DAY),
    }
    may = {"discipline": {"open"}, "chief": {"sign"}, "leader": {"amend", "follow", "finish", "list"}}.get(who, set())
    for name, attempt in acts.items():
        if name in may:
            attempt()
        else:
            with pytest.raises(NotAllowed):
                attempt()


@pytest.mark.clause("2.2.2.1c")
def test_follow_ups_are_dated_reminded_once_and_closed_by_the_talker(cast):
    note = talk(cast)
    row = after.add_follow_up(note, kind="RECTIFY", words="补齐台账", due_on=DUE, by=cast.leader, on=DAY)
    assert list(queries.follow_ups_of(cast.chief)) == [row] == list(queries.follow_ups_of(cast.leader))
    Notice.objects.all().delete()
    assert after.remind_talks(on=DUE - timedelta(days=10)) == 0
    assert after.remind_talks(on=DUE - timedelta(days=3)) == 2
    assert after.remind_talks(on=DUE - timedelta(days=2)) == 0
    assert after.remind_talks(on=DUE) == 2
    assert after.remind_talks(on=DUE + timedelta(days=1)) == 2
    assert after.remind_talks(on=DUE + timedelta(days=9)) == 0
    assert not Notice.objects.filter(title__contains="台账").exists()
    with pytest.raises(NotAllowed, match="写一句"):
        after.finish_follow_up(row, done_words=" ", version=1, by=cast.leader, on=DUE)
    after.finish_follow_up(row, done_words="已补齐", version=1, by=cast.leader, on=DUE)
    assert not queries.follow_ups_of(cast.chief)
    with pytest.raises(NotAllowed, match="已经办完"):
        after.void_follow_up(row, reason="重复", version=2, by=cast.leader, on=DUE)
    other = after.add_follow_up(note, kind="REMIND", words="少迟到", due_on=DUE, by=cast.leader, on=DAY)
    with pytest.raises(Stale):
        after.void_follow_up(other, reason="重复", version=9, by=cast.leader, on=DUE)
    after.void_follow_up(other, reason="重复", version=1, by=cast.leader, on=DUE)
    counts = queries.follow_up_counts(cast.bureau.pk, DUE)
    assert [(one.unit, one.open, one.late, one.closed) for one in counts] == [("规建股", 0, 0, 1)]


@pytest.mark.clause("2.2.2.1c")
def test_an_opinion_becomes_a_problem_without_the_name_of_who_said_it(cast):
    note = talk(cast, held_on=DAY - timedelta(days=3))
    anonymous = after.list_talk_opinion(note, words="食堂排队", unit=cast.planning, named=False, by=cast.leader, on=DAY)
    found = Problem.objects.get(pk=anonymous.pk)
    assert (found.raiser, found.source, found.source_note, found.found_on) == ("", "TALK", "", DAY)
    named = after.list_talk_opinion(note, words="办公室漏雨", unit=None, named=True, by=cast.leader, on=DAY)
    assert named.raiser == cast.chief.name
    assert TalkFollowUp.objects.filter(problem=found).count() == 1
    with pytest.raises(NotAllowed, match="问题台账里办理"):
        after.finish_follow_up(found.talk_follow_ups.get(), done_words="好", version=1, by=cast.leader, on=DAY)


def test_coverage_by_division_of_work_and_by_unit(cast, django_assert_num_queries):
    first = talk_coverage(cast.bureau.pk, DAY)
    assert (first.done, first.asked, first.since) == (0, 5, date(2026, 1, 1))
    assert {one.leader: [line.head for line in one.lines] for one in first.leaders}[cast.leader] == [
        cast.chief, cast.neighbour,
    ]  # fmt: skip
    note = talk(cast)
    assert talk_coverage(cast.bureau.pk, DAY).done == 0, "not signed yet"
    services.sign_talk(note, version=1, by=cast.chief, on=DAY)
    heart = talk(cast, kind="HEART_TALK", talker=cast.chief, by=cast.chief, partners=[cast.handler])
    services.sign_talk(heart, version=1, by=cast.handler, on=DAY)
    with django_assert_num_queries(5):
        now = talk_coverage(cast.bureau.pk, DAY)
    assert now.done == 1
    planning = next(one for one in now.units if one.unit == cast.planning)
    assert (planning.people, planning.talked, cast.handler in planning.missing) == (3, 1, False)
    void_activity(note.activity, reason="登错", version=None, by=cast.leader, on=DAY)
    assert talk_coverage(cast.bureau.pk, DAY).done == 0 and not queries.mine(cast.leader)
    with pytest.raises(NotAllowed, match="已作废"):
        note.activity.refresh_from_db()
        after.add_follow_up(note, kind="REMIND", words="x", due_on=DUE, by=cast.leader, on=DAY)
