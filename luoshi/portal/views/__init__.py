"""The hall's pages: the desk, the printed forms, the health doors."""

from luoshi.portal.views.affected import affected
from luoshi.portal.views.desk import desk, dispatch_docx, feedback_docx, healthz, readyz, recount

__all__ = ["affected", "desk", "dispatch_docx", "feedback_docx", "healthz", "readyz", "recount"]
