"""读方案 plantext: a Chinese plan's text into clauses, duties and obligations; pure Python, usable alone."""

from luoshi.plantext.compile import compile_plan
from luoshi.plantext.model import Reading
from luoshi.plantext.reading import Unreadable, read_file

__all__ = ["Reading", "Unreadable", "compile_plan", "read_file"]
