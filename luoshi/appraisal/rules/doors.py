"""Who reads what of appraisal, by duty. What somebody may do in which state is each topic's own table of moves."""

from __future__ import annotations

from luoshi.org.rules import Duty

READERS = (Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.HEAD, Duty.HANDLER, Duty.VERIFIER, Duty.INSPECTOR,
           Duty.DISCIPLINE, Duty.WINDOW)  # fmt: skip
"""Whoever works in the bureau reads the scheme in force and the published board; administrators handle no business."""
OVERSEERS = frozenset({Duty.OFFICE, Duty.CHIEF, Duty.LEADER, Duty.DISCIPLINE})
"""Duties that see every unit's score before the board is published: who computes, decides, or watches over it."""
DECIDERS = frozenset({Duty.CHIEF, Duty.LEADER})
"""班子成员: whose body decides. The office enters what it decided."""
