"""Read a Chinese implementation plan and say what it asks of whom, by when (读方案)."""

from luoshi.plantext.compile import compile_plan
from luoshi.plantext.model import Reading
from luoshi.plantext.reading import Unreadable, read_file

__all__ = ["Reading", "Unreadable", "compile_plan", "read_file"]
