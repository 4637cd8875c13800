"""An article in tests, told by services only."""

from __future__ import annotations

from datetime import date, timedelta

from luoshi.matters.tests.life import DAY, clean
from luoshi.problems.models import Institution, Problem
from luoshi.problems.services import institutions
from luoshi.publicity import services
from luoshi.publicity.models import Article
from tests.counting import asked

BODY = "一、做法\n逐条查摆，逐条整改。\n二、成效\n群众办事少跑一趟。"
LATER = DAY + timedelta(days=1)


def written(cast, **words) -> Article:
    """林晓舟 of 规建股 wrote it; 贺建民, 顾清禾 and 沈知行 read it."""
    told = {"bureau": cast.bureau, "unit": cast.planning, "kind": "NEWS", "title": "作风建设推动办件提速", "body": BODY,
            "by": cast.handler, "on": DAY}  # fmt: skip
    return services.write(**(told | words))


def sent(cast, article: Article | None = None, **words) -> Article:
    found = article or written(cast, **words)
    return services.submit(found, version=None, by=found.opened_by, on=DAY)


def read(article: Article, by, words: str = "已核对，同意。") -> Article:
    services.review(article, words=words, proofread=True, version=None, by=by, on=DAY)
    article.refresh_from_db()
    return article


def reviewed(cast, article: Article | None = None, **words) -> Article:
    found = sent(cast, article, **words)
    for one in (cast.chief, cast.office, cast.leader):
        read(found, one)
    return found


def published(cast, article: Article | None = None, **words) -> Article:
    found = reviewed(cast, article, **words)
    return services.publish(found, no_secrets=True, no_burden=True, version=None, by=cast.office, on=DAY)


def decision(cast, article: Article, **words):
    told = {"scope": "PUBLIC", "document": "局党委会纪要第18期", "decided_by": cast.director, "decided_on": DAY,
            "by": cast.office, "on": DAY}  # fmt: skip
    return services.widen(article, **(told | words))


def stamps(cast, article: Article, **words) -> None:
    """The three of them, the second concluded."""
    papers = {"FOUND": "督查记录第3号", "HANDLED": "处理决定第2号", "NOTIFIED": "局党委会纪要第18期"}
    for nth, (stamp, document) in enumerate(papers.items()):
        told = {"stamped_on": DAY - timedelta(days=9 - nth), "document": document, "concluded": stamp == "HANDLED",
                "by": cast.office, "on": DAY}  # fmt: skip
        services.stamp(article, stamp=stamp, **(told | words))


def institution(cast, **words) -> Institution:
    told = {"bureau": cast.bureau, "title": "规划许可容缺受理办法", "issued_on": DAY - timedelta(days=20),
            "in_use_on": DAY - timedelta(days=10), "unit": cast.planning, "by": cast.office, "on": DAY}  # fmt: skip
    return institutions.add_institution(**(told | words))


__all__ = ["BODY", "DAY", "LATER", "Problem", "asked", "clean", "date", "decision", "institution", "published", "read",
           "reviewed", "sent", "stamps", "written"]  # fmt: skip
