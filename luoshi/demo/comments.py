"""样例点评: a leader's word answered and picked up for the ledger, one entered for the chief, one still waiting."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from luoshi.appraisal.services import comments as services
from luoshi.appraisal.services.comments import Plan
from luoshi.matters.models import Matter
from luoshi.problems import services as problems


def tell(cast: SimpleNamespace, story: Any) -> None:
    """Four comments on working days before today; nothing of them counts as points."""
    first, second, third, last = (story.back(days).on for days in (18, 12, 9, 3))
    told = services.comment(
        bureau=cast.bureau, unit=cast.planning, by=cast.leader, on=first,
        words="重点项目清单逐项有了路线图，比上季度清楚。台账里的佐证材料要跟着进度补，不要等季末一起补。",
    )  # fmt: skip
    services.answer_comment(
        told, answer="已定专人每周五核对佐证材料，本月先补齐前三季度。", version=None, by=cast.chief, on=second
    )
    made = services.open_improvement(
        bureau=cast.bureau, comment=told, by=cast.office, on=second,
        plan=Plan("重点项目佐证材料随进度补齐", due_on=story.ahead(20)),
    )  # fmt: skip
    problems.start_rectifying(
        made.problem, cause="材料由各承办人自存，没有专人核对。", measure="定专人每周五核对，缺的当周补齐。",
        due_on=story.ahead(20), owner=cast.handler, by=cast.chief, on=third,
    )  # fmt: skip
    services.comment(
        bureau=cast.bureau, unit=cast.approval, by=cast.office, said_by=cast.director, said_on=third, on=third,
        words="联合验收压减时限的办法要先在窗口公开，企业来问要一次说清。",
    )  # fmt: skip
    late = Matter.objects.filter(bureau=cast.bureau, lead_unit=cast.quality).order_by("pk").first()
    services.comment(
        bureau=cast.bureau, unit=cast.quality, by=cast.office, on=last, matter=late,
        words="塔吊检查已经逾期，请说明卡在哪里、需要谁协调，三天内给出新的安排。",
    )  # fmt: skip
