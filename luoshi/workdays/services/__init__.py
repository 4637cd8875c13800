"""The verbs of the calendar."""

from luoshi.workdays.services.years import load_official

__all__ = ["load_official"]
