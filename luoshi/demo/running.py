"""The part of the sample story about work under way: a roadmap that slipped, three assisting units, two extensions.

Each function is one task's life, told by the story of `demo.universe`; days are counted back in working days.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from luoshi.matters import queries
from luoshi.matters import services as matters
from luoshi.matters.models import Matter
from luoshi.matters.services import Part, StepWords

if TYPE_CHECKING:
    from luoshi.demo.universe import Story


def tell(story: Story) -> None:
    """Every task of this part."""
    slipped_roadmap(story)
    three_assisting_units(story)
    asked_extension(story)


def road(story: Story, matter: Matter, start: int, steps: list[StepWords], *, by: str, reason: str = "") -> None:
    """The unit sends its roadmap in one morning, the office agrees in the afternoon."""
    day = story.back(start)
    matters.propose_roadmap(matter, steps=steps, reason=reason, by=getattr(story.cast, by), on=day.on, now=day.at(9))
    matters.accept_roadmap(matter, by=story.cast.office, note="按此推进。", on=day.on, now=day.at(15))


def slipped_roadmap(story: Story) -> None:
    """推进城区雨污分流: the second step finished six working days late, the third is behind; one extension granted."""
    cast = story.cast
    matter = story.hand_out(
        26,
        due_on=story.ahead(10),
        lead="property",
        leader="second_leader",
        title="推进城区老旧小区雨污分流改造",
        requirement="年内完成十二个小区主管改造，恢复路面，逐个小区验收。",
        source="KEY_PROJECT",
        source_title="年度重点项目清单",
        block="KEY_PROJECT",
    )
    story.sign(matter, 26, head="property_chief", handler="property_handler")
    first = [
        StepWords("完成十二个小区管线探查", story.back(22).on, cast.property_handler),
        StepWords("主管改造完成过半", story.back(14).on, cast.property_handler),
        StepWords("主管改造全部完成", story.back(2).on, cast.property_chief),
        StepWords("路面恢复并逐个小区验收", story.ahead(8), cast.property_chief),
    ]
    road(story, matter, 25, first, by="property_handler")
    story.report(
        matter, 23, by="property_handler", kind="PRELIMINARY", progress=20, done="探查进场，已完成九个小区。",
        next_step="月底前完成探查并开工。", next_on=story.back(9).on,
    )  # fmt: skip
    done(story, matter, 22, note="十二个小区管线图已入库。")
    late, third, last = queries.undone(matter)
    again = [
        StepWords(late.words, story.back(8).on, cast.property_handler, late.pk),
        StepWords(third.words, third.due_on, cast.property_chief, third.pk),
        StepWords(last.words, last.due_on, cast.property_chief, last.pk),
    ]
    road(story, matter, 13, again, by="property_handler", reason="锦绣家园地下管线与图纸不符，须重新探查。")
    story.report(
        matter, 9, by="property_handler", kind="STAGE", progress=55, done="主管改造完成六个小区。",
        obstacles="连日降雨影响开挖。", next_step="增加两个班组。", next_on=story.ahead(6),
    )  # fmt: skip
    done(story, matter, 8, note="已完成七个小区。")
    day = story.back(6)
    matters.ask_extension(
        matter, wanted_on=story.ahead(30), reason="连日降雨，两个小区无法开挖，路面恢复须待天晴。",
        by=cast.property_chief, on=day.on, now=day.at(10),
    )  # fmt: skip
    matters.grant_extension(
        matter, due_on=story.ahead(24), note="同意，抓紧雨停窗口期。", by=cast.second_leader, on=day.on, now=day.at(16)
    )


def done(story: Story, matter: Matter, start: int, *, note: str) -> None:
    """The nearest step is ticked off on that day."""
    day = story.back(start)
    step = queries.undone(matter)[0]
    matters.finish_step(
        matter, step=step, done_on=day.on, note=note, by=story.cast.property_handler, on=day.on, now=day.at(17)
    )


def three_assisting_units(story: Story) -> None:
    """One assisting unit has told what it did, one is late, one has not signed; a fourth gave its part back."""
    cast = story.cast
    day = story.back(8)
    matter = story.hand_out(
        8,
        due_on=story.ahead(16),
        lead="housing",
        leader="second_leader",
        title="开展城镇自建房安全隐患集中整治",
        requirement="逐栋排查，分类建账，重大隐患先行管控。",
        source="COUNTY",
        source_title="县安委会工作要点",
        block="COUNTY",
        assist_units=[cast.quality, cast.planning, cast.property, cast.approval],
    )
    matters.adjust_parties(
        matter,
        parts=[
            Part(cast.quality, "提供鉴定人员，复核疑似危房", story.ahead(9)),
            Part(cast.planning, "核对规划许可和建设年代", story.back(2).on),
            Part(cast.property, "组织物业企业排查出租自建房", story.ahead(9)),
            Part(cast.approval, "提供审批档案", None),
        ],
        reason="县安委会会议明确分工。",
        by=cast.office,
        on=day.on,
        now=day.at(11),
    )
    story.sign(matter, 8, head="housing_chief", handler="housing_handler")
    steps = [
        StepWords("逐栋排查建账", story.ahead(4), cast.housing_handler),
        StepWords("疑似危房鉴定", story.ahead(9), cast.quality_handler),
        StepWords("重大隐患管控到位", story.ahead(15), cast.housing_chief),
    ]
    road(story, matter, 7, steps, by="housing_handler")
    part(story, matter, 7, "receive", "neighbour", handler=cast.quality_handler)
    part(story, matter, 7, "receive", "chief", handler=cast.second_handler)
    part(story, matter, 6, "return_part", "approval_chief", reason="自建房档案在乡镇保管，本股没有可提供的材料。")
    story.report(
        matter, 4, by="housing_handler", kind="PRELIMINARY", progress=35, done="已排查两个乡镇，建账86栋。",
        next_step="下周完成其余乡镇。", next_on=story.ahead(5),
    )  # fmt: skip
    part(
        story, matter, 2, "contribute", "quality_handler", done="已复核疑似危房9栋，其中C级3栋，意见已书面交房保中心。"
    )


def part(story: Story, matter: Matter, start: int, name: str, who: str, **words: Any) -> None:
    """What an assisting unit does for itself on a day."""
    day = story.back(start)
    getattr(matters, name)(matter, by=getattr(story.cast, who), on=day.on, now=day.at(10), **words)


def asked_extension(story: Story) -> None:
    """A request that waits on the leader's desk, and a roadmap that waits on the office's."""
    cast = story.cast
    matter = story.hand_out(
        9,
        due_on=story.ahead(5),
        lead="planning",
        leader="leader",
        title="修订城区户外广告设置规划",
        requirement="征求沿街商户意见，报局班子会审议。",
        source="TEAM_MEETING",
        source_title="局班子会议",
        block="KEY_WORK",
    )
    story.sign(matter, 9, head="chief", handler="second_handler")
    story.report(
        matter, 6, by="second_handler", kind="PRELIMINARY", progress=40, done="初稿已成，正在征求意见。",
        next_step="汇总意见后修改。", next_on=story.ahead(4),
    )  # fmt: skip
    steps = [
        StepWords("征求沿街商户意见", story.ahead(2), cast.second_handler),
        StepWords("修改后报局班子会", story.ahead(5), cast.chief),
    ]
    day: Any = story.back(1)
    matters.propose_roadmap(matter, steps=steps, by=cast.second_handler, on=day.on, now=day.at(10))
    wanted: date = story.ahead(19)
    matters.ask_extension(
        matter, wanted_on=wanted, reason="沿街商户较多，意见征求期按规定不少于二十日。", by=cast.chief, on=day.on,
        now=day.at(11),
    )  # fmt: skip
