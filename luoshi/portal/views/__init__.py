"""The hall's pages: desk, overview, a clause, the coverage map, printed forms, the search, the health doors."""

from luoshi.portal.views.affected import affected
from luoshi.portal.views.clause import clause
from luoshi.portal.views.coverage import coverage, coverage_xlsx, home, records
from luoshi.portal.views.desk import desk, healthz, readyz, recount
from luoshi.portal.views.overview import overview, overview_records
from luoshi.portal.views.packages import list_archive, matter_archive
from luoshi.portal.views.papers import dispatch_docx, feedback_docx, list_docx
from luoshi.portal.views.problem_papers import closing_docx, ledger_docx
from luoshi.portal.views.promise_papers import commitments_docx, livelihood_docx
from luoshi.portal.views.search import search
from luoshi.portal.views.talk_papers import talk_docx

__all__ = [
    "affected", "clause", "closing_docx", "commitments_docx", "coverage", "coverage_xlsx", "desk", "dispatch_docx",
    "feedback_docx", "healthz", "home", "ledger_docx", "list_archive", "list_docx", "livelihood_docx", "matter_archive",
    "overview", "overview_records", "readyz", "records", "recount", "search", "talk_docx",
]  # fmt: skip
