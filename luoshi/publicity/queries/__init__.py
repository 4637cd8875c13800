"""Who sees what of articles, and in which role; what the pages tell."""
