"""个人问题清单: six kinds each considered, four channels, measure and date; submitted, returned, accepted, amended."""

from __future__ import annotations

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org
from luoshi.problems import queries
from luoshi.problems.models import Problem, SelfCheckAnswer, Suggestion
from luoshi.problems.queries.desk_selfcheck import check_desk
from luoshi.problems.queries.selfcheck import parts_by_kind
from luoshi.problems.rules import Channel, StyleKind
from luoshi.problems.services import selfcheck as services
from luoshi.problems.services.check_reminders import remind_checks
from luoshi.problems.tests.checks import DUE, FIXED, SECRET, Checks, row
from luoshi.problems.tests.life import DAY
from luoshi.records.models import Entry
from luoshi.records.verify import verify

pytestmark = pytest.mark.django_db
KINDS = [
    pytest.param(kind, id=kind, marks=pytest.mark.clause(f"2.2.3.{nth}"))
    for nth, kind in enumerate(StyleKind.values, start=1)
]
"""The six kinds, each with its clause."""


@pytest.fixture
def checks(cast):
    found = Checks(cast)
    found.round()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_found_or_truthfully_not(checks, cast, kind):
    checks.fill(cast.handler, row("一件具体的事", kind))
    parts = {one.kind: one for one in parts_by_kind(checks.of(cast.handler))}
    assert [one.title for one in parts[kind].items] == ["一件具体的事"] and not parts[kind].none
    assert all(one.none and not one.items for name, one in parts.items() if name != kind)
    checks.fill(cast.chief, row(""), none=StyleKind.values)
    assert all(one.none for one in parts_by_kind(checks.of(cast.chief)))


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_that_leaves_a_kind_out_is_not_submitted(checks, cast, kind):
    others = [one for one in StyleKind.values if one != kind]
    with pytest.raises(NotAllowed, match=StyleKind(kind).label):
        checks.fill(cast.handler, row(""), none=others)
    with pytest.raises(NotAllowed, match="请留一样"):
        checks.fill(cast.handler, row("有一件", kind), none=StyleKind.values)
    assert checks.of(cast.handler).state == "DRAFT" and not Problem.objects.exists()


@pytest.mark.clause("2.2.3.7")
@pytest.mark.parametrize("channel", Channel.values)
def test_an_item_says_by_which_channel_it_was_found(checks, cast, channel):
    checks.fill(cast.handler, row(channel=channel))
    assert Problem.objects.get().channel == channel


@pytest.mark.clause("2.2.3.7")
@pytest.mark.parametrize("lacking", [{"measure": " "}, {"due_on": None}])
def test_without_measure_or_date_it_is_saved_but_not_submitted(checks, cast, lacking):
    with pytest.raises(NotAllowed, match="整改措施或整改时限"):
        checks.fill(cast.handler, row(**lacking))
    saved = checks.fill(cast.handler, row(**lacking), submit=False)
    assert (saved.state, Problem.objects.get().state) == ("DRAFT", "FOUND")


@pytest.mark.clause("2.2.3.7")
def test_from_filling_in_to_rectifying_and_nothing_tells_a_word_of_it(checks, cast):
    check = checks.fill(cast.handler)
    assert (check.state, check.reviewer, check.submitted_on) == ("SUBMITTED", cast.chief, DAY)
    with pytest.raises(NotAllowed, match="指定的审核人"):
        services.accept_check(check, by=cast.office, on=DAY)
    services.return_check(check, reason="再具体些：是哪项业务？", by=cast.chief, on=DAY)
    assert (check.state, check.returns, check.return_reason[:4]) == ("DRAFT", 1, "再具体些")
    item = Problem.objects.get()
    checks.fill(cast.handler, row("新办法出台后没有及时学", item=item.pk))
    check = services.accept_check(checks.of(cast.handler), by=cast.chief, on=DAY)
    item.refresh_from_db()
    assert (check.state, check.accepted_on, check.return_reason) == ("ACCEPTED", DAY, "")
    assert (item.state, item.started_on, item.due_on, item.original_due_on) == ("RECTIFYING", DAY, FIXED, FIXED)
    assert item.cause and item.number_label == "查摆2026-0001" and item.title == "新办法出台后没有及时学"
    told = [one.body + one.subject_label for one in Entry.objects.all()]
    told += list(Notice.objects.values_list("title", flat=True))
    for words in (SECRET, "没有及时学", "再具体些", "每周学一项"):
        assert not any(words in one for one in told)
    people = set(Notice.objects.filter(kind__startswith="problems.check_", url__contains=str(check.public_id)))
    assert {one.user for one in people} == {cast.handler, cast.chief}
    assert verify().ok


@pytest.mark.clause("2.2.3.7")
def test_the_item_is_closed_by_the_reviewer_and_by_nobody_else(checks, cast):
    item = checks.accepted(cast.handler)
    assert "apply" in queries.open_moves(cast.handler, item, DAY)
    assert "accept" not in queries.open_moves(cast.handler, item, DAY)
    for who in (cast.office, cast.director, cast.verifier, cast.inspector, cast.leader, cast.second_handler):
        assert queries.open_moves(who, item, DAY) == []
    assert {"reschedule", "dismiss"} <= set(queries.open_moves(cast.chief, item, DAY))


def test_an_item_is_taken_off_while_it_is_written_and_what_others_said_wants_its_answer_again(checks, cast):
    told = services.suggest(
        checks.of(cast.handler), kind="DOOR", channel="PEER", words="让企业跑了三趟", by=cast.second_handler, on=DAY
    )
    taken = row("让企业跑了三趟", "DOOR", suggestion=told.pk)
    checks.fill(cast.handler, row(), taken, submit=False)
    told.refresh_from_db()
    assert (told.state, told.item.channel) == ("TAKEN", "PEER")
    mine = Problem.objects.get(title=SECRET)
    checks.fill(cast.handler, row("", item=mine.pk), row("", "DOOR", item=told.item.pk), submit=False, none=[])
    told.refresh_from_db()
    assert (told.state, told.item) == ("OPEN", None)
    assert [one.items for one in parts_by_kind(checks.of(cast.handler)) if one.items] == []
    with pytest.raises(NotAllowed, match="别人提示的问题还没有处理"):
        checks.fill(cast.handler, row(""), none=StyleKind.values)
    declined = row("让企业跑了三趟", "DOOR", suggestion=told.pk, decline="是材料缺一样，已一次告知")
    checks.fill(cast.handler, declined, none=StyleKind.values)
    told.refresh_from_db()
    assert (told.state, told.reason) == ("DECLINED", "是材料缺一样，已一次告知")
    assert verify().ok


@pytest.mark.clause("2.2.3.7")
def test_who_suggested_is_on_no_row_and_in_no_notice(checks, cast):
    told = services.suggest(
        checks.of(cast.handler), kind="DOOR", channel="MASSES", words="电话没人接", by=cast.neighbour, on=DAY
    )
    assert not any(value == cast.neighbour.pk for name, value in vars(told).items() if name.endswith("by_id"))
    notices = Notice.objects.filter(kind="problems.check_suggest")
    assert {one.user for one in notices} == {cast.handler, cast.chief}
    assert not any(cast.neighbour.name in one.title or "电话" in one.title for one in notices)
    entry = Entry.objects.get(act="problems.suggest")
    assert entry.subject_label == "问题提示" and "电话" not in entry.body and cast.handler.name not in entry.body


@pytest.mark.parametrize(
    ("who", "words", "why"),
    [
        ("handler", {}, "直接写进自己的清单"),
        ("stranger", {}, "任职"),
        ("sysadmin", {}, "任职"),
        ("second_handler", {"channel": "SELF"}, "群众提、同事帮还是组织点"),
        ("second_handler", {"channel": "ORGANISATION"}, "组织点"),
        ("second_handler", {"kind": "OTHER"}, "六类"),
        ("second_handler", {"words": " "}, "对事不对人"),
    ],
)
def test_a_suggestion_that_may_not_be_made(checks, cast, who, words, why):
    told = {"kind": "DOOR", "channel": "PEER", "words": "电话没人接"} | words
    with pytest.raises(NotAllowed, match=why):
        services.suggest(checks.of(cast.handler), by=getattr(cast, who), on=DAY, **told)
    assert not Suggestion.objects.exists()


def test_nobody_else_fills_in_recalls_or_adds_and_stale_forms_are_told(checks, cast):
    check = checks.of(cast.handler)
    with pytest.raises(NotAllowed, match="由本人填写"):
        services.fill_check(check, rows=[row()], none=[], by=cast.chief, on=DAY)
    checks.fill(cast.handler, submit=False)
    with pytest.raises(Stale):
        services.fill_check(check, rows=[row()], none=[], version=1, by=cast.handler, on=DAY)
    check = checks.of(cast.handler)
    with pytest.raises(NotAllowed, match="不在待审核"):
        services.recall_check(check, by=cast.handler, on=DAY)
    with pytest.raises(NotAllowed, match="不在待审核"):
        services.accept_check(check, by=cast.chief, on=DAY)
    with pytest.raises(NotAllowed, match="通过以后"):
        services.add_item(check, row=row(), by=cast.handler, on=DAY)
    services.fill_check(
        check, rows=[row("改了", item=Problem.objects.get().pk)], none=StyleKind.values[1:], submit=True,
        by=cast.handler, on=DAY,
    )  # fmt: skip
    services.recall_check(checks.of(cast.handler), by=cast.handler, on=DAY)
    assert checks.of(cast.handler).state == "DRAFT" and Problem.objects.count() == 1


def test_an_accepted_list_takes_one_more_which_the_reviewer_lets_begin(checks, cast):
    checks.accepted(cast.handler)
    told = services.suggest(
        checks.of(cast.handler), kind="EASE", channel="ORGANISATION", words="急件放了两天", by=cast.chief, on=DAY
    )
    item = services.add_item(
        checks.of(cast.handler), row=row("急件放了两天", "EASE", suggestion=told.pk), by=cast.handler, on=DAY
    )
    assert (item.state, item.channel) == ("FOUND", "ORGANISATION")
    assert not SelfCheckAnswer.objects.get(check_list__person=cast.handler, kind="EASE").none
    assert "start" in queries.open_moves(cast.chief, item, DAY)
    assert Notice.objects.filter(kind="problems.check_add").get().user == cast.chief
    assert check_desk(cast.chief, org.held(cast.chief, DAY), DAY).added == [item]
    assert check_desk(cast.handler, org.held(cast.handler, DAY), DAY).empty
    assert verify().ok


@pytest.mark.clause("2.2.3.7")
def test_the_owner_may_put_an_item_right_openly_in_words_of_his_own(checks, cast):
    item = checks.accepted(cast.handler)
    with pytest.raises(NotAllowed, match="只有本人"):
        services.publish_item(item, title="公开", detail="", unit=None, by=cast.chief, on=DAY)
    public = services.publish_item(
        item, title="新业务办理慢", detail="", unit=cast.planning, by=cast.handler, on=DAY, version=item.version
    )
    item.refresh_from_db()
    assert (public.number_label, public.self_check, public.owner) == ("问题2026-0001", None, cast.handler)
    assert item.state == "DISMISSED" and queries.public_to(cast.office, DAY).get() == public
    assert not any(SECRET in one.body for one in Entry.objects.all())
    with pytest.raises(NotAllowed, match="不用再转入"):
        services.publish_item(item, title="再转一次", detail="", unit=None, by=cast.handler, on=DAY)
    assert verify().ok


def test_each_is_reminded_once_before_the_day_and_never_after(checks, cast):
    checks.fill(cast.handler)
    assert remind_checks(DAY) == 0
    day = DUE.replace(day=13)
    told = remind_checks(day)
    people = {one.user for one in Notice.objects.filter(kind="problems.check_due")}
    assert told == len(people) > 0 and cast.handler not in people and cast.chief in people
    assert remind_checks(DUE) == 0 and remind_checks(DUE.replace(day=16)) == 0
