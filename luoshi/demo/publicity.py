"""The story of publicity: one experience out of an institution in use and taken up elsewhere, one news, one waiting."""

from __future__ import annotations

from typing import Any

from luoshi.problems.models import Institution
from luoshi.publicity import queries, services
from luoshi.publicity.models import Article

NEWS = """一、到一线去
局班子成员每月带队到项目工地现场办公，能当场定的当场定，定不了的列清单、定时限。
二、把问题办结
塔吊、深基坑、高支模隐患逐台建账、逐项销号，整改情况由核查人到现场看。
三、请群众评
每件急难愁盼办结后回访，说不满意的重新办。"""
DRAFT = """一、为什么改
规划许可咨询过去要问三个窗口，群众说不清该找谁。
二、怎样改
窗口统一受理、股室当天会商，答复时限写在告知单上。"""


def tell(story: Any) -> None:
    """Everything of this room, on working days before today."""
    _experience(story)
    _news(story)
    _waiting(story)


def _read(article: Article, story: Any, *people: tuple[str, int, str]) -> Article:
    for who, ago, words in people:
        services.review(
            article, words=words, proofread=True, version=None, by=getattr(story.cast, who), on=story.back(ago).on
        )
        article.refresh_from_db()
    return article


def _experience(story: Any) -> None:
    cast = story.cast
    made = Institution.objects.filter(bureau=cast.bureau, title__startswith="窗口一次性告知办法").first()
    if made is None:
        return
    draft = queries.draft_from("institution", made)
    article = services.write(
        bureau=cast.bureau, unit=cast.approval, kind="EXPERIENCE", title=draft.title, body=draft.body,
        sources={"institution": made}, by=cast.approval_chief, on=story.back(6).on,
    )  # fmt: skip
    services.submit(article, version=None, by=cast.approval_chief, on=story.back(6).on)
    _read(
        article, story, ("second_leader", 5, "做法属实，成效再核一次数字。"), ("office", 4, "数字、文号已核对，同意。"),
        ("director", 4, "同意发布，请物业股先学起来。"),
    )  # fmt: skip
    services.publish(article, no_secrets=True, no_burden=True, version=None, by=cast.office, on=story.back(4).on)
    services.adopt(
        article, unit=cast.property, adopted_on=story.back(2).on, by=cast.property_chief, on=story.back(2).on,
        words="物业服务企业备案也用一次性告知单，企业不再跑第二趟。",
    )  # fmt: skip


def _news(story: Any) -> None:
    cast = story.cast
    article = services.write(
        bureau=cast.bureau, unit=cast.planning, kind="NEWS", title="县住建局：把作风建设落到工地上", body=NEWS,
        scope="PUBLIC", by=cast.handler, on=story.back(9).on,
    )  # fmt: skip
    services.submit(article, version=None, by=cast.handler, on=story.back(9).on)
    _read(
        article, story, ("chief", 8, "内容属实。"), ("office", 8, "文字已校，同意。"), ("leader", 7, "同意。"),
    )  # fmt: skip
    services.publish(article, no_secrets=True, no_burden=True, version=None, by=cast.office, on=story.back(7).on)
    services.add_outlet(article, medium="县融媒体中心", ran_on=story.back(6).on, by=cast.office, on=story.back(6).on)


def _waiting(story: Any) -> None:
    cast = story.cast
    article = services.write(
        bureau=cast.bureau, unit=cast.planning, kind="NEWS", title="规划许可咨询不再跑三个窗口", body=DRAFT,
        scope="PUBLIC", by=cast.handler, on=story.back(2).on,
    )  # fmt: skip
    services.submit(article, version=None, by=cast.handler, on=story.back(2).on)
    _read(article, story, ("chief", 1, "内容属实，同意。"))
