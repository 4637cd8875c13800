"""样例问题: problems at every step, one solved after the second look, one come back, one sent back, one late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luoshi.problems import services
from luoshi.problems.models import Problem

if TYPE_CHECKING:
    from luoshi.demo.universe import Story


def tell(story: Story) -> None:
    """Every thread of the ledger, the oldest first."""
    solved(story)
    came_back(story)
    waiting_for_second_look(story)
    sent_back(story)
    late(story)
    waiting_for_acceptance(story)
    in_hand(story)
    waiting_for_measures(story)
    seen_by_many(story)
    not_a_problem(story)


def _open(story: Story, ago: int, *, by: str, unit: str, **words: Any) -> Problem:
    cast, day = story.cast, story.back(ago)
    return services.open_problem(
        bureau=cast.bureau, unit=getattr(cast, unit), found_on=day.on, by=getattr(cast, by), on=day.on,
        now=day.at(9), **words,
    )  # fmt: skip


def _start(story: Story, problem: Problem, ago: int, *, by: str, due: int, owner: str = "", **words: Any) -> None:
    """Cause and measure on a day; `due` counts calendar days from today, or (negative) working days before it."""
    cast, day = story.cast, story.back(ago)
    due_on = story.back(-due).on if due < 0 else story.ahead(due)
    services.start_rectifying(
        problem, due_on=due_on, owner=getattr(cast, owner) if owner else None, by=getattr(cast, by), on=day.on,
        now=day.at(10), **words,
    )  # fmt: skip


def _apply(story: Story, problem: Problem, ago: int, *, by: str, note: str) -> None:
    day = story.back(ago)
    services.apply_closing(problem, note=note, by=getattr(story.cast, by), on=day.on, now=day.at(15))


def _accept(story: Story, problem: Problem, ago: int, *, note: str, answer: str = "") -> None:
    day = story.back(ago)
    services.accept_closing(problem, note=note, raiser_answer=answer, by=story.cast.verifier, on=day.on, now=day.at(16))


def solved(story: Story) -> None:
    one = _open(
        story, 92, by="office", unit="approval", source="COMPLAINT", source_note="来信", raiser="某建筑公司经办人",
        title="施工许可窗口中午无人值守，办事群众空跑", tags=["散"], style_kind="DOOR", channel="MASSES",
    )  # fmt: skip
    _start(
        story, one, 91, by="approval_chief", due=-80, pace="AT_ONCE", owner="approval_chief",
        cause="没有排午间值班。", measure="排出值班表，窗口公示值班人和电话。",
    )  # fmt: skip
    _apply(story, one, 85, by="approval_chief", note="值班表已公示，连续两周有人值守。")
    _accept(story, one, 84, note="现场查看：午间到窗口两次，均有人。", answer="GOOD")
    day = max(one.look_back_on or story.back(5).on, story.back(5).on)
    if day <= story.today:
        services.hold_look_back(one, note="又看了两次，都有人值守。", by=story.cast.inspector, on=day)


def came_back(story: Story) -> None:
    one = _open(
        story, 58, by="inspector", unit="quality", source="INSPECTION", source_note="督查通报第2期",
        title="城东工地渣土车带泥上路", place="城东安置房工地", clause=story.clause("二/第二阶段/2/四是"),
    )  # fmt: skip
    _start(
        story, one, 57, by="neighbour", due=-45, owner="quality_handler",
        cause="洗车台停用，出场没有冲洗。", measure="恢复洗车台，出场冲洗有记录。",
    )  # fmt: skip
    _apply(story, one, 48, by="quality_handler", note="洗车台已恢复，附两周冲洗记录。")
    _accept(story, one, 47, note="现场查看：洗车台在用。")
    day = story.back(6)
    services.see_again(
        one, source="OPINION", seen_on=day.on, words="雨后又带泥上路，路面很滑。", place="城东大道",
        by=story.cast.quality_handler, on=day.on, now=day.at(9),
    )  # fmt: skip
    services.rebound(
        one, reason="群众反映雨后带泥上路，现场核实洗车台夜间关闭。", due_on=story.ahead(12), by=story.cast.inspector,
        on=day.on, now=day.at(11),
    )  # fmt: skip


def waiting_for_second_look(story: Story) -> None:
    one = _open(
        story, 30, by="property_handler", unit="property", source="VISIT", source_note="小区走访",
        raiser="翠湖小区住户", title="翠湖小区物业收费没有公示", place="翠湖小区", tags=["慢"],
    )  # fmt: skip
    _start(
        story, one, 28, by="property_chief", due=-15, owner="property_handler",
        cause="物业公司没有按规定公示。", measure="责令限期公示，逐小区检查。",
    )  # fmt: skip
    _apply(story, one, 18, by="property_handler", note="收费标准已在大门公示栏张贴。")
    _accept(story, one, 16, note="现场查看：公示完整。", answer="FAIR")


def sent_back(story: Story) -> None:
    one = _open(
        story, 20, by="office", unit="housing", source="MEETING", source_note="局班子会",
        title="公租房报修没有台账，修没修说不清",
    )  # fmt: skip
    _start(
        story, one, 19, by="housing_chief", due=8, owner="housing_handler",
        cause="报修靠电话口头登记。", measure="建立报修台账，每周核对一次。",
    )  # fmt: skip
    _apply(story, one, 9, by="housing_handler", note="台账已建立。")
    day = story.back(7)
    services.return_closing(
        one, reason="台账只有本月的，前两个月没有补登。", by=story.cast.verifier, on=day.on, now=day.at(10)
    )


def late(story: Story) -> None:
    one = _open(
        story, 26, by="office", unit="property", source="OPINION", source_note="群众意见箱", raiser="锦绣家园业主",
        title="锦绣家园二期电梯停用一个月没有修", place="锦绣家园二期", tags=["慢", "怕"], style_kind="SHIRK",
    )  # fmt: skip
    _start(
        story, one, 25, by="property_chief", due=-4, owner="property_handler",
        cause="维修资金使用没有达成一致。", measure="组织业主表决，申请应急维修资金。",
    )  # fmt: skip
    day = story.back(10)
    services.report_progress(
        one, note="业主表决已过半，正在公示。", by=story.cast.property_handler, on=day.on, now=day.at(16)
    )


def waiting_for_acceptance(story: Story) -> None:
    one = _open(
        story, 14, by="handler", unit="planning", source="VISIT", source_note="入企走访", raiser="某设计院经办人",
        title="规划条件咨询要跑三个股室才能问清", clause=story.clause("二/第二阶段/3/一是"), style_kind="DOOR",
    )  # fmt: skip
    _start(
        story, one, 13, by="chief", due=6, owner="handler",
        cause="咨询没有统一出口。", measure="设一个咨询岗，一次说清，当天回复。",
    )  # fmt: skip
    _apply(story, one, 2, by="handler", note="咨询岗已设，已答复11件，都在当天。")


def in_hand(story: Story) -> None:
    one = _open(
        story, 8, by="leader", unit="planning", source="VISIT", source_note="一线蹲点",
        title="项目前期资料各报各的，同一份材料交三遍", clause=story.clause("二/第二阶段/3/一是"),
    )  # fmt: skip
    _start(
        story, one, 6, by="chief", due=15, owner="second_handler",
        cause="股室之间没有共享目录。", measure="建立共享目录，一份材料只收一次。",
    )  # fmt: skip


def waiting_for_measures(story: Story) -> None:
    one = _open(
        story, 4, by="inspector", unit="quality", source="INSPECTION", source_note="督查通报第3期",
        title="两个工地隐患整改通知发出后没有复查记录",
    )  # fmt: skip
    day = story.back(3)
    services.confirm(one, by=story.cast.neighbour, on=day.on, now=day.at(11))


def seen_by_many(story: Story) -> None:
    one = _open(
        story, 3, by="office", unit="planning", source="OPINION", source_note="群众来电", raiser="向阳小区业主",
        title="向阳小区南门窨井盖松动，多日无人处理", place="向阳小区南门",
        detail="三个井盖松动，夜间有老人绊倒；物业说已报过两次。",
    )  # fmt: skip
    for ago, words in ((2, "路过时差点崴脚。"), (1, "孩子上学天天走这里。")):
        day = story.back(ago)
        services.see_again(
            one, source="OPINION", seen_on=day.on, words=words, place="向阳小区南门", by=story.cast.office, on=day.on,
            now=day.at(10),
        )  # fmt: skip


def not_a_problem(story: Story) -> None:
    one = _open(
        story, 5, by="office", unit="quality", source="OPINION", title="沿河步道路灯不亮", source_note="群众来电"
    )  # fmt: skip
    day = story.back(4)
    services.dismiss(
        one, reason="路灯由城管部门管护，已电话转告并答复来电人。", by=story.cast.office, on=day.on, now=day.at(15)
    )
