"""The only writers of articles and what belongs to them."""
