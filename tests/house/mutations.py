"""One scenario for each mutating route: who posts what in the sample bureau's story (times are the story's)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from luoshi.matters.models import Matter
from luoshi.org.models import User

STORY_DAY = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class Post:
    """Who posts, the route's arguments, the form's fields."""

    by: User
    args: list[Any] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


Scenario = Callable[[Any], Post]
SCENARIOS: dict[str, Scenario] = {}


def scenario(name: str) -> Callable[[Scenario], Scenario]:
    def keep(found: Scenario) -> Scenario:
        SCENARIOS[name] = found
        return found

    return keep


def on_matter(start: str, by: str, /, **data: Any) -> Scenario:
    """A post on the story's matter whose title begins so, at its present version."""

    def make(world: Any) -> Post:
        matter = Matter.objects.get(title__startswith=start)
        filled = {key: value(world) if callable(value) else value for key, value in data.items()}
        return Post(getattr(world, by), [matter.public_id], {"version": matter.version, **filled})

    return make


DRAFT, APPROVED, UNSIGNED = "开展房屋市政工程", "制定物业服务企业", "拟定城区道路开挖"
RUNNING, SUBMITTED, VERIFIED = "梳理重点项目清单", "整改城北安置房", "公布施工许可"
CLOSED, SUSPENDED = "复核公租房", "启动河东片区"
SCENARIOS |= {
    "matters:approve": on_matter(DRAFT, "leader"),
    "matters:assign": on_matter(APPROVED, "office", due_on="2027-01-29"),
    "matters:accept": on_matter(UNSIGNED, "chief", handler=lambda world: world.handler.pk),
    "matters:decline": on_matter(UNSIGNED, "chief", reason="属于交通部门职责。"),
    "matters:allot": on_matter(RUNNING, "chief", handler=lambda world: world.second_handler.pk),
    "matters:feed_back": on_matter(
        RUNNING,
        "handler",
        done="已汇总三项。",
        progress=50,
        finished="no",
        next_on="2026-12-04",
        next_step="继续汇总。",
    ),
    "matters:submit": on_matter(RUNNING, "handler", done="清单已印发。"),
    "matters:verify": on_matter(SUBMITTED, "verifier", way="材料核查", note="已回访三户，属实。"),
    "matters:send_back": on_matter(SUBMITTED, "verifier", reason="还有两户未修。"),
    "matters:close": on_matter(VERIFIED, "second_leader"),
    "matters:archive": on_matter(CLOSED, "office"),
    "matters:suspend": on_matter(RUNNING, "leader", reason="等待上级文件。"),
    "matters:resume": on_matter(SUSPENDED, "second_leader", reason="供电已验收。"),
    "matters:extend": on_matter(RUNNING, "leader", due_on="2027-01-29", reason="项目增加。"),
    "matters:reassign": on_matter(
        UNSIGNED, "office", lead_unit=lambda world: world.quality.pk, reason="改由质安中心牵头。"
    ),
    "matters:reopen": on_matter(CLOSED, "second_leader", reason="又有举报。", due_on="2026-12-25"),
    "matters:cancel": on_matter(RUNNING, "leader", reason="任务并入另一事项。"),
    "matters:urge": on_matter(RUNNING, "office", note="请抓紧。"),
    "matters:read": on_matter(RUNNING, "leader"),
    "matters:instruct": on_matter(RUNNING, "leader", text="先难后易。"),
    "matters:edit": on_matter(
        DRAFT,
        "office",
        title="开展房屋市政工程质量大检查",
        source="COUNTY",
        lead_unit=lambda world: world.quality.pk,
        leader=lambda world: world.leader.pk,
        due_on="2026-12-30",
    ),
}


@scenario("matters:open")
def _(world: Any) -> Post:
    return Post(
        world.office,
        data={
            "title": "清查房屋建筑外墙脱落隐患",
            "source": "KEY_WORK",
            "lead_unit": world.quality.pk,
            "leader": world.leader.pk,
            "due_on": "2026-12-25",
            "act": "draft",
        },
    )


OVERDUE = "完成在建工地塔吊"
ROAD, PARTS, ASKED = "推进城区老旧小区", "开展城镇自建房", "修订城区户外广告"


def nearest_step(done: bool) -> Callable[[Any], int]:
    """A step of the slipped roadmap: the nearest to do, or the last that is done."""

    def find(_world: Any) -> int:
        from luoshi.matters import queries

        matter = Matter.objects.get(title__startswith=ROAD)
        return (queries.done_steps(matter) if done else queries.undone(matter))[0].pk

    return find


SCENARIOS |= {
    "matters:return_part": on_matter(PARTS, "property_chief", reason="与房保中心职责重复。"),
    "matters:allot_part": on_matter(PARTS, "neighbour", handler=lambda world: world.neighbour.pk),
    "matters:urge_part": on_matter(PARTS, "office", note="请于本周内完成。"),
    "matters:adjust_parties": on_matter(
        PARTS, "office", new_0=lambda world: world.approval.pk, task_new0="核对档案", reason="仍由审批股协助查档。"
    ),
    "matters:propose_roadmap": on_matter(
        RUNNING, "handler", words_0="收齐资料", on_0="2026-12-01", words_1="汇总印发", on_1="2026-12-11"
    ),
    "matters:accept_roadmap": on_matter(ASKED, "office", note="同意。"),
    "matters:return_roadmap": on_matter(ASKED, "office", reason="请补上公示一步。"),
    "matters:finish_step": on_matter(ROAD, "property_handler", step=nearest_step(False), done_on="2026-11-24"),
    "matters:undo_step": on_matter(
        ROAD, "property_handler", step=nearest_step(True), reason="验收时发现还差一个小区。"
    ),
    "matters:ask_extension": on_matter(RUNNING, "handler", wanted_on="2027-01-29", reason="项目增加。"),
    "matters:withdraw_extension": on_matter(ASKED, "second_handler"),
    "matters:grant_extension": on_matter(ASKED, "leader", due_on="2026-12-31"),
    "matters:refuse_extension": on_matter(ASKED, "leader", reason="可以缩短意见整理时间。"),
}
SCENARIOS |= {
    "matters:receive": on_matter(OVERDUE, "chief"),
    "matters:contribute": on_matter(OVERDUE, "chief", done="已提供在建工地名册。"),
}


def fresh(row: Any) -> Any:
    """The row as it stands now: earlier scenarios were undone in the database, not in memory."""
    return type(row)._base_manager.get(pk=row.pk)


def on_person(key: str, by: str, /, **data: Any) -> Scenario:
    """A post on somebody's page."""

    def make(world: Any) -> Post:
        whom = fresh(getattr(world, key))
        filled = {name: value(world) if callable(value) else value for name, value in data.items()}
        return Post(getattr(world, by), [whom.pk], {"version": whom.version, **filled})

    return make


def on_unit(key: str, by: str, /, **data: Any) -> Scenario:
    """A post on a unit's page."""
    return on_person(key, by, **data)


def signed_in(world: Any, who: User) -> Any:
    """A session of somebody's, as the list of log-ins shows it."""
    from allauth.usersessions.models import UserSession
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store["_auth_user_id"] = str(who.pk)
    store.save()
    return UserSession.objects.create(user=who, session_key=store.session_key, ip="127.0.0.1", user_agent="test")


SCENARIOS |= {
    "accounts:issue_password": on_person("handler", "office"),
    "accounts:disable": on_person("handler", "sysadmin", reason="借调期满。"),
    "org:edit_person": on_person("handler", "office", mobile="13900000000"),
    "org:appoint": on_person("handler", "office", unit=lambda w: w.quality.pk, duty="HANDLER", from_on="2026-11-24"),
    "org:leave": on_person("second_handler", "office", left_on="2026-11-30", reason="退休"),
    "org:give_portfolio": on_person(
        "second_leader", "office", unit=lambda w: w.office_unit.pk, field="综合", from_on="2026-11-24"
    ),
    "org:edit_unit": on_unit("planning", "office", short_name="规划股"),
    "org:move_unit": on_unit("planning", "office", parent=lambda w: w.quality.pk),
}


@scenario("accounts:enable")
def _(world: Any) -> Post:
    from luoshi.org import services

    now = fresh(world.handler)
    services.disable(now, reason="借调", by=world.sysadmin, on=STORY_DAY, version=now.version)
    return Post(world.sysadmin, [world.handler.pk])


@scenario("accounts:end_sessions")
def _(world: Any) -> Post:
    signed_in(world, world.handler)
    return Post(world.sysadmin, [world.handler.pk])


@scenario("accounts:end_session")
def _(world: Any) -> Post:
    return Post(world.handler, [signed_in(world, world.handler).pk])


@scenario("accounts:clear_second_factor")
def _(world: Any) -> Post:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=world.handler, type="totp", data={"secret": "x"})
    return Post(world.secadmin, [world.handler.pk], {"reason": "手机丢失。"})


@scenario("accounts:read_values")
def _(world: Any) -> Post:
    from luoshi.records.models import EntryValue

    return Post(world.auditor, [EntryValue.objects.latest("id").entry_id])


@scenario("org:add_unit")
def _(world: Any) -> Post:
    data = {"kind": "SECTION", "name": "信访法规股", "short_name": "信法股", "parent": world.bureau.pk}
    return Post(world.office, data={**data, "rank": 60, "from_on": "2026-11-24"})


@scenario("org:add_person")
def _(world: Any) -> Post:
    data = {"name": "周行简", "username": "1299", "unit": world.planning.pk, "duty": "HANDLER"}
    return Post(world.office, data={**data, "personnel_type": "CIVIL_SERVANT", "joined_on": "2026-11-24"})


def post_of(world: Any, key: str) -> Any:
    return getattr(world, key).posts.get()


@scenario("org:relieve")
def _(world: Any) -> Post:
    return Post(world.office, [post_of(world, "handler").pk], {"ends_on": "2026-12-01"})


@scenario("org:transfer")
def _(world: Any) -> Post:
    data = {"unit": world.quality.pk, "duty": "HANDLER", "from_on": "2026-12-01"}
    return Post(world.office, [post_of(world, "handler").pk], data)


@scenario("org:end_portfolio")
def _(world: Any) -> Post:
    return Post(world.office, [world.leader.portfolios.get(unit=world.quality).pk], {"ends_on": "2026-12-01"})


DELEGATION = {"duty": "LEADER", "from_on": "2026-11-24", "until_on": "2026-11-30", "reason": "公务外出"}


@scenario("org:delegate")
def _(world: Any) -> Post:
    return Post(world.leader, data={"deputy": world.second_leader.pk, **DELEGATION})


@scenario("org:enter_delegation")
def _(world: Any) -> Post:
    return Post(world.office, data={"principal": world.leader.pk, "deputy": world.second_leader.pk, **DELEGATION})


@scenario("org:end_delegation")
def _(world: Any) -> Post:
    from luoshi.org import services

    row = services.delegate(
        world.leader,
        deputy=world.second_leader,
        bureau=world.bureau,
        duty="LEADER",
        from_on=STORY_DAY,
        until_on=date(2026, 11, 30),
        reason="公务外出",
        by=world.leader,
    )
    return Post(world.leader, [row.pk])


@scenario("org:close_unit")
def _(world: Any) -> Post:
    from luoshi.org import services

    unit = services.add_unit(
        kind="SECTION", name="临时专班", short_name="专班", parent=world.bureau, by=world.office, on=STORY_DAY
    )
    return Post(world.office, [unit.pk], {"until_on": "2026-12-31", "reason": "任务完成"})


def pending_grant(world: Any) -> Any:
    from luoshi.org.models import PendingGrant

    return PendingGrant.objects.create(
        user=world.handler, unit=world.planning, bureau=world.bureau, duty="VERIFIER", basis="任命文件",
        from_on=STORY_DAY, proposed_by=world.secadmin, proposed_on=STORY_DAY,
    )  # fmt: skip


@scenario("org:confirm_grant")
def _(world: Any) -> Post:
    return Post(world.auditor, [pending_grant(world).pk])


@scenario("org:refuse_grant")
def _(world: Any) -> Post:
    return Post(world.auditor, [pending_grant(world).pk], {"reason": "依据不足。"})


@scenario("org:confirm_import")
def _(world: Any) -> Post:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from luoshi.lib import clock
    from luoshi.org import services
    from luoshi.org.services import imports
    from luoshi.records.services import stage

    table = "登录名,姓名,单位,职务,职责,人员类别,手机号,到岗日期\n1298,周行简,规建股,科员,承办人,公务员,,2026-11-02\n"
    upload = SimpleUploadedFile("花名册.csv", table.encode("utf-8-sig"))
    token = str(stage(upload, by=world.office).pk)
    job = services.open_import(token, by=world.office, bureau=world.bureau, now=clock.now(), on=STORY_DAY)
    imports.start(job, size=upload.size or 0)
    job.refresh_from_db()
    assert (job.state, job.errors) == ("CHECKED", []), job.errors
    return Post(world.office, [job.pk])


def ordered_day(world: Any) -> Any:
    """A local order of the bureau's, as the calendar keeps it."""
    from luoshi.workdays import services
    from luoshi.workdays.models import CalendarDay

    services.set_day(
        day=date(2026, 12, 5), works=True, name="防汛值守", source="县防指〔2026〕3号", kept=None,
        bureau=world.bureau, version=None, by=world.office, on=STORY_DAY,
    )  # fmt: skip
    return CalendarDay.objects.get(day=date(2026, 12, 5), year__bureau=world.bureau)


@scenario("workdays:day")
def _(world: Any) -> Post:
    return Post(world.office, [ordered_day(world).pk], {"name": "防汛应急值守"})


@scenario("workdays:remove_day")
def _(world: Any) -> Post:
    day = ordered_day(world)
    return Post(world.office, [day.pk], {"source": "应急响应结束", "version": day.year.version})


@scenario("workdays:hours")
def _(world: Any) -> Post:
    return Post(world.office, data={"from_on": "2026-12-01", "afternoon_from": "14:00", "afternoon_until": "17:00"})


@scenario("workdays:load")
def _(world: Any) -> Post:
    table = "2027-01-01 放假 元旦\n2027-01-10 上班 元旦调休"
    told = {"text": table, "year": 2027, "notice_no": "县府办发〔2026〕9号", "notice_on": "2026-11-20"}
    return Post(world.office, data={**told, "scope": "bureau", "status": "PROVISIONAL", "load": "1"})


@scenario("portal:recount")
def _(world: Any) -> Post:
    """A first feedback that waits for next year's notice, and the notice."""
    from luoshi.lib.clock import SHANGHAI
    from luoshi.matters import services as matters
    from luoshi.workdays import services as workdays

    late = date(2026, 12, 29)
    waiting = Matter.objects.get(title__startswith=APPROVED)
    now = datetime.combine(late, time(9), SHANGHAI)
    matters.assign(waiting, by=world.office, on=late, now=now, due_on=date(2027, 1, 29))
    assert waiting.deadlines.get(kind="FIRST_FEEDBACK").provisional
    workdays.load_notice(
        2027, notice_no="国办发明电〔2026〕9号", notice_on=STORY_DAY, by=world.sysadmin, on=STORY_DAY,
        days={date(2027, 1, 1): (False, "元旦"), date(2027, 1, 4): (False, "元旦调休")},
    )  # fmt: skip
    return Post(world.office)


@scenario("workdays:new_day")
def _(world: Any) -> Post:
    data = {"scope": "bureau", "day": "2026-12-05", "works": "1", "name": "防汛值守", "source": "县防指〔2026〕3号"}
    return Post(world.office, data=data)
