"""优秀名额 (2.3.2): a pool for each kind of personnel, its quota, who may be put forward, and the life of a proposal.

优秀 is at most 20 % of those who should take part, up to 25 % only with the written consent of the department in
charge; 领导班子 are appraised by the county, and have no grade here at all. The software counts the places and refuses
what goes over them; it puts nobody forward and puts nobody before another.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from luoshi.lib.lifecycle import Move
from luoshi.org.rules import PersonnelType

USUAL, MOST = 20, 25
"""Per cent: as a rule, and with consent."""
FLOOR, HALF_UP = "FLOOR", "HALF_UP"
POOLED = (PersonnelType.CIVIL_SERVANT, PersonnelType.INSTITUTION, PersonnelType.CONTRACT)
BASES = {
    PersonnelType.CIVIL_SERVANT: "公务员考核规定：优秀等次人数一般掌握在参加考核人数的20%以内，经主管部门同意可到25%",
    PersonnelType.INSTITUTION: "事业单位工作人员考核规定：优秀档次人数一般不超过应参加考核人数的20%，经同意最多25%",
    PersonnelType.CONTRACT: "编外聘用人员是否评优由本局决定，比例参照公务员掌握",
}


class PoolState(TextChoices):
    OPEN = "OPEN", "推荐中"
    SHOWN = "SHOWN", "公示中"
    DECIDED = "DECIDED", "已决定"


class NominationState(TextChoices):
    PROPOSED = "PROPOSED", "已推荐"
    WITHDRAWN = "WITHDRAWN", "已撤回"
    EXCELLENT = "EXCELLENT", "确定为优秀"
    NOT = "NOT", "未确定为优秀"


OFFICE, CHIEF, HEAD, READER, REVIEWER = "office", "chief", "head", "reader", "reviewer"

MOVES = {
    "change": Move(frozenset({PoolState.OPEN}), None, frozenset({OFFICE}), "修改名额"),
    "nominate": Move(frozenset({PoolState.OPEN}), None, frozenset({OFFICE, HEAD}), "推荐"),
    "withdraw": Move(frozenset({PoolState.OPEN, PoolState.SHOWN}), None, frozenset({OFFICE, HEAD}), "撤回推荐",
                     reason=True),
    "show": Move(frozenset({PoolState.OPEN}), PoolState.SHOWN, frozenset({OFFICE}), "公示"),
    "object": Move(frozenset({PoolState.SHOWN}), None, frozenset({READER, OFFICE}), "提出意见"),
    "answer": Move(frozenset({PoolState.SHOWN}), None, frozenset({REVIEWER}), "答复意见"),
    "decide": Move(frozenset({PoolState.SHOWN}), PoolState.DECIDED, frozenset({OFFICE, CHIEF}), "决定"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may be 优秀, and how that was reckoned."""

    number: int
    words: str


def quota(eligible: int, percent: int, rounding: str, *, consent: bool) -> Quota:
    """The places of a pool. Whatever the rounding, never more than a quarter, and over a fifth only with consent.

    >>> quota(23, 20, "FLOOR", consent=False)
    Quota(number=4, words='23人×20%＝4.6，只舍不入，4个名额')
    >>> quota(23, 20, "HALF_UP", consent=True).number, quota(23, 20, "HALF_UP", consent=False).number
    (5, 4)
    >>> quota(23, 20, "HALF_UP", consent=False).words
    '23人×20%＝4.6，四舍五入是5个，超过20%，没有书面同意，按4个名额'
    >>> quota(4, 20, "FLOOR", consent=False).words
    '4人×20%＝0.8，只舍不入，0个名额。人数太少的，可请主管部门书面同意后提高到25%以内'
    """
    hundredths = eligible * percent
    floor = hundredths // 100
    exact = f"{eligible}人×{percent}%＝{_plain(hundredths)}"
    if rounding != HALF_UP:
        few = "。人数太少的，可请主管部门书面同意后提高到25%以内" if eligible and not floor else ""
        return Quota(floor, f"{exact}，只舍不入，{floor}个名额{few}")
    rounded = (hundredths + 50) // 100
    limit = eligible * (MOST if consent else USUAL) // 100
    if rounded <= limit:
        return Quota(rounded, f"{exact}，四舍五入，{rounded}个名额")
    over = f"超过{MOST}%" if consent else f"超过{USUAL}%，没有书面同意"
    return Quota(limit, f"{exact}，四舍五入是{rounded}个，{over}，按{limit}个名额")


def _plain(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def why_no_pool(personnel_type: str) -> str:
    """Why this kind of personnel has no pool here; empty where it has.

    >>> why_no_pool("LEADERSHIP")
    '领导班子成员（县管干部）的年度考核由县委组织部门负责，本系统不评等次，只提供材料。'
    >>> why_no_pool("INSTITUTION")
    ''
    """
    if personnel_type in POOLED:
        return ""
    return "领导班子成员（县管干部）的年度考核由县委组织部门负责，本系统不评等次，只提供材料。"


def why_not_share(percent: int, *, consent: str) -> str:
    """Why this share may not be set; empty where it may.

    >>> why_not_share(20, consent=""), why_not_share(25, consent="组字〔2026〕8号")
    ('', '')
    >>> why_not_share(22, consent="")
    '优秀比例一般不超过20%。超过20%的，要有主管部门的书面同意，请填写文号。'
    >>> why_not_share(26, consent="组字〔2026〕8号")
    '优秀比例最高25%。'
    """
    if not 1 <= percent <= MOST:
        return f"优秀比例最高{MOST}%。"
    if percent > USUAL and not consent.strip():
        return f"优秀比例一般不超过{USUAL}%。超过{USUAL}%的，要有主管部门的书面同意，请填写文号。"
    return ""


def why_over(chosen: int, places: int) -> str:
    """Why so many may not be decided; empty where they may.

    >>> why_over(4, 4), why_over(5, 4)
    ('', '名额只有4个，选了5人。请减少后再决定。')
    """
    return "" if chosen <= places else f"名额只有{places}个，选了{chosen}人。请减少后再决定。"
