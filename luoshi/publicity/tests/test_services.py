"""An article from draft to the day it is taken back: three readers, a decision for more, three stamps for a case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.notices.models import Notice
from luoshi.org import queries as org
from luoshi.publicity import queries, services
from luoshi.publicity.models import Article, EmptyQuarter, Review
from luoshi.publicity.tests.life import (
    BODY,
    DAY,
    clean,
    decision,
    institution,
    published,
    read,
    reviewed,
    sent,
    stamps,
    written,
)

pytestmark = pytest.mark.django_db


def seen(cast, *names: str, article: Article) -> list[str]:
    return [
        one
        for one in names
        if queries.articles_seen(getattr(cast, one), org.held(getattr(cast, one), DAY)).filter(pk=article.pk).exists()
    ]


EVERYBODY = ("office", "director", "leader", "second_leader", "chief", "handler", "second_handler", "neighbour",
             "verifier", "inspector", "discipline", "window", "stranger", "sysadmin", "secadmin", "auditor",
             )  # fmt: skip


@pytest.mark.clause("3.2a")
def test_an_article_is_read_by_three_people_and_then_published(cast):
    article = published(cast)
    assert (article.state, article.published_on, article.published_by) == ("PUBLISHED", DAY, cast.office)
    told = [(one.stage, one.by) for one in Review.objects.order_by("pk")]
    assert told == [("FIRST", cast.chief), ("SECOND", cast.office), ("THIRD", cast.leader)]
    assert [one.user for one in Notice.objects.filter(title__startswith="待三审")] == [cast.leader]
    assert seen(cast, *EVERYBODY, article=article) == list(EVERYBODY[:12])
    assert clean() == []


@pytest.mark.clause("3.2a")
def test_nobody_reads_twice_and_no_author_reads_his_own(cast):
    article = sent(cast)
    with pytest.raises(NotAllowed, match="不能自己审"):
        read(article, cast.handler)
    with pytest.raises(NotAllowed, match="没有“一审通过”的职责"):
        read(article, cast.office)
    read(article, cast.chief)
    with pytest.raises(NotAllowed, match="三个不同的人"):
        read(article, cast.chief)
    with pytest.raises(NotAllowed, match="没有“二审通过”的职责"):
        read(article, cast.verifier)
    read(article, cast.office)
    with pytest.raises(NotAllowed, match="三个不同的人"):
        read(article, cast.office)
    with pytest.raises(NotAllowed, match="现在是“待三审”"):
        services.publish(article, no_secrets=True, no_burden=True, version=None, by=cast.office, on=DAY)
    assert Review.objects.count() == 2


@pytest.mark.clause("3.2a")
def test_what_a_head_or_the_office_wrote_is_read_by_others(cast):
    heads = sent(cast, by=cast.chief)
    assert heads.first_review == "LEADER"
    read(heads, cast.leader)
    read(heads, cast.office)
    with pytest.raises(NotAllowed, match="三个不同的人"):
        read(heads, cast.leader)
    assert read(heads, cast.director).state == "REVIEWED"
    office = sent(cast, by=cast.office, unit=cast.office_unit)
    for one in (cast.director, cast.verifier, cast.leader):
        read(office, one)
    assert office.state == "REVIEWED"


@pytest.mark.parametrize(
    ("words", "why"),
    [({"words": " "}, "审校意见"), ({"proofread": False}, "先校对")],
)
def test_a_review_says_something_and_was_proofread(cast, words, why):
    article = sent(cast)
    told = {"words": "同意。", "proofread": True, "version": None, "by": cast.chief, "on": DAY}
    with pytest.raises(NotAllowed, match=why):
        services.review(article, **(told | words))


def test_what_is_sent_back_is_read_again_from_the_first(cast):
    article = sent(cast)
    read(article, cast.chief)
    with pytest.raises(NotAllowed, match="没有轮到您"):
        services.give_back(article, reason="先退。", version=None, by=cast.leader, on=DAY)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.give_back(article, reason=" ", version=None, by=cast.office, on=DAY)
    services.give_back(article, reason="第二段数字不对。", version=None, by=cast.office, on=DAY)
    assert (article.state, article.returned) == ("DRAFT", "第二段数字不对。")
    services.edit(article, title="改好的", body=BODY, scope="INTERNAL", version=None, by=cast.handler, on=DAY)
    sent(cast, article)
    assert (article.state, article.round, article.returned) == ("FIRST", 2, "")
    assert read(article, cast.chief).state == "SECOND"
    assert clean() == []


def test_of_two_who_act_at_once_one_wins(cast):
    article = sent(cast)
    with pytest.raises(Stale):
        services.review(article, words="同意。", proofread=True, version=1, by=cast.chief, on=DAY)
    draft = written(cast)
    with pytest.raises(Stale):
        services.edit(draft, title="甲", body="乙", scope="INTERNAL", version=9, by=cast.handler, on=DAY)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"title": " "}, "填写标题"),
        ({"title": "长" * 121}, "不超过120字"),
        ({"body": ""}, "填写正文"),
        ({"scope": "WORLD"}, "公开范围"),
        ({"kind": "BLOG"}, "稿件种类"),
        ({"by": "neighbour"}, "不能替规建股写"),
        ({"by": "inspector"}, "不能替规建股写"),
        ({"by": "stranger"}, "不能替规建股写"),
        ({"unit": "other_unit"}, "不能替河湖股写"),
    ],
)
def test_bad_words_are_refused(cast, words, why):
    told = {key: getattr(cast, value) if key in ("by", "unit") else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        written(cast, **told)
    assert not Article.objects.exists()


@pytest.mark.clause("3.2a")
@pytest.mark.clause("2.2.5.4b")
def test_wider_than_the_bureaus_rule_only_by_the_committees_decision(cast):
    article = reviewed(cast, kind="BOARD", scope="PUBLIC")
    confirmed = {"no_secrets": True, "no_burden": True, "version": None, "by": cast.office, "on": DAY}
    with pytest.raises(NotAllowed, match="红黑榜通报按本局规定公开到“局内公开”"):
        services.publish(article, **confirmed)
    for words, why in (
        ({"document": " "}, "决定文件"),
        ({"decided_by": cast.leader}, "不是本局主要领导"),
        ({"decided_on": DAY + timedelta(1)}, "不能晚于今天"),
        ({"by": cast.handler}, "没有“登记公开决定”的职责"),
    ):
        with pytest.raises(NotAllowed, match=why):
            decision(cast, article, **words)
    decision(cast, article)
    services.publish(article, **confirmed)
    assert list(queries.public_articles()) == [article] and clean() == []
    assert "局党委会纪要第18期" in "".join(queries.why_scope(article, DAY))


@pytest.mark.parametrize(("missing", "why"), [("no_secrets", "不涉密"), ("no_burden", "减负一致")])
def test_nothing_is_published_unconfirmed_or_by_another(cast, missing, why):
    article = reviewed(cast)
    told = {"no_secrets": True, "no_burden": True, "version": None, "by": cast.office, "on": DAY}
    with pytest.raises(NotAllowed, match=why):
        services.publish(article, **{**told, missing: False})
    with pytest.raises(NotAllowed, match="没有“发布”的职责"):
        services.publish(article, **{**told, "by": cast.director})


@pytest.mark.clause("3.2b")
def test_a_case_waits_for_its_three_stamps_and_the_conclusion(cast):
    article = reviewed(cast, kind="CASE", title="违规收受礼品案例")
    told = {"no_secrets": True, "no_burden": True, "version": None, "by": cast.office, "on": DAY}
    with pytest.raises(NotAllowed, match="现在还缺：发现、查处、通报"):
        services.publish(article, **told)
    stamps(cast, article, concluded=False)
    with pytest.raises(NotAllowed, match="查处还没有结论"):
        services.publish(article, **told)
    stamps(cast, article, stamped_on=DAY)
    assert article.stamps.count() == 3, "entered again it replaces what was entered"
    services.publish(article, **told)
    assert article.state == "PUBLISHED" and clean() == []
    with pytest.raises(NotAllowed, match="现在是“已发布”"):
        stamps(cast, article)


@pytest.mark.clause("3.2b")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"document": ""}, "记录或文书"), ({"stamped_on": DAY + timedelta(1)}, "不能晚于今天"),
        ({"by": "neighbour"}, "没有“登记案例环节”的职责"),
    ],
)  # fmt: skip
def test_a_stamp_has_its_record_and_its_day(cast, words, why):
    article = written(cast, kind="CASE")
    told = {key: getattr(cast, value) if key == "by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        stamps(cast, article, **told)
    with pytest.raises(NotAllowed, match="只有典型案例"):
        stamps(cast, written(cast))


@pytest.mark.clause("3.2b")
def test_a_case_hides_the_names_of_staff_unless_the_committee_names_them(cast):
    article = written(cast, kind="CASE", title="林晓舟违规案例", body="窗口苏晴反映，林晓舟收受礼品。")
    assert (article.title, article.body) == ("林某某违规案例", "窗口苏某反映，林某某收受礼品。")
    decision(cast, article, scope="INTERNAL", names=True)
    services.edit(
        article, title="案例", body="林晓舟收受礼品。", scope="INTERNAL", version=None, by=cast.office, on=DAY
    )
    assert article.body == "林晓舟收受礼品。"
    assert "林晓舟" in written(cast, body="林晓舟带头下沉一线。").body, "only a case hides names"


@pytest.mark.clause("3.2a")
def test_a_correction_is_a_new_edition_and_the_old_one_stays_readable(cast):
    old = published(cast, scope="PUBLIC")
    with pytest.raises(NotAllowed, match="更正什么"):
        services.correct(old, reason=" ", version=None, by=cast.handler, on=DAY)
    fresh = services.correct(old, reason="第二段数字有误。", version=None, by=cast.handler, on=DAY)
    assert (fresh.edition, fresh.state, fresh.corrects) == (2, "DRAFT", old)
    with pytest.raises(NotAllowed, match="更正稿已经在写"):
        services.correct(old, reason="又错。", version=None, by=cast.office, on=DAY)
    old.refresh_from_db()
    assert old.state == "PUBLISHED" and list(queries.public_articles()) == [old]
    services.edit(fresh, title="更正后", body=BODY, scope="PUBLIC", version=None, by=cast.handler, on=DAY)
    published(cast, fresh)
    old.refresh_from_db()
    assert (old.state, old.title) == ("REPLACED", "作风建设推动办件提速")
    assert list(queries.public_articles()) == [fresh]
    assert "window" in seen(cast, *EVERYBODY, article=old) and queries.editions(fresh) == [old]
    services.withdraw(fresh, reason="当事人提出异议。", version=None, by=cast.director, on=DAY)
    for one in (old, fresh):
        one.refresh_from_db()
        assert one.state == "WITHDRAWN", "the editions before it go with it"
        assert seen(cast, *EVERYBODY, article=one) == ["office", "director", "chief", "handler"]
    assert not queries.public_articles().exists() and clean() == []


def test_withdrawing_and_voiding_say_why(cast):
    article = published(cast)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.withdraw(article, reason="", version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="没有“撤下”的职责"):
        services.withdraw(article, reason="有误。", version=None, by=cast.handler, on=DAY)
    draft = written(cast)
    services.void(draft, reason="重复。", version=None, by=cast.handler, on=DAY)
    assert (draft.state, draft.void_reason) == ("VOID", "重复。")


@pytest.mark.clause("3.2a")
def test_where_it_ran_is_told_and_only_of_what_is_public(cast):
    inside = published(cast)
    told = {"medium": "县融媒体中心", "ran_on": DAY, "by": cast.handler, "on": DAY}
    with pytest.raises(NotAllowed, match="只在局内公开"):
        services.add_outlet(inside, **told)
    article = published(cast, scope="PUBLIC")
    for words, why in (
        ({"medium": " "}, "媒体名称"),
        ({"ran_on": DAY + timedelta(1)}, "不能晚于今天"),
        ({"ran_on": DAY - timedelta(1)}, "先审后发"),
        ({"by": cast.neighbour}, "没有“登记刊发”的职责"),
    ):
        with pytest.raises(NotAllowed, match=why):
            services.add_outlet(article, **(told | words))
    line = services.add_outlet(article, **told)
    services.void_outlet(line, reason="登记错了。", by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已经作废"):
        services.void_outlet(line, reason="再作废。", by=cast.office, on=DAY)
    assert clean() == []


@pytest.mark.clause("3.2c")
def test_an_experience_spreads_unit_by_unit(cast):
    article = published(cast, kind="EXPERIENCE", sources={"institution": institution(cast)})
    told = {
        "unit": cast.quality,
        "adopted_on": DAY,
        "words": "质量监督受理也用容缺办法。",
        "by": cast.neighbour,
        "on": DAY,
    }
    found = services.adopt(article, **told)
    for words, why in (
        ({}, "已经登记过"),
        ({"unit": cast.planning, "by": cast.office}, "就是规建股的"),
        ({"unit": cast.housing}, "没有“登记推广应用”的职责"),
        ({"unit": cast.housing, "by": cast.office, "words": ""}, "怎样用的"),
        ({"unit": cast.other_unit, "by": cast.office}, "不是本局现有单位"),
    ):
        with pytest.raises(NotAllowed, match=why):
            services.adopt(article, **(told | words))
    with pytest.raises(NotAllowed, match="已发布的经验材料"):
        services.adopt(published(cast), **told)
    services.void_adoption(found, reason="单位填错。", by=cast.office, on=DAY)
    assert queries.live_adoptions(article) == [] and clean() == []


@pytest.mark.clause("3.2c")
def test_a_quarter_may_have_none_until_one_is_published(cast):
    told = {"bureau": cast.bureau, "year": 2026, "quarter": 3, "words": "做法还在试行。", "by": cast.office, "on": DAY}
    for words, why in (
        ({"by": cast.chief}, "由局办公室登记"), ({"quarter": 4}, "已经开始的季度"), ({"words": " "}, "一句说明"),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match=why):
            services.say_none(**(told | words))
    services.say_none(**told)
    with pytest.raises(NotAllowed, match="已经登记过"):
        services.say_none(**told)
    published(cast, kind="EXPERIENCE")
    assert EmptyQuarter.objects.get().void and clean() == []
    with pytest.raises(NotAllowed, match="已经发布了经验材料"):
        services.say_none(**told)
