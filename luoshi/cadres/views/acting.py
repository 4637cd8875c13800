"""The view of every act, on the page of this room."""

from functools import partial

from luoshi.records import acting
from luoshi.records.acting import posted

__all__ = ["act_page", "posted"]
act_page = partial(acting.act_page, template="cadres/act.html")
