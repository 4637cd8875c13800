"""Forms of appraisal."""
