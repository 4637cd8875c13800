"""样例会议和清单: a sitting and its list of eight items, told through services: some signed, fed back, one done."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from luoshi.matters import services as matters
from luoshi.matters.models import Matter

ITEMS: tuple[tuple[str, str, str, tuple[str, ...], int], ...] = (
    # title, requirement, lead, assisting units, days from today
    ("排查雨季易涝小区排水设施", "逐个小区列出问题和整改时间，边查边改。", "planning", ("property", "housing"), 18),
    ("建立在建项目月调度台账", "每月5日前更新，问题项目写明卡点和责任人。", "planning", ("quality",), 12),
    ("开展预拌混凝土质量抽检", "抽检不少于6家企业，结果报局班子。", "quality", (), 24),
    ("整治工地夜间施工扰民", "公布投诉电话，当晚处置、次日回访。", "quality", ("planning",), 9),
    ("压减竣工联合验收办理时间", "梳理各环节用时，提出压减办法。", "approval", ("planning", "quality"), 31),
    ("规范住宅专项维修资金使用", "修订申请流程，公开审批进度。", "property", ("approval",), 40),
    ("清理公租房欠缴租金", "分类催缴，困难家庭按规定减免。", "housing", (), 27),
    ("办好物业服务满意度调查", "覆盖全县住宅小区，问题列入整改台账。", "property", ("housing",), 45),
)
SIGNERS = {
    "planning": ("chief", "handler"), "quality": ("neighbour", "quality_handler"),
    "approval": ("approval_chief", "approval_chief"), "property": ("property_chief", "property_handler"),
    "housing": ("housing_chief", "housing_handler"),
}  # fmt: skip


def tell(cast: SimpleNamespace, days: Any) -> None:
    """A sitting ten working days ago, its list handed out the day after, and the next sitting called for today."""
    held, out = days.back(10), days.back(9)
    year = held.on.year
    sitting = matters.open_meeting(
        bureau=cast.bureau, kind="COMMITTEE", title=f"局党委会{year}年第20次会议", held_on=held.on, chair=cast.director,
        by=cast.office, on=held.on,
    )  # fmt: skip
    items = [
        matters.Item(
            title=title, requirement=requirement, lead_unit=getattr(cast, lead), due_on=days.ahead(ahead),
            leader=cast.leader if lead in ("planning", "quality") else cast.second_leader,
            assist_units=tuple(getattr(cast, one) for one in assists),
        )
        for title, requirement, lead, assists, ahead in ITEMS
    ]  # fmt: skip
    found = matters.open_list(
        bureau=cast.bureau, source="COMMITTEE", document=f"局党委会{year}年第20次会议纪要", meeting=sitting,
        issuer=cast.director, issued_on=out.on, block="KEY_WORK", items=items, upto="ASSIGNED",
        decided_by=cast.director, decided_on=held.on, by=cast.office, on=out.on, now=out.at(10),
    )  # fmt: skip
    handed = list(found.matters.order_by("place"))
    for place in (0, 1, 2, 3, 5, 6):
        _sign(cast, handed[place], ITEMS[place][2], days.back(8))
    _report(cast, days, handed[0], "planning", "已排查22个小区，7处设施已清淤。", 40)
    _report(cast, days, handed[2], "quality", "抽检3家企业，强度均合格。", 50)
    _report(cast, days, handed[3], "quality", "投诉电话已公布，本周处置5起。", 60)
    _report(cast, days, handed[5], "property", "流程初稿已完成，正征求意见。", 30)
    _finish(cast, days, handed[1])
    _recurring(cast, days, f"局党委会{year}年第20次会议纪要")
    matters.open_meeting(
        bureau=cast.bureau, kind="COMMITTEE", title=f"局党委会{year}年第21次会议", held_on=days.ahead(1),
        chair=cast.director, by=cast.office, on=days.back(0).on,
    )  # fmt: skip


def _sign(cast: SimpleNamespace, matter: Matter, unit: str, day: Any) -> None:
    head, handler = (getattr(cast, one) for one in SIGNERS[unit])
    matters.accept(matter, by=head, handler=handler, on=day.on, now=day.at(9))


def _report(cast: SimpleNamespace, days: Any, matter: Matter, unit: str, done: str, progress: int) -> None:
    day = days.back(5)
    matters.feed_back(
        matter, by=getattr(cast, SIGNERS[unit][1]), kind="PRELIMINARY", progress=progress, done=done,
        next_step="按要求继续推进。", next_on=days.ahead(8), on=day.on, now=day.at(16),
    )  # fmt: skip


def _finish(cast: SimpleNamespace, days: Any, matter: Matter) -> None:
    day = days.back(4)
    matters.submit(matter, by=cast.handler, done="台账已建立并按月更新，附样表。", on=day.on, now=day.at(11))
    day = days.back(3)
    matters.verify(matter, by=cast.verifier, note="查阅台账，内容完整。", on=day.on, now=day.at(10))
    day = days.back(2)
    matters.close(matter, by=cast.leader, note="同意。", on=day.on, now=day.at(15))


def _recurring(cast: SimpleNamespace, days: Any, minutes: str) -> None:
    """A ledger due on the fifth working day of each month, a report on the last one of each quarter; from now on."""
    since, today = days.back(8), days.back(0)
    told = {"bureau": cast.bureau, "source": "COMMITTEE", "source_title": minutes, "from_on": since.on,
            "decided_by": cast.director, "decided_on": since.on, "source_note": minutes, "by": cast.office,
            "on": since.on}  # fmt: skip
    matters.open_recurrence(
        title="更新在建项目调度台账", requirement="逐个项目写明进度、卡点和责任人。", lead_unit=cast.planning,
        assist_units=[cast.quality], leader=cast.leader, rhythm="MONTH", nth=5, ahead=3, **told,
    )  # fmt: skip
    matters.open_recurrence(
        title="报送物业服务投诉办理情况", requirement="分小区列出投诉件数、办结件数和满意度。", lead_unit=cast.property,
        leader=cast.second_leader, rhythm="QUARTER", nth=-1, ahead=10, **told,
    )  # fmt: skip
    matters.hand_out_recurring(on=today.on, now=today.at(8))
