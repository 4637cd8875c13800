"""样例学习、调研、走访: eight weeks of study, leaders out on site, a minuted meeting that counts, an objection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from luoshi.activities import services
from luoshi.activities.models import Activity
from luoshi.activities.services import Taking, What, visits
from luoshi.activities.services.visits import Finding
from luoshi.matters.models import Meeting

if TYPE_CHECKING:
    from luoshi.demo.universe import Story


def tell(story: Story) -> None:
    """Every thread of this part, the oldest first."""
    core_group(story)
    weekly_study(story)
    lecture(story)
    on_site(story)
    minuted(story)
    object_to_one(story)


def _hold(story: Story, ago: tuple[int, ...], by: str, people: list[Any], **words: Any) -> Activity:
    """One entry of so many days, made on the last of them; the last activity."""
    cast, days = story.cast, [story.back(one).on for one in ago]
    return services.record_activity(
        bureau=cast.bureau, what=What(**words), days=days, by=getattr(cast, by), on=max(days), sure=True,
        people=[one if isinstance(one, Taking) else Taking(one) for one in people],
    )[-1]  # fmt: skip


def core_group(story: Story) -> None:
    """Two sittings of the party committee's group, one of them without a leader who was on leave."""
    cast = story.cast
    plain = {"kind": "GROUP_STUDY", "core_group": True, "unit": cast.bureau, "content": "THEORY"}
    _hold(
        story, (44,), "office", [Taking(cast.director, "SPEAKER"), cast.leader, cast.second_leader],
        title="学习作风建设文件精神", leader_lesson=True, outcome="明确了整改的五个重点。", **plain,
    )  # fmt: skip
    _hold(
        story, (21,), "office", [Taking(cast.director, "SPEAKER"), cast.leader, Taking(cast.second_leader, "LEAVE")],
        title="学习住房保障政策", **plain,
    )  # fmt: skip


def weekly_study(story: Story) -> None:
    """Two units study half a day a week; one handler also by himself."""
    cast = story.cast
    planning, quality = [cast.chief, cast.handler, cast.second_handler], [cast.neighbour, cast.quality_handler]
    for by, unit, people, shift in (
        ("chief", cast.planning, planning, 0),
        ("neighbour", cast.quality, quality, 1),
    ):
        plain = {"kind": "GROUP_STUDY", "unit": unit}
        _hold(
            story, (38 + shift, 28 + shift, 18 + shift), by, people, title="学习业务规程", content="BUSINESS", **plain
        )
        _hold(story, (33 + shift, 23 + shift), by, people, title="学习作风建设要求", content="THEORY", **plain)
        _hold(story, (8 + shift,), by, people, title="图纸审查练习", content="SKILL", **plain)
    _hold(
        story, (16,), "handler", [cast.handler], kind="OWN_STUDY", title="自学物业管理条例", unit=cast.planning,
        content="BUSINESS",
    )  # fmt: skip


def lecture(story: Story) -> None:
    """A teacher from outside, for four units at once."""
    cast = story.cast
    _hold(
        story, (12,), "office", [cast.chief, cast.handler, cast.neighbour, cast.property_chief, cast.housing_chief],
        kind="LECTURE", title="既有住宅加装电梯讲座", unit=cast.bureau, content="SKILL", speaker="省建科院工程师",
        place="局四楼会议室", half_days=1,
    )  # fmt: skip


def _visit(story: Story, ago: int, by: str, people: list[Any], findings: tuple[Finding, ...], **words: Any) -> Activity:
    cast, day = story.cast, story.back(ago)
    return visits.record_visit(
        bureau=cast.bureau, what=What(**words), day=day.on, people=[Taking(one) for one in people],
        by=getattr(cast, by), on=day.on, findings=findings, sure=True,
    )  # fmt: skip


def on_site(story: Story) -> None:
    """Leaders on site: opinions heard, a stay, a visit that found nothing, research turned into advice."""
    cast = story.cast
    _visit(
        story, 26, "leader", [cast.leader, cast.chief], (Finding("希望把验收时间提前告知"), Finding("围挡外道路积水")),
        kind="VISIT", title="走访河西片区工地", unit=cast.planning, place="河西片区工地", place_kind="SITE",
        form="ON_SITE", counterpart="项目部、监理单位", ticked=("research",),
    )  # fmt: skip
    found = _visit(
        story, 14, "second_leader", [cast.second_leader, cast.property_chief], (),
        kind="RESEARCH", title="老旧小区物业收费调研", unit=cast.property, place="东门老旧小区", place_kind="COMMUNITY",
        form="SYMPOSIUM", difficult=True, half_days=2, outcome="收费难的根子在服务没有标准。",
    )  # fmt: skip
    visits.convert(
        found, kind="SUGGESTION", words="制定物业服务等级标准，按等级收费", by=cast.second_leader, on=story.back(13).on
    )  # fmt: skip
    _visit(
        story, 9, "director", [cast.director], (), kind="FRONTLINE", title="在安置房项目蹲点", unit=cast.bureau,
        place="城北安置房项目", place_kind="PROJECT", half_days=2, outcome="现场协调水电接入，当天接通。",
    )  # fmt: skip
    _visit(
        story, 4, "chief", [cast.chief, cast.handler], (), kind="VISIT", title="走访装修企业", unit=cast.planning,
        place="城南装修企业", place_kind="ENTERPRISE", nothing_found=True, ticked=("research",),
    )  # fmt: skip


def minuted(story: Story) -> None:
    """The people of the last minuted meeting, entered from its page."""
    cast = story.cast
    meeting = Meeting.objects.filter(bureau=cast.bureau, void=False, held_on__lte=story.today).order_by("-held_on")[:1]
    for one in meeting:
        services.copy_meeting_attendance(
            one, people=[Taking(cast.director, "SPEAKER"), Taking(cast.leader), Taking(cast.second_leader)],
            unit=cast.bureau, by=cast.office, on=story.today, sure=True,
        )  # fmt: skip


def object_to_one(story: Story) -> None:
    """A handler says that he was elsewhere; the office has not answered yet."""
    cast, day = story.cast, story.back(2)
    held = Activity.objects.filter(kind="LECTURE", attendances__person=cast.handler).latest("pk")
    services.object_to(
        held.attendances.get(person=cast.handler), words="当天下午在工地取样，只听了前一个小时。", by=cast.handler,
        on=day.on,
    )  # fmt: skip
