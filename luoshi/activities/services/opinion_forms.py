"""征求意见表: handed out, counted, what was said; each line may go to the ledger, or there was none (2.2.2.2a)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F

from luoshi.activities.models import Activity, OpinionForm
from luoshi.activities.queries.opinion_forms import may_keep
from luoshi.activities.rules.tallying import MOST
from luoshi.activities.services.checks import check_entrant
from luoshi.lib.lifecycle import NotAllowed, Stale
from luoshi.matters.queries import said_of
from luoshi.org import queries as org
from luoshi.org.models import Unit, User
from luoshi.problems.models import Problem
from luoshi.problems.services import open_problem
from luoshi.records.services import act, record

FORMS_MOST = 100_000


@act
def issue_form(
    *, bureau: Unit, title: str, unit: Unit | None, issued_on: date, issued: int, by: User, on: date,
    activity: Activity | None = None,
) -> OpinionForm:  # fmt: skip
    """发放征求意见表, of a visit or by itself."""
    check_entrant(bureau, by, on)
    if not title.strip() or len(title.strip()) > 120:
        raise NotAllowed("请填写名称，不超过120字。")
    if issued_on > on:
        raise NotAllowed("发放日期不能晚于今天。")
    if not 0 < issued <= FORMS_MOST:
        raise NotAllowed("请填写发放份数。")
    if unit is not None and unit.pk != bureau.pk and unit.bureau_id != bureau.pk:
        raise NotAllowed(f"{unit}不是{bureau}的单位，请重新选择。")
    made = OpinionForm.objects.create(
        bureau=bureau, activity=activity, title=title.strip(), unit=unit, issued_on=issued_on, issued=issued,
        entered_by=by, entered_on=on,
    )  # fmt: skip
    record(by, "activities.issue_form", made, bureau=bureau.pk, note=f"发放{issued}份")
    return made


@act
def tally_form(
    form: OpinionForm, *, returned: int, lines: Sequence[tuple[str, int]], none: bool, version: int | None, by: User,
    on: date,
) -> OpinionForm:  # fmt: skip
    """汇总: how many came back and what they said, or in so many words that nothing was; may be counted again."""
    _may(form, by, on)
    if not 0 <= returned <= form.issued:
        raise NotAllowed(f"收回份数应在0到发放份数（{form.issued}）之间。")
    told = [(words.strip(), count) for words, count in lines if words.strip()]
    if none and told:
        raise NotAllowed("已写了意见，请取消“没有意见”。")
    if not none and not told:
        raise NotAllowed("请写收到的意见；确实没有的，勾选“没有意见”。")
    if len(told) > MOST or any(len(words) > 300 for words, _ in told):
        raise NotAllowed(f"最多{MOST}条，每条不超过300字。同样的意见合成一条，写上份数。")
    if any(not 0 < count <= max(returned, 1) for _, count in told):
        raise NotAllowed("每条意见的份数不能超过收回份数。")
    known = {one["words"]: one for one in form.tallies}
    gone = [words for words, one in known.items() if one.get("problem") and words not in {words for words, _ in told}]
    if gone:
        raise NotAllowed(f"“{gone[0][:30]}”已列入问题台账，这一条要保留。")
    tallies = [{**known.get(words, {}), "words": words, "count": count} for words, count in told]
    _turn(form, version, returned=returned, tallies=tallies, closed_on=on)
    words = f"收回{returned}份，意见{len(tallies)}条" if tallies else f"收回{returned}份，没有意见"
    record(by, "activities.tally_form", form, bureau=form.bureau_id, note=words)
    return form


@act
def list_form_opinion(
    form: OpinionForm, *, place: int, unit: Unit | None, version: int | None, by: User, on: date
) -> Problem:
    """列入问题台账: one line of the tally becomes a problem (2.2.2.2b)."""
    _may(form, by, on)
    if not 0 <= place < len(form.tallies):
        raise NotAllowed("这条意见已不在汇总里，请刷新页面。")
    line = form.tallies[place]
    if line.get("problem"):
        raise NotAllowed(f"这条意见已列入问题台账，编号{line['number']}。")
    words = str(line["words"])
    problem = open_problem(
        bureau=form.bureau, title=words[:200], detail=words if len(words) > 200 else "", source="OPINION", unit=unit,
        found_on=form.closed_on or on, by=by, on=on,
        source_note=f"{form.title}（{form.issued_on}发放，{line['count']}份提到）"[:200],
    )  # fmt: skip
    tallies = [dict(one) for one in form.tallies]
    tallies[place] |= {"problem": str(problem.public_id), "number": problem.number_label}
    _turn(form, version, tallies=tallies)
    record(by, "activities.list_opinion", form, bureau=form.bureau_id, note=problem.number_label)
    return problem


@act
def void_form(form: OpinionForm, *, reason: str, version: int | None, by: User, on: date) -> OpinionForm:
    """作废, with its reason."""
    _may(form, by, on)
    if not reason.strip():
        raise NotAllowed("作废要写明理由。")
    _turn(form, version, void=True, void_reason=reason.strip()[:300])
    record(by, "activities.void_form", form, bureau=form.bureau_id, note=reason.strip()[:300])
    return form


def _may(form: OpinionForm, by: User, on: date) -> None:
    """Within the caller's act: the form stands, and this person keeps it."""
    if form.void:
        raise NotAllowed("这份征求意见表已作废。")
    if not may_keep(by, org.held(by, on), form):
        raise NotAllowed("由登记人或局办公室汇总、作废。")


def _turn(form: OpinionForm, version: int | None, **changes: Any) -> None:
    known = form.version if version is None else version
    won = OpinionForm.objects.filter(pk=form.pk, version=known).update(version=F("version") + 1, **changes)
    form.refresh_from_db()
    if won != 1:
        raise Stale(form.version, said_of(form))
