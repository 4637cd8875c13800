"""Prepare one data directory for the journeys. Run as a script: PASSWORD for the sample people alone, PASSWORD DAY
for the sample bureau with its plan and its story as of that day."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
    import django

    django.setup()
    from datetime import date

    from luoshi.demo.people import build_people
    from luoshi.demo.universe import build
    from luoshi.workdays.services import load_official
    from tests import stock

    stock.migrate()
    if len(sys.argv) > 2:
        build(password=sys.argv[1], today=date.fromisoformat(sys.argv[2]))
    else:
        load_official(by=None, on=date(2026, 1, 1))
        build_people(sys.argv[1])
