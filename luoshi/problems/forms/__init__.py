"""Forms of problems."""
