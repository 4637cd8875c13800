"""The scenarios of problems: who posts what on a problem of planning's, walked to where the act is possible."""

from __future__ import annotations

from datetime import date
from typing import Any

from luoshi.problems import services
from tests.house.mutations import SCENARIOS, STORY_DAY, Post, Scenario, scenario

DUE = date(2026, 12, 25)


def a_problem(world: Any, state: str = "FOUND") -> Any:
    """A problem of planning's, walked on by services."""
    found = services.open_problem(
        bureau=world.bureau, title="河滨路人行道破损", source="OPINION", found_on=STORY_DAY, unit=world.planning,
        by=world.office, on=STORY_DAY,
    )  # fmt: skip
    if state == "FOUND":
        return found
    services.start_rectifying(
        found, cause="养护不到位", measure="更换破损地砖", due_on=DUE, by=world.chief, on=STORY_DAY
    )
    if state in ("APPLIED", "CLOSED", "LOOKED"):
        services.apply_closing(found, note="已更换", by=world.handler, on=STORY_DAY)
    if state in ("CLOSED", "LOOKED"):
        early = date(2026, 8, 3)
        services.accept_closing(found, note="现场看过", by=world.verifier, on=STORY_DAY if state == "CLOSED" else early)
    if state == "DISMISSED":
        services.dismiss(found, reason="属市政公司", by=world.office, on=STORY_DAY)
    return found


def on_problem(by: str, state: str = "FOUND", **data: Any) -> Scenario:
    """A post on such a problem, at its present version."""

    def make(world: Any) -> Post:
        found = a_problem(world, state)
        filled = {key: value(world) if callable(value) else value for key, value in data.items()}
        return Post(getattr(world, by), [found.public_id], {"version": found.version, **filled})

    return make


SCENARIOS |= {
    "problems:confirm": on_problem("chief"),
    "problems:start": on_problem("chief", cause="养护不到位", measure="更换破损地砖", due_on="2026-12-25"),
    "problems:order": on_problem(
        "office", cause="养护不到位", measure="更换破损地砖", due_on="2026-12-25", source_note="局长办公会纪要第9期",
        units=lambda world: [world.planning.pk, world.quality.pk], decided_by=lambda world: world.leader.pk,
        decided_on="2026-11-24",
    ),
    "problems:report": on_problem("handler", "RECTIFYING", note="已更换一半。"),
    "problems:apply": on_problem("handler", "RECTIFYING", note="已全部更换。"),
    "problems:accept": on_problem("verifier", "APPLIED", way="现场查看", note="地砖已换。"),
    "problems:return_closing": on_problem("verifier", "APPLIED", reason="还有两处未换。"),
    "problems:look_back": on_problem("inspector", "LOOKED", held="yes", note="完好。"),
    "problems:rebound": on_problem("inspector", "CLOSED", reason="又破损了。", due_on="2026-12-25"),
    "problems:reschedule": on_problem("leader", "RECTIFYING", reason="材料推迟到货。", due_on="2027-01-15"),
    "problems:see_again": on_problem("handler", source="VISIT", seen_on="2026-11-24", words_said="绊倒了人。"),
    "problems:amend": on_problem("office", title="河滨路北段人行道破损"),
    "problems:dismiss": on_problem("office", reason="属市政公司，已转交。"),
    "problems:restore": on_problem("office", "DISMISSED", reason="市政公司答复不归其管。"),
}  # fmt: skip


@scenario("problems:open")
def _(world: Any) -> Post:
    return Post(world.handler, data={"title": "南门公交站台积水", "unit": world.planning.pk, "source": "VISIT"})
