"""A quarter of appraisal in tests, told by services only."""

from __future__ import annotations

from luoshi.appraisal.models import SuperiorRemark
from luoshi.appraisal.services import remarks
from luoshi.matters.tests.life import DAY, clean, staged


def remark(cast, **words) -> SuperiorRemark:
    told = {"bureau": cast.bureau, "unit": cast.planning, "kind": "CRITICISM", "issuer": "县委督查室",
            "document": "督查通报第5期", "issued_on": DAY, "words": "老旧小区改造进度滞后，点名批评。",
            "by": cast.office, "on": DAY}  # fmt: skip
    return remarks.enter_remark(**(told | words))


__all__ = ["DAY", "clean", "remark", "staged"]
