"""A matter's pages: the list, one matter, writing one down, and one address for each act."""

from luoshi.matters.views.acts import ACTS
from luoshi.matters.views.listing import listing
from luoshi.matters.views.opening import amend, open_new
from luoshi.matters.views.page import detail, evidence

__all__ = ["ACTS", "amend", "detail", "evidence", "listing", "open_new"]
