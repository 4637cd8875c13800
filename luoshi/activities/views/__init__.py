"""Pages of activities, by topic; each module is named in `urls`."""
