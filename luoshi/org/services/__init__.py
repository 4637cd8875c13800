"""Changing the organisation: units, people, posts, portfolios, delegation, passwords, staff lists, number series.

Authority is judged on the day of the act (`on`); the day from which a decision counts is its own argument.
`by=None` is the console: `luoshi init` and the sample bureau.
"""

from luoshi.org.services.delegations import delegate, end_delegation
from luoshi.org.services.grants import confirm_grant, propose_grant, refuse_grant
from luoshi.org.services.imports import confirm_import, open_import
from luoshi.org.services.numbers import next_number, next_numbers
from luoshi.org.services.passwords import change_password, issue_password
from luoshi.org.services.people import add_person, add_to_staff, disable, edit_person, enable, initials, leave
from luoshi.org.services.posts import appoint, end_portfolio, give_portfolio, relieve, transfer
from luoshi.org.services.units import add_unit, close_unit, edit_unit, move_unit

__all__ = [
    "add_person", "add_to_staff", "add_unit", "appoint", "change_password", "close_unit", "confirm_grant",
    "confirm_import", "delegate", "disable", "edit_person", "edit_unit", "enable", "end_delegation", "end_portfolio",
    "give_portfolio", "initials", "issue_password", "leave", "move_unit", "next_number", "next_numbers",
    "open_import", "propose_grant", "refuse_grant", "relieve", "transfer",
]  # fmt: skip
