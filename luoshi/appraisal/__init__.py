"""考评 appraisal: schemes, scores with their basis, quarterly boards, comments, year-end, from the record only."""
