"""The hall's pages: the desk, the printed forms, the health doors."""

from luoshi.portal.views.desk import desk, dispatch_docx, feedback_docx, healthz, readyz, recount

__all__ = ["desk", "dispatch_docx", "feedback_docx", "healthz", "readyz", "recount"]
