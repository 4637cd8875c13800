"""A year of promises in tests, told by services only."""

from __future__ import annotations

from datetime import date

from luoshi.commitments import services
from luoshi.commitments.models import Commitment, Concern, LivelihoodBatch
from luoshi.commitments.services import Words, Work
from luoshi.matters.tests.life import DAY, at, clean, staged
from tests.counting import asked

YEAR = DAY.year
PHONE = "0900-1234567"
TWO = (
    Words("推动三个老旧小区加装电梯开工", "三个小区施工许可办结、进场施工", date(2026, 11, 30)),
    Words("每月到工地接待一次来访群众", "当月有接待记录，反映事项逐件答复", date(2026, 12, 25)),
)
PAPER = {"decided_on": DAY, "source_note": "局党委会纪要第18期"}


def draft(cast, person=None, *, by=None, promises=TWO, **words) -> Commitment:
    who = person or cast.leader
    told = {"bureau": cast.bureau, "person": who, "year": YEAR, "promises": promises, "phone": PHONE,
            "by": by or who, "on": DAY}  # fmt: skip
    return services.open_commitment(**(told | words))


def published(cast, person=None, **words) -> Commitment:
    found = draft(cast, person, **words)
    return services.publish(found, version=found.version, by=cast.director, on=DAY)


def concern(cast, **words) -> Concern:
    told = {"bureau": cast.bureau, "kind": "URGENT", "title": "安置房漏雨半年没人修", "received_on": DAY,
            "leader": cast.leader, "unit": cast.planning, "words": "顶楼三户漏雨。", "from_whom": "三栋住户",
            "by": cast.office, "on": DAY}  # fmt: skip
    return services.receive(**(told | words))


def work(cast, name="给两个小区装充电棚", **words) -> Work:
    told = {"name": name, "beneficiaries": "电动车住户", "people": 260, "unit": cast.property,
            "leader": cast.second_leader, "due_on": date(2026, 12, 20)}  # fmt: skip
    return Work(**(told | words))


def batch(cast, *works, **words) -> LivelihoodBatch:
    told = {"bureau": cast.bureau, "year": YEAR, "title": "2026年第一批民生实事", "works": works or (work(cast),),
            "by": cast.office, "on": DAY}  # fmt: skip
    return services.open_batch(**(told | words))


def cost(client, page: str) -> int:
    """How many queries a page asks, the least of three tries."""
    found = []
    for _ in range(3):
        with asked(client) as seen:
            assert client.get(page).status_code == 200
        found.append(len(seen))
    return min(found)


__all__ = ["DAY", "PAPER", "PHONE", "TWO", "YEAR", "Words", "at", "batch", "clean", "concern", "cost", "draft",
           "published", "staged", "work"]  # fmt: skip
