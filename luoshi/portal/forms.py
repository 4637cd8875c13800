"""Forms of the hall."""

from __future__ import annotations

from luoshi.ui.forms import ActForm


class RecountForm(ActForm):
    """Nothing to fill in: count again on the calendar as it stands."""

    act_label = "按现行日历重算"
