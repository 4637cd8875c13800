"""方案 plan: document, clause (verbatim), duty (read and confirmed), rule (typed, dated, citing its source)."""
