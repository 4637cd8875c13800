"""样例 demo: the sample bureau, its plan in our own words and its story, told through services."""
