"""Forms of summaries and of figures from outside."""
