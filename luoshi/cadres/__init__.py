"""干部 cadres: front-line posts, follow-up, recommendation, merit files, abilities by evidence, commendation."""
