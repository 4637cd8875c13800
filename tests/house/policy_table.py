"""The policy of matters, written by hand from the rule documents, never generated from the code it judges.

Sources: the plan's measure 2.2.5.1 (清单交办、过程督办、办结反馈), domain rules §1.2 (practice of 督查督办: the
leader approves, 承办 only *applies* for 办结, another verifies, the assigning leader closes and grants 延期), and
house rules §5 (who clicked is not who decided; the two sides of a hand-out and nobody else).

`+` marks what the office may only *enter*: a leader decided on paper, and the paper or its source is kept.
"""

from __future__ import annotations

STATES = (
    "DRAFT", "APPROVED", "ASSIGNED", "ACCEPTED", "SUBMITTED", "VERIFIED", "CLOSED", "ARCHIVED", "SUSPENDED",
    "CANCELLED",
)  # fmt: skip
RELATIONS = (
    "office", "leader", "head", "handler", "verifier", "assist_head", "assist", "reader", "nobody",
)  # fmt: skip

MOVES: dict[str, tuple[str, str]] = {
    # move: (in which states, who may)
    "amend": ("DRAFT", "office leader"),
    "approve": ("DRAFT", "leader office+"),
    "assign": ("APPROVED", "office"),
    "accept": ("ASSIGNED", "head handler"),
    "decline": ("ASSIGNED", "head handler"),
    "allot": ("ASSIGNED ACCEPTED", "head"),
    "feed_back": ("ACCEPTED", "head handler"),
    "submit": ("ACCEPTED", "head handler"),
    # 协办 feed 牵头; each assisting unit signs, gives back and allots for itself, the office alone changes who assists
    "receive": ("ASSIGNED ACCEPTED", "assist_head assist"),
    "return_part": ("ASSIGNED ACCEPTED", "assist_head assist"),
    "allot_part": ("ASSIGNED ACCEPTED", "assist_head"),
    "contribute": ("ASSIGNED ACCEPTED", "assist_head assist"),
    "urge_part": ("ASSIGNED ACCEPTED", "office leader head handler"),
    "adjust_parties": ("APPROVED ASSIGNED ACCEPTED", "office"),
    # 路线图/时间表 (2.2.5.1b): the unit's plan, accepted by the office, ticked off by the unit
    "propose_roadmap": ("ACCEPTED", "head handler"),
    "accept_roadmap": ("ACCEPTED", "office"),
    "return_roadmap": ("ACCEPTED", "office"),
    "finish_step": ("ACCEPTED", "head handler"),
    "undo_step": ("ACCEPTED", "head handler"),
    # 延期: the unit asks before expiry, the leader who assigned it answers (§1.2)
    "ask_extension": ("ACCEPTED", "head handler"),
    "withdraw_extension": ("ACCEPTED", "head handler"),
    "grant_extension": ("ACCEPTED", "leader office+"),
    "refuse_extension": ("ACCEPTED", "leader office+"),
    "verify": ("SUBMITTED", "verifier"),
    "send_back": ("SUBMITTED VERIFIED", "verifier leader office+"),
    "close": ("VERIFIED", "leader office+"),
    "archive": ("CLOSED", "office"),
    "urge": ("ASSIGNED ACCEPTED SUBMITTED VERIFIED", "office leader"),
    "read": ("ASSIGNED ACCEPTED SUBMITTED VERIFIED SUSPENDED CLOSED", "leader office+"),
    "instruct": ("ASSIGNED ACCEPTED SUBMITTED VERIFIED SUSPENDED CLOSED", "leader office+"),
    "extend": ("ASSIGNED ACCEPTED", "leader office+"),
    "suspend": ("ACCEPTED", "leader office+"),
    "resume": ("SUSPENDED", "leader office"),
    "reassign": ("APPROVED ASSIGNED ACCEPTED", "office"),
    "reopen": ("CLOSED ARCHIVED", "leader office+"),
    "cancel": ("DRAFT APPROVED ASSIGNED ACCEPTED SUSPENDED", "leader office+"),
}

PEOPLE: dict[str, tuple[str, str]] = {
    # person of the cast: (relation to a matter that planning leads, quality assists, leader handed out; what he sees)
    "director": ("leader", "everything"),  # 主要领导 decides wherever a 分管领导 does
    "leader": ("leader", "everything"),  # he assigned it
    "deputy": ("leader", "everything"),  # stands in for the leader by a dated delegation
    "second_leader": ("nobody", "nothing"),  # another 分管领导: not his units, not his matter
    "office": ("office", "everything"),
    "verifier": ("verifier", "approved"),
    "inspector": ("reader", "approved"),
    "discipline": ("reader", "approved"),
    "chief": ("head", "approved"),
    "handler": ("handler", "approved"),
    "second_handler": ("reader", "approved"),  # of the lead unit; `handler` while nobody is named (see UNNAMED)
    "neighbour": ("assist_head", "approved"),
    "quality_handler": ("assist", "approved"),
    "approval_chief": ("nobody", "nothing"),
    "property_handler": ("nobody", "nothing"),
    "housing_chief": ("nobody", "nothing"),
    "window": ("nobody", "nothing"),
    "stranger": ("nobody", "nothing"),  # another bureau
    "sysadmin": ("nobody", "nothing"),
    "secadmin": ("nobody", "nothing"),
    "auditor": ("nobody", "nothing"),
}
SEES = {"everything": set(STATES), "approved": set(STATES) - {"DRAFT", "CANCELLED"}, "nothing": set()}
"""CANCELLED here was cancelled as a draft: what was never approved concerns the office and the leader only."""

UNNAMED = {"DRAFT", "APPROVED", "ASSIGNED"}
"""States of the ordinary way in which no 承办人 is named yet: every handler of the lead unit may sign."""


def relation_of(person: str, state: str) -> str:
    """The relation that the documents give a person of the cast in a state of the ordinary way."""
    if person == "second_handler" and state in UNNAMED | {"CANCELLED"}:
        return "handler"
    return PEOPLE[person][0]


def expected(move: str, relation: str, state: str) -> str:
    """`yes`, `paper` (may only enter a leader's decision), or `no`."""
    states, who = MOVES[move]
    if state not in states.split():
        return "no"
    if relation in who.split():
        return "yes"
    return "paper" if f"{relation}+" in who.split() else "no"


LISTS: dict[str, str] = {
    # 清单交办 (2.2.5.1a): office and leaders register; handing out stays with MOVES; the office files what ended
    "open_list": "director leader second_leader office",
    "add_items": "director office",  # the list of the cast is the director's; a leader changes what he issued
    "edit_list": "director office",
    "carry_on": "director leader second_leader office",
    "archive_list": "office",
    "open_meeting": "director leader second_leader office",
    "edit_meeting": "director leader second_leader office",
    "void_meeting": "director leader second_leader office",
    "go_through": "director leader second_leader office",
}
"""Acts on lists and meetings: which people of the cast may do them; what happens to a matter is MOVES all the same."""
