"""登记问题, 又有人反映."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.lib.lifecycle import NotAllowed
from luoshi.notices.models import Notice
from luoshi.problems import queries, services
from luoshi.problems.models import Problem, SelfCheck, Sighting
from luoshi.problems.tests.life import DAY, Life
from luoshi.records.models import Entry
from luoshi.records.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(cast):
    return Life(cast)


@pytest.mark.clause("2.2.2.2b")
def test_anybody_of_the_bureau_opens_a_problem_and_its_unit_hears_of_it(life, cast):
    one = life.open(by=cast.handler, tags=["慢", "慢", ""], place="向阳小区")
    two = life.open(title="另一个问题", by=cast.neighbour)
    assert (one.state, one.number_label, two.number_label) == ("FOUND", "问题2026-0001", "问题2026-0002")
    assert (one.tags, one.entered_by, one.standing) == (["慢"], cast.handler, "待确认")
    assert list(Notice.objects.filter(kind="problems.open").values_list("user__name", "title").order_by("id")) == [
        (cast.chief.name, f"新登记的问题，请确认：{one.title}"),
        (cast.chief.name, "新登记的问题，请确认：另一个问题"),
    ]
    assert Entry.objects.filter(act="problems.open").count() == 2
    assert verify().ok


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": "  "}, "写明是什么问题"),
        ({"title": "长" * 201}, "不超过200字"),
        ({"source": "RUMOUR"}, "选择问题来源"),
        ({"found_on": DAY + timedelta(days=1)}, "不能晚于今天"),
        ({"style_kind": "SEVENTH"}, "六类"),
        ({"channel": "BOSS"}, "查摆渠道"),
        ({"pace": "NEVER"}, "整改类型"),
        ({"due_on": DAY - timedelta(days=1)}, "已经过去"),
    ],
)
def test_bad_words_are_refused_and_give_their_number_back(life, words, why):
    with pytest.raises(NotAllowed, match=why):
        life.open(**words)
    assert life.open().number == 1


def test_strangers_and_administrators_open_nothing(life, cast):
    for who in (cast.stranger, cast.sysadmin, cast.auditor):
        with pytest.raises(NotAllowed, match="不在"):
            life.open(by=who)
    with pytest.raises(NotAllowed, match="责任人"):
        life.open(owner=cast.stranger)
    with pytest.raises(NotAllowed, match="责任单位"):
        life.open(unit=cast.other_unit)


@pytest.mark.clause("2.2.2.2b")
def test_seen_again_it_stays_one_problem(life, cast):
    one = life.open()
    words = {"source": "VISIT", "seen_on": DAY, "words": "又摔了一位老人", "place": "东门"}
    seen = services.see_again(one, by=cast.handler, on=DAY, **words)
    assert Sighting.objects.get() == seen and Problem.objects.count() == 1
    assert one.events.latest("id").note == "又摔了一位老人" and one.version == 1
    assert Notice.objects.filter(kind="problems.see_again", user=cast.chief).count() == 1
    with pytest.raises(NotAllowed, match="没有“又有人反映”的职责"):
        services.see_again(one, source="VISIT", seen_on=DAY, by=cast.stranger, on=DAY)


@pytest.mark.clause("2.2.3.7")
def test_a_personal_item_is_seen_by_its_owner_and_reviewer_only(life, cast):
    check = SelfCheck.objects.create(bureau=cast.bureau, person=cast.handler, reviewer=cast.chief, round="2026")
    one = life.open(by=cast.handler, title="私下的话", self_check=check, unit=None, source="SELF_CHECK")
    assert (one.number_label, one.owner) == ("查摆2026-0001", cast.handler)
    sees = {
        name
        for name, who in vars(cast).items()
        if hasattr(who, "is_active") and queries.visible_to(who, DAY).filter(pk=one.pk).exists()
    }
    assert sees == {"handler", "chief"}
    assert not queries.public_to(cast.handler, DAY).filter(pk=one.pk).exists()
    entry = Entry.objects.get(act="problems.open")
    assert "私下" not in entry.body and "私下" not in entry.subject_label
    assert not Notice.objects.filter(kind="problems.open").exists()
    with pytest.raises(NotAllowed, match="由本人填写"):
        life.open(by=cast.chief, self_check=check)
