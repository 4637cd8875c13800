"""The campaign page's facts: header, phases with gates and chart, group, participation. Read only, few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from luoshi.org import queries as org
from luoshi.org.models import Post
from luoshi.org.rules import ADMINISTRATORS
from luoshi.org.rules import Duty as Held
from luoshi.plan import queries
from luoshi.plan.campaign import proposals, schedule
from luoshi.plan.models import Duty, GateCheck, GroupMember, LeadingGroup, Phase, Plan, Rule
from luoshi.plan.rules import MEMBER_ROLES, parse
from luoshi.plan.slots import RULED
from luoshi.workdays.queries import calendar
from luoshi.workdays.rules import Calendar, is_workday, next_workday, why


@dataclass(frozen=True, slots=True)
class Seated:
    """The posts of a bureau's people on a day, for saying who left which."""

    posts: dict[int, list[Post]]

    def title(self, person_id: int) -> str:
        """A person's 职务, as the posts name it."""
        return "、".join(dict.fromkeys(one.title for one in self.posts.get(person_id, []) if one.title))

    def lost(self, person_id: int, *, leading: bool = False, unit: Any = None) -> str:
        """Why somebody should be looked at again: he left the post for which he stands here; empty where he did not."""
        own = self.posts.get(person_id, [])
        if not own:
            return "已不在本局任职"
        if leading and not any(one.duty in (Held.CHIEF, Held.LEADER) for one in own):
            return "已不是局领导"
        if unit is not None and not any(one.unit_id == unit.pk and one.duty in (Held.HEAD, Held.OFFICE) for one in own):
            return f"已不是{unit}负责人"
        return ""


def seated(bureau_id: int, on: date) -> Seated:
    """Everybody's posts of business in a bureau on a day."""
    posts: dict[int, list[Post]] = {}
    rows = Post.objects.filter(org.in_force(on), bureau_id=bureau_id, user__is_active=True)
    for one in rows.exclude(duty__in=ADMINISTRATORS).order_by("pk"):
        posts.setdefault(one.user_id, []).append(one)
    return Seated(posts)


def state_words(plan: Plan, on: date) -> tuple[str, str]:
    """A plan's state on a day: its key and its Chinese word."""
    key = schedule.plan_state(issued_on=plan.issued_on, from_on=plan.from_on, until_on=plan.until_on, on=on)
    return key, schedule.PLAN_STATES[key]


def header(plan: Plan, on: date) -> dict[str, Any]:
    """The plan's head with its state, why it is that, and what is still missing."""
    key, word = state_words(plan, on)
    missing = []
    if not plan.decided_on:
        missing.append("还没有登记由谁、在哪次会议决定")
    if not plan.issued_on:
        missing.append("还没有登记印发日期")
    if not plan.from_on or not plan.until_on:
        missing.append("还没有填实施起止")
    return {"key": key, "word": word, "missing": missing, "why": _why_state(plan, key)}


def _why_state(plan: Plan, key: str) -> list[str]:
    told = {
        "DRAFT": "没有印发日期，算未印发",
        "ISSUED": f"{plan.issued_on}印发，" + (f"从{plan.from_on}起实施" if plan.from_on else "还没有填实施起"),
        "RUNNING": f"{plan.issued_on}印发，从{plan.from_on}起实施，"
        + (f"到{plan.until_on}为止" if plan.until_on else "没有止日"),
        "OVER": f"实施到{plan.until_on}为止",
    }
    return [told[key]]


def ending_rules(plan: Plan, on: date) -> list[dict[str, Any]]:
    """The rules that end with the plan, each with what will hold on the day after (the plan's end, if it has one)."""
    found = []
    rows = Rule.objects.filter(plan=plan, source="PLAN", void=False, until_on=None).order_by("slot")
    for one in rows.select_related("clause"):
        slot = RULED[one.slot]
        after = ""
        if plan.until_on is not None:
            later = queries.find_rule(one.slot, bureau_id=plan.bureau_id, on=plan.until_on + timedelta(days=1))
            after = f"按{later.source_label}（{parse(slot.shape, later.value)}）" if later else "没有规定"
        found.append(
            {"label": slot.label, "words": str(parse(slot.shape, one.value)), "after": after, "clause": one.clause}
        )
    return found


def _rest_hints(phase: Phase, days: Calendar) -> list[str]:
    """Where a phase begins or ends on a rest day, with the working day that is meant in practice."""
    found = []
    if phase.from_on and not is_workday(phase.from_on, days):
        later = next_workday(phase.from_on, days)
        found.append(f"起日{phase.from_on}是{why(phase.from_on, days)}，第一个工作日是{later}")
    if phase.until_on and not is_workday(phase.until_on, days):
        day = phase.until_on
        while not is_workday(day, days):
            day -= timedelta(days=1)
        found.append(f"止日{phase.until_on}是{why(phase.until_on, days)}，最后一个工作日是{day}")
    return found


def check_row(one: GateCheck) -> dict[str, Any]:
    """A gate check as the page shows it."""
    found = schedule.found_of(looked_at=one.met_by_id is not None, met_on=one.met_on)
    return {"check": one, "standing": found, "word": schedule.FOUND[found]}


def phases(plan: Plan, on: date) -> list[dict[str, Any]]:
    """The phases in order, each with its state, its checks, its decisions, and whether the one before has passed."""
    days = calendar(plan.bureau_id)
    rows = list(
        plan.phases.filter(void=False)
        .select_related("clause", "plan")
        .prefetch_related("checks__met_by", "checks__clause", "decisions__decided_by", "decisions__operator")
        .order_by("order")
    )
    found: list[dict[str, Any]] = []
    before: Phase | None = None
    for one in rows:
        key = schedule.phase_state(from_on=one.from_on, until_on=one.until_on, passed=bool(one.signed_on), on=on)
        checks = [check_row(check) for check in one.checks.all() if not check.void]
        done = sum(row["standing"] != schedule.OPEN for row in checks)
        begun = one.from_on is not None and one.from_on <= on
        found.append(
            {
                "phase": one,
                "key": key,
                "word": schedule.PHASE_STATES[key],
                "checks": checks,
                "done": done,
                "unmet": [row for row in checks if row["standing"] == schedule.UNMET],
                "behind": before if before is not None and before.signed_on is None else None,
                "early": begun and before is not None and before.signed_on is None,
                "hints": _rest_hints(one, days),
                "decisions": list(one.decisions.all()),
            }
        )
        found[-1]["ready"] = not why_not_sign(found[-1])
        before = one
    return found


def why_not_sign(row: dict[str, Any]) -> list[str]:
    """Why a phase's gate cannot be signed now, each a sentence that says what to do; empty where it can."""
    phase: Phase = row["phase"]
    if phase.signed_on is not None:
        return [f"已于{phase.signed_on}过关，不用再登记。"]
    found = []
    if phase.from_on is None:
        found.append("还没有定起止日期，请先调整阶段。")
    elif row["key"] == "AHEAD":
        found.append(f"本阶段从{phase.from_on}起，还没有开始。")
    if row["behind"]:
        found.append(f"上一阶段“{row['behind']}”还没有过关，请先办上一阶段。")
    if not row["checks"]:
        found.append("还没有定过关事项，请先选定。")
    elif row["done"] < len(row["checks"]):
        left = len(row["checks"]) - row["done"]
        found.append(f"还有{left}项没有核对。没有达到的写明理由，也可以过关。")
    return found


def chart(rows: list[dict[str, Any]], on: date) -> schedule.Chart | None:
    """The chart of these phases."""
    return schedule.chart(
        [(one["phase"].name, one["key"], one["phase"].from_on, one["phase"].until_on) for one in rows], on
    )


def group(plan: Plan, now: Seated) -> dict[str, Any] | None:
    """The leading group that stands, its members by role, those who left their post flagged."""
    rows = LeadingGroup.objects.filter(plan=plan, until_on=None).select_related("clause", "office_unit", "paper")
    standing = rows.first()
    if standing is None:
        return None
    order = list(MEMBER_ROLES)
    members = sorted(
        standing.members.filter(void=False).select_related("person", "unit"),
        key=lambda one: (order.index(one.role), one.pk),
    )
    lines = [_member(one, now) for one in members]
    return {
        "group": standing,
        "members": [one for one in lines if one["member"].until_on is None],
        "left": [one for one in lines if one["member"].until_on is not None],
        "lost": [one for one in lines if one["lost"] and one["member"].until_on is None],
    }


def _member(one: GroupMember, now: Seated) -> dict[str, Any]:
    of_unit = one.unit if one.role == "MEMBER" else None
    lost = now.lost(one.person_id, leading=one.role in ("HEAD", "DEPUTY"), unit=of_unit)
    return {"member": one, "title": now.title(one.person_id), "lost": lost}


def former_groups(plan: Plan) -> list[LeadingGroup]:
    """The leading groups that were, latest first."""
    return list(plan.groups.filter(until_on__isnull=False).select_related("office_unit"))


def participation(plan: Plan, on: date) -> list[dict[str, Any]]:
    """全员参与, unit by unit: who heads it, how many people, how many duties are its own; or why it takes no part."""
    out = {one.unit_id: one for one in plan.exclusions.filter(org.in_force(on))}
    people: dict[int, int] = {}
    posts = Post.objects.filter(org.in_force(on), bureau_id=plan.bureau_id, user__is_active=True)
    counted = posts.exclude(duty__in=ADMINISTRATORS).values_list("unit_id")
    for unit_id, number in counted.annotate(all=Count("user_id", distinct=True)).order_by():
        people[unit_id] = number
    owned: dict[int, int] = {}
    duties = Duty.objects.filter(clause__version=proposals.newest(plan), state="CONFIRMED", owner_unit__isnull=False)
    for unit_id, number in duties.values_list("owner_unit_id").annotate(all=Count("pk")).order_by():
        owned[unit_id] = number
    return [
        {
            "unit": seat.unit,
            "head": seat.person,
            "title": seat.title,
            "people": people.get(seat.unit.pk, 0),
            "duties": owned.get(seat.unit.pk, 0),
            "out": out.get(seat.unit.pk),
        }
        for seat in proposals.seats(plan.bureau_id, on)
    ]
