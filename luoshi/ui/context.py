"""What every page's frame shows: the rail, today, who is here, what waits unread.

Rooms above hang optional facts on the request and the frame shows them where they are set:
`workday_of_month` (第N个工作日), `unread_notices` (count), `bureaus` (those one works in),
`duty_words` (the duties, in words), `typed_draft` ({"path", "typed"}: what an ended session had typed).
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, resolve, reverse

from luoshi.lib import clock
from luoshi.ui.forms import SILENT, plain_lines


@dataclass(frozen=True, slots=True)
class Section:
    """One word of the rail: what people do there. Its pages are URL names; those of rooms not built are skipped."""

    label: str
    icon: str
    pages: tuple[tuple[str, str], ...]
    rooms: frozenset[str] = frozenset()
    """URL namespaces whose pages light this word up."""
    others: tuple[tuple[str, str], ...] = ()
    """Further pages that belong here, of this room or another, each with the page whose tab it lights up."""


RAIL = (
    Section(
        "工作台",
        "desk",
        (("工作台", "portal:desk"), ("总览", "portal:overview")),
        frozenset({"portal"}),
        (("portal:overview_records", "portal:overview"),),
    ),
    Section(
        "交办督办",
        "task",
        (
            ("交办督办", "matters:list"),
            ("交办清单", "matters:task_lists"),
            ("会议", "matters:meetings"),
            ("周期事项", "matters:recurrences"),
        ),
        frozenset({"matters"}),
        (("matters:task_list", "matters:task_lists"), ("matters:meeting", "matters:meetings")),
    ),
    Section(
        "问题台账",
        "alert",
        (
            ("问题台账", "problems:list"),
            ("个人问题清单", "problems:self_checks"),
            ("类别和制度", "problems:classes"),
        ),
        frozenset({"problems"}),
        (
            ("problems:self_check", "problems:self_checks"),
            ("problems:self_check_fill", "problems:self_checks"),
            ("problems:self_check_round", "problems:self_checks"),
            ("problems:suggest", "problems:self_checks"),
            ("problems:problem_class", "problems:classes"),
            ("problems:institutions", "problems:classes"),
            ("problems:institution", "problems:classes"),
            ("problems:tags", "problems:classes"),
        ),
    ),
    Section(
        "活动记录",
        "calendar",
        (
            ("活动记录", "activities:list"),
            ("记在我名下的", "activities:mine"),
            ("学习和调研", "activities:quotas"),
            ("谈心谈话", "activities:talks"),
            ("走出去请进来", "activities:trips"),
            ("动员部署", "activities:mobilisation"),
            ("征求意见表", "activities:opinion_forms"),
            ("成果转化", "activities:conversions"),
        ),
        frozenset({"activities"}),
        (
            ("activities:quotas_of", "activities:quotas"),
            ("activities:quota_table", "activities:quotas"),
            ("activities:quota_leaders", "activities:quotas"),
            ("activities:quota_coverage", "activities:quotas"),
            ("activities:absences", "activities:quotas"),
        ),
    ),
    Section(
        "承诺实事",
        "flag",
        (
            ("公开承诺", "commitments:list"),
            ("急难愁盼", "commitments:concerns"),
            ("民生实事", "commitments:batches"),
            ("兑现情况", "commitments:fulfilment"),
        ),
        frozenset({"commitments"}),
        (
            ("commitments:detail", "commitments:list"),
            ("commitments:notice", "commitments:list"),
            ("commitments:concern", "commitments:concerns"),
            ("commitments:batch", "commitments:batches"),
        ),
    ),
    Section(
        "考评",
        "chart",
        (
            ("季度红黑榜", "appraisal:boards"),
            ("考评办法", "appraisal:schemes"),
            ("点评和改进", "appraisal:comments"),
            ("走势", "appraisal:trends"),
            ("年度评议", "appraisal:reviews"),
            ("个人年度材料", "appraisal:materials"),
            ("优秀名额", "appraisal:pools"),
            ("上级通报", "appraisal:remarks"),
            ("评优限制", "accountability:bars"),
        ),
        frozenset({"appraisal", "accountability"}),
        (
            ("appraisal:scheme", "appraisal:schemes"),
            ("appraisal:board", "appraisal:boards"),
            ("appraisal:score", "appraisal:boards"),
            ("appraisal:review", "appraisal:reviews"),
            ("appraisal:review_unit", "appraisal:reviews"),
            ("appraisal:rate", "appraisal:reviews"),
            ("appraisal:material", "appraisal:materials"),
            ("appraisal:my_material", "appraisal:materials"),
            ("appraisal:pool", "appraisal:pools"),
            ("accountability:bar", "accountability:bars"),
        ),
    ),
    Section(
        "宣传成效",
        "horn",
        (
            ("宣传台账", "publicity:posts"),
            ("经验材料", "publicity:experiences"),
            ("成效对照", "outcomes:goals"),
            ("总结报告", "outcomes:summaries"),
        ),
        frozenset({"publicity", "outcomes"}),
        (
            ("publicity:post", "publicity:posts"),
            ("outcomes:goal_records", "outcomes:goals"),
            ("outcomes:unit_records", "outcomes:goals"),
            ("outcomes:outside", "outcomes:goals"),
            ("outcomes:summary", "outcomes:summaries"),
        ),
    ),
    Section(
        "干部",
        "person",
        (
            ("我的档案", "cadres:mine"),
            ("一线锻炼", "cadres:postings"),
            ("实绩档案", "cadres:merits"),
            ("七种能力", "cadres:abilities"),
            ("表扬奖励", "cadres:commendations"),
        ),
        frozenset({"cadres"}),
        (
            ("cadres:posting", "cadres:postings"),
            ("cadres:follow_up", "cadres:postings"),
            ("cadres:recommendation", "cadres:postings"),
            ("cadres:file", "cadres:merits"),
            ("cadres:merit", "cadres:merits"),
            ("cadres:commendation", "cadres:commendations"),
        ),
    ),
    Section(
        "方案",
        "plan",
        (
            ("方案", "plan:list"),
            ("覆盖图", "portal:coverage_home"),
            ("规则", "plan:rules"),
            ("要定一次的事", "plan:decisions"),
        ),
        frozenset({"plan"}),
        (
            ("portal:affected", ""),
            ("portal:clause", ""),
            ("portal:coverage", "portal:coverage_home"),
            ("portal:coverage_home", "portal:coverage_home"),
            ("portal:records", "portal:coverage_home"),
        ),
    ),
    Section(
        "设置",
        "gear",
        (
            ("单位和人员", "org:people"),
            ("代理", "org:delegations"),
            ("花名册", "org:staff_import"),
            ("授权确认", "org:grants"),
            ("账号", "accounts:list"),
            ("留痕", "accounts:trail"),
            ("工作日历", "workdays:calendar"),
        ),
        frozenset({"org", "workdays", "accounts"}),
    ),
)


SHORT = {
    "工作台": "工作",
    "交办督办": "督办",
    "问题台账": "问题",
    "活动记录": "活动",
    "承诺实事": "承诺",
    "宣传成效": "宣传",
}
"""The words of the rail where a phone has room for two characters each."""
NOWHERE = {"portal:search"}
"""Pages of the top bar, which belong to no word of the rail."""


def door(name: str) -> tuple[str, Any] | None:
    """A page's address and what its view declares about who may enter; None where the page does not exist."""
    return _door(name, settings.ROOT_URLCONF, get_script_prefix())


@functools.lru_cache(maxsize=256)
def _door(name: str, urlconf: str, prefix: str) -> tuple[str, Any] | None:
    """Routes do not change while the server runs, so each is looked up once."""
    try:
        url = reverse(name)
        return url, getattr(resolve(url).func, "route", None)
    except (NoReverseMatch, Resolver404):
        return None


def may_enter(declared: Any, duties: frozenset[str]) -> bool:
    """Whether someone logged in with these duties passes a door: the route's own declaration, not a second list."""
    if declared is None:
        return False
    return not declared.duties or bool(declared.duties & duties)


def rail(duties: frozenset[str], view_name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]], str]:
    """The words of the rail this person can use, the pages of the section he is in, and that section's word."""
    room = view_name.split(":")[0] if ":" in view_name else ""
    items: list[dict[str, Any]] = []
    here_pages: list[dict[str, Any]] = []
    here_label = ""
    claimed = NOWHERE | {name for section in RAIL for name, _ in section.others}
    for section in RAIL:
        others = dict(section.others)
        at = others.get(view_name, view_name)
        pages = []
        for label, name in section.pages:
            found = door(name)
            if found is not None and may_enter(found[1], duties):
                pages.append({"label": label, "url": found[0], "here": name == at})
        if not pages:
            continue
        here = view_name in others or (room in section.rooms and view_name not in claimed)
        short = SHORT.get(section.label, section.label)
        items.append(
            {"label": section.label, "short": short, "icon": section.icon, "url": pages[0]["url"], "here": here}
        )
        if here and len(pages) > 1 and any(page["here"] for page in pages):
            here_pages, here_label = pages, section.label
    return items, here_pages, here_label


def kit_url(name: str = "kit.css") -> str:
    """Address of a file of the kit; empty where it was not fetched or not collected: ours carries the layout alone,
    and a picture is left to the table behind it."""
    try:
        return static(f"kit/{name}") if settings.STATICFILES_DIRS else ""
    except ValueError:  # the manifest was written before the kit was fetched
        return ""


def typed_draft(request: HttpRequest) -> dict[str, Any] | None:
    """What an ended session had typed, ready to be put back by app.js and readable without it."""
    found = getattr(request, "typed_draft", None)
    if not found:
        return None
    typed = {name: values for name, values in found["typed"].items() if name not in SILENT}
    pairs = [(name, value) for name, values in typed.items() for value in values]
    return {"path": found["path"], "json": json.dumps(typed, ensure_ascii=False), "lines": plain_lines(pairs)}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the base layout."""
    duties: frozenset[str] = getattr(request, "duties", frozenset())
    match = request.resolver_match
    shared: dict[str, Any] = {
        "today": clock.today(),
        "printed_at": clock.now(),
        "bureau": getattr(request, "bureau", None),
        "duties": duties,
        "kit": kit_url(),
        "chart_kit": kit_url("echarts.js"),
    }
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return shared
    items, section_pages, section_label = rail(duties, match.view_name if match else "")
    notices, switch = door("notices:list"), door("org:choose_bureau")
    mine = door("accounts:mine") or door("usersessions_list")
    search = door("portal:search")
    return shared | {
        "rail": items,
        "section_pages": section_pages,
        "section_label": section_label,
        "workday_of_month": getattr(request, "workday_of_month", None),
        "unread_notices": getattr(request, "unread_notices", 0),
        "notices_url": notices[0] if notices else "",
        "search_url": search[0] if search and may_enter(search[1], duties) else "",
        "bureaus": getattr(request, "bureaus", []),
        "bureau_switch_url": switch[0] if switch else "",
        "duty_words": getattr(request, "duty_words", ""),
        "devices_url": mine[0] if mine else "",
        "typed_draft": typed_draft(request),
    }
