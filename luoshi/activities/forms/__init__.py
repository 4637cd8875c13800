"""Forms of activities: they read what was typed and decide nothing."""
