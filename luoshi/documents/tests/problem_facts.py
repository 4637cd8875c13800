"""Facts of problems for the papers' tests: an ordinary case, and one that fills every field to its edge."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from luoshi.documents.tests.facts import BUREAU, ENDLESS
from luoshi.problems.queries.paper import ClosingFacts, LedgerFacts, LedgerLine

DUE, SOON = date(2026, 12, 18), date(2026, 11, 30)


def line(nth: int, **words) -> LedgerLine:
    told = {
        "place": nth, "number": f"问题2026-{nth:04d}", "source": "走访调研",
        "title": f"第{nth}处小区窨井盖松动无人处理",
        "measure": "更换井盖，建立每周巡查制度，责任到人。", "leader": "沈知行", "unit": "规划建设股",
        "owner": "叶知秋",
        "due_on": DUE, "original_due_on": DUE, "standing": "整改中", "said": "11-20 已更换三处，其余月底前换完。",
        "proofs": ("现场照片.jpg",), "applied_on": None, "closed_by": "", "closed_on": None, "look_on": None,
        "looked_on": None, "held": None,
    }  # fmt: skip
    return LedgerLine(**(told | words))


CLOSED = {
    "standing": "已解决", "applied_on": date(2026, 8, 20), "closed_by": "秦若谷", "closed_on": date(2026, 8, 28),
    "look_on": SOON, "looked_on": SOON, "held": True,
}  # fmt: skip
LEDGER = LedgerFacts(
    bureau=BUREAU, words="责任单位：规划建设股", made_on=date(2026, 11, 26),
    lines=(
        line(1, original_due_on=SOON), line(2, **CLOSED), line(3, measure=ENDLESS),
        line(4, proofs=tuple(f"照片{nth}.jpg" for nth in range(5))), *(line(nth) for nth in range(5, 31)),
    ),
)  # fmt: skip
CLOSING = ClosingFacts(
    bureau=BUREAU, number="问题2026-0007", cycle=1, title="小区门口窨井盖松动无人处理", detail="夜间有老人摔倒。",
    source="群众意见　征求意见表", found_on=date(2026, 9, 29), raisers=("王大爷",), cause="巡查频次不够",
    measure="更换井盖，每周巡查一次", leader="沈知行", unit="规划建设股", owner="叶知秋",
    due_on=DUE, original_due_on=SOON,
    done=("2026-10-20 叶知秋：已更换三处", "2026-11-02 叶知秋：全部更换完毕"),
    matters=("督办2026-0012 质安中心：整改：小区门口窨井盖松动（已办结）",), proofs=("井盖更换照片.jpg",), returns=1,
    applied_by="叶知秋", applied_on=date(2026, 11, 2), accepted="现场看过，井盖已换", closed_by="秦若谷",
    closed_on=date(2026, 11, 5), answer="满意", answer_words="换得快", answered_on=date(2026, 11, 5),
    look_on=date(2027, 2, 5), looked_on=date(2027, 2, 8), looked="没有反弹：又走了一遍",
)  # fmt: skip
CLOSING_FULL = replace(
    CLOSING, title="窨井" * 99 + "结束", detail=ENDLESS, measure=ENDLESS, done=(ENDLESS,), accepted=ENDLESS,
    proofs=tuple(f"佐证材料第{nth}份现场照片与会议记录.pdf" for nth in range(1, 20)), answer_words="换得快" * 100,
)  # fmt: skip
