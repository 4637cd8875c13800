"""层层加码 and its opposite: a duty's number against the regulation of its mechanism."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.plan.lint.findings import Draft, Finding, Said, at, short
from luoshi.plan.lint.numbers import YEARLY, Number, numbers_of
from luoshi.plan.rules import Deadline, Quota, parse
from luoshi.plan.slots import RULED


@dataclass(frozen=True, slots=True)
class Standard:
    """What a regulation asks: its number, its citation, and the words by which a duty is about it.

    `ceiling`: a longer time than this is unlawful. `own`: to be quicker than this is a promise to the public.
    """

    says: re.Pattern[str]
    number: Deadline | Quota
    citation: str
    slots: tuple[str, ...] = ()
    ceiling: bool = True
    own: bool = False


def _law(slot: str, says: str, *, slots: tuple[str, ...] = (), own: bool = False) -> Standard:
    """A regulation that stands in the closed list of slots."""
    standing = RULED[slot].standing()
    assert standing is not None
    number = parse(RULED[slot].shape, standing.value)
    assert isinstance(number, Deadline | Quota)
    return Standard(re.compile(says), number, standing.citation, (slot, *slots), own=own)


STANDARDS = (
    _law("petition_notice_days", r"信访.{0,20}(?:受理|告知)|告知信访人"),
    _law("petition_reply_days", r"信访.{0,20}(?:办结|答复|办理完毕|处理完毕)", slots=("petition_handling",)),
    _law("petition_recheck_days", r"信访.{0,20}(?:复查|复核)"),
    _law("permit_correct_days", r"一次性告知|补正"),
    _law("permit_decide_days", r"(?:许可|审批).{0,12}(?:决定|办结)", own=True),
    _law("permit_issue_days", r"(?:许可证?|证照|批文).{0,10}(?:送达|发放|颁发)", own=True),
    _law("gift_register", r"(?:礼品|礼金).{0,20}(?:登记|上交)"),
    _law("inspection_review_days", r"督[查察]结论.{0,10}复核"),
    Standard(
        re.compile(r"中心组.{0,20}学习"), Quota(1, "TIME", "QUARTER"),
        "《中国共产党党委（党组）理论学习中心组学习规则》", ("group_study_monthly",), ceiling=False,
    ),
    Standard(
        re.compile(r"(?:学习|培训).{0,16}天"), Quota(12, "DAY", "YEAR"),
        "《干部教育培训工作条例》第十四条（乡科级以下集中培训，参照）", ("study_days_year",), ceiling=False,
    ),
)  # fmt: skip
_LENGTH = {"WORKDAY": 1.4, "DAY": 1.0, "MONTH": 30.0, "YEAR": 365.0}
_UNITS = {"DAY": ("天", "日"), "TIME": ("次", "场", "期"), "HOUR": ("小时", "学时")}


def against_rules(draft: Draft) -> Iterator[Finding]:
    """Each duty that asks more than the regulation of its matter, or allows more than it allows."""
    told: set[tuple[str, str]] = set()
    for one in draft.duties:
        for standard in STANDARDS:
            if one.slot not in standard.slots and not standard.says.search(one.act):
                continue
            found = next((two for mine in numbers_of(one) if (two := _against(one, mine, standard))), None)
            if found is not None and (found.clause, standard.citation) not in told:
                told.add((found.clause, standard.citation))
                yield found
                break


def _against(one: Said, mine: Number, standard: Standard) -> Finding | None:
    rule, quote = standard.number, short(one.act, 28)
    if isinstance(rule, Deadline):
        if not mine.after:
            return None
        days, lawful = mine.quantity * _LENGTH[mine.unit], rule.number * _LENGTH[rule.unit]
        if days > lawful * 1.05 and standard.ceiling:
            said = f"“{quote}”定为{mine.words()}，长于{standard.citation}的{rule}。"
            return at(one, "looser", said, f"改为不超过{rule}。", basis=standard.citation)
        if days < lawful * 0.95:
            said = f"“{quote}”定为{mine.words()}，严于{standard.citation}的{rule}。"
            do = "对外承诺提速的，公布并确认做得到；对下提要求的，改回规定时限。" if standard.own else (
                f"没有上级依据的，按{rule}执行；确需更严的，写明依据。"
            )  # fmt: skip
            severity = "LOW" if standard.own else ""
            return at(one, "stricter", said, do, basis=standard.citation, severity=severity)
        return None
    asked = _yearly(mine)
    if mine.after or asked is None or mine.unit not in _UNITS[rule.unit] or mine.comparator == "<=":
        return None
    lawful = rule.number * YEARLY[rule.period]
    if asked <= lawful * 1.001:
        return None
    said = f"“{quote}”要求{mine.words()}，高于{standard.citation}的{rule}。"
    return at(one, "stricter", said, f"没有上级依据的，按{rule}掌握；确需更高的，写明理由。", basis=standard.citation)


def _yearly(number: Number) -> float | None:
    return number.quantity * YEARLY[number.period] if number.period in YEARLY else None
