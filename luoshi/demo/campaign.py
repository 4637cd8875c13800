"""The sample plan's campaign: decided and issued, its phases set and the first gate signed, its group, who answers.

Told on the story's own working days: `back(n)` is the n-th working day before today, `ahead(n)` one after it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from luoshi.plan.campaign import proposals
from luoshi.plan.models import Phase, Plan
from luoshi.plan.services import campaign
from luoshi.plan.services.campaign.gates import Finding
from luoshi.plan.services.campaign.group import Chosen
from luoshi.plan.services.campaign.phases import PhaseWords
from luoshi.plan.services.campaign.responsibilities import Line

DOCUMENT = "云住建发〔2026〕18号"


def organise(cast: SimpleNamespace, *, back: Callable[[int], date], ahead: Callable[[int], date]) -> None:
    """Tell the campaign of the sample plan, everything through its services."""
    plan: Plan = cast.plan.plan
    said, _ = proposals.header(plan)
    campaign.edit_plan(
        plan, by=cast.office, on=back(59), version=plan.version, document_no=DOCUMENT,
        follows=said["follows"].value if "follows" in said else "", scope="全局各单位、全体干部职工",
        decided_body="局党委", decision="局党委会会议纪要第18期", decided_on=back(60), issued_on=back(59),
        from_on=back(60), until_on=ahead(690),
    )  # fmt: skip
    _group(cast, plan, back(58))
    _phases(cast, plan, back, ahead)
    rows = proposals.responsibilities(plan, back(55))
    lines = [Line(one.kind, one.person, one.words, one.unit, one.clause) for one in rows if one.person is not None]
    campaign.list_responsibilities(plan, lines=lines, by=cast.office, on=back(55))


def _group(cast: SimpleNamespace, plan: Plan, on: date) -> None:
    proposed = proposals.group(plan, on)
    members = [Chosen(cast.director, "HEAD"), Chosen(cast.leader, "DEPUTY"), Chosen(cast.second_leader, "DEPUTY")]
    members += [Chosen(one.person, "MEMBER", one.unit) for one in proposed.seats if one.person is not None]
    members.append(Chosen(cast.office, "OFFICE_HEAD", cast.office_unit))
    campaign.set_group(
        plan, name=proposed.name, office_unit=cast.office_unit, members=members, from_on=on, document=DOCUMENT,
        clause=proposed.said.clause if proposed.said else None, by=cast.office, on=on,
    )  # fmt: skip


def _phases(cast: SimpleNamespace, plan: Plan, back: Callable[[int], date], ahead: Callable[[int], date]) -> None:
    """Three phases as the plan names them; the first has passed with one check that was not met, and why."""
    spans = [(back(60), back(31)), (back(30), ahead(570)), (ahead(575), ahead(690))]
    rows = [
        PhaseWords(one.name, *span, clause=one.clause) for one, span in zip(proposals.phases(plan), spans, strict=False)
    ]
    phases = campaign.set_phases(plan, rows=rows, by=cast.office, on=back(57))
    first, second = phases[0], phases[1]
    duties = [one for one, _ in proposals.checks(first)]
    own = ["全局部署会已召开", "各单位已传达部署或参加联合会议"]
    campaign.choose_checks(first, duties=duties, words=own, version=first.version, by=cast.office, on=back(56))
    _find(cast, first, back(31), {own[1]: "物业股因防汛值守未赶上，已于会后补课。"})
    campaign.sign_gate(
        first, version=first.version, by=cast.office, on=back(30), decided_by=cast.director, decided_on=back(31),
        source="领导小组会议纪要第1期", note="同意转入下一阶段，补课情况一并归档。",
    )  # fmt: skip
    duties = [one for one, ticked in proposals.checks(second) if ticked][:8]
    campaign.choose_checks(second, duties=duties, words=[], version=second.version, by=cast.office, on=back(20))


def _find(cast: SimpleNamespace, phase: Phase, on: date, unmet: dict[str, str]) -> None:
    found = {
        one.pk: Finding("UNMET", unmet[one.words]) if one.words in unmet else Finding("MET")
        for one in phase.checks.filter(void=False)
    }
    campaign.check_gate(phase, findings=found, met_on=on, version=phase.version, by=cast.office, on=on)
