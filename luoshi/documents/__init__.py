"""文书 documents: pure builders from facts to .docx bytes; the only place that knows a document's layout."""
