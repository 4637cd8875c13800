"""The story of appraisal: last quarter's errands, a scheme tried and adopted for it, and the quarter counted.

Told after all other rooms: the errands of last quarter are long archived, each unit did some of them well.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from luoshi.appraisal import queries, services
from luoshi.appraisal.rules.drafting import Draft, Row
from luoshi.appraisal.rules.quarters import Quarter, quarter_of
from luoshi.lib.clock import SHANGHAI
from luoshi.matters import services as matters
from luoshi.workdays.rules import is_workday

EACH = ("COUNTY", "KEY_PROJECT", "KEY_WORK")
ROWS = (
    Row("completion", dict(zip(EACH, (40, 40, 30), strict=True))),
    Row("on_time", dict(zip(EACH, (30, 30, 20), strict=True))),
    Row("accepted_first_time", dict(zip(EACH, (20, 20, 20), strict=True))),
    Row("feedback_on_time", dict(zip(EACH, (10, 10, 10), strict=True))),
    Row("problems_closed_on_time", {"KEY_WORK": 10}),
    Row("satisfaction", {"KEY_WORK": 10}),
)
DONE = (
    # title, unit, head, handler, leader, block, days before the quarter's end: handed out, fed back, due, submitted
    ("核对老旧小区改造开工项目台账", "planning", "chief", "handler", "leader", "COUNTY", 40, 36, 12, 14),
    ("汇总重点项目前期手续办理情况", "planning", "chief", "handler", "leader", "KEY_PROJECT", 38, 35, 10, 11),
    ("排查在建工地深基坑隐患", "quality", "neighbour", "quality_handler", "leader", "KEY_WORK", 42, 39, 15, 12),
    ("督促安置房项目补齐质量资料", "quality", "neighbour", "quality_handler", "leader", "KEY_PROJECT", 40, 30, 14, 15),
    ("清理施工许可环节重复提交的材料", "approval", "approval_chief", "approval_chief", "second_leader", "KEY_WORK",
     39, 36, 11, 13),
    ("答复县政府督办的联合验收件", "approval", "approval_chief", "approval_chief", "second_leader", "COUNTY",
     36, 34, 9, 12),
    ("整治住宅小区电动车飞线充电", "property", "property_chief", "property_handler", "second_leader", "COUNTY",
     41, 38, 13, 10),
    ("建立无物业小区名册", "property", "property_chief", "property_handler", "second_leader", "KEY_WORK",
     37, 34, 12, 14),
    ("公示公租房轮候名单", "housing", "housing_chief", "housing_handler", "second_leader", "KEY_WORK", 38, 35, 10, 12),
    ("核查公租房转租问题", "housing", "housing_chief", "housing_handler", "second_leader", "COUNTY", 36, 33, 9, 10),
)  # fmt: skip


def tell(story: Any) -> None:
    """Last quarter's work, the scheme for it, and its scores; none where today lies too near the quarter's end."""
    quarter = quarter_of(story.today).previous
    for one in (quarter.previous, quarter):
        for row in DONE:
            _errand(story, one, *row)
    _scheme(story, quarter.previous)
    counted = _workday(story, quarter.last + timedelta(days=11), 1)
    if counted < story.today:
        _board(story, quarter, counted)
    _next_edition(story, quarter)


def _workday(story: Any, day: date, step: int) -> date:
    while not is_workday(day, story.calendar):
        day += timedelta(days=step)
    return day


def _errand(
    story: Any, quarter: Quarter, title: str, unit: str, head: str, handler: str, leader: str, block: str,
    out: int, fed: int, due: int, sent: int,
) -> None:  # fmt: skip
    cast = story.cast

    def at(before: int, hour: int) -> dict[str, Any]:
        day = _workday(story, quarter.last - timedelta(days=before), -1)
        return {"on": day, "now": datetime.combine(day, time(hour), SHANGHAI)}

    who = getattr(cast, leader)
    matter = matters.open_matter(
        bureau=cast.bureau, title=f"{title}（{quarter}）", source="COUNTY" if block == "COUNTY" else block, block=block,
        source_title="县政府督办通知" if block == "COUNTY" else "年度重点工作安排", lead_unit=getattr(cast, unit),
        leader=who, due_on=at(due, 9)["on"], by=cast.office, **at(out, 9),
    )  # fmt: skip
    matters.approve(matter, by=who, **at(out, 10))
    matters.assign(matter, by=cast.office, verifier=cast.verifier, **at(out, 11))
    matters.accept(matter, by=getattr(cast, head), handler=getattr(cast, handler), **at(out, 15))
    next_on = _workday(story, quarter.last - timedelta(days=max(sent, due)), -1)
    matters.feed_back(
        matter, by=getattr(cast, handler), kind="PRELIMINARY", progress=40, done="已摸清底数。",
        next_step="逐项核对。", next_on=next_on, **at(fed, 10),
    )  # fmt: skip
    matters.feed_back(
        matter, by=getattr(cast, handler), kind="FINAL", progress=100, done="已办结，材料报送。", **at(sent, 10)
    )
    matters.verify(matter, by=cast.verifier, note="查阅材料，属实。", **at(sent - 3, 10))
    matters.close(matter, by=who, note="同意办结。", **at(sent - 4, 10))
    matters.archive(matter, by=cast.office, **at(sent - 5, 15))


def _draft(story: Any, since: Quarter, day: date, rows: Any, note: str) -> Any:
    cast = story.cast
    clause = queries.clause_for(cast.bureau)
    start = queries.start(cast.bureau, cast.plan.plan, day)
    draft = Draft(
        "季度工作考评办法", since, start.weights,
        [Row(one.key, one.weights, clause_id=clause.pk if clause else None) for one in rows], start.peers, "SHARED",
        note=note, sources={"weights": start.weights_source, "peers": start.peers_source},
    )  # fmt: skip
    follows = queries.scheme_for(cast.bureau.pk, since)
    return services.draft_scheme(
        bureau=cast.bureau, draft=draft, plan=cast.plan.plan, follows=follows, by=cast.office, on=day
    )


def _scheme(story: Any, quarter: Quarter) -> None:
    cast, day = story.cast, _workday(story, quarter.last - timedelta(days=20), -1)
    scheme = _draft(story, quarter, day, ROWS, "看办结、看时限、看质量、看群众满意，不看学习时长和填报数量。")
    services.rehearse(scheme, quarters=[quarter.previous], by=cast.office, on=day)
    services.adopt_scheme(
        scheme, version=None, by=cast.office, on=day, decided_by=cast.director, decided_on=day, body="局党委会",
        source_note="局党委会纪要第16期", late_reason="首次制定考评办法，本季度起执行。",
    )  # fmt: skip


def _next_edition(story: Any, quarter: Quarter) -> None:
    """A draft for the coming quarter that gives the look-back more weight, tried on the one that was counted."""
    rows = [*ROWS[:-2], Row("problems_held", {"KEY_WORK": 20})]
    day = story.back(2).on
    scheme = _draft(story, quarter_of(story.today).next, day, rows, "加上回头看，防止整改反弹。")
    services.rehearse(scheme, quarters=[quarter], by=story.cast.office, on=day)


def _board(story: Any, quarter: Quarter, day: date) -> None:
    cast = story.cast
    now = datetime.combine(day, time(10), SHANGHAI)
    board = services.open_board(bureau=cast.bureau, quarter=quarter, by=cast.office, on=day, now=now)
    services.start(board)
