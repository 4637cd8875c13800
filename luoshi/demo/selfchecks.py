"""样例查摆和建章立制: one round of personal lists in every state, two classes of problems and the 制度 they left.

Told by the story of `demo.universe`, on its working days.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from luoshi.org.models import User
from luoshi.problems import services as problems
from luoshi.problems.models import Institution, Problem, SelfCheck
from luoshi.problems.queries.selfcheck import lists_of
from luoshi.problems.rules import StyleKind
from luoshi.problems.services import classes, institutions, rounds
from luoshi.problems.services import selfcheck as services
from luoshi.problems.services.selfcheck import ItemWords

if TYPE_CHECKING:
    from luoshi.demo.universe import Story

OWN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "leader": (
        (
            StyleKind.SHIRK,
            "两个股室都沾边的事，等他们自己商量，没有当面定牵头单位",
            "跨股室的事当场定牵头、定时限，会后一天内发清单",
        ),
    ),
    "second_leader": (
        (
            StyleKind.LOW_BAR,
            "听汇报多、到小区看得少，问题报上来才知道",
            "每月到物业小区、公租房现场不少于两次，当场交办",
        ),
    ),
    "director": ((StyleKind.PANIC, "审批改革想稳一稳，两项容缺受理拖了一个季度", "两项办法先在窗口试行"),),
    "handler": (
        (StyleKind.EASE, "项目资料收集怕麻烦，习惯等各单位来报", "每周五上门核对一次，缺什么当场补"),
        (StyleKind.LOW_BAR, "情况报告照着上季度改，数据没有重新核", "每份报告附数据来源，交稿前自己核一遍"),
    ),
    "second_handler": (
        (StyleKind.DOOR, "电话答复只说“材料不全”，没有讲清缺什么", "来电当场列出缺的材料，发清单给对方"),
    ),
}  # fmt: skip
"""What each wrote: kind, the sentence, the measure. All invented."""


def tell(story: Story) -> None:
    """The round, then the classes."""
    a_round(story)
    cured_by_a_new_institution(story)
    not_yet_decided(story)


def a_round(story: Story) -> None:
    """Opened eight working days ago: leaders first, one of them still under review; staff at every step."""
    cast, day = story.cast, story.back(8)
    made = rounds.open_round(
        bureau=cast.bureau, title=f"{day.on.year}年第{'一二三四'[(day.on.month - 1) // 3]}季度查摆",
        due_on=story.ahead(4), plan=cast.plan.plan, by=cast.office, on=day.on,
    )  # fmt: skip
    lists: dict[int, SelfCheck] = {
        one.person_id: one for one in lists_of(made).select_related("bureau", "person", "reviewer")
    }
    rounds.name_reviewer(lists[cast.director.pk], reviewer=cast.leader, by=cast.office, on=day.on)
    day = story.back(5)
    services.suggest(
        lists[cast.handler.pk], kind=StyleKind.DOOR, channel="PEER", words="来问进度的企业，常让人“过几天再打来”",
        by=cast.second_handler, on=day.on,
    )  # fmt: skip
    for key, ago in (("leader", 5), ("second_leader", 4), ("handler", 3), ("director", 2), ("second_handler", 1)):
        fill(story, lists[getattr(cast, key).pk], key, ago)
    for key, ago in (("leader", 4), ("second_leader", 3), ("handler", 2)):
        check, day = lists[getattr(cast, key).pk], story.back(ago)
        assert check.reviewer is not None
        services.accept_check(check, by=check.reviewer, on=day.on, now=day.at(16))
    put_right(story, cast.handler)
    fill(story, lists[cast.chief.pk], "chief", 2)
    services.return_check(
        lists[cast.chief.pk],
        reason="六类都写没有，再对照股里被退回的两件事想一想。",
        by=cast.leader,
        on=story.back(1).on,
    )


def fill(story: Story, check: SelfCheck, key: str, ago: int) -> None:
    """One list, submitted: its own items, what others brought up, and 没有此类问题 for the rest."""
    day, due = story.back(ago), quarter_after(story.today)
    rows = [ItemWords(kind, title, measure, due) for kind, title, measure in OWN.get(key, ())]
    rows += [
        ItemWords(one.kind, one.words, "当天能答的当天答，答不了的说定哪天回电话", due, suggestion=one.pk)
        for one in check.suggestions.filter(state="OPEN")
    ]
    none = set(StyleKind.values) - {one.kind for one in rows}
    services.fill_check(
        check, rows=rows, none=none, submit=True, by=getattr(story.cast, key), on=day.on, now=day.at(10)
    )


def put_right(story: Story, who: User) -> None:
    """One item is put right already and waits for the reviewer."""
    item = Problem.objects.get(self_check__person=who, title__startswith="情况报告")
    day = story.back(0)
    problems.apply_closing(
        item, note="本月两份报告都附了数据来源，核出一处旧数并改正。", by=who, on=day.on, now=day.at(9)
    )


def quarter_after(today: date) -> date:
    """The last day of March or of September that is at least a month away."""
    ends = (date(today.year + step, month, day) for step in (0, 1) for month, day in ((3, 31), (9, 30)))
    return next(one for one in ends if (one - today).days >= 30)


def opened(story: Story, ago: int, title: str, **words: Any) -> Problem:
    day = story.back(ago)
    return problems.open_problem(
        bureau=story.cast.bureau, title=title, found_on=day.on, by=story.cast.office, on=day.on, now=day.at(9), **words
    )


def cured_by_a_new_institution(story: Story) -> None:
    cast = story.cast
    several = [
        opened(
            story, 34, "竣工备案第一次没讲清材料，企业跑了三趟", source="COMPLAINT", unit=cast.approval, tags=["推"]
        ),
        opened(story, 33, "施工许可补正材料分两次才讲清", source="VISIT", unit=cast.approval, tags=["推", "慢"]),
    ]
    row = classes.group(
        several, bureau=cast.bureau, name="一次性告知不到位", root_cause="没有统一的告知单，讲什么全凭经验。",
        by=cast.office, on=story.back(32).on,
    )  # fmt: skip
    classes.decide_cure(
        row, cure="NEW", title="窗口一次性告知办法（试行）", decided_by=cast.second_leader, by=cast.office,
        on=story.back(30).on,
    )  # fmt: skip
    made = Institution.objects.get(title__startswith="窗口一次性告知办法")
    day = story.back(10).on
    institutions.edit_institution(
        made, title=made.title, cure="NEW", code=f"云住建字〔{day.year}〕21号", unit=cast.approval, issued_on=day,
        in_use_on=day, reform="MECHANISM", by=cast.office, on=day,
    )  # fmt: skip


def not_yet_decided(story: Story) -> None:
    cast = story.cast
    several = [
        opened(story, 12, "两个小区报修单没有回访记录", source="VISIT", unit=cast.property, tags=["散"]),
        opened(story, 11, "公租房报修单没有回访记录", source="OPINION", unit=cast.housing, tags=["散"]),
    ]
    classes.group(
        several, bureau=cast.bureau, name="报修没有回访", root_cause="只管派单，没人管修没修好。", by=cast.office,
        on=story.back(9).on,
    )  # fmt: skip
