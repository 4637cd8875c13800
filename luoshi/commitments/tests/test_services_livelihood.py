"""民生实事 by services: a batch is done when each item is done and those it was for were heard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from luoshi.commitments import services
from luoshi.commitments.models import LivelihoodBatch
from luoshi.commitments.tests.life import DAY, at, batch, clean, work
from luoshi.lib.lifecycle import NotAllowed, Stale

pytestmark = [pytest.mark.django_db, pytest.mark.clause("2.2.2.2c")]


def finish(cast, item, **words):
    told = {"result": "两处车棚建成启用。", "feedback": "走访十二户，都说方便。", "done_on": DAY,
            "version": item.version, "by": cast.property_chief, "on": DAY}  # fmt: skip
    return services.finish_item(item, **(told | words))


def test_a_batch_is_written_added_to_and_done_with_feedback(cast):
    found = batch(cast)
    services.add_works(found, works=[work(cast, "改造菜市场雨棚")], by=cast.office, on=DAY)
    assert [one.order for one in found.items.all()] == [1, 2]
    for one in found.items.all():
        finish(cast, one)
    assert all(one.done_on for one in found.items.all()) and clean() == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"result": " "}, "完成情况"),
        ({"feedback": ""}, "还不算办成"),
        ({"done_on": DAY + timedelta(1)}, "不能晚于今天"),
        ({"by": "chief"}, "没有这项职责"),
        ({"by": "leader"}, "没有这项职责"),
    ],
)
def test_done_without_the_voice_of_the_people_is_not_done(cast, words, why):
    item = batch(cast).items.get()
    told = {key: getattr(cast, value) if key == "by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        finish(cast, item, **told)
    item.refresh_from_db()
    assert item.done_on is None


def test_what_is_done_or_cancelled_is_touched_no_more(cast):
    found = batch(cast, work(cast), work(cast, "改造菜市场雨棚"))
    first, second = found.items.all()
    finish(cast, first)
    with pytest.raises(NotAllowed, match="已登记完成"):
        finish(cast, first)
    services.void_item(second, reason="并入城建项目。", version=1, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="已取消"):
        services.edit_item(second, work=work(cast), version=None, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="写明理由"):
        services.void_item(services.add_works(found, works=[work(cast, "x")], by=cast.office, on=DAY)[0], reason=" ",
                           version=1, by=cast.office, on=DAY)  # fmt: skip


def test_an_item_is_changed_by_the_office_and_the_slower_one_is_told(cast):
    item = batch(cast).items.get()
    services.edit_item(item, work=work(cast, "装三处充电棚", people=300), version=1, by=cast.office, on=DAY)
    assert (item.name, item.people) == ("装三处充电棚", 300)
    with pytest.raises(Stale):
        services.edit_item(item, work=work(cast), version=1, by=cast.office, on=DAY)
    with pytest.raises(NotAllowed, match="由局办公室登记"):
        services.edit_item(item, work=work(cast), version=None, by=cast.second_leader, on=DAY)


def test_an_item_becomes_a_matter_once(cast):
    item = batch(cast).items.get()
    matter = services.hand_item_over(item, version=1, by=cast.second_leader, on=DAY, now=at(DAY))
    assert (item.matter, matter.lead_unit, matter.due_on) == (matter, cast.property, date(2026, 12, 20))
    with pytest.raises(NotAllowed, match="已经转督办"):
        services.hand_item_over(item, version=None, by=cast.office, on=DAY, now=at(DAY))
    with pytest.raises(NotAllowed, match="局办公室或责任领导"):
        services.hand_item_over(item, version=None, by=cast.property_chief, on=DAY, now=at(DAY))


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"works": ()}, "至少写一件"),
        ({"title": " "}, "清单名称"),
        ({"by": "leader"}, "由局办公室登记"),
    ],
)
def test_a_batch_of_bad_words_is_refused(cast, words, why):
    told = {"bureau": cast.bureau, "year": 2026, "title": "x", "works": [work(cast)], "by": cast.office, "on": DAY}
    told |= {key: getattr(cast, value) if key == "by" else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        services.open_batch(**told)
    assert not LivelihoodBatch.objects.exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"name": " "}, "做什么、谁受益"),
        ({"beneficiaries": ""}, "做什么、谁受益"),
        ({"leader": "chief"}, "不是本局班子成员"),
        ({"unit": "other_unit"}, "不是本局现有单位"),
        ({"due_on": DAY - timedelta(1)}, "已经过去"),
    ],
)
def test_a_work_of_bad_words_is_refused(cast, words, why):
    told = {key: getattr(cast, value) if key in ("leader", "unit") else value for key, value in words.items()}
    with pytest.raises(NotAllowed, match=why):
        batch(cast, work(cast, **told))


def test_one_title_a_year(cast):
    batch(cast)
    with pytest.raises(NotAllowed, match="已有同名的清单"):
        batch(cast)
