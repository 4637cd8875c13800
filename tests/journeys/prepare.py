"""Prepare one data directory for the journeys: tables, official calendars, the sample people. Run as a script."""

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

    from django.core.management import call_command

    from luoshi.demo.people import build_people
    from luoshi.workdays.services import load_official

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    load_official(by=None, on=date(2026, 1, 1))
    build_people(sys.argv[1])
