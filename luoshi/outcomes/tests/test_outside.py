"""外部数据: typed once with its source, by the office only; a slip is void and typed anew."""

from __future__ import annotations

from decimal import Decimal

import pytest

from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.outcomes import services
from luoshi.outcomes.models import OutsideFigure
from luoshi.outcomes.tests.life import DAY, clean, outside, staged
from luoshi.records.queries import trail
from tests.house.filled import filled

pytestmark = [pytest.mark.django_db, pytest.mark.clause("1.3b")]


def test_a_figure_has_its_source_and_is_typed_once(world_here):
    found = outside(world_here, staged=[staged(world_here.office)])
    assert (found.words, found.paper.name, trail(found)[0].act) == ("91.5%", "批示件.txt", "outcomes.enter_figure")
    with pytest.raises(NotAllowed, match="已经登记"):
        outside(world_here)
    services.void_figure(found, reason="季度填错。", version=found.version, by=world_here.office, on=DAY)
    assert outside(world_here).pk != found.pk and clean() == []
    with pytest.raises(NotAllowed, match="已经作废"):
        services.void_figure(found, reason="再作废。", version=None, by=world_here.office, on=DAY)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"kind": "LOG_INS"}, "选择指标"), ({"period": "2026"}, "选择季度"), ({"value": Decimal(-1)}, "核对数值"),
        ({"value": Decimal(101)}, "核对数值"), ({"kind": "BAD_REVIEWS", "value": Decimal("1.5")}, "填整数"),
        ({"document": " "}, "写明出处"),
    ],
)  # fmt: skip
def test_a_bad_figure_is_refused(world_here, words, why):
    with pytest.raises(NotAllowed, match=why):
        outside(world_here, **words)


@pytest.mark.parametrize("who", ["director", "leader", "chief", "handler", "inspector", "sysadmin", "stranger"])
def test_the_office_alone_enters_and_voids(world_here, who):
    with pytest.raises(NotAllowed, match="局办公室登记"):
        outside(world_here, by=getattr(world_here, who))
    found = outside(world_here)
    with pytest.raises(NotAllowed, match="局办公室登记"):
        services.void_figure(found, reason="不对。", version=None, by=getattr(world_here, who), on=DAY)


def test_two_void_at_once(world_here):
    found = outside(world_here)
    with pytest.raises(Stale):
        services.void_figure(found, reason="不对。", version=found.version + 1, by=world_here.office, on=DAY)


def test_by_form_with_its_paper_and_back(world_here, enter):
    client = enter(world_here.office)
    url = "/outcomes/outside/new/"
    told = {**filled(client.get(url).content.decode(), url), "kind": "SURVEY", "period": "2026Q4", "value": "96.5",
            "document": "县测评通报"}  # fmt: skip
    assert "请填数字" in client.post(url, {**told, "value": "很好"}).content.decode()
    assert client.post(url, told).status_code == 302
    assert client.post(url, told).status_code == 302, "the same sending makes one"
    assert OutsideFigure.objects.filter(kind="SURVEY").count() == 1
    page = client.get("/outcomes/outside/").content.decode()
    assert "96.5%" in page and "县测评通报" in page
    assert "作废</a>" not in enter(world_here.inspector).get("/outcomes/outside/").content.decode()
