"""The verbs of the calendar. A change answers with what changed; the matters room counts running dates again."""

from luoshi.workdays.services.days import remove_day, set_day, set_hours
from luoshi.workdays.services.years import YearChange, load_notice, load_official

__all__ = ["YearChange", "load_notice", "load_official", "remove_day", "set_day", "set_hours"]
