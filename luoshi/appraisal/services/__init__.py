"""The only writers of appraisal."""
