"""Every table of the product is declared here, once: protected by records, or open and why.

A protected table's rows are sealed by the Entry of their last change (`luoshi verify`); the second
part names columns that change without an Entry. A table in neither list fails the build.
"""

from __future__ import annotations

PROTECTED_TABLES: dict[str, tuple[str, ...]] = {
    "records.Evidence": (),
    "org.Unit": (),
    "org.User": ("last_login",),
    "org.Post": (),
    "org.Portfolio": (),
    "org.Delegation": (),
    "workdays.CalendarYear": (),
    "workdays.CalendarDay": (),
    "plan.Plan": (),
    "plan.PlanVersion": (),
    "plan.Clause": (),
    "plan.Duty": (),
    "plan.Rule": (),
    "matters.Matter": (),
    "matters.MatterParty": (),
    "matters.MatterEvent": (),
    "matters.Deadline": (),
    "matters.EventEvidence": (),
    "matters.Feedback": (),
}

OPEN_TABLES: dict[str, str] = {
    "records.Entry": "the chain itself; the database refuses UPDATE and DELETE",
    "records.EntryValue": "sealed values before and after; their digest lies in the chain",
    "records.ValueKey": "deletable keys of the values",
    "records.ChainHead": "the chain's last link, checked against the entries",
    "records.Submission": "idempotency keys, swept after a time",
    "records.StagedUpload": "files waiting for their act, swept after a time",
    "records.TypedDraft": "typed text kept over an expired log-in, swept after a time",
    "org.NumberSeries": "the next number of a series; the numbers stand in the protected rows",
    "notices.Notice": "in-app notices, rebuilt from the records",
    "notices.OutboxMessage": "messages on their way out",
}
