"""The only writers of cadres."""

from luoshi.cadres.services.commending import (
    approve,
    commend,
    object_to,
    publish,
    put_on_notice,
    recount_notices,
    settle_objection,
    withdraw,
)
from luoshi.cadres.services.copies import take_copy
from luoshi.cadres.services.following import (
    answer_fact,
    appoint_examiners,
    draw,
    examine,
    read_facts,
    report,
    serve,
    settle_fact,
)
from luoshi.cadres.services.merits import (
    correct_merit,
    enter_merit,
    return_merit,
    review_merit,
    tag_ability,
    untag_ability,
)
from luoshi.cadres.services.postings import (
    assign,
    edit_posting,
    end,
    extend,
    link,
    propose_posting,
    recount_follow_ups,
    withdraw_posting,
)
from luoshi.cadres.services.recommending import decide_rec, recommend, withdraw_rec

__all__ = [
    "answer_fact", "appoint_examiners", "approve", "assign", "commend", "correct_merit", "decide_rec", "draw",
    "edit_posting", "end", "enter_merit", "examine", "extend", "link", "object_to", "propose_posting", "publish",
    "put_on_notice", "read_facts", "recommend", "recount_follow_ups", "recount_notices", "report", "return_merit",
    "review_merit", "serve", "settle_fact", "settle_objection", "tag_ability", "take_copy", "untag_ability",
    "withdraw", "withdraw_posting", "withdraw_rec",
]  # fmt: skip
