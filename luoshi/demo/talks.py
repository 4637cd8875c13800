"""样例谈话、考察、动员、征求意见表: talks signed and waiting, a trip with its lessons, a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from luoshi.activities.services import lessons, mobilisation, opinion_forms, talk_follow_ups, talks, trips

if TYPE_CHECKING:
    from luoshi.demo.universe import Story


def tell(story: Story) -> None:
    """Every thread of this part."""
    mobilise(story)
    talk_round(story)
    go_and_learn(story)
    ask_opinions(story)


def mobilise(story: Story) -> None:
    """The county meets, the bureau three working days later; two units studied it, the others are still missing."""
    cast, first, then, after = story.cast, story.back(57), story.back(54), story.back(53)
    county = mobilisation.receive_county_meeting(
        bureau=cast.bureau, title="全县作风建设动员部署会", held_on=first.on, people=[cast.director, cast.office],
        spirit="解放思想、整顿作风、提升效能，问题导向，年内见成效。", by=cast.office, on=first.on,
    )  # fmt: skip
    mobilisation.hold_bureau_meeting(
        bureau=cast.bureau, title="局作风建设动员部署会", held_on=then.on, place="局四楼会议室",
        people=[cast.director, cast.leader, cast.second_leader, cast.office, cast.chief, cast.neighbour,
                cast.property_chief, cast.housing_chief, cast.approval_chief],
        speech="各单位一把手负总责，任务逐项分到人。", by=cast.office, on=then.on,
    )  # fmt: skip
    for unit, head, away in ((cast.planning, cast.chief, [cast.second_handler]), (cast.quality, cast.neighbour, [])):
        mobilisation.relay_spirit(
            unit=unit, county=county, relay="RELAYED", held_on=after.on, by=head, on=after.on, away=away
        )


def talk_round(story: Story) -> None:
    """One political talk signed by both, one waits for the other; what was reminded is under way."""
    cast, first, second = story.cast, story.back(20), story.back(3)
    note = talks.record_talk(
        bureau=cast.bureau, kind="POLITICAL_TALK", talker=cast.leader, partners=[cast.chief], held_on=first.on,
        content="谈了股室分工和年轻干部培养。工作扎实，流程上还要再压紧。",
        opinions="部门之间会签时间长，建议定一个时限。",
        by=cast.leader, on=first.on, follow_up=talks.FollowUpWords("月底前把会签流程图理出来", story.back(1).on),
    )[0]  # fmt: skip
    talks.sign_talk(note, version=None, by=cast.chief, on=first.on)
    talk_follow_ups.list_talk_opinion(
        note,
        words="部门之间会签没有时限，影响办理进度",
        unit=cast.office_unit,
        named=False,
        by=cast.leader,
        on=first.on,
    )
    talks.record_talk(
        bureau=cast.bureau, kind="POLITICAL_TALK", talker=cast.leader, partners=[cast.neighbour], held_on=second.on,
        content="谈了工地巡查和廉洁自律。", by=cast.leader, on=second.on,
    )  # fmt: skip
    talks.record_talk(
        bureau=cast.bureau, kind="HEART_TALK", talker=cast.chief, partners=[cast.handler], held_on=second.on,
        content="了解近期工作压力和家庭情况，鼓励参加职称考试。", by=cast.chief, on=second.on,
    )  # fmt: skip


def go_and_learn(story: Story) -> None:
    """A trip reported, one lesson adopted, one to be answered; an expert's visit waits for a leader."""
    cast, asked, back = story.cast, story.back(30), story.back(22)
    journey = trips.Journey(
        kind="OUTGOING", host="青山县住房和城乡建设局", held_on=story.back(24).on, until_on=story.back(23).on,
        topics=["物业管理", "老旧小区改造"], people=[cast.property_chief, cast.property_handler], unit=cast.property,
        letter_number="云住建函〔2026〕31号",
    )  # fmt: skip
    trip = trips.ask_trip(bureau=cast.bureau, journey=journey, by=cast.property_chief, on=asked.on)
    agreed = trips.Verdict(approved=True, words="同意，轻车简从。")
    trips.decide_trip(trip, verdict=agreed, version=None, by=cast.second_leader, on=asked.on)
    trips.report_trip(
        trip, held_on=story.back(24).on, until_on=story.back(23).on, cost=None, version=None, by=cast.property_chief,
        people=[cast.property_chief, cast.property_handler], on=back.on,
        words="看了三个改造小区和一个物业服务站，与对方座谈半天。\n信用评分、收费公示做得细。",
        lessons=["物业企业信用评分每季度在小区公示", "老旧小区改造后同步引进物业"],
    )  # fmt: skip
    first = trip.lessons.order_by("id")[0]
    lessons.answer_lesson(
        first, answer="ADOPTED", where="写进物业服务企业信用评价办法", unit=cast.property, version=None,
        by=cast.second_leader, on=back.on,
    )  # fmt: skip
    expert = trips.Journey(
        kind="EXPERT", host="省建筑设计院总工程师", held_on=story.ahead(8), topics=["建筑业监管"], form="现场指导",
        people=[cast.neighbour, cast.quality_handler], unit=cast.quality,
    )  # fmt: skip
    trips.ask_trip(bureau=cast.bureau, journey=expert, by=cast.neighbour, on=story.back(1).on)


def ask_opinions(story: Story) -> None:
    """One round of forms counted with one opinion in the ledger, one still out."""
    cast, out, back = story.cast, story.back(15), story.back(9)
    form = opinion_forms.issue_form(
        bureau=cast.bureau, title="锦绣家园等小区物业服务征求意见表", unit=cast.property, issued_on=out.on, issued=120,
        by=cast.property_chief, on=out.on,
    )  # fmt: skip
    opinions = [("电动车没有地方停放充电", 31), ("路灯坏了报修慢", 12), ("楼道堆物没人管", 8)]
    opinion_forms.tally_form(
        form, returned=96, lines=opinions, none=False, version=None, by=cast.property_chief, on=back.on
    )
    opinion_forms.list_form_opinion(form, place=0, unit=cast.property, version=None, by=cast.property_chief, on=back.on)
    opinion_forms.issue_form(
        bureau=cast.bureau, title="公租房住户征求意见表", unit=cast.housing, issued_on=story.back(2).on, issued=60,
        by=cast.housing_chief, on=story.back(2).on,
    )  # fmt: skip
