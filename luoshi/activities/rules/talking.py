"""谈心谈话: who talks with whom, and how long a record stays open (2.2.2.1a-c)."""

from __future__ import annotations

from collections.abc import Collection

from luoshi.activities.rules.words import ActivityKind
from luoshi.org.rules import Duty

TALKERS = frozenset({Duty.CHIEF, Duty.LEADER, Duty.HEAD})
"""Who keeps talk records of his own; the office may enter only that a leader's talk took place on paper."""
POLITICAL_TALKERS = frozenset({Duty.CHIEF, Duty.LEADER})
PAPER_KEEPERS = frozenset({Duty.OFFICE})
BY_NEED = frozenset({Duty.DISCIPLINE})
"""Who may open a record that is not his, each time saying why; the talker is told."""
NEED_LONGEST = 200
CONTENT_LONGEST = 5000
OTHERS_MOST = 20


def why_not_talk(kind: str, *, talker: Collection[str], partner: Collection[str], led: bool, own_unit: bool) -> str:
    """Why these two may not have this talk, empty where they may. `talker` and `partner` are their duties.

    政治谈话 goes by the division of work: the chief with leaders and heads, a leader with the heads of units he is in
    charge of. 谈心谈话: a leader with anybody, a head with the people of his own unit.

    >>> why_not_talk("POLITICAL_TALK", talker={"LEADER"}, partner={"HEAD"}, led=True, own_unit=False)
    ''
    >>> why_not_talk("POLITICAL_TALK", talker={"LEADER"}, partner={"HANDLER"}, led=True, own_unit=False)
    '政治谈话的对象是单位负责人（主要领导还可与班子成员谈）；与其他人员谈的，请选“谈心谈话”。'
    >>> why_not_talk("HEART_TALK", talker={"HEAD"}, partner={"HANDLER"}, led=False, own_unit=False)
    '单位负责人只与本单位人员谈心谈话；其他单位人员请其负责人或局领导谈。'
    """
    mine = frozenset(talker)
    if kind == ActivityKind.POLITICAL_TALK:
        if not mine & POLITICAL_TALKERS:
            return "政治谈话由局领导与单位负责人谈；与本单位人员谈的，请选“谈心谈话”。"
        wanted = {Duty.HEAD, Duty.LEADER} if Duty.CHIEF in mine else {Duty.HEAD}
        if not wanted & frozenset(partner):
            return "政治谈话的对象是单位负责人（主要领导还可与班子成员谈）；与其他人员谈的，请选“谈心谈话”。"
        if Duty.CHIEF not in mine and not led:
            return "政治谈话按分工谈，对方单位不由谈话人分管。请由分管领导谈，或选“谈心谈话”。"
        return ""
    if mine & POLITICAL_TALKERS or (Duty.HEAD in mine and own_unit):
        return ""
    if Duty.HEAD in mine:
        return "单位负责人只与本单位人员谈心谈话；其他单位人员请其负责人或局领导谈。"
    return "谈话记录由局领导和单位负责人登记，您目前没有这项职责。"
