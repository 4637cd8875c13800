"""A campaign in our own words, with phases, a leading group named with its office twice, and leaders who answer."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from conftest import PASSWORD
from luoshi.demo.people import build_people
from luoshi.plan import services as plan_services
from luoshi.plan.campaign import proposals
from luoshi.plan.models import Duty, Phase, Plan
from luoshi.plan.services import campaign
from luoshi.plan.services.campaign.gates import Finding
from luoshi.plan.services.campaign.group import Chosen
from luoshi.plan.services.campaign.phases import PhaseWords
from luoshi.workdays import services as workdays
from tests.ground import ground

TODAY = date(2026, 11, 24)
TEXT = """云岭县住房和城乡建设局“步步有回应”活动实施方案
为深入贯彻落实县委全会精神，经局党委研究决定，在全局范围内开展“步步有回应”活动。现制定本方案。
一、工作目标
1.事事有回应。群众反映的事件件有答复。
二、实施步骤
第一阶段：动员部署（2026年11月2日至12月11日）
局办公室召开全局动员会。规划建设股在5个工作日内印发任务分解表。
第二阶段：组织实施（2026年12月至2028年6月）
一是按季通报。局办公室每季度对重点工作进行打分排名。
二是限时反馈。承办单位在5个工作日内向分管领导反馈办理情况。
第三阶段：总结提升
局办公室形成总结报告。
三、工作要求
（一）加强领导。成立“步步有回应”活动领导小组，局直各单位、机关各股室负责人为成员，领导小组办公室设在局机关办公室。领导小组办公室设在局办公室，负责日常工作。局主要领导要切实履行“第一责任人”职责，班子成员要落实“一岗双责”，层层压实责任。
（二）注重实效。局办公室及时总结好做法。
云岭县住房和城乡建设局
2026年10月30日
"""


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch):
    monkeypatch.setenv("LUOSHI_NOW", "2026-11-24T09:30")


def _confirmed(cast) -> Plan:
    workdays.load_official(by=None, on=TODAY)
    version = plan_services.import_plan(bureau=cast.bureau, content=TEXT, by=cast.office, on=TODAY)
    duties = list(Duty.objects.filter(clause__version=version))
    owned = next(one for one in duties if "分解表" in one.act)
    plan_services.confirm_many([(one, one.version) for one in duties if one != owned], by=cast.office, on=TODAY)
    plan_services.confirm_duty(owned, by=cast.office, on=TODAY, version=owned.version, owner_unit=cast.planning)
    return version.plan


def _campaign():
    cast = build_people(PASSWORD)
    return {"cast": cast, "campaign_plan": _confirmed(cast)}


ground.keep("campaign_plan", _campaign, now="2026-11-24T09:30")


@pytest.fixture
def campaign_plan(cast) -> Plan:
    return ground.handed("campaign_plan") or _confirmed(cast)


@pytest.fixture
def plan(campaign_plan) -> Plan:
    """The plan imported today, every duty of it confirmed; 规建股 owns the one of the 分解表."""
    return campaign_plan


@pytest.fixture
def phases(cast, plan) -> list[Phase]:
    """Three phases one after the other; the first runs today."""
    spans = [(date(2026, 11, 2), date(2026, 11, 20)), (date(2026, 11, 23), date(2028, 6, 30)), (None, None)]
    rows = [
        PhaseWords(one.name, *span, clause=one.clause) for one, span in zip(proposals.phases(plan), spans, strict=True)
    ]
    return campaign.set_phases(plan, rows=rows, by=cast.office, on=TODAY)


@pytest.fixture
def first(cast, phases) -> Phase:
    """The first phase with two checks, nothing found yet."""
    phase = phases[0]
    campaign.choose_checks(
        phase, duties=[], words=["动员会已召开", "各单位已传达"], version=phase.version, by=cast.office, on=TODAY
    )
    return phase


@pytest.fixture
def find(cast):
    """`find(phase, {"动员会已召开": Finding("MET")})`: enter findings by the checks' words; the rest is met."""

    def enter(phase: Phase, told=(), by=None, on=TODAY):
        told = dict(told)
        findings = {one.pk: told.get(one.words, Finding("MET")) for one in phase.checks.filter(void=False)}
        return campaign.check_gate(
            phase, findings=findings, met_on=on, version=phase.version, by=by or cast.office, on=on
        )

    return enter


@pytest.fixture
def sign(cast):
    """Sign a phase's gate as the office enters the chief's decision; words may be replaced."""

    def enter(phase: Phase, **words):
        given = {
            "by": cast.office, "on": TODAY, "decided_by": cast.director, "decided_on": TODAY,
            "source": "领导小组会议纪要第1期", "version": phase.version,
        }  # fmt: skip
        return campaign.sign_gate(phase, **{**given, **words})

    return enter


@pytest.fixture
def group(cast, plan):
    """The leading group as the plan has it, with the chief at its head."""
    proposed = proposals.group(plan, TODAY)
    members = [Chosen(cast.director, "HEAD"), Chosen(cast.leader, "DEPUTY")]
    members += [Chosen(one.person, "MEMBER", one.unit) for one in proposed.seats if one.person]
    members.append(Chosen(cast.office, "OFFICE_HEAD", cast.office_unit))
    return campaign.set_group(
        plan, name=proposed.name, office_unit=cast.office_unit, members=members, from_on=TODAY, by=cast.office,
        on=TODAY, clause=proposed.said.clause,
    )  # fmt: skip


@pytest.fixture
def wrong() -> SimpleNamespace:
    """Who may not: everybody but the office (and, for gates, the leaders)."""
    return SimpleNamespace(keepers=("director", "leader", "chief", "handler", "discipline", "stranger", "sysadmin"))
