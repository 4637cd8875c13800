"""门禁 accounts: log-in, second factor, sessions and their limits; accounts are made by administrators only."""
