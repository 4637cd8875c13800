"""Reading activities: who sees what, lists, one record, one person."""
