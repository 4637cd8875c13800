"""The sample bureau's story, told through services on working days before today: every page has something true to show.

One task waits for 立项, one for 交办, one is handed out and not yet signed, one is under way with its first feedback on
time, one is overdue, one was returned twice, one waits for 核查, one for 办结, one for 归档, one is archived, one is
suspended with approval; `demo.running` tells of roadmaps, assisting units and extensions.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from luoshi.demo import later, lists, promises, running
from luoshi.demo.campaign import organise
from luoshi.demo.people import build_people
from luoshi.lib.clock import SHANGHAI
from luoshi.matters import services as matters
from luoshi.matters.models import Matter
from luoshi.plan import services as plan
from luoshi.plan.models import Clause, Duty, PlanVersion
from luoshi.workdays import queries as calendars
from luoshi.workdays import services as workdays
from luoshi.workdays.rules import is_workday

SAMPLE_PLAN = Path(__file__).parent / "plan.txt"
OWNERS = (
    ("一", "office_unit"), ("二/第一阶段", "office_unit"), ("二/第二阶段/1", "office_unit"),
    ("二/第二阶段/2/四是", "quality"), ("二/第二阶段/3", "office_unit"), ("二/第二阶段/4", "approval"),
    ("二/第二阶段/5", "office_unit"), ("二/第三阶段", "office_unit"), ("三", "office_unit"),
)  # fmt: skip
"""Whose the duties of a chapter are, where the text does not say it."""
LOG_INS = (
    ("office", "局办公室"), ("leader", "分管领导"), ("director", "主要领导"), ("chief", "单位负责人"),
    ("handler", "承办人"), ("verifier", "核查人"), ("inspector", "督查组"), ("discipline", "派驻纪检监察组"),
    ("window", "窗口"), ("sysadmin", "系统管理员"), ("secadmin", "安全管理员"), ("auditor", "审计管理员"),
)  # fmt: skip


def build(*, password: str, today: date, plan_file: Path | None = None, story: bool = True) -> SimpleNamespace:
    """Build the sample installation: people, calendars, a plan and (on the sample plan) a story of matters.

    With `plan_file` the bureau starts from that plan instead, nothing confirmed and no story.
    Errors of the plan's reading come up as the plan room says them, in Chinese.
    """
    workdays.load_official(by=None, on=today)
    cast = build_people(password)
    if plan_file is not None:
        cast.plan = _import(cast, plan_file, today)
        return cast
    teller = Story(cast, today)
    began = teller.back(60).on if story else today
    cast.plan = _import(cast, SAMPLE_PLAN, began)
    _confirm_measured(cast, began)
    if story:
        organise(cast, back=lambda number: teller.back(number).on, ahead=teller.ahead)
        teller.tell()
    return cast


def _import(cast: SimpleNamespace, source: Path, today: date) -> PlanVersion:
    return plan.import_plan(
        bureau=cast.bureau,
        content=source.read_bytes(),
        file_name=source.name,
        by=cast.office,
        on=today,
    )


def _confirm_measured(cast: SimpleNamespace, today: date) -> None:
    """The office confirms what the reader measured and says whose it is; two chapters still wait for an owner."""
    proposed = Duty.objects.filter(clause__version=cast.plan, state="PROPOSED").select_related("clause")
    for duty in proposed.exclude(slot="").order_by("order"):
        owner = next((key for path, key in OWNERS if duty.clause.path.startswith(path)), "")
        words = {"owner_unit": getattr(cast, owner)} if owner and duty.owner_unit_id is None else {}
        plan.confirm_duty(duty, by=cast.office, on=today, version=duty.version, **words)


@dataclass(frozen=True, slots=True)
class _Day:
    """A working day of the story: its date and its moments."""

    on: date

    def at(self, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(self.on, time(hour, minute), SHANGHAI)


class Story:
    """Each method is one task's life; days are counted back from today in working days."""

    def __init__(self, cast: SimpleNamespace, today: date) -> None:
        self.cast, self.today = cast, today
        self.calendar = calendars.calendar(cast.bureau.pk)

    def tell(self) -> None:
        self.closed_and_archived()
        self.returned_twice()
        self.overdue()
        self.under_way()
        self.suspended()
        self.waiting_for_close()
        self.waiting_for_verification()
        self.not_yet_signed()
        self.waiting_for_archive()
        self.waiting_for_hand_out()
        self.waiting_for_approval()
        running.tell(self)
        for part in (lists, promises):
            part.tell(self.cast, self)
        later.tell(self)

    def back(self, number: int) -> _Day:
        """The `number`-th working day before today (0: today, or the working day before it)."""
        day = self.today
        while not is_workday(day, self.calendar):
            day -= timedelta(days=1)
        while number:
            day -= timedelta(days=1)
            number -= is_workday(day, self.calendar)
        return _Day(day)

    def ahead(self, days: int) -> date:
        """The working day on or after so many calendar days from today."""
        day = self.today + timedelta(days=days)
        while not is_workday(day, self.calendar):
            day += timedelta(days=1)
        return day

    def clause(self, path: str) -> Clause:
        """The clause of the sample plan at a place."""
        return Clause.objects.get(version=self.cast.plan, path=path)

    def hand_out(self, start: int, *, due_on: date, lead: str, leader: str, **words: Any) -> Matter:
        """拟办, 立项 and 交办 on one day: the office registers, the leader approves, the office hands out."""
        cast, day = self.cast, self.back(start)
        matter = matters.open_matter(
            bureau=cast.bureau, lead_unit=getattr(cast, lead), leader=getattr(cast, leader), due_on=due_on,
            by=cast.office, on=day.on, now=day.at(9), **words,
        )  # fmt: skip
        matters.approve(matter, by=getattr(cast, leader), on=day.on, now=day.at(9, 40))
        matters.assign(matter, by=cast.office, on=day.on, now=day.at(10), verifier=cast.verifier)
        return matter

    def sign(self, matter: Matter, start: int, *, head: str, handler: str) -> None:
        day = self.back(start)
        matters.accept(
            matter, by=getattr(self.cast, head), handler=getattr(self.cast, handler), on=day.on, now=day.at(15)
        )

    def report(self, matter: Matter, start: int, *, by: str, kind: str, done: str, **words: Any) -> None:
        day = self.back(start)
        matters.feed_back(matter, by=getattr(self.cast, by), kind=kind, done=done, on=day.on, now=day.at(16), **words)

    def closed_and_archived(self) -> None:
        cast = self.cast
        matter = self.hand_out(
            40,
            due_on=self.back(28).on,
            lead="planning",
            leader="leader",
            clause=self.clause("二/第二阶段/3/一是"),
            title="编制老旧小区改造三年计划并报县政府",
            requirement="摸清全县2000年前建成小区底数，按轻重缓急排出年度计划。",
            source="COUNTY",
            source_title="县政府常务会议纪要",
            block="COUNTY",
        )
        self.sign(matter, 40, head="chief", handler="handler")
        self.report(
            matter, 36, by="handler", kind="PRELIMINARY", progress=40, done="已完成36个小区入户摸底，整理问题清单。",
            next_step="征求社区意见后形成初稿。", next_on=self.back(31).on,
        )  # fmt: skip
        self.report(
            matter, 31, by="handler", kind="FINAL", progress=100, done="计划已经局班子会审议并报县政府，附送审稿。"
        )
        day = self.back(30)
        matters.verify(matter, by=cast.verifier, note="查阅送审稿和报送回执，属实。", on=day.on, now=day.at(10))
        matters.close(matter, by=cast.leader, note="同意办结。", on=day.on, now=day.at(16, 30))
        matters.archive(matter, by=cast.office, on=self.back(29).on, now=self.back(29).at(9))

    def returned_twice(self) -> None:
        cast = self.cast
        matter = self.hand_out(
            18,
            due_on=self.ahead(6),
            lead="property",
            leader="second_leader",
            clause=self.clause("二/第二阶段/6/一是"),
            title="整治锦绣家园小区消防通道占用",
            requirement="清理占道，重新划线，建立值守办法。",
            source="INSTRUCTION",
            source_title="主要领导在群众来信上的批示",
            block="KEY_WORK",
        )
        self.sign(matter, 18, head="property_chief", handler="property_handler")
        self.report(matter, 13, by="property_handler", kind="FINAL", progress=100, done="已张贴通告，占用车辆已驶离。")
        day = self.back(12)
        matters.send_back(
            matter, by=cast.verifier, reason="现场仍有两处地桩未拆，请拆除后再报。", on=day.on, now=day.at(11)
        )
        self.report(matter, 8, by="property_handler", kind="FINAL", progress=100, done="地桩已拆除，通道已划线。")
        day = self.back(7)
        matters.send_back(
            matter, by=cast.verifier, reason="值守办法没有落实到人，请补充值守名单。", on=day.on, now=day.at(11)
        )
        self.report(
            matter, 4, by="property_handler", kind="STAGE", progress=90, done="正与物业公司确定值守名单。",
            next_step="名单公示后报办结。", next_on=self.ahead(3),
        )  # fmt: skip

    def overdue(self) -> None:
        matter = self.hand_out(
            25,
            due_on=self.back(3).on,
            lead="quality",
            leader="leader",
            clause=self.clause("二/第二阶段/3/一是"),
            title="完成在建工地塔吊安全专项检查",
            requirement="全县在建工地塔吊逐台检查，隐患逐项销号。",
            source="COMMITTEE",
            source_title="局党委会议",
            block="KEY_WORK",
            assist_units=[self.cast.planning],
        )
        self.sign(matter, 24, head="neighbour", handler="quality_handler")
        self.report(
            matter, 20, by="quality_handler", kind="PRELIMINARY", progress=60,
            done="已检查19台，发现隐患7处，整改5处。", obstacles="2处隐患需更换部件，厂家供货延迟。",
            next_step="部件到货后复查。", next_on=self.back(6).on,
        )  # fmt: skip

    def under_way(self) -> None:
        cast = self.cast
        duty = Duty.objects.filter(clause__version=cast.plan, slot="feedback_days").first()
        matter = self.hand_out(
            3,
            due_on=self.ahead(20),
            lead="planning",
            leader="leader",
            title="梳理重点项目清单，逐项列出路线图和时间表",
            requirement="覆盖本年度全部重点项目，责任到人。",
            source="PLAN",
            block="KEY_PROJECT",
            clause=duty.clause if duty else None,
        )
        self.sign(matter, 3, head="chief", handler="handler")
        self.report(
            matter, 1, by="handler", kind="PRELIMINARY", progress=30, done="已收集12个项目基础资料。",
            next_step="与各单位核对节点后汇总。", next_on=self.ahead(7),
        )  # fmt: skip

    def suspended(self) -> None:
        cast = self.cast
        matter = self.hand_out(
            15,
            due_on=self.ahead(30),
            lead="housing",
            leader="second_leader",
            title="启动河东片区公租房分配",
            requirement="公开摇号，全程公证。",
            source="KEY_WORK",
            source_title="年度重点工作",
            block="KEY_WORK",
        )
        self.sign(matter, 15, head="housing_chief", handler="housing_handler")
        self.report(
            matter, 11, by="housing_handler", kind="PRELIMINARY", progress=20, done="资格审核完成一半。",
            next_step="待供电接入后组织看房。", next_on=self.back(5).on,
        )  # fmt: skip
        day = self.back(9)
        matters.suspend(
            matter, by=cast.second_leader, reason="小区供电工程未验收，暂不具备分配条件。", on=day.on, now=day.at(15)
        )

    def waiting_for_close(self) -> None:
        cast = self.cast
        matter = self.hand_out(
            12,
            due_on=self.ahead(4),
            lead="approval",
            leader="second_leader",
            clause=self.clause("二/第二阶段/4/一是"),
            title="公布施工许可申请材料精简清单",
            requirement="逐项注明设定依据，取消没有依据的材料。",
            source="REFORM",
            source_title="审批改革任务",
            block="KEY_WORK",
        )
        self.sign(matter, 12, head="approval_chief", handler="approval_chief")
        self.report(matter, 7, by="approval_chief", kind="FINAL", progress=100, done="清单已公布，材料由14项减为8项。")
        day = self.back(5)
        matters.verify(matter, by=cast.verifier, note="窗口和网站均已更新，属实。", on=day.on, now=day.at(10))

    def waiting_for_verification(self) -> None:
        matter = self.hand_out(
            6,
            due_on=self.ahead(9),
            lead="quality",
            leader="leader",
            clause=self.clause("二/第二阶段/2/四是"),
            title="整改城北安置房渗漏问题",
            requirement="逐户登记，限期维修，回访住户。",
            source="TEAM_MEETING",
            source_title="局班子会议",
            block="KEY_PROJECT",
        )
        self.sign(matter, 6, head="neighbour", handler="quality_handler")
        self.report(
            matter, 2, by="quality_handler", kind="FINAL", progress=100, done="涉及的23户已维修完毕，住户签字确认。"
        )

    def not_yet_signed(self) -> None:
        self.hand_out(
            1,
            due_on=self.ahead(15),
            lead="planning",
            leader="leader",
            title="拟定城区道路开挖统筹计划",
            requirement="汇总水、电、气、通信单位年度计划，避免重复开挖。",
            source="TEAM_MEETING",
            source_title="局班子会议",
            block="KEY_WORK",
        )

    def waiting_for_archive(self) -> None:
        cast = self.cast
        matter = self.hand_out(
            14,
            due_on=self.back(2).on,
            lead="housing",
            leader="second_leader",
            title="复核公租房保障对象年度资格",
            requirement="逐户比对收入、房产信息，公示复核结果。",
            source="KEY_WORK",
            source_title="年度重点工作",
            block="KEY_WORK",
        )
        self.sign(matter, 14, head="housing_chief", handler="housing_handler")
        self.report(
            matter, 9, by="housing_handler", kind="FINAL", progress=100, done="已复核312户，清退9户，结果已公示。"
        )
        day = self.back(4)
        matters.verify(matter, by=cast.verifier, note="查阅公示照片和名册，属实。", on=day.on, now=day.at(15))
        day = self.back(3)
        matters.close(matter, by=cast.second_leader, note="同意。", on=day.on, now=day.at(9))

    def waiting_for_hand_out(self) -> None:
        cast, day = self.cast, self.back(0)
        matter = matters.open_matter(
            bureau=cast.bureau,
            title="制定物业服务企业信用评价办法",
            requirement="征求企业和业主意见，报局班子会审议。",
            source="REFORM",
            source_title="年度改革任务清单",
            block="KEY_WORK",
            lead_unit=cast.property,
            leader=cast.second_leader,
            due_on=self.ahead(40),
            by=cast.office,
            on=day.on,
            now=day.at(9),
        )
        matters.approve(matter, by=cast.second_leader, on=day.on, now=day.at(9, 30))

    def waiting_for_approval(self) -> None:
        cast, day = self.cast, self.back(0)
        matters.open_matter(
            bureau=cast.bureau,
            title="开展房屋市政工程质量“回头看”",
            requirement="抽查近两年竣工项目，建立问题台账。",
            source="COUNTY",
            source_title="县委县政府督办通知",
            block="COUNTY",
            lead_unit=cast.quality,
            leader=cast.leader,
            due_on=self.ahead(25),
            by=cast.office,
            on=day.on,
            now=day.at(9),
        )
