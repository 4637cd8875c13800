"""Facts for the papers' tests: an ordinary case, and one that fills every field to its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from luoshi.matters.queries import DispatchFacts, FeedbackFacts, ItemRow, ListFacts
from luoshi.matters.queries.sheets import PartRow, Signed, StepRow

DUE = date(2026, 10, 20)
BUREAU = "云岭县住房和城乡建设局"
DISPATCH = DispatchFacts(
    bureau=BUREAU, number="2026-0007", cycle=1, source="领导批示", source_title="第12次局长办公会",
    clause="二/第二阶段/3/二是", title="整治小区消防通道占用", requirement="清理占道 & 划线 <当日>", urgent=True,
    leader="沈知行",
    assigned_on=date(2026, 9, 29), lead_unit="物业股", lead_person="邵长青", assists=("质安中心",),
    feedback_due_on=date(2026, 10, 12), due_on=date(2026, 11, 30), original_due_on=date(2026, 10, 30),
    provisional=False, handled=("2026年10月9日 初步反馈（40%）：已清理",), verified="", closed_on=None,
    attachments=("批示.pdf",),
    parts=(
        PartRow("牵头", "物业股", "邵长青", "汇总反馈", date(2026, 11, 30), date(2026, 9, 30)),
        PartRow("协办", "质安中心", "", "核对消防设施", date(2026, 10, 20), None),
    ),
    steps=(
        StepRow("摸底登记", "邵长青", date(2026, 10, 15), date(2026, 10, 15), date(2026, 10, 14), ""),
        StepRow("清理划线", "叶知秋", date(2026, 11, 5), date(2026, 11, 13), None, "比原定晚6个工作日"),
    ),
    steps_told="第2版，局办公室已同意",
    extensions=("2026年10月20日邵长青申请由2026年10月30日延至2026年11月30日：等验收；2026年10月21日沈知行批准延至2026年11月30日",),
    signed=Signed(drafted="陆文静", issued="沈知行", issued_why="2026年9月29日批准立项"),
)  # fmt: skip
FEEDBACK = FeedbackFacts(
    bureau=BUREAU, number="2026-0007", title="整治小区消防通道占用", requirement="清理占道",
    lead_unit="物业股",
    leader="沈知行", kind="初步反馈", progress=40, done="已清理一处", obstacles="缺人手", next_step="划线",
    next_on=date(2026, 10, 20), due_on=date(2026, 11, 30), person="叶知秋", fed_back_on=date(2026, 10, 13),
    feedback_due_on=date(2026, 10, 12), late=True, attachments=(),
    contributions=(("质安中心", "核对消防设施三处", "还在配合"),),
    original_due_on=date(2026, 10, 30), extensions=("2026年10月21日沈知行批准延至2026年11月30日",),
    read_by="沈知行 2026年10月14日阅", signed=Signed(drafted="叶知秋"),
)  # fmt: skip


def item(nth: int, **words) -> ItemRow:
    told = {
        "place": nth, "number": f"2026-{nth:04d}", "title": f"第{nth}项整治小区消防通道占用工作",
        "requirement": "逐个小区核对进度，列出滞后原因，月底前报结果。", "lead_unit": "物业管理股",
        "assists": ("质量安全监督中心", "房产股"), "leader": "沈知行", "feedback_due_on": date(2026, 10, 12),
        "provisional": False, "due_on": date(2026, 12, 18), "original_due_on": None,
    }  # fmt: skip
    return ItemRow(**(told | words))


LIST = ListFacts(
    bureau=BUREAU, title="局党委会2026年第18次会议交办清单", source="党委会", document="局党委会2026年第18次会议纪要",
    issuer="沈知行", issued_on=date(2026, 9, 29), block="重点工作", items=tuple(item(nth) for nth in range(1, 41)),
    whole=True, signed=Signed(drafted="陆文静", issued="沈知行", issued_why="2026年9月29日批准立项"),
)  # fmt: skip
ENDLESS = "".join(f"第{nth}条核对小区进度" for nth in range(1, 400))[:1996] + "到此为止"
"""Two thousand characters whose order can be read."""
FULL = replace(
    DISPATCH, title="整治" * 99 + "结束", requirement=ENDLESS, handled=(ENDLESS,),
    parts=tuple(
        PartRow("协办" if nth else "牵头", f"第{nth}服务中心", "欧阳长青", "核对消防设施，报送台账。", DUE, None)
        for nth in range(30)
    ),
    steps=tuple(
        StepRow(f"第{nth}步清理划线", "叶知秋", date(2026, 11, 5), date(2026, 11, 13), None, "比原定晚6个工作日")
        for nth in range(1, 21)
    ),
    attachments=tuple(f"佐证材料第{nth}份现场照片与会议记录.pdf" for nth in range(1, 13)),
)  # fmt: skip
