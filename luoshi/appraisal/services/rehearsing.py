"""试算: a scheme tried on past quarters, the run kept with nobody's name in it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date

from luoshi.appraisal import queries
from luoshi.appraisal.models import Rehearsal, Scheme
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.rules.rehearsing import aliases, quarter_result
from luoshi.appraisal.rules.scoring import Counts, score
from luoshi.appraisal.rules.words import SchemeState
from luoshi.appraisal.services.moves import must_hold
from luoshi.lib.lifecycle import NotAllowed
from luoshi.lib.seal import canonical
from luoshi.org.models import User
from luoshi.org.rules import Duty
from luoshi.records.services import act, record

QUARTERS_MOST = 8


@act
def rehearse(scheme: Scheme, *, quarters: Sequence[Quarter], by: User, on: date) -> Rehearsal:
    """试算: what this draft would have given in past quarters; which unit is which is kept nowhere."""
    must_hold(Duty.OFFICE, scheme.bureau_id, by=by, on=on, act="试算考评办法")
    scheme.refresh_from_db()
    if scheme.state != SchemeState.DRAFT:
        raise NotAllowed("试算在采用之前进行。已采用的办法当季不改，要比较请起草新的一版再试算。")
    row = sorted(set(quarters))
    if not row or len(row) > QUARTERS_MOST:
        raise NotAllowed(f"请选择1至{QUARTERS_MOST}个以往季度。")
    if row[-1].last >= on:
        raise NotAllowed(f"{row[-1]}还没有结束，只能用以往的季度试算。")
    by_formula = queries.formula_of(scheme)
    found = queries.counted(scheme.bureau_id, row, by_formula, grace_days=scheme.grace_days, on=on)
    groups = {one: queries.groups_of(scheme.bureau_id, scheme.peers, one.last) for one in row}
    units = sorted({unit for told in groups.values() for unit in told})
    names = aliases(units, secrets.token_hex(16))
    result = {}
    for quarter in row:
        scores = {unit: score(found[quarter].get(unit, Counts()), by_formula) for unit in groups[quarter]}
        result[quarter.key] = quarter_result(scores, groups[quarter], names, scheme.tie_rule)
    made = Rehearsal.objects.create(
        scheme=scheme, scheme_version=scheme.version, quarters=[one.key for one in row], units=len(units),
        result=result, digest=hashlib.sha256(canonical(result).encode()).hexdigest(), by=by, on=on,
    )  # fmt: skip
    record(by, "appraisal.rehearse", made, bureau=scheme.bureau_id, note=f"{scheme} 第{scheme.version}稿")
    return made
