"""A matter's life in tests: told by services only, so that no test stands on a state that cannot be reached."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.lib.clock import SHANGHAI
from luoshi.matters import queries, services
from luoshi.matters.models import Matter, RoadmapStep
from luoshi.records.models import Entry
from luoshi.records.services import stage
from luoshi.records.verify import verify
from luoshi.workdays import services as workdays

DAY = date(2026, 9, 29)
DUE = date(2026, 12, 18)
LATER = date(2026, 12, 31)
PATH = ("DRAFT", "APPROVED", "ASSIGNED", "ACCEPTED", "SUBMITTED", "VERIFIED", "CLOSED", "ARCHIVED")


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), SHANGHAI)


class Life:
    """Opens matters of the cast's bureau and walks them on; every step on `day` unless told otherwise."""

    def __init__(self, cast: SimpleNamespace, day: date = DAY, *, official: bool = True) -> None:
        self.cast, self.day = cast, day
        if official:
            workdays.load_official(by=None, on=day)

    def open(self, **words) -> Matter:
        cast = self.cast
        told = {
            "bureau": cast.bureau,
            "title": "老旧小区改造进度摸排",
            "requirement": "逐个小区核对进度，列出滞后原因。",
            "source": "COMMITTEE",
            "source_title": "局党委会2026年第18次会议纪要",
            "lead_unit": cast.planning,
            "assist_units": [cast.quality],
            "leader": cast.leader,
            "due_on": DUE,
            "by": cast.office,
            "on": self.day,
            "now": at(self.day),
        }
        return services.open_matter(**(told | words))

    def step(self, matter: Matter, name: str, **words) -> Matter:
        """One ordinary move by the person it belongs to."""
        by, told = self.ordinary(name)
        call = {"by": by, "on": self.day, "now": at(self.day)} | told | words
        return getattr(services, name)(matter, **call)

    def ordinary(self, name: str):
        cast = self.cast
        return {
            "amend": (cast.office, {"changes": {"title": "改过的名称"}}),
            "approve": (cast.leader, {}),
            "assign": (cast.office, {}),
            "accept": (cast.chief, {}),
            "decline": (cast.chief, {"reason": "不属于本股室职责"}),
            "allot": (cast.chief, {"handler": cast.second_handler}),
            "feed_back": (cast.handler, {"kind": "PRELIMINARY", "done": "已摸排三个小区", "progress": 30}),
            "submit": (cast.handler, {"done": "全部摸排完毕，报告已报"}),
            "receive": (cast.neighbour, {}),
            "return_part": (cast.neighbour, {"reason": "不涉及质量安全"}),
            "allot_part": (cast.neighbour, {"handler": cast.quality_handler}),
            "contribute": (cast.neighbour, {"done": "已提供质量检查记录"}),
            "urge_part": (cast.office, {}),
            "adjust_parties": (
                cast.office,
                {"parts": [services.Part(cast.quality, "核对质量问题", DUE)], "reason": "分工"},
            ),
            "propose_roadmap": (cast.handler, {"steps": self.steps(cast.handler)}),
            "accept_roadmap": (cast.office, {}),
            "return_roadmap": (cast.office, {"reason": "步骤太粗"}),
            "finish_step": (cast.handler, {"step": RoadmapStep()}),
            "undo_step": (cast.handler, {"step": RoadmapStep(), "reason": "点错了"}),
            "ask_extension": (cast.handler, {"wanted_on": LATER, "reason": "等待上级验收"}),
            "withdraw_extension": (cast.handler, {}),
            "grant_extension": (cast.leader, {}),
            "refuse_extension": (cast.leader, {"reason": "可以按期完成"}),
            "verify": (cast.verifier, {"note": "现场核查，三个小区情况属实"}),
            "send_back": (cast.verifier, {"reason": "缺两个小区的记录"}),
            "close": (cast.leader, {}),
            "archive": (cast.office, {}),
            "urge": (cast.office, {}),
            "read": (cast.leader, {}),
            "instruct": (cast.leader, {"text": "抓紧推进，月底前报结果"}),
            "extend": (cast.leader, {"due_on": LATER, "reason": "上级验收推迟"}),
            "suspend": (cast.leader, {"reason": "等待省厅批复"}),
            "resume": (cast.leader, {"reason": "批复已到"}),
            "reassign": (cast.office, {"lead_unit": cast.housing, "reason": "职责调整"}),
            "reopen": (cast.leader, {"due_on": LATER, "reason": "回头看发现反弹"}),
            "cancel": (cast.leader, {"reason": "任务取消"}),
        }[name]

    @staticmethod
    def steps(person=None) -> list:
        """Three steps of an ordinary roadmap."""
        days = (date(2026, 10, 15), date(2026, 11, 13), DUE)
        return [
            services.StepWords(words, day, person)
            for words, day in zip(("完成摸底", "汇总核对", "报送报告"), days, strict=True)
        ]

    def prepare(self, name: str, matter: Matter) -> dict:
        """Put before a matter under way what the move acts upon; returns the words that name it."""
        if name in ("accept_roadmap", "return_roadmap", "finish_step", "undo_step"):
            self.step(matter, "propose_roadmap")
        if name in ("finish_step", "undo_step"):
            self.step(matter, "accept_roadmap")
            first = queries.undone(matter)[0]
            if name == "undo_step":
                self.step(matter, "finish_step", step=first)
            return {"step": first}
        if name in ("withdraw_extension", "grant_extension", "refuse_extension"):
            self.step(matter, "ask_extension")
        return {}

    def to(self, state: str, matter: Matter | None = None, **words) -> Matter:
        """A matter in this state, on the ordinary way; `handler` is named when it is taken in."""
        matter = matter or self.open(**words)
        if state == "CANCELLED":
            return self.step(matter, "cancel")
        if state == "SUSPENDED":
            return self.step(self.to("ACCEPTED", matter), "suspend")
        moves = {
            "APPROVED": ("approve", {}),
            "ASSIGNED": ("assign", {}),
            "ACCEPTED": ("accept", {"handler": self.cast.handler}),
            "SUBMITTED": ("submit", {}),
            "VERIFIED": ("verify", {}),
            "CLOSED": ("close", {}),
            "ARCHIVED": ("archive", {}),
        }
        for one in PATH[PATH.index(matter.state) + 1 : PATH.index(state) + 1]:
            name, told = moves[one]
            matter = self.step(matter, name, **told)
        return matter


def clean() -> list:
    """What `luoshi verify` finds altered: nothing, where every changed row was named by its act's record.

    A missing trigger is left out: the suite may build its tables without migrations.
    """
    return [one for one in verify().findings if one.kind != "trigger"]


def groups() -> int:
    """How many acts have left entries: the entries of one act share a group."""
    return len({json.loads(one)["group"] for one in Entry.objects.values_list("body", flat=True)})


def staged(user, name: str = "批示件.txt", content: bytes = b"\xe5\x90\x8c\xe6\x84\x8f") -> str:
    """The token of a staged upload."""
    return str(stage(SimpleUploadedFile(name, content), by=user).pk)
