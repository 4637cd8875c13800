"""A quarter of appraisal in tests, told by services only."""

from __future__ import annotations

from datetime import date, datetime, time

from luoshi.appraisal import queries, services
from luoshi.appraisal.models import Board, Scheme, SuperiorRemark
from luoshi.appraisal.rules.drafting import Draft, Row
from luoshi.appraisal.rules.quarters import Quarter
from luoshi.appraisal.services import remarks
from luoshi.lib.clock import SHANGHAI
from luoshi.matters.tests.life import DAY, clean, staged

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)
AFTER = date(2026, 10, 12)
"""A working day after the third quarter and its days of grace."""
PAPER = {"source_note": "局党委会纪要第20期"}
EACH = {"COUNTY": 40, "KEY_PROJECT": 40, "KEY_WORK": 30}
ROWS = (
    Row("completion", EACH),
    Row("on_time", {"COUNTY": 30, "KEY_PROJECT": 30, "KEY_WORK": 20}),
    Row("accepted_first_time", {"COUNTY": 20, "KEY_PROJECT": 20, "KEY_WORK": 10}),
    Row("feedback_on_time", {"COUNTY": 10, "KEY_PROJECT": 10, "KEY_WORK": 10}),
    Row("problems_closed_on_time", {"KEY_WORK": 10}),
    Row("problems_held", {"KEY_WORK": 10}),
    Row("satisfaction", {"KEY_WORK": 10}),
)


def remark(cast, **words) -> SuperiorRemark:
    told = {"bureau": cast.bureau, "unit": cast.planning, "kind": "CRITICISM", "issuer": "县委督查室",
            "document": "督查通报第5期", "issued_on": DAY, "words": "老旧小区改造进度滞后，点名批评。",
            "by": cast.office, "on": DAY}  # fmt: skip
    return remarks.enter_remark(**(told | words))


def told(**words) -> Draft:
    """A scheme as the office writes it."""
    usual = {"title": "季度考评办法", "since": Q4, "blocks": {"COUNTY": 40, "KEY_PROJECT": 35, "KEY_WORK": 25},
             "rows": ROWS, "peers": "BY_KIND", "tie_rule": "SHARED"}  # fmt: skip
    return Draft(**(usual | words))


def draft(cast, *, on=DAY, follows=None, **words) -> Scheme:
    return services.draft_scheme(bureau=cast.bureau, draft=told(**words), by=cast.office, on=on, follows=follows)


def adopted(cast, *, on=DAY, **words) -> Scheme:
    """Adopted by 主要领导; for a quarter that has begun, as the bureau's first."""
    found = draft(cast, on=on, **words)
    late = "首次制定办法" if on >= found.since.first else ""
    return services.adopt_scheme(found, version=None, by=cast.director, on=on, late_reason=late)


def computed(cast, quarter=Q3, *, on=AFTER) -> Board:
    """The quarter's board, counted."""
    if queries.scheme_for(cast.bureau.pk, quarter) is None:
        adopted(cast, since=quarter)
    now = datetime.combine(on, time(10), SHANGHAI)
    board = services.open_board(bureau=cast.bureau, quarter=quarter, by=cast.office, on=on, now=now)
    services.start(board)
    board.refresh_from_db()
    return board


__all__ = ["AFTER", "DAY", "PAPER", "Q2", "Q3", "Q4", "ROWS", "adopted", "clean", "computed", "draft", "remark",
           "staged", "told"]  # fmt: skip
