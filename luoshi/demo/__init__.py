"""样例 demo: an invented bureau, its people, its plan in our own words and its story, all told through services."""
