"""Who sees what of appraisal, and what the pages tell."""
